"""One answer among equals: the optimal face, and the stated rule that picks one plan on it.

The rule: among the plans of greatest value, (1) give as little as possible to projects that add nothing,
then (2) fund as fully as possible project by project, in the recorded order. Exact duals say which columns
and rows are already decided; what is left to move is grouped into classes of columns that no row tells
apart, so that the steps of the rule are tiny programs over class totals.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.exact import Vertex, optimal_vertex
from prioritizer.allocation.program import FREE, Program, Row
from prioritizer.allocation.solver import Basis
from prioritizer.errors import Defect
from prioritizer.model import Ints


@dataclass(frozen=True)
class Settled:
    """The plan of the rule: int64[n], rounded down where ``parts`` has the exact amount.

    ``unique`` says whether it is the only optimum; ``moved`` is the money that another optimum places
    elsewhere, ``tied`` the columns that have more or less in one.
    """

    amount: Ints
    parts: dict[int, Fraction]
    unique: bool
    moved: Fraction
    tied: tuple[int, ...]


@dataclass(frozen=True)
class Face:
    """What is left to move on an optimal face: a program over the ``free`` columns, the others ``fixed``."""

    program: Program
    free: Ints
    fixed: Ints


def settle(program: Program, vertex: Vertex, order: Ints) -> Settled:
    """The plan that the rule picks among the optima; ``order``, int64[n], is the rule's order of columns."""
    face = _face(program, vertex, np.arange(len(program.columns)), np.zeros_like(program.upper))
    if _is_single(vertex, face):
        return _packed(face.fixed, vertex.basic, unique=True)
    face, unique = _nothing_for_nothing(face)
    place = {column: at for at, column in enumerate(face.free.tolist())}
    classes = _Classes(face.program, [place[column] for column in order.tolist() if column in place])
    filled = classes.fill()
    free = face.free.tolist()
    moved = sum((amount - classes.least(at) for at, amount in filled.items()), Fraction(0))
    tied = tuple(
        free[at] for at, amount in filled.items() if not classes.least(at) == amount == classes.most(at)
    )
    amounts = {free[at]: amount for at, amount in filled.items()}
    return _packed(face.fixed, amounts, unique and not tied, moved, tied)


def _packed(
    fixed: Ints,
    amounts: dict[int, Fraction],
    unique: bool,
    moved: Fraction = Fraction(0),
    tied: tuple[int, ...] = (),
) -> Settled:
    amount = fixed.copy()
    for column, value in amounts.items():
        amount[column] = value.numerator // value.denominator
    parts = {column: value for column, value in amounts.items() if value.denominator != 1}
    return Settled(amount, parts, unique, moved, tied)


def _face(program: Program, vertex: Vertex, names: Ints, fixed: Ints) -> Face:
    """The optimal face through ``vertex``: a nonzero reduced cost fixes its column, a nonzero dual its row.

    ``names`` are the program's columns in the numbering of ``fixed``, which is copied and completed.
    """
    loose = vertex.sign == 0
    still, fixed = np.where(loose, 0, vertex.amount), fixed.copy()
    fixed[names[~loose]] = vertex.amount[~loose]
    position = np.cumsum(loose) - 1
    rows = []
    for at, row in enumerate(program.rows):
        held = row.activity(still)
        kept = loose[row.columns]
        lower = row.lower if row.lower <= -FREE else row.lower - held
        upper = row.upper if row.upper >= FREE else row.upper - held
        dual = vertex.dual.get(at, Fraction(0))
        lower, upper = (upper, upper) if dual > 0 else (lower, lower) if dual < 0 else (lower, upper)
        if kept.any():
            rows.append(Row(row.name, position[row.columns[kept]], row.coefs[kept], lower, upper))
    free = np.flatnonzero(loose)
    chosen = tuple(program.columns[at] for at in free.tolist())
    smaller = Program(
        chosen, program.upper[free], program.gain_num[free], program.gain_den[free], tuple(rows)
    )
    return Face(smaller, names[free], fixed)


def _is_single(vertex: Vertex, face: Face) -> bool:
    """Strict complementarity: no column at a bound and no tight row is free to move."""
    return len(face.free) == len(vertex.basic) == len(vertex.dual)


def _nothing_for_nothing(face: Face) -> tuple[Face, bool]:
    """The part of the face that gives least to columns that add nothing, and whether that is all of it."""
    idle = face.program.gain_num == 0
    if not idle.any():
        return face, True
    least = _extreme(face.program, -idle.astype(np.int64))
    most = _extreme(face.program, idle.astype(np.int64))
    smaller = _face(_with_gain(face.program, -idle.astype(np.int64)), least, face.free, face.fixed)
    # The gain of the smaller face's program no longer matters: all its plans are equally good.
    return smaller, _total(least, idle) == _total(most, idle)


def _total(vertex: Vertex, chosen: npt.NDArray[np.bool_]) -> Fraction:
    return sum((vertex.exact(column) for column in np.flatnonzero(chosen).tolist()), Fraction(0))


def _with_gain(program: Program, gain: Ints) -> Program:
    return Program(program.columns, program.upper, gain, np.ones_like(gain), program.rows)


def _extreme(program: Program, gain: Ints) -> Vertex:
    vertex = optimal_vertex(_with_gain(program, gain))
    if vertex is None:
        raise Defect("the optimal face lost its own optimum")
    return vertex


