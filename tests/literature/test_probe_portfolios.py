"""Lourenço, Morton and Bana e Costa, "PROBE: a multicriteria decision support system for portfolio
robustness evaluation", Decision Support Systems (2012), tables 1 and 2; and Petersen 1967, instance 1: what
portfolios nothing outdoes, and what competes with a proposed one.

With fixed weights and scores these are the published optima; where money counts too, with money for all, they
are the published efficient portfolios. What is found for incomplete weights is compared with all portfolios.
"""

from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

from prioritizer import scoring
from prioritizer.model import Case, Elicitation
from prioritizer.results import Scores
from prioritizer.robustness.draws.weights import Allowed
from prioritizer.robustness.portfolios.competitors import competitors, greatest_losses
from prioritizer.robustness.portfolios.listing import Portfolios, portfolios
from tests.literature import test_petersen_1967 as petersen
from tests.literature.test_probe_2012 import EACH_DEPARTMENT, TABLE_2, evaluated
from tests.literature.test_probe_frontier import EACH_DEPARTMENT as ONE_EACH
from tests.literature.test_probe_frontier import EFFICIENT, table_1, table_2

WORDS = {"over": "root", "by": "Group", "at": "2026-04-20", "why": "Meeting"}
WEIGHTS = {"B1": "0.31", "B2": "0.19", "B3": "0.29", "B4": "0.21"}
OPTIMUM = {"P03", "P04", "P09", "P10", "P12"}
WITH_RULE = {"P03", "P04", "P07", "P09", "P12"}
# B1 weighs no less than B3, that no less than B4, that no less than B2: the corners
ORDER = [["B1"], ["B3"], ["B4"], ["B2"]]
CORNERS = ((1, 0, 0, 0), (1, 0, 1, 0), (1, 0, 1, 1), (1, 1, 1, 1))


def said(**words: object) -> Allowed:
    return Allowed(further=(Elicitation.model_validate(WORDS | words),))


def exactly() -> Allowed:
    return said(intervals={name: (weight, weight) for name, weight in WEIGHTS.items()})


def ids(case: Case, found: Portfolios) -> list[set[str]]:
    names = case.register.ids
    return [{names[row] for row in range(len(names)) if plan[row]} for plan in found.funded]


def scored(case: Case) -> tuple[Case, Scores]:
    return case, scoring.score(case)


def by_criteria(place: Path, limits: str = " []") -> tuple[Case, Scores]:
    evaluation = evaluated(place, "criteria", limits, funding="whole")
    return evaluation.case, evaluation.scores


@pytest.mark.parametrize(
    ("limits", "best", "worth"), [(" []", OPTIMUM, "414.25"), (EACH_DEPARTMENT, WITH_RULE, "396.46")]
)
def test_table_2_with_fixed_weights_has_the_published_optimum(tmp_path, limits, best, worth):
    case, scores = by_criteria(tmp_path, limits)
    found = portfolios(case, scores, exactly())
    assert ids(case, found) == [best]
    assert found.worth(0) == ((Fraction(worth), Fraction(worth)),)


def test_table_1_where_money_counts_has_the_efficient_portfolios():
    found = portfolios(*scored(table_1(30)), thrifty=True)
    listed = {tuple(row + 1 for row in range(4) if plan[row]): at for at, plan in enumerate(found.funded)}
    assert set(listed) == set(EFFICIENT)
    assert all(found.worth(at)[0][0] == EFFICIENT[chosen][1] for chosen, at in listed.items())


@pytest.mark.parametrize(("limits", "count"), [([], 31), (ONE_EACH, 23)])
def test_table_2_where_money_counts_has_as_many_as_published(limits, count):
    case = table_2(limits)
    enough = case.revised(funds=tuple(f.model_copy(update={"amount_mvnd": 140}) for f in case.scenario.funds))
    assert len(portfolios(*scored(enough), thrifty=True)) == count


@pytest.mark.parametrize("allowed", [Allowed(), said(rank=ORDER)], ids=["any", "order"])
def test_table_2_with_incomplete_weights(tmp_path, allowed):
    case, scores = by_criteria(tmp_path)
    corners = CORNERS if allowed.further else [[int(at == own) for at in range(4)] for own in range(4)]
    found = portfolios(case, scores, allowed)
    worth = {plan: _worth(plan, corners) for plan in _affordable()}
    best = {
        plan
        for plan, own in worth.items()
        if not any(other != own and all(map(int.__ge__, other, own)) for other in worth.values())
    }
    assert {frozenset(plan) for plan in ids(case, found)} == best
    assert frozenset(OPTIMUM) in best


def _affordable() -> list[frozenset[str]]:
    some = (frozenset(chosen) for size in range(13) for chosen in combinations(TABLE_2, size))
    return [plan for plan in some if sum(Fraction(TABLE_2[name][1]) for name in plan) <= 5]


def _worth(plan: frozenset[str], corners) -> list[int]:
    return [
        sum(weight * TABLE_2[name][2][at] for name in plan for at, weight in enumerate(own))
        for own in corners
    ]


def test_the_rule_of_departments_costs_what_its_competitor_gains(tmp_path):
    case, scores = by_criteria(tmp_path)
    proposed = tuple(case.register.row_of(name) for name in sorted(WITH_RULE))
    (best,) = competitors(portfolios(case, scores, exactly()), proposed)
    assert best.most == best.least == Fraction("17.79") and best.outdoes
    assert [case.register.ids[row] for row in (*best.enter, *best.leave)] == ["P10", "P07"]
    (loss,) = greatest_losses(case, scores, proposed, exactly())
    assert loss is not None and (loss.most, loss.funded) == (best.most, best.funded)


def test_value_for_money_order_has_a_competitor_in_table_1():
    """At budget 20 going down the value-for-money order gives {1, 2}; {1, 2, 4} is worth 2 more."""
    (best,) = competitors(portfolios(*scored(table_1(20))), (0, 1))
    assert (best.funded, best.enter, best.leave, best.most) == ((0, 1, 3), (3,), (), 2)


def test_petersen_instance_1_has_the_published_optimum(tmp_path):
    evaluation = petersen.evaluated(tmp_path, "whole")
    found = portfolios(evaluation.case, evaluation.scores)
    assert ids(evaluation.case, found) == [{"R2", "R3", "R6"}]
    assert found.worth(0) == ((3800, 3800),)
