"""Columns that no row and no gain tells apart, put together: many projects of equal worth are one column."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from prioritizer.allocation.exact import Vertex
from prioritizer.allocation.program import Program, Row
from prioritizer.allocation.tableau import Exact
from prioritizer.model import Ints


@dataclass(frozen=True)
class Merged:
    """``program`` has one column for all that are alike; ``place``, int64[n], is where each column went.

    ``kind``, int64[merged columns], numbers the different columns of coefficients, which are those of
    ``table``, int64[rows, kinds].
    """

    program: Program
    place: Ints
    kind: Ints
    table: Ints

    def summed(self, vertex: Vertex) -> list[Exact]:
        """The amounts of a vertex by merged column."""
        whole = np.zeros(len(self.program.columns), dtype=np.int64)
        np.add.at(whole, self.place, vertex.amount)
        sums: list[Exact] = list(whole.tolist())
        for column, amount in vertex.basic.items():
            sums[self.place[column]] += amount
        return sums

    def spread(
        self, amount: Ints, parts: dict[int, Fraction], upper: Ints
    ) -> tuple[Ints, dict[int, Fraction]]:
        """Amounts of merged columns given back to the columns, the first ones filled first.

        ``parts`` are exact amounts that count instead of ``amount``; so are those of the answer.
        """
        spread = np.where(amount[self.place] > 0, upper, 0)
        exact: dict[int, Fraction] = {}
        for merged, left in parts.items():
            for column in np.flatnonzero(self.place == merged).tolist():
                given = min(left, Fraction(int(upper[column])))
                left -= given
                spread[column] = int(given)
                if given.denominator > 1:
                    exact[column] = given
        return spread, exact


def merge(program: Program) -> Merged:
    """The program with alike columns put together."""
    split, made = np.zeros(len(program.columns), dtype=np.int64), 1
    for row in program.rows:
        found = _pairs(split[row.columns], row.coefs)
        split[row.columns] = made + found
        made += len(row.columns)
    kinds = np.unique(split, return_inverse=True)[1]
    common = np.gcd(program.gain_num, program.gain_den)
    gains = _pairs(program.gain_num // common, program.gain_den // common)
    _, first, place = np.unique(_pairs(kinds, gains), return_index=True, return_inverse=True)
    if len(first) == len(place):
        first = place = np.arange(len(place))
    upper = np.zeros(len(first), dtype=np.int64)
    np.add.at(upper, place, program.upper)
    rows = tuple(_row(row, place) for row in program.rows)
    table = np.zeros((len(rows), int(kinds.max(initial=-1)) + 1), dtype=np.int64)
    for at, row in enumerate(program.rows):
        table[at, kinds[row.columns]] = row.coefs
    merged = Program(
        tuple(program.columns[column] for column in first.tolist()),
        upper,
        program.gain_num[first],
        program.gain_den[first],
        rows,
        np.zeros(len(first), dtype=np.bool_),
    )
    return Merged(merged, place, kinds[first], table)


def _pairs(left: Ints, right: Ints) -> Ints:
    """Equal pairs get equal numbers, below the number of pairs."""
    known, place = np.unique(right, return_inverse=True)
    order = np.unique(left, return_inverse=True)[1] * max(1, len(known)) + place
    numbers: Ints = np.unique(order, return_inverse=True)[1]
    return numbers


def _row(row: Row, place: Ints) -> Row:
    columns, first = np.unique(place[row.columns], return_index=True)
    return Row(row.name, columns, row.coefs[first], row.lower, row.upper)
