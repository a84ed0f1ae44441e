"""From a case to values, exactly: weights, value functions, contributions, ranks."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.model import Case, Ints, LeafScores, Scale
from prioritizer.results import E4, Scores

FULL = 100  # points that the best end of every scale is worth
_INT64_SAFE = 2**62


def node_weights(case: Case) -> dict[str, Fraction]:
    """The weight of every node among its siblings: the scenario's, else the criteria file's, else equal."""
    assert case.criteria is not None
    weights: dict[str, Fraction] = {}
    for siblings in case.criteria.sibling_sets():
        for node in siblings:
            given = case.scenario.weights.get(node.id, node.weight)
            weights[node.id] = Fraction(1, len(siblings)) if given is None else given
    return weights


def leaf_weights(case: Case) -> dict[str, Fraction]:
    """The weight of every leaf in a project's value: the product along its branch. They sum to one."""
    assert case.criteria is not None
    own = node_weights(case)
    weights: dict[str, Fraction] = {}
    branches = [(node, own[node.id]) for node in case.criteria.criteria]
    while branches:
        node, weight = branches.pop(0)
        if not node.children:
            weights[node.id] = weight
        branches.extend((child, weight * own[child.id]) for child in node.children)
    return {leaf.id: weights[leaf.id] for leaf in case.criteria.leaves}


def score(case: Case) -> Scores:
    """The value of every project, exact and rounded once to 1e-4 point (half to even)."""
    if case.register.given_e4 is not None:
        given = case.register.given_e4
        return Scores(given, given, given, given, _ranks(given), np.zeros(len(given), dtype=np.int64))
    low, high, scale = _exact_ends(case)
    total_low, total_high = low.sum(axis=0), high.sum(axis=0)
    values = {
        "low": _rounded(total_low, scale),
        "mid": _rounded(total_low + total_high, 2 * scale),
        "high": _rounded(total_high, scale),
    }
    counted = values[case.scenario.eligibility.unassessed]
    assert case.assessments is not None
    assessed = np.stack([leaf.low >= 0 for leaf in case.assessments.leaves]).sum(axis=0, dtype=np.int64)
    return Scores(counted, values["low"], values["mid"], values["high"], _ranks(counted), assessed)


def contributions(case: Case) -> Ints:
    """What each leaf adds to each project's counted value, int64[n, leaves] in 1e-4 point.

    Each is rounded by itself, so that a row may differ from the value by a few 1e-4 points.
    Raises ``ValueError`` for a register with given values.
    """
    if case.criteria is None:
        raise ValueError("values are given, not made of contributions")
    low, high, scale = _exact_ends(case)
    match case.scenario.eligibility.unassessed:
        case "low":
            return _rounded(low, scale).T
        case "high":
            return _rounded(high, scale).T
        case _:
            return _rounded(low + high, 2 * scale).T


def _exact_ends(case: Case) -> tuple[Ints, Ints, int]:
    """Weighted values at both ends of every score, as whole numbers [leaves, n] over one denominator.

    Every leaf's distinct scores become whole numbers over a common denominator, so that all arithmetic on
    arrays is exact: in int64 where the total fits, else in Python's own integers.
    """
    assert case.criteria is not None and case.assessments is not None
    weights = leaf_weights(case)
    tables = [
        _worth(leaf.scale, scores, weights[leaf.id])
        for leaf, scores in zip(case.criteria.leaves, case.assessments.leaves, strict=True)
    ]
    scale = lcm(*(worth.denominator for table in tables for worth in table))
    whole = [[int(worth * scale) for worth in table] for table in tables]
    dtype = np.int64 if 4 * E4 * FULL * scale < _INT64_SAFE else object
    shape = (len(tables), len(case.register))
    low, high = np.zeros(shape, dtype=dtype), np.zeros(shape, dtype=dtype)
    for row, (table, scores) in enumerate(zip(whole, case.assessments.leaves, strict=True)):
        # The last two entries are the ends of the whole scale: what an absent score may be worth.
        by_code = np.array(table, dtype=dtype)
        one = by_code[np.where(scores.low >= 0, scores.low, len(table) - 2)]
        other = by_code[np.where(scores.high >= 0, scores.high, len(table) - 1)]
        low[row], high[row] = np.minimum(one, other), np.maximum(one, other)
    return low, high, scale


def _worth(scale: Scale | None, scores: LeafScores, weight: Fraction) -> list[Fraction]:
    """Weighted points of every distinct score, then of the scale's two ends; 0 for scores of other leaves."""
    assert scale is not None
    used = np.bincount(scores.low + 1, minlength=len(scores.levels) + 1)[1:] > 0
    used |= np.bincount(scores.high + 1, minlength=len(scores.levels) + 1)[1:] > 0
    length = scale.best - scale.worst
    worth = [
        weight * FULL * (level - scale.worst) / length if used[code] else Fraction(0)
        for code, level in enumerate(scores.levels)
    ]
    return [*worth, Fraction(0), weight * FULL]


def _rounded(numerators: Ints, denominator: int) -> Ints:
    """Points as whole numbers of 1e-4, rounded half to even: exact integer arithmetic."""
    doubled = 2 * E4 * numerators
    quotient, remainder = np.divmod(doubled, 2 * denominator)
    up = (remainder > denominator) | ((remainder == denominator) & (quotient % 2 == 1))
    rounded: Ints = (quotient + up).astype(np.int64)
    return rounded


def _ranks(value_e4: Ints) -> Ints:
    """1 for the greatest value; equals share a rank (1, 1, 3)."""
    ascending = np.sort(value_e4)
    return (len(value_e4) - np.searchsorted(ascending, value_e4, side="right") + 1).astype(np.int64)
