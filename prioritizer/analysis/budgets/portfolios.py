"""The efficient portfolios of a yes-or-no program: no other has as much value for less money, nor more value
for as much.

One is found after the other, from the dearest down: the best value that the money allows, among portfolios
of that value the least money, then the same with a million VND less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.allocation.choice.mixed import Effort, settle_mixed
from prioritizer.allocation.program import FREE, SAFE, Program, Row
from prioritizer.allocation.solvers.highs import Stopped
from prioritizer.model import Ints


@dataclass(frozen=True)
class Answer:
    """The best plan of a program: the amount of every column, what they gain together, exact, and whether no
    other plan of the money gains as much."""

    amounts: tuple[Fraction, ...]
    gain: Fraction
    unique: bool


@dataclass(frozen=True)
class Portfolio:
    """An efficient portfolio: the money it needs (the program's last column), its gain, its columns."""

    money_mvnd: int
    gain: Fraction
    chosen: tuple[int, ...]


def efficient_portfolios(
    program: Program, order: Ints, money: Ints, effort: Effort | None = None
) -> Iterator[Portfolio]:
    """All efficient portfolios by descending money, which is the last column of ``program``; among equals
    those of the tie rule (``order`` and ``money`` are its, over the columns). ``effort`` bounds every search.

    Raises :class:`Stopped` where a search was given up or the gains are too fine to be compared in a row.
    """
    most = int(program.upper[-1])
    while most >= 0:
        best = best_answer(_within(program, most), order, money, effort)
        if best is None:
            return
        spent = int(best.amounts[-1])
        if not best.unique:
            spent = _least(_within(program, most), best.gain, order, money, effort)
        if spent < best.amounts[-1]:
            best = best_answer(_within(program, spent), order, money, effort)
        if best is None:
            raise Stopped
        yield Portfolio(spent, best.gain, tuple(at for at, amount in enumerate(best.amounts[:-1]) if amount))
        most = spent - 1


def _least(program: Program, gain: Fraction, order: Ints, money: Ints, effort: Effort | None) -> int:
    leanest = best_answer(leaner(program, gain), order, money, effort)
    if leanest is None:
        raise Stopped
    return int(leanest.amounts[-1])


def best_answer(program: Program, order: Ints, money: Ints, effort: Effort | None = None) -> Answer | None:
    """The best plan of a program with yes-or-no columns; ``None`` if there is none.

    Raises :class:`Stopped` where the search was given up.
    """
    found = settle_mixed(program, order, money, effort)
    if found.status == "infeasible":
        return None
    if found.status != "optimal" or found.settled is None:
        raise Stopped
    settled = found.settled
    amounts = [settled.parts.get(at, Fraction(each)) for at, each in enumerate(settled.amount.tolist())]
    gains = zip(program.gain_num.tolist(), program.gain_den.tolist(), amounts, strict=True)
    gain = sum((Fraction(num, den) * each for num, den, each in gains if each), Fraction(0))
    return Answer(tuple(amounts), gain, settled.unique is True)


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
