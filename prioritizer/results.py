"""The nouns that go out. Arrays are aligned with the case's register, row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Generic, Literal, TypeVar

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

    code: Literal[
        "factor_below_minimum", "dossier_blank", "no_fund_may_pay", "cofinance_too_small", "nothing_to_pay"
    ]
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


T = TypeVar("T")


class OnDemand(Generic[T]):
    """A field of a dataclass that may be given as a function without arguments instead of a value: it is
    asked when somebody first wants to know, and never again."""

    def __init__(self, *default: T) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, noun: object, owner: type) -> T:
        if noun is None:  # so a dataclass asks for the default
            if not self._default:
                raise AttributeError(self._name)
            return self._default[0]
        known: dict[str, T | Callable[[], T]] = noun.__dict__
        given = known[self._name]
        if callable(given):
            known[self._name] = given = given()
        return given

    def __set__(self, noun: object, given: T | Callable[[], T]) -> None:
        noun.__dict__[self._name] = given


@dataclass(frozen=True)
class Plan:
    """Who gets how much. ``amount_mvnd`` is int64[n]; where :attr:`found` is false it is all zero and means
    nothing, and ``status`` says why there is no plan.

    ``objective`` is exact, in ``unit``: billions at full value (``funding``) or points (``project``).
    ``held_by`` names per project the limits that keep it from more (or, if forced in, that put it in).
    ``unique`` says whether any other plan is as good; ``tie_mvnd`` is the money that the tie rule placed,
    among the projects of ``tied``. ``bound`` is a proven upper bound on the objective of any plan, in whole
    million VND or not; ``relaxed`` says that rules ask yes-or-no questions, so that duals say nothing of it.
    Reasons, limits, what is left and payments follow from the amounts, and are worked out when asked for.
    """

    status: Status
    amount_mvnd: Ints
    objective: Fraction | None
    unit: Literal["bn_at_full_value", "points"]
    unique: bool | None
    tie_mvnd: int
    tied: npt.NDArray[np.bool_]
    reason: OnDemand[tuple[Reason | None, ...]] = OnDemand()
    held_by: OnDemand[tuple[tuple[str, ...], ...]] = OnDemand()
    limits: OnDemand[tuple[LimitUse, ...]] = OnDemand()
    unspent: OnDemand[tuple[Unspent, ...]] = OnDemand()
    payments: OnDemand[tuple[Payment, ...]] = OnDemand(())
    lacks: Mapping[int, tuple[Lack, ...]] = field(default_factory=dict)
    bound: Fraction | None = None
    relaxed: bool = False

    def __getstate__(self) -> dict[str, object]:
        # What is asked for on demand hangs on the program, which stays where it was solved.
        return {each.name: getattr(self, each.name) for each in fields(self)}

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

    @property
    def kind(self) -> Literal["in", "more", "less", "out"]:
        """Whether the project comes in, gets more, gets less or steps out."""
        if self.moved_mvnd > 0:
            return "more" if self.before_mvnd else "in"
        return "less" if self.after_mvnd else "out"


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


@dataclass(frozen=True)
class FrontierPoint:
    """The best value that a budget can have, exact, in the objective's unit.

    ``convex`` says whether it lies on the upper hull of all points (``None`` on a grid, where that is not
    known), ``gap`` by how much a better plan might exceed it: 0 where none does. ``funded`` are the rows of
    the projects of an efficient portfolio.
    """

    budget_mvnd: Fraction
    value: Fraction
    convex: bool | None = None
    gap: Fraction = Fraction(0)
    funded: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Frontier:
    """The best value for every budget, points by ascending budget; none if no budget keeps the rules.

    ``line``: the corners of a broken line, exact for every budget between them; the first is the least budget
    that keeps the rules. ``portfolios``: all efficient portfolios, each at the least budget that allows it.
    ``grid``: some budgets only. ``fund`` is the one fund that moves, ``None`` where all move in proportion;
    ``limits`` are the limits that move with the budget, being shares of it.
    """

    kind: Literal["line", "portfolios", "grid"]
    points: tuple[FrontierPoint, ...]
    fund: str | None
    limits: tuple[str, ...]

    def value_at(self, budget_mvnd: Fraction | int) -> Fraction | None:
        """The best value for a budget, on a grid that of the point below. ``None`` below the first point, and
        beyond the last where limits move with the budget, as floors among them may make it fall again."""
        below = [point for point in self.points if point.budget_mvnd <= budget_mvnd]
        if not below or (self.limits and self.points[-1].budget_mvnd < budget_mvnd):
            return None
        if self.kind != "line" or len(below) == len(self.points):
            return below[-1].value
        left, right = below[-1], self.points[len(below)]
        part = (budget_mvnd - left.budget_mvnd) / (right.budget_mvnd - left.budget_mvnd)
        return left.value + part * (right.value - left.value)


@dataclass(frozen=True)
class Distance:
    """How far a plan is from the frontier, under the limits as they stand in its case.

    ``lost`` is the value that its own money could still add, in the objective's unit; ``needed_mvnd`` the
    least money for a value as great as the plan's, ``None`` where it is not known. ``rounding`` is as much of
    what is lost as whole millions can explain, ``lost`` being exact.
    """

    cost_mvnd: int
    value: Fraction
    lost: Fraction
    needed_mvnd: Fraction | None
    rounding: Fraction = Fraction(0)


@dataclass(frozen=True)
class Rung:
    """One budget of a ladder. ``plan`` is the best for this budget alone and ``value`` its value;
    ``nested_mvnd``, int64[n], and ``nested_value`` belong to the best sequence that never takes money back,
    ``None`` where this budget has no part in one."""

    budget_mvnd: int
    plan: Plan
    value: Fraction | None
    nested_mvnd: Ints | None
    nested_value: Fraction | None

    @property
    def lost(self) -> Fraction | None:
        """The value that never taking money back costs at this budget."""
        if self.value is None or self.nested_value is None:
            return None
        return self.value - self.nested_value


@dataclass(frozen=True)
class Ladder:
    """Plans at growing budgets, and the best sequence of plans in which no project ever loses money.

    That sequence has the greatest sum of values weighted by ``weights``, over the rungs that have a plan.
    Where limits leave fractions of a million, values are exact before and amounts after rounding.
    """

    rungs: tuple[Rung, ...]
    weights: tuple[Fraction, ...]
    step_mvnd: int
    fund: str | None
    limits: tuple[str, ...]
    status: Status

    def changes(self, at: int, nested: bool = False) -> tuple[Change, ...]:
        """What changes from the rung before, in the order of the register; nothing where one has no plan."""
        before, after = (_held(rung, nested) for rung in self.rungs[at - 1 : at + 1])
        if before is None or after is None:
            return ()
        return tuple(
            Change(row, int(before[row]), int(after[row])) for row in np.flatnonzero(before != after).tolist()
        )

    @property
    def price(self) -> Fraction | None:
        """What never taking money back costs over all rungs, weighted; ``None`` if there is no such
        sequence."""
        if self.status not in ("optimal", "feasible"):
            return None
        parts = zip(self.weights, (rung.lost for rung in self.rungs), strict=True)
        return sum((weight * lost for weight, lost in parts if lost is not None), Fraction(0))


def _held(rung: Rung, nested: bool) -> Ints | None:
    return rung.nested_mvnd if nested else rung.plan.amount_mvnd if rung.plan.found else None


@dataclass(frozen=True)
class Rule:
    """One rule that a plan has to keep, by what it is and whose.

    ``at_least``, ``at_most``: a side of the limit of that id. ``decision``, ``dependency``, ``reserve``: the
    one of that id. ``envelope``: what funds hold together, their ids joined by ``+``. ``least_grant``: the
    scenario's least grant, without an id. ``own``: the funding rule of the project of that id.
    """

    kind: Literal[
        "at_least", "at_most", "decision", "dependency", "reserve", "envelope", "least_grant", "own"
    ]
    id: str = ""


@dataclass(frozen=True)
class Shortage:
    """Why rules clash, where a sum says it: what they ask for together, and what there is for it at most; in
    million VND (``mvnd``) or in projects."""

    needed: int
    available: int
    unit: Literal["mvnd", "projects"]


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot all hold, in the scenario's order.

    ``status`` says what they rule out: any plan (``infeasible``), or one in whole million VND.
    ``irreducible``: without any one of them the others can hold; false where a search for that was given up.
    ``proven``: shown in exact arithmetic; else it is the solver's word.
    """

    rules: tuple[Rule, ...]
    status: Literal["infeasible", "no_whole_million_plan"]
    irreducible: bool
    proven: bool
    shortage: Shortage | None = None


