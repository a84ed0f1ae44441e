"""Class totals: the part of a face that its rows can see.

Columns with the same coefficients in every row form a class; only a class's total matters to the rows. So
whatever has to be asked of a face (how much at most, how much at least) is asked of a program over totals,
which is tiny however many projects are tied.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.allocation.exact import optimal_vertex
from prioritizer.allocation.program import FREE, Program, Row
from prioritizer.allocation.solver import Basis
from prioritizer.errors import Defect

Totals = list[Fraction]


class Classes:
    """The classes of a face's program.

    ``class_of`` gives every column's class, ``size`` the most a class could hold by itself. ``start`` is a
    vertex of the face that is good for classes early in ``priority``.
    """

    def __init__(self, program: Program, priority: Sequence[int]) -> None:
        self.upper = [int(amount) for amount in program.upper]
        self.class_of, self._coefs = _grouped(program)
        self.size = [0] * len(self._coefs)
        for column, kind in enumerate(self.class_of):
            self.size[kind] += self.upper[column]
        self._bounds = [(Fraction(row.lower), Fraction(row.upper)) for row in program.rows]
        self.known = self._determined()
        self._open = [kind for kind in range(len(self.size)) if kind not in self.known]
        self._rows = [self._open_row(at) for at in range(len(self._bounds))]
        self._weight = self._weights(priority)
        self._floor = [self.known.get(kind, Fraction(0)) for kind in range(len(self.size))]
        # The least and greatest totals of all vertices seen: often they answer without another program.
        self._lowest = [self.known.get(kind, Fraction(size)) for kind, size in enumerate(self.size)]
        self._highest = list(self._floor)
        self.start: tuple[Totals, Basis | None] = self._solved(self._weight, self._floor, None, ())

    def most_of(
        self, kind: int, floor: Totals, basis: Basis | None, full: Collection[int]
    ) -> tuple[Totals, Basis | None]:
        """A vertex with the greatest total of one class, where no total falls below ``floor`` and those of
        ``full`` classes stay at it; the other classes are looked after in the order of priority."""
        lead = 1 + len(self.size) * max(self._weight, default=0)
        favoured = [weight + (lead if k == kind else 0) for k, weight in enumerate(self._weight)]
        _, near = self._solved(favoured, floor, basis, full)
        return self._solved([int(k == kind) for k in range(len(self.size))], floor, near, full)

    def least(self, column: int) -> Fraction:
        """The least that any plan of the face gives this column."""
        kind = self.class_of[column]
        others = self.size[kind] - self.upper[column]
        if self._lowest[kind] > others and kind not in self.known:
            self._solved([-int(k == kind) for k in range(len(self.size))], self._floor, self.start[1], ())
        return max(Fraction(0), self._lowest[kind] - others)

    def most(self, column: int) -> Fraction:
        """The most that any plan of the face gives this column."""
        kind = self.class_of[column]
        if self._highest[kind] < self.upper[column] and kind not in self.known:
            self._solved([int(k == kind) for k in range(len(self.size))], self._floor, self.start[1], ())
        return min(Fraction(self.upper[column]), self._highest[kind])

    def _weights(self, priority: Sequence[int]) -> list[int]:
        """A weight per class, greater the earlier its first column stands in the order."""
        first = {kind: place for place, kind in reversed(list(enumerate(self.class_of[c] for c in priority)))}
        ranked = sorted(range(len(self.size)), key=lambda kind: (first.get(kind, len(self.upper)), kind))
        weights = [0] * len(self.size)
        for rank, kind in enumerate(ranked):
            weights[kind] = len(self.size) - rank
        return weights

    def _determined(self) -> dict[int, Fraction]:
        """The totals that an equation with a single unknown class settles, one after the other."""
        known: dict[int, Fraction] = {}
        waiting = [at for at, (lower, upper) in enumerate(self._bounds) if lower == upper]
        members = {at: [kind for kind, coefs in enumerate(self._coefs) if at in coefs] for at in waiting}
        found = True
        while found:
            found = False
            for at in waiting:
                unknown = [kind for kind in members[at] if kind not in known]
                if len(unknown) == 1:
                    held = sum(self._coefs[k][at] * known[k] for k in members[at] if k != unknown[0])
                    known[unknown[0]] = (self._bounds[at][0] - held) / self._coefs[unknown[0]][at]
                    found = True
        return known

    def _open_row(self, at: int) -> Row:
        used = [place for place, kind in enumerate(self._open) if at in self._coefs[kind]]
        coefs = [self._coefs[self._open[place]][at] for place in used]
        return Row(f"row[{at}]", np.array(used, dtype=np.int64), np.array(coefs, dtype=np.int64), -FREE, FREE)

    def _solved(
        self, gain: Sequence[int], floor: Totals, start: Basis | None, full: Collection[int]
    ) -> tuple[Totals, Basis | None]:
        """An optimal vertex over the totals above ``floor``, exact, and its basis."""
        if not self._open:
            return list(floor), None
        bounds = self._bounds_above(floor)
        scale = lcm(
            *(amount.denominator for amount in floor), *(b.denominator for pair in bounds for b in pair)
        )
        room = [0 if kind in full else int((self.size[kind] - floor[kind]) * scale) for kind in self._open]
        rows = tuple(
            Row(row.name, row.columns, row.coefs, *(int(b if abs(b) >= FREE else b * scale) for b in pair))
            for row, pair in zip(self._rows, bounds, strict=True)
            if len(row.columns)
        )
        names = tuple(f"class[{kind}]" for kind in self._open)
        gains = np.array([gain[kind] for kind in self._open], dtype=np.int64)
        vertex = optimal_vertex(Program(names, np.array(room), gains, np.ones_like(gains), rows), start)
        if vertex is None:
            raise Defect("the optimal face lost its own optimum")
        totals = list(floor)
        for place, kind in enumerate(self._open):
            totals[kind] += vertex.exact(place) / scale
            self._lowest[kind] = min(self._lowest[kind], totals[kind])
            self._highest[kind] = max(self._highest[kind], totals[kind])
        return totals, vertex.basis

    def _bounds_above(self, floor: Totals) -> list[tuple[Fraction, Fraction]]:
        """The rows' bounds once every class has its floor."""
        kept = [Fraction(0)] * len(self._bounds)
        for kind, coefs in enumerate(self._coefs):
            if floor[kind]:
                for at, coef in coefs.items():
                    kept[at] += coef * floor[kind]
        return [
            (
                lower if lower <= -FREE else lower - held,
                upper if upper >= FREE else upper - held,
            )
            for (lower, upper), held in zip(self._bounds, kept, strict=True)
        ]


def _grouped(program: Program) -> tuple[list[int], list[dict[int, int]]]:
    """The class of every column, and the coefficients of every class by row."""
    patterns: list[list[tuple[int, int]]] = [[] for _ in program.columns]
    for at, row in enumerate(program.rows):
        for column, coef in zip(row.columns.tolist(), row.coefs.tolist(), strict=True):
            patterns[column].append((at, coef))
    numbers: dict[tuple[tuple[int, int], ...], int] = {}
    class_of = [numbers.setdefault(tuple(pattern), len(numbers)) for pattern in patterns]
    return class_of, [dict(pattern) for pattern in numbers]
