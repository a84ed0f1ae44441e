"""The program of a case: labelled rows and columns with exact whole-number coefficients, stated once.

It is stated over *places*: the money of every cost cell in million VND, yes-or-no answers, and what breaking
a soft limit takes. That is the ledger, against which whole-million plans are checked. As the cells of a
project scale together, the program that is solved has one column for all of them, from 0 to the greatest
common divisor of their costs; a project that is funded in whole or not at all has a column of 0 or 1. Where
every project has one cell and no rule asks yes or no, both are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, gcd
from typing import Any

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.demand import Demand, apportioned, demand
from prioritizer.model import Bound, Case, Ints, Limit
from prioritizer.money import MVND_PER_BN
from prioritizer.results import Lack, Scores

FREE = 2**200  # stands for no bound on that side: beyond any sum of money and coefficients
Mask = npt.NDArray[np.bool_]
SAFE = 2**62  # whole numbers below it may be added up in int64


@dataclass(frozen=True)
class Row:
    """One named constraint: ``lower <= coefs · x[columns] <= upper``, all whole numbers."""

    name: str
    columns: Ints
    coefs: Ints
    lower: int
    upper: int

    @cached_property
    def largest(self) -> int:
        """The greatest coefficient by size; what one million VND can change at most."""
        return int(np.abs(self.coefs).max(initial=0))

    @cached_property
    def table(self) -> dict[int, int]:
        """The coefficients by column."""
        return dict(zip(self.columns.tolist(), self.coefs.tolist(), strict=True))

    def activity(self, amount: Ints) -> int:
        """The left-hand side at a whole-number plan, exact."""
        chosen = amount[self.columns]
        if self.largest * int(chosen.sum()) >= SAFE:
            return int(chosen.astype(object) @ self.coefs.astype(object))
        return int(chosen @ self.coefs)


@dataclass(frozen=True)
class Program:
    """Maximise ``gain · x`` over ``0 <= x <= upper`` and the rows.

    ``gain_num / gain_den``, int64[n], is what one unit of the column adds, in 1e-4 point-million
    (``funding``) or 1e-4 point (``project``). ``whole``, bool[n], are the columns that only a whole number
    answers (yes or no, a count of projects); without any the program is linear.
    """

    columns: tuple[str, ...]
    upper: Ints
    gain_num: Ints
    gain_den: Ints
    rows: tuple[Row, ...]
    whole: Mask

    @property
    def linear(self) -> bool:
        """Whether no column has to be whole."""
        return not self.whole.any()


def restricted(
    program: Program, free: Ints, still: Ints, bounds: Mapping[int, tuple[int, int]] | None = None
) -> Program:
    """The program over some of its columns, the others standing ``still`` (0 at the free ones).

    ``bounds`` replaces those of some rows, by place; rows without a free column are left out.
    """
    position = np.full(len(program.columns), -1)
    position[free] = np.arange(len(free))
    rows = []
    for at, row in enumerate(program.rows):
        kept = position[row.columns] >= 0
        if kept.any():
            held = row.activity(still)
            lower, upper = (bounds or {}).get(at, (row.lower, row.upper))
            lower = lower if lower <= -FREE else lower - held
            upper = upper if upper >= FREE else upper - held
            rows.append(Row(row.name, position[row.columns[kept]], row.coefs[kept], lower, upper))
    return Program(
        tuple(program.columns[column] for column in free.tolist()),
        program.upper[free],
        program.gain_num[free],
        program.gain_den[free],
        tuple(rows),
        program.whole[free],
    )


@dataclass(frozen=True)
class Formulation:
    """A case as a program.

    ``program`` is what is solved, ``ledger`` the same rules place by place: place *p* holds ``times[p]``
    for every unit of column ``column_of[p]``. The first ``len(demand.cost_mvnd)`` places are the cells.
    ``lacks`` has what projects lack to be eligible, by row.
    ``project_of``, int64[columns], is the register's row that a column pays, -1 for columns that pay none;
    ``mvnd_per_unit``, int64[columns], what the funds pay for one unit.
    """

    program: Program
    ledger: Program
    column_of: Ints
    times: Ints
    project_of: Ints
    mvnd_per_unit: Ints
    demand: Demand
    lacks: Mapping[int, tuple[Lack, ...]]

    @property
    def plain(self) -> bool:
        """Whether columns and places are the same."""
        return self.program is self.ledger

    @cached_property
    def levels_per_unit(self) -> Ints:
        """A plan's level in a column is its money in million VND; yes or no in a column that is whole."""
        return np.where(self.program.whole | (self.mvnd_per_unit == 0), 1, self.mvnd_per_unit)

    def places(self, level: Ints) -> Ints:
        """What a plan holds in every place, whole numbers: the cells of a project in proportion, each less
        than one million VND off; what no fund pays, rounded up."""
        if self.plain:
            return level
        per_unit, held = self.levels_per_unit[self.column_of], level[self.column_of]
        dtype: type = np.int64 if int(self.times.max()) * int(held.max(initial=0)) < SAFE else object
        exact = self.times.astype(dtype) * held
        amount = -(-exact // per_unit)
        broken = np.unique(self.column_of[(exact % per_unit) != 0]).tolist()
        for column in broken:
            own = np.flatnonzero(self.column_of[: len(self.demand.funded)] == column)
            paid = own[self.demand.funded[own]]
            amount[paid] = apportioned(int(level[column]), self.demand.cost_mvnd[paid].tolist())
        return amount.astype(np.int64)


def formulate(case: Case, scores: Scores) -> Formulation:
    """The program of a case whose projects are worth ``scores``."""
    statement = Statement(case, scores)
    rows = [row for family in FAMILIES for row in family(statement)]
    return _joined(statement, rows)


class Statement:
    """What the families of rows are stated over: the cells, and places asked for on the way."""

    def __init__(self, case: Case, scores: Scores) -> None:
        self.case, self.scenario, self.demand = case, case.scenario, demand(case)
        cells, n = self.demand, len(case.register)
        funding = case.register.columns.get("funding")
        self.is_whole = funding.among(("whole",)) if funding else np.zeros(n, dtype=bool)
        self.lacks = {**scores.lacks, **_lacks(case, cells, self.is_whole)}
        self.paid_mvnd = np.where(cells.funded, cells.cost_mvnd, 0)
        self.project_paid = _summed(self.paid_mvnd, cells.project, n)
        self.project_cost = _summed(cells.cost_mvnd, cells.project, n)
        barred = self.project_paid == 0
        barred[list(self.lacks)] = True
        self.upper = np.where(barred[cells.project], 0, cells.cost_mvnd)
        self.barred = barred
        self.gain = _gains(case, scores, self)
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

    def chosen(self, limit: Limit) -> Mask:
        """The cells that a limit selects."""
        return selected_cells(self.case, self.demand, limit)


def base_cells(cells: Demand, limit: Limit) -> Mask:
    """The cells among which a limit selects: of its years, or else all that a fund pays."""
    if "year" not in limit.where:
        return cells.funded
    labels = {value.casefold() for value in limit.where["year"]}
    return np.array([label.casefold() in labels for label in cells.years])[cells.year]


def selected_cells(case: Case, cells: Demand, limit: Limit) -> Mask:
    """The cells that a limit selects, bool[cells]."""
    chosen = case.register.selected_by(limit)[cells.project] & base_cells(cells, limit)
    if "kind" in limit.where:
        labels = {value.casefold() for value in limit.where["kind"]}
        chosen &= np.array([kind.casefold() in labels for kind in cells.kinds])[cells.kind]
    return chosen


def _summed(values: Ints, groups: Ints, size: int) -> Ints:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, groups, values)
    return total


