"""Values: weighted points of every score, exact, at both ends of what is not certain."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.model import Case, Ints
from prioritizer.results import E4
from prioritizer.scoring.weights import factor_weights, value_weights, weighed_alike

FULL = 100  # points that the best end of every scale is worth
_INT64_SAFE = 2**62


def exact_ends(case: Case, weights: Mapping[str, Mapping[str, Fraction]]) -> tuple[Ints, Ints, int]:
    """Weighted points at both ends of every score, as whole numbers [leaves, n] over one denominator.

    ``weights`` has the weight of every leaf by class of project, the blank one too. A leaf's points are
    ``weight * 100 * (score - worst) / (best - worst)``: one exact factor per leaf and group of classes that
    weigh alike, times a whole number per distinct score. So all arithmetic on arrays is exact: in int64 where
    the largest possible total fits, else in Python's own integers.
    """
    assert case.criteria is not None and case.assessments is not None
    held, leaves = case.assessments, case.criteria.leaves
    alike, group = weighed_alike(case, weights)
    scales = [leaf.scale for leaf in leaves if leaf.scale is not None]
    ends = [end for scale in scales for end in (scale.worst, scale.best)]
    unit = lcm(*(exact.denominator for exact in (*held.levels, *ends)))
    factors = [
        [own[leaf.id] * FULL / (unit * (scale.best - scale.worst)) for own in alike]
        for leaf, scale in zip(leaves, scales, strict=True)
    ]
    whole = lcm(*(factor.denominator for row in factors for factor in row))
    scaled = [score.numerator * (unit // score.denominator) for score in held.levels]
    most = max(1, *(sum(own.values()) for own in alike))  # of an exchange rate above one
    largest = max(
        int(4 * E4 * FULL * whole * most), *map(abs, scaled), *(abs(int(end * unit)) for end in ends)
    )
    dtype = np.int64 if largest < _INT64_SAFE else object
    levels = np.array(scaled, dtype=dtype)
    worth = np.zeros((len(scales), len(alike), len(levels) + 2), dtype=dtype)
    for row, scale in enumerate(scales):
        for at, factor in enumerate(factors[row]):
            times = int(factor * whole)
            worth[row, at, :-2] = times * (levels - int(scale.worst * unit))
            # The last two are what an absent score may be worth: the ends of the whole scale.
            worth[row, at, -1] = times * int((scale.best - scale.worst) * unit)
    absent, first = len(levels), group.astype(np.intp) * (len(levels) + 2)
    table = worth.reshape(len(scales), -1)
    one = np.take_along_axis(table, first + np.where(held.low >= 0, held.low, absent), axis=1)
    other = np.take_along_axis(table, first + np.where(held.high >= 0, held.high, absent + 1), axis=1)
    low, high = np.minimum(one, other), np.maximum(one, other)
    return low, high, whole


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