@dataclass(frozen=True)
class Relaxation:
    """How far a rule that is open to negotiation moves: from ``before`` to ``after``, in ``unit`` (million
    VND, projects, or a fraction of one). ``after`` is ``None`` where a decision is lifted.

    ``cost`` is the rule's weight times the billions by which it moves (for a share of what is allocated, the
    billions by which the plan at hand departs from it; for a count, projects; for a decision to fund nothing,
    which can only be lifted, one).
    """

    rule: Rule
    before: Fraction
    after: Fraction | None
    unit: Literal["mvnd", "projects", "share_of_envelope", "share_of_allocated"]
    cost: Fraction


Method = Literal["value", "topsis", "promethee", "vikor", "need_and_chance"]
Silence = Literal["", "alike", "one_factor", "too_many"]


@dataclass(frozen=True)
class Ranking:
    """The projects ranked by one method: its score, float64[n], and the rank, 1 for the best, shared by
    equals.

    Both are ``None`` where the method says nothing, and ``why`` says why: it puts all projects on one rank
    (``alike``), it needs several factors that weigh (``one_factor``), or it would compare more pairs than
    memory holds (``too_many``).
    """

    method: Method
    score: npt.NDArray[np.float64] | None
    rank: Ints | None
    why: Silence = ""


@dataclass(frozen=True)
class Agreement:
    """How far two methods agree: Kendall's tau-b and Spearman's rho of their ranks, 1 the same order, -1 the
    opposite one; ``None`` where one of them says nothing."""

    one: Method
    other: Method
    kendall: float | None
    spearman: float | None


