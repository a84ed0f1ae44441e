"""The best value for every budget, as one broken line with exact corners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.allocation.exact.merge import Merged
from prioritizer.allocation.exact.parametric import Direction, Walk, walk_from
from prioritizer.allocation.exact.simplex import Vertex, activity, optimal_vertex
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import FREE, SAFE, Program, Row
from prioritizer.allocation.solvers.highs import AT_UPPER, Kinds
from prioritizer.errors import Defect
from prioritizer.model import Ints


@dataclass(frozen=True)
class Corner:
    """A corner of the frontier: the bound (or *t*), the best value there, and a plan of that value.

    Plans are kept as the basis that has them; :meth:`amounts` unfolds one.
    """

    bound: Fraction
    value: Fraction
    merged: Merged
    upper: Ints
    columns: Kinds
    basic: dict[int, Fraction]
    scale: int

    def amounts(self) -> list[Fraction]:
        """The exact amount of every column."""
        full = np.where(self.columns == AT_UPPER, self.merged.program.upper, 0)
        amount, parts = self.merged.spread(full, self.basic, self.upper)
        amounts = [Fraction(each, self.scale) for each in amount.tolist()]
        for column, part in parts.items():
            amounts[column] = part / self.scale
        return amounts


def frontier(program: Program, row: int, least: Exact, most: Exact) -> tuple[Corner, ...]:
    """The best value as a function of one row's upper bound, from ``least`` to ``most``.

    It is concave and linear between the corners, which are in ascending order. Where no solution is left
    below some bound, that bound is the first corner; there is none if ``most`` has no solution.
    """
    upper = program.rows[row].upper
    corners = frontier_along(program, {(row, "upper"): 1}, least - upper, most - upper)
    return tuple(replace(corner, bound=corner.bound + upper) for corner in corners)


def frontier_along(program: Program, direction: Direction, least: Exact, most: Exact) -> tuple[Corner, ...]:
    """As :func:`frontier`, with several bounds that move together: by ``direction`` for every unit of *t*,
    which goes from ``least`` up to ``most`` and is 0 at the program as it is."""
    at_most, scale = _scaled(program, direction, Fraction(most))
    vertex = optimal_vertex(at_most)
    if vertex is None:
        return ()
    walk = walk_from(at_most, vertex)
    backwards: Direction = {bound: -change for bound, change in direction.items()}
    value = objective(at_most, vertex)
    corners = [
        Corner(
            Fraction(most) - gone / scale,
            (value + gained) / scale,
            walk.merged,
            at_most.upper,
            walk.columns.copy(),
            {column: Fraction(amount) for column, amount in walk.value.items() if column < walk.n},
            scale,
        )
        for gone, gained in _corners(walk, backwards, (Fraction(most) - Fraction(least)) * scale)
    ]
    return tuple(reversed(corners))


def least_bound(program: Program, row: int) -> Fraction | None:
    """The least upper bound of a row at which the program has a solution; ``None`` if it has none at all."""
    held = program.rows[row]
    gain = np.zeros_like(program.upper)
    gain[held.columns] = -held.coefs
    rows = list(program.rows)
    rows[row] = replace(held, upper=FREE)
    leanest = replace(program, gain_num=gain, gain_den=np.ones_like(gain), rows=tuple(rows))
    vertex = optimal_vertex(leanest)
    return None if vertex is None else Fraction(activity(held, vertex.amount, vertex.basic))


def objective(program: Program, vertex: Vertex) -> Fraction:
    """The value of a vertex, exact."""
    chosen = np.flatnonzero(vertex.amount).tolist()
    total: dict[int, Exact] = {}
    for column in {*chosen, *vertex.basic}:
        den = int(program.gain_den[column])
        total[den] = total.get(den, 0) + int(program.gain_num[column]) * vertex.exact(column)
    return sum((Fraction(value) / den for den, value in total.items()), Fraction(0))


def _corners(walk: Walk, direction: Direction, length: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """How far the walk has gone and what value it has gained at every change of the rate; the walk stands
    there. Begins at 0 and ends at ``length``, or where no solution is left."""
    gone, gained = Fraction(0), Fraction(0)
    before: Exact | None = None
    for stretch in walk.stretches(direction):
        if stretch.rate != before:
            yield gone, gained
            before = stretch.rate
        left = length - gone
        if stretch.length is None or stretch.length >= left:
            if left:
                walk.advance(left, stretch.moves, direction)
                yield length, gained + left * stretch.rate
            return
        gone, gained = gone + stretch.length, gained + stretch.length * stretch.rate
    yield gone, gained


def _scaled(program: Program, direction: Direction, t: Fraction) -> tuple[Program, int]:
    """The program at ``t``, its amounts in parts of a unit so that all bounds are whole, and those parts."""
    moved = {bound: t * change for bound, change in direction.items()}
    scale = lcm(*(Fraction(change).denominator for change in moved.values()))
    if int(program.upper.max(initial=0)) * scale >= SAFE:
        raise Defect("the range of the frontier is too finely divided")
    rows = tuple(_moved(row, at, moved, scale) for at, row in enumerate(program.rows))
    return replace(program, upper=program.upper * scale, rows=rows), scale


def _moved(row: Row, at: int, moved: Direction, scale: int) -> Row:
    lower, upper = row.lower + moved.get((at, "lower"), 0), row.upper + moved.get((at, "upper"), 0)
    return replace(
        row,
        lower=int(lower * scale) if -FREE < lower < FREE else row.lower,
        upper=int(upper * scale) if -FREE < upper < FREE else row.upper,
    )
