"""How far one weight may move while the plan at hand stays best: exact intervals.

A weight ``t`` of one criterion moves between 0 and 1, its siblings keep their proportions, all other weights
stay. Values, and so the gains of the program, are straight lines in ``t``; what another plan is worth beyond
the plan at hand is one too. The greatest of these is a convex broken line, zero exactly where complementary
dual prices of the plan at hand exist (strong duality). From ``t`` = 0, or 1, the best plan there says where
its own line meets zero; there it is done again, until nothing is better: Newton's steps on a convex broken
line, which come to an end at the exact end of the interval. Every step is a linear program solved exactly.

Where rules ask yes or no there are no dual prices, but the broken line is as convex: the steps are the same,
each a search for the best plan. The ends are as sure as "optimal" is of those plans; where a search is given
up, or ends without proof, that is said.

What is exact: values before they are rounded to 1e-4 point, and amounts before they are made whole millions.
Plans are made with rounded values, so that within some 1e-4 points of an end another plan, which is as good
but for such a difference, may be given. Within the interval plans that are equally good may be exchanged, as
the tie rule goes by values. Who is eligible, and scores, are those of the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from prioritizer import allocation, scoring
from prioritizer.allocation import Effort
from prioritizer.allocation.choice.mixed import settle_mixed
from prioritizer.allocation.choice.ties import Settled, settle
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.program import SAFE, Formulation, Program
from prioritizer.model import CLASSES, Case, CriteriaTree, Ints
from prioritizer.results import E4, Scores
from prioritizer.scoring.values import exact_ends
from prioritizer.scoring.weights import UNCLASSED, along_branches, exchange_rate, weighings

_GENERAL = ("direct", "elicited", "criteria", "equal")  # weights that hold for classes without their own
_FAR = 100 * E4
Amounts = Mapping[int, Fraction]  # by column; what is not there is nothing


@dataclass(frozen=True)
class End:
    """An end of an interval: the weight there, and how money would move beyond it, by row of the register in
    million VND (exact); nothing where the weight can go no further."""

    weight: Fraction
    moves_mvnd: Mapping[int, Fraction]


@dataclass(frozen=True)
class Interval:
    """The weights of one criterion at which the plan at hand stays best.

    ``now`` is its weight among its siblings. ``low`` and ``high`` are ``None`` where the plan is not best at
    ``now`` itself once values are not rounded, or where a search was given up (``finished`` is false).
    ``proven``: no step rests on a solver's word.
    """

    criterion: str
    parent: str
    now: Fraction
    low: End | None
    high: End | None
    finished: bool = True
    proven: bool = True

    @property
    def holds(self) -> bool:
        """Whether there is an interval."""
        return self.low is not None


def stability(case: Case, effort: Effort | None = None) -> tuple[Interval, ...] | None:
    """The interval of every criterion that has siblings and does not carry all their weight, in the order of
    the tree; ``None`` where values are given, or where there is no plan that is shown to be best.

    A weight that classes have for themselves does not move. ``effort`` bounds each of many searches where
    rules ask yes or no.
    """
    plan = _plan_at_hand(case, effort)
    return None if plan is None else tuple(_interval(plan, *each) for each in _movable(case))


def stability_of(case: Case, criterion: str, effort: Effort | None = None) -> Interval | None:
    """The interval of one criterion; ``None`` where there is none to tell."""
    wanted = [] if case.criteria is None else [each for each in _movable(case) if each[0] == criterion]
    plan = _plan_at_hand(case, effort) if wanted else None
    return None if plan is None else _interval(plan, *wanted[0])


def moved_to(case: Case, criterion: str, weight: Fraction) -> Case:
    """The case in which a criterion weighs so much among its siblings, which keep their proportions; classes
    with weights of their own keep them."""
    for weighing in weighings(case):
        if criterion in weighing.weights:
            stated = dict(case.scenario.weights) | _spread(weighing.weights, criterion, weight)
            kept = tuple(
                each for each in case.scenario.elicitation if each.class_ or each.parent != weighing.parent
            )
            return case.revised(weights=stated, elicitation=kept)
    raise KeyError(criterion)


def _movable(case: Case) -> Iterator[tuple[str, str, Fraction]]:
    for weighing in weighings(case):
        for node in weighing.siblings:
            now = weighing.weights[node.id]
            if len(weighing.siblings) > 1 and now < 1:
                yield node.id, weighing.parent, now


def _spread(weights: Mapping[str, Fraction], criterion: str, weight: Fraction) -> dict[str, Fraction]:
    rest = 1 - weights[criterion]
    return {name: weight if name == criterion else own * (1 - weight) / rest for name, own in weights.items()}


# ------------------------------------------------------------------ the plan, and gains that move


@dataclass(frozen=True)
class _Plan:
    """The exact plan of the rule, by column, and what makes gains of values; ``order`` is the tie rule's."""

    case: Case
    scores: Scores
    form: Formulation
    order: Ints
    amounts: Amounts
    proven: bool
    effort: Effort | None

    @cached_property
    def per_value(self) -> tuple[list[Fraction], list[Fraction]]:
        """What every column gains at no value, and more by each 1e-4 point."""
        at_zero, at_far = (_gains(self.case, self.scores, value) for value in (0, _FAR))
        return at_zero, [(far - zero) / _FAR for zero, far in zip(at_zero, at_far, strict=True)]

    def gains(self, values_e4: list[Fraction]) -> list[Fraction]:
        """What every column gains where projects are worth so much, not rounded."""
        return [
            zero + (more * values_e4[row] if row >= 0 else 0)
            for zero, more, row in zip(*self.per_value, self.form.project_of.tolist(), strict=True)
        ]


