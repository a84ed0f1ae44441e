"""Many files at once: what only shows when they lie side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.checking import Reasons
from prioritizer.inputs.workbooks.sheet import Row
from prioritizer.inputs.workbooks.tables import key_of
from prioritizer.model import STATE_SECRETS

_TWICE = {
    "register": ("project_twice", "id"),
    "costs": ("cost_twice", "project"),
    "assessments": ("judgement_twice", "criterion"),
}


def refuse_between(rows: Sequence[Row], refused: Reasons, mode: str) -> None:
    """Add to ``refused`` the rows that contradict others, and files with State secrets on a networked
    machine.

    Of rows that claim the same place none is taken: which one is right is for people to say.
    """
    for at, fault in (*_twice(rows), *_of_other_ministries(rows), *_secrets(rows, mode)):
        refused.setdefault(at, []).append(fault)


def spelled_alike(rows: Sequence[Row]) -> list[Row]:
    """The rows with the ids of projects as the register spells them, whatever their capitals."""
    spelled = {row.project.casefold(): row.project for row in rows if row.table == "register"}
    return [
        row
        if row.table == "register" or spelled.get(row.project.casefold(), row.project) == row.project
        else replace(row, cells={**row.cells, "project": spelled[row.project.casefold()]})
        for row in rows
    ]


def _twice(rows: Sequence[Row]) -> Iterator[tuple[int, Fault]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for at, row in enumerate(rows):
        if row.project:
            places.setdefault((row.table, *key_of(row)), []).append(at)
    for found in places.values():
        for at in found if len(found) > 1 else ():
            code, column = _TWICE[rows[at].table]
            other = next(rows[each] for each in found if each != at)
            key = " · ".join(part for part in key_of(rows[at]) if part)
            params = {"id": rows[at].project, "key": key, "other": other.place(column)}
            yield at, rows[at].fault(code, column, **params)


def _of_other_ministries(rows: Sequence[Row]) -> Iterator[tuple[int, Fault]]:
    """Projects of another ministry in a file that is plainly one ministry's: two rows in three or more."""
    owners = {file: senders_of(rows, file) for file in {row.file for row in rows if row.sheet}}
    for at, row in enumerate(rows):
        owner = owners.get(row.file) if row.table == "register" and row.sheet else None
        body = row.cells.get("ministry", "")
        if owner and body and body != owner:
            yield at, row.fault("project_of_other_ministry", "ministry", owner=owner, ministry=body)


def senders_of(rows: Sequence[Row], file: str) -> str | None:
    """The ministry that a file's projects are of, if it is plainly one's."""
    bodies = Counter(
        row.cells.get("ministry", "")
        for row in rows
        if row.file == file and row.table == "register" and row.sheet is not None
    )
    del bodies[""]
    if not bodies:
        return None
    body, count = min(bodies.items(), key=lambda each: (-each[1], each[0]))
    return body if 3 * count >= 2 * bodies.total() else None


def _secrets(rows: Sequence[Row], mode: str) -> Iterator[tuple[int, Fault]]:
    """All rows of a file that holds a State secret: the file should not be on this machine."""
    if mode == "isolated":
        return
    secret: Mapping[str, Row] = {
        row.file: row for row in rows if row.table == "register" and row.cells.get("secrecy") in STATE_SECRETS
    }
    for at, row in enumerate(rows):
        if row.file in secret:
            yield at, secret[row.file].fault("state_secret_on_network", "secrecy")
