"""The exact inverse of a basis, and its changes one pivot at a time.

The basis of a program with *m* rows has *m* basic variables, columns and rows' activities, one in each slot.
The inverse is made once from the small square of tight rows and basic columns; every pivot after that is one
elementary matrix more (the product form), so that many short walks can set out from the same basis.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from prioritizer.allocation.exact.elimination import inverse, plain
from prioritizer.allocation.exact.simplex import entries
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers.highs import BASIC, Basis

Vector = dict[int, Exact]  # sparse: what is not in it is 0
Scaled = tuple[dict[int, int], int]  # whole numbers over one denominator


class Factor:
    """The inverse of a basis of ``A x - activity = 0``: by slots and by rows."""

    def __init__(self, by_slot: list[Vector]) -> None:
        self._scale = lcm(*(value.denominator for vector in by_slot for value in vector.values()))
        self._by_slot = [_times(vector, self._scale) for vector in by_slot]
        self._by_row: list[dict[int, int]] = [{} for _ in by_slot]
        for slot, vector in enumerate(self._by_slot):
            for row, value in vector.items():
                self._by_row[row][slot] = value
        self._pivots: list[tuple[int, int, Scaled]] = []  # slot, pivot and the rest of its column

    def __len__(self) -> int:
        return len(self._pivots)

    def branch(self) -> Factor:
        """The same inverse, to be changed on its own."""
        other = object.__new__(Factor)
        other.__dict__.update(self.__dict__, _pivots=list(self._pivots))
        return other

    def ftran(self, right: Mapping[int, Exact]) -> Vector:
        """The basic variables, by slot, that solve ``basis · z = right``."""
        scale = lcm(*(value.denominator for value in right.values()))
        z: dict[int, int] = {}
        for row, amount in _times(right, scale).items():
            _add(z, self._by_row[row], amount)
        scale *= self._scale
        for slot, pivot, (others, own) in self._pivots:
            head = z.pop(slot, 0)
            if head:
                factor, scale = _stretched(z, pivot, head, scale)
                _add(z, others, -factor)
                z[slot] = factor * own
        return _divided(z, scale)

    def btran(self, slot: int) -> Vector:
        """The row of the inverse that belongs to a slot, by the program's rows."""
        u, scale = {slot: 1}, self._scale
        for changed, pivot, (others, own) in reversed(self._pivots):
            total = own * u.pop(changed, 0)
            total -= sum(value * u[other] for other, value in others.items() if other in u)
            if total:
                u[changed], scale = _stretched(u, pivot, total, scale)
        row: dict[int, int] = {}
        for at, weight in u.items():
            _add(row, self._by_slot[at], weight)
        return _divided(row, scale)

    def replace(self, slot: int, column: Vector) -> None:
        """Put another variable into a slot; ``column`` is its column of the program after :meth:`ftran`."""
        own = lcm(*(value.denominator for value in column.values()))
        whole = _times(column, own)
        pivot = whole.pop(slot)
        self._pivots.append((slot, pivot, (whole, own)))


def _stretched(vector: dict[int, int], pivot: int, head: int, scale: int) -> tuple[int, int]:
    """Multiply a vector over ``scale`` in place so that ``head / pivot`` is whole over its new scale.

    Returns that whole number and the new scale.
    """
    common = gcd(pivot, head) if pivot > 0 else -gcd(pivot, head)
    factor = pivot // common
    if factor != 1:
        for key in vector:
            vector[key] *= factor
    return head // common, scale * factor


def _times(vector: Mapping[int, Exact], scale: int) -> dict[int, int]:
    return {key: value.numerator * (scale // value.denominator) for key, value in vector.items()}


def _divided(vector: Mapping[int, int], scale: int) -> Vector:
    if scale == 1:
        return {key: value for key, value in vector.items() if value}
    return {key: plain(Fraction(value, scale)) for key, value in vector.items() if value}


def _add(total: dict[int, int], vector: Mapping[int, int], weight: int) -> None:
    """Add a multiple of ``vector`` to ``total``, in place."""
    for key, value in vector.items():
        total[key] = total.get(key, 0) + weight * value


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
                for tied, value in found[at].items():
                    vector[tied] = vector.get(tied, 0) + coef * value
            by_slot.append({at: value for at, value in vector.items() if value})
            held.append(n + row)
        else:
            at = tight.index(row)
            by_slot.append(found[at])
            held.append(columns[at])
    return Factor(by_slot), held
