"""One basis tried on many draws at once, exactly.

A basis is so many columns and as many rows that determine them. With the gains of a draw it makes prices, the
prices say at which bound every other column stands, and these what the basis' own columns get. Where all of
that keeps the program's bounds, it is an optimal vertex; where a price or a reduced cost is nothing, the tie
rule's own gains (money that adds nothing least, then the recorded order, each column infinitely more than the
next) say the side, so that it is the rule's vertex. All numbers are whole, in float64 where that is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from prioritizer.allocation.exact.elimination import Singular, inverse
from prioritizer.allocation.program import FREE, Program
from prioritizer.allocation.warm.gains import EXACT
from prioritizer.model import Ints

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_LARGEST = 2**22  # entries of a matrix that is held in full
_ROUNDING = 2.0**-50


@dataclass(frozen=True)
class Matrix:
    """A linear program as whole numbers in float64: ``A``, [rows, columns], also sparse by rows (``of_rows``)
    and by columns, bounds of columns and rows, the latter infinite where there are none; ``size`` is the most
    that a row can add up to, or be bounded by, ``steepest`` the greatest coefficient."""

    A: Floats
    of_rows: Any
    of_columns: Any
    upper: Floats
    lower_row: Floats
    upper_row: Floats
    size: float
    steepest: float


def matrix(program: Program) -> Matrix | None:
    """The matrix of a program; ``None`` where it is too large, its numbers are, or it has no entry: HiGHS
    then makes no basis, and breaks down if asked for one."""
    shape = len(program.rows), len(program.columns)
    if not program.linear or shape[0] * shape[1] > _LARGEST or program.stack.coef.dtype == object:
        return None
    if not program.stack.coef.any():
        return None
    A = np.zeros(shape)
    A[program.stack.row, program.stack.column] = program.stack.coef
    upper = program.upper.astype(np.float64)
    size = float((np.abs(A) @ upper).max(initial=1))
    bounds = [[row.lower for row in program.rows], [row.upper for row in program.rows]]
    finite = [abs(bound) for side in bounds for bound in side if -FREE < bound < FREE]
    size = max(size, *map(float, finite), 1.0)
    if size >= EXACT:
        return None
    low, high = (np.array([_bound(each) for each in side], dtype=np.float64) for side in bounds)
    sparse = csr_array(A), csr_array(A.T)
    return Matrix(A, *sparse, upper, low, high, size, float(np.abs(A).max(initial=1)))


def _bound(bound: int) -> float:
    return float(bound) if -FREE < bound < FREE else float("inf") if bound > 0 else -float("inf")


@dataclass(frozen=True, eq=False)
class Inverted:
    """Basic columns, tight rows, and the inverse of the square between them: ``inverse / den``, whole
    numbers [columns, rows]."""

    columns: Ints
    rows: Ints
    inverse: Floats
    den: int


def inverted(given: Matrix, columns: Ints, rows: Ints) -> Inverted | None:
    """A basis with its inverse; ``None`` where it is none, or its numbers are too large."""
    if len(columns) != len(rows):
        return None
    square = given.A[np.ix_(rows, columns)]
    near = _near_inverse(square) if len(square) else (np.zeros((0, 0)), 1)
    found = near or _exact_inverse(square)
    return None if found is None else Inverted(columns, rows, *found)


def _near_inverse(square: Floats) -> tuple[Floats, int] | None:
    """The inverse found in floats and proven in whole numbers."""
    sign, log = np.linalg.slogdet(square)
    if not sign or log > 20:
        return None
    den = round(float(np.exp(log)))
    whole = np.rint(np.linalg.inv(square) * den)
    reach = float((np.abs(square) @ np.abs(whole)).max())
    if reach >= EXACT or not np.array_equal(square @ whole, den * np.eye(len(square))):
        return None
    common = gcd(den, int(np.gcd.reduce(whole.astype(np.int64), axis=None)))
    return whole / common, den // common


def _exact_inverse(square: Floats) -> tuple[Floats, int] | None:
    rows = [{at: int(line[at]) for at in np.flatnonzero(line).tolist()} for line in square]
    try:
        found = inverse(rows)
    except Singular:
        return None
    den = lcm(*(value.denominator for line in found for value in line.values()))
    whole = np.zeros(square.shape)
    for at, line in enumerate(found):
        for other, value in line.items():
            exact = int(value * den)
            if abs(exact) >= EXACT:
                return None
            whole[at, other] = exact
    return whole, den


@dataclass(frozen=True)
class Priced:
    """What columns gain in some draws: ``num / den``, int64[draws, columns] over int64[columns], rounded as
    ``gain``, [draws, columns], the greatest of which, by size, is ``most``, [draws]; ``rank``,
    int64[draws, columns], is the place in the recorded order; ``money``, [columns], what a unit is."""

    num: Ints
    den: Ints
    gain: Floats
    most: Floats
    rank: Ints
    money: Ints

    @classmethod
    def of(cls, num: Ints, den: Ints, rank: Ints, money: Ints) -> Priced:
        gain = num / den
        return cls(num, den, gain, np.abs(gain).max(axis=1, initial=1), rank, money)

    @cached_property
    def whole(self) -> bool:
        """Whether all gains are whole numbers."""
        return bool((self.den == 1).all())

    def some(self, draws: Ints) -> Priced:
        """Some of the draws."""
        own = self.num[draws], self.den, self.gain[draws], self.most[draws], self.rank[draws]
        return Priced(*own, self.money)


@dataclass(frozen=True)
class Stand:
    """Where draws stand at a basis: whether it is ``right`` for them, bool[draws]; the amounts of the other
    columns, [draws, columns], and of the basic ones times the basis' denominator, ``basic``; reduced costs
    and prices (times the denominator), and whether some of those are ``level``, nothing."""

    right: Bools
    amount: Floats
    basic: Floats
    reduced: Floats
    price: Floats
    level: Bools


def standing(given: Matrix, basis: Inverted, priced: Priced) -> Stand:
    """The draws at a basis."""
    gain = priced.gain
    price = gain[:, basis.columns] @ basis.inverse
    prices = np.zeros((len(gain), len(given.A)))
    prices[:, basis.rows] = price
    # Sparse, and not by BLAS: its threads cost more than they bring.
    reduced = gain * basis.den - (given.of_columns @ prices.T).T
    doubt = _doubt(given, basis, priced, price)
    side, way = _sign(reduced, doubt[:, None]), _sign(price, doubt[:, None])
    side[:, basis.columns] = -1
    near = (side == 0) & (given.upper > 0)
    level = near.any(axis=1) | (way == 0).any(axis=1)
    right = doubt < np.inf
    if level.any():
        _settle(given, basis, priced, side, way, near)
    amount = np.where(side > 0, given.upper, 0.0)
    held = (given.of_rows @ amount.T).T
    ends = np.where(way > 0, given.upper_row[basis.rows], given.lower_row[basis.rows])
    right &= np.isfinite(ends).all(axis=1)
    rest = np.where(np.isfinite(ends), ends, 0.0) - held[:, basis.rows]
    basic = rest @ basis.inverse.T
    right &= _inside(given, basis, rest, basic, held)
    return Stand(right, amount, basic, reduced, price, level)


def _sign(values: Floats, doubt: Floats) -> npt.NDArray[np.int8]:
    return (values > doubt).astype(np.int8) - (values < -doubt).astype(np.int8)


def _doubt(given: Matrix, basis: Inverted, priced: Priced, price: Floats) -> Floats:
    """By how much reduced costs and prices may be off, [draws]: nothing where all numbers are whole."""
    reach = priced.most * (basis.den + np.abs(basis.inverse).sum() * given.steepest)
    reach += np.abs(price).sum(axis=1) * given.steepest
    if priced.whole:
        return np.where(reach < EXACT, 0.0, np.inf)
    doubt: Floats = reach * _ROUNDING * (len(basis.rows) + 4)
    return doubt


def _inside(given: Matrix, basis: Inverted, rest: Floats, basic: Floats, held: Floats) -> Bools:
    """Whether basic columns and all rows keep their bounds."""
    reach = np.abs(rest).max(axis=1, initial=0) * float(np.abs(basis.inverse).sum(axis=1).max(initial=1))
    fine = (reach < EXACT) & (basis.den * given.size < EXACT)
    fine &= ((basic >= 0) & (basic <= basis.den * given.upper[basis.columns])).all(axis=1)
    activity = held * basis.den + basic @ given.A[:, basis.columns].T
    kept = (activity >= basis.den * given.lower_row) & (activity <= basis.den * given.upper_row)
    inside: Bools = fine & kept.all(axis=1)
    return inside


# ------------------------------------------------------------------ where gains alone do not say the side


def _settle(
    given: Matrix,
    basis: Inverted,
    priced: Priced,
    side: npt.NDArray[np.int8],
    way: npt.NDArray[np.int8],
    near: Bools,
) -> None:
    """Give the sides of columns and rows whose reduced cost or price is nothing, exactly, in place."""
    draw, column = np.nonzero(near)
    if len(draw):
        kinds, of = np.unique(column, return_inverse=True)
        moves = basis.inverse @ given.A[np.ix_(basis.rows, kinds)]
        side[draw, column] = _sides(basis, priced, draw, -moves[:, of].T, column)
    draw, row = np.nonzero(way == 0)
    if len(draw):
        way[draw, row] = _sides(basis, priced, draw, basis.inverse[:, row].T, None)


def _sides(
    basis: Inverted, priced: Priced, draw: Ints, moves: Floats, own: Ints | None
) -> npt.NDArray[np.int8]:
    """The first of gain, idle money and the recorded order that is not nothing, by its sign: of the basic
    columns with factors ``moves``, [entries, basic], and of the column itself, its ``own`` factor ``den``."""
    side = np.zeros(len(draw), dtype=np.int8)
    if not priced.whole:
        side = _by_gain(basis, priced, draw, moves, own)
    idle = np.where(priced.num == 0, priced.money, 0)
    spare = (idle[draw][:, basis.columns] * moves).sum(axis=1)
    rank = np.where(moves != 0, priced.rank[draw][:, basis.columns], np.iinfo(np.int64).max)
    first = rank.argmin(axis=1) if rank.shape[1] else np.zeros(len(draw), dtype=np.int64)
    entry = np.arange(len(draw))
    order = np.sign(moves[entry, first]) if rank.shape[1] else np.ones(len(draw))
    if own is not None:
        spare += idle[draw, own] * float(basis.den)
        before = priced.rank[draw, own] < rank[entry, first] if rank.shape[1] else np.ones(len(draw), bool)
        order = np.where(before, 1.0, order)
    side = np.where(side == 0, -np.sign(spare), side)
    settled: npt.NDArray[np.int8] = np.where(side == 0, order, side).astype(np.int8)
    return settled


def _by_gain(
    basis: Inverted, priced: Priced, draw: Ints, moves: Floats, own: Ints | None
) -> npt.NDArray[np.int8]:
    """The sign of the gain itself, in fractions."""
    found = []
    for entry, at in enumerate(draw.tolist()):
        used = np.flatnonzero(moves[entry])
        terms = [(int(moves[entry, slot]), int(basis.columns[slot])) for slot in used.tolist()]
        terms += [] if own is None else [(basis.den, int(own[entry]))]
        gain = sum(
            (Fraction(many * int(priced.num[at, c]), int(priced.den[c])) for many, c in terms), Fraction(0)
        )
        found.append((gain > 0) - (gain < 0))
    return np.array(found, dtype=np.int8)
