"""Every plan of a program of whole columns that is worth as much: proof without a solver.

All ways to decide one column after the other are carried along together. A way is given up where it must
lose more than the gap between the relaxation and the plan at hand: by columns that left their bounds, or by
rows that the columns still open can no longer use up. Losses are rounded down, so that no plan is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.choice.relaxed import Relaxed, gain_of, relaxation
from prioritizer.allocation.program import Program
from prioritizer.model import Ints

# Ways times rows: some tenths of a second, and some thousandths; bounds by work, the same on every machine.
_CELLS, _GLANCE = 4_000_000, 250_000
_STEP = 2_000  # cells that take as long as what one column takes whatever the ways
_OPEN = 16  # columns that may leave their bounds at first
_MANY = 1_000  # plans
_FINE = 2**38  # parts that the gap is divided into
_LARGEST = 2**60  # of what a row can come to, so that sums stay within int64

Pattern = dict[int, int]  # what every column is


@dataclass(frozen=True)
class _Losses:
    """What columns (a unit away from their bound) and rows (a unit unused) lose, in parts of ``room``; what
    is too much at once is ``room + 1``."""

    room: int
    column: list[int]
    upper: Ints
    lower: Ints


@dataclass(frozen=True)
class _Ways:
    """Ways to decide the columns so far: what they make of each row, int64[ways, rows], and lose."""

    activity: Ints
    lost: Ints

    def extended(self, values: Ints, lost: Ints, uses: Ints) -> tuple[_Ways, Ints, Ints]:
        """Every way with every value of a further column, which loses so much and ``uses`` so much of rows;
        and of each the way it comes from and the value."""
        origin = np.repeat(np.arange(len(self.lost)), len(values))
        at = np.tile(np.arange(len(values)), len(self.lost))
        value = values[at]
        activity = self.activity[origin] + value[:, None] * uses
        return _Ways(activity, self.lost[origin] + lost[at]), origin, value

    def chosen(self, kept: npt.NDArray[np.bool_]) -> _Ways:
        return _Ways(self.activity[kept], self.lost[kept])


def every_pattern(program: Program, needed: Fraction) -> list[Pattern] | None:
    """All plans that gain as much as is ``needed``, up to rounding; ``None`` where there are too many ways to
    go through."""
    relaxed = relaxation(program)
    if relaxed is None or relaxed.bound < needed:
        return []
    return _within(relaxed, relaxed.reduced(), relaxed.bound - needed, _Work(_CELLS))


def best_pattern(program: Program) -> Pattern | None:
    """A plan that gains most, proven; ``None`` where there is none, or not with little work.

    What plans may lose beside the relaxation is widened until there is one.
    """
    relaxed = relaxation(program)
    if relaxed is None or not program.columns:
        return None
    reduced, work = relaxed.reduced(), _Work(_GLANCE)
    sizes = sorted(map(abs, reduced))
    room = sizes[min(_OPEN, len(sizes) // 2)]
    while (found := _within(relaxed, reduced, room, work)) is not None:
        gains = {gain_of(program, plan): plan for plan in found}
        if gains and max(gains) >= relaxed.bound - room:
            return gains[max(gains)]
        room = 2 * room or next((size for size in sizes if size), Fraction(1))
    return None


def _span(program: Program, at: int) -> int:
    row = program.rows[at]
    return sum(abs(coef) * int(program.upper[column]) for column, coef in row.table.items())


def _losses(relaxed: Relaxed, reduced: list[Fraction], room: Fraction) -> _Losses:
    duals = relaxed.root.dual
    rows = [duals.get(at, Fraction(0)) for at in range(len(relaxed.program.rows))]
    unused = [max(way * dual, Fraction(0)) for way in (1, -1) for dual in rows]
    each = [*map(abs, reduced), *unused]
    unit = room or min((loss for loss in each if loss), default=Fraction(1))
    most = int(room / unit * _FINE)
    parts = [most + 1 if loss > room else int(loss / unit * _FINE) for loss in each]
    n, m = len(reduced), len(rows)
    upper, lower = (np.array(part, dtype=np.int64) for part in (parts[n : n + m], parts[n + m :]))
    return _Losses(most, parts[:n], upper, lower)


class _Work:
    """What may still be done."""

    def __init__(self, cells: int) -> None:
        self.cells = cells

    def does(self, cells: int) -> bool:
        """Whether so much more may be done; it is then taken off."""
        self.cells -= cells
        return self.cells >= 0


def _within(relaxed: Relaxed, reduced: list[Fraction], room: Fraction, work: _Work) -> list[Pattern] | None:
    """All plans that lose no more than ``room``, up to rounding; ``None`` where that is too much work."""
    program = relaxed.program
    if any(_span(program, at) >= _LARGEST for at in range(len(program.rows))):
        return None
    # The dearest choices first: they close most ways.
    order = sorted(range(len(reduced)), key=lambda column: (-abs(reduced[column]), column))
    return _gone_through(
        program, order, _losses(relaxed, reduced, room), [cost > 0 for cost in reduced], work
    )


def _gone_through(
    program: Program, order: list[int], losses: _Losses, at_upper: list[bool], work: _Work
) -> list[Pattern] | None:
    uses, limits = _uses(program), _limits(program)
    closed = {c: int(program.upper[c]) * at_upper[c] for c in order if losses.column[c] > losses.room}
    order = [column for column in order if column not in closed]
    spans = uses * program.upper[:, None]
    low, high = np.minimum(spans[order], 0).sum(axis=0), np.maximum(spans[order], 0).sum(axis=0)
    held = np.array(list(closed.values()), dtype=np.int64) @ uses[list(closed)]
    ways = _Ways(held.reshape(1, -1), np.zeros(1, dtype=np.int64))
    ways = ways.chosen(_open(ways, limits, (low, high), losses))
    steps: list[tuple[Ints, Ints]] = []
    for column in order:
        low, high = low - np.minimum(spans[column], 0), high - np.maximum(spans[column], 0)
        most = int(program.upper[column])
        if not work.does(len(ways.lost) * (most + 1) * max(1, len(program.rows)) + _STEP):
            return None
        values = np.arange(most + 1)
        lost = (most - values if at_upper[column] else values) * losses.column[column]
        ways, origin, value = ways.extended(values, lost, uses[column])
        kept = _open(ways, limits, (low, high), losses)
        ways = ways.chosen(kept)
        steps.append((origin[kept], value[kept]))
    return None if len(ways.lost) > _MANY else _traced(order, steps, [dict(closed) for _ in ways.lost])


def _uses(program: Program) -> Ints:
    """What a unit of every column uses of every row, int64[columns, rows]."""
    uses = np.zeros((len(program.columns), len(program.rows)), dtype=np.int64)
    for at, row in enumerate(program.rows):
        uses[row.columns, at] = row.coefs
    return uses


def _limits(program: Program) -> tuple[Ints, Ints]:
    ends = ([row.lower for row in program.rows], [row.upper for row in program.rows])
    lower, upper = ([max(-_LARGEST, min(_LARGEST, end)) for end in each] for each in ends)
    return np.array(lower, dtype=np.int64), np.array(upper, dtype=np.int64)


def _open(
    ways: _Ways, limits: tuple[Ints, Ints], reach: tuple[Ints, Ints], losses: _Losses
) -> npt.NDArray[np.bool_]:
    """The ways that the open columns, which add from the one to the other ``reach`` to the rows, can still
    complete without losing too much."""
    least, most = ways.activity + reach[0], ways.activity + reach[1]
    lower, upper = limits
    lost = ways.lost + _unused(upper - most, losses.upper, losses.room)
    lost += _unused(least - lower, losses.lower, losses.room)
    kept: npt.NDArray[np.bool_] = (lost <= losses.room) & (least <= upper).all(axis=1)
    return kept & (most >= lower).all(axis=1)


def _unused(spare: Ints, price: Ints, room: int) -> Ints:
    """What units lose that no open column can use; capped where it is too much in any case."""
    enough = np.where(price > 0, room // np.maximum(price, 1) + 1, 0)
    total: Ints = np.clip(spare, 0, enough) @ price
    return total


def _traced(order: list[int], steps: list[tuple[Ints, Ints]], plans: list[Pattern]) -> list[Pattern]:
    """The plans that the last ways came to, from the choices they are made of, beside what is closed."""
    at = np.arange(len(plans))
    for column, (origin, value) in zip(reversed(order), reversed(steps), strict=True):
        for plan, chosen in zip(plans, value[at].tolist(), strict=True):
            plan[column] = chosen
        at = origin[at]
    return plans
