"""Small hands for sheets that a person has already filled in."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = 4  # the row of headings, counted from 1
_MADE = datetime(2026, 1, 1)
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def edited(content: bytes, edit: Callable[[Workbook], None] | None) -> bytes:
    """The workbook after ``edit``, if there is any, the same bytes on every day."""
    if edit is None:
        return content
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    stream = io.BytesIO()
    book.save(stream)
    return _settled(stream.getvalue(), book)


def _settled(content: bytes, book: Workbook) -> bytes:
    """Without the hour at which it was saved, which the library writes into the file and its directory."""
    saved = book.properties.modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name).replace(saved, _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode())
            new.writestr(zipfile.ZipInfo(name, _EARLIEST), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def column(sheet: Worksheet, heading: str) -> int:
    """The number of the column below a heading, from 1."""
    return next(cell.column for cell in sheet[HEADINGS] if cell.value == heading)


def cells(sheet: Worksheet, heading: str) -> Iterator[Cell]:
    """The filled cells below a heading."""
    at = column(sheet, heading)
    below = (sheet.cell(row, at) for row in range(HEADINGS + 1, sheet.max_row + 1))
    return (cell for cell in below if cell.value is not None)


def rename(sheet: Worksheet, names: dict[str, str]) -> None:
    """Call columns as the ministry is used to."""
    for old, new in names.items():
        sheet.cell(HEADINGS, column(sheet, old)).value = new


def change(sheet: Worksheet, heading: str, how: Callable[[str], object], only: tuple[str, ...] = ()) -> None:
    """Type the cells below a heading anew: all, or those of the ids in the first column."""
    for cell in cells(sheet, heading):
        if not only or sheet.cell(cell.row, 1).value in only:
            cell.value = how(str(cell.value))


def first_blank(sheet: Worksheet) -> int:
    """The first row below the table."""
    return 1 + max(cell.row for cell in sheet["A"] if cell.value is not None)


def decompose(sheet: Worksheet) -> None:
    """Texts as some keyboards write them: letters and marks apart."""
    for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
        cell.value = unicodedata.normalize("NFD", cell.value)
