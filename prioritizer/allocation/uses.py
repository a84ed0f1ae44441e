"""What every limit holds in a plan, and which of its bounds it touches."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

import numpy as np

from prioritizer.allocation.program import Formulation
from prioritizer.allocation.reasons import Standing
from prioritizer.allocation.statement.places import base_cells
from prioritizer.model import Bound, Case, Ints, Limit
from prioritizer.results import LimitUse

SIDES = ("at_least", "at_most")


def uses(case: Case, form: Formulation, standing: Standing, places: Ints) -> Iterator[LimitUse]:
    """The use of every limit, in the scenario's order, under the plan that holds ``places``."""
    at_row = {row.name: at for at, row in enumerate(form.ledger.rows)}
    soft = any(limit.penalty_e4 is not None for limit in case.scenario.limits)
    at_column = {name: column for column, name in enumerate(form.program.columns)} if soft else {}
    cells = places[: len(form.demand.funded)]
    one_each = len(cells) == len(case.register)
    for limit in case.scenario.limits:
        at = [at_row.get(f"{side}[{limit.id}]") for side in SIDES]
        broken = [at_column.get(f"broken[{limit.id},{side}]") for side in SIDES]
        own = form.selected[limit.id]
        paid = own[cells[own] > 0]
        base = int(cells[base_cells(form.demand, limit)].sum()) if _of_allocated(limit) else 0
        least, most = (_mvnd(case, limit, bound, base) for bound in (limit.at_least, limit.at_most))
        yield LimitUse(
            limit.id,
            int(cells[own].sum()),
            len(paid) if one_each else len(np.unique(form.demand.project[paid])),
            None if least is None else ceil(least),
            None if most is None else floor(most),
            *(each is not None and standing.touches(each) for each in at),
            *(bound.count if bound else None for bound in (limit.at_least, limit.at_most)),
            *(0 if each is None else int(standing.level[each]) for each in broken),
        )


def _of_allocated(limit: Limit) -> bool:
    return any(bound and bound.share_of_allocated is not None for bound in (limit.at_least, limit.at_most))


def _mvnd(case: Case, limit: Limit, bound: Bound | None, allocated_mvnd: int) -> Fraction | None:
    """A bound in million VND, under a plan that allocates so much."""
    if bound is None or bound.count is not None:
        return None
    if bound.share_of_allocated is not None:
        return bound.share_of_allocated * allocated_mvnd
    return bound.of_envelope(case.scenario.envelope_of(limit))
