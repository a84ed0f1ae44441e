"""Programs of one case at several budgets, side by side as one program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.allocation.demand import Demand
from prioritizer.allocation.program import FREE, Formulation, Program, Row
from prioritizer.model import Ints

Joint = tuple[int, int]  # a step, and a column that may hold no more there than at the next step


def stacked(
    forms: Sequence[Formulation], weights: Sequence[Fraction], joints: Sequence[Joint]
) -> Formulation:
    """All steps as one formulation, gains times their weights, with the rows that join them.

    ``forms`` differ in their bounds alone. Column *c* of step *s* is ``s·columns + c``; of the places, the
    cells of all steps come first.
    """
    steps, columns = len(forms), len(forms[0].program.columns)
    across = [np.arange(columns) + at * columns for at in range(steps)]
    places = [_places(form, at, steps) for at, form in enumerate(forms)]
    column_of, times = np.empty((2, sum(map(len, places))), dtype=np.int64)
    for at, form in enumerate(forms):
        column_of[places[at]], times[places[at]] = across[at][form.column_of], form.times
    program = _beside([form.program for form in forms], across, weights)
    ledger = _beside([form.ledger for form in forms], places, weights)
    over_columns = [_joined(joint, across, np.array([joint[1]])) for joint in joints]
    over_places = [_joined(joint, places, _paid(forms[0], joint[1])) for joint in joints]
    return Formulation(
        replace(program, rows=(*program.rows, *over_columns)),
        replace(ledger, rows=(*ledger.rows, *over_places)),
        column_of,
        times,
        np.tile(forms[0].project_of, steps),
        np.tile(forms[0].mvnd_per_unit, steps),
        _repeated(forms[0].demand, steps),
        {},
        {},
    )


def _places(form: Formulation, at: int, steps: int) -> Ints:
    """Where the places of a step stand among those of all."""
    cells, further = len(form.demand.cost_mvnd), len(form.column_of) - len(form.demand.cost_mvnd)
    return np.concatenate(
        [np.arange(cells) + at * cells, np.arange(further) + steps * cells + at * further]
    ).astype(np.int64)


def _beside(programs: Sequence[Program], at: Sequence[Ints], weights: Sequence[Fraction]) -> Program:
    """The programs with their columns at the places ``at``; rows and columns named with their step."""
    size, common = sum(map(len, at)), lcm(*(weight.denominator for weight in weights))
    names, gain = [""] * size, np.zeros(size, dtype=object)
    upper, den, whole = np.zeros(size, np.int64), np.ones(size, np.int64), np.zeros(size, bool)
    rows: list[Row] = []
    for step, (program, own, weight) in enumerate(zip(programs, at, weights, strict=True)):
        for column, name in zip(own.tolist(), program.columns, strict=True):
            names[column] = f"{name}@{step + 1}"
        upper[own], den[own], whole[own] = program.upper, program.gain_den, program.whole
        gain[own] = program.gain_num.astype(object) * int(weight * common)
        rows += [
            replace(row, name=f"{row.name}@{step + 1}", columns=own[row.columns]) for row in program.rows
        ]
    return Program(tuple(names), upper, gain.astype(np.int64), den, tuple(rows), whole)


def _paid(form: Formulation, column: int) -> Ints:
    """The cells of a column that a fund pays."""
    funded = form.demand.funded
    return np.flatnonzero((form.column_of[: len(funded)] == column) & funded)


def _joined(joint: Joint, at: Sequence[Ints], own: Ints) -> Row:
    step, column = joint
    columns = np.concatenate([at[step][own], at[step + 1][own]])
    coefs = np.repeat(np.array([1, -1]), len(own))
    order = np.argsort(columns, kind="stable")
    return Row(f"keep[{column}]@{step + 1}", columns[order], coefs[order], -FREE, 0)


def _repeated(cells: Demand, steps: int) -> Demand:
    return replace(
        cells,
        project=np.tile(cells.project, steps),
        milestone=np.tile(cells.milestone, steps),
        year=np.tile(cells.year, steps),
        kind=np.tile(cells.kind, steps),
        cost_mvnd=np.tile(cells.cost_mvnd, steps),
        payers=np.tile(cells.payers, steps),
        funded=np.tile(cells.funded, steps),
    )
