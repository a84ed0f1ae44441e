"""Funds, what is reserved of them, and whether the costs fit them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from prioritizer.errors import Fault
from prioritizer.inputs.tables import nearest
from prioritizer.inputs.unchecked import Unchecked

NAMED = 12  # projects that a fault lists


def reserves_fit_their_funds(unchecked: Unchecked) -> Iterator[Fault]:
    """A reserve is of a fund that there is, and all reserves of a fund are within it."""
    known = [fund.id for fund in unchecked.scenario.funds]
    for at, reserve in enumerate(unchecked.scenario.reserves):
        if reserve.fund and reserve.fund.casefold() not in map(str.casefold, known):
            yield unchecked.fault("unknown_fund", ("reserves", at, "fund"), **nearest(reserve.fund, known))
    for fund in unchecked.scenario.funds:
        reserved = unchecked.reserved_mvnd(fund)
        if reserved > fund.amount_mvnd:
            params = {"fund": fund.id, "reserved_mvnd": reserved, "amount_mvnd": fund.amount_mvnd}
            yield unchecked.fault("reserves_above_fund", ("reserves",), **params)


def milestones_have_costs(unchecked: Unchecked) -> Iterator[Fault]:
    """Projects that are funded by milestones need a table of what each milestone costs."""
    if unchecked.register is None or unchecked.scenario.costs is not None:
        return
    staged = np.flatnonzero(unchecked.register.columns["funding"].among(("milestones",))).tolist()
    if staged:
        names = ", ".join(unchecked.register.ids[row] for row in staged[:NAMED])
        more = ", …" if len(staged) > NAMED else ""
        yield unchecked.fault("milestones_need_costs", ("register",), projects=names + more)


def milestones_are_paid(unchecked: Unchecked) -> Iterator[Fault]:
    """Every milestone has a cost in a year of a fund: what is never paid is never reached."""
    costs = unchecked.costs_by_kind
    if costs is None or unchecked.register is None or not unchecked.sound:
        return
    years = {fund.year.casefold() for fund in unchecked.scenario.funds}
    funded = np.array([label.casefold() in years for label in costs.year.levels])[costs.year.codes]
    paid = set(zip(costs.project[funded].tolist(), costs.milestone[funded].tolist(), strict=True))
    for row, milestone in sorted(set(costs.value_share) - paid):
        names = {"project": unchecked.register.ids[row], "milestone": milestone}
        yield unchecked.fault("milestone_without_fund", ("costs",), **names)
