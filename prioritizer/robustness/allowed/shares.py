"""The least and the greatest money of every project over all allowed weights and scores.

From inside: the least and greatest that some plan has, of the draws and of plans made at corners of the
weights. From outside: bounds that no best plan exceeds, proven. Where both agree the number is exact; else it
lies in between. (To find it exactly would mean to go through all weights: a bilevel program.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

import numpy as np
import numpy.typing as npt

from prioritizer import allocation, scoring
from prioritizer.allocation import Effort
from prioritizer.allocation.program import Formulation
from prioritizer.model import Case, Ints
from prioritizer.results import E4, Scores
from prioritizer.robustness.allowed.bounds import Worth, bounds
from prioritizer.robustness.allowed.worth import Where, allowed_by, extremes
from prioritizer.robustness.draws.weights import Groups
from prioritizer.robustness.nouns import Sweep

MOST_PLANS = 2_000  # plans made at corners, at most
Mask = npt.NDArray[np.bool_]
_FAR = 100 * E4


@dataclass(frozen=True)
class Shares:
    """Money in million VND, int64[n] each: ``seen_...`` in plans of some allowed weights and scores,
    ``bound_...`` what no best plan is outside of; ``full_mvnd`` is all that the funds may pay.

    ``certain``, bool[n], are projects without a score that may vary. ``tried_low``, bool[n]: plans at
    the corners of the weights were looked at in which the project's scores are at their low ends and those
    of all others at their high ends.
    """

    full_mvnd: Ints
    seen_least_mvnd: Ints
    seen_greatest_mvnd: Ints
    bound_least_mvnd: Ints
    bound_greatest_mvnd: Ints
    certain: Mask
    tried_low: Mask

    @property
    def least_exact(self) -> Mask:
        """Of which projects the least is known exactly."""
        return np.asarray(self.seen_least_mvnd == self.bound_least_mvnd)

    @property
    def greatest_exact(self) -> Mask:
        """Of which projects the greatest is known exactly."""
        return np.asarray(self.seen_greatest_mvnd == self.bound_greatest_mvnd)


def shares(
    case: Case,
    found: Groups | None,
    sweep: Sweep | None = None,
    effort: Effort | None = None,
    most_plans: int = MOST_PLANS,
    scores: Where = "interval",
) -> Shares | None:
    """The least and greatest money over the weights of ``found``, and all scores in their intervals, or with
    all scores at one place.

    ``found`` is ``None`` where values are given. ``sweep`` has plans of draws from there, asks and funds as
    they are. ``None`` where no plan at all was found.
    """
    case_worth = _Given(case) if found is None else _Weighed(case, found, scores)
    inside = _Inside(case, case_worth, effort)
    if sweep is not None:
        inside.see(sweep.amount_mvnd[np.flatnonzero(sweep.status == "optimal")])
    inside.try_plans(most_plans)
    if inside.least is None or inside.greatest is None:
        return None
    form = case_worth.form
    full = bounds(form, _no_worth(len(inside.least)), (np.zeros(0, np.int64), np.zeros(0, np.int64)))[1]
    open_ = np.flatnonzero(inside.least > 0), np.flatnonzero(inside.greatest < full)
    least, greatest = bounds(form, case_worth.worth(), open_)
    return Shares(full, inside.least, inside.greatest, least, greatest, case_worth.certain, inside.tried_low)


def _no_worth(n: int) -> Worth:
    return Worth(np.zeros(n), np.zeros(n), np.zeros((n, n), dtype=bool))


class _Given:
    """Values that are given are the same whatever the weights."""

    def __init__(self, case: Case) -> None:
        self.scores = scoring.score(case)
        self.form = allocation.formulate(case, self.scores)
        self.certain = np.ones(len(case.register), dtype=bool)

    def values(self) -> Iterator[tuple[Ints, int]]:
        """The values of plans to be made, each with the project that it tries at its low end, or -1."""
        yield self.scores.value_e4, -1

    def worth(self) -> Worth:
        """What money adds; there is nothing to round."""
        own = _gains_of(self.form, len(self.certain)).astype(np.float64)
        apart = np.abs(own).max(initial=0) * 1e-12
        return Worth(own, own, own[:, None] - own > apart)


class _Weighed:
    """What is allowed where weights are drawn, and what it makes of the gains."""

    def __init__(self, case: Case, found: Groups, scores: Where) -> None:
        assert case.criteria is not None
        self.case, self.allowed = case, allowed_by(case, found, scores)
        self.corners = extremes(case.criteria, found)
        self.base = scoring.score(case)
        self.form = allocation.formulate(case, self.base)
        self.certain = np.asarray((self.allowed.low == self.allowed.high).all(axis=0), dtype=bool)

    def values(self) -> Iterator[tuple[Ints, int]]:
        """Corner by corner: all scores low, all high; then each project against all others."""
        n, own = len(self.certain), self.allowed
        for corner in self.corners:
            for high in (False, True) if not self.certain.all() else (False,):
                yield own.values_e4(corner, np.full(n, high)), -1
        if self.certain.all():
            return
        for row in range(n):
            for corner in self.corners:
                alone = np.arange(n) == row
                yield own.values_e4(corner, ~alone), row
                yield own.values_e4(corner, alone), -1

    def worth(self) -> Worth:
        """What money adds over all that is allowed, values being rounded to 1e-4 point each."""
        at_zero, at_far = (self._gains(value) for value in (0, _FAR))
        per_point, slack = np.asarray((at_far - at_zero) / _FAR, dtype=object), self.allowed.slack
        values = np.ceil(self.allowed.least() - slack - 0.5), np.floor(self.allowed.most() + slack + 0.5)
        least, most = (at_zero + per_point * each.astype(np.int64).astype(object) for each in values)
        ahead = self._ahead(per_point, at_zero)
        return Worth(least.astype(np.float64), most.astype(np.float64), ahead)

    def _ahead(self, per_point: Ints, at_zero: Ints) -> Mask:
        """Who is worth more than whom at all weights and scores; ``per_point`` and ``at_zero``, exact, make
        gains of values."""
        times, base = per_point.astype(np.float64), at_zero.astype(np.float64)
        slack = self.allowed.slack * times.max(initial=0) + np.abs(base).max(initial=0) * 1e-12
        room = 0.5 * times + slack
        ahead = np.zeros((len(times), len(times)), dtype=bool)
        for row in range(len(times)):
            apart = self.allowed.ahead(row, times) + base[row] - base
            ahead[row] = apart > room[row] + room
        return ahead

    def _gains(self, value: int) -> Ints:
        """What one unit of every project's first column gains if all are worth ``value``, exact."""
        form = allocation.formulate(self.case, _at(self.base, np.full(len(self.certain), value)))
        return _gains_of(form, len(self.certain))


