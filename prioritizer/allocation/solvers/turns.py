"""Who searches, and in what order: CBC looks first, HiGHS goes on from there and judges.

Where whole projects are few, all ways are gone through in exact arithmetic before a process of CBC had
started. Where rows are few beside columns, and over very many answers, CBC finds the best plan several times
faster; where amounts wait for answers, HiGHS does, which is always there. What either finds is recomputed
exactly, so the order matters for time alone.
"""

from __future__ import annotations

from time import monotonic

import numpy as np

from prioritizer.allocation.choice.branching import best_pattern
from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers import cbc, highs
from prioritizer.allocation.solvers.highs import Search

# Columns: with fewer, HiGHS was done before a process of CBC had started, or over many rows soon after.
_WORTHWHILE, _WORTHWHILE_ANYHOW = 30, 150
_FEW = 80  # columns: with more, ways were seldom few enough to be gone through
_LOOK = 0.5  # of the time: what CBC cannot end by then it may not end at all, but HiGHS may


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
    begun, known = monotonic(), None
    if (found := _gone_through(program)) is not None:
        return found
    if _is_for_cbc(program):
        first = _looked(program, _LOOK * seconds)
        if first.finished and first.values is not None:
            return first
        known, seconds = first.values, max(0.01, seconds - (monotonic() - begun))
    return highs.branch_and_bound(program, seconds, nodes, least, known)


def _gone_through(program: Program) -> Search | None:
    pattern = best_pattern(program) if program.whole.all() and len(program.columns) <= _FEW else None
    if pattern is None:
        return None
    values = np.array([pattern[at] for at in range(len(program.columns))], dtype=np.float64)
    return Search(values, True, float((program.gain_num / program.gain_den) @ values))


def _is_for_cbc(program: Program) -> bool:
    if cbc.has_few_rows(program):
        return len(program.columns) >= _WORTHWHILE
    return len(program.columns) >= _WORTHWHILE_ANYHOW and bool(program.whole.all())


def _looked(program: Program, seconds: float) -> Search:
    """What CBC finds; nothing where there is none."""
    try:
        return cbc.branch_and_bound(program, seconds, None)
    except cbc.CbcMissing:
        return Search(None, False, float("inf"))
