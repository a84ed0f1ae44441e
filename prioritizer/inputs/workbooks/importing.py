"""From ministries' and assessors' workbooks to one set of tables, every fault on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prioritizer.errors import Fault, set_of
from prioritizer.inputs.tables import nearest
from prioritizer.inputs.workbooks.answers import Given, kept, memory_bytes, read_memory
from prioritizer.inputs.workbooks.changes import Change, Total, changes, totals
from prioritizer.inputs.workbooks.checking import Reasons, settle
from prioritizer.inputs.workbooks.converting import LeftOut
from prioritizer.inputs.workbooks.doubts import unit_doubts
from prioritizer.inputs.workbooks.headings import LEFT_OUT, Lexicon
from prioritizer.inputs.workbooks.lists import Lists
from prioritizer.inputs.workbooks.merging import refuse_between, spelled_alike
from prioritizer.inputs.workbooks.opening import open_workbooks
from prioritizer.inputs.workbooks.sheet import TABLES, Row, TableName
from prioritizer.inputs.workbooks.tables import FILES, key_of, read_rows
from prioritizer.inputs.workbooks.understanding import Understood, understand

MEMORY_HEAD = (
    "Trả lời đã xác nhận khi nhập tệp của từng bộ, cơ quan; lần nhập sau không hỏi lại.",
    "What has been confirmed about each body's files; the next import does not ask again.",
)


@dataclass(frozen=True)
class FileReport:
    """What became of one file: its sender, the sheets that are tables and those that are not, lines left out,
    rows taken and not, and the projects taken with what they ask for, in million VND."""

    file: str
    sender: str
    tables: tuple[tuple[str, TableName], ...]
    other_sheets: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    formulas: int
    unscored: int
    accepted: int
    refused: int
    projects: tuple[str, ...]
    ask_mvnd: int


@dataclass(frozen=True)
class Refused:
    """A row that is not taken, and all that is wrong with it."""

    row: Row
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Imported:
    """The outcome of an import: what would be written (``files`` by name), and the report on it.

    ``faults`` are all that was found; where there is any, nothing is written unless somebody accepts that
    the ``refused`` rows are left out.
    """

    files: Mapping[str, bytes]
    reports: tuple[FileReport, ...]
    totals: tuple[Total, ...]
    changes: tuple[Change, ...]
    refused: tuple[Refused, ...]
    faults: tuple[Fault, ...]
    first: bool
    rows: Mapping[TableName, int] = field(default_factory=dict)


def import_workbooks(paths: Sequence[Path], folder: Path, lists: Lists, given: Given, mode: str) -> Imported:
    """Read, check and merge workbooks with what ``folder`` holds; nothing is written here.

    A table that no file has stays as it is in the folder.
    Raises :class:`~prioritizer.errors.InputFaults` where the folder's own files cannot be read.
    """
    memory = read_memory(folder)
    before = [row for table in TABLES for row in read_rows(folder / FILES[table], table)]
    names = _shown_names(paths)
    files = [
        understand(name, opened, lists, given, memory)
        for name, opened in sorted(zip(names, open_workbooks(paths), strict=True), key=lambda each: each[0])
    ]
    loose = [
        *_columns_named(given, lists),
        *_same_file(paths, names),
        *(fault for each in files for fault in each.faults),
    ]
    rows, refused, sure = _gathered(files)
    fresh = {row.table for row in rows}
    rows = spelled_alike([*rows, *(row for row in before if row.table not in fresh)])
    sure |= _unchanged(rows, before)
    for at, faults in unit_doubts(rows, sure, lists.envelope_mvnd).items():
        refused.setdefault(at, []).extend(faults)
    refuse_between(rows, refused, mode)
    tables = settle(rows, refused, lists, mode, lists.projects)
    left = [row for at, row in enumerate(rows) if at not in refused]
    answers = kept(memory, [(each.sender, each.answers) for each in files if each.answers])
    order = [body.id for body in lists.ministries.bodies]
    return Imported(
        {FILES[table]: each.content for table, each in tables.items()}
        | {"import.yaml": memory_bytes(answers, MEMORY_HEAD)},
        tuple(_report(each, rows, refused) for each in files),
        totals(before, left, order),
        changes(before, left),
        tuple(Refused(rows[at], tuple(faults)) for at, faults in sorted(refused.items())),
        _in_order([*loose, *(fault for faults in refused.values() for fault in faults)]),
        not before,
        {table: sum(row.table == table for row in left) for table in TABLES},
    )


def _unchanged(rows: Sequence[Row], before: Sequence[Row]) -> set[tuple[int, str]]:
    """The amounts (row, column) that were there before: whoever let them in has been asked."""
    known = {(row.table, key_of(row)): row.cells for row in before}
    cells = ((at, row, known.get((row.table, key_of(row)), {})) for at, row in enumerate(rows))
    return {(at, name) for at, row, old in cells for name in old if old[name] == row.cells.get(name)}


def _columns_named(given: Given, lists: Lists) -> list[Fault]:
    """Answers about headings that name no column of any table."""
    names = [column.name for table in TABLES for column in Lexicon(table, lists.fields).columns]
    wrong = (column for _, column in given.headings if column not in {*names, LEFT_OUT})
    return [Fault("unknown_word", "--map", params=nearest(column, dict.fromkeys(names))) for column in wrong]


def _in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults once each, by file, sheet, row and column."""

    def place(fault: Fault) -> tuple[str, str, int, int, str]:
        return (
            fault.file or "",
            fault.sheet or "",
            fault.row or 0,
            len(fault.column or ""),
            fault.column or "",
        )

    distinct = {id(fault): fault for fault in faults}.values()
    return tuple(sorted(set_of(distinct), key=place))