def _lacks(case: Case, cells: Demand, is_whole: Mask) -> dict[int, tuple[Lack, ...]]:
    """Projects that cannot be paid: a cost that no fund may pay, or too little co-finance under the cap."""
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
    return _narrow(num), _narrow(den)


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


def _narrow(numbers: Ints) -> Ints:
    """Python integers as int64 where they fit."""
    if numbers.dtype != object:
        return numbers
    fits = not len(numbers) or max(abs(int(numbers.max())), abs(int(numbers.min()))) < SAFE
    return numbers.astype(np.int64) if fits else numbers


# ------------------------------------------------------------------ families of rows, over places


def _ones(name: str, cells: Ints, lower: int, upper: int) -> Row:
    return Row(name, cells, np.ones_like(cells), lower, upper)


def _terms(name: str, terms: Sequence[tuple[Ints | int, int]], lower: int, upper: int) -> Row:
    """A row from places with one coefficient each; every place stands once."""
    columns = [np.atleast_1d(np.asarray(places, dtype=np.int64)) for places, _ in terms]
    coefs = [np.full(len(part), coef) for part, (_, coef) in zip(columns, terms, strict=True)]
    together, order = np.concatenate(columns), np.argsort(np.concatenate(columns), kind="stable")
    return Row(name, together[order], np.concatenate(coefs)[order], lower, upper)


