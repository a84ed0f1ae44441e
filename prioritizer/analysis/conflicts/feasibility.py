"""Whether the rows of a program can hold together, and which of them already cannot.

Three questions, each asked only where the one before is answered with yes: amounts of any size (proven in
exact arithmetic), yes-or-no answers that are whole, amounts in whole million VND.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from prioritizer.allocation.choice.ties import Settled
from prioritizer.allocation.choice.whole import whole_plan
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.program import Formulation, Program, Row, restricted
from prioritizer.allocation.solvers.highs import Stopped, search
from prioritizer.model import Ints

Depth = Literal["linear", "yes_or_no", "whole_million"]
EXACT_ROWS = 120  # of a program with whole columns; beyond, the solver's word is taken
_NODES = 200  # of a search that only asks whether there is a plan
DEPTHS: tuple[Depth, ...] = ("linear", "yes_or_no", "whole_million")


@dataclass(frozen=True)
class Answer:
    """``holds`` is ``None`` where the search was given up; ``proven`` says that it does not rest on the
    solver's word. ``core``: rows, by name, that already cannot hold together; ``None`` if not known."""

    holds: bool | None
    proven: bool
    core: frozenset[str] | None = None


def feasible(form: Formulation, depth: Depth) -> Answer:
    """Whether all rows of the formulation can hold, looked into as far as ``depth``."""
    answer = linear(_pruned(form.program), exactly(form.program))
    if answer.holds and depth != "linear" and not form.program.linear:
        answer = _yes_or_no(form.program)
    if answer.holds and depth == "whole_million":
        answer = _whole_million(form)
    return answer


def exactly(program: Program) -> bool:
    """Whether exact vertices are to be had in a moment: their time grows with the rows that are tight, which
    are many where every answer has rows of its own."""
    return program.linear or len(_pruned(program).rows) <= EXACT_ROWS


def linear(program: Program, exact: bool = True) -> Answer:
    """Whether the rows can hold if no column has to be whole, proven: rows that nothing at all would break
    get a column that makes up for what they lack, and as little as possible is made up for."""
    lacking = [at for at, row in enumerate(program.rows) if row.lower > 0 or row.upper < 0]
    if not lacking:
        return Answer(True, True)
    if not exact:
        return _by_solver(program)
    stretched = _stretched(program, lacking)
    vertex = optimal_vertex(stretched)
    assert vertex is not None  # every row holds where all that is lacking is made up for
    made_up = range(len(program.columns), len(stretched.columns))
    if not any(vertex.exact(column) for column in made_up):
        return Answer(True, True)
    return Answer(False, True, frozenset(program.rows[at].name for at in vertex.dual))


def _by_solver(program: Program) -> Answer:
    """The solver's word, where exact vertices take too long."""
    found = search(without_gain(program), np.zeros(len(program.columns), dtype=bool))
    if found.values is not None:
        return Answer(True, proven=False)
    return Answer(False if found.finished else None, proven=False)


def _pruned(program: Program) -> Program:
    """The program less the answers that no rule asks for: if they need not be whole, a project's share of
    what it asks always is an answer that fits."""
    if program.linear:
        return program
    uses = np.zeros(len(program.columns), dtype=np.int64)
    own = [row for row in program.rows if row.name.startswith(("least[", "only_if["))]
    for row in program.rows:
        uses[row.columns[program.whole[row.columns]]] += 1
    idle = {row.name for row in own if (uses[row.columns[program.whole[row.columns]]] == 2).all()}
    return replace(program, rows=tuple(row for row in program.rows if row.name not in idle))


def _stretched(program: Program, lacking: list[int]) -> Program:
    first, rows = len(program.columns), list(program.rows)
    for extra, at in enumerate(lacking):
        row, sign = rows[at], 1 if rows[at].lower > 0 else -1
        rows[at] = widened(row, first + extra, sign)
    size = [max(program.rows[at].lower, -program.rows[at].upper) for at in lacking]
    gain = np.concatenate([np.zeros(first, np.int64), np.full(len(lacking), -1)])
    return Program(
        (*program.columns, *(f"lacking[{program.rows[at].name}]" for at in lacking)),
        np.concatenate([program.upper, np.array(size, dtype=np.int64)]),
        gain,
        np.ones_like(gain),
        tuple(rows),
        np.zeros(len(gain), dtype=bool),
    )


def widened(row: Row, column: int, coef: int) -> Row:
    """The row with one more column, behind all others."""
    return replace(row, columns=np.append(row.columns, column), coefs=np.append(row.coefs, coef))


def most_of(row: Row, upper: Ints, below: bool = False) -> int:
    """The most that columns up to ``upper``, int64[n], can bring into a row; the least, if ``below``."""
    helps = row.coefs < 0 if below else row.coefs > 0
    amount = np.zeros_like(upper)
    amount[row.columns] = np.where(helps, upper[row.columns], 0)
    return row.activity(amount)


def _yes_or_no(program: Program) -> Answer:
    """The solver's word; a plan that it finds is held against the rows exactly."""
    found = search(without_gain(program), program.whole, options={"mip_max_nodes": _NODES})
    if found.values is None:
        return Answer(False if found.finished else None, proven=False)
    answers = np.where(program.whole, np.rint(found.values), 0).astype(np.int64)
    free = np.flatnonzero(~program.whole)
    settled = [row for row in program.rows if program.whole[row.columns].all()]
    kept = all(row.lower <= row.activity(answers) <= row.upper for row in settled)
    rest = linear(restricted(program, free, answers), exactly(program))
    kept = kept and bool(rest.holds)
    return Answer(kept or None, proven=kept and rest.proven)


def without_gain(program: Program) -> Program:
    """The program with nothing to gain, so that any plan is a best one."""
    nothing = np.zeros(len(program.columns), dtype=np.int64)
    return replace(program, gain_num=nothing, gain_den=np.ones_like(nothing))


def _whole_million(form: Formulation) -> Answer:
    program = without_gain(form.program)
    aimless = replace(form, program=program, ledger=program if form.plain else form.ledger)
    vertex = optimal_vertex(program)
    assert vertex is not None
    parts = {column: part for column, part in vertex.basic.items() if part.denominator > 1}
    amount = vertex.amount.copy()
    for column, part in vertex.basic.items():
        amount[column] = 0 if column in parts else int(part)
    settled = Settled(amount, parts, None, Fraction(0), ())
    try:
        return Answer(whole_plan(aimless, settled) is not None, proven=False)
    except Stopped:
        return Answer(None, proven=False)
