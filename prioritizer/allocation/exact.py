"""Vertices in exact arithmetic: amounts, duals and reduced costs from a basis, and proof of its optimality.

A basis with *k* tight rows has *k* basic columns; both the amounts and the duals follow from that small
square system, solved in fractions. If the basis turns out not to be exactly optimal (the solver works with
a tolerance), primal simplex steps in exact arithmetic finish the work (Bland's rule, so that they end).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.program import FREE, Program, Row
from prioritizer.allocation.solver import AT_LOWER, AT_UPPER, BASIC, Basis, Kinds, optimal_basis
from prioritizer.errors import Defect
from prioritizer.model import Ints

Objects = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Vertex:
    """An optimal vertex. ``amount`` is int64[n] with 0 at the basic columns, whose amounts are ``basic``;
    ``sign`` is the exact sign of every reduced cost, int8[n]; ``dual`` has the nonzero duals by row;
    ``basis`` is where it stands."""

    amount: Ints
    basic: dict[int, Fraction]
    sign: Kinds
    dual: dict[int, Fraction]
    basis: Basis

    def exact(self, column: int) -> Fraction:
        """The amount of one column."""
        return self.basic.get(column, Fraction(int(self.amount[column])))


def optimal_vertex(program: Program, start: Basis | None = None) -> Vertex | None:
    """An optimal vertex, proven so in exact arithmetic; ``None`` if the program has no solution.

    From a feasible basis ``start`` the exact steps go alone; without one the solver brings the first basis.
    """
    basis = start or optimal_basis(program)
    return None if basis is None else _Tableau(program, basis).optimum()


class _Tableau:
    """A basis under exact primal simplex steps."""

    def __init__(self, program: Program, basis: Basis) -> None:
        self.program = program
        self.columns, self.rows = basis.columns.copy(), basis.rows.copy()

    def optimum(self) -> Vertex:
        while True:
            amount, basic = self._primal()
            dual = self._dual()
            sign = self._reduced_signs(dual)
            entering = self._entering(sign, dual)
            if entering is None:
                nonzero = {row: y for row, y in dual.items() if y}
                return Vertex(amount, basic, sign, nonzero, Basis(self.columns, self.rows))
            self._step(entering, amount, basic)

    def _tight(self) -> list[int]:
        return np.flatnonzero(self.rows != BASIC).tolist()

    def _basic(self) -> list[int]:
        return np.flatnonzero(self.columns == BASIC).tolist()

    def _square(self) -> list[dict[int, int]]:
        """The tight rows over the basic columns, by position among them."""
        place = {column: at for at, column in enumerate(self._basic())}
        return [_entries(self.program.rows[row], place) for row in self._tight()]

    def _primal(self) -> tuple[Ints, dict[int, Fraction]]:
        upper = self.program.upper
        amount = np.where(self.columns == AT_UPPER, upper, 0)
        right = []
        for row in self._tight():
            held = self.program.rows[row]
            right.append(
                Fraction((held.upper if self.rows[row] == AT_UPPER else held.lower) - held.activity(amount))
            )
        solved = solve(self._square(), right)
        basic = dict(zip(self._basic(), solved, strict=True))
        if any(not 0 <= value <= int(upper[column]) for column, value in basic.items()):
            raise Defect("the solver's basis is not feasible in exact arithmetic")
        for row in np.flatnonzero(self.rows == BASIC).tolist():
            held = self.program.rows[row]
            if not held.lower <= self._activity(held, amount, basic) <= held.upper:
                raise Defect("the solver's basis breaks a row in exact arithmetic")
        return amount, basic

    @staticmethod
    def _activity(row: Row, amount: Ints, basic: dict[int, Fraction]) -> Fraction:
        return row.activity(amount) + sum(
            (coef * basic[column] for column, coef in _entries(row, {c: c for c in basic}).items()),
            Fraction(0),
        )

    def _dual(self) -> dict[int, Fraction]:
        square = self._square()
        transposed: list[dict[int, int]] = [{} for _ in square]
        for at, entries in enumerate(square):
            for column, coef in entries.items():
                transposed[column][at] = coef
        gains = [
            Fraction(int(self.program.gain_num[column]), int(self.program.gain_den[column]))
            for column in self._basic()
        ]
        return dict(zip(self._tight(), solve(transposed, gains), strict=True))

    def _reduced_signs(self, dual: dict[int, Fraction]) -> Kinds:
        """The signs of ``gain - y·A``, over one denominator, in int64 where that is safe."""
        scale = lcm(*(y.denominator for y in dual.values())) if dual else 1
        whole = {row: int(y * scale) for row, y in dual.items() if y}
        num, den = self.program.gain_num, self.program.gain_den
        size = sum(
            abs(y) * int(np.abs(self.program.rows[row].coefs).max(initial=0)) for row, y in whole.items()
        )
        largest = int(np.abs(num).max(initial=0)) * scale + int(np.abs(den).max(initial=1)) * size
        dtype: type = np.int64 if largest < FREE else object
        priced: Ints | Objects = np.zeros(len(num), dtype=dtype)
        for row, y in whole.items():
            held = self.program.rows[row]
            priced[held.columns] += y * held.coefs.astype(dtype)
        reduced = num.astype(dtype) * scale - den.astype(dtype) * priced
        return (reduced > 0).astype(np.int8) - (reduced < 0).astype(np.int8)

    def _entering(self, sign: Kinds, dual: dict[int, Fraction]) -> tuple[str, int, int] | None:
        """The first column or tight row that would gain by leaving its bound, and in which direction."""
        movable = self.program.upper > 0
        better = ((self.columns == AT_LOWER) & (sign > 0)) | ((self.columns == AT_UPPER) & (sign < 0))
        found = np.flatnonzero(better & movable)
        if len(found):
            column = int(found[0])
            return "column", column, 1 if self.columns[column] == AT_LOWER else -1
        for row, y in sorted(dual.items()):
            held = self.program.rows[row]
            if held.lower < held.upper and (y < 0 if self.rows[row] == AT_UPPER else y > 0):
                return "row", row, -1 if self.rows[row] == AT_UPPER else 1
        return None

    def _step(self, entering: tuple[str, int, int], amount: Ints, basic: dict[int, Fraction]) -> None:
        """Move the entering column or row off its bound until something blocks, and change the basis."""
        kind, which, way = entering
        right = [Fraction(0)] * len(self._tight())
        for at, row in enumerate(self._tight()):
            if kind == "row":
                right[at] = Fraction(way if row == which else 0)
            else:
                right[at] = Fraction(-way * _entries(self.program.rows[row], {which: 0}).get(0, 0))
        moves = dict(zip(self._basic(), solve(self._square(), right), strict=True))
        if kind == "column":
            moves[which] = Fraction(way)
        length, blocker, side = self._ratio_test(kind, which, way, amount, basic, moves)
        if length >= FREE:
            raise Defect("the program is unbounded")
        if kind == "column":
            self.columns[which] = BASIC
        else:
            self.rows[which] = BASIC
        (self.columns if blocker[0] == "column" else self.rows)[blocker[1]] = side

    def _ratio_test(
        self,
        kind: str,
        which: int,
        way: int,
        amount: Ints,
        basic: dict[int, Fraction],
        moves: dict[int, Fraction],
    ) -> tuple[Fraction, tuple[str, int], int]:
        """How far the step goes, what blocks it, and at which bound that stands then; ties by index."""
        blocks: list[tuple[Fraction, tuple[str, int], int]] = []
        for column, move in moves.items():
            if move:
                now = basic.get(column, Fraction(int(amount[column])))
                room = int(self.program.upper[column]) - now if move > 0 else now
                blocks.append((room / abs(move), ("column", column), AT_UPPER if move > 0 else AT_LOWER))
        for row in {*np.flatnonzero(self.rows == BASIC).tolist(), *([which] if kind == "row" else [])}:
            held = self.program.rows[row]
            move = sum(
                (coef * moves[c] for c, coef in _entries(held, {c: c for c in moves}).items()), Fraction(0)
            )
            bound = held.upper if move > 0 else held.lower
            if move and abs(bound) < FREE:
                room = abs(bound - self._activity(held, amount, basic))
                blocks.append((room / abs(move), ("row", row), AT_UPPER if move > 0 else AT_LOWER))
        return min(blocks, default=(Fraction(FREE), ("row", 0), AT_UPPER))


def _entries(row: Row, place: dict[int, int]) -> dict[int, int]:
    """The row's coefficients at a few columns, under the keys of ``place``."""
    if not place or not len(row.columns):
        return {}
    wanted = list(place)
    at = np.minimum(np.searchsorted(row.columns, wanted), len(row.columns) - 1)
    found = zip(wanted, row.columns[at].tolist(), row.coefs[at].tolist(), strict=True)
    return {place[column]: coef for column, hit, coef in found if column == hit}


