"""All portfolios that nothing outdoes, and the arrays behind them, against trying everything."""

from itertools import product
from random import Random

import numpy as np
import pytest

from prioritizer.allocation.program import FREE
from prioritizer.errors import InputFaults
from prioritizer.robustness.portfolios.choice import Choice, choice_of
from prioritizer.robustness.portfolios.digits import digits_for
from prioritizer.robustness.portfolios.dominance import undominated
from prioritizer.robustness.portfolios.search import TooMany, in_order, undominated_portfolios
from tests.mixed import program, row

SIZES = (1, 10**6, 10**18, 10**25)


def whole(numbers) -> np.ndarray:
    return np.array(numbers, dtype=object)


def choice(low, high=None, uses=None, caps=()) -> Choice:
    uses = np.zeros((len(low[0]), 0)) if uses is None else np.array(uses)
    high = low if high is None else high
    idle = np.zeros(len(low[0]), dtype=np.int64)
    return Choice(whole(low), whole(high), uses.astype(np.int64), np.array(caps, dtype=np.int64), idle)


def drawn(seed: int) -> Choice:
    """Few projects; worth of any size, negative too; limits that are used or freed."""
    chance = Random(seed)
    n, corners, sides = chance.randint(1, 7), chance.randint(1, 3), chance.randint(0, 3)
    unit, lowest = chance.choice(SIZES), chance.choice([0, 0, -3])

    def table(least: int, most: int, rows: int = corners, columns: int = n) -> list[list[int]]:
        return [[chance.randint(least, most) for _ in range(columns)] for _ in range(rows)]

    low = whole(table(lowest, 9)) * unit + whole(table(0, 1))
    spread = whole([[chance.choice([0, 0, 1, 2, 5]) for _ in range(n)] for _ in range(corners)])
    high = low + (spread * unit if seed % 2 else 0)
    uses = np.array(table(chance.choice([0, 0, -2]), 6, n, sides), dtype=np.int64).reshape(n, sides)
    caps = np.array([chance.randint(-1, 2 * n) for _ in range(sides)], np.int64)
    idle = np.where(((low == 0) & (high == 0)).all(axis=0), chance.choice([0, 1]), 0)
    return Choice(low, high, uses, caps, idle)


def by_trying(given: Choice) -> set[tuple[bool, ...]]:
    """Every portfolio that keeps the limits and that no other one outdoes, compared two by two."""
    corners, n = given.low.shape
    allowed = [
        plan
        for plan in product([False, True], repeat=n)
        if all(
            sum(int(given.uses[at, side]) for at in range(n) if plan[at]) <= cap
            for side, cap in enumerate(given.caps.tolist())
        )
    ]

    def ahead(one, other, gain: bool) -> list[int]:
        own, others = (given.high, given.low) if gain else (given.low, given.high)
        return [
            sum(int(own[corner, at]) for at in range(n) if one[at] and not other[at])
            - sum(int(others[corner, at]) for at in range(n) if other[at] and not one[at])
            for corner in range(corners)
        ]

    def idle(plan) -> int:
        return sum(int(given.idle[at]) for at in range(n) if plan[at])

    def outdoes(one, other) -> bool:
        least, most = min(ahead(one, other, gain=False)), max(ahead(one, other, gain=True))
        return least >= 0 and (most > 0 or idle(one) < idle(other))

    return {plan for plan in allowed if not any(outdoes(other, plan) for other in allowed)}


@pytest.mark.parametrize("seed", range(100))
def test_all_that_nothing_outdoes_are_found_once(seed):
    given = drawn(seed)
    found = [tuple(plan) for plan in undominated_portfolios(given, 10_000).tolist()]
    assert len(found) == len(set(found))
    assert set(found) == by_trying(given)


def test_portfolios_of_equal_worth_all_stay():
    found = undominated_portfolios(choice([[1, 1, 1]], uses=[[1], [1], [1]], caps=[1]), 10)
    assert sorted(map(tuple, found.tolist())) == [
        (False, False, True),
        (False, True, False),
        (True, False, False),
    ]


def test_what_may_be_better_stays_and_what_never_is_goes():
    # The second may be worth 5 against 3; the third is never worth more than the first.
    given = choice([[3, 1, 1]], [[3, 5, 3]], uses=[[1], [1], [1]], caps=[1])
    found = {tuple(np.flatnonzero(plan).tolist()) for plan in undominated_portfolios(given, 10)}
    assert found == {(0,), (1,)}


