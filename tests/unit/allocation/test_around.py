"""Whole plans around an optimum, against all whole plans there are."""

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

from prioritizer.allocation.choice import around as module
from prioritizer.allocation.choice.around import Around, plans_around, reaches
from prioritizer.allocation.choice.relaxed import relaxation
from prioritizer.allocation.program import FREE, Program, Row


def small(seed: int) -> Program:
    """Three or four columns under rows with coefficients of several sizes; gains may be nothing, or alike."""
    chance = Random(seed)
    n = chance.choice([3, 4])
    upper = np.array([chance.randint(0, 5) for _ in range(n)])
    gain = np.array([chance.choice([-1, 0, 2, 3, 3, 7]) for _ in range(n)])
    rows = []
    for at in range(chance.randint(1, 3)):
        coefs = np.array([chance.choice([-2, 1, 1, 3, 5]) for _ in range(n)])
        lower = chance.choice([-FREE, -FREE, 0, 1])
        rows.append(Row(f"r{at}", np.arange(n), coefs, lower, chance.randint(1, 13)))
    den = np.array([chance.choice([1, 1, 2]) for _ in range(n)])
    return Program(tuple("abcd"[:n]), upper, gain, den, tuple(rows), np.zeros(n, dtype=bool))


def all_plans(made: Program) -> dict[tuple[int, ...], Fraction]:
    """What every whole plan gains."""
    every = (np.array(plan) for plan in product(*(range(int(most) + 1) for most in made.upper)))
    kept = (plan for plan in every if all(row.lower <= row.activity(plan) <= row.upper for row in made.rows))
    gains = [Fraction(int(num), int(den)) for num, den in zip(made.gain_num, made.gain_den, strict=True)]
    return {
        tuple(plan.tolist()): sum(
            (gain * many for gain, many in zip(gains, plan.tolist(), strict=True)), Fraction(0)
        )
        for plan in kept
    }


def cases():
    for seed in range(300):
        made = small(seed)
        relaxed = relaxation(made)
        if relaxed is not None:
            yield seed, made, relaxed, all_plans(made)


@pytest.mark.parametrize("room", [Fraction(0), Fraction(1), Fraction(7, 2), Fraction(9)])
def test_no_plan_that_loses_so_little_is_missed(room):
    told = 0
    for seed, made, relaxed, plans in cases():
        around = plans_around(made, relaxed.root, room)
        near = {plan: relaxed.bound - gain for plan, gain in plans.items() if relaxed.bound - gain <= room}
        if around.none_better:
            assert all(lost >= room for lost in near.values()), seed
        if around.plans is not None:
            told += 1
            found = {tuple(each.level.tolist()): each.lost for each in around.plans}
            assert near.items() <= found.items(), seed
            assert [each.lost for each in around.plans] == sorted(found.values()), seed
    assert told > 100


def test_columns_of_such_plans_lie_within_what_they_reach():
    for seed, made, relaxed, plans in cases():
        for levels in (1, 3):
            lower, upper = reaches(made, relaxed.root, Fraction(4), np.full_like(made.upper, levels))
            for plan, gain in plans.items():
                if relaxed.bound - gain <= 4:
                    held = levels * np.array(plan)
                    assert (lower <= held).all() and (held <= upper).all(), seed


def test_a_share_that_has_to_come_out_whole_costs_a_shortest_path():
    # 17 a <= 3 (a + b) and a + b <= 100: a is 300/17, and 17 plus 83 the best whole plan
    row = Row("share", np.array([0, 1]), np.array([14, -3]), -FREE, 0)
    total = Row("envelope", np.array([0, 1]), np.array([1, 1]), -FREE, 100)
    made = Program(
        ("a", "b"),
        np.array([100, 100]),
        np.array([9, 8]),
        np.array([1, 1]),
        (total, row),
        np.zeros(2, dtype=bool),
    )
    relaxed = relaxation(made)
    assert relaxed is not None and relaxed.root.exact(0) == Fraction(300, 17)
    lost = relaxed.bound - (9 * 17 + 8 * 83)
    around = plans_around(made, relaxed.root, lost)
    assert around.none_better and around.plans is not None
    assert [each.level.tolist() for each in around.plans] == [[17, 83]]
    assert plans_around(made, relaxed.root, lost / 2) == Around([], True)


def test_too_many_equals_are_known_before_any_is_put_together(monkeypatch):
    # 17 a <= 3 (a + b + c): what a leaves of the million may be spread over b and c in any way
    most = 1_000_000
    row = Row("share", np.arange(3), np.array([14, -3, -3]), -FREE, 0)
    total = Row("envelope", np.arange(3), np.array([1, 1, 1]), -FREE, most)
    gain, ones = np.array([9, 8, 8]), np.ones(3, dtype=np.int64)
    made = Program(("a", "b", "c"), ones * most, gain, ones, (total, row), np.zeros(3, dtype=bool))
    relaxed = relaxation(made)
    assert relaxed is not None
    monkeypatch.setattr(module._Walk, "_often", lambda *_: pytest.fail("equals were gone through"))
    lost = relaxed.bound - (9 * 176_470 + 8 * 823_530)
    assert plans_around(made, relaxed.root, lost) == Around(None, True)