def _envelopes(s: Statement) -> Iterator[Row]:
    """What may be paid by a set of funds and by no other is at most what they hold, for every such set: by
    Gale's theorem the funds can then pay all of it."""
    funds, cells = s.scenario.funds, s.demand
    held = available_mvnd(s.case)
    for year in dict.fromkeys(fund.year for fund in funds):
        of_year = cells.funded & (np.array([label == year for label in cells.years])[cells.year])
        present = {payers for payers in np.unique(cells.payers[of_year]).tolist() if cells.payer_sets[payers]}
        for union in unions(cells.payer_sets[at] for at in sorted(present)):
            inside = [at for at in present if union.issuperset(cells.payer_sets[at])]
            own = np.flatnonzero(of_year & np.isin(cells.payers, inside))
            names = "+".join(funds[at].id for at in sorted(union))
            yield _ones(f"envelope[{names}]", own, -FREE, sum(held[at] for at in union))


def unions(sets: Iterable[Iterable[int]]) -> list[frozenset[int]]:
    """All unions of some of the sets, the largest first."""
    made: set[frozenset[int]] = set()
    for each in sets:
        made |= {union | frozenset(each) for union in made} | {frozenset(each)}
    return sorted(made, key=lambda union: (-len(union), sorted(union)))


def available_mvnd(case: Case) -> list[int]:
    """What every fund holds, less what is reserved."""
    funds = case.scenario.funds
    reserved = [(each.fund or funds[0].id, each.amount_mvnd) for each in case.scenario.reserves]
    return [
        fund.amount_mvnd - sum(amount for name, amount in reserved if name.casefold() == fund.id.casefold())
        for fund in funds
    ]


def _ceilings(s: Statement) -> Iterator[Row]:
    for limit in s.scenario.limits:
        if limit.at_most is not None:
            yield from _limit(s, limit, limit.at_most, "at_most")


def _floors(s: Statement) -> Iterator[Row]:
    for limit in s.scenario.limits:
        if limit.at_least is not None:
            yield from _limit(s, limit, limit.at_least, "at_least")


