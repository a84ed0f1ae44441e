"""A sheet that is a table becomes rows of texts; what is wrong with a cell stays with its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from prioritizer.errors import Fault, Misread
from prioritizer.inputs.workbooks.cells import Cells, cells_of
from prioritizer.inputs.workbooks.folding import folded
from prioritizer.inputs.workbooks.headings import Lexicon
from prioritizer.inputs.workbooks.numbers import Reading
from prioritizer.inputs.workbooks.recognising import Layout
from prioritizer.inputs.workbooks.sheet import Row, TableName, letters
from prioritizer.inputs.workbooks.vocabulary import Vocabulary
from prioritizer.locale import LANGS, sentences

# What a template fills in beforehand: a row with nothing else in it is a blank one.
_FILLED_IN: Mapping[TableName, frozenset[str]] = {
    "register": frozenset({"ministry"}),
    "costs": frozenset(),
    "assessments": frozenset({"project", "criterion", "assessor"}),
}
_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2}|[A-Z])\)?(?:\s*=.*)?")
_REMARK = 2  # filled cells, at most, of a line that is no row of the table


@dataclass(frozen=True)
class LeftOut:
    """A line that is no row of the table: ``what`` (total, section, remark), where, and what it says."""

    what: str
    file: str
    sheet: str
    line: int
    text: str


@dataclass
class Converted:
    """What a sheet holds: its rows, those of them that have faults (by place), and lines left out.

    ``own_unit`` are the amounts (line, column) whose cells say their unit; ``totals`` the amounts of total
    lines by column, each with its line; ``unscored`` counts rows of assessments that nobody has filled in.
    """

    layout: Layout
    rows: list[Row] = field(default_factory=list)
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    own_unit: set[tuple[int, str]] = field(default_factory=set)
    totals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    unscored: int = 0


def convert(
    layout: Layout,
    lexicon: Lexicon,
    reading: Reading,
    words: Mapping[str, Vocabulary],
    levels: Vocabulary | None = None,
) -> Converted:
    """The rows below the headings. ``levels``: the words that a score may be."""
    columns = {each.name: each for each in lexicon.columns if each.name in layout.columns}
    readers = {
        name: cells_of(column, reading, words, layout.units.get(name, "bn"), levels)
        for name, column in columns.items()
    }
    found = Converted(layout)
    marked = _marked_rows(layout)
    fill = _filled_down(layout)
    for at in range(_begin(layout), len(layout.sheet.rows)):
        values = {name: layout.sheet.cell(at, column) for name, column in layout.columns.items()}
        values |= {
            name: fill[at, layout.columns[name]] for name in values if (at, layout.columns[name]) in fill
        }
        _line(found, at, values, lexicon, readers, marked.get(at, []))
    return found


def _begin(layout: Layout) -> int:
    """The first line below the headings, which may be merged over several."""
    bottoms = [bottom for (top, _), (bottom, _) in layout.sheet.merged if top <= layout.row <= bottom]
    return max([layout.row, *(each for each in bottoms if each <= layout.row + 3)]) + 1


def _line(
    found: Converted,
    at: int,
    values: Mapping[str, Any],
    lexicon: Lexicon,
    readers: Mapping[str, Cells],
    marks: list[Fault],
) -> None:
    """One line below the headings: blank, left out, or a row."""
    filled = {name for name, value in values.items() if value != "" and value not in (" ", "\u00a0")}
    sheet = found.layout.sheet
    if not marks and filled <= _FILLED_IN[found.layout.table]:
        found.unscored += bool(filled) and found.layout.table == "assessments"
        if not filled and (text := _remark(found, at)):
            found.left_out.append(LeftOut("remark", sheet.file, sheet.name, at + 1, text))
        return
    kind = None if marks else _no_row(found, at, values, filled, lexicon.key)
    if kind:
        text = next((str(cell) for cell in sheet.rows[at] if isinstance(cell, str) and cell.strip()), "")
        found.left_out.append(LeftOut(kind, sheet.file, sheet.name, at + 1, text.strip()[:80]))
        if kind == "total":
            found.totals.append((at, _amounts(values, readers)))
        return
    _row(found, at, values, readers, marks)


def _remark(found: Converted, at: int) -> str:
    """What stands in a line beside the table's columns alone."""
    texts = [cell for cell in found.layout.sheet.rows[at] if isinstance(cell, str) and len(cell.strip()) > 3]
    return texts[0].strip()[:80] if texts else ""


