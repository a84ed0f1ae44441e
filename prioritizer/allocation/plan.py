"""From whole-million amounts to a plan that says for every project and every limit what holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np

from prioritizer.allocation.choice.mixed import MixedAnswer
from prioritizer.allocation.choice.whole import worth
from prioritizer.allocation.payments import payments
from prioritizer.allocation.program import Formulation
from prioritizer.allocation.reasons import Standing, reasons
from prioritizer.allocation.statement.funds import available_mvnd
from prioritizer.allocation.statement.places import summed
from prioritizer.allocation.uses import uses
from prioritizer.errors import Defect
from prioritizer.model import Case, Ints
from prioritizer.money import MVND_PER_BN
from prioritizer.results import E4, LimitUse, Plan, Reason, Status, Unspent

FULL_VALUE_E4 = 100 * E4
Activities = Sequence[int]  # the left-hand side of every row at the plan


@dataclass(frozen=True)
class _Account:
    """Why a plan is as it is; ``level``, int64[columns], ``places``, int64, and ``amount``, int64[n], are the
    plan, ``activities`` what it makes of every row."""

    case: Case
    form: Formulation
    level: Ints
    places: Ints
    activities: Activities
    amount: Ints

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.form, self.level, self.activities)

    @cached_property
    def _reasons(self) -> tuple[list[Reason | None], list[list[str]]]:
        return reasons(self.case, self.standing, self.amount)

    def reason(self) -> tuple[Reason | None, ...]:
        return tuple(self._reasons[0])

    def held_by(self) -> tuple[tuple[str, ...], ...]:
        return tuple(map(tuple, self._reasons[1]))

    def limits(self) -> tuple[LimitUse, ...]:
        return tuple(uses(self.case, self.form, self.standing, self.places))

    def unspent(self) -> tuple[Unspent, ...]:
        return tuple(_unspent(self.case, self.form, self.standing, self.amount))


def plan_of(
    case: Case,
    form: Formulation,
    level: Ints,
    answer: MixedAnswer,
    status: Status,
    order: Ints,
) -> Plan:
    """The plan at ``level``, int64[columns], with its reasons; ``order`` is the tie rule's, over projects."""
    settled = answer.settled
    assert settled is not None and answer.bound is not None
    places = form.places(level)
    activities = form.ledger.activities(places)
    _check(form, level, places, activities)
    paid = np.where(form.demand.funded, places[: len(form.demand.funded)], 0)
    amount = summed(paid, form.demand.project, len(case.register))
    tied = np.zeros(len(amount), dtype=bool)
    tied[[int(form.project_of[column]) for column in settled.tied if form.project_of[column] >= 0]] = True
    account = _Account(case, form, level, places, activities, amount)
    return Plan(
        status=status,
        amount_mvnd=amount,
        objective=in_unit(case, worth(form, level)),
        unit=_unit(case),
        unique=settled.unique,
        tie_mvnd=round(settled.moved),
        tied=tied,
        reason=account.reason,
        held_by=account.held_by,
        limits=account.limits,
        unspent=account.unspent,
        payments=lambda: payments(case, form, places, order),
        lacks=form.lacks,
        bound=in_unit(case, answer.bound),
        relaxed=not form.program.linear,
    )


def _check(form: Formulation, level: Ints, places: Ints, activities: Activities) -> None:
    """The last look, whatever the way that led here: every bound and every row, in integers."""
    inside = bool((level >= 0).all() and (places <= form.ledger.upper).all())
    whole = bool((level[form.program.whole] <= form.program.upper[form.program.whole]).all())
    ends = zip(form.ledger.rows, activities, strict=True)
    broken = any(not row.lower <= held <= row.upper for row, held in ends)
    if not inside or not whole or broken:
        raise Defect("the plan breaks a rule")


def no_plan(case: Case, status: Status) -> Plan:
    """A refusal: no amounts, and the status that says why."""
    n = len(case.register)
    zeros = np.zeros(n, dtype=np.int64)
    return Plan(status, zeros, None, _unit(case), None, 0, zeros.astype(bool), (None,) * n, ((),) * n, (), ())


def _unit(case: Case) -> Literal["bn_at_full_value", "points"]:
    return "bn_at_full_value" if case.scenario.objective.basis == "funding" else "points"


def in_unit(case: Case, gain: Fraction) -> Fraction:
    """A gain of the program in the objective's unit."""
    return gain / (FULL_VALUE_E4 * MVND_PER_BN if case.scenario.objective.basis == "funding" else E4)


def _unspent(case: Case, form: Formulation, standing: Standing, amount: Ints) -> list[Unspent]:
    """Every million left over, with its reason: it would go to the best projects still wanting, were it not
    for what holds each of them; what is left after them has no project worth it."""
    left = case.envelope_mvnd - int(amount.sum())
    said: list[Unspent] = []
    reserved = case.envelope_mvnd - sum(available_mvnd(case))
    if reserved:
        said.append(Unspent("reserved", reserved, tuple(each.id for each in case.scenario.reserves)))
        left -= reserved
    program, room = form.program, standing.most - standing.level
    wanting = np.flatnonzero(standing.wanting)
    money = np.where(program.whole, form.mvnd_per_unit, 1)
    gain = (program.gain_num / program.gain_den).astype(float) / np.maximum(1, form.mvnd_per_unit)
    parts: dict[tuple[str, ...], int] = {}
    for column in wanting[np.argsort(-gain[wanting], kind="stable")].tolist():
        if not left:
            break
        part = min(left, int(room[column]) * int(money[column]))
        limits = tuple(sorted(set(standing.held.get(column, ()))))
        parts[limits] = parts.get(limits, 0) + part
        left -= part
    said += [
        Unspent("limits" if limits else "whole_million", money, limits) for limits, money in parts.items()
    ]
    return [*said, Unspent("no_project_above_hurdle", left)] if left else said
