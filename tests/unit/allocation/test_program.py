"""From places to columns and back: what a case's program is over."""

import numpy as np
import pytest

from prioritizer import allocation, scoring
from prioritizer.allocation.program import Formulation
from prioritizer.allocation.statement.funds import unions
from tests.build import Cost, Project, case


def formulated(*projects: Project, **more: object) -> Formulation:
    given = case(projects, 99, **more)
    return allocation.formulate(given, scoring.score(given))


COSTS = (Cost("2026", 4), Cost("2026", 6, "build"), Cost("2027", 10))


def test_where_every_project_has_one_cost_columns_and_places_are_the_same():
    form = formulated(Project(5, 1), Project(7, 2))
    assert form.plain and form.program.columns == ("pay[P00]", "pay[P01]")
    assert form.places(np.array([3, 0])).tolist() == [3, 0]


def test_all_costs_of_a_project_are_one_column_up_to_their_common_divisor():
    form = formulated(Project(20, 1, costs=COSTS))
    assert not form.plain and form.program.columns == ("pay[P00]",)
    assert (form.program.upper.tolist(), form.times.tolist()) == ([2], [2, 3, 5])
    # a unit is 5 million VND of the fund's year
    assert form.mvnd_per_unit.tolist() == form.levels_per_unit.tolist() == [5]


@pytest.mark.parametrize(
    ("level", "places"),
    [
        (0, [0, 0, 0]),
        (1, [0, 1, 1]),  # 2/5 and 3/5 of this year, 1 of the next
        (5, [2, 3, 5]),
        (6, [2, 4, 6]),
        (9, [3, 6, 9]),
        (10, [4, 6, 10]),
    ],
)
def test_a_plan_holds_costs_in_proportion_and_rounds_up_what_is_to_come(level, places):
    form = formulated(Project(20, 1, costs=COSTS))
    assert form.places(np.array([level])).tolist() == places


def test_a_whole_project_is_one_answer():
    form = formulated(Project(20, 10_000, costs=COSTS, funding="whole"), Project(3, 1))
    assert form.program.columns == ("pay[P00]", "pay[P01]")
    assert form.program.whole.tolist() == [True, False] and form.program.upper.tolist() == [1, 3]
    assert form.places(np.array([1, 2])).tolist() == [4, 6, 10, 2, 1]
    assert form.program.gain_num.tolist() == [10 * 10_000, 1]


def test_a_projects_answer_takes_part_in_counts():
    limit = {"id": "l", "at_most": {"count": 1}}
    form = formulated(Project(4, 1, funding="whole"), Project(3, 1), limits=[limit])
    (row,) = (row for row in form.program.rows if row.name == "at_most[l]")
    assert [form.program.columns[at] for at in row.columns] == ["pay[P00]", "yes[P01]"]


def test_a_linear_case_is_known_to_be_linear():
    soft = {"id": "l", "at_most": {"amount_bn": 1}, "penalty": 5}
    assert formulated(Project(4, 1), limits=[soft]).program.linear
    assert not formulated(Project(4, 1), least_grant_bn=2).program.linear


def test_unions_are_those_of_any_of_the_sets_the_largest_first():
    found = unions([(0,), (1,), (1, 2)])
    assert found == [frozenset(each) for each in ({0, 1, 2}, {0, 1}, {1, 2}, {0}, {1})]
    assert unions([]) == []
