"""Rows of the three tables as CSV files and back: sorted, so that the order of files changes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prioritizer.inputs.columns import Column
from prioritizer.inputs.tables import LARGEST_TABLE_BYTES
from prioritizer.inputs.workbooks.sheet import Row, TableName
from prioritizer.inputs.yamltree import decode, read_bytes

FILES: dict[TableName, str] = {
    "register": "register.csv",
    "costs": "costs.csv",
    "assessments": "assessments.csv",
}
_KEYS: dict[TableName, tuple[str, ...]] = {
    "register": ("id",),
    "costs": ("project", "milestone", "year", "kind"),
    "assessments": ("project", "criterion", "assessor"),
}


@dataclass(frozen=True)
class Written:
    """A table as a CSV file: its bytes and the row that begins on each line."""

    content: bytes
    row_at: dict[int, int]


def key_of(row: Row) -> tuple[str, ...]:
    """What no two rows of a table share, ignoring case."""
    return tuple(row.cells.get(name, "").casefold() for name in _KEYS[row.table])


def write_table(rows: Sequence[Row], chosen: Sequence[int], columns: Sequence[Column]) -> Written:
    """The rows at ``chosen`` as CSV: the needed columns and those that say something, rows by their key."""
    used = [
        each.name for each in columns if each.needed or any(rows[at].cells.get(each.name) for at in chosen)
    ]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(used)
    row_at: dict[int, int] = {}
    line = 2
    for at in sorted(chosen, key=lambda at: (key_of(rows[at]), rows[at].place())):
        cells = [rows[at].cells.get(name, "") for name in used]
        row_at[line] = at
        line += 1 + sum(cell.count("\n") for cell in cells)
        writer.writerow(cells)
    return Written(stream.getvalue().encode("utf-8"), row_at)


def read_rows(path: Path, table: TableName, shown: str | None = None) -> list[Row]:
    """The rows of a table that is a CSV file already, ``shown`` under a name; none where there is none.

    Raises :class:`~prioritizer.errors.InputFaults`.
    """
    if not path.is_file():
        return []
    name = shown or path.name
    text = decode(read_bytes(path, name, LARGEST_TABLE_BYTES), name)
    reader = csv.reader(io.StringIO(text, newline=""))
    heading = [name.strip().casefold() for name in next(reader, [])]
    rows, line = [], reader.line_num + 1
    for record in reader:
        if any(record):
            cells = dict(zip(heading, record, strict=False))
            rows.append(Row(table, name, None, line, cells, {}))
        line = reader.line_num + 1
    return rows
