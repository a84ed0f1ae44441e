"""Square systems of whole numbers, exactly: eliminated once, whatever is asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd, lcm
from typing import NamedTuple

from prioritizer.allocation.exact.tableau import Exact
from prioritizer.errors import Defect

System = list[dict[int, int]]  # one dictionary per equation: coefficients by column 0, 1, …


class Singular(Defect):
    """A square that determines nothing."""


class _Step(NamedTuple):
    """Equation ``other`` became (``own`` times itself - ``factor`` times ``pivot``) / ``divisor``."""

    pivot: int
    other: int
    own: int
    factor: int
    divisor: int


class Square:
    """A square sparse system of whole numbers, brought to a triangle. Raises :class:`Singular` if it is
    singular.

    Bases of programs with few rows are nearly triangular as they are. Equations with one unknown go first,
    as often as that leaves others with one; only the core that remains has to be eliminated.
    """

    def __init__(self, matrix: System) -> None:
        rows = [dict(entries) for entries in matrix]
        # Of every equation with one unknown: its number, coefficient, and those of others that use it.
        self._single: list[tuple[int, int, list[tuple[int, int]]]] = []
        self._steps: list[_Step] = []
        self._column: dict[int, int] = {}  # what every equation is solved for, in the order of pivots
        users: list[list[int]] = [[] for _ in rows]
        for at, entries in enumerate(rows):
            for column in entries:
                users[column].append(at)
        self._peel(rows, users)
        core = [at for at in range(len(rows)) if at not in self._column]
        self._triangulate(rows, core)
        # From here on an unknown is called by the equation that is solved for it.
        name = {column: at for at, column in self._column.items()}
        self._core = [
            (
                at,
                rows[at][self._column[at]],
                [(name[each], coef) for each, coef in rows[at].items() if name[each] != at],
            )
            for at in list(self._column)[len(self._single) :]
        ]

    def _peel(self, rows: System, users: Sequence[Sequence[int]]) -> None:
        waiting = [at for at, entries in enumerate(rows) if len(entries) == 1]
        for at in waiting:
            if not rows[at]:
                raise Singular("singular basis")
            ((column, own),) = rows[at].items()
            self._column[at] = column
            parts = [(other, rows[other].pop(column)) for other in users[column] if other != at]
            waiting += [other for other, _ in parts if len(rows[other]) == 1]
            self._single.append((at, own, parts))

    def _triangulate(self, rows: System, core: Sequence[int]) -> None:
        users: dict[int, set[int]] = {}
        for at in core:
            for column in rows[at]:
                users.setdefault(column, set()).add(at)
        shortest = [(len(rows[at]), at) for at in core]
        heapify(shortest)
        while shortest:
            size, at = heappop(shortest)
            if at in self._column or size != len(rows[at]):
                continue
            if not rows[at]:
                raise Singular("singular basis")
            column = min(rows[at], key=lambda each: (len(users[each]), each))
            self._column[at] = column
            for each in rows[at]:
                users[each].remove(at)
            for other in sorted(users[column]):
                self._steps.append(_Step(at, other, *_eliminate(rows[other], rows[at], column)))
                for each in rows[at]:
                    (users[each].add if each in rows[other] else users[each].discard)(other)
                heappush(shortest, (len(rows[other]), other))

    def solved(self, right: Sequence[Exact]) -> list[Exact]:
        """What the unknowns are where the equations come to ``right``."""
        scale = lcm(*(side.denominator for side in right))
        sides = [side.numerator * (scale // side.denominator) for side in right]
        for at, own, parts in self._single:
            scale *= _divide(sides, at, own)
            for other, coef in parts:
                sides[other] -= coef * sides[at]
        for pivot, other, own, factor, divisor in self._steps:
            sides[other] = own * sides[other] - factor * sides[pivot]
            scale *= _divide(sides, other, divisor)
        for at, own, parts in reversed(self._core):
            for each, coef in parts:
                sides[at] -= coef * sides[each]
            scale *= _divide(sides, at, own)
        found = {column: sides[at] for at, column in self._column.items()}
        return [quotient(found[column], scale) for column in range(len(sides))]

    def weighed(self, gains: Sequence[Exact]) -> list[Exact]:
        """By what the equations are to be multiplied so that they add up to ``gains``."""
        scale = lcm(*(gain.denominator for gain in gains))
        weights = [0] * len(gains)
        for at, column in self._column.items():
            weights[at] = gains[column].numerator * (scale // gains[column].denominator)
        scale *= self._weigh(weights)
        return [quotient(weight, scale) for weight in weights]

    def _weigh(self, weights: list[int]) -> int:
        """Gains, by equation, become weights times what is returned."""
        scale = 1
        for at, own, parts in self._core:
            scale *= _divide(weights, at, own)
            for each, coef in parts:
                weights[each] -= coef * weights[at]
        for pivot, other, own, factor, divisor in reversed(self._steps):
            scale *= _divide(weights, other, divisor)
            weights[pivot] -= factor * weights[other]
            weights[other] *= own
        for at, own, parts in reversed(self._single):
            for other, coef in parts:
                weights[at] -= coef * weights[other]
            scale *= _divide(weights, at, own)
        return scale

    def inverse(self) -> list[dict[int, Exact]]:
        """The inverse, by rows, zeros left out."""
        rows = []
        for _, at in sorted((column, at) for at, column in self._column.items()):
            weights = [0] * len(self._column)
            weights[at] = 1
            scale = self._weigh(weights)
            rows.append({one: quotient(weight, scale) for one, weight in enumerate(weights) if weight})
        return rows


def inverse(matrix: System) -> list[dict[int, Exact]]:
    """The inverse of a square sparse matrix, by rows, zeros left out. Raises :class:`Singular`."""
    return Square(matrix).inverse()


def _divide(numbers: list[int], at: int, divisor: int) -> int:
    """Divide one number; where it does not come out whole, all are multiplied by what is returned first."""
    if divisor == 1 or not numbers[at]:
        return 1
    times = divisor // gcd(numbers[at], divisor)
    if times in (1, -1):
        numbers[at] //= divisor
        return 1
    for each, number in enumerate(numbers):
        numbers[each] = number * times
    numbers[at] //= divisor
    return times


def independent(rows: System) -> dict[int, int]:
    """A greatest nonsingular square within the rows: the number of a row, by a column paired with it.

    It has the first rows and the first columns that can be had.
    """
    kept: dict[int, dict[int, int]] = {}
    paired: dict[int, int] = {}
    for at, given in enumerate(rows):
        entries = dict(given)
        for column in sorted(kept):  # ascending: what a pivot brings in stands to its right
            if column in entries:
                _eliminate(entries, kept[column], column)
        if entries:
            column = min(entries)
            kept[column], paired[column] = entries, at
    return paired


def quotient(value: Exact, divisor: Exact) -> Exact:
    """An exact quotient, whole where it is whole."""
    if divisor == 1:
        return value
    if isinstance(value, int) and isinstance(divisor, int) and not value % divisor:
        return value // divisor
    return plain(Fraction(value, divisor))


def plain(value: Exact) -> Exact:
    """The same number, as a whole one where it is whole."""
    return value.numerator if value.denominator == 1 else value


def _eliminate(entries: dict[int, int], pivot: Mapping[int, int], column: int) -> tuple[int, int, int]:
    """Subtract a multiple of ``pivot`` so that ``column`` goes, staying in whole numbers.

    Returns what the entries were multiplied by, the multiple, and what all was divided by.
    """
    common = gcd(entries[column], pivot[column])
    own, factor = pivot[column] // common, entries[column] // common
    if own != 1:
        for key in entries:
            entries[key] *= own
    for key, value in pivot.items():
        left = entries.get(key, 0) - factor * value
        if left:
            entries[key] = left
        else:
            entries.pop(key, None)
    divisor = gcd(*entries.values()) if own not in (1, -1) else 1
    if divisor > 1:
        for key in entries:
            entries[key] //= divisor
    return own, factor, divisor or 1
