"""What became of one file of an import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prioritizer.inputs.workbooks.answering import Unused, unused_columns
from prioritizer.inputs.workbooks.answers import Answers
from prioritizer.inputs.workbooks.changes import totals
from prioritizer.inputs.workbooks.converting import LeftOut
from prioritizer.inputs.workbooks.sheet import Row, TableName
from prioritizer.inputs.workbooks.understanding import Understood


@dataclass(frozen=True)
class FileReport:
    """What became of one file: its sender, the sheets that are tables and those that are not, lines left out,
    rows taken and not, the projects taken with what they ask for, in million VND, the answers of earlier
    imports that it was read with, and how many rows are of tables that nobody wants there."""

    file: str
    sender: str
    tables: tuple[tuple[str, TableName], ...]
    other_sheets: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    unused: tuple[Unused, ...]
    formulas: int
    unscored: int
    accepted: int
    refused: int
    projects: tuple[str, ...]
    ask_mvnd: int
    remembered: Answers = field(default_factory=Answers)
    unwanted: tuple[tuple[TableName, int], ...] = ()


def report(
    file: Understood, rows: Sequence[Row], refused: Mapping[int, object], answers: Mapping[str, Answers]
) -> FileReport:
    own = [(at, row) for at, row in enumerate(rows) if row.file == file.file and row.sheet]
    taken = [row for at, row in own if at not in refused]
    costs = [row for at, row in enumerate(rows) if at not in refused and row.table == "costs"]
    headings = answers.get(file.sender, Answers()).headings
    left_out = tuple(line for found in file.converted for line in found.left_out)
    return FileReport(
        file.file,
        file.sender,
        tuple((found.layout.sheet.name, found.layout.table) for found in file.converted),
        file.other_sheets,
        left_out,
        tuple(each for found in file.converted for each in unused_columns(found.layout, headings)),
        sum(found.layout.sheet.formulas for found in file.converted),
        sum(found.unscored for found in file.converted),
        len(taken),
        len(own) - len(taken),
        tuple(dict.fromkeys(row.project for row in taken if row.table == "register")),
        sum(
            found.ask_mvnd
            for found in totals([], [*(row for row in taken if row.table == "register"), *costs], [])
        ),
        file.remembered,
        file.unwanted,
    )
