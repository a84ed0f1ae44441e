"""Square systems of whole numbers, solved and inverted exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from prioritizer.allocation.exact.tableau import Exact
from prioritizer.errors import Defect

System = list[dict[int, int]]  # one dictionary per equation: coefficients by column 0, 1, …


class Singular(Defect):
    """A square that determines nothing."""


def solve(matrix: System, right: Sequence[Exact]) -> list[Fraction]:
    """The solution of a square sparse system of whole numbers. Raises :class:`Singular` if it is singular."""
    scale = lcm(*(value.denominator for value in right)) if right else 1
    rows = [
        {**entries, -1: int(value * scale)}  # the right-hand side rides along as column -1
        for entries, value in zip(matrix, right, strict=True)
    ]
    pivots = _reduced(rows)
    return [Fraction(rows[at].get(-1, 0), rows[at][column] * scale) for column, at in sorted(pivots.items())]


def inverse(matrix: System) -> list[dict[int, Exact]]:
    """The inverse of a square sparse matrix, by rows, zeros left out. Raises :class:`Singular`."""
    rows = [{**entries, -1 - at: 1} for at, entries in enumerate(matrix)]  # the unit matrix rides along
    pivots = _reduced(rows)
    return [
        {-1 - key: quotient(value, rows[at][column]) for key, value in rows[at].items() if key < 0}
        for column, at in sorted(pivots.items())
    ]


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
    return value if divisor == 1 else plain(Fraction(value, divisor))


def plain(value: Exact) -> Exact:
    """The same number, as a whole one where it is whole."""
    return value.numerator if value.denominator == 1 else value


def _reduced(rows: System) -> dict[int, int]:
    """Solve the equations for one column each, in place; which equation was solved for which column."""
    pivots: dict[int, int] = {}
    waiting = list(range(len(rows)))
    while waiting:
        # The shortest row first keeps the others short; the first of them keeps it reproducible.
        at = min(waiting, key=lambda row: len(rows[row]))
        waiting.remove(at)
        column = min((column for column in rows[at] if column >= 0), default=None)
        if column is None:
            raise Singular("singular basis")
        pivots[column] = at
        for other, entries in enumerate(rows):
            if column in entries and other != at:
                _eliminate(entries, rows[at], column)
    return pivots


def _eliminate(entries: dict[int, int], pivot: Mapping[int, int], column: int) -> None:
    """Subtract a multiple of ``pivot`` so that ``column`` goes, staying in whole numbers."""
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
