"""A table as a sheet that people fill in: headings with notes, drop-downs, a frozen heading, print set-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from prioritizer import locale
from prioritizer.exports.workbooks.book import FOOTER, Book

SPARE_ROWS = 200  # prepared beyond the rows that are filled
HEADING_ROW = 3  # counted from 0: two lines and a warning stand above
_PRINTED_BLANK = 12  # rows of a form without any
_WIDE_SCALE = 65  # percent
_LONGEST_HEADER = 254
_LONGEST_WARNING = 180
_LONGEST_TITLE = 32  # of a message in Excel
_ABOVE_ZERO = {"validate": "decimal", "criteria": ">=", "value": 0}
_COMMENT = {"author": "", "font_name": "Times New Roman", "font_size": 10, "x_scale": 2.2, "y_scale": 1.4}


@dataclass(frozen=True)
class Head:
    """One column of a sheet: ``source`` is where its drop-down's words stand; ``missing_if`` a formula over
    the first row, true where the cell is blank and should not be."""

    heading: str
    note: str = ""
    style: str = "text"
    width: int = 16
    shade: str = "plain"
    source: str | None = None
    free: bool = False  # whether other words than the listed ones are accepted after a question
    missing_if: str | None = None


@dataclass(frozen=True)
class Form:
    """A sheet to be filled in.

    ``keep`` columns stay in sight while one scrolls and come again on every page where the sheet is ``wide``;
    ``lines_a_row`` is the room that a filled row has at least.
    """

    name: str
    lines: tuple[tuple[str, str], ...]
    heads: Sequence[Head]
    rows: Sequence[Sequence[str]]
    keep: int = 1
    spare: int = SPARE_ROWS
    lines_a_row: int = 1
    wide: bool = False


def first_cell(column: int) -> str:
    """A column's cell in the first row below the heading, as conditions name it."""
    return f"${xl_col_to_name(column)}{HEADING_ROW + 2}"


def write_form(book: Book, form: Form, lang: str) -> Worksheet:
    """The form as a sheet of the workbook."""
    sheet = book.sheet(form.name)
    book.lines(sheet, form.lines)
    for column, head in enumerate(form.heads):
        _write_head(book, sheet, column, head)
    styles, widths = [head.style for head in form.heads], [head.width for head in form.heads]
    for row, cells in enumerate(form.rows, HEADING_ROW + 1):
        book.line(sheet, row, list(zip(cells, styles, strict=True)), widths, form.lines_a_row)
    last = HEADING_ROW + len(form.rows) + form.spare
    for column, head in enumerate(form.heads):
        _guard(book, sheet, column, head, last, lang)
    _set_up(sheet, form, last)
    return sheet


def _write_head(book: Book, sheet: Worksheet, column: int, head: Head) -> None:
    sheet.set_column(column, column, head.width, book.style(head.style))
    book.put(sheet, HEADING_ROW, column, head.heading, f"head-{head.shade}")
    if head.note:
        sheet.write_comment(HEADING_ROW, column, head.note, _COMMENT)


def _guard(book: Book, sheet: Worksheet, column: int, head: Head, last: int, lang: str) -> None:
    """A column's drop-down or bounds, and the shade of what is missing."""
    cells = (HEADING_ROW + 1, column, last, column)
    rule: dict[str, Any] | None = None
    if head.source is not None:
        rule = choice(head, lang)
    elif head.style == "amount":
        rule = {**_ABOVE_ZERO, **messages(head, "amount", lang)}
    if rule is not None and last > HEADING_ROW:
        sheet.data_validation(*cells, rule)
    if head.missing_if is not None and last > HEADING_ROW:
        sheet.conditional_format(
            *cells, {"type": "formula", "criteria": head.missing_if, "format": book.missing}
        )


def choice(head: Head, lang: str, source: str | None = None) -> dict[str, Any]:
    """A drop-down; where other entries are allowed it asks instead of refusing."""
    kind = "warning" if head.free else "stop"
    return {
        "validate": "list",
        "source": source or head.source,
        "error_type": kind,
        **messages(head, "choice", lang),
    }


def messages(head: Head, error: str, lang: str) -> Mapping[str, str]:
    """What is said beside a cell, and where an entry does not fit."""
    title = head.heading if len(head.heading) <= _LONGEST_TITLE else f"{head.heading[: _LONGEST_TITLE - 1]}…"
    said = {"error_title": title, "error_message": locale.say(f"workbooks.error.{error}", lang)}
    return {**said, "input_title": title, "input_message": head.note} if head.note else said


def _set_up(sheet: Worksheet, form: Form, last: int) -> None:
    sheet.set_row(HEADING_ROW, 48)
    sheet.freeze_panes(HEADING_ROW + 1, form.keep)
    sheet.autofilter(HEADING_ROW, 0, max(last, HEADING_ROW + 1), len(form.heads) - 1)
    # On paper the lines above the table stand in the header: in cells they would be cut at every page's edge.
    sheet.set_header(_header(form.lines))
    sheet.set_footer(f"&L&B{_plain(form.lines[2][0])[:_LONGEST_WARNING]}&B{FOOTER}")
    printed = HEADING_ROW + max(len(form.rows), _PRINTED_BLANK)
    sheet.print_area(HEADING_ROW, 0, printed, len(form.heads) - 1)
    sheet.repeat_rows(HEADING_ROW)
    if form.wide:
        sheet.repeat_columns(0, form.keep - 1)
        sheet.set_print_scale(_WIDE_SCALE)
    else:
        sheet.fit_to_pages(1, 0)


def _header(lines: Sequence[tuple[str, str]]) -> str:
    """The lines above a table as a page's header, as much of them as fits."""
    (title, _), (line, _), _ = lines
    first_sentence = line.partition(". ")[0].rstrip(".")
    # On one line: some programs print a line's end as the signs that stand for it in the file.
    return f"&L&B&10 {_plain(title)}&B – {_plain(first_sentence)}"[:_LONGEST_HEADER]


def _plain(text: str) -> str:
    """A text none of whose signs is an instruction."""
    return text.replace("&", "&&")
