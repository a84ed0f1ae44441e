"""What an import leaves as it was: a sender's rows are replaced by newer files of the same sender alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from prioritizer.errors import Fault
from prioritizer.inputs.tables import nearest
from prioritizer.inputs.workbooks.checking import Reasons
from prioritizer.inputs.workbooks.merging import senders_of
from prioritizer.inputs.workbooks.sheet import Row, TableName


@dataclass(frozen=True)
class Kept:
    """What stays of a sender (a ministry or an assessor) as it was: its projects, its judgements; or, where
    its new file has projects but no sheet of costs, its rows of costs."""

    sender: str
    projects: int
    judgements: int
    costs: int = 0


def without(before: Sequence[Row], dropped: Sequence[str]) -> list[Row]:
    """The rows but those of the senders to be dropped; a project goes with its costs and judgements."""
    names, owner = {name.casefold() for name in dropped}, _owners(before)
    return [
        row
        for row in before
        if _sender(row, owner) not in names and owner.get(row.project.casefold()) not in names
    ]


def unknown_dropped(before: Sequence[Row], dropped: Sequence[str]) -> list[Fault]:
    """Senders to be dropped of whom nothing is there."""
    spelled = {text.casefold(): text for row in before if (text := _named(row))}
    return [
        Fault("drop_unknown", "--drop", params=nearest(name, spelled.values()))
        for name in dropped
        if name.casefold() not in spelled
    ]


def standing(
    before: Sequence[Row], rows: Sequence[Row], sheets: Mapping[str, AbstractSet[TableName]]
) -> list[Row]:
    """The rows from before that no file replaces; with a project that is no longer sent its costs go too.

    ``rows`` are those of the files, ``sheets`` the tables that each file has a sheet of, be it empty.
    """
    owner = {**_owners(rows), **_owners(before)}
    sent = {
        (table, body)
        for file, tables in sheets.items()
        for body in _bodies(rows, file, owner)
        for table in tables
    }
    sent |= {(row.table, _sender(row, owner)) for row in rows if row.table == "assessments"}
    costed = {row.project.casefold() for row in rows if row.table == "costs"}
    kept = [row for row in before if (row.table, _sender(row, owner)) not in sent]
    listed = {row.project.casefold() for row in (*rows, *kept) if row.table == "register"}
    gone = {row.project.casefold() for row in before if row.table == "register"} - listed
    return [row for row in kept if row.table != "costs" or row.project.casefold() not in costed | gone]


def refuse_withdrawn(rows: Sequence[Row], before: Sequence[Row], refused: Reasons) -> None:
    """Add to ``refused`` what stays of projects that their ministry's newer file no longer has: one fault a
    project, since one answer settles all of its rows."""
    listed = {row.project.casefold() for row in rows if row.table == "register"}
    gone = {row.project.casefold(): row for row in before if row.table == "register"}
    left: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        project = row.project.casefold()
        if row.sheet is None and project in gone and project not in listed:
            left.setdefault(project, []).append(at)
    for project, found in left.items():
        named = {"project": gone[project].project, "ministry": _named(gone[project])}
        params = {**named, "judgements": len(found)}
        fault = Fault("project_withdrawn", gone[project].file, gone[project].line, "id", params)
        for at in found:
            refused.setdefault(at, []).append(fault)


def kept_of(rows: Sequence[Row], files: Sequence[Row]) -> tuple[Kept, ...]:
    """What of the ``rows`` stays though no row of the ``files`` is like it: of ministries, then of assessors,
    by id."""
    owner, sent = _owners((*rows, *files)), {_named(row).casefold() for row in files}
    spelled = {_named(row).casefold(): _named(row) for row in (*rows, *files)}
    counts = Counter((row.table, _sender(row, owner)) for row in rows)
    found = [
        *(Kept(spelled[body], count, 0) for (table, body), count in counts.items() if table == "register"),
        *(Kept(spelled[who], 0, count) for (table, who), count in counts.items() if table == "assessments"),
    ]
    costs = [
        Kept(spelled[body], 0, 0, count)
        for (table, body), count in counts.items()
        if table == "costs" and body in sent
    ]
    absent = [each for each in found if each.sender and each.sender.casefold() not in sent]
    return tuple(sorted((*absent, *costs), key=lambda each: (not each.projects, not each.costs, each.sender)))


def _owners(rows: Sequence[Row]) -> dict[str, str]:
    """The ministry of every project, both without capitals."""
    return {row.project.casefold(): _named(row).casefold() for row in rows if row.table == "register"}


def _sender(row: Row, owner: Mapping[str, str]) -> str:
    """Whose row it is: the project's ministry, or the assessor."""
    return owner.get(row.project.casefold(), "") if row.table == "costs" else _named(row).casefold()


def _named(row: Row) -> str:
    """The ministry or assessor that the row itself names."""
    column = {"register": "ministry", "assessments": "assessor"}.get(row.table, "")
    return row.cells.get(column, "")


def _bodies(rows: Sequence[Row], file: str, owner: Mapping[str, str]) -> Iterator[str]:
    """The ministries whose file it is: the one that it is plainly of, else all whose projects it has."""
    plainly = senders_of(rows, file)
    own = (row for row in rows if row.file == file and row.table != "assessments")
    found = {plainly.casefold()} if plainly else {_sender(row, owner) for row in own}
    yield from sorted(found - {""})
