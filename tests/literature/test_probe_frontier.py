"""Lourenço, Morton and Bana e Costa, "PROBE: a multicriteria decision support system for portfolio
robustness evaluation", Decision Support Systems (2012), tables 1 and 2: the efficient portfolios.

Costs are read as million VND (times ten in table 2), values as points, projects as funded in whole.
"""

from fractions import Fraction

import pytest

from prioritizer import scoring
from prioritizer.analysis.budgets.efficient import frontier
from prioritizer.analysis.budgets.ladder import ladder
from prioritizer.model import Case
from prioritizer.results import Frontier, Ladder
from tests.build import Project, case
from tests.literature.test_probe_2012 import TABLE_2

EFFICIENT = {  # table 1: cost and value by portfolio
    (): (0, 0),
    (1,): (4, 3),
    (2,): (8, 4),
    (1, 2): (12, 7),
    (1, 2, 4): (20, 9),
    (1, 2, 3): (22, 10),
    (1, 2, 3, 4): (30, 12),
}
EACH_DEPARTMENT = [
    {"id": f"one-{body}", "where": {"ministry": body}, "at_least": {"count": 1}}
    for body in ("MOST", "MOIT", "MAE", "MOH")
]


def table_1(budget: int = 20, funding: str = "whole") -> Case:
    values, costs = (3, 4, 3, 2), (4, 8, 10, 8)
    projects = [
        Project(cost, value * 10_000, funding=funding) for value, cost in zip(values, costs, strict=True)
    ]
    return case(projects, budget, basis="project")


def table_2(limits=(), funding: str = "whole") -> Case:
    bodies = dict(zip("ABCD", ("MOST", "MOIT", "MAE", "MOH"), strict=True))
    projects = [
        Project(
            int(Fraction(cost) * 10), int(Fraction(value) * 10_000), bodies[department], name, funding=funding
        )
        for name, (department, cost, _, value) in TABLE_2.items()
    ]
    return case(projects, 50, limits, basis="project")


def traced(given: Case) -> Frontier:
    return frontier(given, scoring.score(given))


def climbed(weights=None) -> Ladder:
    given = table_1()
    return ladder(given, scoring.score(given), 2, 1, weights=weights)


def test_table_1_has_seven_efficient_portfolios():
    found = traced(table_1())
    assert found.kind == "portfolios"
    listed = {
        tuple(row + 1 for row in point.funded): (point.budget_mvnd, point.value) for point in found.points
    }
    assert listed == EFFICIENT


def test_table_1_all_but_two_are_convex():
    dented = [
        tuple(row + 1 for row in point.funded) for point in traced(table_1()).points if not point.convex
    ]
    assert dented == [(2,), (1, 2, 4)]


def test_table_1_with_part_funding_is_the_hull():
    found = traced(table_1(funding="flexible"))
    assert found.kind == "line"
    assert [(point.budget_mvnd, point.value) for point in found.points] == [
        (0, 0),
        (4, 3),
        (12, 7),
        (22, 10),
        (30, 12),
    ]
    assert found.value_at(20) == Fraction(47, 5)


@pytest.mark.parametrize(("limits", "efficient", "convex"), [([], 31, 13), (EACH_DEPARTMENT, 23, None)])
def test_table_2_counts_of_efficient_portfolios(limits, efficient, convex):
    found = traced(table_2(limits))
    assert found.kind == "portfolios" and len(found.points) == efficient
    assert convex in (None, sum(point.convex for point in found.points))


def test_table_2_optima_at_the_budget():
    assert traced(table_2()).value_at(50) == Fraction("414.25")
    assert traced(table_2(EACH_DEPARTMENT)).value_at(50) == Fraction("396.46")
    assert traced(table_2(funding="flexible")).value_at(50) == Fraction(298233, 700)


def test_table_1_optima_are_not_nested():
    found = climbed()
    assert [rung.value for rung in found.rungs] == [9, 10]
    assert [rung.plan.amount_mvnd.tolist() for rung in found.rungs] == [[4, 8, 0, 8], [4, 8, 10, 0]]
    assert [(change.project + 1, change.kind) for change in found.changes(1)] == [(3, "in"), (4, "out")]


def test_table_1_price_of_never_taking_back():
    found = climbed()
    assert [rung.nested_value for rung in found.rungs] == [9, 9]
    assert [rung.nested_mvnd.tolist() for rung in found.rungs] == [[4, 8, 0, 8], [4, 8, 0, 8]]
    assert found.price == 1 and found.status == "optimal"


def test_table_1_weights_decide_which_step_pays():
    found = climbed(weights=(1, 3))
    assert [rung.nested_value for rung in found.rungs] == [7, 10]
    assert [rung.lost for rung in found.rungs] == [2, 0] and found.price == 2
