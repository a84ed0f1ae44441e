"""A case whose projects are worth something else every time: built once, then only values change.

Every plan is the one that :func:`~prioritizer.allocation.allocate` makes of the case with these values. Where
that can be shown without it, for many draws at once, it is not asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from prioritizer import scoring
from prioritizer.allocation import allocate, formulate
from prioritizer.allocation.choice.mixed import Effort
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.program import Formulation
from prioritizer.allocation.warm.bases import Matrix, Priced, matrix
from prioritizer.allocation.warm.climbing import Climber, climbed
from prioritizer.allocation.warm.crossing import Crossing, broken_alone, crossed, crossings
from prioritizer.allocation.warm.filling import CELLS, filled, proven
from prioritizer.allocation.warm.gains import Gains, gains_between
from prioritizer.allocation.warm.nested import Nested, nestings
from prioritizer.allocation.warm.ranking import Ranking, ranking
from prioritizer.model import Case, Ints
from prioritizer.results import Plan, Scores

FAILED = "failed"
_STATUS = "<U24"
_KEY_BITS = 62


@dataclass(frozen=True)
class Outcomes:
    """Plans of some draws: ``amount_mvnd``, int64[draws, n], zero where there is no plan; ``status``,
    str[draws], :data:`FAILED` where something went wrong, said in ``why`` by place; ``gap``, float64[draws],
    relative to the proven bound, NaN where there is no plan."""

    amount_mvnd: Ints
    status: npt.NDArray[np.str_]
    gap: npt.NDArray[np.float64]
    why: dict[int, str]

    def __reduce__(self) -> tuple[Callable[..., Outcomes], tuple[object, ...]]:
        # On their way between processes and machines amounts take half the bytes where they fit into them.
        fits = self.amount_mvnd.max(initial=0) <= np.iinfo(np.int32).max
        amounts = self.amount_mvnd.astype(np.int32) if fits else self.amount_mvnd
        return _arrived, (amounts, self.status, self.gap, self.why)

    @classmethod
    def blank(cls, draws: int, n: int) -> Outcomes:
        """Outcomes to be filled in: all failed as yet."""
        status = np.full(draws, FAILED, _STATUS)
        return cls(np.zeros((draws, n), np.int64), status, np.full(draws, np.nan), {})

    def put(self, rows: Ints, other: Outcomes, of: Ints | None = None) -> None:
        """Fill in some rows from other outcomes: row by row, or for every row the one that it is ``of``."""
        chosen = np.arange(len(rows)) if of is None else of
        self.amount_mvnd[rows], self.status[rows] = other.amount_mvnd[chosen], other.status[chosen]
        self.gap[rows] = other.gap[chosen]
        pairs = zip(rows.tolist(), chosen.tolist(), strict=True)
        self.why.update({row: other.why[at] for row, at in pairs if at in other.why})


def _arrived(
    amounts: npt.NDArray[np.signedinteger[Any]],
    status: npt.NDArray[np.str_],
    gap: npt.NDArray[np.float64],
    why: dict[int, str],
) -> Outcomes:
    return Outcomes(amounts.astype(np.int64, copy=False), status, gap, why)


@dataclass(frozen=True)
class Warm:
    """A case that is solved again and again; ``effort`` bounds each search where rules ask yes or no."""

    case: Case
    effort: Effort | None = None

    def solve(self, values_e4: Ints) -> Outcomes:
        """The plans where projects are worth ``values_e4``, int64[draws, n]."""
        found = Outcomes.blank(*values_e4.shape)
        left = np.flatnonzero(~self._at_once(values_e4, found))
        if len(left):
            alike, of = np.unique(values_e4[left], axis=0, return_inverse=True)
            found.put(left, self._one_by_one(alike), of.reshape(-1))
        return found

    @cached_property
    def in_bulk(self) -> bool:
        """Whether many draws are solved together, or nearly all one by one."""
        return self._gains is not None and self._matrix is not None

    def _one_by_one(self, values_e4: Ints) -> Outcomes:
        found = Outcomes.blank(*values_e4.shape)
        for at, values in enumerate(values_e4):
            solve_into(found, at, self.case, values, self.effort)
        return found

    def _at_once(self, values_e4: Ints, found: Outcomes) -> npt.NDArray[np.bool_]:
        """Fill in what can be shown for many draws together; the answer is for which that was possible."""
        done = np.zeros(len(values_e4), dtype=bool)
        if self._infeasible:
            found.status[:] = "infeasible"
            return ~done
        amount = np.zeros((len(values_e4), len(self._form.project_of)), dtype=np.int64)
        for (limits, order), across in zip(self._nestings, self._across, strict=True):
            self._fill(values_e4, limits, order, across, done, amount)
        if not done.all():
            self._climb(values_e4, done, amount)
        money = self._form.project_of >= 0
        if done.any():
            found.amount_mvnd[np.ix_(done, self._form.project_of[money])] = amount[done][:, money]
        found.status[done], found.gap[done] = "optimal", 0.0
        return done

    def _fill(
        self,
        values_e4: Ints,
        limits: Nested,
        order: Ranking,
        across: list[Crossing],
        done: npt.NDArray[np.bool_],
        amount: Ints,
    ) -> None:
        """Plans under nested limits: those known are marked ``done``, ``amount``, int64[draws, columns]."""
        size, left = max(1, CELLS // len(limits.columns)), np.flatnonzero(~done)
        plans, known = np.zeros((len(left), len(limits.columns)), np.int64), np.zeros(len(left), dtype=bool)
        for first in range(0, len(left), size):
            own = slice(first, first + size)
            keys = order.keys(values_e4[left[own]])
            if keys is None or keys.bits + len(limits.parent).bit_length() > _KEY_BITS:
                return
            plans[own] = filled(limits, keys)
            known[own] = proven(limits, keys, plans[own])
        for row, alone in zip(across, broken_alone(across, plans), strict=True):
            gain = order.gains.over_den(values_e4[left[alone]])
            known[alone], plans[alone] = crossed(row, gain, plans[alone])
        amount[np.ix_(left[known], limits.columns)], done[left[known]] = plans[known], True

    def _climb(self, values_e4: Ints, done: npt.NDArray[np.bool_], amount: Ints) -> None:
        """Plans of any linear program, as :meth:`_fill`."""
        left = np.flatnonzero(~done)
        priced = self._priced(values_e4[left])
        if priced is not None and self._matrix is not None:
            found = climbed(self._matrix, self._climber, priced, values_e4[left])
            amount[left], done[left] = found.amount, found.known

    def _priced(self, values_e4: Ints) -> Priced | None:
        ranking = self._ranking
        if ranking is None or not ranking.holds(values_e4):
            return None
        gains, rank = ranking.gains, np.empty((len(values_e4), len(ranking.settled)), dtype=np.int64)
        np.put_along_axis(rank, ranking.recorded(values_e4), np.arange(rank.shape[1])[None], axis=1)
        return Priced.of(gains.over_den(values_e4), gains.den, rank, self._form.mvnd_per_unit)

    @cached_property
    def _form(self) -> Formulation:
        return formulate(self.case, _worth(self.case, 1))

    @cached_property
    def _gains(self) -> Gains | None:
        return gains_between(formulate(self.case, _worth(self.case, 0)), self._form)

    @cached_property
    def _infeasible(self) -> bool:
        """Whether no plan keeps the rules: what projects are worth has no part in it."""
        return optimal_vertex(self._form.program) is None

    @cached_property
    def _nestings(self) -> list[tuple[Nested, Ranking]]:
        """Nested limits, with the order in which they are filled."""
        if self.case.scenario.ties == "pro_rata" or self._gains is None:
            return []
        project = self._form.project_of
        found = nestings(self._form)
        return [(each, ranking(self.case, self._gains, project, each.columns)) for each in found]

    @cached_property
    def _across(self) -> list[list[Crossing]]:
        """For each nesting, the rows that cut across it."""
        return [crossings(limits, order) for limits, order in self._nestings]

    @cached_property
    def _ranking(self) -> Ranking | None:
        """The order of all columns."""
        project = self._form.project_of
        if self._gains is None:
            return None
        return ranking(self.case, self._gains, project, np.arange(len(project)))

    @cached_property
    def _matrix(self) -> Matrix | None:
        usable = self._form.plain and self.case.scenario.ties != "pro_rata"
        return matrix(self._form.program) if usable else None

    @cached_property
    def _climber(self) -> Climber:
        return Climber(self._form.program)


def solve_into(found: Outcomes, at: int, case: Case, values_e4: Ints, effort: Effort | None) -> None:
    """Solve one draw by itself and put its plan, or what went wrong, into its place."""
    try:
        plan = planned(case, values_e4, effort)
    except Exception as wrong:  # noqa: BLE001 one draw that fails must not take the others with it
        found.why[at] = " ".join(f"{type(wrong).__name__}: {wrong}".split())
        return
    found.amount_mvnd[at], found.status[at] = plan.amount_mvnd, plan.status
    if plan.found:
        found.gap[at] = _gap(plan)


def planned(case: Case, values_e4: Ints, effort: Effort | None = None) -> Plan:
    """The plan of a case whose projects are worth ``values_e4``, int64[n], all else as it is."""
    return allocate(case, _scores(case, values_e4), effort)


def _gap(plan: Plan) -> float:
    if plan.status == "optimal" or plan.bound is None or plan.objective is None or not plan.bound:
        return 0.0
    return float((plan.bound - plan.objective) / abs(plan.bound))


def _worth(case: Case, value_e4: int) -> Scores:
    return _scores(case, np.full(len(case.register), value_e4, dtype=np.int64))


def _scores(case: Case, values_e4: Ints) -> Scores:
    """Values as scores that are certain; who lacks what stays as it is."""
    ascending = np.sort(values_e4)
    rank = (len(values_e4) - np.searchsorted(ascending, values_e4, side="right") + 1).astype(np.int64)
    none = np.zeros(len(values_e4), dtype=np.int64)
    return Scores(values_e4, values_e4, values_e4, values_e4, rank, none, scoring.lacks(case))
