"""What the next slices of money would do, and what it costs never to take money back from a project.

The best plan for more money is not always the best plan for less with something added. So each budget is
solved for by itself, and all together once more under the rule that no project ever loses money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from prioritizer.allocation import Effort, allocate, column_order, tie_order
from prioritizer.allocation.plan import in_unit
from prioritizer.allocation.program import Formulation
from prioritizer.allocation.solvers.highs import Stopped
from prioritizer.allocation.statement import formulate
from prioritizer.analysis.budget import case_at, moving
from prioritizer.analysis.budgets.efficient import least_budget_mvnd
from prioritizer.analysis.budgets.nested import best_nested
from prioritizer.model import Case, Ints
from prioritizer.results import Ladder, Rung, Scores, Status


def ladder(
    case: Case,
    scores: Scores,
    step_mvnd: int,
    steps: int,
    fund: str | None = None,
    from_least: bool = False,
    weights: Sequence[Fraction | int] | None = None,
    effort: Effort | None = None,
) -> Ladder:
    """The plans at the case's budget and ``steps`` steps of ``step_mvnd`` above it, or above the least budget
    that keeps the rules; and the best sequence of plans in which no project loses money.

    All funds grow in proportion, or ``fund`` alone. ``weights``, above zero and one for each of the
    ``steps + 1`` budgets, say how much the value at each counts; all 1 if not given. Budgets without a plan
    have no part in the sequence. There are no rungs if no budget keeps the rules. ``effort`` bounds every
    search where rules ask yes-or-no questions.
    """
    start = least_budget_mvnd(case, scores, fund) if from_least else case.envelope_mvnd
    budgets = [] if start is None else [start + at * step_mvnd for at in range(steps + 1)]
    counts = [Fraction(1)] * len(budgets) if weights is None else list(map(Fraction, weights))[: len(budgets)]
    free = [_free(case_at(case, budget, fund), scores, effort) for budget in budgets]
    having = [at for at, rung in enumerate(free) if rung.plan.found]
    counted = [free[at] for at in having], [counts[at] for at in having]
    kept, status = _kept(case, scores, *counted, fund, effort)
    rungs = list(free)
    for at, rung in zip(having, kept, strict=True):
        rungs[at] = rung
    limits = moving(case, scores, fund).limits
    return Ladder(tuple(rungs), tuple(counts), step_mvnd, fund, limits, status)


def _free(case: Case, scores: Scores, effort: Effort | None) -> Rung:
    """A budget by itself. Its value is exact: before rounding to whole millions in a linear program."""
    plan = allocate(case, scores, effort)
    exact = plan.bound is not None and not plan.relaxed
    return Rung(case.envelope_mvnd, plan, plan.bound if exact else plan.objective, None, None)


def _kept(
    case: Case,
    scores: Scores,
    free: list[Rung],
    weights: Sequence[Fraction],
    fund: str | None,
    effort: Effort | None,
) -> tuple[list[Rung], Status]:
    """The budgets with the best sequence that never takes money back; all of them have a plan."""
    if not free:
        return free, "infeasible"
    status: Status = "optimal" if all(rung.plan.status == "optimal" for rung in free) else "feasible"
    if all((after.plan.amount_mvnd >= before.plan.amount_mvnd).all() for before, after in pairwise(free)):
        return [
            replace(rung, nested_mvnd=rung.plan.amount_mvnd, nested_value=rung.value) for rung in free
        ], status
    forms = [formulate(case_at(case, rung.budget_mvnd, fund), scores) for rung in free]
    order = column_order(forms[0], tie_order(case, scores))
    try:
        free = [_unrounded(case, form, rung, order, effort) for form, rung in zip(forms, free, strict=True)]
        found = best_nested(forms, weights, order, effort)
    except Stopped:
        return free, "stopped"
    if found is None:
        return free, "infeasible"
    amounts = [_amounts(case, *each) for each in zip(forms, found.levels, strict=True)]
    parts = zip(free, amounts, found.gains, strict=True)
    return [
        replace(rung, nested_mvnd=amount, nested_value=in_unit(case, gain)) for rung, amount, gain in parts
    ], status


def _unrounded(case: Case, form: Formulation, rung: Rung, order: Ints, effort: Effort | None) -> Rung:
    """The rung with its exact value where yes-or-no answers go with part funding: a plan's own objective is
    rounded there, and what rounding took would count as gained by the sequence."""
    paid = (form.mvnd_per_unit > 0) & (form.program.upper > 0)
    if form.program.linear or form.program.whole[paid].all():
        return rung
    alone = best_nested([form], [Fraction(1)], order, effort)
    return rung if alone is None else replace(rung, value=in_unit(case, alone.gains[0]))


def _amounts(case: Case, form: Formulation, level: Ints) -> Ints:
    """What the levels of a plan pay to every project, int64[n] in million VND."""
    funded = form.demand.funded
    amount = np.zeros(len(case.register), dtype=np.int64)
    np.add.at(amount, form.demand.project, np.where(funded, form.places(level)[: len(funded)], 0))
    return amount
