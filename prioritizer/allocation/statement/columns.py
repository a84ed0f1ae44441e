"""From places to columns: one for all cells of a project, or of its milestone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.program import SAFE, Formulation, Program, Row
from prioritizer.allocation.statement.places import Statement, narrow, summed
from prioritizer.model import Ints


def joined(s: Statement, rows: list[Row]) -> Formulation:
    """The places and the columns that hold them: one for all cells of a project, or of its milestone."""
    cells = s.demand
    for row in np.flatnonzero(s.is_whole).tolist():
        s.yes_of(row)  # every whole project has an answer, whether a rule asks for it or not
    many = int(cells.milestone.max(initial=0)) + 1
    _, first, of_cell = np.unique(
        cells.project * many + cells.milestone, return_index=True, return_inverse=True
    )
    further = np.full(len(s.names), -1)
    ledger = _ledger(s, rows)
    if len(first) == len(of_cell) and not s.is_whole.any():
        places, project_of = np.arange(len(ledger.columns)), np.concatenate([cells.project, further])
        per_unit = np.concatenate([cells.funded.astype(np.int64), np.zeros_like(further)])
        return Formulation(
            ledger, ledger, places, np.ones_like(places), project_of, per_unit, cells, s.lacks, s.selected
        )
    whole = s.is_whole[cells.project[first]]
    units = np.where(whole, 1, np.maximum(1, np.gcd.reduceat(cells.cost_mvnd, first)))
    column_of, names = _columns(s, first, of_cell)
    times = np.concatenate([cells.cost_mvnd // units[of_cell], np.ones_like(further)])
    paid = summed(s.paid_mvnd, of_cell, len(first)) // units
    program = _gathered(ledger, column_of, times, names)
    project_of = np.concatenate([cells.project[first], np.full(len(names) - len(first), -1)])
    per_unit = np.concatenate([paid, np.zeros(len(names) - len(first), dtype=np.int64)])
    return Formulation(program, ledger, column_of, times, project_of, per_unit, cells, s.lacks, s.selected)


def _ledger(s: Statement, rows: list[Row]) -> Program:
    cells, num, den = len(s.upper), *s.gain
    upper = np.concatenate([s.upper, np.array([upper for upper, _, _ in s.further], dtype=np.int64)])
    if s.further:
        gains = [gain for _, gain, _ in s.further]
        num = narrow(np.concatenate([num.astype(object), [gain.numerator for gain in gains]]))
        den = narrow(np.concatenate([den.astype(object), [gain.denominator for gain in gains]]))
    whole = np.array([False] * cells + [whole for _, _, whole in s.further])
    return Program((*_cell_names(s), *s.names), upper, num, den, tuple(rows), whole)


def _cell_names(s: Statement) -> list[str]:
    ids, cells = s.case.register.ids, s.demand
    if len(cells.cost_mvnd) == len(ids):
        return [f"pay[{name}]" for name in ids]
    labels = [[str(each) if each else "" for each in cells.milestone.tolist()]]
    labels += [
        [words[code] for code in codes.tolist()]
        for words, codes in ((cells.years, cells.year), (cells.kinds, cells.kind))
    ]
    of_project = [ids[row] for row in cells.project.tolist()]
    return [f"pay[{','.join(filter(None, each))}]" for each in zip(of_project, *labels, strict=True)]


def _columns(s: Statement, first: Ints, of_cell: Ints) -> tuple[Ints, list[str]]:
    """The column of every place, and the columns' names. A whole project's answer is its money's column."""
    ids, cells = s.case.register.ids, s.demand
    names = [
        f"pay[{ids[row]},{milestone}]" if milestone else f"pay[{ids[row]}]"
        for row, milestone in zip(cells.project[first].tolist(), cells.milestone[first].tolist(), strict=True)
    ]
    start = dict(zip(cells.project[first].tolist(), range(len(first)), strict=True))
    answers = {place: start[row] for row, place in s.yes.items() if s.is_whole[row]}
    column_of = of_cell.tolist()
    for place, name in enumerate(s.names, len(of_cell)):
        column_of.append(answers.get(place, len(names)))
        if place not in answers:
            names.append(name)
    return np.array(column_of, dtype=np.int64), names


def _gathered(ledger: Program, column_of: Ints, times: Ints, names: list[str]) -> Program:
    """The ledger's rows over columns."""
    count = len(names)
    upper, whole = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool)
    held = times > 0
    upper[column_of[held]] = ledger.upper[held] // times[held]
    np.logical_or.at(whole, column_of, ledger.whole)
    gain: list[Fraction] = [Fraction(0)] * count
    worth = zip(column_of.tolist(), times.tolist(), ledger.gain_num, ledger.gain_den, strict=True)
    for column, many, num, den in worth:
        if num:
            gain[column] += Fraction(int(num) * many, int(den))
    num = narrow(np.array([each.numerator for each in gain], dtype=object))
    den = narrow(np.array([each.denominator for each in gain], dtype=object))
    rows = tuple(_over_columns(row, column_of, times, count) for row in ledger.rows)
    return Program(tuple(names), upper, num, den, rows, whole)


def _over_columns(row: Row, column_of: Ints, times: Ints, count: int) -> Row:
    size = row.largest * int(times[row.columns].max(initial=0)) * max(1, len(row.columns))
    dtype: type = np.int64 if size < SAFE else object
    total: npt.NDArray[Any] = np.zeros(count, dtype=dtype)
    np.add.at(total, column_of[row.columns], row.coefs.astype(dtype) * times[row.columns].astype(dtype))
    columns = np.flatnonzero(total)
    return Row(row.name, columns, total[columns], row.lower, row.upper)
