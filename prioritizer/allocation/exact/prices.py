"""Prices of bounds: what one unit more or less of a bound is worth, and how far that holds.

Where duals are not unique a bound has two prices: the gain from relaxing it (the least dual) and the loss
from tightening it (the greatest). Both are slopes of the best value as a function of the bound: they
depend on the program alone, never on the vertex from which they are computed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from prioritizer.allocation.exact.parametric import SIDES, Direction, Side, Walk, walk_from
from prioritizer.allocation.exact.simplex import Vertex
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import FREE, Program
from prioritizer.errors import Defect


@dataclass(frozen=True)
class Rate:
    """A change of value per unit, in the program's unit of gain; ``length`` is how far it holds, in the unit
    of the bound, ``None`` without end."""

    per_unit: Fraction
    length: Fraction | None


@dataclass(frozen=True)
class Price:
    """The price of one bound: what relaxing it gains and what tightening it costs per unit, both >= 0.

    ``tightening`` is ``None`` where no solution is left as soon as the bound is tightened.
    """

    row: int
    side: Side
    relaxing: Rate
    tightening: Rate | None


def canonical_dual(program: Program, vertex: Vertex) -> dict[int, Fraction]:
    """The one dual to publish, nonzero entries by row: the least in size row after row.

    It is the dual of the program whose bounds are relaxed by infinitesimals, row 0's by far the most, then
    row 1's, and so on. All optimal vertices of a program have the same.
    """
    walk = walk_from(program, vertex)
    for row in range(len(program.rows)):
        if not walk.zero:
            break
        direction: Direction = {(row, "upper"): 1, (row, "lower"): -1}
        moves = walk.settle(direction) if walk.open(direction) else None
        if moves is None:
            raise Defect("relaxed bounds left no solution")
        walk.zero = {bound for bound in walk.zero if not walk.widening(bound, moves, direction)}
    return {row: Fraction(value) for row, value in sorted(walk.dual.items()) if value}


def prices(program: Program, vertex: Vertex) -> list[Price]:
    """The prices of all bounds of the rows, in their order, a lower bound before an upper one."""
    start = walk_from(program, vertex)
    return [
        Price(row, side, _relaxing(start, row, side), _tightening(start, row, side))
        for row, held in enumerate(program.rows)
        for side in SIDES
        if abs(held.lower if side == "lower" else held.upper) < FREE
    ]


def rates(program: Program, vertex: Vertex, directions: Iterable[Direction]) -> list[Rate | None]:
    """How the best value changes as several bounds move together; ``None`` where they may not move at all.

    The sign is that of the change: positive where the value grows.
    """
    start = walk_from(program, vertex)
    return [_first(start.branch(), direction) for direction in directions]


def _first(walk: Walk, direction: Direction, never_again: Exact | None = None) -> Rate | None:
    """The rate at once, and how far it holds. At the rate ``never_again`` nothing changes any more."""
    first: Exact | None = None
    total: Exact = 0
    for stretch in walk.stretches(direction):
        if first is None:
            first = stretch.rate
        if stretch.rate != first:
            break
        if stretch.length is None or first == never_again:
            return Rate(Fraction(first), None)
        total += stretch.length
    return None if first is None else Rate(Fraction(first), Fraction(total))


def _relaxing(start: Walk, row: int, side: Side) -> Rate:
    if not start.binding(row, side):
        return Rate(Fraction(0), None)
    # The best value is concave in a bound: once a bound has ceased to hold it back, it stays so.
    rate = _first(start.branch(), {(row, side): 1 if side == "upper" else -1}, never_again=0)
    if rate is None:
        raise Defect("a relaxed bound left no solution")
    return rate


def _tightening(start: Walk, row: int, side: Side) -> Rate | None:
    rate = _first(start.branch(), {(row, side): -1 if side == "upper" else 1})
    return None if rate is None else Rate(abs(rate.per_unit), rate.length)
