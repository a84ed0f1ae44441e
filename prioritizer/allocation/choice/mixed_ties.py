"""The tie rule over plans with yes-or-no answers.

The rule is that of :mod:`~prioritizer.allocation.choice.ties`: among the plans of greatest gain, as little as
possible to money that adds nothing, then as fully as possible column by column, in the recorded order. Last
come the answers, no before yes. Where the equally good patterns of answers are few, all are listed and each
is settled as a linear program. Where they are many, the rule is asked step by step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile

import numpy as np

from prioritizer.allocation.choice.alike import Amounts, Block, completing, plain, reach
from prioritizer.allocation.choice.classes import Classes
from prioritizer.allocation.choice.rivals import Found, Rivals, face_of
from prioritizer.allocation.choice.ties import settle
from prioritizer.allocation.exact.simplex import Vertex, optimal_vertex
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import FREE, Program, Row
from prioritizer.errors import Defect
from prioritizer.model import Ints

FEW = 4  # patterns beside the first: beyond them the rule is asked step by step
_AT_ONCE = 20  # answers asked for in one search, with weights of powers of two


@dataclass(frozen=True)
class Rule:
    """What the rule is carried out on: a ``program`` whose columns, with ``money`` in million VND per unit,
    stand in ``order``; ``groups`` of its blocks are alike."""

    program: Program
    order: Ints
    money: Ints
    groups: tuple[tuple[Block, ...], ...]

    @property
    def idle(self) -> dict[int, int]:
        """The columns whose money adds nothing, and the money of a unit of each."""
        found = np.flatnonzero((self.program.gain_num == 0) & (self.money > 0))
        return dict(zip(found.tolist(), self.money[found].tolist(), strict=True))

    def paid(self) -> list[int]:
        """The columns of money, in the order of the rule."""
        return [column for column in self.order.tolist() if self.money[column]]

    def rest(self) -> list[int]:
        """The other whole columns: answers."""
        return np.flatnonzero((self.money == 0) & self.program.whole).tolist()


@dataclass(frozen=True)
class Decided:
    """The plan of the rule and, by column, the least and most that equally good plans give it; ``complete``
    is whether nothing was cut off."""

    amounts: Amounts
    low: Amounts
    high: Amounts
    complete: bool


def of_patterns(rule: Rule, patterns: Sequence[Mapping[int, Exact]]) -> Decided:
    """The plan of the rule where these are all patterns of whole columns that are as good."""
    settled = [_settled(rule, pattern) for pattern in patterns]
    best = max(settled, key=lambda each: _key(rule, each.amounts))
    low = {column: min(each.low[column] for each in settled) for column in best.low}
    high = {column: max(each.high[column] for each in settled) for column in best.high}
    _share(rule.groups, low, high)
    return Decided(best.amounts, low, high, True)


def _key(rule: Rule, amounts: Amounts) -> tuple[Exact, ...]:
    """What the rule compares, the first difference deciding."""
    idle = sum((amounts[column] * money for column, money in rule.idle.items()), Fraction(0))
    return (-idle, *(amounts[c] for c in rule.paid()), *(-amounts[c] for c in rule.rest()))


def _share(groups: Sequence[tuple[Block, ...]], low: Amounts, high: Amounts) -> None:
    """What one block can have, all can that are alike."""
    for group in groups:
        for roles in zip(*group, strict=True):
            least, most = min(low[column] for column in roles), max(high[column] for column in roles)
            low.update(dict.fromkeys(roles, least))
            high.update(dict.fromkeys(roles, most))


def _settled(rule: Rule, plan: Mapping[int, Exact]) -> Decided:
    """The rule with the whole columns standing as in a plan."""
    program = rule.program
    pattern = {column: int(plan[column]) for column in np.flatnonzero(program.whole).tolist()}
    amounts: Amounts = dict(pattern)
    rest = completing(program, program.whole, pattern)
    if rest is None:
        raise Defect("a plan that was found is none")
    if not rest.columns:
        return Decided(amounts, dict(amounts), dict(amounts), True)
    vertex = optimal_vertex(rest)
    if vertex is None:
        raise Defect("a plan that was found is none")
    free = np.flatnonzero(~program.whole)
    place = np.full(len(program.columns), -1)
    place[free] = np.arange(len(free))
    order = place[rule.order][place[rule.order] >= 0]
    answer = settle(rest, vertex, order, rule.money[free])
    for at, column in enumerate(free.tolist()):
        amounts[column] = plain(answer.parts.get(at, Fraction(int(answer.amount[at]))))
    low, high = dict(amounts), dict(amounts)
    for at, (least, most) in _ranges(rest, vertex).items():
        low[int(free[at])], high[int(free[at])] = least, most
    return Decided(amounts, low, high, True)


def _ranges(program: Program, vertex: Vertex) -> dict[int, tuple[Exact, Exact]]:
    """The least and most that the optima of a linear program give to the columns that can move."""
    face, free = face_of(program, vertex)
    if not len(free):
        return {}
    classes = Classes(face)
    return {column: (classes.least(at), classes.most(at)) for at, column in enumerate(free.tolist())}


def other_patterns(rule: Rule, rivals: Rivals, first: Found) -> list[Amounts] | None:
    """Plans with all patterns that are as good, ``first`` included; ``None`` if not all are known."""
    known, patterns = [first], [first.pattern]
    gains = dict(enumerate(rivals.steep[0]))
    while patterns[0] and len(known) <= FEW:
        another, sure = rivals.most(gains, {}, patterns)
        if another is None:
            if not sure:
                return None
            break
        known.append(another)
        patterns.append(another.pattern)
    if len(known) > FEW:
        return None
    return [found.amounts for found in known]


class Steps:
    """The rule step by step, from one plan that is as good as any."""

    def __init__(self, rule: Rule, rivals: Rivals, first: Found) -> None:
        self.rule, self.rivals = rule, rivals
        self.at_hand, self.complete = first.amounts, True
        self.low, self.high = dict(first.amounts), dict(first.amounts)
        self._note(first)
        self._group = {c: group for group in rule.groups for block in group for c in block}

    def decided(self) -> Decided:
        """The plan of the rule, and what others give."""
        free = self.rivals
        if idle := self.rule.idle:
            self._spare(idle)
        self._fill()
        self.rivals = free
        self._compare()
        _share(self.rule.groups, self.low, self.high)
        return Decided(self.at_hand, self.low, self.high, self.complete)

    def _ask(self, objective: Mapping[int, int], held: Amounts) -> Found | None:
        """A plan with more of what is asked for than the one at hand, if there is one."""
        found, sure = self.rivals.most(objective, held)
        self.complete &= sure
        if found is not None:
            self._note(found)
        return found

    def _take(self, objective: Mapping[int, int], held: Amounts) -> None:
        """The plan at hand becomes one with most of what is asked for."""
        found = self._ask(objective, held)
        now = sum((many * self.at_hand[column] for column, many in objective.items()), Fraction(0))
        if found is not None and found.has > now:
            self.at_hand = found.amounts

    def _spare(self, idle: Mapping[int, int]) -> None:
        """As little as possible to money that adds nothing, and no more from here on."""
        if any(self.at_hand[column] for column in idle):
            self._take({column: -money for column, money in idle.items()}, {})
        total = plain(sum((self.at_hand[column] * money for column, money in idle.items()), Fraction(0)))
        coefs = np.array(list(idle.values())) * total.denominator
        row = Row("idle", np.array(list(idle)), coefs, -FREE, total.numerator)
        program, before = self.rule.program, self.rivals
        self.rivals = Rivals(
            replace(program, rows=(*program.rows, row)),
            before.needed,
            before.groups,
            before.ask,
            before.searches,
        )

    def _fill(self) -> None:
        """As fully as possible column by column; then the answers, no before yes."""
        held: Amounts = {}
        for columns, way in ((self.rule.paid(), 1), (self.rule.rest(), -1)):
            queue = list(columns)
            while queue:
                self._hold_extremes(queue, way, held)
                if not queue:
                    break
                block = self._block(queue)
                weights = {column: way * 2 ** (len(block) - 1 - at) for at, column in enumerate(block)}
                self._take(weights, held)
                held |= {column: self.at_hand[column] for column in block}
                del queue[: len(block)]

    def _hold_extremes(self, queue: list[int], way: int, held: Amounts) -> None:
        """What the plan at hand gives its utmost needs no question."""
        while queue:
            column, now = queue[0], self.at_hand[queue[0]]
            utmost = int(self.rule.program.upper[column]) if way > 0 else 0
            if now != utmost and not self._alike_are_done(column, way, held):
                return
            held[column] = now
            queue.pop(0)

    def _alike_are_done(self, column: int, way: int, held: Amounts) -> bool:
        """Whether one that is alike had to go without already: then so has this one."""
        alike = (block[0] for block in self._group[column] if column != block[0])
        return way > 0 and self.at_hand[column] == 0 and any(held.get(other) == 0 for other in alike)

    def _block(self, queue: Sequence[int]) -> list[int]:
        """The next columns that one search can settle: some answers yes or no, or one amount."""
        program = self.rule.program
        if not program.whole[queue[0]] or program.upper[queue[0]] != 1:
            return [queue[0]]
        plainly = takewhile(lambda c: program.whole[c] and program.upper[c] == 1, queue[:_AT_ONCE])
        return list(plainly)

    def _compare(self) -> None:
        """Find plans that differ in columns not yet known to differ, until there is none."""
        program = self.rule.program
        while True:
            _share(self.rule.groups, self.low, self.high)
            asked = {
                column: 1 if not self.at_hand[column] else -1
                for column in self.rule.paid()
                if program.whole[column] and self.low[column] == self.high[column]
            }
            if not asked:
                break
            found = self._ask(asked, {})
            if found is None or found.has <= sum(
                min(0, way) * int(self.at_hand[c]) for c, way in asked.items()
            ):
                break
        for column in self.rule.paid():
            if not program.whole[column] and self.high[column] < int(program.upper[column]):
                self._ask({column: 1}, {})
            if not program.whole[column] and self.low[column] > 0:
                self._ask({column: -1}, {})
            _share([self._group[column]], self.low, self.high)

    def _note(self, found: Found) -> None:
        """Remember what a plan gives each column, and could give it by changing places with others alike."""
        totals = found.totals
        held: dict[tuple[int, int], Exact] = {
            (at, role): amount for at, role, amount in zip(totals.piece, totals.role, found.held, strict=True)
        }
        for at, piece in enumerate(totals.pieces):
            least, most = reach(self.rule.program, piece, held[at, 0], held.get((at, 1), 0))
            for block in piece.blocks:
                self.low[block[0]] = min(self.low[block[0]], least)
                self.high[block[0]] = max(self.high[block[0]], most)
        for column, amount in found.amounts.items():
            self.low[column] = min(self.low[column], amount)
            self.high[column] = max(self.high[column], amount)
