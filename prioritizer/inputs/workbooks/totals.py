"""Lines of totals that people add below (and between) their rows: left out, but what they say must hold."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from prioritizer import money
from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.converting import Converted
from prioritizer.inputs.workbooks.sheet import letters


def total_faults(found: Converted) -> Iterator[Fault]:
    """Total lines that are neither the sum of the rows above nor of those since the total before."""
    columns = {name for _, amounts in found.totals for name in amounts}
    for name in sorted(columns):
        if not _unread(found, name):
            yield from _of_column(found, name)


def _unread(found: Converted, name: str) -> bool:
    letter = letters(found.layout.columns[name])
    return any(fault.column == letter for faults in found.faults.values() for fault in faults)


def _of_column(found: Converted, name: str) -> Iterator[Fault]:
    before = -1
    for at, amounts in found.totals:
        if name not in amounts:
            continue
        sums = {_sum(found, name, first, at) for first in (before, -1)}
        if Fraction(amounts[name]) not in sums:
            column = found.layout.columns[name]
            params = {"stated_mvnd": _mvnd(Fraction(amounts[name])), "sum_mvnd": _mvnd(max(sums))}
            yield found.layout.sheet.fault("total_differs", at, column, **params)
        before = at


def _sum(found: Converted, name: str, after: int, before: int) -> Fraction:
    rows = (row for row in found.rows if after < row.line - 1 < before)
    return sum((Fraction(row.cells[name]) for row in rows if row.cells.get(name)), Fraction(0))


def _mvnd(billions: Fraction) -> int:
    return round(billions * money.MVND_PER_BN)
