"""What is asked of a face through its class totals, and the whole rule against its definition."""

import random
from dataclasses import replace
from fractions import Fraction
from math import lcm

import numpy as np
import pytest

from prioritizer.allocation.choice.classes import Classes
from prioritizer.allocation.choice.ties import settle
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.program import FREE, Program, Row
from prioritizer.errors import Defect


def row(coefs: list[int], lower: int, upper: int) -> Row:
    used = np.flatnonzero(coefs)
    return Row("row[x]", used, np.array(coefs, dtype=np.int64)[used], lower, upper)


def face(upper: list[int], *rows: Row) -> Program:
    """A program all of whose plans are equally good."""
    gain = np.zeros(len(upper), dtype=np.int64)
    names = tuple(f"x{at}" for at in range(len(upper)))
    none = np.zeros(len(upper), dtype=bool)
    return Program(names, np.array(upper, dtype=np.int64), gain, np.ones_like(gain), rows, none)


# x0 and x1 are of one class, x2 and x3 of another; 12 is to be placed, at most 7 of it in the second class.
PAIRS = face([3, 6, 5, 4], row([1, 1, 1, 1], 12, 12), row([0, 0, 1, 1], -FREE, 7))


def test_columns_are_filled_in_the_order_given():
    assert Classes(PAIRS).filled([0, 1, 2, 3]) == {0: 3, 1: 6, 2: 3, 3: 0}
    assert Classes(PAIRS).filled([3, 2, 1, 0]) == {3: 4, 2: 3, 1: 5, 0: 0}
    assert Classes(PAIRS).filled([2, 0, 3, 1]) == {2: 5, 0: 3, 3: 2, 1: 2}


@pytest.mark.parametrize("first", [False, True], ids=["asked at once", "asked after filling"])
def test_ends_are_those_of_the_whole_face(first):
    classes = Classes(PAIRS)
    if first:
        classes.filled([3, 1, 0, 2])
    # The first class holds 5 to 9, the second 3 to 7.
    assert [classes.least(column) for column in range(4)] == [0, 2, 0, 0]
    assert [classes.most(column) for column in range(4)] == [3, 6, 5, 4]


def test_a_face_of_one_plan_leaves_nothing_open():
    classes = Classes(face([5, 7], row([1, 1], 9, 9), row([3, -1], 3, 3)))
    assert classes.filled([1, 0]) == {0: 3, 1: 6}
    assert [classes.least(0), classes.most(0), classes.least(1), classes.most(1)] == [3, 3, 6, 6]


def test_amounts_are_exact_fractions():
    thirds = Classes(face([5, 5], row([1, 1], 5, 5), row([1, -2], 0, FREE)))
    assert thirds.filled([1, 0]) == {1: Fraction(5, 3), 0: Fraction(10, 3)}
    assert thirds.most(1) == Fraction(5, 3) and thirds.least(0) == Fraction(10, 3)


def test_columns_that_no_row_sees_are_full():
    classes = Classes(face([5, 5, 2], row([1, 0, 0], -FREE, 3)))
    assert classes.filled([2, 1, 0]) == {2: 2, 1: 5, 0: 3}
    assert Classes(face([])).filled([]) == {}


def test_rows_alike_count_together():
    both = Classes(face([5, 5], row([1, 1], 4, FREE), row([1, 1], -FREE, 6)))
    assert both.filled([0, 1]) == {0: 5, 1: 1}
    assert both.least(0) == 0


@pytest.mark.parametrize(
    "rows",
    [
        [row([1, 1], 11, FREE)],
        [row([1, 1], 6, FREE), row([1, 1], -FREE, 5)],
        [row([1, 0], 4, FREE), row([0, 1], 4, FREE), row([1, 1], -FREE, 7)],
    ],
)
def test_a_face_without_a_plan_is_a_defect(rows):
    with pytest.raises(Defect):
        Classes(face([5, 5], *rows))


# ------------------------------------------------------------------ the rule by its definition


