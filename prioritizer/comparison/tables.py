"""Which tables and lists differ, and in which projects: registers row by row, costs and judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from prioritizer.comparison.nouns import InputDifference, ProjectLine, Role, TableDifference
from prioritizer.model import Case, Ints
from prioritizer.results import Evaluation

_SILENT, _DECLINED = -1, -2  # instead of a score
_NUMBERS = ("ask_mvnd", "given_e4", "minimum_mvnd", "cofinance_mvnd")
_TEXTS_OF_NUMBERS = ("minimum_bn", "cofinance_bn")
_IDLE = ("note", "source")


def table_differences(
    evaluations: Sequence[Evaluation], projects: Sequence[ProjectLine]
) -> tuple[tuple[TableDifference, ...], tuple[InputDifference, ...]]:
    """The tables and lists that differ, and, project by project, the columns of the register that do."""
    cases = [each.case for each in evaluations]
    changes = tuple(_register_changes(cases, projects))
    partial = tuple(line.id for line in projects if None in line.rows)
    changed = tuple(dict.fromkeys(each.id for each in changes))
    found = [
        (TableDifference("register", _digests(cases, "register"), changed, partial), changed or partial),
        *_by_project("costs", cases, projects, _costs),
        *_by_project("assessments", cases, projects, _judgements),
        (TableDifference("criteria", _digests(cases, "criteria")), _unlike(cases, "criteria")),
        (TableDifference("ministries", _digests(cases, "ministries")), _unlike(cases, "ministries")),
        (TableDifference("products", _digests(cases, "products")), _unlike(cases, "products")),
    ]
    return tuple(table for table, differs in found if differs), changes


def _digests(cases: Sequence[Case], role: Role) -> tuple[str | None, ...]:
    """The SHA-256 of every scenario's file of that role."""
    found = [{file.role: file.sha256 for file in case.inputs} for case in cases]
    return tuple(each.get(role) for each in found)


def _unlike(cases: Sequence[Case], role: Role) -> bool:
    return any(getattr(case, role) != getattr(cases[0], role) for case in cases)


# ------------------------------------------------------------------ the register


def _register_changes(cases: Sequence[Case], projects: Sequence[ProjectLine]) -> Iterator[InputDifference]:
    """The columns in which registers that list a project differ."""
    columns = dict.fromkeys(name for case in cases for name in case.register.columns)
    names = [name for name in columns if name not in (*_TEXTS_OF_NUMBERS, *_IDLE)]
    tables = {name: [_column(case, name) for case in cases] for name in (*_NUMBERS, *names)}
    for line in projects:
        for name, table in tables.items():
            given = tuple(
                None if row is None else own[row] for row, own in zip(line.rows, table, strict=True)
            )
            listed = {each for each, row in zip(given, line.rows, strict=True) if row is not None}
            if len(listed) > 1:
                yield InputDifference("register", line.id, name, given)


def _column(case: Case, name: str) -> list[Any]:
    """A column, ``None`` where it says nothing; whatever capitals its words have."""
    register = case.register
    if name in _NUMBERS:
        numbers: Ints | None = getattr(register, name)
        rule = name in ("minimum_mvnd", "cofinance_mvnd")
        if numbers is None:
            return [None] * len(register)
        return [None if rule and not each else each for each in numbers.tolist()]
    column = register.columns.get(name)
    if column is None:
        return [None] * len(register)
    default = "flexible" if name == "funding" else None
    return [text or default for text in column.texts()]


# ------------------------------------------------------------------ tables with rows of projects


def _by_project(
    role: Role,
    cases: Sequence[Case],
    projects: Sequence[ProjectLine],
    contents: Callable[[Sequence[Case], Sequence[ProjectLine]], list[list[Any]]],
) -> Iterator[tuple[TableDifference, bool]]:
    """The projects whose rows differ between scenarios that list them."""
    digests = _digests(cases, role)
    given = {(getattr(case, "costs_by_kind" if role == "costs" else role) is None) for case in cases}
    tables = contents(cases, projects)
    changed = [
        line.id
        for at, line in enumerate(projects)
        if len({own[at] for own, row in zip(tables, line.rows, strict=True) if row is not None}) > 1
    ]
    yield TableDifference(role, digests, tuple(changed)), bool(changed) or len(given) > 1


def _costs(cases: Sequence[Case], projects: Sequence[ProjectLine]) -> list[list[Any]]:
    """By case and project: what it costs by milestone, year and kind, and the milestones' shares."""
    return [_costs_of(case, [line.rows[at] for line in projects]) for at, case in enumerate(cases)]


def _costs_of(case: Case, rows: Sequence[int | None]) -> list[Any]:
    if case.costs_by_kind is None:
        return [None] * len(rows)
    costs, found = case.costs_by_kind, dict[int, list[tuple[Any, ...]]]()
    labels = zip(costs.project.tolist(), costs.milestone.tolist(), strict=True)
    cells = zip(labels, costs.year.texts(), costs.kind.texts(), costs.cost_mvnd.tolist(), strict=True)
    for (row, milestone), year, kind, cost in cells:
        share = costs.value_share.get((row, milestone))
        found.setdefault(row, []).append((milestone, year, kind, cost, share))
    return [None if row is None else tuple(sorted(found.get(row, []), key=str)) for row in rows]


def _judgements(cases: Sequence[Case], projects: Sequence[ProjectLine]) -> list[list[Any]]:
    """By case and project: the judgements of all assessors on all leaves, as bytes that equal ones share."""
    held = [(case, case.assessments) for case in cases]
    people = sorted({name.casefold() for _, each in held if each for name in each.assessors})
    leaves = sorted({leaf.id for case in cases if case.criteria for leaf in case.criteria.leaves})
    codes: dict[Fraction | str, int] = {}
    return [
        _judged(case, people, leaves, codes, [line.rows[at] for line in projects])
        for at, case in enumerate(cases)
    ]


def _judged(
    case: Case,
    people: Sequence[str],
    leaves: Sequence[str],
    codes: dict[Fraction | str, int],
    rows: Sequence[int | None],
) -> list[Any]:
    """``codes`` has a number for every score and category met so far, and grows."""
    held, tree = case.assessments, case.criteria
    if held is None or tree is None:
        return [None] * len(rows)
    table = np.full((len(case.register), len(leaves), len(people), 2), _SILENT, dtype=np.int64)
    for at, leaf in enumerate(tree.leaves):
        names = held.levels if leaf.scale else [level.category or "" for level in leaf.levels]
        numbers = np.array([codes.setdefault(name, len(codes)) for name in names] + [_SILENT])
        for who, person in enumerate(held.assessors):
            own = table[:, leaves.index(leaf.id), people.index(person.casefold())]
            own[:, 0], own[:, 1] = numbers[held.low[who, at]], numbers[held.high[who, at]]
            if held.abstained is not None:
                own[held.abstained[who, at]] = _DECLINED
    return [None if row is None else table[row].tobytes() for row in rows]
