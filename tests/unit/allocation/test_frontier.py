"""The best value for every budget, by hand and against solving anew."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given

from prioritizer.allocation.exact.frontier import frontier, frontier_along, least_bound
from prioritizer.allocation.program import FREE, Program
from tests.build import steady
from tests.linear import best, best_moved, program, programs, row, value


def points(corners) -> list[tuple[Fraction, Fraction]]:
    return [(corner.bound, corner.value) for corner in corners]


def test_the_corners_are_where_the_next_project_is_worth_less():
    three = program([3, 2, 2, 1], [4, 5, 1, 2], row([1, 1, 1, 1], upper=7))
    assert points(frontier(three, 0, 0, 20)) == [(0, 0), (4, 12), (10, 24), (12, 26), (20, 26)]
    assert points(frontier(three, 0, 5, 11)) == [(5, 14), (10, 24), (11, 25)]
    assert points(frontier(three, 0, 6, 6)) == [(6, 16)]
    assert points(frontier(three, 0, Fraction(1, 2), Fraction(7, 3)))[0] == (Fraction(1, 2), Fraction(3, 2))


def test_it_begins_where_the_floors_can_hold():
    floor = program([3, 1], [4, 5], row([1, 1], upper=7), row([0, 2], lower=5))
    assert least_bound(floor, 0) == Fraction(5, 2)
    assert points(frontier(floor, 0, 0, 5)) == [(Fraction(5, 2), Fraction(5, 2)), (5, 10)]
    assert frontier(floor, 0, 0, 2) == ()
    assert least_bound(program([1], [4], row([1], upper=3), row([1], lower=9)), 0) is None


def test_a_budget_carries_its_shares_along():
    shared = program([3, 1], [9, 90], row([1, 1], upper=40), row([1, 0], upper=10))
    together = {(0, "upper"): 1, (1, "upper"): Fraction(1, 4)}
    assert points(frontier_along(shared, together, -40, 0)) == [(-40, 0), (-4, 54), (0, 58)]


def test_a_long_frontier_adds_up_to_what_everything_is_worth():
    """More pivots than one inverse carries."""
    gains, asks = [7 * at % 101 + 1 for at in range(100)], [at % 9 + 1 for at in range(100)]
    thirds = [row([1 if at % 3 == part else 0 for at in range(100)], upper=150) for part in range(3)]
    many = program(gains, asks, row([1] * 100, upper=500), *thirds)
    corners = frontier(many, 0, 0, 600)
    assert len(corners) > 60
    assert corners[0].value == 0 and corners[0].amounts() == [0] * 100
    assert corners[-1].value == best(replace(many, rows=(row([1] * 100, upper=600), *thirds)))
    halfway = corners[len(corners) // 2]
    assert halfway.value == best_moved(many, 0, "upper", halfway.bound - 500)


@given(programs())
@steady(60)
def test_every_budget_between_the_corners_is_worth_what_the_line_says(given: Program):
    unlimited = replace(given, rows=(replace(given.rows[0], upper=FREE), *given.rows[1:]))
    corners = frontier(given, 0, -2, 12)
    least = least_bound(given, 0)
    assert best(unlimited) is not None and least is not None
    assert corners[0].bound == max(least, -2) and corners[-1].bound == 12
    for here, there in pairwise(corners):
        for part in (Fraction(0), Fraction(1, 3), Fraction(1)):
            bound = here.bound + part * (there.bound - here.bound)
            line = here.value + part * (there.value - here.value)
            assert best_moved(given, 0, "upper", bound - given.rows[0].upper) == line
    slopes = [(there.value - here.value) / (there.bound - here.bound) for here, there in pairwise(corners)]
    assert slopes == sorted(set(slopes), reverse=True)
    for corner in corners:
        plan = corner.amounts()
        assert value(given, plan) == corner.value
        assert all(0 <= amount <= most for amount, most in zip(plan, given.upper.tolist(), strict=True))
        for at, held in enumerate(given.rows):
            activity = sum(coef * plan[column] for column, coef in held.table.items())
            assert held.lower <= activity <= (corner.bound if at == 0 else held.upper)
