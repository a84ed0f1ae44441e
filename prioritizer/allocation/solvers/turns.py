"""Who searches, and in what order: CBC looks first, HiGHS goes on from there and judges.

CBC finds the best plan of whole projects several times faster; HiGHS is always there. What either finds is
recomputed exactly, so the order matters for time alone.
"""

from __future__ import annotations

from time import monotonic

from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers import cbc, highs
from prioritizer.allocation.solvers.highs import Search

_WORTHWHILE = 30  # whole columns: with fewer HiGHS is done before a process of CBC has started
_LOOK = 0.5  # of the time: what CBC cannot end by then it may not end at all, but HiGHS may


def branch_and_bound(program: Program, seconds: float | None, nodes: int | None) -> Search:
    """The best plan of a program with whole columns, at gap 0, within so many seconds and nodes.

    A search bounded by nodes is left to HiGHS: it is a judgement on what was found, and ends at the same
    point on every machine, with or without CBC.
    """
    begun, known = monotonic(), None
    if seconds is not None and nodes is None and _worthwhile(program):
        first = _looked(program, _LOOK * seconds)
        if first.finished and first.values is not None:
            return first
        known, seconds = first.values, max(0.01, seconds - (monotonic() - begun))
    return highs.branch_and_bound(program, seconds, nodes, known)


def _worthwhile(program: Program) -> bool:
    return len(program.columns) >= _WORTHWHILE and bool(program.whole.all())


def _looked(program: Program, seconds: float) -> Search:
    """What CBC finds; nothing where there is none."""
    try:
        return cbc.branch_and_bound(program, seconds, None)
    except cbc.CbcMissing:
        return Search(None, False, float("inf"))