@dataclass(frozen=True)
class CrossCheck:
    """Our own ranking, first, beside those of other methods, and how far each two agree."""

    rankings: tuple[Ranking, ...]
    agreements: tuple[Agreement, ...]

    def spread(self) -> Ints:
        """By how many places the ranks of every project differ between methods: int64[n]."""
        ranks = np.array([each.rank for each in self.rankings if each.rank is not None], dtype=np.int64)
        return np.ptp(ranks, axis=0).astype(np.int64) if len(ranks) else np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class LeafContrast:
    """One leaf in the values of two projects, the one first: points out of 100 at the end that counts, the
    weight in each one's value, and what it adds to each; points in 1e-4."""

    criterion: str
    points_e4: tuple[int, int]
    weights: tuple[Fraction, Fraction]
    adds_e4: tuple[int, int]

    @property
    def difference_e4(self) -> int:
        """What the first gains on the second here."""
        return self.adds_e4[0] - self.adds_e4[1]


@dataclass(frozen=True)
class Contrast:
    """Why two projects (``rows``) have the values they have, leaf by leaf, the greatest difference first."""

    rows: tuple[int, int]
    values_e4: tuple[int, int]
    leaves: tuple[LeafContrast, ...]

    @property
    def rounding_e4(self) -> tuple[int, int]:
        """What is left of each value beside what the leaves add: every one is rounded by itself."""
        return (
            self.values_e4[0] - sum(each.adds_e4[0] for each in self.leaves),
            self.values_e4[1] - sum(each.adds_e4[1] for each in self.leaves),
        )


@dataclass(frozen=True)
class Disagreement:
    """How far assessors are apart on every project and leaf, in 1e-4 point out of 100 at the end that counts:
    int64[n, leaves], the leaves in the order of the tree.

    ``judged`` counts the assessors. Where at least two judged, ``range_e4`` is the greatest less the least,
    and ``mean_e4`` the mean absolute difference of two of them; elsewhere both are 0.
    """

    judged: Ints
    range_e4: Ints
    mean_e4: Ints

    def by_leaf(self) -> list[tuple[int, int | None, int | None]]:
        """By leaf: the projects that two or more judged, the mean of their mean differences, and the widest
        range; ``None`` for both where nobody can be compared, which is not agreement."""
        compared = (self.judged > 1).sum(axis=0)
        means, widest = self.mean_e4.sum(axis=0) // np.maximum(compared, 1), self.range_e4.max(axis=0)
        found = zip(compared.tolist(), means.tolist(), widest.tolist(), strict=True)
        return [(count, mean, most) if count else (0, None, None) for count, mean, most in found]


@dataclass(frozen=True)
class Leaning:
    """How an assessor judges: how many of the pairs of project and leaf that are open to judgement, on how
    many it abstained, and by how many points out of 100 it is above the consensus on average (``None``: where
    it judged nothing)."""

    assessor: str
    judged: int
    open: int
    abstained: int
    leaning: Fraction | None


@dataclass(frozen=True)
class Alone:
    """What would be if some assessors decided alone: one of them, or all of one ministry (``by``, an id);
    ``people`` are their ids.

    ``value_e4`` are the projects' values then, int64[n]; ``difference`` is what the plan would change. What
    none of them judged stays at the consensus of all.
    """

    kind: Literal["assessor", "ministry"]
    by: str
    people: tuple[str, ...]
    value_e4: Ints
    difference: Difference

    @property
    def gained_mvnd(self) -> int:
        """What projects gain together."""
        return sum(each.moved_mvnd for each in self.difference.changes if each.moved_mvnd > 0)

    @property
    def lost_mvnd(self) -> int:
        """What projects lose together."""
        return -sum(each.moved_mvnd for each in self.difference.changes if each.moved_mvnd < 0)


@dataclass(frozen=True)
class AssessorReport:
    """Where assessors disagree, how each leans, and which money would move if some decided alone."""

    disagreement: Disagreement
    leanings: tuple[Leaning, ...]
    alone: tuple[Alone, ...]

    def value_ends(self) -> tuple[Ints, Ints]:
        """The least and the greatest value of every project if one assessor decided alone, int64[n]."""
        values = np.array([each.value_e4 for each in self.alone if each.kind == "assessor"], dtype=np.int64)
        return values.min(axis=0), values.max(axis=0)
