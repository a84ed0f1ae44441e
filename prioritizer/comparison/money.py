"""Who gets how much in every scenario: project by project, and by ministry, class and technology."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from prioritizer.comparison.nouns import Field, GroupLine, Numbers, ProjectLine
from prioritizer.model import CLASSES, Case, Ints
from prioritizer.results import Evaluation

_Sums = dict[str, tuple[int, int, int]]  # by folded id: projects listed and funded, million VND


def project_lines(evaluations: Sequence[Evaluation]) -> tuple[ProjectLine, ...]:
    """Every project that some scenario lists, by id; ids are the same whatever their capitals."""
    places = [{name.casefold(): row for row, name in enumerate(e.case.register.ids)} for e in evaluations]
    names = {name.casefold(): name for e in reversed(evaluations) for name in e.case.register.ids}
    return tuple(
        _project(names[key], evaluations, tuple(place.get(key) for place in places)) for key in sorted(names)
    )


def _project(name: str, evaluations: Sequence[Evaluation], rows: Numbers) -> ProjectLine:
    return ProjectLine(
        name,
        rows,
        _at(rows, [each.scores.value_e4 for each in evaluations]),
        _at(rows, [each.scores.rank for each in evaluations]),
        _at(rows, [each.plan.amount_mvnd if each.plan.found else None for each in evaluations]),
    )


def _at(rows: Numbers, columns: Sequence[Ints | None]) -> Numbers:
    return tuple(
        None if row is None or column is None else int(column[row])
        for row, column in zip(rows, columns, strict=True)
    )


def lines_by(field: Field, evaluations: Sequence[Evaluation]) -> tuple[GroupLine, ...]:
    """The money by one field of the projects; projects are counted as their own scenario has the field."""
    sums = [_sums(field, each) for each in evaluations]
    found = {key for each in sums for key in each}
    named = _names(field, [each.case for each in evaluations])
    known = [key for key in named if key in found] + sorted(found - set(named))
    return tuple(_group(field, named.get(key, key), sums, key, evaluations) for key in known)


def _group(
    field: Field, name: str, sums: Sequence[_Sums], key: str, evaluations: Sequence[Evaluation]
) -> GroupLine:
    own = [each.get(key) for each in sums]
    plans = [each.plan.found for each in evaluations]
    listed, funded, amounts = (
        tuple(
            None if each is None or (part and not planned) else each[part]
            for each, planned in zip(own, plans, strict=True)
        )
        for part in range(3)
    )
    return GroupLine(field, name, listed, funded, amounts)


def _sums(field: Field, evaluation: Evaluation) -> _Sums:
    column, amount = evaluation.case.register.columns.get(field), evaluation.plan.amount_mvnd
    if column is None:
        return {"": (len(amount), int((amount > 0).sum()), int(amount.sum()))} if len(amount) else {}
    found: _Sums = {}
    for code in np.unique(column.codes).tolist():
        own, key = amount[column.codes == code], column.levels[code].casefold()
        before = found.get(key, (0, 0, 0))
        sums = len(own), int((own > 0).sum()), int(own.sum())
        found[key] = (before[0] + sums[0], before[1] + sums[1], before[2] + sums[2])
    return found


def _names(field: Field, cases: Sequence[Case]) -> dict[str, str]:
    """The known ids of a field by their folded form, in their order: of bodies as the lists have them, where
    lists differ by the foremost place that one gives."""
    if field == "class":
        return {name: name for name in CLASSES}
    lists = [
        [body.id for body in case.ministries.bodies]
        if field == "ministry"
        else [technology.id for technology in case.products.technologies]
        for case in cases
    ]
    places = [(at, name.casefold(), name) for each in lists for at, name in enumerate(each)]
    named: dict[str, str] = {}
    for _, key, name in sorted(places):
        named.setdefault(key, name)
    return named
