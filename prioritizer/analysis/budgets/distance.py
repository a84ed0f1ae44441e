"""How far a plan is from the best for its money, under the limits as they stand in its case."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from prioritizer.allocation import Effort, column_order, tie_order
from prioritizer.allocation.choice.whole import gain_per_level
from prioritizer.allocation.exact.frontier import Corner, frontier, least_bound
from prioritizer.allocation.plan import in_unit
from prioritizer.allocation.program import FREE, Formulation, Program, Row
from prioritizer.allocation.solvers.highs import Stopped
from prioritizer.allocation.statement import formulate
from prioritizer.analysis.budgets.portfolios import best_answer, leaner
from prioritizer.model import Case, Ints
from prioritizer.results import Distance, Plan, Scores


def distance(case: Case, scores: Scores, plan: Plan, effort: Effort | None = None) -> Distance | None:
    """The value that a plan's own money could still add, and the least money for a value as great.

    Only the money placed in all is bounded anew; funds and limits stay as they are. ``effort`` bounds every
    search. ``None`` where there is no plan, or a search was given up.
    """
    form = formulate(case, scores)
    if plan.objective is None:
        return None
    if form.program.linear:
        return _on_line(case, form, plan, plan.objective)
    order = np.append(column_order(form, tie_order(case, scores)), len(form.program.columns))
    try:
        return _among_portfolios(case, form, order, (plan.total_mvnd, plan.objective), effort)
    except Stopped:
        return None


def _on_line(case: Case, form: Formulation, plan: Plan, value: Fraction) -> Distance | None:
    cost_mvnd = plan.total_mvnd
    paid = np.flatnonzero(form.mvnd_per_unit)
    row = Row("cost", paid, form.mvnd_per_unit[paid], -FREE, cost_mvnd)
    program, at = replace(form.program, rows=(*form.program.rows, row)), len(form.program.rows)
    least = least_bound(program, at)
    corners = () if least is None else frontier(program, at, least, cost_mvnd)
    if not corners:
        return None
    lost = in_unit(case, corners[-1].value) - value
    needed = _reached(corners, value / in_unit(case, Fraction(1)))
    return Distance(cost_mvnd, value, lost, needed, min(lost, in_unit(case, _rounding(form, plan))))


def _rounding(form: Formulation, plan: Plan) -> Fraction:
    """What a million VND more or less in every amount between nothing and all can gain at most."""
    most = np.zeros(len(plan.amount_mvnd), dtype=np.int64)
    paid = np.flatnonzero(form.mvnd_per_unit)
    np.add.at(most, form.project_of[paid], (form.program.upper * form.mvnd_per_unit)[paid])
    parts = int(((plan.amount_mvnd > 0) & (plan.amount_mvnd < most)).sum())
    gains = [abs(gain_per_level(form, column)) for column in paid.tolist()]
    return parts * max(gains, default=Fraction(0))


def _reached(corners: tuple[Corner, ...], gain: Fraction) -> Fraction:
    """The least bound at which a growing line is as high as ``gain``; its end if it never is."""
    above = next((at for at, corner in enumerate(corners) if corner.value >= gain), len(corners) - 1)
    left, right = corners[max(0, above - 1)], corners[above]
    if left.value >= gain or right.value <= gain:
        return left.bound if left.value >= gain else right.bound
    part = (gain - left.value) / (right.value - left.value)
    return left.bound + part * (right.bound - left.bound)


def _among_portfolios(
    case: Case, form: Formulation, order: Ints, reached: tuple[int, Fraction], effort: Effort | None
) -> Distance | None:
    cost_mvnd, value = reached
    program, money = _counted(form, cost_mvnd), np.append(form.mvnd_per_unit, 0)
    best = best_answer(program, order, money, effort)
    if best is None:
        return None
    needed = best_answer(leaner(program, value / in_unit(case, Fraction(1))), order, money, effort)
    lost = in_unit(case, best.gain) - value
    return Distance(cost_mvnd, value, lost, None if needed is None else needed.amounts[-1])


def _counted(form: Formulation, most_mvnd: int) -> Program:
    """The program with the money placed as one more column, the last."""
    program, last = form.program, len(form.program.columns)
    paid = np.flatnonzero(form.mvnd_per_unit)
    coefs = np.append(form.mvnd_per_unit[paid], -1)
    return Program(
        (*program.columns, "cost"),
        np.append(program.upper, most_mvnd),
        np.append(program.gain_num, 0),
        np.append(program.gain_den, 1),
        (*program.rows, Row("cost", np.append(paid, last), coefs, -FREE, 0)),
        np.append(program.whole, False),
    )
