"""Columns that no row and no gain tells apart, put together: many projects of equal worth are one or two.

Columns at their lower bound are put together, and so are those at their upper bound. A basic column stays
alone, so that a basis of the program is one of the smaller program too.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from prioritizer.allocation.exact.simplex import Vertex
from prioritizer.allocation.program import Program, Row
from prioritizer.allocation.solvers.highs import Basis
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


def merge(program: Program, vertex: Vertex) -> tuple[Merged, Vertex]:
    """The program with alike columns put together, and its vertex."""
    kinds = _kinds(program)
    alike = _pairs(_pairs(kinds, _gains(program)), vertex.basis.columns.astype(np.int64))
    _, first, place = np.unique(alike, return_index=True, return_inverse=True)
    table = np.zeros((len(program.rows), int(kinds.max(initial=-1)) + 1), dtype=np.int64)
    for at, row in enumerate(program.rows):
        table[at, kinds[row.columns]] = row.coefs
    merged = Program(
        tuple(program.columns[column] for column in first.tolist()),
        _summed(program.upper, place, len(first)),
        program.gain_num[first],
        program.gain_den[first],
        tuple(_row(row, place) for row in program.rows),
        np.zeros(len(first), dtype=np.bool_),
    )
    there = Vertex(
        _summed(vertex.amount, place, len(first)),
        {int(place[column]): amount for column, amount in vertex.basic.items()},
        vertex.sign[first],
        (vertex.reduced[0][first], vertex.reduced[1]),
        vertex.dual,
        Basis(vertex.basis.columns[first], vertex.basis.rows),
        vertex.square,
    )
    return Merged(merged, place, kinds[first], table), there


def _kinds(program: Program) -> Ints:
    """Columns with the same coefficients in every row get the same number, from 0 on."""
    split, made = np.zeros(len(program.columns), dtype=np.int64), 1
    for row in program.rows:
        split[row.columns] = made + _pairs(split[row.columns], row.coefs)
        made += len(row.columns)
    kinds: Ints = np.unique(split, return_inverse=True)[1]
    return kinds


def _gains(program: Program) -> Ints:
    """Equal gains get equal numbers."""
    common = np.gcd(program.gain_num, program.gain_den)
    return _pairs(program.gain_num // common, program.gain_den // common)


def _summed(values: Ints, place: Ints, size: int) -> Ints:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, place, values)
    return total


def _pairs(left: Ints, right: Ints) -> Ints:
    """Equal pairs get equal numbers, below the number of pairs."""
    known, place = np.unique(right, return_inverse=True)
    order = np.unique(left, return_inverse=True)[1] * max(1, len(known)) + place
    numbers: Ints = np.unique(order, return_inverse=True)[1]
    return numbers


def _row(row: Row, place: Ints) -> Row:
    columns, first = np.unique(place[row.columns], return_index=True)
    return Row(row.name, columns, row.coefs[first], row.lower, row.upper)
