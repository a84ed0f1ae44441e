"""Vertices in exact arithmetic: amounts, duals and reduced costs from a basis, and proof of its optimality.

A basis with *k* tight rows has *k* basic columns; amounts and duals follow from that small square system,
solved in whole numbers. The solver works with a tolerance, so its basis may be a hair off: exact simplex
steps first make it feasible (or prove that nothing is), then optimal. Both choose by least index (Bland's
rule), so that they end. From a basis that is right already they take no step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.exact.elimination import Singular, Square, independent, quotient
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import FREE, SAFE, Program, Row
from prioritizer.allocation.solvers.highs import AT_LOWER, AT_UPPER, BASIC, Basis, Kinds, last_basis
from prioritizer.errors import Defect
from prioritizer.model import Ints

_NEAR = 1e-7  # how far from its bound what stands at it may be, as others compute it
_SHORT = 256  # rows up to this long are looked up in a dictionary
__all__ = [
    "Vertex",
    "activity",
    "basis_at",
    "entries",
    "optimal_vertex",
    "reduced_costs",
]
Variable = tuple[Literal["column", "row"], int]  # a column's amount or a row's activity; both have bounds


@dataclass(frozen=True)
class Vertex:
    """An optimal vertex. ``amount`` is int64[n] with 0 at the basic columns, whose amounts are ``basic``;
    ``sign`` is the exact sign of every reduced cost, int8[n], and ``reduced`` what :func:`reduced_costs` has
    for them; ``dual`` has the nonzero duals by row; ``basis`` is where it stands, ``square`` its tight rows
    over the basic columns, in their order."""

    amount: Ints
    basic: dict[int, Fraction]
    sign: Kinds
    reduced: tuple[npt.NDArray[Any], int]
    dual: dict[int, Fraction]
    basis: Basis
    square: Square

    def exact(self, column: int) -> Fraction:
        """The amount of one column."""
        return self.basic.get(column, Fraction(int(self.amount[column])))


def optimal_vertex(program: Program, start: Basis | None = None) -> Vertex | None:
    """An optimal vertex, proven in exact arithmetic; ``None`` if the program provably has no solution.

    ``start`` is a basis to begin from; without one the solver brings it.
    """
    if any(row.lower > row.upper for row in program.rows):
        return None
    basis = start or last_basis(program)
    try:
        tableau = _Tableau(program, basis)
        feasible = tableau.made_feasible()
    except Singular:  # amounts of very different sizes are beyond the solver's own arithmetic
        tableau = _Tableau(program, _mended(program, basis))
        feasible = tableau.made_feasible()
    return tableau.optimum() if feasible else None


def _mended(program: Program, basis: Basis) -> Basis:
    """A basis of as many of the columns of a singular one as its rows determine."""
    columns = np.where(basis.columns == BASIC, AT_LOWER, basis.columns).astype(np.int8)
    between = np.flatnonzero(basis.columns == BASIC).tolist()
    tight = np.flatnonzero(basis.rows != BASIC).tolist()
    return _determined(program, columns, between, {row: int(basis.rows[row]) for row in tight})


def basis_at(program: Program, amounts: Sequence[Fraction | float]) -> Basis:
    """A basis at a plan that somebody else found, exact or rounded; ``amounts`` by column.

    Columns between their bounds are basic, and of the rows at a bound as many as determine them. Where the
    plan is no vertex the basis is one close to it: exact steps get from there to an optimum.
    """
    near = np.array([float(amount) for amount in amounts])
    upper = program.upper.astype(np.float64)
    columns = np.where(near > upper / 2, AT_UPPER, AT_LOWER).astype(np.int8)
    between = np.flatnonzero((near > _NEAR * upper) & (near < (1 - _NEAR) * upper)).tolist()
    tight = {at: side for at, row in enumerate(program.rows) if (side := _side(row, near)) != BASIC}
    return _determined(program, columns, between, tight)


def _determined(program: Program, columns: Kinds, between: Sequence[int], tight: Mapping[int, int]) -> Basis:
    """The basis of those columns ``between`` that rows at a bound determine; ``tight`` has the bound of each
    row, ``columns`` those of the others, int8, and is completed."""
    rows = np.full(len(program.rows), BASIC, dtype=np.int8)
    place, numbers = {column: at for at, column in enumerate(between)}, list(tight)
    for column, at in independent([entries(program.rows[row], place) for row in numbers]).items():
        columns[between[column]] = BASIC
        rows[numbers[at]] = tight[numbers[at]]
    return Basis(columns, rows)


def _side(row: Row, near: npt.NDArray[np.float64]) -> int:
    """The bound at which a row stands, to within a rounding."""
    now = float(near[row.columns] @ row.coefs)
    reach = _NEAR * max(1.0, float(np.abs(near[row.columns] * row.coefs).sum()))
    if row.upper < FREE and row.upper - now <= reach:
        return AT_UPPER
    return AT_LOWER if row.lower > -FREE and now - row.lower <= reach else BASIC


class _Tableau:
    """A basis under exact simplex steps."""

    def __init__(self, program: Program, basis: Basis) -> None:
        self.program = program
        self.columns, self.rows = basis.columns.copy(), basis.rows.copy()
        self._known: dict[str, Any] = {}  # what this basis implies, until it changes

    def made_feasible(self) -> bool:
        """Bring every basic variable within its bounds, one violated variable after the other."""
        while True:
            amount, basic = self._primal()
            broken = self._broken(amount, basic)
            if broken is None:
                return True
            (kind, which), way = broken
            num = np.zeros(len(self.program.columns), dtype=np.int64)
            if kind == "column":
                num[which] = way
            else:
                num[self.program.rows[which].columns] = way * self.program.rows[which].coefs
            dual = self._dual(num, np.ones_like(num))
            reduced, _ = reduced_costs(self.program, dual, num, np.ones_like(num))
            entering = self._entering(_signs(reduced), dual)
            if entering is None:
                return False
            self._exchange(entering[0], (kind, which), AT_LOWER if way > 0 else AT_UPPER)

    def optimum(self) -> Vertex:
        """Primal simplex steps to an optimum, from a feasible basis."""
        num, den = self.program.gain_num, self.program.gain_den
        while True:
            amount, basic = self._primal()
            dual = self._dual(num, den)
            reduced = reduced_costs(self.program, dual, num, den)
            sign = _signs(reduced[0])
            entering = self._entering(sign, dual)
            if entering is None:
                nonzero = {row: y for row, y in dual.items() if y}
                stand = Basis(self.columns, self.rows)
                return Vertex(amount, basic, sign, reduced, nonzero, stand, self._square())
            leaving, side = self._blocker(*entering, amount, basic)
            self._exchange(entering[0], leaving, side)

    def _exchange(self, entering: Variable, leaving: Variable, side: int) -> None:
        for (kind, which), now in ((entering, BASIC), (leaving, side)):
            (self.columns if kind == "column" else self.rows)[which] = now
        self._known.clear()

    def _bounds(self, variable: Variable) -> tuple[int, int]:
        kind, which = variable
        if kind == "column":
            return 0, int(self.program.upper[which])
        return self.program.rows[which].lower, self.program.rows[which].upper

    def _tight(self) -> list[int]:
        found: list[int] = np.flatnonzero(self.rows != BASIC).tolist()
        return found

    def _basic(self) -> list[int]:
        found: list[int] = np.flatnonzero(self.columns == BASIC).tolist()
        return found

    def _square(self) -> Square:
        """The tight rows over the basic columns, by position among them, eliminated."""
        if "square" not in self._known:
            self._known["square"] = Square(self._over_basic(self._tight()))
        square: Square = self._known["square"]
        return square

    def _over_basic(self, rows: Sequence[int]) -> list[dict[int, int]]:
        """Some rows over the basic columns, by position among them."""
        stack, basic = self.program.stack, self._basic()
        number, place = np.full(len(self.rows), -1), np.full(len(self.columns), -1)
        number[rows], place[basic] = np.arange(len(rows)), np.arange(len(basic))
        hit = np.flatnonzero((place[stack.column] >= 0) & (number[stack.row] >= 0))
        found: list[dict[int, int]] = [{} for _ in rows]
        at, columns = number[stack.row[hit]].tolist(), place[stack.column[hit]].tolist()
        for line, column, coef in zip(at, columns, stack.coef[hit].tolist(), strict=True):
            found[line][column] = coef
        return found

    def _primal(self) -> tuple[Ints, dict[int, Fraction]]:
        """The amounts of this basis: at their bounds, and those of the basic columns."""
        if "primal" not in self._known:
            amount = np.where(self.columns == AT_UPPER, self.program.upper, 0)
            held, right = self.program.activities(amount), []
            for row in self._tight():
                bound = self._bounds(("row", row))[1 if self.rows[row] == AT_UPPER else 0]
                right.append(bound - held[row])
            basic = dict(zip(self._basic(), map(Fraction, self._square().solved(right)), strict=True))
            self._known["primal"] = amount, basic
        primal: tuple[Ints, dict[int, Fraction]] = self._known["primal"]
        return primal

    def _broken(self, amount: Ints, basic: Mapping[int, Fraction]) -> tuple[Variable, int] | None:
        """The first basic variable out of its bounds, and the way it must go (1 up, -1 down)."""
        for column, value in basic.items():
            if not 0 <= value <= int(self.program.upper[column]):
                return ("column", column), 1 if value < 0 else -1
        scale, scaled = self._over_one(amount, basic)
        held = self.program.activities(scaled)
        for row in np.flatnonzero(self.rows == BASIC).tolist():
            lower, upper = self._bounds(("row", row))
            if not lower * scale <= held[row] <= upper * scale:
                return ("row", row), 1 if held[row] < lower * scale else -1
        return None

    def _over_one(self, amount: Ints, basic: Mapping[int, Fraction]) -> tuple[int, Ints]:
        """One denominator for all amounts, and what stands above it, column by column."""
        scale = lcm(*(value.denominator for value in basic.values()))
        dtype: type = np.int64 if scale * int(self.program.upper.sum()) < SAFE else object
        scaled: Ints = amount.astype(dtype) * scale
        for column, value in basic.items():
            scaled[column] = value.numerator * (scale // value.denominator)
        return scale, scaled

    def _dual(self, num: Ints, den: Ints) -> dict[int, Fraction]:
        """The duals of the tight rows, for the gains ``num / den``."""
        gains = [quotient(int(num[column]), int(den[column])) for column in self._basic()]
        return dict(zip(self._tight(), map(Fraction, self._square().weighed(gains)), strict=True))

    def _entering(self, sign: Kinds, dual: Mapping[int, Fraction]) -> tuple[Variable, int] | None:
        """The first variable at a bound that gains by leaving it, and the way it goes (1 up, -1 down)."""
        better = ((self.columns == AT_LOWER) & (sign > 0)) | ((self.columns == AT_UPPER) & (sign < 0))
        found = np.flatnonzero(better & (self.program.upper > 0))
        if len(found):
            column = int(found[0])
            return ("column", column), 1 if self.columns[column] == AT_LOWER else -1
        for row, y in sorted(dual.items()):
            lower, upper = self._bounds(("row", row))
            if lower < upper and (y < 0 if self.rows[row] == AT_UPPER else y > 0):
                return ("row", row), -1 if self.rows[row] == AT_UPPER else 1
        return None

    def _blocker(
        self, entering: Variable, way: int, amount: Ints, basic: Mapping[int, Fraction]
    ) -> tuple[Variable, int]:
        """What first reaches a bound when ``entering`` moves, and which bound; ties by index."""
        kind, which = entering
        right = [
            (way if row == which else 0)
            if kind == "row"
            else -way * entries(self.program.rows[row], {which: 0}).get(0, 0)
            for row in self._tight()
        ]
        moves = dict(zip(self._basic(), map(Fraction, self._square().solved(right)), strict=True))
        if kind == "column":
            moves[which] = Fraction(way)
        blocks: list[tuple[Fraction, Variable, int]] = []
        for column, move in moves.items():
            now = basic.get(column, Fraction(int(amount[column])))
            blocks += self._block(("column", column), now, move)
        for row in {*np.flatnonzero(self.rows == BASIC).tolist(), *([which] if kind == "row" else [])}:
            held = self.program.rows[row]
            held_at = entries(held, {column: column for column in moves})
            move = sum((coef * moves[column] for column, coef in held_at.items()), Fraction(0))
            blocks += self._block(("row", row), activity(held, amount, basic), move)
        if not blocks:
            raise Defect("the program is unbounded")
        _, leaving, side = min(blocks)
        return leaving, side

    def _block(
        self, variable: Variable, now: Fraction | int, move: Fraction
    ) -> list[tuple[Fraction, Variable, int]]:
        """How far the variable can move until a bound stops it, if one does."""
        lower, upper = self._bounds(variable)
        bound = upper if move > 0 else lower
        if not move or abs(bound) >= FREE:
            return []
        return [((bound - now) / move, variable, AT_UPPER if move > 0 else AT_LOWER)]


def _signs(numbers: npt.NDArray[Any]) -> Kinds:
    signs: Kinds = (numbers > 0).astype(np.int8) - (numbers < 0).astype(np.int8)
    return signs


def reduced_costs(
    program: Program, dual: Mapping[int, Fraction], num: Ints, den: Ints
) -> tuple[npt.NDArray[Any], int]:
    """``num / den - y·A`` times ``den`` and a scale that makes it whole, and that scale; in int64 where that
    is safe."""
    scale = lcm(*(y.denominator for y in dual.values())) if dual else 1
    whole = {row: y.numerator * (scale // y.denominator) for row, y in dual.items() if y}
    stack = program.stack
    size = sum(abs(y) * int(stack.sizes[row]) for row, y in whole.items())
    largest = int(np.abs(num).max(initial=0)) * scale + int(np.abs(den).max(initial=1)) * size
    dtype: type = np.int64 if largest < SAFE else object
    priced: npt.NDArray[Any] = np.zeros(len(num), dtype=dtype)
    prices: npt.NDArray[Any] = np.zeros(len(program.rows), dtype=dtype)
    prices[list(whole)] = list(whole.values())
    np.add.at(priced, stack.column, prices[stack.row] * stack.coef.astype(dtype, copy=False))
    return num.astype(dtype) * scale - den.astype(dtype) * priced, scale


def activity(row: Row, amount: Ints, basic: Mapping[int, Exact] | Mapping[int, Fraction]) -> Exact:
    """The left-hand side at a vertex: ``amount`` with 0 at the ``basic`` columns, whose amounts are given."""
    total: Exact = row.activity(amount)
    for column, coef in entries(row, {column: column for column in basic}).items():
        total += coef * basic[column]
    return total


def entries(row: Row, place: Mapping[int, int]) -> dict[int, int]:
    """The row's coefficients at a few columns, under the keys of ``place``."""
    if len(row.columns) <= _SHORT:
        return {place[column]: row.table[column] for column in place if column in row.table}
    wanted = list(place)
    at = np.minimum(np.searchsorted(row.columns, wanted), len(row.columns) - 1)
    found = zip(wanted, row.columns[at].tolist(), row.coefs[at].tolist(), strict=True)
    return {place[column]: coef for column, hit, coef in found if column == hit}
