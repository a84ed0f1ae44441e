"""All ways to decide some columns, one after the other, carried along together.

A way is given up where it must lose more than may be lost: by columns that left their bounds, or by rows that
the columns still open can no longer use up. Losses are added up as floats, and a way is given up only where
they exceed what may be lost by more than they can be off: no plan is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.choice.relaxed import Relaxed
from prioritizer.allocation.program import FREE
from prioritizer.model import Ints

HAIR = 1e-9  # of what may be lost: far more than sums of losses are off
_STEP = 2_000  # cells that take as long as what one column takes whatever the ways
_LARGEST = 2**53  # of what a row can come to: up to it floats are exact whole numbers

Pattern = dict[int, int]  # what every column is
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scales:
    """What ways are weighed by. Rows are turned so that those with a dual, which come first, are full at
    their ``upper`` ends, float64[rows]; ``uses``, float64[columns, rows], is what a unit of a column uses.

    A loss is ``price``, float64[rows with a dual], for a unit unused, and ``loss``, float64[columns], for a
    unit by which a column leaves the bound where the relaxation has it: its upper one, ``span``, float64[n],
    or 0. No more than ``most`` may be lost.
    """

    uses: Floats
    lower: Floats
    upper: Floats
    price: Floats
    loss: Floats
    span: Floats
    at_upper: npt.NDArray[np.bool_]
    most: float

    def dearest_first(self) -> list[int]:
        """The columns in the order in which they are decided: dear choices close most ways."""
        found: list[int] = np.argsort(-self.loss, kind="stable").tolist()
        return found

    def started(self, open_: list[int]) -> Floats:
        """What the columns that are not open, each at its bound, make of every row, float64[rows]."""
        still = np.where(self.at_upper, self.span, 0.0)
        still[open_] = 0.0
        activity: Floats = still @ self.uses
        return activity

    def rooms(self, open_: list[int]) -> list[tuple[Floats, Floats, Floats | None]]:
        """Before and after every decision over the ``open_`` columns, what rows may have come to at most, so
        that the columns still open fit in; what those with a dual must, so that these can fill them; and at
        least, so that these reach the lower ends. Each is float64[rows, 1]."""
        reach = self.uses[open_] * self.span[open_, None]
        none = np.zeros((1, reach.shape[1]))
        low, high = (
            np.concatenate([np.cumsum(part[::-1], axis=0)[::-1], none])[:, :, None]
            for part in (np.minimum(reach, 0.0), np.maximum(reach, 0.0))
        )
        upper, lower = self.upper[:, None], self.lower[:, None]
        bottom = list(lower - high) if np.isfinite(lower).any() else [None] * len(high)
        return list(zip(upper - low, (upper - high)[:, : len(self.price)], bottom, strict=True))

    def weighed(
        self, activity: Floats, lost: Floats, room: tuple[Floats, Floats, Floats | None]
    ) -> tuple[Ints, Floats]:
        """The ways that the open columns can complete without losing too much, and what each loses."""
        top, full, bottom = room
        spare = full - activity[: len(full)]
        total: Floats = lost + self.price @ np.maximum(spare, 0.0, out=spare)
        held = (total <= self.most) & (activity <= top).all(axis=0)
        if bottom is not None:
            held &= (activity >= bottom).all(axis=0)
        kept = np.flatnonzero(held)
        return kept, total[kept]


@dataclass(frozen=True)
class Ends:
    """Where the ways led: by column, which were kept of all ways before it with one value after the other,
    and how many there were before; what each last way ``lost``, float64[ways], in parts of what might be
    lost; ``closed`` is what was never open; and whether these are ``all`` ways."""

    steps: dict[int, tuple[npt.NDArray[np.int32], int]]
    lost: Floats
    closed: Pattern
    all: bool

    def plan(self, way: int) -> Pattern:
        """The plan that a last way is."""
        pattern = dict(self.closed)
        for column, (kept, before) in reversed(self.steps.items()):
            pattern[column], way = divmod(int(kept[way]), before)
        return pattern


def scales(relaxed: Relaxed, room: Fraction) -> Scales:
    """The scales on which ``room`` weighs 1; where there is none, the least loss does."""
    program, dual = relaxed.program, relaxed.root.dual
    costs, scale = relaxed.root.reduced
    pairs = zip(costs.tolist(), program.gain_den.tolist(), strict=True)
    reduced = np.array([cost / (scale * den) for cost, den in pairs])
    rows = sorted(range(len(program.rows)), key=lambda at: at not in dual)
    price = np.array([float(abs(dual[at])) for at in rows[: len(dual)]])
    unit = float(room) or min((each for each in (*np.abs(reduced), *price) if each), default=1.0)
    way = np.array([-1.0 if dual.get(at, 0) < 0 else 1.0 for at in rows])
    lower, upper = (np.array([_end(end) for end in ends]) for ends in _ends_of(relaxed, rows))
    uses = np.zeros((len(reduced), len(rows)))
    for at, number in enumerate(rows):
        uses[program.rows[number].columns, at] = way[at] * program.rows[number].coefs
    return Scales(
        uses,
        np.where(way < 0, -upper, lower),
        np.where(way < 0, -lower, upper),
        price / unit,
        np.abs(reduced) / unit,
        program.upper.astype(np.float64),
        reduced > 0,
        1.0 + HAIR if room else 0.5,
    )


def _ends_of(relaxed: Relaxed, rows: list[int]) -> tuple[list[int], list[int]]:
    found = [relaxed.program.rows[at] for at in rows]
    return [row.lower for row in found], [row.upper for row in found]


def _end(bound: int) -> float:
    return float(bound) if -FREE < bound < FREE else float("inf") if bound > 0 else -float("inf")


class Work:
    """What may still be done, in cells: ways times rows."""

    def __init__(self, cells: int) -> None:
        self.cells = cells

    def does(self, cells: int) -> bool:
        """Whether so much more may be done; it is then taken off."""
        self.cells -= cells
        return self.cells >= 0


def gone_through(by: Scales, open_: list[int], work: Work, width: int | None = None) -> Ends | None:
    """All ways through the ``open_`` columns, the others at their bounds, or of these ways the ``width`` that
    have lost least after every step; ``None`` where that is too much work."""
    if (by.span @ np.abs(by.uses)).max(initial=0.0) >= _LARGEST:
        return None
    first, *rooms = by.rooms(open_)
    activity, lost = by.started(open_)[:, None], np.zeros(1)
    kept, total = by.weighed(activity, lost, first)
    activity, lost = activity[:, kept], lost[kept]
    steps, all_ = dict[int, tuple[npt.NDArray[np.int32], int]](), True
    for column, room in zip(open_, rooms, strict=True):
        values = np.arange(int(by.span[column]) + 1)
        if not work.does(len(lost) * len(values) * len(activity) + _STEP):
            return None
        away = by.span[column] - values if by.at_upper[column] else values
        before, activity = len(lost), _every(activity, by.uses[column][:, None] * values)
        lost = (away[:, None] * by.loss[column] + lost).ravel()
        kept, total = by.weighed(activity, lost, room)
        if width is not None and len(kept) > width:
            few, all_ = _least(total, width), False
            kept, total = kept[few], total[few]
        steps[column] = kept.astype(np.int32), before
        activity, lost = activity.take(kept, axis=1), lost[kept]
    closed = {at: int(most) for at, most in enumerate(np.where(by.at_upper, by.span, 0).tolist())}
    return Ends(steps, total, closed, all_)


def _least(lost: Floats, many: int) -> Ints:
    """The places of the least of some losses; of those equal at the end some from all over."""
    last = np.partition(lost, many)[many]
    less, equal = np.flatnonzero(lost < last), np.flatnonzero(lost == last)
    equal = equal[:: -(-len(equal) // max(1, many - len(less)))]
    return np.sort(np.concatenate([less, equal]))


def _every(activity: Floats, more: Floats) -> Floats:
    """What all ways make of the rows with every value of a further column, one value after the other."""
    rows, ways = activity.shape
    found: Floats = (activity[:, None, :] + more[:, :, None]).reshape(rows, ways * more.shape[1])
    return found
