"""Values: weighted points of every score, exact, at both ends of what is not certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, lcm

import numpy as np

from prioritizer.model import FULL, Case, Consensus, Criterion, Ints
from prioritizer.results import E4
from prioritizer.scoring.consensus import consensus
from prioritizer.scoring.fine import digits, rounded_digits
from prioritizer.scoring.weights import factor_weights, value_weights, weighed_alike

_INT64_SAFE = 2**62


@dataclass(frozen=True)
class _Worth:
    """What a leaf's scores are worth, in whole parts of a point.

    Of a leaf with a scale ``slope * steps + start`` from each of ``bends`` on (in steps, ascending; one
    without bends is linear); ``rising`` says whether more steps are worth more. Of a categorical leaf
    ``start`` alone, by the place of the category.
    """

    bends: tuple[int, ...]
    slope: tuple[int, ...]
    start: tuple[int, ...]
    rising: bool = True

    @property
    def largest(self) -> int:
        """The largest number that it takes, or that a step may be multiplied by."""
        return max(map(abs, (*self.slope, *self.start)))

    def of(self, steps: Ints, dtype: type) -> Ints:
        """What so many steps, or the category at this place, are worth."""
        start: Ints = np.array(self.start, dtype=dtype)
        if not self.slope:
            return start[steps]
        slope: Ints = np.array(self.slope, dtype=dtype)
        if len(slope) == 1:
            worth: Ints = np.multiply(steps, slope[0], dtype=dtype)
            worth += start[0]
            return worth
        piece = np.searchsorted(np.array(self.bends[1:], dtype=dtype), steps, side="right")
        bent: Ints = slope[piece] * steps + start[piece]
        return bent


def exact_ends(case: Case, weights: Mapping[str, Mapping[str, Fraction]]) -> tuple[Ints, Ints, int]:
    """Weighted points at both ends of every score, as whole numbers [leaves, n] over one denominator.

    ``weights`` has the weight of every leaf by class of project, the blank one too.
    """
    by_leaf, scale = weighted_ends(case, weights)
    pairs = list(by_leaf)
    low = np.array([low for low, _ in pairs])
    return low, np.array([high for _, high in pairs]), scale


def exact_totals(case: Case, weights: Mapping[str, Mapping[str, Fraction]]) -> tuple[Ints, Ints, int]:
    """As :func:`exact_ends`, summed over the leaves; one array for both ends where they are alike."""
    by_leaf, scale = weighted_ends(case, weights)
    low, high = next(by_leaf)
    for more_low, more_high in by_leaf:
        apart = None if high is low and more_high is more_low else high + more_high
        low = low + more_low
        high = low if apart is None else apart
    return low, high, scale


def weighted_ends(
    case: Case, weights: Mapping[str, Mapping[str, Fraction]]
) -> tuple[Iterator[tuple[Ints, Ints]], int]:
    """Leaf by leaf the weighted points of every project at both ends of its score, as whole numbers over one
    denominator, which is returned too; one array for both ends where they are alike.

    A leaf's points are a straight line in its score, or several, or stand by category: exact factors times a
    whole number of steps. So all arithmetic on arrays is exact: in int64 where the largest possible total
    fits, else in Python's own integers.
    """
    held, (_, group) = consensus(case), weighed_alike(case, weights)
    worths, times, unit, over = _whole(case, weights)
    dtype = np.int64 if _largest(held, worths, times, unit, over) < _INT64_SAFE else object
    by_project = [np.array(own, dtype=dtype)[group] if len(own) > 1 else own[0] for own in times]

    def ends() -> Iterator[tuple[Ints, Ints]]:
        for at, worth in enumerate(worths):
            one, other = (held.low[at], held.high[at])
            alike = held.high is held.low and bool(one.min(initial=0) >= 0)
            if not worth.rising:
                one, other = other, one
            low = _weighted(worth, one, 0, by_project[at], dtype)
            yield low, low if alike else _weighted(worth, other, FULL * unit, by_project[at], dtype)

    return ends(), unit * over


def _whole(
    case: Case, weights: Mapping[str, Mapping[str, Fraction]]
) -> tuple[list[_Worth], list[list[int]], int, int]:
    """What scores are worth in whole parts of a point, and leaf by leaf what each group of classes multiplies
    it by; how many parts a point has, and by what the product is to be divided."""
    assert case.criteria is not None
    leaves, (alike, _) = case.criteria.leaves, weighed_alike(case, weights)
    worths, unit = _worths(leaves, consensus(case))
    over = lcm(*(own[leaf.id].denominator for own in alike for leaf in leaves))
    return worths, [[int(own[leaf.id] * over) for own in alike] for leaf in leaves], unit, over


def _largest(
    held: Consensus, worths: Sequence[_Worth], times: Sequence[Sequence[int]], unit: int, over: int
) -> int:
    """The largest number that totals and their rounding lead to."""
    steps = 1 + max(int(held.low.max(initial=0)), int(held.high.max(initial=0)))
    largest = max((2 * worth.largest * steps * max(own) for worth, own in zip(worths, times, strict=True)))
    most = max(map(sum, zip(*times, strict=True)))
    return max(largest, 4 * E4 * FULL * unit * max(over, most))


def _fits(case: Case, weights: Mapping[str, Mapping[str, Fraction]]) -> bool:
    """Whether all of that is within 64 bits."""
    return _largest(consensus(case), *_whole(case, weights)) < _INT64_SAFE


def _weighted(worth: _Worth, steps: Ints, absent: int, times: int | Ints, dtype: type) -> Ints:
    """What steps are worth, ``absent`` where there are none, times the weight."""
    points = worth.of(steps, dtype)
    missing = steps < 0
    if missing.any():
        points[missing] = absent
    points *= times
    return points


def _worths(leaves: Sequence[Criterion], held: Consensus) -> tuple[list[_Worth], int]:
    """What every leaf's scores are worth in whole parts of a point, and how many parts a point has."""
    lines = [_lines(leaf, held) for leaf in leaves]
    unit = lcm(*(each.denominator for line in lines for pair in line for each in pair[1:]))
    worths = [
        _Worth(
            tuple(ceil((score - held.base) / held.step) for score, *_ in line) if leaf.scale else (),
            tuple(int(slope * unit) for _, slope, _ in line) if leaf.scale else (),
            tuple(int(start * unit) for *_, start in line),
            leaf.scale is None or leaf.scale.worst < leaf.scale.best,
        )
        for leaf, line in zip(leaves, lines, strict=True)
    ]
    return worths, unit


