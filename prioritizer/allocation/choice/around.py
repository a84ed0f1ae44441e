"""All whole plans of a linear program that lose little beside its optimum: proof without a solver.

With whole coefficients, whole amounts make whole activities. So every whole plan is the optimal vertex after
some whole steps: a column leaves its bound by a unit, or a tight row leaves a unit unused. A step loses its
reduced cost or dual and moves the basic columns, which must come out whole. What they lack of that is an
element of a finite group, and the least that any steps lose to make up for it is a shortest path in it
(Gomory, "On the relation between integer and noninteger solutions to linear programs", 1965). Where that is
no less than what a plan at hand loses, none is better; else the paths that lose no more are all the plans
there are, but for those that overstep a bound or another row.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from prioritizer.allocation.exact.elimination import plain
from prioritizer.allocation.exact.simplex import Vertex
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import SAFE, Program
from prioritizer.allocation.solvers.highs import AT_UPPER, BASIC
from prioritizer.model import Ints

_WORK = 60_000  # steps that are tried: a bound by work, the same on every machine
_TABLE = 50_000  # elements of the group
_FINE = 2**60  # parts that the room is divided into where exact ones are too many for int64
_SMALL = 1_000  # parts of a unit, of which every multiple is tried
_MANY = 300  # plans
_HAIR = 1 + 1e-9  # what floats may be off

Residue = tuple[int, ...]  # of every basic column, in parts of a unit
Taken = tuple[tuple[int, int], ...]  # steps, and how often each


@dataclass(frozen=True)
class Near:
    """A whole plan, int64[n], and what it ``lost`` beside the optimum, exact."""

    level: Ints
    lost: Fraction


@dataclass(frozen=True)
class Around:
    """All ``plans`` that lose no more than was allowed, the best first, or ``None`` where they are too many;
    and whether ``none_better`` is proven: that all lose as much at least."""

    plans: list[Near] | None
    none_better: bool


@dataclass(frozen=True)
class _Step:
    """A step that may be taken ``most`` times: what one ``lost``, the column that leaves its bound (-1 where
    a row does) and which ``way``, and by what one ``moves`` the basic columns."""

    lost: Fraction
    most: int
    column: int
    way: int
    moves: tuple[Exact, ...]


class TooMuch(Exception):
    """There is more to go through than is worth it."""


def plans_around(program: Program, vertex: Vertex, room: Fraction) -> Around:
    """What can be said of the whole plans that lose at most ``room``."""
    try:
        walk = _Walk(program, vertex, room)
    except TooMuch:
        return Around(None, not room)
    none_better = int(walk.least[walk.lacking]) >= walk.room
    try:
        plans = (each for each in walk.plans() if each.lost <= room)
        return Around(sorted(plans, key=lambda each: each.lost), none_better)
    except TooMuch:
        return Around(None, none_better)


def reaches(program: Program, vertex: Vertex, room: Fraction, levels_per_unit: Ints) -> tuple[Ints, Ints]:
    """Between what levels the columns of plans lie that lose at most ``room``, int64[n] each; a unit of a
    column is ``levels_per_unit``, int64[n], of its levels."""
    upper = program.upper * levels_per_unit
    lower = np.zeros_like(upper)
    reduced, scale = vertex.reduced
    for column in np.flatnonzero(vertex.sign).tolist():
        per_unit = Fraction(abs(int(reduced[column])), scale * int(program.gain_den[column]))
        most = int(min(room * int(levels_per_unit[column]) // per_unit, int(upper[column])))
        if vertex.amount[column]:
            lower[column] = upper[column] - most
        else:
            upper[column] = most
    return lower, upper


def _steps(program: Program, vertex: Vertex, room: Fraction) -> Iterator[_Step]:
    """The steps that lose no more than ``room``."""
    tight = np.flatnonzero(vertex.basis.rows != BASIC).tolist()

    def moves(right: Mapping[int, int]) -> tuple[Exact, ...]:
        return tuple(vertex.square.solved([right.get(at, 0) for at in range(len(tight))]))

    known: dict[tuple[tuple[int, int], ...], tuple[Exact, ...]] = {}
    near = list(_near_columns(program, vertex, room))
    held = _by_column(program, tight, [column for column, _, _ in near])
    for column, lost, way in near:
        right = tuple((at, -way * coef) for at, coef in held[column])
        if right not in known:
            known[right] = moves(dict(right))
        yield _Step(lost, int(program.upper[column]), column, way, known[right])
    for at, number in enumerate(tight):
        row, lost = program.rows[number], abs(vertex.dual.get(number, Fraction(0)))
        if lost <= room and row.lower < row.upper:
            way = -1 if vertex.basis.rows[number] == AT_UPPER else 1
            most = min(row.upper - row.lower, row.largest * int(program.upper.sum()) * 2)
            yield _Step(lost, most, -1, way, moves({at: way}))


def _by_column(
    program: Program, rows: Sequence[int], columns: Sequence[int]
) -> dict[int, list[tuple[int, int]]]:
    """The entries of some columns in some rows: places among these rows, and coefficients."""
    stack, number = program.stack, np.full(len(program.rows), -1)
    number[rows] = np.arange(len(rows))
    wanted = np.zeros(len(program.columns), dtype=bool)
    wanted[columns] = True
    hit = np.flatnonzero(wanted[stack.column] & (number[stack.row] >= 0))
    found: dict[int, list[tuple[int, int]]] = {column: [] for column in columns}
    entry = stack.column[hit].tolist(), number[stack.row[hit]].tolist(), stack.coef[hit].tolist()
    for column, at, coef in zip(*entry, strict=True):
        found[column].append((at, coef))
    return found


def _near_columns(program: Program, vertex: Vertex, room: Fraction) -> Iterator[tuple[int, Fraction, int]]:
    """The columns whose leaving a bound loses no more than ``room``, what it loses and the way they go."""
    reduced, scale = vertex.reduced
    size = np.abs(reduced.astype(np.float64)) / scale / program.gain_den.astype(np.float64)
    kinds = vertex.basis.columns
    near = (size <= float(room) * _HAIR) & (kinds != BASIC) & (program.upper > 0)
    for column in np.flatnonzero(near).tolist():
        lost = Fraction(abs(int(reduced[column])), scale * int(program.gain_den[column]))
        if lost <= room:
            yield column, lost, -1 if kinds[column] == AT_UPPER else 1


class _Group:
    """What basic columns can lack of whole numbers: residues of which ``scale`` are a unit, along the axes
    that tell all others. Raises :class:`TooMuch` where it has too many elements."""

    def __init__(self, scale: int, residues: Sequence[Residue]) -> None:
        if scale > _TABLE:
            raise TooMuch
        self.scale, self.axes = scale, _axes(scale, residues)
        if scale ** len(self.axes) > _TABLE:
            raise TooMuch

    def along(self, residue: Residue) -> Residue:
        return tuple(residue[axis] % self.scale for axis in self.axes) or (0,)

    def least(self, kinds: Mapping[Residue, int], room: int) -> Ints:
        """The least that steps lose to make up for every residue, as far as that is within the room, from
        what a step of every kind loses: int64, one axis after the other."""
        axes = range(max(1, len(self.axes)))
        least = np.full([self.scale if self.axes else 1 for _ in axes], room + 1, dtype=np.int64)
        least[tuple(0 for _ in axes)] = 0
        work = _WORK
        for lost, residue in sorted((lost, residue) for residue, lost in kinds.items()):
            times = 1 if least[residue] > lost else 2 * self.scale  # cheaper steps may do as much
            while times * lost <= room and times < 2 * self.scale:
                work -= 10 + least.size // 100
                if work < 0:
                    raise TooMuch
                shift = tuple(each * times % self.scale for each in residue)
                least = np.minimum(least, np.roll(least, shift, tuple(axes)) + times * lost)
                times *= 2
        return least


def _axes(scale: int, residues: Sequence[Residue]) -> list[int]:
    """The basic columns whose residues tell those of all others, the finest first."""
    columns = list(zip(*residues, strict=True))
    finest = sorted((gcd(scale, *column), at) for at, column in enumerate(columns) if any(column))
    kept: list[int] = []
    for _, at in finest:
        if not any(_tells(scale, columns[one], columns[at]) for one in kept):
            kept.append(at)
    return kept


def _tells(scale: int, one: Residue, other: Residue) -> bool:
    """Whether the second column's residues are always the same multiple of the first's."""
    pairs = set(zip(one, other, strict=True))
    sole = next(((a, b) for a, b in sorted(pairs) if gcd(a, scale) == 1), None)
    few = range(scale if scale <= _SMALL else 0)
    factors = few if sole is None else [sole[1] * pow(sole[0], -1, scale) % scale]
    return any(all((a * factor - b) % scale == 0 for a, b in pairs) for factor in factors)


def _parts(lost: Fraction, fine: Fraction) -> int:
    """A loss in whole parts, ``fine`` of them to a unit, rounded down."""
    return lost.numerator * fine.numerator // (lost.denominator * fine.denominator)


class _Walk:
    """Sums of steps within the room; losses are in whole parts of it, rounded down where they must be."""

    def __init__(self, program: Program, vertex: Vertex, room: Fraction) -> None:
        self.program, self.vertex = program, vertex
        steps = list(_steps(program, vertex, room))
        fine = Fraction(lcm(room.denominator, *(step.lost.denominator for step in steps)))
        if room * fine >= SAFE:
            fine = _FINE / room
        self.room = _parts(room, fine)
        # Whole numbers are compared much faster than fractions, which tell those of equal parts apart.
        parted = [(_parts(step.lost, fine), step) for step in steps]
        parted.sort(key=lambda each: (each[0], each[1].lost))
        self.lost, self.steps = [lost for lost, _ in parted], [step for _, step in parted]
        values = tuple(map(plain, vertex.basic.values()))
        lines = list(dict.fromkeys([values, *(step.moves for step in self.steps)]))
        scale = lcm(*(each.denominator for line in lines for each in line))
        parts = {line: [each.numerator * (scale // each.denominator) for each in line] for line in lines}
        whole = {line: tuple(each % scale for each in own) for line, own in parts.items()}
        self.group = _Group(scale, list(whole.values()))
        self.values = np.array(parts[values], dtype=object)
        moves = [parts[step.moves] for step in self.steps]
        self.moves = np.array(moves, dtype=object).reshape(len(moves), len(values))
        self.lacking = self.group.along(tuple(-each for each in whole[values]))
        kinds: dict[Residue, list[int]] = {}
        for at, step in enumerate(self.steps):
            kinds.setdefault(self.group.along(whole[step.moves]), []).append(at)
        self.kinds = list(kinds.values())
        self.residues = np.array(list(kinds), dtype=np.int64).reshape(len(kinds), len(self.lacking))
        self.cheapest = np.array([self.lost[own[0]] for own in self.kinds], dtype=np.int64)
        self.first = np.array([own[0] for own in self.kinds], dtype=np.int64)
        self.least = self.group.least(dict(zip(kinds, self.cheapest.tolist(), strict=True)), self.room)
        self.work = _WORK

    def plans(self) -> Iterator[Near]:
        """All plans within the room, basic columns whole and within their bounds. Raises :class:`TooMuch`.

        The work that a sum will take is counted when it starts to wait, so that too much is known early.
        """
        self._count(10)
        waiting: list[tuple[Residue, int, Taken]] = [(self.lacking, 0, ())]
        found = 0
        while waiting:
            lacking, lost, taken = waiting.pop()
            plan = None if any(lacking) else self._plan(taken)
            if plan is not None:
                found += 1
                yield plan
            if found > _MANY:
                raise TooMuch
            waiting += self._further(lacking, lost, taken)

    def _further(self, lacking: Residue, lost: int, taken: Taken) -> Iterator[tuple[Residue, int, Taken]]:
        """Every sum with one more step, once or more often, that can still come out whole; the dearest steps
        come first."""
        last = taken[-1][0] if taken else len(self.steps)
        left = (np.array(lacking) - self.residues) % self.group.scale
        rooms = (self.room - lost - self.least[tuple(left.T)]).tolist()
        near = [
            (at, kind, self._most(at, lost))
            for kind in np.flatnonzero((self.cheapest <= rooms) & (self.first < last)).tolist()
            for at in self.kinds[kind][: bisect_left(self.kinds[kind], last)]
            if self.lost[at] <= rooms[kind]
        ]
        self._count(sum(1 + most // 10 for _, _, most in near))
        for at, kind, most in near:
            yield from self._often(at, most, self.residues[kind], (lacking, lost, taken))

    def _most(self, at: int, lost: int) -> int:
        """How often a step can be taken within the room that is left."""
        each, most = self.lost[at], self.steps[at].most
        return min(most, (self.room - lost) // each) if each else most

    def _often(
        self, at: int, most: int, residue: Ints, before: tuple[Residue, int, Taken]
    ) -> Iterator[tuple[Residue, int, Taken]]:
        """The sums with a step taken up to ``most`` times, as often as can still come out whole."""
        lacking, lost, taken = before
        each, times = self.lost[at], np.arange(1, most + 1)
        left = (np.array(lacking) - times[:, None] * residue) % self.group.scale
        open_ = self.least[tuple(left.T)] + times * each <= self.room - lost
        if not at:  # the last step there is has to make up for all
            open_ &= ~left.any(axis=1)
        self._count(11 * int(np.count_nonzero(open_)))
        for often in np.flatnonzero(open_).tolist():
            yield tuple(left[often].tolist()), lost + (often + 1) * each, (*taken, (at, often + 1))

    def _count(self, work: int) -> None:
        self.work -= work
        if self.work < 0:
            raise TooMuch

    def _plan(self, taken: Taken) -> Near | None:
        """The plan after these steps, if it keeps the bounds."""
        basic = self.values + sum(self.moves[at] * often for at, often in taken)
        columns, level = list(self.vertex.basic), self.vertex.amount.copy()
        if (basic < 0).any() or (basic > self.program.upper[columns] * self.group.scale).any():
            return None
        level[columns] = basic // self.group.scale
        for at, often in taken:
            if self.steps[at].column >= 0:
                level[self.steps[at].column] += self.steps[at].way * often
        return Near(level, sum((self.steps[at].lost * often for at, often in taken), Fraction(0)))
