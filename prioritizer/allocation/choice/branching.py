"""The best plans of a program of whole columns, proven without a solver.

All ways that lose no more beside the relaxation than a plan at hand are gone through
(:mod:`~prioritizer.allocation.choice.ways`); the plans they lead to are compared exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from prioritizer.allocation.choice.relaxed import Relaxed, gain_of, relaxation
from prioritizer.allocation.choice.ways import HAIR, Ends, Pattern, Work, gone_through, scales
from prioritizer.allocation.program import Mask, Program

# Ways times rows: less than a second; under many rows, where the relaxation is far from plans and ways are
# seldom few enough, some hundredths for proof, less for a search. Bounds by work, the same on every machine.
_CELLS, _PROOF, _SEARCH = 50_000_000, 4_000_000, 2_000_000
_FEW_ROWS = 12
_NEAR, _FIRST = 24, 1_000  # columns that may leave their bounds, and ways followed to a first plan
_WIDTHS = 4_000, 16_000, 64_000, None  # ways followed to better ones
_MANY = 1_000  # plans


@dataclass(frozen=True)
class Best:
    """A good plan; whether it is ``proven`` that none gains more; and the columns, bool[n], that stand as
    here in every plan that gains as much."""

    pattern: Pattern
    proven: bool
    fixed: Mask


def every_pattern(program: Program, needed: Fraction) -> list[Pattern] | None:
    """All plans that gain as much as is ``needed``, up to rounding; ``None`` where there are too many ways to
    go through."""
    relaxed = relaxation(program)
    if relaxed is None or relaxed.bound < needed:
        return []
    ends = _within(relaxed, relaxed.bound - needed, _work(program, _PROOF), None)
    if ends is None or len(ends.lost) > _MANY:
        return None
    return [ends.plan(way) for way in range(len(ends.lost))]


def best_pattern(program: Program) -> Best | None:
    """A plan that gains most, or one that gains much where proof is too much work; ``None`` where none is
    found.

    Of many ways those are followed that have lost least so far, in a wider and wider band, until it has all
    that lose no more than the best plan so far.
    """
    relaxed = relaxation(program)
    if relaxed is None or not program.columns:
        return None
    work = _work(program, _SEARCH)
    best = _best(program, _near(relaxed, work))
    if best is None:
        return None
    room, proven = relaxed.bound - gain_of(program, best), False
    for width in _WIDTHS:
        ends = _within(relaxed, room, work, width) if room else None
        proven = not room or (ends is not None and ends.all)
        best = _best(program, ends) or best
        room = relaxed.bound - gain_of(program, best)
        if proven or ends is None:
            break
    by = scales(relaxed, room)
    return Best(best, proven, by.loss > by.most)


def _within(relaxed: Relaxed, room: Fraction, work: Work, width: int | None) -> Ends | None:
    """The plans that lose no more than ``room``, up to rounding, or those of them that are found by following
    ``width`` ways; ``None`` where that is too much work."""
    by = scales(relaxed, room)
    near = [column for column in by.dearest_first() if by.loss[column] <= by.most]
    return gone_through(by, near, work, width)


def _near(relaxed: Relaxed, work: Work) -> Ends | None:
    """Plans with few columns away from where the relaxation has them."""
    program = relaxed.program
    gains = zip(program.gain_num.tolist(), program.gain_den.tolist(), program.upper.tolist(), strict=True)
    by = scales(relaxed, sum((Fraction(abs(num) * most, den) for num, den, most in gains), Fraction(1)))
    return gone_through(by, by.dearest_first()[-_NEAR:], work, _FIRST)


def _work(program: Program, many_rows: int) -> Work:
    return Work(_CELLS if len(program.rows) <= _FEW_ROWS else many_rows)


def _best(program: Program, ends: Ends | None) -> Pattern | None:
    """The plan that gains most, of those whose losses floats do not tell apart."""
    if ends is None or not len(ends.lost):
        return None
    least = np.flatnonzero(ends.lost <= ends.lost.min() + 2 * HAIR)[:_MANY]
    return max((ends.plan(way) for way in least.tolist()), key=lambda plan: gain_of(program, plan))
