"""Other plans that are worth as much: sought by a solver, judged in exact arithmetic.

The solver proposes which answers are yes; with those standing, the rest is a linear program that is solved
exactly. So a plan that is found is right. That there is none is the solver's word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, gcd, lcm
from typing import Any

import numpy as np

from prioritizer.allocation.choice.alike import (
    Amounts,
    Block,
    Piece,
    Totals,
    completing,
    over_totals,
    plain,
    spread,
)
from prioritizer.allocation.exact.simplex import Vertex, optimal_vertex
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import FREE, Program, Row, restricted
from prioritizer.allocation.solvers.highs import Search
from prioritizer.model import Ints

# A program, at most so many seconds and nodes, and what a plan must gain to count.
Ask = Callable[[Program, float | None, int | None, float | None], Search]
Pattern = dict[int, int]  # what the whole columns of a program are
Completed = tuple[list[Exact], Vertex | None]  # the best amounts with a pattern, and the vertex that has them
Objective = Mapping[int, int]  # what is asked for, by column
NODES = 20_000  # of one search for rivals: a bound by work, so that every machine gives the same answer
_UNFINISHED = 200  # searches that one counts as which used up its nodes
_TRIES = 4  # plans of nearly as much that are put aside before a search is given up
_PRECISE = 2**50  # whole numbers beyond it are rounded on their way to a solver


class BetterFound(Exception):
    """A plan worth more than the one whose rivals were sought."""

    def __init__(self, amounts: Amounts) -> None:
        super().__init__()
        self.amounts = amounts


@dataclass(frozen=True)
class Found:
    """A plan that is worth as much: ``amounts`` of all columns, the ``totals`` it was found in with their
    amounts ``held``, and what it has of what was asked for."""

    amounts: Amounts
    totals: Totals
    held: tuple[Exact, ...]
    has: Exact

    @property
    def pattern(self) -> Pattern:
        """What the whole columns of the totals are."""
        whole = np.flatnonzero(self.totals.program.whole).tolist()
        return {column: int(self.held[column]) for column in whole}


class Rivals:
    """The plans of a program whose gain is ``needed`` exactly, if that is the greatest there is.

    ``searches`` is how many may still be made.
    """

    def __init__(
        self, program: Program, needed: Fraction, groups: Sequence[tuple[Block, ...]], ask: Ask, searches: int
    ) -> None:
        self.program, self.needed, self.groups, self.ask = program, needed, groups, ask
        self.searches = searches
        self.steep = whole_gains(program)

    def totals(self, objective: Objective, held: Amounts) -> Totals:
        """The program over totals in which all that is asked for and held can be said."""
        pieces: list[Piece] = []
        still = np.zeros_like(self.program.upper)
        for group in self.groups:
            parts: dict[Any, list[Block]] = {}
            for block in group:
                if len(block) == 1 and isinstance(held.get(block[0]), int):
                    still[block[0]] = held[block[0]]
                    continue
                apart = block if any(column in held for column in block) else None
                parts.setdefault((apart, *(objective.get(c, 0) for c in block)), []).append(block)
            pieces += [Piece(tuple(blocks)) for blocks in parts.values()]
        totals = over_totals(self.program, pieces, still)
        place = {totals.column(at): at for at in range(len(totals.piece))}
        rows = [_equal(place[column], amount) for column, amount in held.items() if column in place]
        return replace(totals, program=replace(totals.program, rows=(*totals.program.rows, *rows)))

    def most(
        self, objective: Objective, held: Amounts, apart: Sequence[Pattern] = ()
    ) -> tuple[Found | None, bool]:
        """The plan with the most of what is asked for, and whether the solver says that none has more (or
        that there is none). ``held`` amounts stay, patterns put ``apart`` do not count.

        Raises :class:`BetterFound`.
        """
        totals = self.totals(objective, held)
        inside = {totals.column(at) for at in range(len(totals.piece))}
        still = {column: amount for column, amount in held.items() if column not in inside}
        if not inside:
            return None, True
        asked = np.array(
            [objective.get(totals.column(at), 0) for at in range(len(totals.piece))], dtype=np.int64
        )
        program = replace(totals.program, gain_num=asked, gain_den=np.ones_like(asked))
        worthy = self._as_good(totals, still)
        for_gain = np.array_equal(asked, worthy.coefs)
        least = float(worthy.lower) if for_gain else None
        if not for_gain:  # a row along the objective makes a search many times longer
            program = replace(program, rows=(*program.rows, worthy))
        refused: list[Pattern] = []
        while len(refused) < _TRIES and self.searches > 0:
            self.searches -= 1
            answer = self.ask(excluding(program, (*apart, *refused)), None, NODES, least)
            self.searches -= 0 if answer.finished else _UNFINISHED
            if answer.values is None:
                return None, answer.finished
            pattern = rounded(program, answer)
            held_there = completed(totals.program, pattern)
            found = self._judged(totals, pattern, held_there, asked, still)
            if found is None and for_gain and _falls_short(answer, held_there, worthy):
                return None, True
            if found is not None:
                slack = 1e-6 * max(1.0, abs(float(found.has)))
                sure = answer.finished and (not asked.any() or answer.bound <= float(found.has) + slack)
                return found, sure
            refused.append(pattern)
        return None, False

    def _as_good(self, totals: Totals, still: Amounts) -> Row:
        """The row that asks for as much gain, in numbers that a solver can tell apart."""
        steep, loose = self.steep
        columns = np.array([totals.column(at) for at in range(len(totals.piece))], dtype=np.int64)
        gains = np.array([steep[column] for column in columns.tolist()], dtype=np.int64)
        held = sum(self._gain(column) * amount for column, amount in still.items())
        one = next((Fraction(steep[c]) / self._gain(c) for c in range(len(steep)) if steep[c]), Fraction(1))
        if loose:
            reach = int(np.abs(totals.program.upper).sum())
            return Row(
                "gain", np.arange(len(columns)), gains, floor((self.needed - held) * one) - reach, FREE
            )
        return Row("gain", np.arange(len(columns)), gains, floor((self.needed - held) * one), FREE)

    def _gain(self, column: int) -> Fraction:
        return Fraction(int(self.program.gain_num[column]), int(self.program.gain_den[column]))

    def _judged(
        self, totals: Totals, pattern: Pattern, held: Completed | None, asked: Ints, still: Amounts
    ) -> Found | None:
        """The plan with this pattern that has most of what is asked for, if it is worth as much."""
        if held is None:
            return None
        amounts = spread(self.program, totals, held[0]) | still
        gain = sum((self._gain(column) * amount for column, amount in amounts.items() if amount), Fraction(0))
        if gain > self.needed:
            raise BetterFound(amounts)
        if gain < self.needed:
            return None
        values = held[0] if held[1] is None else _furthest(totals.program, pattern, held[1], asked)
        has = sum((int(many) * amount for many, amount in zip(asked, values, strict=True)), Fraction(0))
        return Found(spread(self.program, totals, values) | still, totals, tuple(values), plain(has))


def _falls_short(answer: Search, held: Completed | None, worthy: Row) -> bool:
    """Whether the best other plan lacks more of what a rival must gain than its finder can be wrong by."""
    if held is None or not answer.finished:
        return False
    has = sum((coef * held[0][column] for column, coef in worthy.table.items()), Fraction(0))
    return worthy.lower - has > abs(Fraction(answer.bound) - has)


def _equal(column: int, amount: Exact) -> Row:
    return Row("held", np.array([column]), np.array([amount.denominator]), amount.numerator, amount.numerator)


def whole_gains(program: Program) -> tuple[list[int], bool]:
    """Whole numbers in the proportion of the gains, and whether they had to be rounded for that."""
    pairs = [(int(num), int(den)) for num, den in zip(program.gain_num, program.gain_den, strict=True)]
    common = lcm(*(den for num, den in pairs if num))
    exact = [num * (common // den) if num else 0 for num, den in pairs]
    divisor = gcd(*exact) or 1
    exact = [each // divisor for each in exact]
    largest = max(map(abs, exact), default=0)
    if largest < _PRECISE:
        return exact, False
    return [round(Fraction(each * _PRECISE, largest)) for each in exact], True


def rounded(program: Program, answer: Search) -> Pattern:
    """The whole columns as a search has them, in whole numbers."""
    assert answer.values is not None
    whole = np.flatnonzero(program.whole).tolist()
    return {column: round(float(answer.values[column])) for column in whole}


def completed(program: Program, pattern: Mapping[int, int]) -> Completed | None:
    """The best amounts with the whole columns standing, exact, and the vertex over the others; ``None``
    where no plan has that pattern."""
    own = {column: pattern[column] for column in np.flatnonzero(program.whole).tolist()}
    if any(not 0 <= amount <= int(program.upper[column]) for column, amount in own.items()):
        return None
    rest = completing(program, program.whole, own)
    if rest is None:
        return None
    values: list[Exact] = [own.get(column, 0) for column in range(len(program.columns))]
    if not rest.columns:
        return values, None
    vertex = optimal_vertex(rest)
    if vertex is None:
        return None
    for at, column in enumerate(np.flatnonzero(~program.whole).tolist()):
        values[column] = plain(vertex.exact(at))
    return values, vertex


def face_of(program: Program, vertex: Vertex) -> tuple[Program, Ints]:
    """What is left to move among the optima of a linear program: a program over the columns named."""
    free = np.flatnonzero(vertex.sign == 0)
    ends = {at: program.rows[at].upper if y > 0 else program.rows[at].lower for at, y in vertex.dual.items()}
    equal = {at: (end, end) for at, end in ends.items()}
    return restricted(program, free, np.where(vertex.sign == 0, 0, vertex.amount), equal), free


def _furthest(program: Program, pattern: Pattern, vertex: Vertex, asked: Ints) -> list[Exact]:
    """Of the optima with a pattern, the one with most of what is asked for."""
    columns = np.flatnonzero(~program.whole)
    own = {column: pattern[column] for column in np.flatnonzero(program.whole).tolist()}
    rest = completing(program, program.whole, own)
    assert rest is not None
    values: list[Exact] = [own.get(column, 0) for column in range(len(program.columns))]
    for at, column in enumerate(columns.tolist()):
        values[column] = plain(vertex.exact(at))
    if not asked[columns].any():
        return values
    face, free = face_of(rest, vertex)
    if len(free):
        wanted = asked[columns][free]
        best = optimal_vertex(replace(face, gain_num=wanted, gain_den=np.ones_like(wanted)))
        assert best is not None
        for at, column in enumerate(columns[free].tolist()):
            values[column] = plain(best.exact(at))
    return values


def excluding(program: Program, patterns: Iterable[Mapping[int, int]]) -> Program:
    """The program without the plans that have one of the patterns.

    A plan is another if some whole column differs: by one step from a bound, or, between bounds, by one of
    two further answers, "less" and "more".
    """
    for pattern in patterns:
        program = _without(program, pattern)
    return program


def _without(program: Program, pattern: Mapping[int, int]) -> Program:
    n, more = len(program.columns), 0
    rows: list[Row] = []
    differs: list[tuple[int, int]] = []
    least = 1
    for column, now in pattern.items():
        upper = int(program.upper[column])
        if now in (0, upper):
            differs.append((column, 1 if now == 0 else -1))
            least -= 0 if now == 0 else upper
            if upper == 0:
                differs.pop()
            continue
        less, above = n + more, n + more + 1
        more += 2
        rows.append(Row("less", np.array([column, less]), np.array([1, upper - now + 1]), -FREE, upper))
        rows.append(Row("more", np.array([column, above]), np.array([1, -now - 1]), 0, FREE))
        differs += [(less, 1), (above, 1)]
    columns, coefs = np.array(differs, dtype=np.int64).reshape(-1, 2).T
    ones, zeros = np.ones(more, dtype=np.int64), np.zeros(more, dtype=np.int64)
    return Program(
        (*program.columns, *(f"apart[{at}]" for at in range(more))),
        np.concatenate([program.upper, ones]),
        np.concatenate([program.gain_num, zeros]),
        np.concatenate([program.gain_den, ones]),
        (*program.rows, *rows, Row("apart", columns, coefs, least, FREE)),
        np.concatenate([program.whole, ones.astype(bool)]),
    )