class _Classes:
    """Columns of a face grouped by their coefficients: only the total of a class matters to the rows."""

    def __init__(self, program: Program, order: Sequence[int]) -> None:
        self.upper = [int(amount) for amount in program.upper]
        self.order = list(order)
        self.class_of, self.coefs = _grouped(program)
        self.size = [0] * len(self.coefs)
        for column, kind in enumerate(self.class_of):
            self.size[kind] += self.upper[column]
        self.bounds = [(Fraction(row.lower), Fraction(row.upper)) for row in program.rows]
        self.known = self._determined()
        self.open = [kind for kind in range(len(self.size)) if kind not in self.known]
        self.nothing = [self.known.get(kind, Fraction(0)) for kind in range(len(self.size))]
        self._start = self._extreme(0, 0, self.nothing, None) if self.open else (self.nothing, None)
        self._ends: dict[tuple[int, int], Fraction] = {}

    def _determined(self) -> dict[int, Fraction]:
        """The totals that an equation with a single unknown class settles, one after the other."""
        known: dict[int, Fraction] = {}
        waiting = [at for at, (lower, upper) in enumerate(self.bounds) if lower == upper]
        while True:
            for at in waiting:
                unknown = [kind for kind, coefs in enumerate(self.coefs) if at in coefs and kind not in known]
                if len(unknown) == 1:
                    kind = unknown[0]
                    held = sum(
                        coefs[at] * known[k]
                        for k, coefs in enumerate(self.coefs)
                        if at in coefs and k != kind
                    )
                    known[kind] = (self.bounds[at][0] - held) / self.coefs[kind][at]
                    waiting.remove(at)
                    break
            else:
                return known

    def fill(self) -> dict[int, Fraction]:
        """The amount of every column: as full as possible, one after the other.

        A vertex at hand is the witness that what is committed so far can be kept. Only where it does not show
        that the next column can be full too is the most that its class can hold sought, starting from it.
        """
        filled: dict[int, Fraction] = {}
        held = [Fraction(0)] * len(self.size)
        full = set(self.known)
        totals, basis = self._start
        for column in self.order:
            kind = self.class_of[column]
            wanted = held[kind] + self.upper[column]
            if totals[kind] < wanted and kind not in full:
                least = [totals[k] if k in full else held[k] for k in range(len(held))]
                totals, basis = self._extreme(kind, 1, least, basis, full)
                if totals[kind] < wanted:
                    full.add(kind)
            reached = min(wanted, totals[kind])
            filled[column], held[kind] = reached - held[kind], reached
        return filled

    def least(self, column: int) -> Fraction:
        """The least that any optimum gives this column."""
        kind = self.class_of[column]
        return max(Fraction(0), self._end(kind, -1) - (self.size[kind] - self.upper[column]))

    def most(self, column: int) -> Fraction:
        """The most that any optimum gives this column."""
        return min(Fraction(self.upper[column]), self._end(self.class_of[column], 1))

    def _end(self, kind: int, way: int) -> Fraction:
        if kind in self.known:
            return self.known[kind]
        if (kind, way) not in self._ends:
            self._start = self._extreme(kind, way, self.nothing, self._start[1])
            self._ends[kind, way] = self._start[0][kind]
        return self._ends[kind, way]

    def _extreme(
        self, kind: int, way: int, least: list[Fraction], start: Basis | None, full: Collection[int] = ()
    ) -> tuple[list[Fraction], Basis]:
        """Class totals with the greatest (``way`` 1) or least (-1) total of one class, none below ``least``,
        those of ``full`` classes at it; and the basis, to start the next from."""
        rows = [self._row(at, least) for at in range(len(self.bounds))]
        scale = lcm(
            *(amount.denominator for amount in least), *(b.denominator for row in rows for b in row[2:])
        )
        room = [0 if k in full else int((self.size[k] - least[k]) * scale) for k in self.open]
        gain = np.array([way if k == kind else 0 for k in self.open], dtype=np.int64)
        scaled = tuple(
            Row(f"row[{at}]", used, coefs, *(int(b if abs(b) >= FREE else b * scale) for b in bounds))
            for at, (used, coefs, *bounds) in enumerate(rows)
            if len(used)
        )
        names = tuple(f"class[{k}]" for k in self.open)
        vertex = optimal_vertex(Program(names, np.array(room), gain, np.ones_like(gain), scaled), start)
        if vertex is None:
            raise Defect("the optimal face lost its own optimum")
        totals = list(least)
        for at, k in enumerate(self.open):
            totals[k] += vertex.exact(at) / scale
        return totals, vertex.basis

    def _row(self, at: int, base: list[Fraction]) -> tuple[Ints, Ints, Fraction, Fraction]:
        """A row over the open classes, once every class has its ``base``."""
        used = [place for place, kind in enumerate(self.open) if at in self.coefs[kind]]
        coefs = np.array([self.coefs[self.open[place]][at] for place in used], dtype=np.int64)
        kept = sum((held[at] * base[kind] for kind, held in enumerate(self.coefs) if at in held), Fraction(0))
        lower, upper = (bound if abs(bound) >= FREE else bound - kept for bound in self.bounds[at])
        return np.array(used, dtype=np.int64), coefs, lower, upper


def _grouped(program: Program) -> tuple[list[int], list[dict[int, int]]]:
    """The class of every column, and the coefficients of every class by row."""
    patterns: list[list[tuple[int, int]]] = [[] for _ in program.columns]
    for at, row in enumerate(program.rows):
        for column, coef in zip(row.columns.tolist(), row.coefs.tolist(), strict=True):
            patterns[column].append((at, coef))
    numbers: dict[tuple[tuple[int, int], ...], int] = {}
    class_of = [numbers.setdefault(tuple(pattern), len(numbers)) for pattern in patterns]
    return class_of, [dict(pattern) for pattern in numbers]
