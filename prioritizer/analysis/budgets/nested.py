"""Plans at growing budgets in which no project ever loses money, solved jointly.

The programs of all budgets stand side by side in one; what joins them says that a column holds no more than
at the next budget. In a linear program few projects ever step out, so these rows are added only where a plan
breaks them, until none does: the plan is then best with all of them. A search for yes-or-no answers costs
more than it gains by leaving rows out, and gets them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from prioritizer.allocation.choice.mixed import Effort, settle_mixed
from prioritizer.allocation.choice.ties import Settled, settle
from prioritizer.allocation.choice.whole import whole_plan
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.program import Formulation, Program
from prioritizer.allocation.solvers.highs import BASIC, Stopped, last_basis
from prioritizer.analysis.budgets.stack import Joint, stacked
from prioritizer.model import Ints


@dataclass(frozen=True)
class Nested:
    """The best nested plans, step by step: their exact gains, and their levels in whole millions,
    int64[columns]."""

    gains: tuple[Fraction, ...]
    levels: tuple[Ints, ...]


def best_nested(
    forms: Sequence[Formulation], weights: Sequence[Fraction], order: Ints, effort: Effort | None = None
) -> Nested | None:
    """The nested plans with the greatest sum of gains by ``weights`` (positive); ``None`` if there are none.

    ``forms`` are by ascending budget; ``order`` is the tie rule's over the columns of one, and earlier steps
    go first; ``effort`` bounds a search for yes-or-no answers.
    Raises :class:`~prioritizer.allocation.solvers.highs.Stopped` where a search was given up.
    """
    linear = all(form.program.linear for form in forms)
    joints = _likely(forms, weights) if linear else _paid(forms[0])
    if linear and not _joined_vertices(forms, weights, joints):
        return None
    while True:
        stack = stacked(forms, weights, _joints(joints, len(forms)))
        settled = _settled(stack, _repeated(order, len(forms)), effort)
        level = None if settled is None else whole_plan(stack, settled)
        if settled is None or level is None:
            return None
        exact = [settled.parts.get(at, Fraction(each)) for at, each in enumerate(settled.amount.tolist())]
        amounts, levels = _by_step(exact, forms), level.reshape(len(forms), -1)
        broken = _broken(forms[0], amounts) | _broken(forms[0], levels)
        if not broken:
            gains = tuple(_gain(form.program, own) for form, own in zip(forms, amounts, strict=True))
            return Nested(gains, tuple(levels))
        joints |= broken


def _likely(forms: Sequence[Formulation], weights: Sequence[Fraction]) -> set[int]:
    """The columns that a solver, asked roughly with all of them joined, would have lose money otherwise."""
    joints = _joints(_paid(forms[0]), len(forms))
    program = stacked(forms, weights, joints).program
    tight = last_basis(program).rows[len(program.rows) - len(joints) :] != BASIC
    return {column for (_, column), holds in zip(joints, tight.tolist(), strict=True) if holds}


def _paid(form: Formulation) -> set[int]:
    """The columns that can get money."""
    return set(np.flatnonzero((form.mvnd_per_unit > 0) & (form.program.upper > 0)).tolist())


def _joined_vertices(forms: Sequence[Formulation], weights: Sequence[Fraction], joints: set[int]) -> bool:
    """Join columns until an optimal vertex is nested; no if then there is none. The tie rule, which takes
    longer than a vertex, finds most of what it needs joined already."""
    broken: set[int] | None = None
    while broken is None or broken:
        program = stacked(forms, weights, _joints(joints, len(forms))).program
        vertex = optimal_vertex(program)
        if vertex is None:
            return False
        exact = [vertex.exact(column) for column in range(len(program.columns))]
        broken = _broken(forms[0], _by_step(exact, forms))
        joints |= broken
    return True


def _settled(stack: Formulation, order: Ints, effort: Effort | None) -> Settled | None:
    """The plan of the tie rule; ``None`` if there is none. Raises :class:`Stopped`."""
    program = stack.program
    if program.linear:
        vertex = optimal_vertex(program)
        return None if vertex is None else settle(program, vertex, order, stack.mvnd_per_unit)
    found = settle_mixed(program, order, stack.mvnd_per_unit, effort)
    if found.status not in ("optimal", "infeasible"):
        raise Stopped
    return found.settled


def _joints(columns: set[int], steps: int) -> list[Joint]:
    """Whoever steps out once is likely to do so elsewhere too: such a column is joined at every step."""
    return [(step, column) for column in sorted(columns) for step in range(steps - 1)]


def _by_step(amounts: Sequence[Fraction], forms: Sequence[Formulation]) -> Ints:
    return np.array(amounts, dtype=object).reshape(len(forms), -1)


def _repeated(order: Ints, steps: int) -> Ints:
    return np.concatenate([order + at * len(order) for at in range(steps)])


def _broken(form: Formulation, held: Ints) -> set[int]:
    """The columns of money that hold more at some step than at the next; ``held`` is [steps, columns]."""
    falls = (held[:-1] > held[1:]).any(axis=0) & (form.mvnd_per_unit > 0)
    return set(np.flatnonzero(falls).tolist())


def _gain(program: Program, amounts: Ints) -> Fraction:
    gains = zip(program.gain_num.tolist(), program.gain_den.tolist(), amounts, strict=True)
    return sum((Fraction(num, den) * amount for num, den, amount in gains if amount), Fraction(0))