def _limit(s: Statement, limit: Limit, bound: Bound, side: str) -> Iterator[Row]:
    """The money of a selection, or the number of projects; or, for a share ``s`` of what is allocated,
    ``Σ_S X - s·Σ X``, times the denominator of ``s``."""
    step, most_over = 1, 0
    if bound.count is not None:
        rows = np.flatnonzero(s.case.register.selected_by(limit)).tolist()
        columns = np.array(sorted(s.yes_of(row) for row in rows), dtype=np.int64)
        coefs, size, most_over = np.ones_like(columns), bound.count, len(rows)
    else:
        base, chosen = base_cells(s.demand, limit), s.chosen(limit)
        share, most_over = bound.share_of_allocated, int(s.upper[base].sum())
        if share is None:
            exact = bound.of_envelope(s.scenario.envelope_of(limit))
            assert exact is not None
            size = floor(exact) if side == "at_most" else ceil(exact)
            columns = np.flatnonzero(chosen)
            coefs, most_over = np.ones_like(columns), max(most_over, size)
        else:
            spread = np.where(chosen, share.denominator, 0) - np.where(base, share.numerator, 0)
            columns, size, step = np.flatnonzero(spread), 0, share.denominator
            coefs = spread[columns]
    if limit.penalty_e4 is not None:
        gain, way = _penalty(s, limit.penalty_e4, bound), -step if side == "at_most" else step
        over = s.place(f"broken[{limit.id},{side}]", most_over, gain, whole=bound.count is not None)
        columns, coefs = np.append(columns, over), np.append(coefs, way)
    lower, upper = (-FREE, size) if side == "at_most" else (size, FREE)
    yield Row(f"{side}[{limit.id}]", columns, coefs, lower, upper)


def _penalty(s: Statement, penalty_e4: int, bound: Bound) -> Fraction:
    """What one million VND, or one project, beyond a soft limit costs, in the units of the gains."""
    per_bn = penalty_e4 if s.scenario.objective.basis == "project" else penalty_e4 * MVND_PER_BN
    return -Fraction(per_bn, 1 if bound.count is not None else MVND_PER_BN)


def _least_amounts(s: Statement) -> Iterator[Row]:
    """Nothing, or at least so much: projects with a minimum of their own, all of them where the scenario
    names a least grant, and those that a rule counts."""
    minimum = s.case.register.minimum_mvnd
    wanted = np.zeros(len(s.barred), dtype=bool) if minimum is None else minimum > 0
    if s.scenario.least_grant_mvnd:
        wanted |= True
    wanted[list(s.yes)] = True
    for row in np.flatnonzero(wanted & ~s.is_whole & ~s.barred).tolist():
        paid, own = int(s.project_paid[row]), s.paid_of(row)
        least = max(1, s.scenario.least_grant_mvnd or 0, 0 if minimum is None else int(minimum[row]))
        name, yes = s.case.register.ids[row], s.yes_of(row)
        yield _terms(f"least[{name}]", ((own, 1), (yes, -min(least, paid))), 0, FREE)
        yield _terms(f"only_if[{name}]", ((own, 1), (yes, -paid)), -FREE, 0)


def _milestones(s: Statement) -> Iterator[Row]:
    """A milestone is paid only after the one before is full."""
    last: dict[int, int] = {}
    for row, milestone in s.case.costs.value_share:
        last[row] = max(last.get(row, 0), milestone)
    for row, count in last.items():
        name = s.case.register.ids[row]
        for milestone in range(1, count):
            own, following = s.cells_of(row, milestone), s.cells_of(row, milestone + 1)
            done = s.place(f"done[{name},{milestone}]")
            yield _terms(f"done[{name},{milestone}]", ((own, 1), (done, -int(s.upper[own].sum()))), 0, FREE)
            yield _terms(
                f"next[{name},{milestone + 1}]",
                ((following, 1), (done, -int(s.upper[following].sum()))),
                -FREE,
                0,
            )


