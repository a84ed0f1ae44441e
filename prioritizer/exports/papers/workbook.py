"""Tables as a workbook: typed numbers, frozen headings, filters, every page of paper headed and numbered."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from xlsxwriter.worksheet import Worksheet

from prioritizer.exports.papers.table import Cell, Column, Kind, Table
from prioritizer.exports.papers.words import visible
from prioritizer.exports.pictures import size_of
from prioritizer.exports.workbooks.book import (
    FOOTER,
    FORMULA_STARTS,
    HIGHEST,
    LINE,
    LONGEST_CELL,
    Book,
    lines_of,
)
from prioritizer.results import E4

_MVND_PER_BN = 1000
_WIDE = "\u2e80"  # from here on most letters take two
_CAPITAL = 1.35  # of a small letter's width
_BROAD, _BROADER = "WMƯ%@", 0.45  # which letters are broader still, and by how much
_WIDTH, _HEIGHT = 960, 560  # dots of a screen: a picture on a page on its side
_SCREEN = 96 / 72  # dots of a screen to one of a picture
_LONGEST_HEADER = 250
_TYPE = '&"Times New Roman"&10'
_PAPER_SIZE = {"scale_with_doc": False}  # a wide table is printed smaller, what stands around it is not
_FILLED, _FILLED_WIDE, _WIDE_COLUMN = 1.1, 1.25, 60  # letters to the unit of widths: long lines lose less
_KIND: dict[Kind, int] = {"amount": _MVND_PER_BN, "points": E4}
_DIGITS: dict[Kind, int] = {"amount": 3, "points": 4}


@dataclass(frozen=True)
class Around:
    """What stands around every table: ``lines`` above it, each with its style; on paper ``head`` on the left
    of every page and ``marks`` (illustrative, masked) on the right."""

    lines: tuple[tuple[str, str], ...]
    head: str
    marks: str


def workbook(
    title: str,
    tables: Sequence[Table],
    around: Around,
    pictures: Sequence[tuple[bytes, str]] = (),
    pictures_name: str = "",
) -> bytes:
    """The tables as sheets in their order, then the pictures, each with its text alternative."""
    book = Book(visible(title))
    for table in tables:
        _sheet(book, table, around)
    for at, (png, said) in enumerate(pictures, 1):
        _picture(book, f"{pictures_name} {at}", png, said, around)
    return book.content()


def _sheet(book: Book, table: Table, around: Around) -> None:
    sheet = book.sheet(table.name)
    lines = ((table.title, "title"), *around.lines)
    book.lines(sheet, [(visible(text), style) for text, style in lines])
    head = len(lines)
    columns = table.columns
    for at, column in enumerate(columns):
        sheet.set_column(at, at, max(column.width, _longest(table, at)))
        book.put(sheet, head, at, visible(column.heading), "head-plain")
    sheet.set_row(head, LINE * max(2, *(lines_of(each.heading, each.width - 2) for each in columns)) + 6)
    last = head
    for cells in table.rows:
        last += 1
        _row(book, sheet, last, cells, columns, "paper")
    if table.rows:
        sheet.autofilter(head, 0, last, len(columns) - 1)
    for cells in table.totals:
        last += 1
        _row(book, sheet, last, cells, columns, "total")
    for note in table.notes:
        last += 1
        _note(book, sheet, last, visible(note), columns)
    sheet.hide_gridlines(1)
    sheet.freeze_panes(head + 1, table.keep)
    sheet.repeat_rows(head)
    sheet.print_area(head, 0, last, len(columns) - 1)
    _on_paper(sheet, around)


def _longest(table: Table, at: int) -> int:
    """The width that the longest number of a column needs: one without room is shown as ####."""
    kind = table.columns[at].kind
    if kind not in _KIND:
        return 0
    cells = [row[at] for row in (*table.rows, *table.totals)]
    largest = max((abs(cell) for cell in cells if isinstance(cell, int)), default=0)
    return len(f"{_number(largest, kind):,.{_DIGITS[kind]}f}") + 2


