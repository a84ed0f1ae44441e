"""All portfolios of whole projects that no other one outdoes, whatever weights and scores are allowed.

Robust Portfolio Modeling (Liesiö, Mild and Salo 2007, 2008): a portfolio outdoes another if it is worth at
least as much for all allowed weights and scores, and more for some. At least as much: at every corner of the
weights, projects that only the one has at their worst, those that only the other has at their best. All that
is not outdone is found, what no single choice of weights would lead to (unsupported) too. Of portfolios worth
the same whatever is allowed, those go that give more money to projects that add nothing.

Values are exact, without the rounding to 1e-4 point that plans are made with. Who is eligible, and every
limit, is as in the case itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np

from prioritizer.allocation import formulate
from prioritizer.allocation.program import Formulation
from prioritizer.errors import Fault, InputFaults
from prioritizer.model import Bools, Case, Ints
from prioritizer.results import Scores
from prioritizer.robustness.draws.weights import ANY, Allowed
from prioritizer.robustness.portfolios.choice import Choice, choice_of
from prioritizer.robustness.portfolios.search import Progress, TooMany, undominated_portfolios
from prioritizer.robustness.portfolios.worth import common_part, value_ends_at_corners, worth_of

MOST_WAYS = 50_000  # carried along at once
_SHOWN = 5  # ids that a fault names

Kind = Literal["core", "borderline", "outside"]


@dataclass(frozen=True)
class Setting:
    """What portfolios are made of: the ``choice`` among the projects of ``rows``, int64[columns], of the
    register. ``unit`` is what a whole number of the choice's worth is in the objective's unit, by corner;
    where ``thrifty`` there is a last corner, which counts money and makes less of it better. ``uncertain``
    lists the scores that are not certain, as row and leaf."""

    choice: Choice
    rows: Ints
    unit: tuple[Fraction, ...]
    thrifty: bool
    uncertain: tuple[tuple[int, int], ...]

    @property
    def valued(self) -> int:
        """How many corners are values."""
        return len(self.unit) - self.thrifty

    @property
    def value_unit(self) -> tuple[Fraction, ...]:
        """The units of the corners that are values."""
        return self.unit[: self.valued]

    def columns_of(self, rows: tuple[int, ...]) -> Bools:
        """The projects of some rows, bool[columns]. Raises ``ValueError`` for one that cannot be funded."""
        if not set(rows) <= set(self.rows.tolist()):
            raise ValueError("a project of the portfolio cannot be funded")
        return np.isin(self.rows, rows)

    def allows(self, chosen: Bools) -> bool:
        """Whether a portfolio, bool[columns], keeps every limit."""
        return bool((chosen.astype(np.int64) @ self.choice.uses <= self.choice.caps).all())


@dataclass(frozen=True)
class Portfolios:
    """All portfolios that no other outdoes, the best over all corners together first.

    ``funded``, bool[portfolios, n], has the projects of each; it is empty where none keeps the limits.
    """

    setting: Setting
    funded: Bools

    def __len__(self) -> int:
        return len(self.funded)

    @cached_property
    def core_index(self) -> tuple[Fraction, ...] | None:
        """The share of the portfolios that contain a project, by row; ``None`` where there are none."""
        if not len(self):
            return None
        return tuple(Fraction(int(count), len(self)) for count in self.funded.sum(axis=0).tolist())

    def kind(self, row: int) -> Kind | None:
        """``core``: in all portfolios, hence to be funded whatever else becomes known within what is allowed
        now; ``outside``: in none; else ``borderline``. ``None`` where there are no portfolios."""
        if self.core_index is None:
            return None
        share = self.core_index[row]
        return "core" if share == 1 else "borderline" if share else "outside"

    @property
    def worth_refining(self) -> tuple[tuple[int, int], ...]:
        """The uncertain scores, as row and leaf, that can change whether a project is core or outside: those
        of borderline projects. Knowing others better leaves all core and outside projects what they are."""
        return tuple(pair for pair in self.setting.uncertain if self.kind(pair[0]) == "borderline")

    def worth(self, at: int) -> tuple[tuple[Fraction, Fraction], ...]:
        """What a portfolio is worth at every corner, in the objective's unit: least and greatest."""
        setting, own = self.setting, self.funded[at, self.setting.rows]
        ends = (end[: setting.valued, own].sum(axis=1) for end in (setting.choice.low, setting.choice.high))
        least, most = (
            [int(each) * unit for each, unit in zip(end, setting.value_unit, strict=True)] for end in ends
        )
        return tuple(zip(least, most, strict=True))


