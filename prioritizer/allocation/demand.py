"""What the funds are asked for: every cost of every project, cell by cell, and who may pay it.

A cell is a cost of one project, milestone, year and kind. Its amount is the State's part, a whole number of
million VND: what co-finance pays, and what the State's share cap forbids, is taken off first.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from prioritizer.model import Case, Ints


@dataclass(frozen=True)
class Demand:
    """The cells. ``project``, ``milestone`` and ``cost_mvnd`` are int64[cells]; ``payers``, int64[cells],
    points into ``payer_sets``, the funds (by place in the scenario) that may pay a cell; ``funded``,
    bool[cells], is false for years that no fund is of: what a project will need then is known, not paid.

    ``years`` and ``kinds`` are the cells' labels. ``whole_share`` is the share of a project that its
    co-finance lets the State reach under its cap, by row of the register, where it is less than one.
    """

    project: Ints
    milestone: Ints
    years: tuple[str, ...]
    year: Ints
    kinds: tuple[str, ...]
    kind: Ints
    cost_mvnd: Ints
    payers: Ints
    payer_sets: tuple[tuple[int, ...], ...]
    funded: npt.NDArray[np.bool_]
    whole_share: dict[int, Fraction]


def demand(case: Case) -> Demand:
    """The cells of a case, in the order of its costs."""
    costs, funds = case.costs, case.scenario.funds
    year, kind = costs.year.codes.astype(np.int64), costs.kind.codes.astype(np.int64)
    kinds = frozenset(level for level in costs.kind.levels if level)
    kinds |= {paid for fund in funds for paid in fund.pays}
    payer_sets: dict[tuple[int, ...], int] = {}
    table = np.zeros((len(costs.year.levels), len(costs.kind.levels)), dtype=np.int64)
    for at, label in enumerate(costs.year.levels):
        for kind_at, of_kind in enumerate(costs.kind.levels):
            paying = tuple(place for place, fund in enumerate(funds) if fund.may_pay(label, of_kind, kinds))
            table[at, kind_at] = payer_sets.setdefault(paying, len(payer_sets))
    fund_years = {fund.year for fund in funds}
    funded = np.array([label in fund_years for label in costs.year.levels])
    cost, whole_share = _state_part(case)
    return Demand(
        costs.project,
        costs.milestone,
        costs.year.levels,
        year,
        costs.kind.levels,
        kind,
        cost,
        table[year, kind],
        tuple(payer_sets),
        funded[year],
        whole_share,
    )


def apportioned(total: int, costs: list[int]) -> list[int]:
    """``total`` split over ``costs`` in proportion, whole numbers, each less than one off: the running sums
    are rounded down."""
    whole, before, running, parts = sum(costs), 0, 0, []
    for cost in costs:
        running += cost
        upto = total * running // whole if whole else 0
        parts.append(upto - before)
        before = upto
    return parts


def _state_part(case: Case) -> tuple[Ints, dict[int, Fraction]]:
    """Every cell less co-finance and what is above the State's share cap of the project's class.

    At a share φ of a project, others pay the part of its cost that the State does not: in proportion to what
    they offer, or more where the cap asks for it, up to all they offer. So the cap may keep φ below one.
    """
    costs, register, caps = case.costs, case.register, case.scenario.state_share_cap
    offered, classes = register.cofinance_mvnd, register.columns.get("class")
    capped = [name for name in caps if caps[name] < 1]
    if offered is None and not capped:
        return costs.cost_mvnd, {}
    touched = np.zeros(len(register), dtype=bool) if offered is None else offered > 0
    if classes is not None and capped:
        touched |= classes.among(tuple(capped))
    cost, share = costs.cost_mvnd.copy(), {}
    cells: dict[int, list[int]] = {}
    for at in np.flatnonzero(touched[costs.project]).tolist():
        cells.setdefault(int(costs.project[at]), []).append(at)
    for row, own in cells.items():
        total = int(costs.cost_mvnd[own].sum())
        others = int(offered[row]) if offered is not None else 0
        cap = caps.get(classes[row], Fraction(1)) if classes is not None else Fraction(1)  # type: ignore[call-overload]
        state, reach = Fraction(total - others, total), Fraction(1)
        if state > cap:
            state, reach = cap, min(Fraction(1), Fraction(others, total) / (1 - cap))
        if reach < 1:
            share[row] = reach
        cost[own] = apportioned(int(state * reach * total), costs.cost_mvnd[own].tolist())
    return cost, share
