"""Class totals: the part of a face that its rows can see.

Columns with the same coefficients in every row form a class; only a class's total matters to the rows. So
whatever has to be asked of a face (how much at most, how much at least) is asked of a program over totals,
which is tiny however many projects are tied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from prioritizer.allocation.demand import apportioned
from prioritizer.allocation.exact.tableau import Exact, Tableau
from prioritizer.allocation.program import Program
from prioritizer.errors import Defect


class Classes:
    """The classes of a face's program, and a plan of the face by class totals, moved by every question."""

    def __init__(self, program: Program) -> None:
        self._upper = [int(amount) for amount in program.upper]
        self._class_of, rows = _grouped(program)
        self._size = [0] * len(set(self._class_of))
        for column, kind in enumerate(self._class_of):
            self._size[kind] += self._upper[column]
        merged = _merged(program, self._size, rows)
        self._rows, self._bounds = [dict(key) for key in merged], list(merged.values())
        self._totals = Tableau(self._size, self._rows)
        for at, (lower, upper) in enumerate(self._bounds, len(self._size)):
            if lower > upper or not self._totals.keep(at, lower, upper):
                raise Defect("the optimal face lost its own optimum")
        # The least and greatest totals of the plans seen: often they answer without another question.
        self._lowest = self._totals.value[: len(self._size)]
        self._highest = list(self._lowest)
        self._sought: set[tuple[int, int]] = set()

    def filled(self, order: Sequence[int]) -> dict[int, Fraction]:
        """The amount of every column: as full as possible, one after the other.

        What is committed to a class is its lower bound from then on; the totals at hand are the witness
        that it can be kept.
        """
        totals = self._totals
        filled: dict[int, Fraction] = {}
        for column in order:
            kind = self._class_of[column]
            held = totals.lower[kind]
            if held < totals.upper[kind]:
                totals.keep(kind, held + self._upper[column], totals.upper[kind])
            filled[column] = Fraction(totals.lower[kind] - held)
        self._note()
        for kind, size in enumerate(self._size):
            totals.keep(kind, 0, size)
        return filled

    def shared(self, columns: Sequence[int]) -> dict[int, Fraction]:
        """Amounts with equal shares of these columns as far as the face lets them: the least share as great
        as can be, then the least of the others, and so on. No other amounts are as even."""
        kinds = sorted({self._class_of[column] for column in columns})
        totals = self._evened(kinds)
        amounts: dict[int, Fraction] = {}
        for kind in kinds:
            own = [column for column in columns if self._class_of[column] == kind]
            total = Fraction(totals[kind])
            parts = apportioned(floor(total), [self._upper[column] for column in own])
            amounts |= {column: Fraction(part) for column, part in zip(own, parts, strict=True)}
            if rest := total - floor(total):
                amounts[next(column for column in own if amounts[column] < self._upper[column])] += rest
        return amounts

    def _evened(self, kinds: Sequence[int]) -> dict[int, Exact]:
        """The totals of some classes under equal shares; they are held at them from then on."""
        share = len(self._size)  # one more column: the share that all classes reach which still can rise
        rows = [*self._rows, *({kind: 1, share: -self._size[kind]} for kind in kinds)]
        totals = Tableau([*self._size, 1], rows)
        for at, (lower, upper) in enumerate(self._bounds, share + 1):
            totals.keep(at, lower, upper)
        row_of = {kind: share + 1 + len(self._bounds) + at for at, kind in enumerate(kinds)}
        for kind, row in row_of.items():
            totals.keep(row, 0, self._size[kind])
        rising = list(kinds)
        while rising:
            totals.push(share, 1)
            reached = totals.value[share]
            totals.keep(share, reached, 1)
            for kind in list(rising):
                totals.push(kind, 1)
                if totals.value[kind] == reached * self._size[kind]:
                    totals.keep(row_of[kind], -self._size[kind], self._size[kind])
                    totals.keep(kind, totals.value[kind], totals.value[kind])
                    rising.remove(kind)
        held = {kind: totals.value[kind] for kind in kinds}
        for kind, total in held.items():
            if not self._totals.keep(kind, total, total):
                raise Defect("equal shares left the optimal face")
        self._note()
        return held

    def least(self, column: int) -> Exact:
        """The least that any plan of the face gives this column."""
        kind = self._class_of[column]
        others = self._size[kind] - self._upper[column]
        if self._lowest[kind] > others:
            self._seek(kind, -1)
        return max(0, self._lowest[kind] - others)

    def most(self, column: int) -> Exact:
        """The most that any plan of the face gives this column."""
        kind = self._class_of[column]
        if self._highest[kind] < self._upper[column]:
            self._seek(kind, 1)
        return min(self._upper[column], self._highest[kind])

    def _seek(self, kind: int, way: int) -> None:
        if (kind, way) not in self._sought:
            self._sought.add((kind, way))
            self._totals.push(kind, way)
            self._note()

    def _note(self) -> None:
        for kind in range(len(self._size)):
            total = self._totals.value[kind]
            if total < self._lowest[kind]:
                self._lowest[kind] = total
            elif total > self._highest[kind]:
                self._highest[kind] = total


def _grouped(program: Program) -> tuple[list[int], list[dict[int, int]]]:
    """The class of every column, and the coefficients of every row by class."""
    rows = [(row.columns.tolist(), row.coefs.tolist()) for row in program.rows]
    split, made = [0] * len(program.columns), 1
    for columns, coefs in rows:
        parts: dict[tuple[int, int], int] = {}
        for column, coef in zip(columns, coefs, strict=True):
            split[column] = parts.setdefault((split[column], coef), made + len(parts))
        made += len(parts)
    number = {part: kind for kind, part in enumerate(dict.fromkeys(split))}
    class_of = [number[part] for part in split]
    return class_of, [
        {class_of[column]: coef for column, coef in zip(columns, coefs, strict=True)}
        for columns, coefs in rows
    ]


def _merged(
    program: Program, size: Sequence[int], rows: Sequence[Mapping[int, int]]
) -> dict[tuple[tuple[int, int], ...], tuple[int, int]]:
    """The bounds of rows by their coefficients over classes.

    Rows alike over the classes count once, those that the sizes alone keep not at all.
    """
    merged: dict[tuple[tuple[int, int], ...], tuple[int, int]] = {}
    for row, coefs in zip(program.rows, rows, strict=True):
        ends = [coef * size[kind] for kind, coef in coefs.items()]
        reach = sum(min(end, 0) for end in ends), sum(max(end, 0) for end in ends)
        if row.lower > reach[0] or row.upper < reach[1]:
            key = tuple(sorted(coefs.items()))
            lower, upper = merged.get(key, reach)
            merged[key] = max(row.lower, lower), min(row.upper, upper)
    return merged
