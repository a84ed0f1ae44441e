"""How little and how much a project can get in any plan, proven by exchanges and linear programs.

Two facts hold for every best plan. A million VND more for a project that adds to the value is held back by a
row without room for it. And where project *i* is worth more than *j* whatever weights and scores are allowed,
and leaves at least as much room in every row, *i* is full before *j* gets anything: else a million would be
better moved. So the least of *i* is that of a linear program in which all such *j* get nothing and one row or
another has no room left, and the greatest that of one in which all that are so ahead of *i* are full. Both
facts hold in whole millions as well. They need the money of every project in one place; where costs are
spread over years, limits are soft or rules ask yes or no, the bounds are those of the rules alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.choice.levels import over_levels
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.program import FREE, Formulation, Program
from prioritizer.model import Ints
from prioritizer.robustness.summary.nouns import Floats

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Worth:
    """What a million VND of every project adds, float64[n] in 1e-4 point-million, over all that is allowed:
    at ``least`` and at ``most``; and which ``ahead``, bool[n, n], is always worth more than which, with room
    for values being rounded."""

    least: Floats
    most: Floats
    ahead: Mask


def bounds(form: Formulation, worth: Worth, wanted: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """The least and the greatest money of every project, int64[n] each in million VND, that no best plan is
    outside of.

    ``wanted`` are the projects whose least, and whose greatest, is worked out; of the others it is 0, and all
    that the funds may pay.
    """
    least, most = _trivial(form, len(worth.least))
    program = over_levels(form)
    if program is None:
        return least, most
    own = _Bounds(form, program, worth)
    for row in wanted[0].tolist():
        least[row] = min(own.least(row), int(most[row]))
    for row in wanted[1].tolist():
        most[row] = own.most(row)
    return least, most


def _trivial(form: Formulation, n: int) -> tuple[Ints, Ints]:
    most = np.zeros(n, dtype=np.int64)
    cells, upper = form.demand, form.ledger.upper[: len(form.demand.cost_mvnd)]
    np.add.at(most, cells.project, np.where(cells.funded, upper, 0))
    return np.zeros(n, dtype=np.int64), most


class _Bounds:
    """The programs of one case; columns of levels, a level being a million VND or an answer."""

    def __init__(self, form: Formulation, program: Program, worth: Worth) -> None:
        self.program, self.worth = program, worth
        self.money = np.where(program.whole, form.mvnd_per_unit, (form.mvnd_per_unit > 0).astype(np.int64))
        self.project_of = form.project_of
        self.exchanges = form.plain and program.linear and (form.project_of >= 0).all()
        if self.exchanges:
            self.column = np.argsort(form.project_of)
            self.coefs = np.zeros((len(program.rows), len(program.columns)), dtype=np.int64)
            for at, row in enumerate(program.rows):
                self.coefs[at, row.columns] = row.coefs
            self.below = np.array([row.lower > -FREE for row in program.rows], dtype=bool)
            self.above = np.array([row.upper < FREE for row in program.rows], dtype=bool)

    def least(self, project: int) -> int:
        """The least money of a project."""
        if not self.exchanges:
            return self._extreme(self.program, project, -1) or 0
        upper = self.program.upper.copy()
        if self.worth.least[project] > 0:
            room = self._leaves_room_for(project)
            upper[self.column[self.worth.ahead[project] & room]] = 0
            emptied = replace(self.program, upper=upper)
            found = [self._extreme(each, project, -1) for each in self._held_back(emptied, project, 1)]
            full = int(self.program.upper[self.column[project]])
            return min((each for each in found if each is not None), default=full)
        return self._extreme(self.program, project, -1) or 0

    def most(self, project: int) -> int:
        """The greatest money of a project; where nothing but 0 fits, that."""
        if not self.exchanges:
            return self._extreme(self.program, project, 1) or 0
        first = self.worth.ahead[:, project] & self._leaves_room_instead_of(project)
        program = self._filled(self.column[first])
        if self.worth.most[project] > 0:
            return self._extreme(program, project, 1) or 0
        found = [self._extreme(each, project, 1) for each in self._held_back(program, project, -1)]
        return max((each for each in found if each is not None), default=0)

    def _leaves_room_for(self, project: int) -> Mask:
        """Which projects leave room in every row for ``project`` when a million of theirs becomes its own."""
        own = self.coefs[:, self.column[project], None]
        return self._fits(own, self.coefs[:, self.column])

    def _leaves_room_instead_of(self, project: int) -> Mask:
        """For which projects ``project`` leaves room so."""
        return self._fits(self.coefs[:, self.column], self.coefs[:, self.column[project], None])

    def _fits(self, instead: Ints, of: Ints) -> Mask:
        more, less = instead > of, instead < of
        fits: Mask = ~((more & self.above[:, None]) | (less & self.below[:, None])).any(axis=0)
        return fits

    def _filled(self, columns: Ints) -> Program:
        """The program with some columns full: what they take is taken off the rows."""
        still = np.zeros_like(self.program.upper)
        still[columns] = self.program.upper[columns]
        held = self.program.activities(still)
        rows = tuple(
            replace(
                row,
                lower=row.lower - taken if row.lower > -FREE else row.lower,
                upper=row.upper - taken if row.upper < FREE else row.upper,
            )
            for row, taken in zip(self.program.rows, held, strict=True)
        )
        upper = self.program.upper.copy()
        upper[columns] = 0
        return replace(self.program, upper=upper, rows=rows)

    def _held_back(self, program: Program, project: int, way: int) -> Iterator[Program]:
        """The programs in which one row or another has no room for a million more (``way`` 1), or less."""
        own = (self.coefs[:, self.column[project]] * way).tolist()
        for at, (row, step) in enumerate(zip(program.rows, own, strict=True)):
            if step > 0 and row.upper < FREE:
                tight = replace(row, lower=max(row.lower, row.upper - step + 1))
            elif step < 0 and row.lower > -FREE:
                tight = replace(row, upper=min(row.upper, row.lower - step - 1))
            else:
                continue
            yield replace(program, rows=(*program.rows[:at], tight, *program.rows[at + 1 :]))

    def _extreme(self, program: Program, project: int, way: int) -> int | None:
        """The least (``way`` -1) or the greatest (1) money of a project, rounded inwards as money is whole;
        ``None`` where the rows do not hold together."""
        own = np.where(self.project_of == project, self.money, 0)
        gain = np.asarray(own * way, dtype=np.int64)
        vertex = optimal_vertex(replace(program, gain_num=gain, gain_den=np.ones_like(gain)))
        if vertex is None:
            return None
        money = sum(vertex.exact(column) * int(own[column]) for column in np.flatnonzero(own).tolist())
        return ceil(money) if way < 0 else floor(money)
