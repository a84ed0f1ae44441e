"""Headings met again below a table's headings: another table, perhaps in another unit or order of columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.headings import LEFT_OUT, Lexicon
from prioritizer.inputs.workbooks.recognising import Layout
from prioritizer.inputs.workbooks.units import unit_stated

_FEW = 3  # headings, at least, that make a line one of headings
_LONGEST = 200


def tables_below(
    layout: Layout, first: int, lexicon: Lexicon, plain: Collection[int]
) -> Mapping[int, list[Fault]]:
    """By line from ``first`` on, the fault of every line below headings met again, or below a line that
    states another unit; ``plain`` are lines (from ``first``) that are rows at first sight. Tables without
    amounts have none."""
    faults: dict[int, list[Fault]] = {}
    now: list[Fault] = []
    for row in range(first, len(layout.sheet.rows) if layout.units else 0):
        if row - first not in plain and _begins_anew(layout, row, lexicon):
            now = [layout.sheet.fault("table_begins_anew", row, None)]
        elif now:
            faults[row] = now
    return faults


def _begins_anew(layout: Layout, row: int, lexicon: Lexicon) -> bool:
    texts = [cell for cell in layout.sheet.rows[row] if isinstance(cell, str) and 0 < len(cell) < _LONGEST]
    if len(texts) == 1:
        unit = unit_stated(texts[0])
        return unit is not None and any(unit != own for own in layout.units.values())
    if len(texts) < _FEW:
        return False
    known = {lexicon.read(text).column for text in texts} - {None, LEFT_OUT}
    return len(known) >= _FEW