def _dependencies(s: Statement) -> Iterator[Row]:
    """A project's share, of what it asks of the funds, is no greater than that of the one it requires."""
    for each in s.scenario.dependencies:
        row, other = (s.case.register.row_of(name) for name in (each.project, each.requires))
        own, needed = s.paid_of(row), s.paid_of(other)
        cost, price = int(s.project_paid[row]), int(s.project_paid[other])
        name = f"requires[{each.id}]"
        if s.is_whole[row] and s.is_whole[other]:
            yield _terms(name, ((s.yes_of(row), 1), (s.yes_of(other), -1)), -FREE, 0)
        elif s.barred[row] or s.barred[other]:
            yield _ones(name, own, -FREE, 0)
        elif each.in_full:
            yield from _full(s, other)
            yield _terms(name, ((own, 1), (s.full[other], -cost)), -FREE, 0)
        else:
            common = gcd(cost, price)
            yield _terms(name, ((own, price // common), (needed, -cost // common)), -FREE, 0)


def _full(s: Statement, row: int) -> Iterator[Row]:
    """The answer whether a project is funded in full, and the row that it needs."""
    if row in s.full:
        return
    if s.is_whole[row]:
        s.full[row] = s.yes_of(row)
        return
    name = s.case.register.ids[row]
    s.full[row] = s.place(f"full[{name}]")
    yield _terms(f"full[{name}]", ((s.paid_of(row), 1), (s.full[row], -int(s.project_paid[row]))), 0, FREE)


def _decisions(s: Statement) -> Iterator[Row]:
    for decision in s.scenario.decisions:
        row = s.case.register.row_of(decision.project)
        name, own = f"decision[{decision.id}]", s.paid_of(row)
        if decision.fund == "nothing":
            yield _ones(name, own, -FREE, 0)
        else:
            least = (decision.at_least_mvnd or 0) + (decision.locked_mvnd or 0)
            yield _ones(name, own, int(s.project_paid[row]) if decision.fund else least, FREE)


FAMILIES: tuple[Callable[[Statement], Iterator[Row]], ...] = (
    _envelopes,
    _ceilings,
    _floors,
    _decisions,
    _dependencies,
    _milestones,
    _least_amounts,
)


# ------------------------------------------------------------------ from places to columns


def _joined(s: Statement, rows: list[Row]) -> Formulation:
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
        return Formulation(ledger, ledger, places, np.ones_like(places), project_of, per_unit, cells, s.lacks)
    whole = s.is_whole[cells.project[first]]
    units = np.where(whole, 1, np.maximum(1, np.gcd.reduceat(cells.cost_mvnd, first)))
    column_of, names = _columns(s, first, of_cell)
    times = np.concatenate([cells.cost_mvnd // units[of_cell], np.ones_like(further)])
    paid = _summed(s.paid_mvnd, of_cell, len(first)) // units
    program = _gathered(ledger, column_of, times, names)
    project_of = np.concatenate([cells.project[first], np.full(len(names) - len(first), -1)])
    per_unit = np.concatenate([paid, np.zeros(len(names) - len(first), dtype=np.int64)])
    return Formulation(program, ledger, column_of, times, project_of, per_unit, cells, s.lacks)


def _ledger(s: Statement, rows: list[Row]) -> Program:
    cells, num, den = len(s.upper), *s.gain
    upper = np.concatenate([s.upper, np.array([upper for upper, _, _ in s.further], dtype=np.int64)])
    if s.further:
        gains = [gain for _, gain, _ in s.further]
        num = _narrow(np.concatenate([num.astype(object), [gain.numerator for gain in gains]]))
        den = _narrow(np.concatenate([den.astype(object), [gain.denominator for gain in gains]]))
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
    num = _narrow(np.array([each.numerator for each in gain], dtype=object))
    den = _narrow(np.array([each.denominator for each in gain], dtype=object))
    rows = tuple(_over_columns(row, column_of, times, count) for row in ledger.rows)
    return Program(tuple(names), upper, num, den, rows, whole)


def _over_columns(row: Row, column_of: Ints, times: Ints, count: int) -> Row:
    size = row.largest * int(times[row.columns].max(initial=0)) * max(1, len(row.columns))
    dtype: type = np.int64 if size < SAFE else object
    total: npt.NDArray[Any] = np.zeros(count, dtype=dtype)
    np.add.at(total, column_of[row.columns], row.coefs.astype(dtype) * times[row.columns].astype(dtype))
    columns = np.flatnonzero(total)
    return Row(row.name, columns, total[columns], row.lower, row.upper)
