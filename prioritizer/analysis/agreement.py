"""Rankings and how far two of them agree: shared ranks, Kendall's tau-b, Spearman's rho."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from math import isqrt, sqrt

import numpy as np
import numpy.typing as npt

from prioritizer.model import Ints

Floats = npt.NDArray[np.float64]
NOISE = 1e-9  # scores no further apart than this are equal: floats differ by less without meaning it


def shared_ranks(score: Floats) -> Ints:
    """1 for the greatest score; scores within :data:`NOISE` of a neighbour share a rank (1, 1, 3)."""
    order = np.argsort(-score, kind="stable")
    leads = np.ones(len(score), dtype=bool)
    leads[1:] = -np.diff(score[order]) > NOISE
    ranks = np.empty(len(score), dtype=np.int64)
    ranks[order] = np.maximum.accumulate(np.where(leads, np.arange(len(score)), 0)) + 1
    return ranks


def kendall_tau_b(one: Ints, other: Ints) -> float | None:
    """Kendall's tau-b of two rankings with ties: 1 the same order, -1 the opposite one.

    ``None`` where one of them puts everything on one rank. Source: Kendall, "The treatment of ties in ranking
    problems", Biometrika 33 (1945).
    """
    pairs = len(one) * (len(one) - 1) // 2
    tied, tied_other = (_tied_pairs(ranks) for ranks in (one, other))
    squared = (pairs - tied) * (pairs - tied_other)
    if not squared:
        return None
    return _surplus(one, other) / _root(squared)


def spearman_rho(one: Ints, other: Ints) -> float | None:
    """Spearman's rank correlation: the correlation of the ranks, those that are tied taking their mean.

    ``None`` where one of them puts everything on one rank.
    """
    first, second = (_doubled_mean_ranks(ranks) for ranks in (one, other))
    n = len(one)
    first, second = first - (n + 1), second - (n + 1)  # twice the mean rank is n + 1
    squared = sum(each * each for each in first.tolist()) * sum(each * each for each in second.tolist())
    if not squared:
        return None
    together = sum(a * b for a, b in zip(first.tolist(), second.tolist(), strict=True))
    return float(together / _root(squared))


def _root(square: int) -> float:
    """The square root, exact where it is whole, so that perfect agreement is 1 and not nearly."""
    whole = isqrt(square)
    return whole if whole * whole == square else sqrt(square)


def _tied_pairs(ranks: Ints) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(ranks.tolist()).values())


def _surplus(one: Ints, other: Ints) -> int:
    """The pairs that both rankings put in the same order, less those that they put in opposite ones."""
    order = np.lexsort((other, one))
    firsts, seconds = one[order].tolist(), other[order].tolist()
    surplus, seen, waiting = 0, list[int](), list[int]()
    for at, second in enumerate(seconds):
        if at and firsts[at] != firsts[at - 1]:
            for each in waiting:
                insort(seen, each)
            waiting = []
        surplus += bisect_left(seen, second) - (len(seen) - bisect_right(seen, second))
        waiting.append(second)
    return surplus


def _doubled_mean_ranks(ranks: Ints) -> Ints:
    """Twice the mean rank of everything that shares a rank, hence whole."""
    _, inverse, counts = np.unique(ranks, return_inverse=True, return_counts=True)
    below = np.concatenate(([0], np.cumsum(counts)[:-1]))
    doubled: Ints = (2 * below + counts + 1)[inverse].astype(np.int64)
    return doubled
