"""Every plan of a small program of whole columns that is worth as much, in exact arithmetic.

A column that leaves its bound in the relaxation's optimum loses at least its reduced cost. What all columns
together may lose is the gap between the relaxation and the plan at hand, so few branches are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from prioritizer.allocation.program import Program

NODES = 30_000
_MANY = 1_000  # plans


class _TooMany(Exception):
    """There are too many branches, or plans."""


def every_pattern(
    program: Program, reduced: Sequence[Fraction], room: Fraction
) -> list[dict[int, int]] | None:
    """All plans that keep the rows and lose at most ``room``; ``None`` where they are too many to go through.

    ``reduced`` are the columns' reduced costs: positive where the relaxation is best at the upper bound.
    """
    search = _Branches(program, reduced, room)
    try:
        search.branch(0, search.room)
    except _TooMany:
        return None
    return search.found


class _Branches:
    def __init__(self, program: Program, reduced: Sequence[Fraction], room: Fraction) -> None:
        # The dearest choices first: they close most branches.
        self.order = sorted(range(len(reduced)), key=lambda column: (-abs(reduced[column]), column))
        scale = lcm(room.denominator, *(each.denominator for each in reduced))
        self.room = int(room * scale)
        self.cost = [int(reduced[column] * scale) for column in self.order]
        self.upper = [int(program.upper[column]) for column in self.order]
        self.bounds = [(row.lower, row.upper) for row in program.rows]
        tables = [row.table for row in program.rows]
        self.uses = [
            [(at, table[column]) for at, table in enumerate(tables) if table.get(column)]
            for column in self.order
        ]
        self.activity = [0] * len(tables)
        # What the columns not yet decided can add to a row, at least and at most.
        self.low, self.high = [0] * len(tables), [0] * len(tables)
        for uses, upper in zip(self.uses, self.upper, strict=True):
            self._open(uses, upper, 1)
        self.values = [0] * len(reduced)
        self.nodes = 0
        self.found: list[dict[int, int]] = []

    def branch(self, depth: int, room: int) -> None:
        """All ways to go on from the first ``depth`` columns, which leave so much to lose."""
        self.nodes += 1
        if self.nodes > NODES or len(self.found) > _MANY:
            raise _TooMany
        if depth == len(self.order):
            self.found.append(dict(zip(self.order, self.values, strict=True)))
            return
        uses, upper, cost = self.uses[depth], self.upper[depth], self.cost[depth]
        self._open(uses, upper, -1)
        for value in range(upper, -1, -1):
            left = room - (cost * (upper - value) if cost > 0 else -cost * value)
            if left >= 0 and self._fits(uses, value):
                self._use(uses, value)
                self.values[depth] = value
                self.branch(depth + 1, left)
                self._use(uses, -value)
        self._open(uses, upper, 1)

    def _open(self, uses: list[tuple[int, int]], upper: int, way: int) -> None:
        for row, coef in uses:
            if coef > 0:
                self.high[row] += way * coef * upper
            else:
                self.low[row] += way * coef * upper

    def _use(self, uses: list[tuple[int, int]], value: int) -> None:
        for row, coef in uses:
            self.activity[row] += coef * value

    def _fits(self, uses: list[tuple[int, int]], value: int) -> bool:
        """Whether the rows of a column can still be kept with that value."""
        for row, coef in uses:
            now, (lower, upper) = self.activity[row] + coef * value, self.bounds[row]
            if now + self.low[row] > upper or now + self.high[row] < lower:
                return False
        return True