def setting_of(
    case: Case, scores: Scores, allowed: Allowed = ANY, counted: bool = False, thrifty: bool = False
) -> Setting:
    """What the portfolios of a case are made of.

    Scores may be anywhere in their intervals or, where ``counted``, stand as the scenario counts them.
    ``thrifty`` portfolios are not outdone by dearer ones. Raises :class:`InputFaults` where projects may be
    funded in part, a limit is soft, no weights fit what was said, or they have too many corners.
    """
    form = formulate(case, scores)
    columns = _whole_columns(case, form)
    ends = value_ends_at_corners(case, allowed, counted)
    worth = worth_of(case, scores, form, columns, ends)
    low, high, unit = worth.low, worth.high, worth.unit
    if thrifty:
        money = -form.mvnd_per_unit[columns].astype(object)
        low, high, unit = np.vstack([low, money]), np.vstack([high, money]), (*unit, Fraction(1))
    choice = choice_of(form.program, columns, form.mvnd_per_unit[columns], low, high)
    return Setting(choice, form.project_of[columns], unit, thrifty, ends.uncertain)


def portfolios(
    case: Case,
    scores: Scores,
    allowed: Allowed = ANY,
    counted: bool = False,
    thrifty: bool = False,
    most: int = MOST_WAYS,
    progress: Progress | None = None,
) -> Portfolios:
    """All portfolios that no other outdoes; the parameters are those of :func:`setting_of`.

    ``progress`` is told how many of how many projects are decided, and may raise to give the search up.
    Raises :class:`InputFaults` as that does, and where more than ``most`` ways to decide some of the projects
    would have to be carried along.
    """
    setting = setting_of(case, scores, allowed, counted, thrifty)
    try:
        chosen = undominated_portfolios(setting.choice, most, progress)
    except TooMany:
        raise InputFaults([Fault("portfolios_too_many", params={"most": most})]) from None
    funded = np.zeros((len(chosen), len(case.register)), dtype=bool)
    funded[:, setting.rows] = chosen[_best_first(setting, chosen)]
    return Portfolios(setting, funded)


def _whole_columns(case: Case, form: Formulation) -> Ints:
    """The columns of the projects that can be funded. Raises :class:`InputFaults` if not all are whole."""
    program = form.program
    live = np.flatnonzero(program.upper > 0)
    soft = [limit.id for limit in case.scenario.limits if limit.penalty_e4 is not None]
    if soft:
        raise InputFaults([Fault("portfolios_soft_limits", params={"limits": ", ".join(soft)})])
    part = live[~(program.whole[live] & (program.upper[live] == 1) & (form.project_of[live] >= 0))]
    rows = sorted({int(row) for row in form.project_of[part] if row >= 0})
    if rows:
        ids = ", ".join(case.register.ids[row] for row in rows[:_SHOWN])
        params = {"count": len(rows), "projects": ids + (", …" if len(rows) > _SHOWN else "")}
        raise InputFaults([Fault("portfolios_need_whole", params=params)])
    return live


def _best_first(setting: Setting, chosen: Bools) -> Ints:
    """The order by worth over all corners together; among equals those of earlier projects first."""
    each = (setting.choice.low + setting.choice.high)[: setting.valued]
    total = (each * np.array(setting.value_unit, dtype=object)[:, None]).sum(axis=0)
    unit = common_part(total.tolist())
    whole = [int(one / unit) for one in total.tolist()]
    sums = (chosen.astype(object) @ np.array(whole, dtype=object)).tolist()
    keys = [(-worth, without) for worth, without in zip(sums, (~chosen).tolist(), strict=True)]
    return np.array(sorted(range(len(chosen)), key=keys.__getitem__), dtype=np.int64)
