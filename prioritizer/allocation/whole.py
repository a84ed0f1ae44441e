"""Plans in whole million VND that break no rule.

Most vertices are whole already. Where one is not (limits that are shares of what is allocated), the
neighbouring whole numbers of its broken parts are tried, then any whole plan is sought.
"""

from __future__ import annotations

import numpy as np

from prioritizer.allocation.program import Program
from prioritizer.allocation.solver import whole_optimum
from prioritizer.allocation.ties import Settled
from prioritizer.model import Ints


def whole_plan(program: Program, settled: Settled) -> Ints | None:
    """A whole-million plan as near as possible to the settled one, int64[n]; ``None`` if there is none."""
    if not settled.parts:
        return settled.amount if holds(program, settled.amount) else None
    broken = np.array(sorted(settled.parts), dtype=np.int64)
    lower = settled.amount.copy()
    for reach in (1, 1_000):
        upper = settled.amount.copy()
        upper[broken] = np.minimum(program.upper[broken], settled.amount[broken] + reach)
        lower[broken] = np.maximum(0, settled.amount[broken] - reach + 1)
        found = whole_optimum(program, lower, upper)
        if found is not None and holds(program, found):
            return found
    found = whole_optimum(program, np.zeros_like(program.upper), program.upper)
    return found if found is not None and holds(program, found) else None


def holds(program: Program, amount: Ints) -> bool:
    """Whether a whole-million plan keeps every bound and every row, in integers."""
    inside = bool((amount >= 0).all() and (amount <= program.upper).all())
    return inside and all(row.lower <= row.activity(amount) <= row.upper for row in program.rows)
