"""An optimal basis that stays optimal while bounds move: the parametric dual simplex, in exact arithmetic.

Bounds of rows change in proportion to one number *t*. The basic variables move with them until one meets a
bound of its own; a dual simplex pivot then lets another take its place, and the walk goes on. Between two
pivots the value of the program changes at one rate, which its duals say. Where several variables are at their
bounds at once (nearly always: asks and limits are round numbers) the pivots go by least index (Bland's rule),
so that they end. Columns are variables 0 to *n* - 1, the activity of row *r* is variable *n* + *r*.

Source: Gass and Saaty, "The computational algorithm for the parametric objective function" (1955), in its
dual form; Bland, "New finite pivoting rules for the simplex method" (1977).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from prioritizer.allocation.exact.elimination import plain
from prioritizer.allocation.exact.factor import Factor, Vector, factorised
from prioritizer.allocation.exact.merge import Merged, merge
from prioritizer.allocation.exact.ratio import Ratios
from prioritizer.allocation.exact.simplex import Vertex, activity
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import FREE, Program
from prioritizer.allocation.solvers.highs import AT_LOWER, AT_UPPER, BASIC, Basis

Side = Literal["lower", "upper"]
Direction = Mapping[tuple[int, Side], Exact]  # by row and side: the change of that bound per unit of t
SIDES: tuple[Side, Side] = ("lower", "upper")
_KINDS: dict[Side, int] = {"lower": AT_LOWER, "upper": AT_UPPER}
_FRESH = 40  # pivots until the inverse is made anew


@dataclass(frozen=True)
class Stretch:
    """A part of a walk without a pivot: the change of value per unit of *t*, how far *t* can go on (``None``
    without end), and the changes of the basic variables per unit of *t*."""

    rate: Exact
    length: Exact | None
    moves: Vector


class Walk:
    """An optimal basis on its way. ``value`` has the basic variables, ``dual`` the duals by row.

    ``zero`` are the bounds, of basic variables, that are met with nothing to spare.
    """

    def __init__(self, merged: Merged, vertex: Vertex) -> None:
        self.merged, self.program = merged, merged.program
        self.n = len(self.program.columns)
        self.columns, self.rows = vertex.basis.columns.copy(), vertex.basis.rows.copy()
        self.lower: list[Exact] = [row.lower for row in self.program.rows]
        self.upper: list[Exact] = [row.upper for row in self.program.rows]
        self.dual: Vector = {row: plain(value) for row, value in vertex.dual.items()}
        self.value: Vector = {column: plain(amount) for column, amount in vertex.basic.items()}
        for row in np.flatnonzero(self.rows == BASIC).tolist():
            self.value[self.n + row] = plain(activity(self.program.rows[row], vertex.amount, vertex.basic))
        self.opened: set[int] = set()  # rows whose two equal bounds move apart
        self._ratios = Ratios(merged)
        self._factor, self._held = self._factorised()
        self.zero = self._zero(self.value)

    def branch(self) -> Walk:
        """Another walk from where this one stands."""
        other = object.__new__(Walk)
        other.__dict__.update(self.__dict__)
        other.columns, other.rows = self.columns.copy(), self.rows.copy()
        other.lower, other.upper = list(self.lower), list(self.upper)
        other.dual, other.value = dict(self.dual), dict(self.value)
        other.opened, other.zero = set(self.opened), set(self.zero)
        other._factor, other._held = self._factor.branch(), list(self._held)
        return other

    def stretches(self, direction: Direction) -> Iterator[Stretch]:
        """One stretch after the other, until no solution is left or a stretch has no end.

        The walk stands at the beginning of the stretch that was last given.
        """
        while self.open(direction) and (moves := self.settle(direction)) is not None:
            stretch = Stretch(self.rate(direction), self.reach(moves, direction), moves)
            yield stretch
            if stretch.length is None:
                return
            self.advance(stretch.length, moves, direction)

    def open(self, direction: Direction) -> bool:
        """Make ready for a direction. No if it draws two equal bounds past each other."""
        for row in {row for row, _ in direction}:
            widening = direction.get((row, "upper"), 0) - direction.get((row, "lower"), 0)
            if self.upper[row] == self.lower[row] and widening < 0:
                return False
            if self.upper[row] == self.lower[row] and widening > 0:
                self.opened.add(row)
                if self.rows[row] != BASIC:
                    self.rows[row] = AT_UPPER if self.dual.get(row, 0) >= 0 else AT_LOWER
        return True

    def settle(self, direction: Direction) -> Vector | None:
        """Pivot until ``direction`` takes no variable out of its bounds at once.

        The rates at which the basic variables then move, by variable; ``None`` if the program has no
        solution at any *t* above 0.
        """
        while True:
            moves = self._moves(direction)
            pushed = [bound for bound in self.zero if self.widening(bound, moves, direction) < 0]
            if not pushed:
                return moves
            if not self._pivot(*min(pushed), direction):
                return None

    def widening(self, bound: tuple[int, Side], moves: Vector, direction: Direction) -> Exact:
        """How the distance of a basic variable to a bound changes per unit of *t*."""
        variable, side = bound
        moved = direction.get((variable - self.n, side), 0) - moves.get(variable, 0)
        return moved if side == "upper" else -moved

    def rate(self, direction: Direction) -> Exact:
        """How the value of the program changes per unit of *t*, once settled."""
        return plain(
            sum((change * self.dual.get(row, 0) for row, change in self._moved(direction)), Fraction(0))
        )

    def reach(self, moves: Vector, direction: Direction) -> Exact | None:
        """How far *t* can go until the next bound is met; ``None`` without end."""
        steps: list[Exact] = []
        for variable in {*moves, *(self.n + row for row, _ in direction)} & self.value.keys():
            for side in SIDES:
                change = self.widening((variable, side), moves, direction)
                gap = self._gap(variable, side) if change < 0 else None
                if gap is not None:
                    steps.append(Fraction(gap) / -change)
        for row in {row for row, _ in direction}:
            closing = direction.get((row, "lower"), 0) - direction.get((row, "upper"), 0)
            if closing > 0 and self.lower[row] > -FREE and self.upper[row] < FREE:
                steps.append(Fraction(self.upper[row] - self.lower[row]) / closing)
        return min(steps, default=None)

    def advance(self, step: Exact, moves: Vector, direction: Direction) -> None:
        """Let *t* grow by ``step``."""
        for variable, move in moves.items():
            self.value[variable] = plain(self.value[variable] + step * move)
        for (row, side), change in direction.items():
            bounds = self.upper if side == "upper" else self.lower
            bounds[row] = plain(bounds[row] + step * change)
        changed = {*moves, *(self.n + row for row, _ in direction)}
        self.zero = {bound for bound in self.zero if bound[0] not in changed}
        self.zero |= self._zero(changed & self.value.keys())

    def binding(self, row: int, side: Side) -> bool:
        """Whether a row's dual says that relaxing this bound could gain."""
        return self.rows[row] != BASIC and self.dual.get(row, 0) * (1 if side == "upper" else -1) > 0

    def _bound(self, variable: int, side: Side) -> Exact | None:
        if variable < self.n:
            return int(self.program.upper[variable]) if side == "upper" else 0
        bound = (self.upper if side == "upper" else self.lower)[variable - self.n]
        return bound if -FREE < bound < FREE else None

    def _gap(self, variable: int, side: Side) -> Exact | None:
        bound = self._bound(variable, side)
        if bound is None:
            return None
        return bound - self.value[variable] if side == "upper" else self.value[variable] - bound

    def _zero(self, variables: Collection[int]) -> set[tuple[int, Side]]:
        return {
            (variable, side) for variable in variables for side in SIDES if self._gap(variable, side) == 0
        }

    def _moves(self, direction: Direction) -> Vector:
        right = dict(self._moved(direction))
        return {self._held[slot]: move for slot, move in self._factor.ftran(right).items()}

    def _moved(self, direction: Direction) -> Iterator[tuple[int, Exact]]:
        """The rows that stand at a bound that moves, and how fast it does."""
        for (row, side), change in direction.items():
            if self.rows[row] == _KINDS[side]:
                yield row, change

    def _fixed(self, row: int) -> bool:
        return self.lower[row] == self.upper[row] and row not in self.opened

    def _pivot(self, leaving: int, side: Side, direction: Direction) -> bool:
        """Exchange a basic variable, which stays at that bound, for what keeps the duals feasible."""
        slot = self._held.index(leaving)
        row = self._factor.btran(slot)
        free = {at: int(self.rows[at]) for at in row if self.rows[at] != BASIC and not self._fixed(at)}
        way = 1 if side == "upper" else -1
        found = self._ratios.entering(row, way, self.dual, self.columns, free)
        if found is None:
            return False
        entering, step = found
        for at, weight in row.items():
            self.dual[at] = plain(self.dual.get(at, 0) - step * weight)
        self._exchange(slot, entering, side, direction)
        return True

    def _exchange(self, slot: int, entering: int, side: Side, direction: Direction) -> None:
        leaving, self._held[slot] = self._held[slot], entering
        was = int(self._kinds(entering))
        here: Side = "upper" if was == AT_UPPER else "lower"
        bound = self._bound(entering, here)
        assert bound is not None
        self._set(entering, BASIC)
        self._set(leaving, _KINDS[side])
        del self.value[leaving]
        self.value[entering] = bound
        self.zero -= {(leaving, "lower"), (leaving, "upper")}
        self.zero.add((entering, here))
        row = entering - self.n
        if row >= 0 and self.lower[row] == self.upper[row] and any((row, at) in direction for at in SIDES):
            self.zero |= {(entering, "lower"), (entering, "upper")}
        if len(self._factor) < _FRESH:
            self._factor.replace(slot, self._factor.ftran(self._ratios.column(entering)))
        else:
            self._factor, self._held = self._factorised()

    def _kinds(self, variable: int) -> np.int8:
        kind: np.int8 = self.columns[variable] if variable < self.n else self.rows[variable - self.n]
        return kind

    def _set(self, variable: int, kind: int) -> None:
        if variable < self.n:
            self.columns[variable] = kind
        else:
            self.rows[variable - self.n] = kind

    def _factorised(self) -> tuple[Factor, list[int]]:
        return factorised(self.program, Basis(self.columns, self.rows))


def walk_from(program: Program, vertex: Vertex) -> Walk:
    """A walk that starts at an optimal vertex."""
    return Walk(*merge(program, vertex))
