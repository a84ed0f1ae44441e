"""The program of a case: labelled rows and columns with exact whole-number coefficients, stated once.

It is stated over *places*: the money of every cost cell in million VND, yes-or-no answers, and what breaking
a soft limit takes. That is the ledger, against which whole-million plans are checked. As the cells of a
project scale together, the program that is solved has one column for all of them, from 0 to the greatest
common divisor of their costs; a project that is funded in whole or not at all has a column of 0 or 1. Where
every project has one cell and no rule asks yes or no, both are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.demand import Demand, apportioned
from prioritizer.model import Ints
from prioritizer.results import Lack

FREE = 2**200  # stands for no bound on that side: beyond any sum of money and coefficients
Mask = npt.NDArray[np.bool_]
SAFE = 2**62  # whole numbers below it may be added up in int64


@dataclass(frozen=True)
class Row:
    """One named constraint: ``lower <= coefs · x[columns] <= upper``, all whole numbers."""

    name: str
    columns: Ints
    coefs: Ints
    lower: int
    upper: int

    @cached_property
    def largest(self) -> int:
        """The greatest coefficient by size; what one million VND can change at most."""
        return int(np.abs(self.coefs).max(initial=0))

    @cached_property
    def table(self) -> dict[int, int]:
        """The coefficients by column."""
        return dict(zip(self.columns.tolist(), self.coefs.tolist(), strict=True))

    def activity(self, amount: Ints) -> int:
        """The left-hand side at a whole-number plan, exact."""
        chosen = amount[self.columns]
        if self.largest * int(chosen.sum()) >= SAFE:
            return int(chosen.astype(object) @ self.coefs.astype(object))
        return int(chosen @ self.coefs)


@dataclass(frozen=True)
class Stack:
    """The entries of all rows, one row after the other: int64[entries] each, and the rows' ends, int64[rows].

    ``row``, ``column`` and ``coef`` say where an entry stands and what it is; ``sizes``, int64[rows], are the
    rows' greatest coefficients by size, ``largest`` is the greatest of all.
    """

    row: Ints
    column: Ints
    coef: Ints
    ends: Ints
    sizes: Ints
    largest: int

    def sums(self, parts: Ints) -> Ints:
        """The sum of every row's own ``parts``, one for each entry."""
        upto = np.concatenate([np.zeros(1, dtype=parts.dtype), np.cumsum(parts)])[self.ends]
        upto[1:] -= upto[:-1].copy()
        return upto


def _stacked(rows: tuple[Row, ...]) -> Stack:
    lengths = np.array([len(row.columns) for row in rows], dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)
    coef = np.concatenate([none, *(row.coefs for row in rows)])
    ends, sizes, filled = np.cumsum(lengths), np.zeros(len(rows), dtype=coef.dtype), lengths > 0
    if filled.any():
        sizes[filled] = np.maximum.reduceat(np.abs(coef), (ends - lengths)[filled])
    return Stack(
        np.repeat(np.arange(len(rows)), lengths),
        np.concatenate([none, *(row.columns for row in rows)]),
        coef,
        ends,
        sizes,
        int(sizes.max(initial=0)),
    )


