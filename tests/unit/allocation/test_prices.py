"""Prices of bounds and the canonical dual: by hand, by published figures, and against solving anew."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.allocation.exact.prices import Price, Rate, canonical_dual, prices, rates
from prioritizer.allocation.exact.simplex import basis_at, optimal_vertex
from prioritizer.allocation.program import FREE, Program
from tests.build import steady
from tests.linear import best, best_moved, program, programs, row, slack_basis

TINY = Fraction(1, 10**6)


def priced(given: Program, at: int, side: str = "upper") -> Price:
    found = optimal_vertex(given)
    assert found is not None
    return next(price for price in prices(given, found) if (price.row, price.side) == (at, side))


def dual(given: Program) -> dict[int, Fraction]:
    found = optimal_vertex(given)
    assert found is not None
    return canonical_dual(given, found)


# ------------------------------------------------------------------ by hand


def test_a_budget_that_just_pays_for_a_project_has_two_prices():
    two = program([3, 2], [4, 5], row([1, 1], upper=4))
    assert priced(two, 0) == Price(0, "upper", Rate(Fraction(2), Fraction(5)), Rate(Fraction(3), Fraction(4)))
    assert dual(two) == {0: 2}


def test_equal_projects_do_not_cut_a_price_short():
    clones = program([2] * 6 + [1], [1] * 7, row([1] * 7, upper=3))
    assert priced(clones, 0) == Price(
        0, "upper", Rate(Fraction(2), Fraction(3)), Rate(Fraction(2), Fraction(3))
    )
    other_row = program([2, 2, 1], [1, 1, 1], row([1, 1, 1], upper=1), row([1, 0, 0], upper=3))
    assert priced(other_row, 0).relaxing == Rate(Fraction(2), Fraction(1))


def test_a_bound_with_room_costs_nothing_until_it_is_met():
    roomy = program([3, 2], [4, 5], row([1, 1], upper=12))
    assert priced(roomy, 0) == Price(0, "upper", Rate(Fraction(0), None), Rate(Fraction(0), Fraction(3)))


def test_a_floor_is_priced_like_a_ceiling_and_cannot_rise_beyond_what_there_is():
    floor = program([3, 1], [4, 5], row([1, 1], upper=6), row([0, 1], lower=4))
    assert priced(floor, 1, "lower") == Price(
        1, "lower", Rate(Fraction(2), Fraction(2)), Rate(Fraction(2), Fraction(1))
    )
    full = program([-1], [5], row([1], lower=5))
    assert priced(full, 0, "lower") == Price(0, "lower", Rate(Fraction(1), Fraction(5)), None)


def test_both_bounds_of_an_equation_are_priced():
    fixed = program([3, -1], [4, 5], row([1, 0], 2, 2), row([0, 1], 2, 2))
    gain, nothing = Rate(Fraction(3), Fraction(2)), Rate(Fraction(0), None)
    assert priced(fixed, 0, "upper") == Price(0, "upper", gain, None)
    assert priced(fixed, 0, "lower") == Price(0, "lower", nothing, None)
    assert priced(fixed, 1, "lower").relaxing == Rate(Fraction(1), Fraction(2))
    assert dual(fixed) == {0: 3, 1: -1}


def test_an_earlier_row_is_priced_least():
    twice = program([5], [9], row([1], upper=3), row([1], upper=3), row([2], upper=6))
    assert dual(twice) == {2: Fraction(5, 2)}
    assert dual(replace(twice, rows=twice.rows[::-1])) == {2: 5}


def test_bounds_that_move_together():
    """A budget and a ceiling that is a share of it."""
    shared = program([3, 1], [90, 90], row([1, 1], upper=40), row([1, 0], upper=10))
    vertex = optimal_vertex(shared)
    both = {(0, "upper"): 1, (1, "upper"): Fraction(1, 4)}
    less = {bound: -change for bound, change in both.items()}
    assert rates(shared, vertex, [both, less, {(0, "upper"): -1}]) == [
        Rate(Fraction(3, 2), Fraction(80)),
        Rate(Fraction(-3, 2), Fraction(40)),
        Rate(Fraction(-1), Fraction(30)),
    ]


def test_prices_beyond_machine_numbers_stay_exact():
    """Coefficients that no float and no sum of 64 bits can hold apart."""
    big = 10**17
    near = program(
        [big, big + 1, big], [9, 9, 9], row([1, 1, 1], upper=12), row([big, big - 1, 1], upper=12 * big)
    )
    assert best(near) == 12 * big + 9
    assert priced(near, 0).relaxing == Rate(Fraction(big), Fraction(9))
    assert priced(near, 0).tightening == Rate(Fraction(big), Fraction(3))
    close = program([1, 1], [9, 9], row([big, -big], 0, 0), row([1, big], upper=big + 1))
    assert dual(close) == {0: Fraction(big - 1, big * (big + 1)), 1: Fraction(2, big + 1)}
    per_unit = Fraction(2, big + 1)
    assert priced(close, 1) == Price(
        1, "upper", Rate(per_unit, Fraction(8 * (big + 1))), Rate(per_unit, Fraction(big + 1))
    )


# ------------------------------------------------------------------ published


def test_petersen_1967():
    rows = (
        ([8, 12, 13, 64, 22, 41], 80),
        ([8, 12, 13, 75, 22, 41], 96),
        ([3, 6, 4, 18, 6, 4], 20),
        ([5, 10, 8, 32, 6, 12], 36),
        ([5, 13, 8, 42, 6, 20], 44),
        ([5, 13, 8, 48, 6, 20], 48),
        ([0, 0, 0, 0, 8, 0], 10),
        ([3, 0, 4, 0, 8, 0], 18),
        ([3, 2, 4, 0, 8, 4], 22),
        ([3, 2, 4, 8, 8, 4], 24),
    )
    shares = program([100, 600, 1200, 2400, 500, 2000], [1] * 6, *(row(a, upper=b) for a, b in rows))
    assert best(shares) == Fraction(111620, 27)
    assert dual(shares) == {0: Fraction(110, 9), 4: Fraction(1040, 27)}
    for price in prices(shares, optimal_vertex(shares)):
        assert price.relaxing.per_unit == price.tightening.per_unit == dual(shares).get(price.row, 0)


COSTS = (11, 19, 9, 9, 18, 13, 13, 11, 9, 13, 7, 8)  # tenths
BENEFITS = (4757, 3988, 9020, 8335, 4006, 3590, 5993, 3886, 7838, 7772, 4129, 8460)  # hundredths
IN_A, IN_B = (1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0)


def test_probe_2012():
    """Lourenço, Morton and Bana e Costa, table 2, any fraction of a project: by money, in tenths."""
    money = program(BENEFITS, COSTS, row([1] * 12, upper=50), den=COSTS)
    assert best(money) == Fraction(29823300, 700)
    assert dual(money) == {0: Fraction(4129, 7)}
    assert priced(money, 0).relaxing == Rate(Fraction(4129, 7), Fraction(5))
    assert priced(money, 0).tightening == Rate(Fraction(4129, 7), Fraction(2))


@pytest.mark.parametrize("by_money", [True, False])
def test_ministries_on_the_data_of_probe_2012(by_money):
    """The three prices, whether columns are money or shares of projects."""
    size, units = ([1] * 12, COSTS) if by_money else (COSTS, [1] * 12)
    selections = ([1] * 12, IN_A, IN_B)
    coefs = [[a * b for a, b in zip(size, chosen, strict=True)] for chosen in selections]
    rows = row(coefs[0], upper=50), row(coefs[1], upper=15), row(coefs[2], lower=10)
    ministries = program(BENEFITS, units, *rows, den=COSTS if by_money else None)
    assert best(ministries) == Fraction(15704300, 390)
    expected = {0: Fraction(38860, 65), 1: Fraction(384070, 1170), 2: -Fraction(17790, 130)}
    assert dual(ministries) == expected
    for price in prices(ministries, optimal_vertex(ministries)):
        assert price.relaxing.per_unit == price.tightening.per_unit == abs(expected[price.row])


# ------------------------------------------------------------------ against solving anew


@given(programs())
@steady(100)
def test_prices_are_slopes_of_the_best_value_and_hold_as_far_as_they_say(given):
    here = best(given)
    for price in prices(given, optimal_vertex(given)):
        outwards = 1 if price.side == "upper" else -1
        for way, rate in ((1, price.relaxing), (-1, price.tightening)):
            if rate is None:
                assert best_moved(given, price.row, price.side, way * outwards * TINY) is None
                continue
            assert rate.per_unit >= 0
            for by in (TINY, rate.length) if rate.length is not None else (TINY, Fraction(50)):
                there = best_moved(given, price.row, price.side, way * outwards * by)
                assert there == here + way * by * rate.per_unit
            if rate.length is not None:
                beyond = rate.length + TINY
                there = best_moved(given, price.row, price.side, way * outwards * beyond)
                assert there is None or there < here + way * beyond * rate.per_unit


@given(programs())
@steady(100)
def test_the_canonical_dual_proves_the_optimum(given):
    y = dual(given)
    bound = Fraction(0)
    reduced = [Fraction(int(a), int(b)) for a, b in zip(given.gain_num, given.gain_den, strict=True)]
    for at, price in y.items():
        bound += price * (given.rows[at].upper if price > 0 else given.rows[at].lower)
        for column, coef in given.rows[at].table.items():
            reduced[column] -= price * coef
    bound += sum(max(Fraction(0), c) * int(u) for c, u in zip(reduced, given.upper, strict=True))
    assert bound == best(given)


@given(programs(), st.randoms(use_true_random=False))
@steady(100)
def test_the_canonical_dual_does_not_depend_on_the_vertex(given, random):
    y = dual(given)
    for _ in range(3):
        start = slack_basis(given, [random.random() < 0.5 for _ in given.columns])
        assert canonical_dual(given, optimal_vertex(given, start)) == y
    order = random.sample(range(len(given.columns)), len(given.columns))
    assert dual(shuffled(given, order)) == y


def shuffled(given: Program, order: list[int]) -> Program:
    """The same program with its columns in another order."""
    dense = []
    for held in given.rows:
        coefs = np.zeros(len(order), dtype=np.int64)
        coefs[held.columns] = held.coefs
        dense.append(row(coefs[order], held.lower, held.upper))
    gains = given.gain_num[order].tolist(), given.upper[order].tolist()
    return program(*gains, *dense, den=given.gain_den[order].tolist())


@given(programs())
@steady(60)
def test_the_canonical_dual_is_the_one_of_bounds_relaxed_by_less_and_less(given):
    """Relaxations small enough and far enough apart stand for infinitesimal ones."""
    unit, scale = 10**3, 10 ** (3 * (len(given.rows) + 2))
    rows = []
    for at, held in enumerate(given.rows):
        by = scale // unit ** (at + 2)
        upper = held.upper * scale + by if held.upper < FREE else FREE
        rows.append(
            replace(held, lower=held.lower * scale - by if held.lower > -FREE else -FREE, upper=upper)
        )
    whole = replace(given, upper=given.upper.astype(object) * scale, rows=tuple(rows))
    if int(whole.upper.max()) >= 2**60:
        return
    relaxed = replace(whole, upper=whole.upper.astype(np.int64))
    assert optimal_vertex(relaxed).dual == dual(given)


@given(programs(), st.randoms(use_true_random=False))
@steady(60)
def test_any_plan_gives_a_basis_to_start_from(given, random):
    """An optimal plan as another solver writes it, and plans that are neither optimal nor vertices."""
    vertex = optimal_vertex(given)
    close = [float(vertex.exact(at)) + random.uniform(-1e-10, 1e-10) for at in range(len(given.columns))]
    anywhere = [random.uniform(0, int(most)) for most in given.upper]
    for plan in (close, anywhere):
        assert best(given, basis_at(given, plan)) == best(given)