def _lines(leaf: Criterion, held: Consensus) -> list[tuple[Fraction, Fraction, Fraction]]:
    """The straight pieces of a value function: the score it begins at, points per step, points at no step; of
    a categorical leaf the points of every level."""
    zero = Fraction(0)
    if leaf.scale is None:
        return [(zero, zero, points) for points in leaf.points_of_levels]
    pieces = []
    for (score, points), (next_score, next_points) in pairwise(leaf.breakpoints):
        slope = (next_points - points) / (next_score - score)
        pieces.append((score, slope * held.step, points + slope * (held.base - score)))
    return pieces


def value_ends(case: Case) -> tuple[Ints, Ints, Ints]:
    """Every project's value at the low end of its scores, in the middle and at the high end, int64[n] in 1e-4
    point, rounded once."""
    case, weights = replace(case, agreed=consensus(case)), value_weights(case)
    if _fits(case, weights):
        low, high, unit = exact_totals(case, weights)
        at_low = rounded(low, unit)
        if high is low:
            return at_low, at_low, at_low
        return at_low, rounded(low + high, 2 * unit), rounded(high, unit)
    by_digit, over = digits(weights)
    ends = [exact_totals(case, digit) for digit in by_digit]
    lows, highs, unit = [low for low, *_ in ends], [high for _, high, _ in ends], over * ends[0][2]
    middles = [low + high for low, high, _ in ends]
    return rounded_digits(lows, unit), rounded_digits(middles, 2 * unit), rounded_digits(highs, unit)


def rounded(numerators: Ints, denominator: int) -> Ints:
    """Points as whole numbers of 1e-4, rounded half to even: exact integer arithmetic."""
    doubled = 2 * E4 * numerators
    quotient = doubled // (2 * denominator)  # numpy's divmod takes no Python integers
    remainder = doubled - quotient * (2 * denominator)
    up = (remainder > denominator) | ((remainder == denominator) & (quotient % 2 == 1))
    nearest: Ints = (quotient + up).astype(np.int64)
    return nearest


def counted_end(case: Case, low: Ints, high: Ints, scale: int) -> Ints:
    """Points at the end of every score that the scenario counts, in 1e-4 point."""
    match case.scenario.eligibility.unassessed:
        case "low":
            return rounded(low, scale)
        case "high":
            return rounded(high, scale)
        case _:
            return rounded(low + high, 2 * scale)


def contributions(case: Case) -> Ints:
    """What each leaf adds to each project's counted value, int64[n, leaves] in 1e-4 point.

    Each is rounded by itself, so that a row may differ from the value by a few 1e-4 points.
    Raises ``ValueError`` for a register with given values.
    """
    if case.criteria is None:
        raise ValueError("values are given, not made of contributions")
    return counted_end(case, *exact_ends(case, value_weights(case))).T


def factor_values(case: Case) -> Ints:
    """The points of every project on every factor, out of 100 whatever the factor weighs: int64[n, factors]
    in 1e-4 point, at the end that counts, exact and rounded once (half to even).

    Raises ``ValueError`` for a register with given values.
    """
    if case.criteria is None:
        raise ValueError("values are given, not made of factors")
    factors = case.criteria.criteria
    low, high, scale = exact_ends(case, factor_weights(case))
    first = np.cumsum([0, *(len(list(factor.leaves())) for factor in factors[:-1])])
    low, high = (np.add.reduceat(end, first, axis=0) for end in (low, high))
    return counted_end(case, low, high, scale).T
