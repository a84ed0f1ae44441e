"""Control totals per ministry, and what is different from the import before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prioritizer.errors import Misread
from prioritizer.inputs.workbooks.sheet import Row, TableName
from prioritizer.inputs.workbooks.tables import key_of
from prioritizer.money import read_amount_mvnd


@dataclass(frozen=True)
class Total:
    """A ministry's projects and what they ask for, in million VND, before and after; 0 where it had none."""

    ministry: str
    rows_before: int
    rows: int
    ask_before_mvnd: int
    ask_mvnd: int


@dataclass(frozen=True)
class Change:
    """What is different: a row ``added`` or ``removed``, or one cell ``changed``."""

    kind: str
    table: TableName
    key: tuple[str, ...]
    column: str = ""
    before: str = ""
    after: str = ""


def totals(before: Sequence[Row], after: Sequence[Row], order: Sequence[str]) -> tuple[Total, ...]:
    """The totals of every ministry that had or has projects, in protocol order."""
    old, new = _by_ministry(before), _by_ministry(after)
    known = [*order, *sorted({*old, *new} - {*order})]
    none = (0, 0)
    return tuple(
        Total(body, *(side.get(body, none)[part] for part in (0, 1) for side in (old, new)))
        for body in known
        if body in old or body in new
    )


def _by_ministry(rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """The number of projects and the sum of their asks; a blank ask is the sum of the project's costs."""
    rows = list(rows)
    costs: dict[str, int] = {}
    for row in rows:
        if row.table == "costs":
            costs[row.project.casefold()] = costs.get(row.project.casefold(), 0) + _mvnd(row, "amount_bn")
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.table == "register":
            count, ask = found.get(row.cells.get("ministry", ""), (0, 0))
            own = _mvnd(row, "ask_bn") or costs.get(row.project.casefold(), 0)
            found[row.cells.get("ministry", "")] = count + 1, ask + own
    return found


def _mvnd(row: Row, column: str) -> int:
    try:
        return read_amount_mvnd(row.cells.get(column, ""))
    except Misread:
        return 0


def changes(before: Sequence[Row], after: Sequence[Row]) -> tuple[Change, ...]:
    """Every difference, by table and key."""
    old, new = ({(row.table, key_of(row)): row for row in rows} for rows in (before, after))
    found: list[Change] = []
    for place in sorted({*old, *new}):
        if place not in new:
            found.append(Change("removed", place[0], _shown(old[place])))
        elif place not in old:
            found.append(Change("added", place[0], _shown(new[place])))
        else:
            found += _of_cells(old[place], new[place])
    return tuple(found)


def _shown(row: Row) -> tuple[str, ...]:
    names = {"register": ("id",), "costs": ("project", "year", "kind", "milestone")}
    chosen = names.get(row.table, ("project", "criterion", "assessor"))
    return tuple(text for text in (row.cells.get(name, "") for name in chosen) if text)


def _of_cells(old: Row, new: Row) -> list[Change]:
    names = dict.fromkeys((*old.cells, *new.cells))
    pairs = ((name, old.cells.get(name, ""), new.cells.get(name, "")) for name in names)
    return [
        Change("changed", old.table, _shown(new), name, before, after)
        for name, before, after in pairs
        if before != after
    ]
