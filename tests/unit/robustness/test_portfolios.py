"""Cases of whole projects: corners of the weights of a tree, what is refused, what a setting says."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from prioritizer import pipeline, scoring
from prioritizer.errors import InputFaults
from prioritizer.locale import LANGS, fault_message, fault_remedy
from prioritizer.model import Case
from prioritizer.robustness.draws.weights import Allowed
from prioritizer.robustness.portfolios import corners
from prioritizer.robustness.portfolios.competitors import competitors, greatest_losses
from prioritizer.robustness.portfolios.corners import weight_corners
from prioritizer.robustness.portfolios.listing import portfolios, setting_of
from tests.build import Cost, Project, case
from tests.weighed import weighed

THIRD = Fraction(1, 3)


def fault(made: Case, **more) -> str:
    with pytest.raises(InputFaults) as refused:
        portfolios(made, scoring.score(made), **more)
    (only,) = refused.value.faults
    assert all(say(only, lang) for say in (fault_message, fault_remedy) for lang in LANGS)
    return only.code


def whole(*pairs: tuple[int, int]) -> list[Project]:
    return [Project(ask, value * 10_000, funding="whole") for ask, value in pairs]


# ------------------------------------------------------------------ corners of the weights


def test_any_weights_of_a_tree_have_a_corner_for_every_leaf(tmp_path):
    tree = pipeline.load(weighed(tmp_path, words=""))
    found = weight_corners(tree, Allowed())
    assert sorted(tuple(own.items()) for (own,) in found.weights) == [
        ((leaf, Fraction(1)),) for leaf in ("B1", "B2", "B3", "B4")
    ]


def test_statements_shape_the_corners_class_by_class(tmp_path):
    """X over Y by swing for all, Y over X for one class, by weights of its own for another: every class has
    its own weights of the factors, and one has intervals below Y."""
    tree = pipeline.load(weighed(tmp_path))
    found = weight_corners(tree, Allowed(stated=True))
    assert found.of_project.max() == 3
    for groups in found.weights:
        assert all(sum(own.values()) == 1 for own in groups)
    general = {tuple(sorted(groups[0].items())) for groups in found.weights}
    four = [dict(corner) for corner in general]
    # The swing says X : Y = 4 : 1 and B1 is three times B2; nothing is said of B3 and B4.
    assert sorted(corner.get("B3", 0) for corner in four) == [0, Fraction(1, 5)]
    assert {corner["B1"] for corner in four} == {Fraction(3, 5)}


def test_too_many_corners_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(corners, "MOST_CORNERS", 3)
    tree = pipeline.load(weighed(tmp_path, words=""))
    funding = replace(tree.register.columns["class"], levels=("whole",), codes=np.zeros(4, np.int32))
    columns = {**tree.register.columns, "funding": funding}
    assert (
        fault(replace(tree, register=replace(tree.register, columns=columns)))
        == "portfolios_too_many_corners"
    )


# ------------------------------------------------------------------ what is refused


def test_part_funding_is_refused():
    assert fault(case([*whole((2, 5)), Project(2, 50_000)], 3)) == "portfolios_need_whole"


def test_soft_limits_are_refused():
    soft = {"id": "soft", "at_most": {"count": 1}, "penalty": 10_000}
    assert fault(case(whole((2, 5), (3, 4)), 9, [soft])) == "portfolios_soft_limits"


def test_too_many_ways_are_refused_with_their_number():
    alike = case(whole(*[(2, 5)] * 14), 14)
    assert fault(alike, most=500) == "portfolios_too_many"
    assert len(portfolios(alike, scoring.score(alike))) == 3432


# ------------------------------------------------------------------ small cases by hand


def test_a_project_below_the_hurdle_is_outside_unless_it_is_forced():
    projects, hurdle = whole((2, 50), (2, 10), (2, 10)), {"basis": "funding", "hurdle_e4": 200_000}
    made = case(projects, 6, decisions=[{"project": "P02", "fund": "full"}], **hurdle)
    found = portfolios(made, scoring.score(made))
    assert found.funded.tolist() == [[True, False, True]]
    assert [found.kind(row) for row in range(3)] == ["core", "outside", "core"]
    assert found.worth(0) == ((Fraction(30 - 10) * 2 / 100_000,) * 2,)


def test_money_for_projects_that_add_nothing_is_left_in_reserve():
    made = case(whole((2, 0), (2, 50), (3, 0), (2, 0)), 9, [{"id": "two", "at_least": {"count": 2}}])
    found = portfolios(made, scoring.score(made))
    assert found.funded.tolist() == [[True, True, False, False], [False, True, False, True]]


def test_the_search_says_how_far_it_is_and_can_be_given_up():
    made, told = case(whole((2, 5), (2, 4), (2, 3)), 4), []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        portfolios(made, scoring.score(made), progress=stop)
    assert told == [(1, 3), (2, 3)]


def test_years_and_requirements_hold():
    needs = [{"project": "P00", "requires": "P01"}]
    projects = [
        replace(each, costs=costs)
        for each, costs in zip(
            whole((4, 9), (3, 1), (3, 5)),
            ((Cost("2026", 1), Cost("2027", 3)), (Cost("2026", 3),), (Cost("2027", 3),)),
            strict=True,
        )
    ]
    funds = [{"id": f"f{year}", "year": str(year), "amount_bn": 4} for year in (2026, 2027)]
    made = case(projects, 0, basis="project", funds=funds, dependencies=needs)
    # P00 needs P01 and, with P02, more than 2027 has.
    assert portfolios(made, scoring.score(made)).funded.tolist() == [[True, True, False]]


def test_without_any_portfolio_nothing_is_said_of_projects():
    made = case(whole((5, 9), (1, 3)), 2, [{"id": "both", "at_least": {"count": 2}}])
    found = portfolios(made, scoring.score(made))
    assert len(found) == 0 and found.core_index is None and found.kind(0) is None
    assert found.worth_refining == () and competitors(found, (1,)) == ()
    assert greatest_losses(made, scoring.score(made), (1,)) == ()


def test_a_proposed_portfolio_may_break_the_limits_and_then_lose_nothing():
    made = case(whole((2, 5), (2, 4)), 2, basis="project")
    scores = scoring.score(made)
    (loss,) = greatest_losses(made, scores, (0, 1))
    assert loss is not None and loss.most == -4 and loss.funded == (0,)
    setting = setting_of(made, scores)
    assert not setting.allows(setting.columns_of((0, 1))) and setting.allows(setting.columns_of((1,)))


def test_a_project_that_cannot_be_funded_is_in_no_proposed_portfolio():
    never = replace(whole((2, 5))[0], costs=(Cost("2031", 2),))
    made = case([*whole((2, 5)), never], 2)
    found = portfolios(made, scoring.score(made))
    assert found.kind(1) == "outside"
    with pytest.raises(ValueError, match="cannot be funded"):
        competitors(found, (1,))
