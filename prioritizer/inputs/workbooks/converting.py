"""A sheet that is a table becomes rows of texts; what is wrong with a cell stays with its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from prioritizer.errors import Fault, Misread
from prioritizer.inputs.workbooks.again import tables_below
from prioritizer.inputs.workbooks.asides import amounts_in, aside
from prioritizer.inputs.workbooks.cells import Cells, cells_of
from prioritizer.inputs.workbooks.headings import Lexicon
from prioritizer.inputs.workbooks.marking import begin, fill_down, marked_rows, merged_across
from prioritizer.inputs.workbooks.numbers import Reading
from prioritizer.inputs.workbooks.recognising import Layout
from prioritizer.inputs.workbooks.sheet import Row, TableName, letters
from prioritizer.inputs.workbooks.vocabulary import Vocabulary
from prioritizer.inputs.workbooks.years import Years

# What a template fills in beforehand: a row with nothing else in it is a blank one.
_FILLED_IN: Mapping[TableName, frozenset[str]] = {
    "register": frozenset({"ministry"}),
    "costs": frozenset(),
    "assessments": frozenset({"project", "criterion", "assessor"}),
}
MOST_TOLD = 500  # faults of one kind in one column
_PLAIN_ID = re.compile(r"[A-Za-z0-9_.-]*[0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class LeftOut:
    """A line that is no row of the table: ``what`` (total, section, remark, …), where, and what it says."""

    what: str
    file: str
    sheet: str
    line: int
    text: str


@dataclass
class Converted:
    """What a sheet holds: its rows, those of them that have faults (by place), and lines left out.

    ``first`` is the first line below the headings, ``across`` the lines with cells merged across (from 0).

    ``own_unit`` are the amounts (line, column) whose cells say their unit; ``totals`` the amounts of total
    lines by column, each with its line; ``unscored`` counts rows of assessments that nobody has filled in.
    """

    layout: Layout
    first: int
    across: frozenset[int]
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
    years: Years | None = None,
) -> Converted:
    """The rows below the headings. ``levels``: words that a score may be; ``years``: those of the funds."""
    fill_down(layout)
    found = Converted(layout, begin(layout), merged_across(layout))
    first = found.first
    marked = marked_rows(layout)
    where = {name: letters(column) for name, column in layout.columns.items()}
    values, texts = _columns(layout, first, lexicon, reading, words, levels, years or Years(), found)
    plain = _plain_rows(found, values.get(lexicon.key, []), marked)
    below = tables_below(layout, first, lexicon, plain)
    said: dict[tuple[str, str], list[Fault]] = {}
    for at, cells in enumerate(zip(*texts.values(), strict=True)):
        if at not in plain and _is_aside(found, first + at, values, texts, lexicon.key, marked):
            continue
        faults = [
            *below.get(first + at, ()),
            *marked.get(first + at, ()),
            *_nameless(found, first + at, values, lexicon.key),
        ]
        row = dict(zip(texts, cells, strict=True))
        for name in [name for name, text in row.items() if type(text) is Misread]:
            faults.append(_fault(layout, first + at, name, row[name], said))
            row[name] = ""
        if faults:
            found.faults[len(found.rows)] = faults
        found.rows.append(Row(layout.table, layout.sheet.file, layout.sheet.name, first + at + 1, row, where))
    return found


def _nameless(found: Converted, row: int, values: Mapping[str, list[Any]], key: str) -> Iterator[Fault]:
    """A line with an amount that says not whose it is."""
    own = {name: column[row - found.first] for name, column in values.items()}
    if key in own and not (isinstance(own[key], str) and not own[key].strip()):
        return
    filled = [name for name, value in own.items() if not (isinstance(value, str) and not value.strip())]
    for name in amounts_in(own, filled)[:1]:
        said = {"text": str(own[name])[:40]}
        yield found.layout.sheet.fault("amount_without_id", row, found.layout.columns.get(key), **said)


def _fault(
    layout: Layout, row: int, name: str, misread: Misread, said: dict[tuple[str, str], list[Fault]]
) -> Fault:
    """The fault of a cell; after many of one kind in a column the last one stands for all that follow."""
    told = said.setdefault((name, misread.code), [])
    if len(told) < MOST_TOLD:
        told.append(layout.sheet.fault(misread.code, row, layout.columns[name], **misread.params))
    return told[-1]


def _columns(
    layout: Layout,
    first: int,
    lexicon: Lexicon,
    reading: Reading,
    words: Mapping[str, Vocabulary],
    levels: Vocabulary | None,
    years: Years,
    found: Converted,
) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """The cells of every column as they stand, and as texts (or why they cannot be read)."""
    lines = layout.sheet.rows[first:]
    values: dict[str, list[Any]] = {}
    texts: dict[str, list[Any]] = {}
    for column in lexicon.columns:
        if column.name not in layout.columns:
            continue
        at = layout.columns[column.name]
        own = values[column.name] = [line[at] if len(line) > at else "" for line in lines]
        reader = cells_of(column, reading, words, layout.units.get(column.name, "bn"), levels, years)
        texts[column.name] = [value and reader(value) for value in own]
        _fix_falsy(own, texts[column.name], reader)
        for line, value in enumerate(own) if reader.own_unit else ():
            if type(value) is str and value in reader.own_unit:
                found.own_unit.add((first + line + 1, column.name))
    return values, texts


def _fix_falsy(values: list[Any], texts: list[Any], reader: Cells) -> None:
    """A zero and a FALSE are no blanks."""
    for at, text in enumerate(texts):
        if type(text) not in (str, Misread):
            texts[at] = reader(values[at])


def _plain_rows(found: Converted, keys: list[Any], marked: Mapping[int, list[Fault]]) -> set[int]:
    """The lines that are rows of the table at first sight: below the first three, an id, nothing odd."""
    if found.layout.table == "assessments":
        return set()
    odd = {at - found.first for at in (*marked, *found.across)}
    return {
        at
        for at, key in enumerate(keys)
        if at > 2 and type(key) is str and _PLAIN_ID.fullmatch(key) and at not in odd
    }


def _is_aside(
    found: Converted,
    row: int,
    values: Mapping[str, list[Any]],
    texts: Mapping[str, list[Any]],
    key: str,
    marked: Mapping[int, list[Fault]],
) -> bool:
    """Whether a line is none of the table's rows: blank, or left out with a note."""
    layout, at = found.layout, row - found.first
    own = {name: column[at] for name, column in values.items()}
    filled = {name for name, value in own.items() if not (isinstance(value, str) and not value.strip())}
    if row in marked:
        return False
    if filled <= _FILLED_IN[layout.table]:
        found.unscored += bool(filled) and layout.table == "assessments"
        if not filled:
            _note(found, row, "remark", shortest=4)
        return True
    what = aside(found.layout.sheet, row - found.first, row, own, filled, key, row in found.across)
    if what == "total":
        amounts = {name: column[at] for name, column in texts.items() if name.endswith("_bn") and column[at]}
        found.totals.append((row, {name: text for name, text in amounts.items() if isinstance(text, str)}))
    if what:
        _note(found, row, what)
    return what is not None


def _note(found: Converted, row: int, what: str, shortest: int = 1) -> None:
    sheet = found.layout.sheet
    texts = [cell.strip() for cell in sheet.rows[row] if isinstance(cell, str)]
    said = next((text for text in texts if len(text) >= shortest), "")
    if said or what != "remark":
        found.left_out.append(LeftOut(what, sheet.file, sheet.name, row + 1, said[:80]))
