"""Plans in whole million VND that break no rule.

Most vertices are whole already. Where one is not (limits that are shares of what is allocated), the
neighbouring whole numbers of its broken parts are tried, then wider, then any whole plan is sought.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor, lcm
from operator import mul

import numpy as np

from prioritizer.allocation.choice.cellwise import cellwise
from prioritizer.allocation.choice.ties import Settled
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import Formulation, Row
from prioritizer.allocation.solvers.highs import Stopped, search
from prioritizer.model import Ints

_FEW = 6  # broken parts of which every way to round is tried: at most 64 plans
_WIDE_MVND = 1_000
_CLEARANCE = 4e-6  # of a row's greatest coefficient; HiGHS takes up to 1e-6 for nothing


def whole_plan(form: Formulation, settled: Settled) -> Ints | None:
    """The levels of a whole-million plan as near as possible to the settled one, int64[columns]; ``None`` if
    there is none.

    Raises :class:`~prioritizer.allocation.solvers.highs.Stopped` where the search for one was given up.
    """
    if not settled.parts:
        return settled.amount * form.levels_per_unit
    found = _nearest(form, settled)
    return None if found is None else least_broken(form, found)


def _nearest(form: Formulation, settled: Settled) -> Ints | None:
    down = settled.amount * form.levels_per_unit
    for column, part in settled.parts.items():
        down[column] = floor(part * int(form.levels_per_unit[column]))
    broken = np.array(sorted(settled.parts), dtype=np.int64)
    if len(broken) <= _FEW and (found := _best_rounding(form, settled, down)) is not None:
        return found
    most = form.program.upper * form.levels_per_unit
    ranges = [_around(most, down, broken, reach) for reach in (1, _WIDE_MVND)]
    held = np.where(form.program.whole, down, 0), np.where(form.program.whole, down, most)
    finished = False
    for lower, upper in (*ranges, held, (np.zeros_like(most), most)):
        found, finished = searched(form, lower, upper)
        if found is not None:
            return found
    if not finished:
        raise Stopped
    return None


def least_broken(form: Formulation, level: Ints) -> Ints:
    """The plan with soft limits broken by no more than its whole millions need."""
    level = level.copy()
    for column in np.flatnonzero((form.project_of < 0) & (level > 0)).tolist():
        if not form.program.columns[column].startswith("broken["):
            continue
        level[column] = 0
        at = next(at for at, row in enumerate(form.program.rows) if column in row.table)
        row, places = form.program.rows[at], form.places(level)
        for now in (form.ledger.rows[at].activity(places), in_proportion(form, row, level)):
            lack = max(now - row.upper, row.lower - now)
            level[column] = max(level[column], ceil(Fraction(lack) / abs(row.table[column])))
    return level


def _around(most: Ints, down: Ints, broken: Ints, reach: int) -> tuple[Ints, Ints]:
    """Bounds that leave the broken amounts some millions to either side, and hold the others."""
    lower, upper = down.copy(), down.copy()
    upper[broken] = np.minimum(most[broken], down[broken] + reach)
    lower[broken] = np.maximum(0, down[broken] - reach + 1)
    return lower, upper


def searched(
    form: Formulation, lower: Ints, upper: Ints, least: Fraction | None = None
) -> tuple[Ints | None, bool]:
    """A whole plan between two bounds that keeps every row in integers, or ``None``; and whether the search
    was finished, so that it is a best one, or that there is none. Plans that gain clearly less than ``least``
    do not count.

    The solver may overstep a row within its tolerance; then it is asked again to stay clear of the rows.
    """
    sought = cellwise(form, lower, upper)
    still = lower.copy()
    still[sought.free] = 0
    needed = None if least is None else float(least - worth(form, still))
    for clearance in (0.0, _CLEARANCE):
        answer = search(
            sought.program, sought.program.whole, sought.scale, sought.bounds, clearance, least=needed
        )
        if answer.values is None:
            return None, answer.finished and not clearance
        found, units = lower.copy(), answer.values[: len(sought.free)]
        found[sought.free] = np.rint(units * form.levels_per_unit[sought.free]).astype(np.int64)
        if holds(form, found):
            return found, answer.finished and not clearance
    return None, False


def _best_rounding(form: Formulation, settled: Settled, down: Ints) -> Ints | None:
    """The best of all ways to round the broken amounts up or down; among equals, up for the first columns."""
    columns = [column for column in sorted(settled.parts) if down[column] < _most(form, column)]
    exact = [gain_per_level(form, column) for column in columns]
    common = lcm(*(gain.denominator for gain in exact))
    gains = [gain.numerator * (common // gain.denominator) for gain in exact]
    rows = _rooms(form, down, columns)
    best: tuple[int, tuple[int, ...]] | None = None
    for ups in product(*((1, 0) if _rather_up(form, settled, column) else (0, 1) for column in columns)):
        gain = sum(map(mul, gains, ups))
        if best is not None and gain <= best[0]:
            continue
        if all(lower <= sum(map(mul, uses, ups)) <= upper for lower, upper, uses in rows):
            best = gain, ups
    if best is None:
        return None
    level = down.copy()
    level[columns] += best[1]
    return level


def _rooms(
    form: Formulation, down: Ints, columns: Sequence[int]
) -> list[tuple[Exact, Exact, Sequence[Exact]]]:
    """What each row leaves to some columns, and what a step of each uses of it."""
    held = form.ledger.activities(form.places(down))
    raised = [down + (np.arange(len(down)) == column) for column in columns]
    moved = [form.ledger.activities(form.places(each)) for each in raised]
    rows: list[tuple[Exact, Exact, Sequence[Exact]]] = []
    for row, now, *ends in zip(form.ledger.rows, held, *moved, strict=True):
        rows.append((row.lower - now, row.upper - now, [end - now for end in ends]))
    for row in () if form.plain else form.program.rows:
        exact = in_proportion(form, row, down)
        parts = [Fraction(row.table.get(k, 0), int(form.levels_per_unit[k])) for k in columns]
        rows.append((row.lower - exact, row.upper - exact, parts))
    return rows


def _rather_up(form: Formulation, settled: Settled, column: int) -> bool:
    """Whether rounding up is tried first: not what adds nothing, nor an amount that is whole as it is."""
    level = settled.parts[column] * int(form.levels_per_unit[column])
    return bool(form.program.gain_num[column] > 0) and level.denominator > 1


def _most(form: Formulation, column: int) -> int:
    return int(form.program.upper[column]) * int(form.levels_per_unit[column])


def gain_per_level(form: Formulation, column: int) -> Fraction:
    """What one million VND more in a column adds, or its answer yes."""
    program = form.program
    gain = Fraction(int(program.gain_num[column]), int(program.gain_den[column]))
    return gain / int(form.levels_per_unit[column])


def worth(form: Formulation, level: Ints) -> Fraction:
    """What a whole plan gains, exact, in the units of the program."""
    program, by_den = form.program, dict[int, int]()
    if (form.levels_per_unit == 1).all():
        return program.gained(level)
    for column in np.flatnonzero(level).tolist():
        den = int(program.gain_den[column]) * int(form.levels_per_unit[column])
        by_den[den] = by_den.get(den, 0) + int(program.gain_num[column]) * int(level[column])
    return sum((Fraction(num, den) for den, num in by_den.items()), Fraction(0))


def holds(form: Formulation, level: Ints) -> bool:
    """Whether a whole-million plan keeps every bound and every row: in integers, and with costs in exact
    proportion as well, so that rounding them never makes a plan worth more than the proven bound."""
    places, ledger = form.places(level), form.ledger
    if (level < 0).any() or (places > ledger.upper).any():
        return False
    held = ledger.activities(places)
    kept = all(row.lower <= now <= row.upper for row, now in zip(ledger.rows, held, strict=True))
    if not kept or form.plain:
        return kept
    return all(row.lower <= in_proportion(form, row, level) <= row.upper for row in form.program.rows)


def in_proportion(form: Formulation, row: Row, level: Ints) -> Fraction:
    """The left-hand side of a row of the program at a plan, exact."""
    units, rest = np.divmod(level, form.levels_per_unit)
    broken = np.flatnonzero(rest)
    table = row.table if len(broken) else {}
    parts = (
        Fraction(table.get(column, 0) * int(rest[column]), int(form.levels_per_unit[column]))
        for column in broken.tolist()
    )
    return sum(parts, Fraction(row.activity(units)))
