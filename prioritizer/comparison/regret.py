"""What the plan of one scenario is worth under the values of another, where that one's rules allow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from prioritizer.allocation import formulate
from prioritizer.allocation.choice.whole import worth
from prioritizer.allocation.plan import in_unit
from prioritizer.allocation.program import Formulation
from prioritizer.comparison.nouns import Breach, Regret
from prioritizer.comparison.transfer import transfer
from prioritizer.results import Evaluation


def regrets(evaluations: Sequence[Evaluation]) -> tuple[Regret, ...]:
    """Every plan under every scenario, its own too; by plan, then by scenario."""
    forms = [formulate(each.case, each.scores) for each in evaluations]
    return tuple(
        _regret(evaluations, forms[under], plan, under)
        for plan in range(len(evaluations))
        for under in range(len(evaluations))
    )


def _regret(evaluations: Sequence[Evaluation], form: Formulation, plan: int, under: int) -> Regret:
    ours, theirs = evaluations[plan], evaluations[under]
    if not ours.plan.found:
        return Regret(plan, under, None, None)
    if plan == under:
        return Regret(plan, under, ours.plan.objective, Fraction(0))
    names = {name.casefold() for name in ours.case.register.ids}
    unknown = tuple(name for name in theirs.case.register.ids if name.casefold() not in names)
    amount, absent = _carried(ours, theirs)
    level, breaches = transfer(theirs.case, form, amount)
    breaches = (*absent, *breaches)
    if breaches:
        return Regret(plan, under, None, None, breaches, unknown)
    value = in_unit(theirs.case, worth(form, level))
    return Regret(plan, under, value, _lost(theirs, value), (), unknown)


def _lost(theirs: Evaluation, value: Fraction) -> Fraction | None:
    """By how much the scenario's own plan is better. An optimal one may be beaten by the rounding of whole
    millions alone, which is no loss."""
    if theirs.plan.objective is None:
        return None
    lost = theirs.plan.objective - value
    return max(lost, Fraction(0)) if theirs.plan.status == "optimal" else lost


def _carried(ours: Evaluation, theirs: Evaluation) -> tuple[np.ndarray, tuple[Breach, ...]]:
    """Our plan in the rows of their register, int64[n], and its projects that are not there."""
    ids, plan = ours.case.register.ids, ours.plan.amount_mvnd
    rows: Mapping[str, int] = {name.casefold(): row for row, name in enumerate(theirs.case.register.ids)}
    amount, absent = np.zeros(len(rows), dtype=np.int64), []
    for row in np.flatnonzero(plan).tolist():
        there = rows.get(ids[row].casefold())
        if there is None:
            absent.append(Breach("absent", Fraction(int(plan[row])), project=ids[row]))
        else:
            amount[there] = plan[row]
    return amount, tuple(absent)