def _shown_names(paths: Sequence[Path]) -> list[str]:
    """Files by name, or by path where two have the same name."""
    names = [path.name for path in paths]
    return [str(path) if names.count(path.name) > 1 else path.name for path in paths]


def _same_file(paths: Sequence[Path], names: Sequence[str]) -> list[Fault]:
    first: dict[Path, str] = {}
    faults = []
    for path, name in zip(paths, names, strict=True):
        if first.setdefault(path.resolve(), name) and list(first).index(path.resolve()) < len(first) - 1:
            faults.append(Fault("file_twice", name))
    return faults


def _gathered(files: Sequence[Understood]) -> tuple[list[Row], Reasons, set[tuple[int, str]]]:
    """All rows, the reasons against them, and the amounts (row, column) whose unit somebody has said; a
    fault of a sheet is one of every row of it."""
    rows: list[Row] = []
    refused: Reasons = {}
    sure: set[tuple[int, str]] = set()
    for each in files:
        for found in each.converted:
            blocking = each.blocking + found.layout.faults
            for at, row in enumerate(found.rows):
                reasons = [*blocking, *found.faults.get(at, ())]
                if reasons:
                    refused[len(rows)] = reasons
                answered = each.answers is not None and each.answers.unit is not None
                said = (name for name in row.cells if answered or (row.line, name) in found.own_unit)
                sure.update((len(rows), name) for name in said)
                rows.append(row)
    return rows, refused, sure


def _report(each: Understood, rows: Sequence[Row], refused: Mapping[int, object]) -> FileReport:
    own = [(at, row) for at, row in enumerate(rows) if row.file == each.file and row.sheet]
    taken = [row for at, row in own if at not in refused]
    left_out = tuple(line for found in each.converted for line in found.left_out)
    return FileReport(
        each.file,
        each.sender,
        tuple((found.layout.sheet.name, found.layout.table) for found in each.converted),
        each.other_sheets,
        left_out,
        sum(found.layout.sheet.formulas for found in each.converted),
        sum(found.unscored for found in each.converted),
        len(taken),
        len(own) - len(taken),
        tuple(dict.fromkeys(row.project for row in taken if row.table == "register")),
        sum(found.ask_mvnd for found in totals([], taken, [])),
    )
