"""A program whose whole millions are those of every cost, not only of every project.

In the program that is solved all costs of a project stand in exact proportion. In whole millions each is less
than one million off: the first costs of a project together get their share rounded down, costs that no fund
pays are rounded up. Here these sums have columns of their own, so that a search for whole numbers sees them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.program import FREE, Formulation, Program, Row, restricted
from prioritizer.model import Ints

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cellwise:
    """The ``program`` over the columns ``free`` of a formulation, then the sums; ``scale`` and ``bounds``,
    float64[columns], are what a search for whole numbers divides columns by and keeps them within."""

    program: Program
    free: Ints
    scale: Floats
    bounds: tuple[Floats, Floats]


def cellwise(form: Formulation, lower: Ints, upper: Ints) -> Cellwise:
    """The search for levels between ``lower`` and ``upper``, int64[columns]; columns that have no room stand
    still."""
    per_unit = form.levels_per_unit
    free = np.flatnonzero((lower < upper) | (lower % per_unit != 0))
    still = lower.copy()
    still[free] = 0
    sums = _Sums(form, free, lower, upper)
    exact = restricted(form.program, free, still // per_unit)
    rows = [*exact.rows, *sums.links, *sums.rows(form.places(still))]
    more = len(sums.lowest)
    program = replace(
        exact,
        columns=(*exact.columns, *(f"sum[{at}]" for at in range(more))),
        upper=np.concatenate([exact.upper, np.array(sums.highest, dtype=np.int64)]),
        gain_num=np.concatenate([exact.gain_num, np.zeros(more, dtype=np.int64)]),
        gain_den=np.concatenate([exact.gain_den, np.ones(more, dtype=np.int64)]),
        rows=tuple(rows),
        whole=np.ones(len(free) + more, dtype=bool),
    )
    scale = np.concatenate([1.0 / per_unit[free], np.ones(more)])
    ends = (
        np.concatenate([end[free], more_of]) for end, more_of in ((lower, sums.lowest), (upper, sums.highest))
    )
    least, most = (end.astype(np.float64) for end in ends)
    return Cellwise(program, free, scale, (least, most))


class _Sums:
    """The columns beyond the free ones, what ties them to those, and what every place is made of."""

    def __init__(self, form: Formulation, free: Ints, lower: Ints, upper: Ints) -> None:
        self.form, self.count = form, len(free)
        self.lowest: list[int] = []
        self.highest: list[int] = []
        self.links: list[Row] = []
        self.parts: dict[int, dict[int, int]] = {}  # by place: coefficients by column
        places: dict[int, list[int]] = {column: [] for column in free.tolist()}
        for place in np.flatnonzero(np.isin(form.column_of, free)).tolist():
            places[int(form.column_of[place])].append(place)
        for at, (column, own) in enumerate(places.items()):
            ends = int(lower[column]), int(upper[column])
            self._column(at, int(form.levels_per_unit[column]), own, ends)

    def _column(self, at: int, per_unit: int, own: list[int], ends: tuple[int, int]) -> None:
        funded = self.form.demand.funded
        times = {place: int(self.form.times[place]) for place in own}
        paid = [place for place in own if place < len(funded) and funded[place]]
        for place in own:
            self.parts[place] = {at: times[place]}
        if per_unit == 1:
            return
        upto, before = [0], dict[int, int]()
        for place in paid:
            upto.append(upto[-1] + times[place])
        for place, (_, now) in zip(paid, pairwise(upto), strict=True):
            # The last sum is all that is paid: the column itself.
            after = {at: per_unit} if now == per_unit else {self._sum(at, per_unit, now, ends, up=False): 1}
            self.parts[place] = {key: after.get(key, 0) - before.get(key, 0) for key in {**before, **after}}
            before = after
        for place in own:
            if place not in paid and place < len(funded):
                self.parts[place] = {self._sum(at, per_unit, times[place], ends, up=True): 1}

    def _sum(self, at: int, per_unit: int, times: int, ends: tuple[int, int], up: bool) -> int:
        """A column that is ``times`` for every unit of column ``at``, rounded."""
        column, spare = self.count + len(self.lowest), per_unit - 1
        least, most = (-(-times * end // per_unit) if up else times * end // per_unit for end in ends)
        self.lowest.append(least)
        self.highest.append(most)
        coefs = np.array([-times * per_unit, per_unit], dtype=np.int64)
        bounds = (0, spare) if up else (-spare, 0)
        self.links.append(Row(f"sum[{column}]", np.array([at, column], dtype=np.int64), coefs, *bounds))
        return column

    def rows(self, still: Ints) -> list[Row]:
        """The ledger's rows over these columns, where sums make a difference; ``still`` are the places that
        do not move."""
        made = []
        for row in self.form.ledger.rows:
            table: dict[int, int] = {}
            for place in row.columns.tolist():
                for column, coef in self.parts.get(place, {}).items():
                    table[column] = table.get(column, 0) + coef * row.table[place]
            table = {column: table[column] for column in sorted(table) if table[column]}
            if max(table, default=0) >= self.count:
                held = row.activity(still)
                lower = row.lower if row.lower <= -FREE else row.lower - held
                upper = row.upper if row.upper >= FREE else row.upper - held
                columns, coefs = (np.array(list(part), dtype=np.int64) for part in (table, table.values()))
                made.append(Row(row.name, columns, coefs, lower, upper))
        return made
