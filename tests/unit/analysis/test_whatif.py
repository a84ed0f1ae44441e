"""One thing otherwise, solved again and compared."""

from fractions import Fraction

import pytest

from prioritizer import pipeline
from prioritizer.analysis import whatif
from tests.build import Project, case

PROJECTS = (Project(10, 900_000), Project(10, 800_000), Project(10, 100_000))
CAP = {"id": "cap", "at_least": {"amount_bn": 5}, "at_most": {"amount_bn": 15}}


def moved(found) -> dict[int, int]:
    return {change.project: change.moved_mvnd for change in found.changes}


def test_forcing_a_project_in_displaces_the_weakest_and_costs_the_difference():
    found = pipeline.if_forced(pipeline.assess(case(PROJECTS, 20)), "P02", "full")
    assert found.status == "optimal" and found.proven
    assert found.objective == Fraction(10 * (10 - 80), 100 * 1000)
    assert moved(found) == {2: 10, 1: -10}
    assert [change.project for change in found.changes] == [2, 1], "who gains stands first"


def test_forcing_a_project_out_lets_the_next_in():
    found = pipeline.if_forced(pipeline.assess(case(PROJECTS, 20)), "p00", "nothing")
    assert moved(found) == {2: 10, 0: -10}


def test_what_was_decided_before_does_not_stand_in_the_way():
    decided = [{"project": "P02", "fund": "nothing"}]
    evaluation = pipeline.assess(case(PROJECTS, 20, decisions=decided))
    assert moved(pipeline.if_forced(evaluation, "P02", "full")) == {2: 10, 1: -10}
    assert moved(pipeline.if_without_decision(evaluation, "P02.fund")) == {}


def test_a_decision_costs_what_is_gained_without_it():
    decided = [{"id": "d", "project": "P02", "fund_at_least_bn": 5}]
    found = pipeline.if_without_decision(pipeline.assess(case(PROJECTS, 20, decisions=decided)), "d")
    assert found.objective == Fraction(5 * (80 - 10), 100 * 1000)
    assert moved(found) == {1: 5, 2: -5}


def test_what_cannot_be_forced_is_said_and_not_hidden():
    evaluation = pipeline.assess(case(PROJECTS, 20, [{**CAP, "at_most": {"amount_bn": 9}}]))
    found = pipeline.if_forced(evaluation, "P02", "full")
    assert (found.status, found.objective, found.changes, found.proven) == ("infeasible", None, (), False)


@pytest.mark.parametrize(
    "side, left", [("at_most", ("at_least",)), ("at_least", ("at_most",)), (None, ())], ids=str
)
def test_a_limit_goes_whole_or_by_one_side(side, left):
    changed = whatif.without_limit(case(PROJECTS, 20, [CAP]), "cap", side)
    kept = [name for limit in changed.scenario.limits for name in left if getattr(limit, name) is not None]
    assert tuple(kept) == left and len(changed.scenario.limits) == bool(left)


def test_without_a_limit_the_others_stay():
    other = {"id": "other", "where": {"project": "P01"}, "at_most": {"amount_bn": 1}}
    found = pipeline.if_without_limit(pipeline.assess(case(PROJECTS, 20, [CAP, other])), "cap")
    assert moved(found) == {2: 5}
