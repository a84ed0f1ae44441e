"""What the families of rows are stated over: the cells of a case, and places asked for on the way."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from prioritizer.allocation.demand import Demand, demand
from prioritizer.allocation.program import SAFE, Mask
from prioritizer.model import OF_COSTS, Case, Coded, Ints, Limit
from prioritizer.money import MVND_PER_BN
from prioritizer.results import Lack, Scores


class Statement:
    """What the families of rows are stated over: the cells, and places asked for on the way."""

    def __init__(self, case: Case, scores: Scores) -> None:
        self.case, self.scenario, self.demand = case, case.scenario, demand(case)
        cells, n = self.demand, len(case.register)
        funding = case.register.columns.get("funding")
        self.is_whole = funding.among(("whole",)) if funding else np.zeros(n, dtype=bool)
        self.paid_mvnd = np.where(cells.funded, cells.cost_mvnd, 0)
        self.project_paid = summed(self.paid_mvnd, cells.project, n)
        self.project_cost = summed(cells.cost_mvnd, cells.project, n)
        self.lacks = dict(scores.lacks)
        for row, lacks in _unpayable(cells, self.is_whole, self.project_paid).items():
            self.lacks[row] = (*self.lacks.get(row, ()), *lacks)
        barred = np.zeros(n, dtype=bool)
        barred[list(self.lacks)] = True
        self.upper = np.where(barred[cells.project], 0, cells.cost_mvnd)
        self.barred = barred
        self.gain = _gains(case, scores, self)
        self.selected = _selections(case, cells)
        self.names: list[str] = []  # of the places beyond the cells
        self.further: list[tuple[int, Fraction, bool]] = []  # their upper bounds, gains, and whether whole
        self.yes: dict[int, int] = {}
        self.full: dict[int, int] = {}

    def place(self, name: str, upper: int = 1, gain: Fraction = Fraction(0), whole: bool = True) -> int:
        """A new place beyond the cells."""
        self.names.append(name)
        self.further.append((upper, gain, whole))
        return len(self.demand.cost_mvnd) + len(self.names) - 1

    def yes_of(self, row: int) -> int:
        """The place that says whether a project is funded."""
        if row not in self.yes:
            self.yes[row] = self.place(f"yes[{self.case.register.ids[row]}]", 0 if self.barred[row] else 1)
        return self.yes[row]

    def cells_of(self, row: int, milestone: int | None = None) -> Ints:
        """The cells of a project, or of one of its milestones."""
        own = self.demand.project == row
        return np.flatnonzero(own if milestone is None else own & (self.demand.milestone == milestone))

    def paid_of(self, row: int) -> Ints:
        """The cells of a project that a fund pays."""
        own = self.cells_of(row)
        return own[self.demand.funded[own]]


def base_cells(cells: Demand, limit: Limit) -> Mask:
    """The cells among which a limit selects: of its years, or else all that a fund pays."""
    if "year" not in limit.where:
        return cells.funded
    labels = {value.casefold() for value in limit.where["year"]}
    return np.array([label.casefold() in labels for label in cells.years])[cells.year]


def selected_cells(case: Case, cells: Demand, limit: Limit) -> Ints:
    """The cells that a limit selects, by place."""
    chosen = case.register.selected_by(limit)[cells.project] & base_cells(cells, limit)
    if "kind" in limit.where:
        labels = {value.casefold() for value in limit.where["kind"]}
        chosen &= np.array([kind.casefold() in labels for kind in cells.kinds])[cells.kind]
    return np.flatnonzero(chosen)


def _selections(case: Case, cells: Demand) -> dict[str, Ints]:
    """The cells that every limit selects, by its id.

    Most limits select by one field of the projects: the cells are sorted by it once, not for each limit.
    """
    fields, found = dict[str, _ByField](), dict[str, Ints]()
    for limit in case.scenario.limits:
        field = next(iter(limit.where)) if len(limit.where) == 1 else ""
        column = None if field in OF_COSTS else case.register.columns.get(field)
        if column is None:
            found[limit.id] = selected_cells(case, cells, limit)
            continue
        if field not in fields:
            fields[field] = _ByField(column, cells)
        found[limit.id] = fields[field].among(limit.where[field])
    return found


class _ByField:
    """The cells that a fund pays, by what one field of their projects says."""

    def __init__(self, column: Coded, cells: Demand) -> None:
        paid = np.flatnonzero(cells.funded)
        codes = column.codes[cells.project[paid]]
        order = np.argsort(codes, kind="stable")
        self.cells = paid[order]
        self.ends = np.searchsorted(codes[order], np.arange(len(column.levels) + 1)).tolist()
        self.places: dict[str, list[int]] = {}
        for place, level in enumerate(column.levels):
            self.places.setdefault(level.casefold(), []).append(place)

    def among(self, values: Iterable[str]) -> Ints:
        """The cells of the projects of these values, compared as ids are: ignoring case."""
        places = {place for value in values for place in self.places.get(value.casefold(), ())}
        parts = [self.cells[self.ends[place] : self.ends[place + 1]] for place in places]
        return parts[0] if len(parts) == 1 else np.sort(np.concatenate([self.cells[:0], *parts]))


def summed(values: Ints, groups: Ints, size: int) -> Ints:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, groups, values)
    return total


def _unpayable(cells: Demand, is_whole: Mask, paid_mvnd: Ints) -> dict[int, tuple[Lack, ...]]:
    """Projects that cannot be paid: a cost that no fund may pay, too little co-finance under the cap, or no
    cost at all in the years of the funds."""
    found: dict[int, tuple[Lack, ...]] = {}
    unpaid = [at for at, payers in enumerate(cells.payer_sets) if not payers]
    if unpaid:
        for cell in np.flatnonzero(np.isin(cells.payers, unpaid) & cells.funded).tolist():
            params = (("kind", cells.kinds[cells.kind[cell]]), ("year", cells.years[cells.year[cell]]))
            row = int(cells.project[cell])
            found[row] = (*found.get(row, ()), Lack("no_fund_may_pay", params))
    for row, reach in cells.whole_share.items():
        if not reach or is_whole[row]:
            found[row] = (*found.get(row, ()), Lack("cofinance_too_small", (("reach", str(reach)),)))
    for row in np.flatnonzero(paid_mvnd == 0).tolist():
        found.setdefault(row, (Lack("nothing_to_pay"),))
    return found


def _gains(case: Case, scores: Scores, statement: Statement) -> tuple[Ints, Ints]:
    """What one million VND adds, cell by cell, as numerators and denominators: ``v - h``, or, where each
    project counts once, ``(v - λ·cost) / cost``. A cell that no fund pays adds nothing by itself."""
    cells, objective = statement.demand, case.scenario.objective
    value, hurdle, paid = scores.value_e4, objective.hurdle_e4, statement.project_paid
    if objective.basis == "funding":
        num, den = value - hurdle, np.ones_like(value)
    else:
        # λ is per billion: v - λ·cost/1000 over what is paid, with whole numbers above and below.
        num = value.astype(object) * MVND_PER_BN - hurdle * statement.project_cost.astype(object)
        den = np.maximum(paid, 1).astype(object) * MVND_PER_BN
        for row, reach in cells.whole_share.items():
            worth = value[row] * reach - Fraction(hurdle * int(statement.project_cost[row]), MVND_PER_BN)
            num[row], den[row] = _ratio(worth / max(1, int(paid[row])))
        num, den = _lowest(num, den)
    num, den = num[cells.project], den[cells.project]
    num = np.where(cells.funded, num, 0)
    if case.costs.value_share:
        num, den = _by_milestone(case, scores, statement, num.astype(object), den.astype(object))
    return narrow(num), narrow(den)


def _by_milestone(
    case: Case, scores: Scores, statement: Statement, num: Ints, den: Ints
) -> tuple[Ints, Ints]:
    """The gains of projects with milestones: each milestone adds its own part of the value."""
    cells, objective = statement.demand, case.scenario.objective
    for (row, milestone), share in case.costs.value_share.items():
        own = statement.cells_of(row, milestone)
        paid = int(statement.paid_mvnd[own].sum())
        value = share * cells.whole_share.get(row, Fraction(1)) * int(scores.value_e4[row])
        if objective.basis == "funding":
            value = share * int(scores.value_e4[row]) * int(statement.project_paid[row])
            worth = value / paid - objective.hurdle_e4 if paid else Fraction(0)
        else:
            cost = Fraction(objective.hurdle_e4 * int(cells.cost_mvnd[own].sum()), MVND_PER_BN)
            worth = (value - cost) / paid if paid else Fraction(0)
        for cell in own[cells.funded[own]].tolist():
            num[cell], den[cell] = _ratio(worth)
    return num, den


def _ratio(exact: Fraction) -> tuple[int, int]:
    return exact.numerator, exact.denominator


def _lowest(num: Ints, den: Ints) -> tuple[Ints, Ints]:
    divisor = np.gcd(num, den)
    return num // divisor, den // divisor


def narrow(numbers: Ints) -> Ints:
    """Python integers as int64 where they fit."""
    if numbers.dtype != object:
        return numbers
    fits = not len(numbers) or max(abs(int(numbers.max())), abs(int(numbers.min()))) < SAFE
    return numbers.astype(np.int64) if fits else numbers
