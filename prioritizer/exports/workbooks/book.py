"""A workbook that is safe to open and the same byte for byte whenever its content is the same."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from prioritizer.errors import Fault, InputFaults, Misread
from prioritizer.exports.xmltext import xml_text
from prioritizer.money import read_decimal

LONGEST_CELL = 32_767  # characters that a spreadsheet keeps in a cell
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
FOOTER = '&C&"Times New Roman"&9&A – &P/&N'
LINE, HIGHEST = 15, 405  # points, of a row
_FILLED = 1.15  # letters of this type to the unit that widths are in, words being kept whole
_DIGITS = 15  # that a spreadsheet keeps of a number
_SMALLER = 1.2  # letters of the small type to one of the usual
_MADE = datetime(2026, 1, 1)  # a file must not depend on the day it is written
_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEAD = {"bold": True, "border": 1, "valign": "vcenter", "align": "center"}
_BASE = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
_TOTAL = {"bold": True, "bg_color": "#F2F2F2"}
_PAPER = {  # of tables that are read and printed; "total" is laid over each
    "text": {},
    "whole": {"num_format": "#,##0", "align": "center"},
    "amount": {"num_format": "#,##0.000"},
    "points": {"num_format": "0.00##"},
    "share": {"num_format": "0.0%", "align": "center"},
    "number": {"num_format": "0.00####"},
}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "text": {},
    "small": {"font_size": 9},
    "id": {"num_format": "@"},
    "amount": {"num_format": "#,##0.0##"},
    "number": {"num_format": "0.####", "align": "center"},
    "title": {"bold": True, "font_size": 14, "text_wrap": False},
    "line": {"italic": True, "text_wrap": False},
    "warning": {"bold": True, "font_color": "#9C0006", "text_wrap": False},
    "section": {"bold": True, "font_size": 12, "text_wrap": False},
    "ruled": {"border": 1},
    "ruled-number": {"border": 1, "num_format": "0.####", "align": "center"},
    "given": {"font_color": "#595959", "bg_color": "#F2F2F2"},
    "missing": {"bg_color": "#FFE699"},
    "head-needed": {**_HEAD, "bg_color": "#BDD7EE"},
    "head-dossier": {**_HEAD, "bg_color": "#C6E0B4"},
    "head-plain": {**_HEAD, "bg_color": "#E7E6E6"},
    "note": {"italic": True},
    **{f"paper-{kind}": {"border": 1, **own} for kind, own in _PAPER.items()},
    **{f"total-{kind}": {"border": 1, **own, **_TOTAL} for kind, own in _PAPER.items()},
}


class Book:
    """A workbook being written; :meth:`content` closes it."""

    def __init__(self, title: str) -> None:
        self._stream = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self._stream, _SAFE)
        self.workbook.set_properties({"title": title, "author": "", "created": _MADE})
        self._formats: dict[tuple[str, bool], Format] = {}

    def style(self, name: str, quoted: bool = False) -> Format:
        """A format by name; ``quoted`` where a text stays text even if a person edits the cell."""
        if (name, quoted) not in self._formats:
            prefix = {"quote_prefix": True} if quoted else {}
            self._formats[name, quoted] = self.workbook.add_format({**_BASE, **_STYLES[name], **prefix})
        return self._formats[name, quoted]

    @cached_property
    def missing(self) -> Format:
        """The shade of a cell that should be filled; laid over the cell's own format."""
        return self.workbook.add_format(dict(_STYLES["missing"]))

    def sheet(self, name: str) -> Worksheet:
        """A new sheet, set up for A4 on its side."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=1.1, bottom=0.7)
        sheet.hide_gridlines(0)
        sheet.set_footer(FOOTER)
        return sheet

    def put(self, sheet: Worksheet, row: int, column: int, text: str, style: str) -> None:
        """A cell: a number where its style is one and it is read as one exactly, else a text.

        Raises :class:`InputFaults` for a text that would be cut off.
        """
        text = xml_text(text)
        if len(text) > LONGEST_CELL:
            params = {"length": len(text), "most": LONGEST_CELL, "text": text[:40]}
            raise InputFaults([Fault("text_too_long_for_a_cell", sheet=sheet.get_name(), params=params)])
        if style in ("amount", "number", "ruled-number") and (number := _exactly(text)) is not None:
            sheet.write_number(row, column, number, self.style(style))
        elif text:
            sheet.write_string(row, column, text, self.style(style, text.startswith(FORMULA_STARTS)))
        else:
            sheet.write_blank(row, column, None, self.style(style))

    def lines(self, sheet: Worksheet, lines: Sequence[tuple[str, str]]) -> None:
        """Lines above a table, each with its style."""
        for row, (text, style) in enumerate(lines):
            self.put(sheet, row, 0, text, style)

    def line(
        self,
        sheet: Worksheet,
        row: int,
        cells: Sequence[tuple[str, str]],
        widths: Sequence[int],
        least: int = 1,
    ) -> None:
        """A row of texts, each with its style, as high as its longest text needs."""
        for column, (text, style) in enumerate(cells):
            self.put(sheet, row, column, text, style)
        pairs = zip(cells, widths, strict=True)
        lines = max(least, *(lines_of(text, width, style) for (text, style), width in pairs))
        if lines > 1:
            sheet.set_row(row, min(HIGHEST, LINE * lines + 3))

    def content(self) -> bytes:
        """The finished file."""
        self.workbook.close()
        return self._stream.getvalue()


def lines_of(text: str, width: int, style: str = "text") -> int:
    """How many lines a text takes in a column that is ``width`` characters wide. Not every program that opens
    a workbook makes rows as high as their texts by itself."""
    small = style == "small"
    letters = width * _FILLED * (_SMALLER if small else 1)
    lines = sum(max(1, ceil(len(line) / letters)) for line in text.split("\n"))
    return ceil(lines / _SMALLER) if small else lines


def _exactly(text: str) -> float | None:
    """The number that a spreadsheet would show again as the same decimal; else the text must stay a text."""
    try:
        exact = read_decimal(text)
    except Misread:
        return None
    number, digits = float(exact), text.strip("+-0").replace(".", "")
    return number if len(digits) <= _DIGITS and Fraction(repr(number)) == exact else None
