"""The nouns between a file and its tables: workbooks as they were read, rows as they were understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from prioritizer.errors import Fault

TableName = Literal["register", "costs", "assessments"]
TABLES: tuple[TableName, ...] = ("register", "costs", "assessments")
Place = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``rows`` begin at A1 and end with their last filled cell; places are (row, column) from 0.

    ``unset``: formulas that no program has worked out yet; ``merged``: first and last place of each range;
    ``legacy``: cells in a font made for TCVN3 or VNI; ``scaled``: runs of cells (first row, last row, column)
    whose format shows another number than they hold, or words with it, and the format.
    """

    file: str
    name: str
    shown: bool
    rows: list[list[Any]]
    merged: tuple[tuple[Place, Place], ...] = ()
    errors: Mapping[Place, str] = field(default_factory=dict)
    unset: frozenset[Place] = frozenset()
    formulas: int = 0
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    legacy: frozenset[Place] = frozenset()
    scaled: tuple[tuple[int, int, int, str], ...] = ()

    def cell(self, row: int, column: int) -> Any:
        """The value at a place; blank is an empty text."""
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    def fault(self, code: str, row: int | None, column: int | None, **params: object) -> Fault:
        """A fault at a place of this sheet, (row, column) from 0."""
        at = None if row is None else row + 1
        letter = None if column is None else letters(column)
        return Fault(code, self.file, at, letter, params, self.name)


@dataclass(frozen=True)
class Row:
    """A row of one of the tables, as texts that the table's CSV may hold, and where it stands.

    ``line`` counts from 1, as Excel does; ``letters`` are the columns of its cells. ``sheet`` is ``None``
    for rows of a CSV file that was there before.
    """

    table: TableName
    file: str
    sheet: str | None
    line: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    @property
    def project(self) -> str:
        """The id of the project that the row is about."""
        return self.cells.get("id" if self.table == "register" else "project", "")

    def fault(self, code: str, column: str | None, **params: object) -> Fault:
        """A fault in a column of this row (or in the row)."""
        letter = None if column is None else self.letters.get(column, None if self.sheet else column)
        return Fault(code, self.file, self.line, letter, params, self.sheet)

    def place(self, column: str | None = None) -> str:
        """The place in words that need no language: file, sheet and cell."""
        cell = f"{self.letters.get(column or '', '')}{self.line}"
        return " › ".join(part for part in (self.file, self.sheet, cell) if part)


def letters(column: int) -> str:
    """0 is ``A``, 25 ``Z``, 26 ``AA``."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
