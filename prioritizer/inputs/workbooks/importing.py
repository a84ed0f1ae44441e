"""From ministries' and assessors' workbooks to one set of tables, every fault on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prioritizer.errors import Fault, InputFaults, set_of
from prioritizer.inputs.workbooks.answering import strange_answers
from prioritizer.inputs.workbooks.answers import MEMORY, Given, kept, memory_bytes, read_memory
from prioritizer.inputs.workbooks.changes import Change, Total, changes, totals
from prioritizer.inputs.workbooks.checking import Reasons, settle
from prioritizer.inputs.workbooks.doubts import unit_doubts
from prioritizer.inputs.workbooks.grouping import tell_once
from prioritizer.inputs.workbooks.headings import Lexicon
from prioritizer.inputs.workbooks.home import Home
from prioritizer.inputs.workbooks.keeping import (
    Kept,
    kept_of,
    refuse_withdrawn,
    standing,
    unknown_dropped,
    without,
)
from prioritizer.inputs.workbooks.lists import Lists, read_lists
from prioritizer.inputs.workbooks.merging import refuse_between, spelled_alike
from prioritizer.inputs.workbooks.opening import open_workbooks
from prioritizer.inputs.workbooks.reporting import FileReport, report
from prioritizer.inputs.workbooks.sheet import TABLES, Row, Sheet, TableName
from prioritizer.inputs.workbooks.tables import Written, key_of, write_table
from prioritizer.inputs.workbooks.understanding import Understood, understand
from prioritizer.inputs.workbooks.years import Years

__all__ = ["FileReport", "Imported", "Refused", "bring_opened", "bring_together", "import_workbooks"]

MEMORY_HEAD = (
    "Trả lời đã xác nhận khi nhập tệp của từng bộ, cơ quan; lần nhập sau không hỏi lại.",
    "What has been confirmed about each body's files; the next import does not ask again.",
)


@dataclass(frozen=True)
class Refused:
    """A row that is not taken, and all that is wrong with it."""

    row: Row
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Imported:
    """The outcome of an import: what would be written (``files`` by name), and the report on it.

    ``faults`` are all that was found; where there is any, nothing is written unless somebody accepts that
    the ``refused`` rows are left out. ``confirmed`` are amounts that would have been asked about, had nobody
    said that they are right.
    """

    files: Mapping[str, bytes]
    reports: tuple[FileReport, ...]
    totals: tuple[Total, ...]
    changes: tuple[Change, ...]
    refused: tuple[Refused, ...]
    faults: tuple[Fault, ...]
    first: bool
    rows: Mapping[TableName, int] = field(default_factory=dict)
    kept: tuple[Kept, ...] = ()
    unfunded_years: tuple[tuple[str, int], ...] = ()
    confirmed: tuple[Fault, ...] = ()


def import_workbooks(
    paths: Sequence[Path], folder: Path, lists: Lists, given: Given, mode: str, dropped: Sequence[str] = ()
) -> Imported:
    """Read, check and merge workbooks with what ``folder`` holds; nothing is written here.

    A file replaces what its own ministry or assessor sent before; the rest stays, but for the ``dropped``.
    Raises :class:`~prioritizer.errors.InputFaults` where the folder's own files cannot be read.
    """
    paths, again = _once(paths)
    opened = dict(sorted(zip(_shown_names(paths), open_workbooks(paths), strict=True)))
    strange = [*strange_answers(given, lists, opened), *again]
    return bring_together(opened, Home(folder), lists, given, mode, dropped, strange)


def bring_together(
    opened: Mapping[str, list[Sheet] | InputFaults],
    home: Home,
    lists: Lists,
    given: Given,
    mode: str,
    dropped: Sequence[str] = (),
    strange: Sequence[Fault] = (),
) -> Imported:
    """Check and merge workbooks that have been opened, by the names they are shown under, with the tables at
    ``home``; ``strange`` is what is wrong with the answers. Nothing is written, and nothing given is changed.

    Raises :class:`~prioritizer.errors.InputFaults` where the tables there cannot be read.
    """
    memory, before = read_memory(home.folder), home.rows()
    files = [
        understand(name, sheets, lists, given, memory).only([*home.names])
        for name, sheets in sorted(opened.items())
    ]
    loose = [
        *strange,
        *unknown_dropped(before, dropped),
        *(fault for each in files for fault in each.faults),
    ]
    rows, refused, sure = _gathered(files)
    stands = standing(without(before, dropped), rows, {each.file: _tables(each) for each in files})
    kept_rows = kept_of(stands, rows)
    rows = spelled_alike([*rows, *stands])
    sure |= _unchanged(rows, before)
    doubts, confirmed = _doubts(rows, sure, _confirmed(files), lists.envelope_mvnd)
    for at, faults in doubts.items():
        refused.setdefault(at, []).extend(faults)
    refuse_between(rows, refused, mode)
    refuse_withdrawn(rows, before, refused)
    tables = settle(rows, refused, lists, mode, lists.projects)
    tables |= _emptied(before, tables, lists)
    tell_once(rows, refused)
    left = [row for at, row in enumerate(rows) if at not in refused]
    answers = kept(memory, [(each.sender, each.answers) for each in files if each.answers])
    order = [body.id for body in lists.ministries.bodies]
    return Imported(
        {home.names[table]: each.content for table, each in tables.items()}
        | {MEMORY: memory_bytes(answers, MEMORY_HEAD)},
        tuple(report(each, rows, refused, answers) for each in files),
        totals(before, left, order),
        changes(before, left),
        tuple(Refused(rows[at], tuple(faults)) for at, faults in sorted(refused.items())),
        _in_order([*loose, *(fault for faults in refused.values() for fault in faults)]),
        not before,
        {table: sum(row.table == table for row in left) for table in TABLES},
        kept_rows,
        Years([fund.year for fund in lists.funds]).unfunded(left),
        confirmed,
    )


def _emptied(
    before: Sequence[Row], tables: Mapping[TableName, Written], lists: Lists
) -> dict[TableName, Written]:
    """The tables that had rows and have none any more: their headings alone."""
    had = {row.table for row in before} - {*tables}
    return {table: write_table([], [], Lexicon(table, lists.fields).columns) for table in sorted(had)}


def _tables(file: Understood) -> set[TableName]:
    """The tables that the file has a sheet of."""
    return {found.layout.table for found in file.converted}


def _unchanged(rows: Sequence[Row], before: Sequence[Row]) -> set[tuple[int, str]]:
    """The amounts (row, column) that were there before: whoever let them in has been asked."""
    known = {(row.table, key_of(row)): row.cells for row in before}
    cells = ((at, row, known.get((row.table, key_of(row)), {})) for at, row in enumerate(rows))
    return {(at, name) for at, row, old in cells for name in old if old[name] == row.cells.get(name)}


def bring_opened(
    opened: Mapping[str, list[Sheet] | tuple[Fault, ...]],
    home: Home,
    scenario: Path,
    given: Given,
    mode: str,
    dropped: Sequence[str] = (),
) -> Imported:
    """As :func:`bring_together` for the lists of a scenario; all that goes in and comes out can be sent to
    another process. Of a file that could not be opened there are the faults."""
    files = {name: InputFaults(each) if isinstance(each, tuple) else each for name, each in opened.items()}
    return bring_together(files, home, read_lists(scenario), given, mode, dropped)


def _confirmed(files: Sequence[Understood]) -> set[str]:
    """The files whose amounts are taken though they are unlike the others."""
    return {each.file for each in files if each.confirmed}


def _doubts(
    rows: Sequence[Row], sure: set[tuple[int, str]], confirmed: set[str], envelope_mvnd: int | None
) -> tuple[Mapping[int, list[Fault]], tuple[Fault, ...]]:
    """What to ask about amounts, by row; and what there would be to ask in files whose amounts somebody has
    ``confirmed``."""
    found = unit_doubts(rows, sure, envelope_mvnd)
    ours = {at: faults for at, faults in found.items() if rows[at].file in confirmed and rows[at].sheet}
    asked = {at: faults for at, faults in found.items() if at not in ours}
    return asked, _in_order([fault for faults in ours.values() for fault in faults])


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


def _once(paths: Sequence[Path]) -> tuple[list[Path], list[Fault]]:
    """The files without those that are named again, by any of their paths, and a fault for each of these."""
    first: dict[Path, Path] = {}
    for path in paths:
        first.setdefault(path.resolve(), path)
    counts = Counter(path.resolve() for path in paths)
    again = [Fault("file_twice", first[path].name) for path, count in counts.items() if count > 1]
    return sorted(first.values()), again


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
                said = (name for name in row.cells if (row.line, name) in found.own_unit)
                sure.update((len(rows), name) for name in said)
                rows.append(row)
    return rows, refused, sure
