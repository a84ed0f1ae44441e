"""The plan of a program with yes-or-no answers: its gain exact, one answer among equals.

A solver searches for the answers; everything said about the plan it leads to is recomputed exactly. The
relaxation's exact duals bound what any plan can gain, and decide most answers before the tie rule is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from typing import Literal

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.choice.alike import (
    Amounts,
    Piece,
    Totals,
    blocks_alike,
    over_totals,
    plain,
    spread,
)
from prioritizer.allocation.choice.branching import every_pattern
from prioritizer.allocation.choice.gates import closed
from prioritizer.allocation.choice.mixed_ties import Decided, Rule, Steps, of_patterns, other_patterns
from prioritizer.allocation.choice.relaxed import Relaxed, gain_of, relaxation
from prioritizer.allocation.choice.rivals import (
    Ask,
    BetterFound,
    Found,
    Pattern,
    Rivals,
    completed,
    excluding,
    rounded,
)
from prioritizer.allocation.choice.ties import Settled
from prioritizer.allocation.exact.simplex import Vertex
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import Program, restricted
from prioritizer.allocation.solvers.highs import Basis
from prioritizer.allocation.solvers.turns import branch_and_bound
from prioritizer.model import Ints

SEARCHES = 400  # of the tie rule
_NEAR = 1e-8  # of the dearest unit: what the solver's bound may be off
_TRIES = 20  # patterns that exact arithmetic refuses, before the search is given up


@dataclass(frozen=True)
class Effort:
    """How long the search for the best plan may take; what is found by then is ``feasible``."""

    seconds: float = 60.0
    nodes: int | None = None


@dataclass(frozen=True)
class MixedAnswer:
    """What was found. ``bound`` is proven: no plan gains more. ``proven`` says that the plan's gain is the
    greatest without resting on the solver's word; ``root`` is the relaxation's exact optimum."""

    status: Literal["optimal", "feasible", "infeasible", "stopped"]
    settled: Settled | None
    bound: Fraction | None
    root: Vertex | None
    proven: bool


def settle_mixed(
    program: Program,
    order: Ints,
    money: Ints,
    effort: Effort | None = None,
    ask: Ask = branch_and_bound,
    start: Basis | None = None,
) -> MixedAnswer:
    """The best plan, and among equals that of the rule.

    ``order``, int64, is the rule's order of columns; ``money``, int64[n], what one unit of a column is in
    million VND, 0 where it is no money; ``start`` a basis from which the relaxation is solved.
    """
    relaxed = relaxation(program, start)
    if relaxed is None:
        return MixedAnswer("infeasible", None, None, None, True)
    root, bound = relaxed.root, relaxed.bound
    status, amounts = _best(program, order, money, effort or Effort(), ask)
    if amounts is None:
        return MixedAnswer(status, None, bound, root, False)
    while status == "optimal":
        try:
            return _settled(relaxed, amounts, order, money, ask)
        except BetterFound as better:
            amounts |= better.amounts
    return MixedAnswer(status, packed(amounts, None), bound, root, gain_of(program, amounts) == bound)


def packed(
    amounts: Mapping[int, Exact], unique: bool | None, moved: Fraction = Fraction(0), tied: Sequence[int] = ()
) -> Settled:
    """Amounts as a settled plan."""
    down = np.array([amounts[column].__floor__() for column in range(len(amounts))], dtype=np.int64)
    parts = {column: Fraction(amount) for column, amount in amounts.items() if amount.denominator != 1}
    return Settled(down, parts, unique, moved, tuple(tied))


# ------------------------------------------------------------------ the best plan


def _best(
    program: Program, order: Ints, money: Ints, effort: Effort, ask: Ask
) -> tuple[Literal["optimal", "feasible", "infeasible", "stopped"], Amounts | None]:
    """The best plan that a solver finds and exact arithmetic confirms.

    What the solver takes for a plan within its tolerance and is none, or gains less than it says, is put
    aside, and the search goes on.
    """
    totals = _all_totals(program, order, money)
    still: Amounts = dict.fromkeys(np.flatnonzero(program.upper == 0).tolist(), 0)
    if not totals.program.columns:
        return "optimal", still
    ends, aside = monotonic() + effort.seconds, list[Pattern]()
    best: tuple[Fraction, Amounts] | None = None
    while len(aside) < _TRIES:
        left = max(0.01, ends - monotonic())
        answer = ask(excluding(totals.program, aside), left, effort.nodes, None)
        if answer.values is None:
            ended = "optimal" if answer.finished else "feasible"
            missing = "infeasible" if answer.finished else "stopped"
            return (ended, best[1]) if best else (missing, None)  # type: ignore[return-value]
        pattern = rounded(totals.program, answer)
        held = completed(totals.program, pattern)
        if held is not None:
            amounts = spread(program, totals, held[0]) | still
            gain = gain_of(program, amounts)
            best = max(best, (gain, amounts), key=lambda each: each[0]) if best else (gain, amounts)
        if best is not None and (not answer.finished or answer.bound <= best[0] + _doubt(totals.program)):
            return ("optimal" if answer.finished else "feasible"), best[1]
        if not answer.finished:
            return "stopped", None
        aside.append(pattern)
    return ("feasible", best[1]) if best else ("stopped", None)


def _all_totals(program: Program, order: Ints, money: Ints) -> Totals:
    free = np.flatnonzero(program.upper > 0)
    core, place = restricted(program, free, np.zeros_like(program.upper)), np.full(len(program.columns), -1)
    place[free] = np.arange(len(free))
    groups = blocks_alike(core, _placed(order, place), money[free].tolist())
    names = free.tolist()
    pieces = [Piece(tuple(tuple(names[c] for c in block) for block in group)) for group in groups]
    return over_totals(program, pieces, np.zeros_like(program.upper))


def _placed(order: Ints, place: npt.NDArray[np.int64]) -> list[int]:
    return [at for at in place[order].tolist() if at >= 0]


def _doubt(program: Program) -> float:
    """What the solver's bound may be off, in the units of the gains."""
    gains = np.abs((program.gain_num / program.gain_den).astype(np.float64) * program.upper)
    return _NEAR * float(gains.max(initial=0.0)) * max(1.0, float(np.sqrt(len(gains))))


