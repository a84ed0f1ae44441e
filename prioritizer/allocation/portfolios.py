"""The efficient portfolios of a yes-or-no program: no other has as much value for less money, nor more value
for as much.

One is found after the other, from the dearest down: the best value that the money allows, among portfolios
of that value the least money, then the same with a million VND less. Patterns of answers come from the
solver; their values and money are recomputed in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.allocation.exact import optimal_vertex
from prioritizer.allocation.program import FREE, SAFE, Program, Row, restricted
from prioritizer.allocation.solver import Stopped, search
from prioritizer.model import Ints

_CLEARANCES = (0.0, 4e-6)  # the second where the solver overstepped a row within its tolerance


@dataclass(frozen=True)
class Answer:
    """The best plan of a program: the amount of every column, and what they gain together, exact."""

    amounts: tuple[Fraction, ...]
    gain: Fraction


@dataclass(frozen=True)
class Portfolio:
    """An efficient portfolio: the money it needs (the program's last column), its gain, its columns."""

    money_mvnd: int
    gain: Fraction
    chosen: tuple[int, ...]


def efficient_portfolios(program: Program) -> Iterator[Portfolio]:
    """All efficient portfolios by descending money, which is the last column of ``program``.

    Raises :class:`Stopped` where a search was given up or the gains are too fine to be compared in a row.
    """
    money, most = len(program.columns) - 1, int(program.upper[-1])
    while most >= 0:
        best = best_answer(_within(program, most))
        if best is None:
            return
        leanest = best_answer(leaner(_within(program, most), best.gain))
        if leanest is None:
            raise Stopped
        spent = leanest.amounts[money]
        chosen = tuple(column for column, amount in enumerate(leanest.amounts[:money]) if amount)
        yield Portfolio(int(spent), best.gain, chosen)
        most = int(spent) - 1


def best_answer(program: Program) -> Answer | None:
    """The best plan of a program with yes-or-no columns; ``None`` if there is none.

    Raises :class:`Stopped` where the search was given up, or its answer does not hold exactly.
    """
    for clearance in _CLEARANCES:
        found = search(program, program.whole, clearance=clearance)
        if not found.finished:
            break
        if found.values is None:
            return None
        answer = _exact(program, np.rint(found.values).astype(np.int64))
        if answer is not None:
            return answer
    raise Stopped


def leaner(program: Program, gain: Fraction) -> Program:
    """The program that seeks the least of the last column for a gain of at least ``gain``."""
    least = np.zeros(len(program.columns), dtype=np.int64)
    least[-1] = -1
    rows = (*program.rows, value_row(program, gain))
    return replace(program, gain_num=least, gain_den=np.ones_like(least), rows=rows)


def value_row(program: Program, gain: Fraction) -> Row:
    """A row that asks for a gain. Raises :class:`Stopped` where its coefficients would be too large."""
    times = lcm(gain.denominator, *set(program.gain_den.tolist()))
    pairs = zip(program.gain_num.tolist(), program.gain_den.tolist(), strict=True)
    coefs = [num * (times // den) for num, den in pairs]
    if max(map(abs, coefs), default=0) >= SAFE:
        raise Stopped
    columns = np.flatnonzero(coefs)
    return Row("value", columns, np.array(coefs, dtype=np.int64)[columns], int(gain * times), FREE)


def on_hull(points: Sequence[tuple[Fraction, Fraction]]) -> list[bool]:
    """Which points (ascending) lie on their upper hull, its ends and points within its edges included."""
    hull: list[int] = []
    for at, point in enumerate(points):
        while len(hull) > 1 and _turn(points[hull[-2]], points[hull[-1]], point) > 0:
            hull.pop()
        hull.append(at)
    return [at in set(hull) for at in range(len(points))]


def _turn(
    first: tuple[Fraction, Fraction], middle: tuple[Fraction, Fraction], last: tuple[Fraction, Fraction]
) -> Fraction:
    """Above zero where the middle point lies below the line from the first to the last."""
    return (middle[0] - first[0]) * (last[1] - first[1]) - (middle[1] - first[1]) * (last[0] - first[0])


def _within(program: Program, most: int) -> Program:
    return replace(program, upper=np.append(program.upper[:-1], most))


def _exact(program: Program, rounded: Ints) -> Answer | None:
    """The best plan with these answers in the columns that are whole; ``None`` if exactly there is none."""
    still, free = np.where(program.whole, rounded, 0), np.flatnonzero(~program.whole)
    amounts = [Fraction(int(each)) for each in still]
    if len(free):
        vertex = optimal_vertex(restricted(program, free, still))
        if vertex is None:
            return None
        for at, column in enumerate(free.tolist()):
            amounts[column] = vertex.exact(at)
    inside = all(0 <= each <= upper for each, upper in zip(amounts, program.upper.tolist(), strict=True))
    if not inside or not all(_kept(row, amounts) for row in program.rows):
        return None
    gains = zip(program.gain_num.tolist(), program.gain_den.tolist(), amounts, strict=True)
    return Answer(
        tuple(amounts), sum((Fraction(num, den) * each for num, den, each in gains if each), Fraction(0))
    )


def _kept(row: Row, amounts: Sequence[Fraction]) -> bool:
    pairs = zip(row.columns.tolist(), row.coefs.tolist(), strict=True)
    return row.lower <= sum((coef * amounts[column] for column, coef in pairs), Fraction(0)) <= row.upper
