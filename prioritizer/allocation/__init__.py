"""From values to a plan: the program, its exact optimum, one answer among equals, whole millions, reasons."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from prioritizer.allocation.exact import Vertex, optimal_vertex
from prioritizer.allocation.lptext import lp_text
from prioritizer.allocation.plan import no_plan, plan_of
from prioritizer.allocation.program import Program, formulate
from prioritizer.allocation.solver import Stopped
from prioritizer.allocation.ties import Settled, settle
from prioritizer.allocation.whole import best_whole, whole_plan
from prioritizer.model import Case, Ints
from prioritizer.results import Plan, Scores, Status


def allocate(case: Case, scores: Scores) -> Plan:
    """The plan for a case whose projects are worth ``scores``; a refusal is a plan with its status."""
    program = formulate(case, scores)
    vertex = optimal_vertex(program)
    if vertex is None:
        return no_plan(case, "infeasible")
    settled = settle(program, vertex, tie_order(case, scores))
    try:
        amount = whole_plan(program, settled)
    except Stopped:
        return no_plan(case, "stopped")
    if amount is None:
        return no_plan(case, "no_whole_million_plan")
    status = _status(program, vertex, settled, amount)
    if status == "feasible":
        amount, finished = best_whole(program, amount)
        status = "optimal" if finished else "feasible"
    return plan_of(case, program, amount, settled, status)


def tie_order(case: Case, scores: Scores) -> Ints:
    """The recorded order of the tie rule: higher value with unknowns at mid, then smaller ask, then id."""
    return np.lexsort((np.arange(len(case.register)), case.register.ask_mvnd, -scores.mid_e4)).astype(
        np.int64
    )


def _status(program: Program, vertex: Vertex, settled: Settled, amount: Ints) -> Status:
    """``optimal`` where the plan is worth the proven optimum, up to a million VND per amount that had to be
    made whole; else ``feasible``, until the best whole plan is found."""
    if not settled.parts:
        return "optimal"
    moved = (column for column in np.flatnonzero(amount != vertex.amount).tolist())
    changed = set(moved) | set(vertex.basic)
    lost = sum(
        ((vertex.exact(column) - int(amount[column])) * _gain(program, column) for column in changed),
        Fraction(0),
    )
    dearest = max(abs(_gain(program, column)) for column in changed)
    return "optimal" if lost <= len(settled.parts) * dearest else "feasible"


def _gain(program: Program, column: int) -> Fraction:
    return Fraction(int(program.gain_num[column]), int(program.gain_den[column]))


__all__ = ["allocate", "formulate", "lp_text", "tie_order"]