def _no_row(found: Converted, at: int, values: Mapping[str, Any], filled: set[str], key: str) -> str | None:
    """Why a line is no row of the table, or ``None``."""
    sheet = found.layout.sheet
    texts = [cell for cell in sheet.rows[at] if isinstance(cell, str) and cell.strip()]
    if texts and (key not in filled or values[key] == texts[0]) and _is_total(texts):
        return "total"
    numbers = [_COLUMN_NUMBER.fullmatch(str(cell).strip()) for cell in sheet.rows[at] if cell != ""]
    if at <= _begin(found.layout) + 1 and len(numbers) >= 3 and all(numbers) and _count_up(numbers):
        return "numbering"
    if key in filled and not _is_merged_across(found.layout, at):
        return None
    amounts = [name for name in filled if not isinstance(values[name], str)]
    if len(filled) <= _REMARK and not amounts:
        return "section" if _is_merged_across(found.layout, at) else "remark"
    return None


def _is_total(texts: list[str]) -> bool:
    words = [word for lang in LANGS for word in sentences(lang)["imports.headings.total"].split("|")]
    begins = tuple(folded(word) for word in words)
    return any(folded(text) in begins or folded(text).startswith(begins[:2]) for text in texts[:2])


def _count_up(numbers: list[re.Match[str] | None]) -> bool:
    counted = [int(each[1]) for each in numbers if each and each[1].isdigit()]
    return len(counted) >= 2 and counted == list(range(counted[0], counted[0] + len(counted)))


def _is_merged_across(layout: Layout, at: int) -> bool:
    return any(
        top <= at <= bottom and right - left >= 2 for (top, left), (bottom, right) in layout.sheet.merged
    )


def _amounts(values: Mapping[str, Any], readers: Mapping[str, Cells]) -> dict[str, str]:
    read = {
        name: readers[name](values[name]) for name in values if name.endswith("_bn") and values[name] != ""
    }
    return {name: text for name, text in read.items() if isinstance(text, str)}


def _row(
    found: Converted, at: int, values: Mapping[str, Any], readers: Mapping[str, Cells], marks: list[Fault]
) -> None:
    layout = found.layout
    cells: dict[str, str] = {}
    faults = list(marks)
    for name, value in values.items():
        text = "" if value == "" else readers[name](value)
        if isinstance(text, Misread):
            faults.append(layout.sheet.fault(text.code, at, layout.columns[name], **text.params))
            text = ""
        elif isinstance(value, str) and value in readers[name].own_unit:
            found.own_unit.add((at + 1, name))
        cells[name] = text
    if faults:
        found.faults[len(found.rows)] = faults
    where = {name: letters(column) for name, column in layout.columns.items()}
    found.rows.append(Row(layout.table, layout.sheet.file, layout.sheet.name, at + 1, cells, where))


def _marked_rows(layout: Layout) -> dict[int, list[Fault]]:
    """Faults that a row has by the look of its cells: errors, formulas without values, hidden."""
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
    for (top, left), (bottom, right) in sheet.merged:
        if bottom > top > layout.row and set(range(left, right + 1)) & amounts:
            first = f"{letters(left)}{top + 1}"
            for row in range(top, min(bottom + 1, len(sheet.rows))):
                yield row, left, "merged_amount", {"first": first}


def _filled_down(layout: Layout) -> dict[tuple[int, int], Any]:
    """What merged cells say of the rows below their first: in Excel one sees it there."""
    sheet = layout.sheet
    return {
        (row, left): sheet.cell(top, left)
        for (top, left), (bottom, right) in sheet.merged
        if top > layout.row and bottom > top and left == right
        for row in range(top + 1, min(bottom + 1, len(sheet.rows)))
    }
