"""The nouns that go out. Arrays are aligned with the case's register, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from prioritizer.model import Case, Ints

Status = Literal["optimal", "feasible", "infeasible", "unbounded", "stopped", "no_whole_million_plan"]
Reason = Literal["funded", "marginal", "below_hurdle", "ineligible", "crowded_out", "forced_in", "forced_out"]
REASONS: tuple[Reason, ...] = (
    "funded", "marginal", "below_hurdle", "ineligible", "crowded_out", "forced_in", "forced_out",
)  # fmt: skip

E4 = 10_000  # values are whole numbers of 1e-4 point


@dataclass(frozen=True)
class Scores:
    """The value of every project, int64[n] in 1e-4 point.

    ``value_e4`` is the one that counts; ``low_e4``, ``mid_e4``, ``high_e4`` take every uncertain score at
    the low end, the middle, the high end. ``rank`` is 1 for the best, shared by equals (1, 1, 3).
    ``assessed_leaves`` counts the leaves with a score, int64[n].
    """

    value_e4: Ints
    low_e4: Ints
    mid_e4: Ints
    high_e4: Ints
    rank: Ints
    assessed_leaves: Ints

    def in_rank_order(self) -> Ints:
        """The rows by rank, equals by id (the register is in the order of ids)."""
        return np.argsort(self.rank, kind="stable")


@dataclass(frozen=True)
class LimitUse:
    """What one limit holds in a plan: money and funded projects of its selection, its bounds in money
    under this plan, and which of the two it touches."""

    id: str
    used_mvnd: int
    used_count: int
    floor_mvnd: int | None
    ceiling_mvnd: int | None
    at_floor: bool
    at_ceiling: bool

    @property
    def binding(self) -> bool:
        """Whether a bound of this limit is reached."""
        return self.at_floor or self.at_ceiling


@dataclass(frozen=True)
class Unspent:
    """A part of the envelope that is left over, and why.

    ``limits``: projects worth funding remain, held back by the limits named.
    ``no_project_above_hurdle``: every project worth funding has all it asks for or is counted above.
    ``whole_million``: less than what whole-million amounts can place.
    """

    reason: Literal["limits", "no_project_above_hurdle", "whole_million"]
    amount_mvnd: int
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Who gets how much. ``amount_mvnd`` is int64[n]; where :attr:`found` is false it is all zero and means
    nothing, and ``status`` says why there is no plan.

    ``objective`` is exact, in ``unit``: billions at full value (``funding``) or points (``project``).
    ``held_by`` names per project the limits that keep it from more (or, if forced in, that put it in).
    ``unique`` says whether any other plan is as good; ``tie_mvnd`` is the money that the tie rule placed,
    among the projects of ``tied``.
    """

    status: Status
    amount_mvnd: Ints
    objective: Fraction | None
    unit: Literal["bn_at_full_value", "points"]
    unique: bool | None
    tie_mvnd: int
    tied: npt.NDArray[np.bool_]
    reason: tuple[Reason | None, ...]
    held_by: tuple[tuple[str, ...], ...]
    limits: tuple[LimitUse, ...]
    unspent: tuple[Unspent, ...]

    @property
    def found(self) -> bool:
        """Whether there is a plan at all."""
        return self.status in ("optimal", "feasible")

    @property
    def total_mvnd(self) -> int:
        """The money placed."""
        return int(self.amount_mvnd.sum())


@dataclass(frozen=True)
class Evaluation:
    """The whole result for one case."""

    case: Case
    scores: Scores
    plan: Plan
