"""Values: weighted points of every score, exact, at both ends of what is not certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
_BLOCK = 16_384  # projects at once, so that what is added up stays in the processor's cache


@dataclass(frozen=True)
class Worth:
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

    def by(self, times: int) -> Worth:
        """The same so many times."""
        slope, start = (tuple(each * times for each in own) for own in (self.slope, self.start))
        return replace(self, slope=slope, start=start)

    def of(self, steps: Ints, dtype: type) -> Ints:
        """What so many steps, or the category at this place, are worth."""
        start: Ints = np.array(self.start, dtype=dtype)
        if not self.slope:
            return start[steps.astype(np.int64)]  # other leaves may count in Python's own integers
        slope: Ints = np.array(self.slope, dtype=dtype)
        worth: Ints = steps.astype(dtype)
        if len(slope) == 1:
            worth *= slope[0]
            if self.start[0]:
                worth += start[0]
            return worth
        piece = np.searchsorted(np.array(self.bends[1:], dtype=dtype), worth, side="right")
        bent: Ints = slope[piece] * worth + start[piece]
        return bent


def exact_ends(case: Case, weights: Mapping[str, Mapping[str, Fraction]]) -> tuple[Ints, Ints, int]:
    """Weighted points at both ends of every score, as whole numbers [leaves, n] over one denominator.

    ``weights`` has the weight of every leaf by class of project, the blank one too.
    """
    weighed = _weighed(case, weights)
    pairs = [weighed.ends(at, slice(None)) for at in range(len(weighed.worths))]
    low = np.array([low for low, _ in pairs])
    return low, np.array([high for _, high in pairs]), weighed.scale


def _totals(weighed: _Weighed) -> tuple[Ints, Ints]:
    """The sums over the leaves; one array for both ends where they are alike."""
    projects = weighed.held.low.shape[1]
    low: Ints = np.zeros(projects, dtype=weighed.kind)
    high = low if weighed.certain else low.copy()
    for start in range(0, projects, _BLOCK):
        block = slice(start, start + _BLOCK)
        for at in range(len(weighed.worths)):
            one, other = weighed.ends(at, block)
            low[block] += one
            if high is not low:
                high[block] += other
    return low, high


@dataclass(frozen=True)
class _Weighed:
    """The consensus with what it is worth, weights included, in whole parts of ``scale``.

    A leaf's points are a straight line in its score, or several, or stand by category: exact factors times a
    whole number of steps. So all arithmetic on arrays is exact: in int64 where the largest possible total
    fits, else in Python's own integers (``kind``). ``times`` has what every project's points on a leaf are
    multiplied by besides, 1 or int64[n]; ``full`` is what the best end of a leaf is worth. ``certain``: every
    project has one score on every leaf.
    """

    held: Consensus
    worths: tuple[Worth, ...]
    times: tuple[int | Ints, ...]
    full: tuple[int, ...]
    scale: int
    kind: type
    certain: bool

    def ends(self, at: int, block: slice) -> tuple[Ints, Ints]:
        """What a leaf adds to the values of some projects at both ends of its score; one array for both where
        they are alike."""
        worth, one, other = self.worths[at], self.held.low[at, block], self.held.high[at, block]
        if not worth.rising:
            one, other = other, one
        judged = self.certain or bool(one.min(initial=0) >= 0)
        low = self._points(at, one, 0, judged, block)
        if judged and self.held.high is self.held.low:
            return low, low
        return low, self._points(at, other, self.full[at], judged, block)

    def _points(self, at: int, steps: Ints, absent: int, judged: bool, block: slice) -> Ints:
        points, times = self.worths[at].of(steps, self.kind), self.times[at]
        if not judged:
            points[steps < 0] = absent
        return points if isinstance(times, int) else points * times[block]


def _weighed(case: Case, weights: Mapping[str, Mapping[str, Fraction]]) -> _Weighed:
    """The consensus of a case with what it is worth."""
    held, (alike, group) = consensus(case), weighed_alike(case, weights)
    worths, times, unit, over = _whole(case, held, alike)
    kind = np.int64 if _largest(held, worths, times, unit, over) < _INT64_SAFE else object
    one = len(times[0]) == 1
    return _Weighed(
        held,
        tuple(worth.by(own[0]) if one else worth for worth, own in zip(worths, times, strict=True)),
        tuple(1 if one else np.array(own, dtype=kind)[group] for own in times),
        tuple(FULL * unit * (own[0] if one else 1) for own in times),
        unit * over,
        kind,
        held.high is held.low and bool(held.low.min(initial=0) >= 0),
    )


def _whole(
    case: Case, held: Consensus, alike: Sequence[Mapping[str, Fraction]]
) -> tuple[list[Worth], list[list[int]], int, int]:
    """What scores are worth in whole parts of a point, and leaf by leaf what each group of classes multiplies
    it by; how many parts a point has, and by what the product is to be divided."""
    assert case.criteria is not None
    leaves = case.criteria.leaves
    worths, unit = worths_of(leaves, held)
    over = lcm(*(own[leaf.id].denominator for own in alike for leaf in leaves))
    return worths, [[int(own[leaf.id] * over) for own in alike] for leaf in leaves], unit, over


def _largest(
    held: Consensus, worths: Sequence[Worth], times: Sequence[Sequence[int]], unit: int, over: int
) -> int:
    """The largest number that totals and their rounding lead to."""
    steps = 1 + max(int(held.low.max(initial=0)), int(held.high.max(initial=0)))
    largest = max((2 * worth.largest * steps * max(own) for worth, own in zip(worths, times, strict=True)))
    most = max(map(sum, zip(*times, strict=True)))
    bends = (abs(each) for worth in worths for each in worth.bends)
    return max(largest, 4 * E4 * FULL * unit * max(over, most), *bends)


def worths_of(leaves: Sequence[Criterion], held: Consensus) -> tuple[list[Worth], int]:
    """What every leaf's scores are worth in whole parts of a point, and how many parts a point has."""
    lines = [_lines(leaf, held) for leaf in leaves]
    unit = lcm(*(each.denominator for line in lines for pair in line for each in pair[1:]))
    worths = [
        Worth(
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
    weighed = _weighed(case, weights)
    by_digit, over = digits(weights) if weighed.kind is object else ([], 1)
    each_digit = [_weighed(case, digit) for digit in by_digit]
    if any(digit.kind is object for digit in each_digit) or not by_digit:
        (low, high), unit = _totals(weighed), weighed.scale
        at_low = rounded(low, unit)
        if high is low:
            return at_low, at_low, at_low
        return at_low, rounded(low + high, 2 * unit), rounded(high, unit)
    ends = [_totals(digit) for digit in each_digit]
    lows, highs, unit = [low for low, _ in ends], [high for _, high in ends], over * each_digit[0].scale
    middles = [low + high for low, high in ends]
    return rounded_digits(lows, unit), rounded_digits(middles, 2 * unit), rounded_digits(highs, unit)


def rounded(numerators: Ints, denominator: int) -> Ints:
    """Points as whole numbers of 1e-4, rounded half to even: exact integer arithmetic."""
    flat, nearest = numerators.reshape(-1), np.empty(numerators.size, dtype=np.int64)
    for start in range(0, len(flat), _BLOCK):
        block = slice(start, start + _BLOCK)
        nearest[block] = _nearest(flat[block], denominator)
    return nearest.reshape(numerators.shape)


def _nearest(numerators: Ints, denominator: int) -> Ints:
    doubled = 2 * E4 * numerators
    quotient = doubled // (2 * denominator)  # numpy's divmod takes no Python integers
    remainder = doubled - quotient * (2 * denominator)
    up = (remainder > denominator) | ((remainder == denominator) & (quotient % 2 == 1))
    nearest: Ints = quotient + up
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
