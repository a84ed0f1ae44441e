"""Our ranking held against others: TOPSIS, PROMETHEE II, VIKOR, and need times chance.

All see what our own value is made of: the points of every project on every leaf, out of 100, at the end that
counts, and one weight a leaf, the general ones. Only how the points are put together differs.

- TOPSIS (Hwang and Yoon, 1981): how near to the best and far from the worst of the projects at hand, in
  Euclid's distance over weighted points, each leaf divided by its length (vector normalisation).
- PROMETHEE II (Brans, 1982) with the usual criterion: the weight of the leaves on which a project beats
  another, less those on which it loses, averaged over all others; by how much does not matter.
- VIKOR (Opricovic, 1998), v = 1/2: half the weighted distance to the best over all leaves, half that on the
  project's worst leaf, both over the range of the projects at hand; here the least score is the best.
- Need times chance: the points on the first factor times the weighted mean of the others, over 100, exact.

These methods are floating point, so that their scores are ranked only as far as they differ by more than
noise. No plan rests on them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import Any

import numpy as np

from prioritizer.analysis.agreement import NOISE, Floats, kendall_tau_b, shared_ranks, spearman_rho
from prioritizer.analysis.points import leaf_points
from prioritizer.model import FULL, Case, Ints
from prioritizer.results import E4, Agreement, CrossCheck, Method, Plan, Ranking, Scores, Silence
from prioritizer.scoring.weights import UNCLASSED, factor_weights, leaf_weights

MOST_PAIRWISE = 2_000  # projects that PROMETHEE compares pair by pair; a table of them all must fit in memory


def cross_check(case: Case, scores: Scores) -> CrossCheck:
    """Every method's ranking, and how far each two agree.

    Raises ``ValueError`` for a register with given values, of which no leaves are known.
    """
    points = leaf_points(case) / E4
    weights = np.array([float(weight) for weight in leaf_weights(case).values()])
    telling = (weights > 0) & (np.ptp(points, axis=0) > 0)
    points, weights = points[:, telling], weights[telling]
    rankings = (
        _ranking("value", scores.value_e4 / E4, scores.rank),
        _by("topsis", topsis, points, weights),
        _by("promethee", promethee, points, weights),
        _by("vikor", vikor, points, weights),
        _need_and_chance(case),
    )
    return CrossCheck(rankings, tuple(_agreement(*pair) for pair in combinations(rankings, 2)))


def beyond_top(check: CrossCheck, plan: Plan) -> tuple[int, dict[Method, tuple[int, ...]]]:
    """How many projects have money, and by method the rows of those that would not be among as many first."""
    funded = plan.amount_mvnd > 0
    count = int(funded.sum())
    beyond = {
        each.method: tuple(np.flatnonzero(funded & (each.rank > count)).tolist())
        for each in check.rankings
        if each.rank is not None
    }
    return count, beyond


# ------------------------------------------------------------------ the methods, on points that differ


def topsis(points: Floats, weights: Floats) -> Floats:
    """The closeness to the ideal, 0 to 1, float64[n], of points [n, leaves] that differ on every leaf."""
    library = _library()
    return _asked(library.methods.TOPSIS(library.normalizations.vector_normalization), points, weights)


def promethee(points: Floats, weights: Floats) -> Floats:
    """The net outranking flow, -1 to 1, float64[n], under the usual criterion.

    A net flow is the weighted sum of the leaves' own flows, which are asked for one by one: the library keeps
    a table of all pairs for every leaf.
    """
    library = _library()
    flows = [
        weight * _asked(library.methods.PROMETHEE_II("usual"), column[:, None], np.ones(1))
        for column, weight in zip(points.T, weights, strict=True)
    ]
    return np.asarray(np.sum(flows, axis=0), dtype=np.float64)


def vikor(points: Floats, weights: Floats) -> Floats:
    """One less VIKOR's Q, so that the greatest is the best as elsewhere: 0 to 1, float64[n].

    Where all projects are equally far from the best over all leaves, or all equally on their worst, the
    library divides by zero; then the other half of Q alone tells them apart, and nothing where both are so.
    """
    loss = weights * (points.max(axis=0) - points) / np.ptp(points, axis=0)
    halves = [half for half in (loss.sum(axis=1), loss.max(axis=1)) if np.ptp(half) > NOISE]
    if len(halves) == 2:
        return 1 - _asked(_library().methods.VIKOR(), points, weights)
    half = halves[0] if halves else np.zeros(len(points))
    return np.asarray(1 - (half - half.min()) / (np.ptp(half) or 1.0) / 2, dtype=np.float64)


def _library() -> Any:
    """pymcdm. It brings a plotting library along, which takes seconds: only where it is asked for; and which
    speaks of its cache of fonts: that concerns nobody here."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import pymcdm

    return pymcdm