@dataclass(frozen=True)
class Program:
    """Maximise ``gain · x`` over ``0 <= x <= upper`` and the rows.

    ``gain_num / gain_den``, int64[n], is what one unit of the column adds, in 1e-4 point-million
    (``funding``) or 1e-4 point (``project``). ``whole``, bool[n], are the columns that only a whole number
    answers (yes or no, a count of projects); without any the program is linear.
    """

    columns: tuple[str, ...]
    upper: Ints
    gain_num: Ints
    gain_den: Ints
    rows: tuple[Row, ...]
    whole: Mask

    @property
    def linear(self) -> bool:
        """Whether no column has to be whole."""
        return not self.whole.any()

    @cached_property
    def stack(self) -> Stack:
        """The rows put together, for what is asked of all at once."""
        return _stacked(self.rows)

    def gained(self, amount: Ints) -> Fraction:
        """What whole amounts, int64[n], none of them negative, gain, exact."""
        if (self.gain_den == 1).all():
            most = int(np.abs(self.gain_num).max(initial=0)) * max(1, int(amount.sum()))
            dtype: type = np.int64 if most < SAFE else object
            return Fraction(int(self.gain_num.astype(dtype) @ amount.astype(dtype)))
        by_den: dict[int, int] = {}
        for column in np.flatnonzero(amount).tolist():
            den = int(self.gain_den[column])
            by_den[den] = by_den.get(den, 0) + int(self.gain_num[column]) * int(amount[column])
        return sum((Fraction(num, den) for den, num in by_den.items()), Fraction(0))

    def activities(self, amount: Ints) -> list[int]:
        """The left-hand sides of all rows at a whole-number plan without negative amounts, exact."""
        stack = self.stack
        most = stack.largest * max(1, int(amount.sum())) * len(self.rows)
        dtype: type = np.int64 if most < SAFE else object
        coef: Ints = stack.coef.astype(dtype, copy=False)
        parts = coef * amount.astype(dtype, copy=False)[stack.column]
        found: list[int] = stack.sums(parts).tolist()
        return found


def restricted(
    program: Program, free: Ints, still: Ints, bounds: Mapping[int, tuple[int, int]] | None = None
) -> Program:
    """The program over some of its columns, the others standing ``still`` (0 at the free ones).

    ``bounds`` replaces those of some rows, by place; rows without a free column are left out.
    """
    position = np.full(len(program.columns), -1)
    position[free] = np.arange(len(free))
    rows = []
    for at, row in enumerate(program.rows):
        kept = position[row.columns] >= 0
        if kept.any():
            held = row.activity(still)
            lower, upper = (bounds or {}).get(at, (row.lower, row.upper))
            lower = lower if lower <= -FREE else lower - held
            upper = upper if upper >= FREE else upper - held
            rows.append(Row(row.name, position[row.columns[kept]], row.coefs[kept], lower, upper))
    return Program(
        tuple(program.columns[column] for column in free.tolist()),
        program.upper[free],
        program.gain_num[free],
        program.gain_den[free],
        tuple(rows),
        program.whole[free],
    )


@dataclass(frozen=True)
class Formulation:
    """A case as a program.

    ``program`` is what is solved, ``ledger`` the same rules place by place: place *p* holds ``times[p]``
    for every unit of column ``column_of[p]``. The first ``len(demand.cost_mvnd)`` places are the cells.
    ``lacks`` has what projects lack to be eligible, by row; ``selected`` the cells of every limit, by its id.
    ``project_of``, int64[columns], is the register's row that a column pays, -1 for columns that pay none;
    ``mvnd_per_unit``, int64[columns], what the funds pay for one unit.
    """

    program: Program
    ledger: Program
    column_of: Ints
    times: Ints
    project_of: Ints
    mvnd_per_unit: Ints
    demand: Demand
    lacks: Mapping[int, tuple[Lack, ...]]
    selected: Mapping[str, Ints]

    @property
    def plain(self) -> bool:
        """Whether columns and places are the same."""
        return self.program is self.ledger

    @cached_property
    def levels_per_unit(self) -> Ints:
        """A plan's level in a column is its money in million VND; yes or no in a column that is whole."""
        return np.where(self.program.whole | (self.mvnd_per_unit == 0), 1, self.mvnd_per_unit)

    def places(self, level: Ints) -> Ints:
        """What a plan holds in every place, whole numbers: the cells of a project in proportion, each less
        than one million VND off; what no fund pays, rounded up."""
        if self.plain:
            return level
        per_unit, held = self.levels_per_unit[self.column_of], level[self.column_of]
        dtype: type = np.int64 if int(self.times.max()) * int(held.max(initial=0)) < SAFE else object
        exact = self.times.astype(dtype) * held
        amount = -(-exact // per_unit)
        broken = np.unique(self.column_of[(exact % per_unit) != 0]).tolist()
        for column in broken:
            own = np.flatnonzero(self.column_of[: len(self.demand.funded)] == column)
            paid = own[self.demand.funded[own]]
            amount[paid] = apportioned(int(level[column]), self.demand.cost_mvnd[paid].tolist())
        return amount.astype(np.int64)
