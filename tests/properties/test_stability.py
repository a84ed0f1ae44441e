"""Intervals of weights against solving anew just inside and just outside of them."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from prioritizer import allocation, scoring
from prioritizer.robustness.allowed.stability import moved_to, stability
from tests.build import Project, steady
from tests.linear import best
from tests.properties.judged import DEEP, FLAT, drawn, judged, tree


def values(case):
    """What projects are worth in 1e-4 point, not rounded, from their scores by hand."""
    weights = list(scoring.leaf_weights(case).values())
    return [
        sum((w * 10**5 * int(score) for w, score in zip(weights, own, strict=True)), Fraction(0))
        for own in case.agreed.low.T
    ]


def program_at(case, weight, criterion):
    """The program of the case with exact gains at another weight, written down anew."""
    there = moved_to(case, criterion, weight)
    program = allocation.formulate(there, scoring.score(there)).program
    objective, gains = case.scenario.objective, []
    for value, ask in zip(values(there), case.register.ask_mvnd.tolist(), strict=True):
        if objective.basis == "funding":
            gains.append(value - objective.hurdle_e4)
        else:
            gains.append((value - Fraction(objective.hurdle_e4 * ask, 1000)) / ask)
    num, den = ([getattr(each, part) for each in gains] for part in ("numerator", "denominator"))
    return replace(program, gain_num=np.array(num, dtype=object), gain_den=np.array(den, dtype=object)), gains


def lost(case, plan, weight, criterion):
    """What the plan gains less than the best at another weight, exact."""
    program, gains = program_at(case, weight, criterion)
    own = sum((gain * int(money) for gain, money in zip(gains, plan.amount_mvnd, strict=True)), Fraction(0))
    return best(program) - own


@given(st.integers(0, 10**6))
@steady(50)
def test_the_plan_is_best_inside_and_beaten_outside(seed):
    case = drawn(seed, uncertain=False)
    scores = scoring.score(case)
    plan, found = allocation.allocate(case, scores), stability(case)
    assert (found is None) == (plan.status == "infeasible")
    assume(found is not None and plan.status == "optimal")
    form = allocation.formulate(case, scores)
    assume(best(form.program) == worth(form, plan))  # the interval is of exact amounts, not of whole ones
    for each in found:
        if not each.holds:
            assert lost(case, plan, each.now, each.criterion) > 0
            continue
        low, high = each.low.weight, each.high.weight
        assert low <= each.now <= high
        for inside in (low, (2 * low + high) / 3, (low + high) / 2, high):
            assert lost(case, plan, inside, each.criterion) == 0
        for end, step in ((each.low, -1), (each.high, 1)):
            for apart in (Fraction(1, 10**9), Fraction(1, 100)):
                outside = end.weight + step * apart
                if 0 <= outside <= 1:
                    assert lost(case, plan, outside, each.criterion) > 0 and end.moves_mvnd


def worth(form, plan):
    """What a plan gains by the program's own gains, of rounded values."""
    gains = zip(form.program.gain_num.tolist(), form.program.gain_den.tolist(), strict=True)
    money = plan.amount_mvnd.tolist()
    return sum(
        (Fraction(num, den) * each for (num, den), each in zip(gains, money, strict=True)), Fraction(0)
    )


@given(st.integers(0, 10**6))
@steady(30)
def test_plans_made_anew_inside_are_worth_no_more_but_for_rounding(seed):
    case = drawn(seed)
    scores = scoring.score(case)
    plan, found = allocation.allocate(case, scores), stability(case)
    assume(found is not None and plan.status == "optimal")
    form = allocation.formulate(case, scores)
    assume(best(form.program) == worth(form, plan))  # whole millions without a loss
    # Every value is off by half a 1e-4 point at most, in either plan.
    funding = case.scenario.objective.basis == "funding"
    rounding = case.envelope_mvnd if funding else len(case.register)
    for each in found:
        if not each.holds:
            continue
        there = moved_to(case, each.criterion, (each.low.weight + each.high.weight) / 2)
        again = allocation.allocate(there, scoring.score(there))
        assert again.status == "optimal"
        form = allocation.formulate(there, scoring.score(there))
        assert 0 <= worth(form, again) - worth(form, plan) <= rounding


def best_where(lines):
    """The weights, from 0 to 1, at which no line ``start + slope t`` is above zero; ``None`` where none."""
    low, high = Fraction(0), Fraction(1)
    for start, slope in lines:
        if slope > 0:
            high = min(high, -start / slope)
        elif slope < 0:
            low = max(low, -start / slope)
        elif start > 0:
            return None
    return (low, high) if low <= high else None


@given(st.integers(0, 10**6))
@steady(40)
def test_intervals_of_whole_projects_are_those_of_all_portfolios(seed):
    rng = Random(seed)
    criteria = tree(rng.choice([FLAT, DEEP]))
    projects = [Project(rng.randint(1, 6), 0, funding="whole") for _ in range(rng.randint(2, 5))]
    asks = [each.ask for each in projects]
    case = judged(
        projects,
        criteria,
        [[rng.randint(0, 10) for _ in projects] for _ in criteria.leaves],
        envelope_mvnd=rng.randint(1, sum(asks)),
        basis=rng.choice(["funding", "project"]),
        hurdle_e4=rng.choice([0, 300_000]),
    )
    plan, found = allocation.allocate(case, scoring.score(case)), stability(case)
    portfolios = [
        chosen
        for size in range(len(asks) + 1)
        for chosen in combinations(range(len(asks)), size)
        if sum(asks[row] for row in chosen) <= case.envelope_mvnd
    ]
    for each in found:
        _, at_zero = program_at(case, Fraction(0), each.criterion)
        _, at_one = program_at(case, Fraction(1), each.criterion)
        start = [gain * ask for gain, ask in zip(at_zero, asks, strict=True)]
        slope = [gain * ask - before for gain, ask, before in zip(at_one, asks, start, strict=True)]
        own = np.flatnonzero(plan.amount_mvnd).tolist()
        lines = [
            tuple(
                sum((line[row] for row in chosen), -sum(line[row] for row in own)) for line in (start, slope)
            )
            for chosen in portfolios
        ]
        allowed = best_where(lines)
        assert each.finished and each.holds == (allowed is not None and allowed[0] <= each.now <= allowed[1])
        if each.holds:
            assert (each.low.weight, each.high.weight) == allowed
