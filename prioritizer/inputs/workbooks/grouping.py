"""Rows of one sheet that name the same unknown project are one thing to mend, and are told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.checking import Reasons
from prioritizer.inputs.workbooks.sheet import Row

_LINES = 12  # that are named


def tell_once(rows: Sequence[Row], refused: Reasons) -> None:
    """Put one fault in the place of those that several rows of a sheet have for the same unknown project.

    Where an id stands twice in the same file, one of its rows may well be that project: it is to be mended
    first.
    """
    places: dict[tuple[str, str | None, str, str], dict[int, Fault]] = {}
    for at, faults in refused.items():
        for fault in faults:
            if fault.code == "unknown_project":
                key = (rows[at].file, rows[at].sheet, rows[at].table, rows[at].project.casefold())
                places.setdefault(key, {})[at] = fault
    twice = _twice(rows, refused)
    for (file, *_), found in places.items():
        if len(found) > 1:
            _share(rows, refused, found, twice.get(file, ()))


def _share(rows: Sequence[Row], refused: Reasons, found: Mapping[int, Fault], twice: Sequence[Row]) -> None:
    ordered = sorted(found, key=lambda at: rows[at].line)
    lines = ", ".join(str(rows[at].line) for at in ordered[:_LINES])
    told = {"count": len(found), "lines": lines + (", …" if len(found) > _LINES else "")}
    code, first = "unknown_project_rows", found[ordered[0]]
    if twice:
        code = "unknown_project_beside_twice"
        told |= {"twice": twice[0].project, "places": "; ".join(row.place("id") for row in twice[:4])}
    shared = Fault(code, first.file, first.row, first.column, {**first.params, **told}, first.sheet)
    for at, fault in found.items():
        refused[at] = [shared if each is fault else each for each in refused[at]]


def _twice(rows: Sequence[Row], refused: Reasons) -> dict[str, list[Row]]:
    """By file, the rows of the first project id that stands in it more than once."""
    found: dict[str, dict[str, list[Row]]] = {}
    for at in sorted(refused, key=lambda at: rows[at].line):
        if any(fault.code == "project_twice" for fault in refused[at]):
            found.setdefault(rows[at].file, {}).setdefault(rows[at].project.casefold(), []).append(rows[at])
    several = {file: [own for own in ids.values() if len(own) > 1] for file, ids in found.items()}
    return {file: own[0] for file, own in several.items() if own}
