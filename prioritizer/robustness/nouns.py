"""The nouns of robustness: a table of draws goes in, a table of plans comes out, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from prioritizer.errors import PrioritizerError
from prioritizer.model import Case, Ints


class Cancelled(PrioritizerError):
    """Whoever asked for a sweep no longer wants it."""


class Drawn(Protocol):
    """Draws as the sweep sees them: so many cases that differ in what their projects are worth.

    It is sent to worker processes, so it can be pickled, and any part of it gives the same numbers wherever
    and in whatever order it is asked for.
    """

    def __len__(self) -> int:
        """How many draws there are."""
        ...

    def values_e4(self, rows: Ints) -> Ints:
        """What the projects are worth in some of the draws, int64[len(rows), n] in 1e-4 point."""
        ...

    def case_of(self, row: int) -> Case | None:
        """The case of a draw whose asks or envelope are drawn too; ``None`` where they stay as they are."""
        ...


@dataclass(frozen=True)
class Sweep:
    """The plans of all draws, aligned with them.

    ``amount_mvnd`` is int64[draws, n], a row of zeros where :attr:`found` is false. ``status`` has the status
    of every plan (``optimal``, ``feasible``, ...) or ``failed``; ``why`` says in one line what went wrong
    with a failed draw, by its row. ``gap`` is float64[draws], how far a plan may be from the best, relative
    to its proven bound: 0 where it is optimal, NaN where there is no plan.
    """

    amount_mvnd: Ints
    status: npt.NDArray[np.str_]
    gap: npt.NDArray[np.float64]
    why: dict[int, str]

    @property
    def found(self) -> npt.NDArray[np.bool_]:
        """Which draws have a plan, bool[draws]."""
        return np.isin(self.status, ("optimal", "feasible"))
