"""Which sheets are tables and where their headings stand; whatever else a workbook holds is let be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.folding import folded
from prioritizer.inputs.workbooks.headings import LEFT_OUT, Lexicon, heading_of, short_heading
from prioritizer.inputs.workbooks.sheet import TABLES, Sheet, TableName, letters
from prioritizer.inputs.workbooks.units import unit_of_column, units_above
from prioritizer.locale import LANGS, sentences

_ROWS_LOOKED_AT = 40
_ENOUGH_WITH_KEY, _ENOUGH = 2, 4  # headings known that make a row the heading of a table
_ROW_BESIDE = 4  # filled cells of a line beside a table that make it a row of another one
_SHEETS: Mapping[TableName, str] = {"register": "projects", "costs": "costs", "assessments": "assessments"}
_AMOUNTS = ("ask_bn", "minimum_bn", "cofinance_bn", "received_bn", "amount_bn")


@dataclass(frozen=True)
class Layout:
    """A sheet as a table: the row of its headings, where its columns stand, in which unit its amounts are.

    Rows and columns count from 0; ``units`` has the columns of amounts; ``stray`` are columns that hold
    something without being a column of the table, and ``faults`` what is wrong with the headings.
    ``answered``: the columns whose unit nothing but an answer says.
    """

    sheet: Sheet
    table: TableName
    row: int
    columns: Mapping[str, int]
    units: Mapping[str, str]
    faults: tuple[Fault, ...]
    answered: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    """A row read as the headings of a table."""

    table: TableName
    row: int
    known: int
    has_key: bool
    named: bool  # the sheet is called as the table's

    @property
    def rank(self) -> tuple[int, bool, int]:
        return (self.known + self.has_key, self.named, -self.row)


def recognise(
    sheet: Sheet, lexicons: Sequence[Lexicon], known: str | None, given: str | None = None
) -> Layout | None:
    """The table that a sheet is, or ``None``; what its amounts are in was ``known`` before or is ``given``
    with the command."""
    if folded(sheet.name) in _called("guide", "lists"):
        return None
    rows = [
        _as_headings(sheet, row, lexicon)
        for row in range(min(len(sheet.rows), _ROWS_LOOKED_AT))
        for lexicon in lexicons
    ]
    likely = [each for each in rows if each.known >= (_ENOUGH_WITH_KEY if each.has_key else _ENOUGH)]
    if not likely:
        return None
    best = max(likely, key=lambda each: each.rank)
    return _layout(sheet, best, lexicons[TABLES.index(best.table)], known, given)


def _called(*names: str) -> set[str]:
    return {folded(sentences(lang)[f"columns.sheet.{name}"]) for name in names for lang in LANGS}


def _as_headings(sheet: Sheet, row: int, lexicon: Lexicon) -> _Row:
    texts = [text for text in sheet.rows[row] if isinstance(text, str) and text and len(text) < 200]
    read = {lexicon.read(text).column for text in texts} - {None, LEFT_OUT}
    named = folded(sheet.name) in _called(_SHEETS[lexicon.table])
    return _Row(lexicon.table, row, len(read), lexicon.key in read, named)


def _layout(sheet: Sheet, best: _Row, lexicon: Lexicon, known: str | None, given: str | None) -> Layout:
    above = units_above(sheet, best.row)
    answered: list[str] = []
    columns: dict[str, int] = {}
    units: dict[str, str] = {}
    faults: list[Fault] = []
    unknown: list[tuple[int, str]] = []
    for at, cell in enumerate(sheet.rows[best.row]):
        text = str(cell).strip() if not isinstance(cell, dict) else ""
        heading = lexicon.read(text)
        if not text or heading.column == LEFT_OUT:
            continue
        if heading.column is None:
            unknown.append((at, text))
        elif heading.column in columns:
            first = f"{letters(columns[heading.column])}{best.row + 1}"
            params = {"heading": short_heading(text), "first": first}
            faults.append(sheet.fault("heading_twice", best.row, at, **params))
        else:
            columns[heading.column] = at
            if heading.column in _AMOUNTS:
                # The machine's own name of the column ends in its unit.
                own = "bn" if folded(text) == folded(heading.column) else heading.unit
                found, code = unit_of_column(own, above, known, given)
                if code:
                    said = {"heading": short_heading(text), "given": str(given)}
                    faults.append(sheet.fault(code, best.row, at, **said))
                answered += [] if own or above else [heading.column]
                units[heading.column] = found or "bn"
    faults += [_unknown(sheet, best.row, at, text, lexicon, columns) for at, text in unknown]
    faults += [
        sheet.fault(
            "heading_missing", best.row, None, heading=heading_of(best.table, each.name), name=each.name
        )
        for each in lexicon.columns
        if each.needed and each.name not in columns
    ]
    faults += _without_heading(sheet, best.row, columns.get(lexicon.key))
    return Layout(sheet, best.table, best.row, columns, units, tuple(faults), tuple(answered))


def _unknown(
    sheet: Sheet, row: int, at: int, text: str, lexicon: Lexicon, columns: Mapping[str, int]
) -> Fault:
    near = lexicon.nearest(text, columns)
    params = {"heading": short_heading(text), "near": near or LEFT_OUT}
    params["near_heading"] = short_heading(heading_of(lexicon.table, near)) if near else "–"
    return sheet.fault("heading_unknown", row, at, **params)


def _without_heading(sheet: Sheet, row: int, key: int | None) -> list[Fault]:
    """Columns without a heading that hold something in a row of the table, or beside it what may be another
    table: each at its first cell."""
    headings = sheet.rows[row]
    inside = {at for (r, c), (_, last) in sheet.merged if r <= row for at in range(c + 1, last + 1)}
    nameless = {at for at, cell in enumerate(headings) if cell == ""} - inside
    faults: dict[int, Fault] = {}
    for below in range(row + 1, len(sheet.rows)):
        cells = sheet.rows[below]
        places = (*(at for at in nameless if at < len(cells)), *range(len(headings), len(cells)))
        filled = {at: cells[at] for at in places if cells[at] != ""}
        ours = key is None or sheet.cell(below, key) != ""
        for at, value in filled.items() if ours or _like_a_row([*filled.values()]) else ():
            text = short_heading(str(value))
            faults.setdefault(at, sheet.fault("cell_without_heading", below, at, text=text))
    return list(faults.values())


def _like_a_row(cells: Sequence[object]) -> bool:
    """Whether cells beside a table may be a row of another one, and not a remark or a signature."""
    numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    return bool(numbers) or len(cells) >= _ROW_BESIDE
