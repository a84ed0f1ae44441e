"""From values to a plan: the program, its exact optimum, one answer among equals, whole millions, reasons."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Literal

import numpy as np

from prioritizer.allocation.choice.best import best_whole, settled_whole
from prioritizer.allocation.choice.mixed import Effort, MixedAnswer, settle_mixed
from prioritizer.allocation.choice.relaxed import gain_at
from prioritizer.allocation.choice.ties import settle
from prioritizer.allocation.choice.whole import whole_plan
from prioritizer.allocation.exact.prices import canonical_dual
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.plan import in_unit, no_plan, plan_of
from prioritizer.allocation.program import Formulation
from prioritizer.allocation.solvers import cbc, turns
from prioritizer.allocation.solvers.highs import Stopped
from prioritizer.allocation.solvers.lptext import lp_text
from prioritizer.allocation.statement import formulate
from prioritizer.model import Case, Ints
from prioritizer.results import Certificate, Plan, Scores


def allocate(
    case: Case, scores: Scores, effort: Effort | None = None, solver: Literal["highs", "cbc"] = "highs"
) -> Plan:
    """The plan for a case whose projects are worth ``scores``; a refusal is a plan with its status.

    ``effort`` bounds the search where rules ask yes-or-no questions. ``solver`` brings the start and the
    search; amounts and proof are ours, so that a second opinion gives the same plan. Raises
    :class:`~prioritizer.allocation.solvers.cbc.CbcMissing` where that is asked for and not there.
    """
    form, order = formulate(case, scores), tie_order(case, scores)
    columns = column_order(form, order)
    answer = _answer(case, form, columns, effort, solver)
    if answer.settled is None:
        return no_plan(case, answer.status)
    try:
        level = whole_plan(form, answer.settled)
    except Stopped:
        return no_plan(case, "stopped")
    if level is None:
        return no_plan(case, "no_whole_million_plan")
    status = answer.status
    if answer.settled.parts and answer.root is not None and status == "optimal":
        # From one vertex whoever searched: what is gone through around another may not be as far.
        root = answer.root if solver == "highs" else optimal_vertex(form.program)
        assert root is not None
        whole = best_whole(form, root, level, turns.branch_and_bound)
        keep = case.scenario.ties == "pro_rata"
        level, settled = settled_whole(form, whole, answer.settled, columns, keep)
        answer, status = replace(answer, settled=settled), "optimal" if whole.finished else "feasible"
    return plan_of(case, form, level, answer, status, order)


def _answer(case: Case, form: Formulation, order: Ints, effort: Effort | None, solver: str) -> MixedAnswer:
    """The exact plan of the rule, before it is made whole."""
    program, money = form.program, form.mvnd_per_unit
    start = cbc.last_basis(program) if solver == "cbc" else None
    if not program.linear:
        ask = cbc.branch_and_bound if solver == "cbc" else turns.branch_and_bound
        return settle_mixed(program, order, money, effort, ask, start)
    vertex = optimal_vertex(program, start)
    if vertex is None:
        return MixedAnswer("infeasible", None, None, None, True)
    settled = settle(program, vertex, order, money, pro_rata=case.scenario.ties == "pro_rata")
    return MixedAnswer("optimal", settled, gain_at(program, vertex), vertex, True)


def certify(case: Case, scores: Scores) -> Certificate | None:
    """The proof that no plan is worth more than its bound: a dual for every row, the same whatever solver
    and path led to the plan. ``None`` where the rules leave no plan even without yes-or-no questions."""
    form = formulate(case, scores)
    vertex = optimal_vertex(form.program)
    if vertex is None:
        return None
    dual = canonical_dual(form.program, vertex)
    by_name = {row.name: dual.get(at, Fraction(0)) for at, row in enumerate(form.program.rows)}
    bound = in_unit(case, gain_at(form.program, vertex))
    return Certificate(by_name, bound, relaxed=not form.program.linear)


def tie_order(case: Case, scores: Scores) -> Ints:
    """The recorded order of the tie rule over projects, int64[n]: first those that the scenario names, then
    higher value with unknowns at mid, then smaller ask, then id."""
    register = case.register
    named = np.full(len(register), len(case.scenario.tie_order))
    for at, name in enumerate(case.scenario.tie_order):
        named[register.row_of(name)] = at
    return np.lexsort((np.arange(len(register)), register.ask_mvnd, -scores.mid_e4, named)).astype(np.int64)


def column_order(form: Formulation, order: Ints) -> Ints:
    """The tie rule's order over columns: projects in ``order``, within one by milestone, then the rest."""
    rank = np.empty(len(order) + 1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank[-1] = len(order)  # columns that pay no project have -1 for it
    return np.argsort(rank[form.project_of], kind="stable").astype(np.int64)


__all__ = ["Effort", "allocate", "certify", "formulate", "lp_text", "tie_order"]
