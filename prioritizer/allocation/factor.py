"""The exact inverse of a basis, and its changes one pivot at a time.

The basis of a program with *m* rows has *m* basic variables, columns and rows' activities, one in each slot.
The inverse is made once from the small square of tight rows and basic columns; every pivot after that is one
elementary matrix more (the product form), so that many short walks can set out from the same basis.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from prioritizer.allocation.elimination import inverse, plain, quotient
from prioritizer.allocation.exact import entries
from prioritizer.allocation.program import Program
from prioritizer.allocation.solver import BASIC, Basis
from prioritizer.allocation.tableau import Exact

Vector = dict[int, Exact]  # sparse: what is not in it is 0


class Factor:
    """The inverse of a basis of ``A x - activity = 0``: by slots and by rows."""

    def __init__(self, by_slot: list[Vector]) -> None:
        self._by_slot = by_slot
        self._by_row: list[Vector] = [{} for _ in by_slot]
        for slot, vector in enumerate(by_slot):
            for row, value in vector.items():
                self._by_row[row][slot] = value
        self.pivots: list[tuple[int, Exact, Vector]] = []

    def branch(self) -> Factor:
        """The same inverse, to be changed on its own."""
        other = object.__new__(Factor)
        other._by_slot, other._by_row, other.pivots = self._by_slot, self._by_row, list(self.pivots)
        return other

    def ftran(self, right: Mapping[int, Exact]) -> Vector:
        """The basic variables, by slot, that solve ``basis · z = right``."""
        z: Vector = {}
        for row, amount in right.items():
            _add(z, self._by_row[row], amount)
        for slot, pivot, others in self.pivots:
            if z.get(slot):
                z[slot] = quotient(z[slot], pivot)
                _add(z, others, -z[slot])
        return {slot: plain(value) for slot, value in z.items() if value}

    def btran(self, slot: int) -> Vector:
        """The row of the inverse that belongs to a slot, by the program's rows."""
        u: Vector = {slot: 1}
        for changed, pivot, others in reversed(self.pivots):
            total = u.get(changed, 0) - sum(value * u[other] for other, value in others.items() if other in u)
            u[changed] = quotient(total, pivot)
        row: Vector = {}
        for at, weight in u.items():
            if weight:
                _add(row, self._by_slot[at], weight)
        return {at: plain(value) for at, value in row.items() if value}

    def replace(self, slot: int, column: Vector) -> None:
        """Put another variable into a slot; ``column`` is its column of the program after :meth:`ftran`."""
        others = {at: value for at, value in column.items() if at != slot}
        self.pivots.append((slot, column[slot], others))


def factorised(program: Program, basis: Basis) -> tuple[Factor, list[int]]:
    """The inverse of a basis, and the variable in every slot: columns first, then rows (*n* + row)."""
    n, columns = len(program.columns), np.flatnonzero(basis.columns == BASIC).tolist()
    tight = np.flatnonzero(basis.rows != BASIC).tolist()
    place = {column: at for at, column in enumerate(columns)}
    square = inverse([entries(program.rows[row], place) for row in tight])
    found: list[Vector] = [{tight[at]: value for at, value in line.items()} for line in square]
    by_slot: list[Vector] = []
    held: list[int] = []
    for row, kind in enumerate(basis.rows.tolist()):
        if kind == BASIC:
            vector: Vector = {row: -1}
            for at, coef in entries(program.rows[row], place).items():
                _add(vector, found[at], coef)
            by_slot.append({at: value for at, value in vector.items() if value})
            held.append(n + row)
        else:
            at = tight.index(row)
            by_slot.append(found[at])
            held.append(columns[at])
    return Factor(by_slot), held


def _add(total: Vector, vector: Mapping[int, Exact], weight: Exact) -> None:
    """Add a multiple of ``vector`` to ``total``, in place."""
    for key, value in vector.items():
        total[key] = total.get(key, 0) + weight * value
