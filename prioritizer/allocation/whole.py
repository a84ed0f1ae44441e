"""Plans in whole million VND that break no rule.

Most vertices are whole already. Where one is not (limits that are shares of what is allocated), the
neighbouring whole numbers of its broken parts are tried, then wider, then any whole plan is sought.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from operator import mul

import numpy as np

from prioritizer.allocation.program import Program
from prioritizer.allocation.solver import Stopped, whole_optimum
from prioritizer.allocation.ties import Settled
from prioritizer.model import Ints

_FEW = 6  # broken parts of which every way to round is tried: at most 64 plans
_WIDE_MVND = 1_000
_CLEARANCE = 4e-6  # of a row's greatest coefficient; HiGHS takes up to 1e-6 for nothing


def whole_plan(program: Program, settled: Settled) -> Ints | None:
    """A whole-million plan as near as possible to the settled one, int64[n]; ``None`` if there is none.

    Raises :class:`~prioritizer.allocation.solver.Stopped` where the search for one was given up.
    """
    if not settled.parts:
        return settled.amount
    broken = np.array(sorted(settled.parts), dtype=np.int64)
    if len(broken) <= _FEW and (found := _best_rounding(program, settled.amount, broken)) is not None:
        return found
    ranges = [_around(program, settled.amount, broken, reach) for reach in (1, _WIDE_MVND)]
    finished = False
    for lower, upper in (*ranges, (np.zeros_like(program.upper), program.upper)):
        found, finished = _searched(program, lower, upper)
        if found is not None:
            return found
    if not finished:
        raise Stopped
    return None


def _around(program: Program, down: Ints, broken: Ints, reach: int) -> tuple[Ints, Ints]:
    """Bounds that leave the broken amounts some millions to either side, and hold the others."""
    lower, upper = down.copy(), down.copy()
    upper[broken] = np.minimum(program.upper[broken], down[broken] + reach)
    lower[broken] = np.maximum(0, down[broken] - reach + 1)
    return lower, upper


def _searched(program: Program, lower: Ints, upper: Ints) -> tuple[Ints | None, bool]:
    """A whole plan between two bounds that keeps every row in integers, or ``None``; and whether the search
    was finished, so that it is a best one, or that there is none.

    The solver may overstep a row within its tolerance; then it is asked again to stay clear of the rows.
    """
    found, finished = whole_optimum(program, lower, upper, 0.0)
    if found is None or holds(program, found):
        return found, finished
    found, _ = whole_optimum(program, lower, upper, _CLEARANCE)
    return (found if found is not None and holds(program, found) else None), False


def _best_rounding(program: Program, down: Ints, broken: Ints) -> Ints | None:
    """The best of all ways to round the broken amounts up or down; among equals, up for the first columns."""
    columns = broken.tolist()
    gains = [Fraction(int(program.gain_num[column]), int(program.gain_den[column])) for column in columns]
    rows = []  # what each row leaves to the broken columns, and their coefficients in it
    for row in program.rows:
        held, coefs = row.activity(down), [row.table.get(column, 0) for column in columns]
        rows.append((row.lower - held, row.upper - held, coefs))
    best: tuple[Fraction, tuple[int, ...]] | None = None
    for ups in product((1, 0), repeat=len(columns)):
        gain = sum((gain * up for gain, up in zip(gains, ups, strict=True)), Fraction(0))
        if best is not None and gain <= best[0]:
            continue
        if all(lower <= sum(map(mul, coefs, ups)) <= upper for lower, upper, coefs in rows):
            best = gain, ups
    if best is None:
        return None
    amount = down.copy()
    amount[broken] += best[1]
    return amount


def best_whole(program: Program, amount: Ints) -> tuple[Ints, bool]:
    """The plan, or a better whole one that the solver finds at gap 0; and whether it finished."""
    other, finished = _searched(program, np.zeros_like(program.upper), program.upper)
    better = other is not None and worth(program, other) > worth(program, amount)
    return (other if other is not None and better else amount), finished


def worth(program: Program, amount: Ints) -> Fraction:
    """What a whole plan gains, exact."""
    by_den: dict[int, int] = {}
    for num, den, paid in zip(program.gain_num, program.gain_den, amount, strict=True):
        by_den[int(den)] = by_den.get(int(den), 0) + int(num) * int(paid)
    return sum((Fraction(num, den) for den, num in by_den.items()), Fraction(0))


def holds(program: Program, amount: Ints) -> bool:
    """Whether a whole-million plan keeps every bound and every row, in integers."""
    inside = bool((amount >= 0).all() and (amount <= program.upper).all())
    return inside and all(row.lower <= row.activity(amount) <= row.upper for row in program.rows)
