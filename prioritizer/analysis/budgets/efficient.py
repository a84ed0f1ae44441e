"""The best value for every budget, and how far a plan is from it.

For a linear program the frontier is one broken line with exact corners. Where every project is funded in
whole or not at all it is a set of portfolios, listed one by one unless they are too many; else some budgets
are solved for, and by how much a better plan might exceed each is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import ceil, floor

import numpy as np

from prioritizer.allocation import Effort, allocate, column_order, tie_order
from prioritizer.allocation.exact.frontier import frontier_along
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.plan import in_unit
from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers.highs import Stopped
from prioritizer.analysis.budget import Moving, case_at, moving
from prioritizer.analysis.budgets.portfolios import Portfolio, efficient_portfolios, on_hull
from prioritizer.model import Case, Ints
from prioritizer.results import Frontier, FrontierPoint, Scores

MANY = 200  # portfolios beyond which they are not listed one by one
GRID = 24


def frontier(
    case: Case,
    scores: Scores,
    fund: str | None = None,
    most_mvnd: int | None = None,
    many: int = MANY,
    effort: Effort | None = None,
) -> Frontier:
    """The best value for every budget, from the least at which floors and decisions can hold to where nothing
    more is gained, or to the case's own budget if that is more; no further than ``most_mvnd``.

    All funds move in proportion, or ``fund`` alone. Limits that are shares of the envelope move along: floors
    among them may make more money worth less. No more than ``many`` portfolios are listed one by one, each at
    the least budget that allows it. ``effort`` bounds every search where rules ask yes-or-no questions.
    """
    along = moving(case, scores, fund)
    own = case.envelope_mvnd - along.still_mvnd
    most = max(along.ample_mvnd, own) if most_mvnd is None else most_mvnd - along.still_mvnd
    if along.program.linear or most < 0:
        points = [] if most < 0 else _line(case, along, most)
        return Frontier("line", tuple(points), fund, along.limits)
    listed = _listed(along, most, many, column_order(along.form, tie_order(case, scores)), effort)
    if listed is not None:
        points = _portfolios(case, along, listed)
        return Frontier("portfolios", tuple(points), fund, along.limits)
    points = list(_grid(case, scores, along, (fund, most), effort))
    return Frontier("grid", tuple(points), fund, along.limits)


def least_budget_mvnd(case: Case, scores: Scores, fund: str | None = None) -> int | None:
    """The least budget in whole millions at which floors and decisions can hold, part funding allowed;
    ``None`` if there is none."""
    along = moving(case, scores, fund)
    least = _least(along.opened(along.ample_mvnd))
    return None if least is None else along.still_mvnd + ceil(least)


def _least(opened: Program) -> Fraction | None:
    """The least of the last column, the money that moves, at which the linear program has a solution."""
    gain = np.zeros(len(opened.columns), dtype=np.int64)
    gain[-1] = -1
    vertex = optimal_vertex(replace(opened, gain_num=gain, gain_den=np.ones_like(gain)))
    return None if vertex is None else vertex.exact(len(gain) - 1)


def _reach(opened: Program) -> tuple[Fraction, Fraction] | None:
    """The least money that moves at which the linear program has a solution, and money at which its value
    is the greatest of all."""
    least, best = _least(opened), optimal_vertex(opened)
    return None if least is None or best is None else (least, best.exact(len(opened.columns) - 1))


def _line(case: Case, along: Moving, most: int) -> list[FrontierPoint]:
    reach = _reach(along.opened(most))
    if reach is None:
        return []
    least, best = reach
    own = min(most, case.envelope_mvnd - along.still_mvnd)
    ends = [end for end in (own, ceil(best), best) if end >= best]
    tried = (frontier_along(along.program, along.direction, least, end) for end in ends)
    corners = next(filter(None, tried))
    top = max(corner.value for corner in corners)
    last = max(Fraction(own), next(corner.bound for corner in corners if corner.value == top))
    return [
        FrontierPoint(along.still_mvnd + corner.bound, in_unit(case, corner.value), convex=True)
        for corner in corners
        if corner.bound <= last
    ]


def _listed(
    along: Moving, most: int, many: int, order: Ints, effort: Effort | None
) -> list[Portfolio] | None:
    """All efficient portfolios by ascending money; ``None`` where they are too many, or not a finite set."""
    program = along.program
    paid = (along.form.mvnd_per_unit > 0) & (program.upper > 0)
    if not program.whole[paid].all():
        return None
    try:
        money = np.append(along.form.mvnd_per_unit, 0)
        portfolios = efficient_portfolios(along.opened(most), order, money, effort)
        found = list(islice(portfolios, many + 1))
    except Stopped:
        return None
    return found[::-1] if len(found) <= many else None


def _portfolios(case: Case, along: Moving, listed: list[Portfolio]) -> list[FrontierPoint]:
    hull = on_hull([(Fraction(each.money_mvnd), each.gain) for each in listed])
    points = []
    for each, convex in zip(listed, hull, strict=True):
        rows = {int(along.form.project_of[column]) for column in each.chosen} - {-1}
        budget, value = Fraction(along.still_mvnd + each.money_mvnd), in_unit(case, each.gain)
        points.append(FrontierPoint(budget, value, convex, funded=tuple(sorted(rows))))
    return points


def _grid(
    case: Case, scores: Scores, along: Moving, span: tuple[str | None, int], effort: Effort | None
) -> Iterator[FrontierPoint]:
    """Budgets at equal distances and the case's own, as far as they have a plan; ``span`` has the fund that
    moves and its most."""
    fund, most = span
    reach = _reach(along.opened(most))
    if reach is None:
        return
    least, best = ceil(reach[0]), max(ceil(reach[0]), ceil(reach[1]))
    own = case.envelope_mvnd - along.still_mvnd
    budgets = {least + floor(Fraction(best - least, GRID) * at) for at in range(GRID + 1)}
    for budget in sorted(budgets | ({own} if least <= own <= most else set())):
        plan = allocate(case_at(case, along.still_mvnd + budget, fund), scores, effort)
        if plan.objective is not None:
            bound = plan.objective if plan.status == "optimal" or plan.bound is None else plan.bound
            yield FrontierPoint(
                Fraction(along.still_mvnd + budget), plan.objective, gap=bound - plan.objective
            )