def _plan_at_hand(case: Case, effort: Effort | None) -> _Plan | None:
    if case.criteria is None:
        return None
    scores = scoring.score(case)
    form = allocation.formulate(case, scores)
    order = allocation.column_order(form, allocation.tie_order(case, scores))
    if not form.program.linear:
        found = _searched(form, form.program, order, effort)
        return None if found is None else _Plan(case, scores, form, order, *found, effort)
    vertex = optimal_vertex(form.program)
    if vertex is None:
        return None
    pro_rata = case.scenario.ties == "pro_rata"
    settled = settle(form.program, vertex, order, form.mvnd_per_unit, pro_rata=pro_rata)
    return _Plan(case, scores, form, order, _amounts(settled), True, effort)


def _amounts(settled: Settled) -> Amounts:
    whole = np.flatnonzero(settled.amount).tolist()
    return {**{at: Fraction(int(settled.amount[at])) for at in whole}, **settled.parts}


def _searched(
    form: Formulation, program: Program, order: Ints, effort: Effort | None
) -> tuple[Amounts, bool] | None:
    """The best plan with answers, and whether that is proven without a solver; ``None`` where none is shown
    to be best."""
    answer = settle_mixed(program, order, form.mvnd_per_unit, effort)
    if answer.settled is None or answer.status != "optimal":
        return None
    return _amounts(answer.settled), answer.proven


def _gains(case: Case, scores: Scores, value: int) -> list[Fraction]:
    alike = np.full(len(case.register), value, dtype=np.int64)
    there = replace(scores, value_e4=alike, low_e4=alike, mid_e4=alike, high_e4=alike)
    program = allocation.formulate(case, there).program
    pairs = zip(program.gain_num.tolist(), program.gain_den.tolist(), strict=True)
    return [Fraction(num, den) for num, den in pairs]


def _values(case: Case, criterion: str, weight: Fraction) -> list[Fraction]:
    """What projects are worth where a criterion has this weight, in 1e-4 point, not rounded."""
    assert case.criteria is not None
    weights = {class_: _leaf_weights(case, class_, criterion, weight) for class_ in (UNCLASSED, *CLASSES)}
    low, high, scale = exact_ends(case, weights)
    ends = {"low": (low, low), "mid": (low, high), "high": (high, high)}[case.scenario.eligibility.unassessed]
    total = sum(each.astype(object).sum(axis=0) for each in ends)
    return [Fraction(int(each) * E4, 2 * scale) for each in np.asarray(total).tolist()]


