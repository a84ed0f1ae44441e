"""From a case to values, exactly: weights, value functions, contributions, ranks, and who is eligible."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.model import Case, CriteriaTree, Ints
from prioritizer.results import E4, Lack, Scores

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
    return _along_branches(
        case.criteria, own, {factor.id: own[factor.id] for factor in case.criteria.criteria}
    )


def _along_branches(
    tree: CriteriaTree, own: dict[str, Fraction], of_factor: dict[str, Fraction]
) -> dict[str, Fraction]:
    """The weight of every leaf, where its factor has the weight ``of_factor`` and all below its ``own``."""
    weights: dict[str, Fraction] = {}
    branches = [(node, of_factor[node.id]) for node in tree.criteria]
    while branches:
        node, weight = branches.pop(0)
        if not node.children:
            weights[node.id] = weight
        branches.extend((child, weight * own[child.id]) for child in node.children)
    return {leaf.id: weights[leaf.id] for leaf in tree.leaves}


def score(case: Case) -> Scores:
    """The value of every project, exact and rounded once to 1e-4 point (half to even)."""
    if case.register.given_e4 is not None:
        given = case.register.given_e4
        none = np.zeros(len(given), dtype=np.int64)
        return Scores(given, given, given, given, _ranks(given), none, lacks(case))
    low, high, scale = _exact_ends(case, leaf_weights(case))
    total_low, total_high = low.sum(axis=0), high.sum(axis=0)
    values = {
        "low": _rounded(total_low, scale),
        "mid": _rounded(total_low + total_high, 2 * scale),
        "high": _rounded(total_high, scale),
    }
    counted = values[case.scenario.eligibility.unassessed]
    assert case.assessments is not None
    assessed: Ints = (case.assessments.low >= 0).sum(axis=0, dtype=np.int64)
    ends = values["low"], values["mid"], values["high"]
    return Scores(counted, *ends, _ranks(counted), assessed, lacks(case))


def contributions(case: Case) -> Ints:
    """What each leaf adds to each project's counted value, int64[n, leaves] in 1e-4 point.

    Each is rounded by itself, so that a row may differ from the value by a few 1e-4 points.
    Raises ``ValueError`` for a register with given values.
    """
    if case.criteria is None:
        raise ValueError("values are given, not made of contributions")
    return _counted(case, *_exact_ends(case, leaf_weights(case))).T


def factor_values(case: Case) -> Ints:
    """The points of every project on every factor, out of 100 whatever the factor weighs: int64[n, factors]
    in 1e-4 point, at the end that counts, exact and rounded once (half to even).

    Raises ``ValueError`` for a register with given values.
    """
    if case.criteria is None:
        raise ValueError("values are given, not made of factors")
    factors = case.criteria.criteria
    alone = {factor.id: Fraction(1) for factor in factors}
    low, high, scale = _exact_ends(case, _along_branches(case.criteria, node_weights(case), alone))
    first = np.cumsum([0, *(len(list(factor.leaves())) for factor in factors[:-1])])
    low, high = (np.add.reduceat(end, first, axis=0) for end in (low, high))
    return _counted(case, low, high, scale).T


def _counted(case: Case, low: Ints, high: Ints, scale: int) -> Ints:
    """Points at the end of every score that the scenario counts, in 1e-4 point."""
    match case.scenario.eligibility.unassessed:
        case "low":
            return _rounded(low, scale)
        case "high":
            return _rounded(high, scale)
        case _:
            return _rounded(low + high, 2 * scale)


def lacks(case: Case) -> dict[int, tuple[Lack, ...]]:
    """What projects lack to be eligible by their scores and dossiers, by row, in the order of rows."""
    asked = case.scenario.eligibility
    found: dict[int, list[Lack]] = {}
    if asked.minimum_by_factor and case.criteria is not None:
        values = factor_values(case)
        for at, factor in enumerate(case.criteria.criteria):
            least = asked.minimum_by_factor.get(factor.id, 0)
            below = np.flatnonzero(values[:, at] < least)
            of_value = {value: _below(factor.id, value, least) for value in set(values[below, at].tolist())}
            for row, value in zip(below.tolist(), values[below, at].tolist(), strict=True):
                found.setdefault(row, []).append(of_value[value])
    for name in asked.dossier:
        column, lack = case.register.columns.get(name), Lack("dossier_blank", (("column", name),))
        for row in np.flatnonzero(column.among(("",))).tolist() if column else ():
            found.setdefault(row, []).append(lack)
    return {row: tuple(found[row]) for row in sorted(found)}


def _below(factor: str, value_e4: int, least_e4: int) -> Lack:
    stated = ("factor", factor), ("value", _decimal(value_e4)), ("minimum", _decimal(least_e4))
    return Lack("factor_below_minimum", stated)


def _decimal(value_e4: int) -> str:
    """Points as the shortest decimal, the same in every language."""
    whole, part = divmod(value_e4, E4)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".")


def _exact_ends(case: Case, weights: dict[str, Fraction]) -> tuple[Ints, Ints, int]:
    """Weighted points at both ends of every score, as whole numbers [leaves, n] over one denominator.

    A leaf's points are ``weight * 100 * (score - worst) / (best - worst)``: one exact factor per leaf times a
    whole number per distinct score. So all arithmetic on arrays is exact: in int64 where the largest possible
    total fits, else in Python's own integers.
    """
    assert case.criteria is not None and case.assessments is not None
    held, leaves = case.assessments, case.criteria.leaves
    scales = [leaf.scale for leaf in leaves if leaf.scale is not None]
    ends = [end for scale in scales for end in (scale.worst, scale.best)]
    unit = lcm(*(exact.denominator for exact in (*held.levels, *ends)))
    factors = [
        weights[leaf.id] * FULL / (unit * (scale.best - scale.worst))
        for leaf, scale in zip(leaves, scales, strict=True)
    ]
    whole = lcm(*(factor.denominator for factor in factors))
    scaled = [score.numerator * (unit // score.denominator) for score in held.levels]
    largest = max(4 * E4 * FULL * whole, *map(abs, scaled), *(abs(int(end * unit)) for end in ends))
    dtype = np.int64 if largest < _INT64_SAFE else object
    levels = np.array(scaled, dtype=dtype)
    worth = np.zeros((len(scales), len(levels) + 2), dtype=dtype)
    for row, (scale, factor) in enumerate(zip(scales, factors, strict=True)):
        times = int(factor * whole)
        worth[row, :-2] = times * (levels - int(scale.worst * unit))
        # The last two are what an absent score may be worth: the ends of the whole scale.
        worth[row, -1] = times * int((scale.best - scale.worst) * unit)
    absent = len(levels)
    one = np.take_along_axis(worth, np.where(held.low >= 0, held.low, absent), axis=1)
    other = np.take_along_axis(worth, np.where(held.high >= 0, held.high, absent + 1), axis=1)
    low, high = np.minimum(one, other), np.maximum(one, other)
    return low, high, whole


def _rounded(numerators: Ints, denominator: int) -> Ints:
    """Points as whole numbers of 1e-4, rounded half to even: exact integer arithmetic."""
    doubled = 2 * E4 * numerators
    quotient = doubled // (2 * denominator)  # numpy's divmod takes no Python integers
    remainder = doubled - quotient * (2 * denominator)
    up = (remainder > denominator) | ((remainder == denominator) & (quotient % 2 == 1))
    rounded: Ints = (quotient + up).astype(np.int64)
    return rounded


def _ranks(value_e4: Ints) -> Ints:
    """1 for the greatest value; equals share a rank (1, 1, 3)."""
    ascending = np.sort(value_e4)
    return (len(value_e4) - np.searchsorted(ascending, value_e4, side="right") + 1).astype(np.int64)
