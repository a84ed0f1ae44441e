"""Who searches, and in what order: all ways are gone through, else CBC looks, and HiGHS goes on and judges.

Where whole projects are under few limits, all ways worth it are gone through in exact arithmetic in less time
than a solver takes; where they are too many, the plan found so far says which answers are open at all. Where
rows are few beside columns, and over very many answers, CBC finds the best plan several times faster; where
amounts wait for answers, HiGHS does, which is always there. What either finds is recomputed exactly, so the
order matters for time alone.
"""

from __future__ import annotations

from time import monotonic

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.choice.branching import Best, best_pattern
from prioritizer.allocation.program import Program, restricted
from prioritizer.allocation.solvers import cbc, highs
from prioritizer.allocation.solvers.highs import Search

# Columns: with fewer, HiGHS was done before a process of CBC had started, or over many rows soon after.
_WORTHWHILE, _WORTHWHILE_ANYHOW = 30, 150
_FEW = 80  # columns: with more, under many rows, ways were seldom few enough to be gone through
_LOOK = 0.5  # of the time: what CBC cannot end by then it may not end at all, but HiGHS may
_NOTHING = Search(None, False, float("inf"))


def branch_and_bound(
    program: Program, seconds: float | None, nodes: int | None, least: float | None = None
) -> Search:
    """The best plan of a program with whole columns that gains ``least`` or more, at gap 0, within so many
    seconds and nodes.

    A search bounded by nodes is left to HiGHS: it is a judgement on what was found, and ends at the same
    point on every machine, with or without CBC.
    """
    if seconds is None or nodes is not None:
        return highs.branch_and_bound(program, seconds, nodes, least, None)
    begun, best = monotonic(), _gone_through(program)
    found = _NOTHING if best is None else _as_search(program, best)
    if not found.finished and _is_for_cbc(program):
        found = _better(program, _looked(program, best, _LOOK * seconds), found)
    if found.finished and found.values is not None:
        return found
    left = max(0.01, seconds - (monotonic() - begun))
    return highs.branch_and_bound(program, left, nodes, least, found.values)


def _gone_through(program: Program) -> Best | None:
    few = len(program.columns) <= _FEW or cbc.has_few_rows(program)
    return best_pattern(program) if few and program.whole.all() else None


def _as_search(program: Program, best: Best) -> Search:
    values = np.array([best.pattern[at] for at in range(len(program.columns))], dtype=np.float64)
    return Search(values, best.proven, _gain(program, values) if best.proven else float("inf"))


def _better(program: Program, one: Search, other: Search) -> Search:
    """What is known after both searches."""
    if one.values is None or other.values is None:
        return other if one.values is None else one
    return one if one.finished or _gain(program, one.values) > _gain(program, other.values) else other


def _gain(program: Program, values: npt.NDArray[np.float64]) -> float:
    return float((program.gain_num / program.gain_den).astype(np.float64) @ values)


def _is_for_cbc(program: Program) -> bool:
    if cbc.has_few_rows(program):
        return len(program.columns) >= _WORTHWHILE
    return len(program.columns) >= _WORTHWHILE_ANYHOW and bool(program.whole.all())


def _looked(program: Program, best: Best | None, seconds: float) -> Search:
    """What CBC finds, over the columns that are open; nothing where there is none."""
    try:
        if best is None:
            return cbc.branch_and_bound(program, seconds, None)
        still = np.array([best.pattern[at] for at in range(len(program.columns))], dtype=np.int64)
        free = np.flatnonzero(~best.fixed)
        core = restricted(program, free, np.where(best.fixed, still, 0))
        found = cbc.branch_and_bound(core, seconds, None)
    except cbc.CbcMissing:
        return _NOTHING
    if found.values is None:
        return _NOTHING
    values = still.astype(np.float64)
    values[free] = found.values
    return Search(values, found.finished, _gain(program, values) if found.finished else float("inf"))