def _asked(method: Callable[..., Floats], points: Floats, weights: Floats) -> Floats:
    # The library's own validation warns of a project that is best or worst on every leaf, which is no fault.
    return np.asarray(method(points, weights, np.ones(len(weights)), validation=False), dtype=np.float64)


# ------------------------------------------------------------------ rankings


def _by(method: Method, ask: Callable[[Floats, Floats], Floats], points: Floats, weights: Floats) -> Ranking:
    if not points.size or len(points) < 2:
        return Ranking(method, None, None, "alike")
    if method == "promethee" and len(points) > MOST_PAIRWISE:
        return Ranking(method, None, None, "too_many")
    score = ask(points, weights)
    shown = 1 - score if method == "vikor" else score
    return _ranking(method, shown, shared_ranks(score))


def _need_and_chance(case: Case) -> Ranking:
    """Exact: whole numbers until the score is shown."""
    need, chance = _need_weights(case), _chance_weights(case)
    if not sum(chance):
        return Ranking("need_and_chance", None, None, "one_factor")
    points = leaf_points(case).astype(object)
    products = ((points @ np.array(need, dtype=object)) * (points @ np.array(chance, dtype=object))).tolist()
    place = {each: at for at, each in enumerate(sorted(set(products)))}
    ranks = shared_ranks(np.array([place[each] for each in products], dtype=np.float64))
    whole = sum(need) * sum(chance) * E4 * E4 * FULL
    return _ranking("need_and_chance", np.array([each / whole for each in products]), ranks)


def _need_weights(case: Case) -> list[int]:
    """What every leaf weighs in the first factor, whatever that weighs, as whole numbers in proportion."""
    assert case.criteria is not None
    first = {leaf.id for leaf in case.criteria.criteria[0].leaves()}
    own = factor_weights(case)[UNCLASSED]
    return _in_proportion([weight if leaf in first else Fraction(0) for leaf, weight in own.items()])


def _chance_weights(case: Case) -> list[int]:
    """What every leaf weighs in the mean of all factors but the first, as whole numbers in proportion."""
    assert case.criteria is not None
    first = {leaf.id for leaf in case.criteria.criteria[0].leaves()}
    own = leaf_weights(case)
    return _in_proportion([Fraction(0) if leaf in first else weight for leaf, weight in own.items()])


def _in_proportion(weights: Sequence[Fraction]) -> list[int]:
    whole = lcm(*(weight.denominator for weight in weights))
    return [int(weight * whole) for weight in weights]


def _ranking(method: Method, score: Floats, rank: Ints) -> Ranking:
    """A ranking; one that puts all on the first rank is none."""
    why: Silence = "alike" if not len(rank) or rank.max() == 1 else ""
    return Ranking(method, None, None, why) if why else Ranking(method, score, rank, why)


def _agreement(one: Ranking, other: Ranking) -> Agreement:
    if one.rank is None or other.rank is None:
        return Agreement(one.method, other.method, None, None)
    kendall, spearman = kendall_tau_b(one.rank, other.rank), spearman_rho(one.rank, other.rank)
    return Agreement(one.method, other.method, kendall, spearman)
