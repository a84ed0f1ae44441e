"""Whole millions near a vertex that has parts of them, where that is easily the best of all whole plans.

With whole coefficients every whole plan is the vertex after whole steps: a column leaves its bound, or a
tight row leaves some of it unused, a unit at a time (:mod:`~prioritizer.allocation.choice.around`). Steps
are of one *kind* if they leave the same parts of a unit behind. If units of one row make all amounts whole,
and lose less than any two kinds together, and no other step loses nothing, then that is the one best whole
plan.
"""

from __future__ import annotations

import numpy as np

from prioritizer.allocation.warm.bases import Bools, Floats, Inverted, Matrix, Stand
from prioritizer.allocation.warm.gains import EXACT
from prioritizer.model import Ints

_FEW = 6  # broken amounts, as many as rounding tries all ways of
_DEN = 20_000
_HAIR = 1 + 1e-9  # what floats may be off


def whole_millions(given: Matrix, basis: Inverted, stand: Stand) -> tuple[Bools, Ints]:
    """The plans in whole millions, int64[draws, columns], and for which draws they are the best and only
    ones."""
    amount = stand.amount.copy()
    parts = stand.basic % basis.den
    amount[:, basis.columns] = stand.basic // basis.den
    known = stand.right & ~parts.any(axis=1)
    broken = stand.right & ~stand.level & (np.count_nonzero(parts, axis=1) <= _FEW) & ~known
    if broken.any() and basis.den <= _DEN:
        for at in np.flatnonzero(broken).tolist():
            found = _stepped(given, basis, stand, at)
            if found is not None:
                known[at] = True
                amount[at, basis.columns] = found
    return known, np.rint(amount).astype(np.int64)


def _stepped(given: Matrix, basis: Inverted, stand: Stand, at: int) -> Floats | None:
    """The whole amounts of the basic columns after units of one row are left unused."""
    den, basic = basis.den, stand.basic[at]
    moves = basis.inverse * np.where(
        stand.price[at] > 0, -1.0, 1.0
    )  # for a unit less, or more, of what binds
    free = given.lower_row[basis.rows] < given.upper_row[basis.rows]
    odd = np.flatnonzero(free & (moves % den).any(axis=0))
    kinds, losses = moves[:, odd] % den, np.abs(stand.price[at, odd])
    times = [_times(kind, -basic % den, den) for kind in kinds.T]
    lost = np.array([loss * often for loss, often in zip(losses, times, strict=True)])
    best = int(lost.argmin()) if len(lost) else 0
    if not len(lost) or not np.isfinite(lost[best]):
        return None
    if lost[best] * _HAIR >= _next_best(
        kinds, losses, lost, best, _least_of_columns(given, basis, stand, at)
    ):
        return None
    found = basic + times[best] * moves[:, odd[best]]
    small = (np.abs(found - basic) < den).all() and float(np.abs(found).max()) < EXACT
    return found / den if small and _fits(given, basis, stand.amount[at], found / den) else None


def _times(kind: Floats, lacking: Floats, den: int) -> float:
    """How often a step must be taken for all to come out whole; infinite if that cannot be."""
    often = np.arange(1, den)
    for one in np.flatnonzero(kind).tolist():
        often = often[often * kind[one] % den == lacking[one]]
    still = lacking[kind == 0].any()
    return float(often[0]) if len(often) and not still else float("inf")


def _next_best(kinds: Floats, losses: Floats, lost: Floats, best: int, column: float) -> float:
    """What any other whole plan loses at least: by steps of another row alone or beside others, by a step of
    a column, or by steps of the same kind."""
    least = column
    for other in range(len(losses)):
        alike = other != best and np.array_equal(kinds[:, other], kinds[:, best])
        if alike and losses[other] <= losses[best] * _HAIR:
            return 0.0
        if other != best and not alike:
            least = min(least, float(lost[other]), float(losses[other] + losses.min()))
    return least


def _least_of_columns(given: Matrix, basis: Inverted, stand: Stand, at: int) -> float:
    """What the cheapest step of a column loses that leaves parts of a unit behind."""
    odd = np.flatnonzero((basis.inverse % basis.den).any(axis=0))
    touched = np.flatnonzero((basis.inverse[:, odd] % basis.den).any(axis=1))
    moves = basis.inverse[np.ix_(touched, odd)] @ given.A[basis.rows[odd]]
    apart = (moves % basis.den).any(axis=0) & (given.upper > 0)
    apart[basis.columns] = False
    return float(np.abs(stand.reduced[at, apart]).min(initial=np.inf))


def _fits(given: Matrix, basis: Inverted, others: Floats, whole: Floats) -> bool:
    level = others.copy()
    level[basis.columns] = whole
    held = given.A @ level
    kept = (held >= given.lower_row) & (held <= given.upper_row)
    return bool(kept.all() and (level >= 0).all() and (level <= given.upper).all())
