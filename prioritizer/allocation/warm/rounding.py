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
    amount, parts = stand.amount.copy(), stand.basic % basis.den
    amount[:, basis.columns] = stand.basic // basis.den
    known = stand.right & ~parts.any(axis=1)
    broken = stand.right & ~stand.level & ~known & (np.count_nonzero(parts, axis=1) <= _FEW)
    if basis.den <= _DEN and broken.any():
        _step(given, basis, stand, np.flatnonzero(broken), amount, known)
    return known, np.rint(amount).astype(np.int64)


def _step(given: Matrix, basis: Inverted, stand: Stand, draws: Ints, amount: Floats, known: Bools) -> None:
    """Make whole the amounts of some draws by leaving units of one row unused, where that is best."""
    free = given.lower_row[basis.rows] < given.upper_row[basis.rows]
    odd = np.flatnonzero((basis.inverse % basis.den).any(axis=0))
    column = _least_of_columns(given, basis, stand.reduced[draws], odd)
    rows = odd[free[odd]]
    if not len(rows):
        return
    upper = stand.price[draws][:, rows] > 0
    alike, of = np.unique(np.hstack([upper, stand.basic[draws]]), axis=0, return_inverse=True)
    for at, pattern in enumerate(alike):
        own = np.flatnonzero(of.reshape(-1) == at)
        way, basic = np.where(pattern[: len(rows)], -1.0, 1.0), pattern[len(rows) :]
        moves = basis.inverse[:, rows] * way  # for a unit less, or more, of what binds
        losses = np.abs(stand.price[draws[own]][:, rows])
        best, times = _best_row(moves % basis.den, losses, column[own], -basic % basis.den, basis.den)
        for row in np.unique(best[best >= 0]).tolist():
            chosen, found = draws[own[best == row]], basic + times[row] * moves[:, row]
            if (np.abs(found - basic) < basis.den).all() and float(np.abs(found).max()) < EXACT:
                level = stand.amount[chosen]
                level[:, basis.columns] = found / basis.den
                fits = _fits(given, level)
                amount[chosen[fits]], known[chosen[fits]] = level[fits], True


def _best_row(
    kinds: Floats, losses: Floats, column: Floats, lacking: Floats, den: int
) -> tuple[Ints, list[float]]:
    """Which row is the one to leave units of unused, -1 where none is surely best, and how many units of each
    would do; ``losses``, [draws, rows], are those of a unit, ``column``, [draws], of any column's step."""
    times = [_times(kind, lacking, den) for kind in kinds.T]
    lost = losses * np.array(times)
    best, every = lost.argmin(axis=1), np.arange(len(lost))
    alike = (kinds[:, :, None] == kinds[:, None, :]).all(axis=0)[best]
    own, dearest = losses[every, best], lost[every, best]
    # Any other plan takes steps of another row alone or beside others, of a column, or of the same kind.
    beside = np.where(alike, np.inf, np.minimum(lost, losses + losses.min(axis=1, keepdims=True)))
    beside[every, best] = np.inf
    same = np.where(alike, losses, np.inf)
    same[every, best] = np.inf
    sure = np.isfinite(dearest) & (dearest * _HAIR < np.minimum(column, beside.min(axis=1)))
    return np.where(sure & (own * _HAIR < same.min(axis=1)), best, -1), times


def _times(kind: Floats, lacking: Floats, den: int) -> float:
    """How often a step must be taken for all to come out whole; infinite if that cannot be."""
    often = np.arange(1, den)
    for one in np.flatnonzero(kind).tolist():
        often = often[often * kind[one] % den == lacking[one]]
    still = lacking[kind == 0].any()
    return float(often[0]) if len(often) and not still else float("inf")


def _least_of_columns(given: Matrix, basis: Inverted, reduced: Floats, odd: Ints) -> Floats:
    """What the cheapest step of a column loses that leaves parts of a unit behind, [draws]."""
    touched = np.flatnonzero((basis.inverse[:, odd] % basis.den).any(axis=1))
    moves = basis.inverse[np.ix_(touched, odd)] @ given.A[basis.rows[odd]]
    apart = (moves % basis.den).any(axis=0) & (given.upper > 0)
    apart[basis.columns] = False
    least: Floats = np.abs(reduced[:, apart]).min(axis=1, initial=np.inf)
    return least


def _fits(given: Matrix, level: Floats) -> Bools:
    held = (given.of_rows @ level.T).T
    kept = ((held >= given.lower_row) & (held <= given.upper_row)).all(axis=1)
    fits: Bools = kept & (level >= 0).all(axis=1) & (level <= given.upper).all(axis=1)
    return fits