def _leaf_weights(case: Case, class_: str, criterion: str, weight: Fraction) -> dict[str, Fraction]:
    tree: CriteriaTree | None = case.criteria
    assert tree is not None
    own: dict[str, Fraction] = {}
    for weighing in weighings(case, class_):
        moves = criterion in weighing.weights and weighing.origin in _GENERAL
        own |= _spread(weighing.weights, criterion, weight) if moves else dict(weighing.weights)
    rate = exchange_rate(case, class_)
    found = along_branches(tree, own, {factor.id: own[factor.id] for factor in tree.criteria})
    return {leaf: each * rate for leaf, each in found.items()}


# ------------------------------------------------------------------ the interval


class _GivenUp(Exception):
    """A search for the best plan with answers ended without one that is shown to be best."""


class _Line:
    """Gains that are straight lines in the weight of one criterion."""

    def __init__(self, plan: _Plan, criterion: str) -> None:
        self.plan, self.proven = plan, plan.proven
        at_zero, at_one = (plan.gains(_values(plan.case, criterion, Fraction(end))) for end in (0, 1))
        whole = lcm(*(each.denominator for each in (*at_zero, *at_one)))
        self.start = np.array([int(each * whole) for each in at_zero], dtype=object)
        self.slope = np.array([int(each * whole) for each in at_one], dtype=object) - self.start

    def program(self, t: Fraction) -> Program:
        """The program at one weight, its gains multiplied by a positive number."""
        gain = self.start * t.denominator + self.slope * t.numerator
        if max(map(abs, gain.tolist()), default=0) < SAFE:
            gain = gain.astype(np.int64)
        return replace(self.plan.form.program, gain_num=gain, gain_den=np.ones(len(gain), dtype=np.int64))

    def best(self, t: Fraction) -> Amounts:
        """A best plan at one weight. Raises :class:`_GivenUp`."""
        plan, program = self.plan, self.program(t)
        if program.linear:
            vertex = optimal_vertex(program)
            assert vertex is not None
            whole = np.flatnonzero(vertex.amount).tolist()
            return {**{at: Fraction(int(vertex.amount[at])) for at in whole}, **vertex.basic}
        found = _searched(plan.form, program, plan.order, plan.effort)
        if found is None:
            raise _GivenUp
        self.proven &= found[1]
        return found[0]

    def ahead(self, other: Amounts) -> tuple[Fraction, Fraction]:
        """What another plan gains beyond the one at hand, as start and slope of a line."""
        own = self.plan.amounts
        apart = {at: other.get(at, Fraction(0)) - own.get(at, 0) for at in {*own, *other}}
        return (
            sum((int(self.start[column]) * each for column, each in apart.items()), Fraction(0)),
            sum((int(self.slope[column]) * each for column, each in apart.items()), Fraction(0)),
        )

    def end(self, t: Fraction, now: Fraction) -> End | None:
        """The end of the interval between ``t``, 0 or 1, and ``now``; ``None`` where the plan is not best at
        ``now``."""
        beyond: Amounts | None = None
        while True:
            other = self.best(t)
            start, slope = self.ahead(other)
            if start + slope * t <= 0:
                return End(t, {} if beyond is None else self._moves(beyond))
            if t == now or start + slope * now > 0:
                return None
            # At ``now`` this plan is no better, here it is: its line meets zero in between.
            t, beyond = -start / slope, other

    def _moves(self, other: Amounts) -> dict[int, Fraction]:
        moves: dict[int, Fraction] = {}
        form, own = self.plan.form, self.plan.amounts
        for column, row in enumerate(form.project_of.tolist()):
            apart = other.get(column, Fraction(0)) - own.get(column, 0)
            if row >= 0 and apart and form.mvnd_per_unit[column]:
                moves[row] = moves.get(row, Fraction(0)) + apart * int(form.mvnd_per_unit[column])
        return {row: money for row, money in moves.items() if money}


def _interval(plan: _Plan, criterion: str, parent: str, now: Fraction) -> Interval:
    line = _Line(plan, criterion)
    try:
        low = line.end(Fraction(0), now)
        high = None if low is None else line.end(Fraction(1), now)
    except _GivenUp:
        return Interval(criterion, parent, now, None, None, finished=False, proven=False)
    return Interval(criterion, parent, now, low if high else None, high, proven=line.proven)
