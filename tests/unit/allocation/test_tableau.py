"""Questions to a tableau, against answers by hand and against vertices that are proven anew each time."""

import random
from fractions import Fraction

import numpy as np
import pytest

from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.exact.tableau import Tableau
from prioritizer.allocation.program import FREE, Program, Row


def holds(tableau: Tableau, rows: list[dict[int, int]]) -> bool:
    """Every value is within its bounds, and every row is worth what its columns say."""
    n = len(tableau.value) - len(rows)
    worth = [sum(coef * tableau.value[column] for column, coef in row.items()) for row in rows]
    bounds = zip(tableau.lower, tableau.value, tableau.upper, strict=True)
    return worth == tableau.value[n:] and all(lower <= value <= upper for lower, value, upper in bounds)


def furthest(tableau: Tableau, variable: int, way: int) -> Fraction:
    tableau.push(variable, way)
    return Fraction(tableau.value[variable])


def test_rows_are_bounded_by_what_their_columns_can_reach():
    tableau = Tableau([10, 4], [{0: 1, 1: 1}, {0: 2, 1: -3}])
    assert tableau.lower == [0, 0, 0, -12] and tableau.upper == [10, 4, 14, 20]
    assert tableau.value == [0, 0, 0, 0]


def test_a_variable_goes_as_far_as_the_rows_let_it():
    tableau = Tableau([10, 10], [{0: 1, 1: 1}, {0: 2, 1: -1}])
    assert tableau.keep(2, 0, 12) and tableau.keep(3, -20, 0)
    # 2 x0 <= x1 and x0 + x1 <= 12: x0 is 4 at most
    assert furthest(tableau, 0, 1) == 4 and tableau.value == [4, 8, 12, 0]
    assert furthest(tableau, 1, 1) == 10
    assert furthest(tableau, 3, -1) == -10 and furthest(tableau, 2, -1) == 0


def test_amounts_are_exact_fractions():
    tableau = Tableau([10], [{0: 3}])
    assert tableau.keep(1, 0, 10)
    assert furthest(tableau, 0, 1) == Fraction(10, 3)


def test_a_new_bound_moves_the_variable_no_further_than_it_must():
    tableau = Tableau([10, 10], [{0: 1, 1: 1}])
    assert tableau.keep(2, 8, 8) and tableau.value[2] == 8
    assert tableau.keep(1, 3, 10) and tableau.keep(0, 4, 10)
    assert tableau.value[0] + tableau.value[1] == 8
    assert tableau.keep(0, 0, 2) and tableau.value == [2, 6, 8]
    assert tableau.keep(0, 0, 10) and tableau.value == [2, 6, 8]


def test_a_bound_out_of_reach_is_told_and_the_nearest_value_held():
    tableau = Tableau([10, 10], [{0: 1, 1: 1}])
    assert tableau.keep(2, 0, 7) and tableau.keep(0, 5, 10)
    assert not tableau.keep(1, 3, 10)
    assert (tableau.lower[1], tableau.value[1], tableau.upper[1]) == (2, 2, 2)
    assert not tableau.keep(2, 0, 6) and tableau.value[2] == 7


def test_steps_that_lead_nowhere_come_to_an_end():
    """Beale's example, in which choosing by slope alone goes round for ever."""
    first, second = {0: 25, 1: -6000, 2: -4, 3: 900}, {0: 50, 1: -9000, 2: -2, 3: 300}
    tableau = Tableau([10**6, 10**6, 100, 10**6], [first, second, {0: 75, 1: -15000, 2: 2, 3: -600}])
    for at in (0, 1):
        tableau._equations[at][4 + at] = -100  # his rows are a hundredth of these whole numbers
        assert tableau.keep(4 + at, -(10**9), 0)
    assert furthest(tableau, 6, 1) == 500


@pytest.mark.parametrize("seed", range(40))
def test_a_run_of_questions_is_answered_as_each_by_itself(seed):
    rng = random.Random(seed)
    n = rng.randint(2, 6)
    upper = [rng.randint(0, 20) for _ in range(n)]
    rows = [dict.fromkeys(range(n), 1)]
    rows += [{at: rng.choice([-2, -1, 1, 3, 7]) for at in range(n) if rng.random() < 0.6} for _ in range(3)]
    tableau = Tableau(upper, rows)
    point = [rng.randint(0, most) for most in upper]
    limits = []
    for at, row in enumerate(rows):
        worth = sum(coef * point[column] for column, coef in row.items())
        limits.append((worth - rng.choice([0, 0, 3]), worth + rng.choice([0, 5])))
        assert tableau.keep(n + at, *limits[-1])
    for _ in range(15):
        column, way = rng.randrange(n), rng.choice([1, -1])
        assert furthest(tableau, column, way) == by_itself(upper, rows, limits, column, way)
        assert holds(tableau, rows)


def by_itself(upper, rows, limits, column: int, way: int) -> Fraction:
    gain = np.zeros(len(upper), dtype=np.int64)
    gain[column] = way
    listed = tuple(
        Row("row[x]", np.array(list(row)), np.array(list(row.values())), *bounds)
        for row, bounds in zip(rows, limits, strict=True)
        if row
    )
    names = tuple(f"x{at}" for at in range(len(upper)))
    none = np.zeros(len(upper), dtype=bool)
    vertex = optimal_vertex(Program(names, np.array(upper), gain, np.ones_like(gain), listed, none))
    assert vertex is not None
    return vertex.exact(column)


def test_numbers_may_be_as_large_as_they_like():
    tableau = Tableau([FREE**2, FREE**2], [{0: FREE, 1: 1 - FREE}])
    assert tableau.keep(2, 1, 1)
    assert furthest(tableau, 0, -1) == Fraction(1, FREE)
