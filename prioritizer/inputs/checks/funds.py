"""Funds, what is reserved of them, and whether the costs fit them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from prioritizer.errors import Fault
from prioritizer.inputs.draft import Draft
from prioritizer.inputs.tables import nearest

NAMED = 12  # projects that a fault lists


def reserves_fit_their_funds(draft: Draft) -> Iterator[Fault]:
    """A reserve is of a fund that there is, and all reserves of a fund are within it."""
    known = [fund.id for fund in draft.scenario.funds]
    for at, reserve in enumerate(draft.scenario.reserves):
        if reserve.fund and reserve.fund.casefold() not in map(str.casefold, known):
            yield draft.fault("unknown_fund", ("reserves", at, "fund"), **nearest(reserve.fund, known))
    for fund in draft.scenario.funds:
        reserved = draft.reserved_mvnd(fund)
        if reserved > fund.amount_mvnd:
            params = {"fund": fund.id, "reserved_mvnd": reserved, "amount_mvnd": fund.amount_mvnd}
            yield draft.fault("reserves_above_fund", ("reserves",), **params)


def milestones_have_costs(draft: Draft) -> Iterator[Fault]:
    """Projects that are funded by milestones need a table of what each milestone costs."""
    if draft.register is None or draft.scenario.costs is not None:
        return
    staged = np.flatnonzero(draft.register.columns["funding"].among(("milestones",))).tolist()
    if staged:
        names = ", ".join(draft.register.ids[row] for row in staged[:NAMED])
        more = ", …" if len(staged) > NAMED else ""
        yield draft.fault("milestones_need_costs", ("register",), projects=names + more)


def milestones_are_paid(draft: Draft) -> Iterator[Fault]:
    """Every milestone has a cost in a year of a fund: what is never paid is never reached."""
    costs = draft.costs_by_kind
    if costs is None or draft.register is None or not draft.sound:
        return
    years = {fund.year.casefold() for fund in draft.scenario.funds}
    funded = np.array([label.casefold() in years for label in costs.year.levels])[costs.year.codes]
    paid = set(zip(costs.project[funded].tolist(), costs.milestone[funded].tolist(), strict=True))
    for row, milestone in sorted(set(costs.value_share) - paid):
        names = {"project": draft.register.ids[row], "milestone": milestone}
        yield draft.fault("milestone_without_fund", ("costs",), **names)
