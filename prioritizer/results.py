"""The nouns that go out. Arrays are aligned with the case's register, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Lack:
    """Something that a project lacks to be eligible: a code of ``terms.lack`` and what its words need."""

    code: Literal["factor_below_minimum", "dossier_blank", "no_fund_may_pay", "cofinance_too_small"]
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Scores:
    """The value of every project, int64[n] in 1e-4 point.

    ``value_e4`` is the one that counts; ``low_e4``, ``mid_e4``, ``high_e4`` take every uncertain score at
    the low end, the middle, the high end. ``rank`` is 1 for the best, shared by equals (1, 1, 3).
    ``assessed_leaves`` counts the leaves with a score, int64[n]. ``lacks`` has the rows that are not eligible
    by their scores or dossiers, and what they lack.
    """

    value_e4: Ints
    low_e4: Ints
    mid_e4: Ints
    high_e4: Ints
    rank: Ints
    assessed_leaves: Ints
    lacks: Mapping[int, tuple[Lack, ...]] = field(default_factory=dict)

    def in_rank_order(self) -> Ints:
        """The rows by rank, equals by id (the register is in the order of ids)."""
        return np.argsort(self.rank, kind="stable")


@dataclass(frozen=True)
class LimitUse:
    """What one limit holds in a plan: money and funded projects of its selection, its bounds in money
    under this plan (or in projects, where the limit counts them), and which of the two it touches.

    ``short`` and ``over`` say by how much a soft limit is broken, in million VND or projects."""

    id: str
    used_mvnd: int
    used_count: int
    floor_mvnd: int | None
    ceiling_mvnd: int | None
    at_floor: bool
    at_ceiling: bool
    floor_count: int | None = None
    ceiling_count: int | None = None
    short: int = 0
    over: int = 0

    @property
    def binding(self) -> bool:
        """Whether a bound of this limit is reached."""
        return self.at_floor or self.at_ceiling


@dataclass(frozen=True)
class Payment:
    """What one fund pays of one cost of a project (``project`` is its row), in million VND.

    ``fund`` is ``None`` for a year that no fund is of: what the plan will need then.
    """

    project: int
    milestone: int
    year: str
    kind: str
    fund: str | None
    amount_mvnd: int


@dataclass(frozen=True)
class Certificate:
    """Why no plan can be worth more than ``bound`` (exact, in the objective's unit).

    ``dual`` has a number for every row of the program, by name, in 1e-4 point-million (``funding``) or
    1e-4 point per unit of the row; ``bound`` is the value of the dual program there. ``relaxed`` says that
    the program asks yes-or-no questions, which the bound leaves out.
    """

    dual: Mapping[str, Fraction]
    bound: Fraction
    relaxed: bool


@dataclass(frozen=True)
class Unspent:
    """A part of the envelope that is left over, and why.

    ``limits``: projects worth funding remain, held back by the limits named.
    ``no_project_above_hurdle``: every project worth funding has all it asks for or is counted above.
    ``reserved``: set aside under the lines named in ``limits``.
    ``whole_million``: less than what whole-million amounts can place.
    """

    reason: Literal["limits", "no_project_above_hurdle", "reserved", "whole_million"]
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
    payments: tuple[Payment, ...] = ()
    lacks: Mapping[int, tuple[Lack, ...]] = field(default_factory=dict)
    certificate: Certificate | None = None

    @property
    def bound(self) -> Fraction | None:
        """A proven upper bound on the objective of any plan, whole million VND or not."""
        return self.certificate.bound if self.certificate else None

    @property
    def found(self) -> bool:
        """Whether there is a plan at all."""
        return self.status in ("optimal", "feasible")

    @property
    def total_mvnd(self) -> int:
        """The money placed."""
        return int(self.amount_mvnd.sum())


@dataclass(frozen=True)
class Change:
    """What a project (``project`` is its row) has in one plan and in another, in million VND."""

    project: int
    before_mvnd: int
    after_mvnd: int

    @property
    def moved_mvnd(self) -> int:
        """What it gains, or loses if negative."""
        return self.after_mvnd - self.before_mvnd


@dataclass(frozen=True)
class Difference:
    """What changes if one thing of the case were otherwise, by solving it again.

    ``status`` is that of the other plan; where there is none, ``objective`` is ``None`` and nothing changes.
    ``objective`` is the other plan's less this one's, exact, in the plan's unit. ``changes`` has the projects
    whose money differs, those that gain first, the most first. ``proven`` says that both plans are optimal,
    so that no better difference is possible.
    """

    status: Status
    objective: Fraction | None
    changes: tuple[Change, ...]
    proven: bool


@dataclass(frozen=True)
class Slope:
    """What the objective changes per unit of a bound (negative where it falls), and how far that holds:
    million VND, or ``None`` without end or where it is not known."""

    per_unit: Fraction
    reach_mvnd: Fraction | None


@dataclass(frozen=True)
class LimitPrice:
    """What the objective gains or loses as one side of a limit, or a fund, moves by one unit.

    ``per`` is a billion VND, or a percentage point for shares of what is allocated, whose slopes hold only
    near the present bound. ``relax`` and ``tighten`` differ where the slope changes right here; a fund is
    relaxed by more money, and limits that are shares of the envelope move with it, so that more money may
    even cost. ``tighten`` is ``None`` where no plan is left as soon as the bound is tightened.
    """

    id: str
    side: Literal["at_least", "at_most", "fund"]
    per: Literal["bn", "percentage_point"]
    relax: Slope
    tighten: Slope | None


@dataclass(frozen=True)
class Prices:
    """The prices of a linear program: of every side of every limit and of every fund; and, for every project
    that is crowded out (by row), the value in 1e-4 point above which it would get money, ``None`` where no
    value is enough."""

    limits: tuple[LimitPrice, ...]
    needed_e4: Mapping[int, Fraction | None]


@dataclass(frozen=True)
class Evaluation:
    """The whole result for one case."""

    case: Case
    scores: Scores
    plan: Plan