def test_none_where_no_portfolio_keeps_the_limits():
    assert undominated_portfolios(choice([[1, 2]], uses=[[-1], [-1]], caps=[-3]), 10).shape == (0, 2)


def test_too_many_ways_are_refused():
    with pytest.raises(TooMany):
        undominated_portfolios(choice([[1] * 12], uses=[[1]] * 12, caps=[6]), 100)


def test_clear_projects_are_decided_first():
    given = choice([[9, 5, 4, 1]], uses=[[2], [2], [2], [2]], caps=[4])
    assert in_order(given)[0] == 0 and in_order(given)[-1] == 2


def test_a_program_becomes_limits_that_can_bind():
    rows = [
        row("envelope", [(0, 2), (1, 3), (2, 4)], -FREE, 5),
        row("idle", [(0, 1), (1, 1)], -FREE, 2),
        row("floor", [(1, 1), (2, 1)], 1, FREE),
    ]
    made = program([1, 1, 1], [1, 1, 1], [True] * 3, rows)
    found = choice_of(made, np.array([0, 1, 2]), np.array([2, 3, 4]), whole([[1, 0, 1]]), whole([[1, 0, 1]]))
    assert found.uses.T.tolist() == [[2, 3, 4], [0, -1, -1]]
    assert found.caps.tolist() == [5, -1] and found.idle.tolist() == [0, 3, 0]


def test_a_row_that_nothing_keeps_stays_though_no_project_counts_in_it():
    made = program([1, 1], [1, 1], [True] * 2, [row("floor", [(1, 1)], 1, FREE)])
    found = choice_of(made, np.array([0]), np.array([1]), whole([[1]]), whole([[1]]))
    assert len(undominated_portfolios(found, 10)) == 0


def test_limits_are_counted_in_their_common_part_and_refused_where_too_fine():
    coarse = program(
        [1, 1], [1, 1], [True] * 2, [row("share", [(0, 6 * 10**9), (1, 4 * 10**9)], -FREE, 7 * 10**9)]
    )
    both, ones = np.array([0, 1]), whole([[1, 1]])
    found = choice_of(coarse, both, both, ones, ones)
    assert (found.uses.T.tolist(), found.caps.tolist()) == ([[3, 2]], [3])
    fine = program([1, 1], [1, 1], [True] * 2, [row("share", [(0, 2**61), (1, 2**61 + 1)], -FREE, 5)])
    with pytest.raises(InputFaults, match="portfolios_too_fine"):
        choice_of(fine, both, both, ones, ones)


# ------------------------------------------------------------------ the arrays


@pytest.mark.parametrize("seed", range(6))
def test_rows_that_are_outdone_are_told_from_the_others(seed):
    """More rows than are held against each other at once, with many equals."""
    random = np.random.default_rng(seed)
    columns = random.integers(0, 40, (3, 2_600))
    above = columns.sum(axis=0)
    kept = undominated(columns, above)
    for at in range(0, 2_600, 7):
        over = (columns >= columns[:, [at]]).all(axis=0) & (above > above[at])
        assert kept[at] == (not over.any())


def test_only_confirmed_rows_outdo():
    columns, above = np.array([[1, 2, 3]]), np.array([1, 2, 3])
    by_neighbour = undominated(columns, above, lambda one, other: one - other == 1)
    assert by_neighbour.tolist() == [False, False, True]
    assert undominated(columns, above, lambda one, other: one < other).all()


@pytest.mark.parametrize("size", [3, 10**12, 10**20, 10**40])
def test_digits_add_up_and_keep_the_order(size):
    chance = Random(size)
    numbers = [chance.randint(-size, size) for _ in range(300)] + [0, 0, size, -size]
    digits = digits_for(size, 1_000)
    written = digits.of(whole(numbers))
    together = digits.carried(written[:, :150] + written[:, 150:300] - written[:, 4:154])
    sums = [numbers[at] + numbers[150 + at] - numbers[4 + at] for at in range(150)]
    back = [sum(int(d) << (digits.bits * at) for at, d in enumerate(each)) for each in together.T.tolist()]
    assert back == sums
    assert [each >= 0 for each in sums] == (together[-1] >= 0).tolist()
    places = digits.order(written).tolist()
    pairs = [(chance.randrange(304), chance.randrange(304)) for _ in range(500)] + [(300, 301)]
    for one, other in pairs:
        assert (places[one] < places[other]) == (numbers[one] < numbers[other])
        assert (places[one] == places[other]) == (numbers[one] == numbers[other])