def _gains_of(form: Formulation, projects: int) -> Ints:
    """What one unit of every project's first column gains, fractions[n]."""
    found = np.full(projects, Fraction(0), dtype=object)
    for column in np.flatnonzero(form.project_of >= 0)[::-1].tolist():
        gain = Fraction(int(form.program.gain_num[column]), int(form.program.gain_den[column]))
        found[form.project_of[column]] = gain
    return found


def _at(base: Scores, value: Ints) -> Scores:
    """The scores of a draw: certain, and eligible as in the case itself."""
    down = np.sort(value)
    rank = (len(value) - np.searchsorted(down, value, side="right") + 1).astype(np.int64)
    return Scores(value, value, value, value, rank, base.assessed_leaves, base.lacks)


class _Inside:
    """The least and greatest money that some plan has."""

    def __init__(self, case: Case, worth: _Given | _Weighed, effort: Effort | None) -> None:
        self.case, self.worth, self.effort = case, worth, effort
        self.base = scoring.score(case)
        self.least: Ints | None = None
        self.greatest: Ints | None = None
        self.tried_low = np.zeros(len(case.register), dtype=bool)

    def see(self, amount_mvnd: Ints) -> None:
        """Take note of plans, int64[plans, n]."""
        if not len(amount_mvnd):
            return
        least, greatest = amount_mvnd.min(axis=0), amount_mvnd.max(axis=0)
        self.least = least if self.least is None else np.minimum(self.least, least)
        self.greatest = greatest if self.greatest is None else np.maximum(self.greatest, greatest)

    def try_plans(self, most: int) -> None:
        """Make plans where money is likely to be least or greatest, within a number of them."""
        tries = np.zeros(len(self.tried_low), dtype=np.int64)
        for value, low in islice(self.worth.values(), most):
            plan = allocation.allocate(self.case, _at(self.base, value), self.effort)
            if plan.status == "optimal":
                self.see(plan.amount_mvnd[None])
            if low >= 0:
                tries[low] += 1
                self.tried_low[low] = tries[low] == len(getattr(self.worth, "corners", ()))