def fixed(gain: list[int], worth: Fraction) -> Row:
    return row([coef * worth.denominator for coef in gain], worth.numerator, worth.numerator)


def best(given: Program, gain: list[int], rows: list[Row]) -> list[Fraction]:
    num = np.array(gain, dtype=np.int64)
    vertex = optimal_vertex(replace(given, gain_num=num, gain_den=np.ones_like(num), rows=tuple(rows)))
    assert vertex is not None
    return [vertex.exact(column) for column in range(len(gain))]


def narrowed(given: Program, gain: list[int], rows: list[Row]) -> None:
    """Demand the most that ``gain`` can be worth."""
    plan = best(given, gain, rows)
    if any(gain):
        rows.append(fixed(gain, sum((g * x for g, x in zip(gain, plan, strict=True)), Fraction(0))))


def by_definition(given: Program, order: list[int]) -> tuple[list[Fraction], list[tuple[Fraction, Fraction]]]:
    """The plan of the rule, one demand after the other, and what the optima that give least to idle columns
    give to each column at least and at most."""
    n, rows = len(given.columns), list(given.rows)
    scale = lcm(*given.gain_den.tolist())
    narrowed(given, (given.gain_num * (scale // given.gain_den)).tolist(), rows)
    narrowed(given, (-(given.gain_num == 0).astype(int)).tolist(), rows)
    ends = []
    for column in range(n):
        unit = [int(at == column) for at in range(n)]
        ends.append((best(given, [-x for x in unit], rows)[column], best(given, unit, rows)[column]))
    for column in order:
        narrowed(given, [int(at == column) for at in range(n)], rows)
    return best(given, [0] * n, rows), ends


def some_program(rng: random.Random) -> Program:
    """A few kinds of columns, several alike, under limits in money, in shares and in equations."""
    n = rng.randint(2, 8)
    body = [rng.randrange(3) for _ in range(n)]
    upper = [rng.randint(1, 12) for _ in range(n)]
    rows = [row([1] * n, -FREE, rng.randint(0, sum(upper)))]
    for _ in range(rng.randint(1, 4)):
        chosen = [int(kind in rng.sample(range(3), rng.randint(1, 2))) for kind in body]
        most = sum(x * y for x, y in zip(chosen, upper, strict=True))
        share, parts = rng.randint(1, 2), rng.randint(3, 5)
        shares = [parts * x - share for x in chosen]
        amount = rng.randint(0, most)
        rows.append(
            rng.choice(
                [
                    row(chosen, -FREE, amount),
                    row(chosen, amount // 2, FREE),
                    row(chosen, amount, amount),
                    row(shares, -FREE, 0),
                    row(shares, 0, FREE),
                ]
            )
        )
    gain = np.array([rng.choice([-1, 0, 1, 1, 2]) for _ in range(n)])
    den = np.array([rng.choice([1, 1, 2]) for _ in range(n)])
    named = tuple(f"x{at}" for at in range(n))
    none = np.zeros(n, dtype=bool)
    return Program(named, np.array(upper), gain, den, tuple(each for each in rows if len(each.columns)), none)


@pytest.mark.parametrize("seed", range(100))
def test_the_plan_is_that_of_the_rule_applied_one_demand_after_the_other(seed):
    rng = random.Random(seed)
    vertex = None
    while vertex is None:
        given = some_program(rng)
        vertex = optimal_vertex(given)
    order = rng.sample(range(len(given.columns)), len(given.columns))
    settled = settle(given, vertex, np.array(order), np.ones(len(order), dtype=np.int64))
    plan, ends = by_definition(given, order)
    found = [settled.parts.get(at, Fraction(int(amount))) for at, amount in enumerate(settled.amount)]
    assert found == plan
    assert settled.moved == sum(x - least for x, (least, _) in zip(plan, ends, strict=True))
    assert settled.tied == tuple(at for at in order if ends[at][0] != ends[at][1])
