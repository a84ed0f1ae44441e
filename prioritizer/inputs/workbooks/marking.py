"""What the look of a sheet says about its rows: errors, formulas without values, hidden and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.numbers import unit_named
from prioritizer.inputs.workbooks.recognising import Layout
from prioritizer.inputs.workbooks.sheet import letters

_UNIT_ADDED = re.compile(r'(?:#,##)?0(?:\.[0#]+)?\s*"([^"]*)"')


def begin(layout: Layout) -> int:
    """The first line below the headings, which may be merged over several."""
    bottoms = [bottom for (top, _), (bottom, _) in layout.sheet.merged if top <= layout.row <= bottom]
    return max([layout.row, *(each for each in bottoms if each <= layout.row + 3)]) + 1


def marked_rows(layout: Layout) -> dict[int, list[Fault]]:
    """Faults of rows by the look of their cells, by row."""
    sheet, marked = layout.sheet, dict[int, list[Fault]]()
    ours = set(layout.columns.values())
    for row, column, code, params in _marks(layout):
        if column in ours and row > layout.row:
            marked.setdefault(row, []).append(sheet.fault(code, row, column, **params))
    for row in sheet.hidden_rows:
        if row > layout.row and any(sheet.cell(row, column) != "" for column in ours):
            marked.setdefault(row, []).append(sheet.fault("hidden_row", row, None))
    return marked


def _marks(layout: Layout) -> Iterator[tuple[int, int, str, dict[str, object]]]:
    sheet = layout.sheet
    for (row, column), text in sheet.errors.items():
        yield row, column, "error_cell", {"text": text}
    for row, column in sorted(sheet.unset):
        yield row, column, "formula_without_value", {}
    amounts = {layout.columns[name] for name in layout.units}
    units = {layout.columns[name]: unit for name, unit in layout.units.items()}
    for top, bottom, column, code in sheet.scaled:
        if column in units and not _same_unit(code, units[column]):
            for row in range(top, min(bottom + 1, len(sheet.rows))):
                if isinstance(sheet.cell(row, column), int | float):
                    yield row, column, "format_changes_amount", {"format": code}
    for (top, left), (bottom, right) in sheet.merged:
        if bottom > top > layout.row and set(range(left, right + 1)) & amounts:
            first = f"{letters(left)}{top + 1}"
            for row in range(top, min(bottom + 1, len(sheet.rows))):
                yield row, left, "merged_amount", {"first": first}


def _same_unit(code: str, unit: str) -> bool:
    """Whether a format adds nothing to a number but the unit that its heading states."""
    found = _UNIT_ADDED.fullmatch(code.split(";")[0])
    return found is not None and unit_named(found[1]) == unit


def fill_down(layout: Layout) -> None:
    """Write into merged cells what they show in Excel: the value of their first cell."""
    sheet = layout.sheet
    for (top, left), (bottom, right) in sheet.merged:
        if top > layout.row and bottom > top and left == right and sheet.cell(top, left) != "":
            for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
                _put(sheet.rows[row], left, sheet.cell(top, left))


def _put(cells: list[Any], column: int, value: Any) -> None:
    cells.extend([""] * (column + 1 - len(cells)))
    cells[column] = value


def merged_across(layout: Layout) -> frozenset[int]:
    """The rows in which a range of three columns or more is merged."""
    ends = [0] * (len(layout.sheet.rows) + 1)
    for (top, left), (bottom, right) in layout.sheet.merged:
        if right - left >= 2 and top < len(layout.sheet.rows):
            ends[top] += 1
            ends[min(bottom + 1, len(ends) - 1)] -= 1
    return frozenset(row for row, count in enumerate(accumulate(ends)) if count)