# ------------------------------------------------------------------ one among equals


def _settled(relaxed: Relaxed, amounts: Amounts, order: Ints, money: Ints, ask: Ask) -> MixedAnswer:
    """The answer of the rule from one best plan. Raises :class:`BetterFound` where that was not the best."""
    program, needed = relaxed.program, gain_of(relaxed.program, amounts)
    room = relaxed.bound - needed
    fixed = relaxed.decided(relaxed.reduced(), room)
    free = np.flatnonzero(~np.array(fixed, dtype=bool))
    still = np.array([int(amounts[c]) if fixed[c] else 0 for c in range(len(fixed))], dtype=np.int64)
    names = free.tolist()
    own = {at: amounts[column] for at, column in enumerate(names)}
    core, own = closed(restricted(program, free, still), own, money[free])
    place = np.full(len(fixed), -1)
    place[free] = np.arange(len(free))
    queue = _placed(order, place)
    listed = set(queue)
    queue += [at for at in range(len(free)) if at not in listed]
    groups = blocks_alike(core, queue, money[free].tolist())
    rule = Rule(core, np.array(queue, dtype=np.int64), money[free], tuple(groups))
    rest = needed - gain_of(program, {c: int(still[c]) for c in range(len(fixed)) if fixed[c]})
    try:
        decided, exact = _decided(rule, own, rest, ask)
    except BetterFound as better:
        raise BetterFound({names[at]: amount for at, amount in better.amounts.items()}) from None
    found = dict(amounts) | {int(free[at]): amount for at, amount in decided.amounts.items()}
    differ = [at for at in rule.paid() if decided.low[at] != decided.high[at]]
    moved = sum((int(rule.money[at]) * (decided.amounts[at] - decided.low[at]) for at in differ), Fraction(0))
    unique = False if differ else True if decided.complete else None
    settled = packed(found, unique, Fraction(moved), sorted(int(free[at]) for at in differ))
    proven = exact or not room
    return MixedAnswer("optimal", settled, needed if proven else relaxed.bound, relaxed.root, proven)


def _decided(rule: Rule, amounts: Amounts, needed: Fraction, ask: Ask) -> tuple[Decided, bool]:
    """The rule's answer, and whether it was found by going through all plans, in exact arithmetic."""
    if not rule.program.columns:
        return Decided({}, {}, {}, True), True
    rivals = Rivals(rule.program, needed, rule.groups, ask, SEARCHES)
    totals = rivals.totals({}, {})
    if rule.program.whole.all():
        found = every_pattern(totals.program, needed)
        if found is not None:
            return of_patterns(rule, _as_good(rule, totals, found, needed)), True
    first = _first(rule, totals, amounts)
    patterns = other_patterns(rule, rivals, first)
    if patterns is not None:
        return of_patterns(rule, patterns), False
    return Steps(rule, rivals, first).decided(), False


def _as_good(rule: Rule, totals: Totals, patterns: Sequence[Pattern], needed: Fraction) -> list[Amounts]:
    """The plans that gain what is needed, among patterns of totals. Raises :class:`BetterFound`."""
    plans = [
        spread(rule.program, totals, [pattern[at] for at in range(len(totals.piece))]) for pattern in patterns
    ]
    gains = [gain_of(rule.program, plan) for plan in plans]
    most = max(gains)
    if most > needed:
        raise BetterFound(plans[gains.index(most)])
    return [plan for plan, gain in zip(plans, gains, strict=True) if gain == needed]


def _first(rule: Rule, totals: Totals, amounts: Amounts) -> Found:
    """A plan that is known, over totals."""
    held = tuple(
        plain(sum((amounts[block[role]] for block in totals.pieces[at].blocks), Fraction(0)))
        for at, role in zip(totals.piece, totals.role, strict=True)
    )
    return Found(spread(rule.program, totals, held), totals, held, 0)