def _on_paper(sheet: Worksheet, around: Around) -> None:
    sheet.fit_to_pages(1, 0)
    # On one line: some programs print a line's end as the signs that stand for it in the file.
    left, right = _plain(visible(around.head)), _plain(visible(around.marks))
    room = _LONGEST_HEADER - len(right) - 2 * len(_TYPE)
    sheet.set_header(f"&L{_TYPE} {left[:room]}&R&B{_TYPE} {right}", _PAPER_SIZE)
    sheet.set_footer(FOOTER, _PAPER_SIZE)


def _plain(text: str) -> str:
    """A text none of whose signs is an instruction."""
    return text.replace("&", "&&")


def _row(
    book: Book, sheet: Worksheet, row: int, cells: Sequence[Cell], columns: Sequence[Column], style: str
) -> None:
    lines = 1
    for at, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        if isinstance(cell, str):
            text, needed = fitted(visible(cell), column.width)
            lines = max(lines, needed)
            _text(book, sheet, row, at, text, f"{style}-text")
        elif cell is None:
            sheet.write_blank(row, at, None, book.style(f"{style}-text"))
        else:
            sheet.write_number(row, at, _number(cell, column.kind), book.style(f"{style}-{column.kind}"))
    if lines > 1:
        sheet.set_row(row, LINE * lines + 3)


def _number(cell: int | Fraction, kind: Kind) -> float:
    """The number of a cell: billions, points; exact to the million, as floats can hold them."""
    if isinstance(cell, int):
        return cell / _KIND.get(kind, 1)
    return float(cell)


def _text(book: Book, sheet: Worksheet, row: int, column: int, text: str, style: str) -> None:
    if text:
        sheet.write_string(row, column, text, book.style(style, text.startswith(FORMULA_STARTS)))
    else:
        sheet.write_blank(row, column, None, book.style(style))


def fitted(text: str, width: int) -> tuple[str, int]:
    """A text as much as a cell can show, and the lines that it takes; what is left out is seen to be."""
    if len(text) <= width // 2:
        return text, 1
    lines = _lines(text, width)
    most = (HIGHEST - 3) // LINE
    if lines <= most and len(text) <= LONGEST_CELL:
        return text, lines
    kept = text
    while _lines(kept, width) > most:
        kept = kept[: len(kept) * most // _lines(kept, width) - 1]
    return f"{kept[: LONGEST_CELL - 1].rstrip()}…", min(most, _lines(kept, width) + 1)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes, capitals and wide letters counted as such. Not every program that opens a
    workbook makes rows as high as their texts by itself."""
    extra = sum(map(str.isupper, text)) * (_CAPITAL - 1) + sum(map(text.count, _BROAD)) * _BROADER
    if max(text) >= _WIDE:
        extra += sum(letter >= _WIDE for letter in text)
    lines = ceil((len(text) + extra) / (width * (_FILLED_WIDE if width >= _WIDE_COLUMN else _FILLED)))
    # A word longer than the column begins on a line of its own.
    return lines + (len(text) > width and max(map(len, text.split(" "))) > width)


def _note(book: Book, sheet: Worksheet, row: int, text: str, columns: Sequence[Column]) -> None:
    """A line below a table, over all its columns."""
    width, last = sum(column.width for column in columns), len(columns) - 1
    if last:
        sheet.merge_range(row, 0, row, last, "", book.style("note"))
    shown, lines = fitted(text, width)
    _text(book, sheet, row, 0, shown, "note")
    sheet.set_row(row, LINE * lines + 3)


def _picture(book: Book, name: str, png: bytes, said: str, around: Around) -> None:
    """A picture on a sheet of its own, that fills a page at most."""
    sheet = book.sheet(name)
    sheet.hide_gridlines(2)
    book.lines(sheet, [(visible(text), style) for text, style in around.lines])
    width, height = (dots * _SCREEN for dots in size_of(png))
    scale = min(_WIDTH / width, _HEIGHT / height)
    options = {
        "image_data": io.BytesIO(png),
        "description": visible(said),
        "x_scale": scale,
        "y_scale": scale,
        "object_position": 2,
    }
    sheet.insert_image(len(around.lines) + 1, 0, "chart.png", options)
    _on_paper(sheet, around)
    sheet.fit_to_pages(1, 1)