def solve(matrix: list[dict[int, int]], right: list[Fraction]) -> list[Fraction]:
    """The solution of a square sparse system of whole numbers. Raises :class:`Defect` if it is singular."""
    rows = [dict(entries) for entries in matrix]
    scale = lcm(*(value.denominator for value in right)) if right else 1
    for entries, value in zip(rows, right, strict=True):
        entries[-1] = int(value * scale)  # the right-hand side rides along as column -1
    pivot_row: dict[int, int] = {}
    waiting = set(range(len(rows)))
    while waiting:
        # The shortest row first keeps the others short; the least index keeps it reproducible.
        at = min(waiting, key=lambda row: (len(rows[row]), row))
        waiting.discard(at)
        column = min((column for column in rows[at] if column >= 0), default=None)
        if column is None:
            raise Defect("singular basis")
        pivot_row[column] = at
        for other, entries in enumerate(rows):
            if other != at and column in entries:
                _eliminate(entries, rows[at], column)
    return [
        Fraction(rows[at].get(-1, 0), rows[at][column] * scale) for column, at in sorted(pivot_row.items())
    ]


def _eliminate(entries: dict[int, int], pivot: dict[int, int], column: int) -> None:
    """Subtract a multiple of ``pivot`` so that ``column`` goes, staying in whole numbers."""
    common = gcd(entries[column], pivot[column])
    own, factor = pivot[column] // common, entries[column] // common
    if own != 1:
        for key in entries:
            entries[key] *= own
    for key, value in pivot.items():
        left = entries.get(key, 0) - factor * value
        if left:
            entries[key] = left
        else:
            entries.pop(key, None)
    if own not in (1, -1):
        divisor = gcd(*entries.values())
        for key in entries:
            entries[key] //= divisor
