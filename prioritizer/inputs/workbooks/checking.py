"""What is left of the rows is checked as if it had been a set of CSV files: by the readers of those files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.assessments import read_assessments
from prioritizer.inputs.costs import CostRows, align_costs, read_cost_rows
from prioritizer.inputs.register import read_register
from prioritizer.inputs.workbooks.headings import Lexicon
from prioritizer.inputs.workbooks.lists import Lists
from prioritizer.inputs.workbooks.sheet import TABLES, Row, TableName
from prioritizer.inputs.workbooks.tables import FILES, Written, write_table
from prioritizer.model import Fund

T = TypeVar("T")
_ANY_KIND = (Fund.model_validate({"id": "any", "year": "0", "amount_bn": "0"}),)
Reasons = dict[int, list[Fault]]
FOLLOWING = (
    "project_refused",
    "cost_refused",
    "costs_unattributed",
)  # what is refused only because something else is


def settle(
    rows: Sequence[Row], refused: Reasons, lists: Lists, mode: str, others: Sequence[str]
) -> dict[TableName, Written]:
    """Refuse rows until what is left can be read; the reasons are added to ``refused``. What is left, as CSV.

    ``others`` are projects known besides, where there is no row of a register.
    """
    while True:
        found = _consequences(rows, refused) or _held_back(rows, refused, others)
        tables = {} if found else _tables_of(rows, refused, lists)
        found = found or _unreadable(rows, tables, lists, mode, others)
        if not found:
            return tables
        for at, faults in found.items():
            refused.setdefault(at, []).extend(faults)


def _tables_of(rows: Sequence[Row], refused: Mapping[int, object], lists: Lists) -> dict[TableName, Written]:
    """The tables that have rows left, as CSV."""
    left: dict[TableName, list[int]] = {table: [] for table in TABLES}
    for at, row in enumerate(rows):
        if at not in refused:
            left[row.table].append(at)
    return {
        table: write_table(rows, chosen, Lexicon(table, lists.fields).columns)
        for table, chosen in left.items()
        if chosen
    }


def _consequences(rows: Sequence[Row], refused: Mapping[int, list[Fault]]) -> Reasons:
    """A project without all its costs is another project; judgements need their project."""
    by_project: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        by_project.setdefault(row.project.casefold(), []).append(at)
    found: Reasons = {}
    for at in [at for at in refused if rows[at].table != "assessments" and rows[at].project]:
        for other in by_project[rows[at].project.casefold()]:
            if other not in refused and other not in found:
                code = FOLLOWING[rows[at].table != "register"]
                column = "id" if rows[other].table == "register" else "project"
                params = {"project": rows[at].project, "place": rows[at].place()}
                found[other] = [rows[other].fault(code, column, **params)]
    return found


def _held_back(rows: Sequence[Row], refused: Reasons, others: Sequence[str]) -> Reasons:
    """Costs that are nobody's may be of any project of their file that states no ask to compare with."""
    register = {row.project.casefold(): row for row in rows if row.table == "register"}
    known = set(register) or {name.casefold() for name in others}
    stray = [at for at in refused if rows[at].table == "costs" and rows[at].project.casefold() not in known]
    stray_of = {rows[at].file: rows[at] for at in reversed(stray) if rows[at].sheet}
    costed = {(row.file, row.project.casefold()) for row in rows if row.table == "costs"}
    asked = {name for name, row in register.items() if row.cells.get("ask_bn")}
    found: Reasons = {}
    for file, lost in stray_of.items():
        for at, row in enumerate(rows):
            name = row.project.casefold()
            own = row.table != "assessments" and (row.file == file or (file, name) in costed)
            if own and at not in refused and name not in asked:
                column = "id" if row.table == "register" else "project"
                params = {"project": row.project, "place": lost.place()}
                found.setdefault(at, []).append(row.fault("costs_unattributed", column, **params))
    return found


def _unreadable(
    rows: Sequence[Row],
    tables: Mapping[TableName, Written],
    lists: Lists,
    mode: str,
    others: Sequence[str],
) -> Reasons:
    """What the readers of CSV files say about the rows left, each at its own place."""
    faults: list[Fault] = []
    ids = _read(tables, lists, mode, others, faults)
    if "assessments" in tables:
        content = tables["assessments"].content
        named = FILES["assessments"]
        _tried(lambda: read_assessments(content, named, lists.tree, ids, faults, lists.assessors), faults)
    table_of = {FILES[table]: table for table in TABLES}
    found: Reasons = {}
    for fault in faults:
        row_at = tables[table_of[str(fault.file)]].row_at
        for at in [row_at[fault.row]] if fault.row in row_at else row_at.values():
            params = {**fault.params, **_first(rows, row_at, fault)}
            found.setdefault(at, []).append(rows[at].fault(fault.code, fault.column, **params))
    return found


def _first(rows: Sequence[Row], row_at: Mapping[int, int], fault: Fault) -> dict[str, object]:
    """Faults that speak of an earlier line of the file speak of a place."""
    first = fault.params.get("first")
    return {"first": rows[row_at[first]].place()} if isinstance(first, int) and first in row_at else {}


def _read(
    tables: Mapping[TableName, Written], lists: Lists, mode: str, others: Sequence[str], faults: list[Fault]
) -> tuple[str, ...]:
    """Register and costs; the ids of the projects, the ``others`` where there is no register."""
    costs: CostRows | None = None
    if "costs" in tables:
        content = tables["costs"].content
        costs = _tried(lambda: read_cost_rows(content, FILES["costs"], faults), faults)
    ids = tuple(sorted(others))
    if "register" in tables:
        content = tables["register"].content
        register = _tried(
            lambda: read_register(
                content,
                FILES["register"],
                lists.fields,
                lists.ministries,
                lists.products,
                mode,
                faults,
                costs,
                "costs" in tables,
            ),
            faults,
        )
        ids = register.ids if register else ()
    if costs is not None:
        align_costs(costs, ids, lists.funds or _ANY_KIND, faults)
    return ids


def _tried(read: Callable[[], T], faults: list[Fault]) -> T | None:
    try:
        return read()
    except InputFaults as found:
        faults += found.faults
        return None
