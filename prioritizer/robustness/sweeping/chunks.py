"""A part of a sweep: some draws, solved from one warm model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from prioritizer.allocation import Effort
from prioritizer.allocation.warm import Outcomes, Warm, solve_into
from prioritizer.model import Case, Ints
from prioritizer.robustness.nouns import Drawn

CELLS = 2**20  # amounts in a chunk, so that what is worked on stays small
MOST, FEW = 4096, 16  # draws in a chunk; few where each may take long, so that progress is told


@dataclass(frozen=True)
class Question:
    """What a sweep asks; it is sent to every worker once. ``effort`` bounds the search for each draw."""

    case: Case
    draws: Drawn
    effort: Effort | None = None

    def __reduce__(self) -> tuple[type[Question], tuple[Case, Drawn, Effort | None]]:
        # Every process builds a model of its own: a solver cannot be sent.
        return Question, (self.case, self.draws, self.effort)

    def chunks(self, size: int | None = None) -> list[Ints]:
        """All draws, so many together: a number that hangs on the case alone."""
        usual = max(FEW, min(MOST, CELLS // max(1, len(self.case.register))))
        count = len(self.draws)
        bulk = count > 0 and self._warm.in_bulk and self.draws.case_of(0) is None
        size = size or (usual if bulk else FEW)
        return [np.arange(first, min(first + size, count)) for first in range(0, count, size)]

    def answered(self, rows: Ints) -> Outcomes:
        """The plans of some draws. What went wrong with one of them is kept in its place."""
        values = self.draws.values_e4(rows)
        cases = {
            at: case for at, row in enumerate(rows.tolist()) if (case := self.draws.case_of(row)) is not None
        }
        if not cases:
            return self._warm.solve(values)
        alike = np.array([at for at in range(len(rows)) if at not in cases], dtype=np.int64)
        found = Outcomes.blank(*values.shape)
        found.put(alike, self._warm.solve(values[alike]))
        for at, case in cases.items():
            solve_into(found, at, case, values[at], self.effort)
        return found

    @cached_property
    def _warm(self) -> Warm:
        return Warm(self.case, self.effort)
