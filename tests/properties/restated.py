"""A case as linear constraints, stated anew and given to another solver.

Variables are the funded shares of milestones, what each fund pays of each kind of cost, what breaking soft
limits takes, and yes-or-no answers; so money, flows and big numbers stand otherwise than in the engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from prioritizer.model import Bound, Limit
from tests.properties.brute import Cell, Judge

Terms = dict[str, float]


@dataclass
class Restated:
    """Maximise ``gain`` over variables from 0 to ``upper`` and the rows."""

    upper: Terms = field(default_factory=dict)
    gain: Terms = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    rows: list[tuple[Mapping[str, float], float, float]] = field(default_factory=list)

    def variable(self, name: str, upper: float, gain: Fraction | float = 0.0, whole: bool = False) -> str:
        self.upper[name], self.gain[name] = upper, float(gain)
        self.whole |= {name} if whole else set()
        return name

    def row(self, terms: Mapping[str, float], lower: float = -np.inf, upper: float = np.inf) -> None:
        self.rows.append((dict(terms), lower, upper))

    def best(self) -> float | None:
        """The greatest gain; ``None`` where there is no solution."""
        place = {name: at for at, name in enumerate(self.upper)}
        matrix = np.zeros((len(self.rows), len(place)))
        for at, (terms, _, _) in enumerate(self.rows):
            for name, coef in terms.items():
                matrix[at, place[name]] += coef
        limits = LinearConstraint(matrix, [row[1] for row in self.rows], [row[2] for row in self.rows])
        found = milp(
            -np.array(list(self.gain.values())),
            integrality=[name in self.whole for name in place],
            bounds=Bounds(0, list(self.upper.values())),
            constraints=limits,
            options={"mip_rel_gap": 0.0},
        )
        assert found.status in (0, 2), found.message
        return None if found.status == 2 else -float(found.fun)


def restated(judge: Judge) -> Restated:
    """The linear constraints of a case."""
    made = Restated()
    for row in range(judge.n):
        _project(made, judge, row)
    _funds(made, judge)
    for limit in judge.scenario.limits:
        for bound, sign in ((limit.at_most, 1), (limit.at_least, -1)):
            if bound is not None:
                _limit(made, judge, limit, bound, sign)
    for each in judge.scenario.decisions:
        row = judge.row(each.project)
        least = judge.most(row) if each.fund else each.at_least_mvnd or each.locked_mvnd or 0
        most = 0 if each.fund == "nothing" else np.inf
        made.row(_paid(judge, row), 0 if each.fund == "nothing" else least, most)
    for each in judge.scenario.dependencies:
        _requires(made, judge, judge.row(each.project), judge.row(each.requires), each.in_full)
    return made


def _project(made: Restated, judge: Judge, row: int) -> None:
    numbers, barred = judge.milestones(row), judge.barred(row)
    for at, number in enumerate(numbers):
        made.variable(f"share {row} {number}", 0 if barred else 1, judge.gain(row, at))
    least, most = judge.least(row), judge.most(row)
    needs_answer = judge.rule(row) == "whole" or least > 1 or any(map(_counts, judge.scenario.limits))
    if needs_answer and not barred:
        yes = made.variable(f"yes {row}", 1, whole=True)
        made.row(_paid(judge, row) | {yes: -least}, lower=0)
        made.row(_paid(judge, row) | {yes: -most}, upper=0)
    for before, after in pairwise(numbers):
        done = made.variable(f"done {row} {before}", 1, whole=True)
        made.row({f"share {row} {before}": 1, done: -1}, lower=0)
        made.row({f"share {row} {after}": 1, done: -1}, upper=0)


def _counts(limit: Limit) -> bool:
    return any(bound and bound.count is not None for bound in (limit.at_least, limit.at_most))


def _paid(judge: Judge, row: int) -> Terms:
    return {f"share {row} {number}": judge.most(row, number) for number in judge.milestones(row)}


def _funds(made: Restated, judge: Judge) -> None:
    """Every kind of cost is paid by funds that may; no fund pays more than it holds."""
    needs: dict[frozenset[int], Terms] = {}
    for row, cells in enumerate(judge.cells):
        for cell in cells:
            if cell.funded and not judge.barred(row):
                terms = needs.setdefault(cell.payers, {})
                name = f"share {row} {cell.milestone}"
                terms[name] = terms.get(name, 0) + cell.cost
    pays: dict[int, Terms] = {}
    for at, (payers, terms) in enumerate(needs.items()):
        flows = {fund: made.variable(f"flow {at} {fund}", np.inf) for fund in payers}
        made.row(terms | dict.fromkeys(flows.values(), -1), 0, 0)
        for fund, name in flows.items():
            pays.setdefault(fund, {})[name] = 1
    for fund, held in enumerate(judge.held()):
        made.row(pays.get(fund, {}), upper=held)


def _limit(made: Restated, judge: Judge, limit: Limit, bound: Bound, sign: int) -> None:
    rows = set(np.flatnonzero(judge.case.register.selected_by(limit)).tolist())
    terms: Terms = {}
    right = 0.0
    if bound.count is not None:
        terms = {f"yes {row}": 1 for row in rows if f"yes {row}" in made.upper}
        right = bound.count
    else:
        years, kinds = limit.where.get("year"), limit.where.get("kind")
        share = bound.share_of_allocated or Fraction(0)
        for row, cells in enumerate(judge.cells):
            for cell in cells:
                if _in_years(cell, years):
                    coef = (row in rows and (kinds is None or cell.kind in kinds)) - share
                    name = f"share {row} {cell.milestone}"
                    terms[name] = terms.get(name, 0) + float(coef * cell.cost)
        if bound.share_of_allocated is None:
            funds = (fund for fund in judge.scenario.funds if years is None or fund.year in years)
            amount = bound.of_envelope(sum(fund.amount_mvnd for fund in funds))
            assert amount is not None
            right = floor(amount) if sign > 0 else ceil(amount)
    if limit.penalty_e4 is not None:
        name = f"broken {limit.id} {sign}"
        terms[made.variable(name, np.inf, -judge.price(limit), whole=bound.count is not None)] = -sign
    made.row(terms, *((-np.inf, right) if sign > 0 else (right, np.inf)))


def _in_years(cell: Cell, years: tuple[str, ...] | None) -> bool:
    return cell.funded if years is None else cell.year in years


def _requires(made: Restated, judge: Judge, row: int, other: int, in_full: bool) -> None:
    most, theirs = judge.most(row), judge.most(other)
    mine = {name: paid / most for name, paid in _paid(judge, row).items()} if most else {}
    needed = {name: -paid / theirs for name, paid in _paid(judge, other).items()} if theirs else {}
    made.row(mine | needed, upper=0)
    if in_full and theirs:
        full = made.variable(f"full {row} {other}", 1, whole=True)
        made.row(needed | {full: 1}, upper=0)
        made.row(mine | {full: -1}, upper=0)
