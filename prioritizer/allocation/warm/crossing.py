"""Plans under nested limits and one row that cuts across them, many draws at once.

The row counts the money of some columns, its *side*, more than that of the others, always by the same step
``D``. A price of ``lift / D`` on a unit of the row lifts the side over the rest by ``lift``, and with that in
the keys the limits are nested again. Looked for is the lift at which the row begins to be kept: there one
column of the side takes over from one of the others. As much is moved as the row asks for, in whole units.

The proof takes nothing from the search. Under the lifted gains the plan is the nested limits' best, and the
pair alone could change places for nothing. So another plan could be as good only by leaving less of the row
unused. One with the same money in all leaves less by a multiple of ``D``, which breaks the row, or no less,
and then gains less. One with more or less money in all loses more by that than all that is unused is worth.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.warm.filling import CELLS, FAR, filled, priced
from prioritizer.allocation.warm.nested import SAFE, Nested
from prioritizer.allocation.warm.ranking import Keys, Ranking
from prioritizer.model import Ints

Bools = npt.NDArray[np.bool_]
_TURNS, _EVENLY = 40, 12  # looks at most; after so many the middle is taken
_BITS = 62
_STEEP = 2**20
_LARGE = 2**40


@dataclass
class Crossing:
    """A row over nested limits: ``side``, int64[places], is 1 for what counts ``step`` more than the others'
    ``base``; what it has to come to is at least ``bound`` where ``way`` is 1, at most where it is -1.
    ``rate`` is what lift a million that was lacking took lately: where to look first."""

    limits: Nested
    settled: Ints
    side: Ints
    step: int
    base: int
    bound: int
    way: int
    rate: float = field(default=1.0)

    def spare(self, amount: Ints) -> Ints:
        """By how much plans, int64[draws, places], keep the row; below zero they break it."""
        held = self.base * amount.sum(axis=1) + self.step * (amount @ self.side)
        spare: Ints = self.way * (held - self.bound)
        return spare

    def keys(self, gain: Ints, lift: Ints) -> Keys | None:
        """Keys of twice the gains lifted by half units, int64[draws]: an odd lift lets nothing be equal
        across. ``None`` where numbers are too large."""
        top, low = self.top(gain, lift), self._low
        bits = low + (2 * top + 1).bit_length()
        if top >= _LARGE or bits + len(self.limits.parent).bit_length() > _BITS:
            return None
        of = (top - 2 * gain - (self.way * lift)[:, None] * self.side << low) + (self.settled + 1)
        nothing = np.clip(-self.way * lift * self.base // self.step, -top, top)
        return Keys(of, (top - nothing)[:, None] << low, bits, np.ones(len(gain), dtype=bool))

    def top(self, gain: Ints, lift: Ints) -> int:
        """What no gain comes to in keys."""
        return 2 * int(np.abs(gain).max(initial=0)) + int(lift.max(initial=0)) + 1

    def gain(self, key: Ints, top: int) -> Ints:
        """The lifted gain that a key stands for, lifted by whole units."""
        return (top - (key >> self._low)) // 2

    @property
    def _low(self) -> int:
        return (len(self.settled) + 1).bit_length()


def crossings(limits: Nested, order: Ranking) -> list[Crossing]:
    """The rows left out of nested limits that cut across in this way, by each of their bounds; none where
    gains are fractions."""
    found = list[Crossing]()
    if not order.by_number or int(limits.most.sum()) >= _LARGE:
        return found
    for at, coefs in enumerate(limits.left.coefs.toarray()):
        base, top = int(coefs.min()), int(coefs.max())
        two = base < top and bool(np.isin(coefs, (base, top)).all())
        if not two or max(abs(base), abs(top)) >= _STEEP:
            continue
        side = (coefs == top).astype(np.int64)
        for way, bound in ((1, int(limits.left.lower[at])), (-1, int(limits.left.upper[at]))):
            if abs(bound) < SAFE:
                found.append(Crossing(limits, order.settled, side, top - base, base, bound, way))
    return found


def broken_alone(rows: list[Crossing], plans: Ints) -> list[Ints]:
    """For each row, the plans that break it and no other; where several bind, a price on one is no answer."""
    broken = np.array([row.spare(plans) < 0 for row in rows], dtype=bool).reshape(len(rows), len(plans))
    alone = np.count_nonzero(broken, axis=0) == 1
    return [np.flatnonzero(each & alone) for each in broken]


def crossed(row: Crossing, gain: Ints, plans: Ints) -> tuple[Bools, Ints]:
    """For which draws the rule's plans are proven, and those, int64[draws, places], from the plans that are
    best but for the row."""
    search = _Search(row, gain, plans)
    search.run()
    size, known, amount = _together(row), np.zeros(len(gain), dtype=bool), plans.copy()
    for first in range(0, len(search.met), size):
        met = np.array(search.met[first : first + size])
        amount[met], known[met] = _settled(row, gain[met], search.short[met], search.within[met])
    return known, amount


def _together(row: Crossing) -> int:
    """How many draws are worked on together."""
    return max(1, CELLS // len(row.side))


def _settled(row: Crossing, gain: Ints, short: Ints, within: Ints) -> tuple[Ints, Bools]:
    """Plans with as much moved between one pair of columns as the row asks for, and which are proven."""
    moved = within - short
    found = within - row.spare(within)[:, None] // row.step * np.sign(moved)
    pair = np.stack([moved.argmax(axis=1), moved.argmin(axis=1)], axis=1)
    return found, _shown(row, gain, found, pair)


class _Search:
    """The lifts, in whole units and a half, between which one column takes over from one other and the row
    begins to be kept; and the plans at both. ``met`` are the draws for which they are found."""

    def __init__(self, row: Crossing, gain: Ints, plans: Ints) -> None:
        self.row, self.gain, self.short, self.within = row, gain, plans.copy(), plans.copy()
        self.least, self.most = (np.full(len(gain), end) for end in (-1, _LARGE))
        self.lacked = -row.spare(plans).astype(np.float64)
        self.under, self.over = self.lacked.copy(), np.zeros(len(gain))
        self.turn = np.zeros(len(gain), dtype=np.int64)
        self.top = 2 * int(np.abs(gain).max(initial=0)) + 1
        self.met = list[int]()

    def run(self) -> None:
        """Narrow all down until only one pair moves, or nothing more can be told; so many at a time that all
        stays near the processor."""
        left, size = np.flatnonzero(self.lacked > 0), _together(self.row)
        while len(left):
            now, later = left[:size], left[size:]
            lift = self._between(now)
            keys = self.row.keys(self.gain[now], 2 * lift + 1)
            if keys is None:
                return
            self._put(now, lift, filled(self.row.limits, keys))
            left = np.concatenate([self._open(now), later])

    def _between(self, now: Ints) -> Ints:
        """Where to look next."""
        low, high, under, over = self.least[now], self.most[now], self.under[now], self.over[now]
        part = np.where(self.turn[now] < _EVENLY, under / (under + over), 0.5)
        upward = np.where(low < 0, self.row.rate * self.lacked[now], 1.5 * low + 2)
        guess = np.where(high == _LARGE, upward, low + (high - low) * part)
        return np.clip(guess.astype(np.int64), low + 1, np.where(high == _LARGE, self.top, high - 1))

    def _put(self, now: Ints, lift: Ints, found: Ints) -> None:
        """Narrow down by what was found. The end that stays counts half, so that both come near."""
        spare = self.row.spare(found)
        kept, broken = spare >= 0, spare < 0
        at = now[kept]
        self.most[at], self.within[at], self.over[at] = lift[kept], found[kept], spare[kept]
        self.under[at] /= 2
        at = now[broken]
        self.least[at], self.short[at], self.under[at] = lift[broken], found[broken], -spare[broken]
        self.over[at] /= 2
        self.turn[now] += 1

    def _open(self, now: Ints) -> Ints:
        """Those for which it goes on; what is found is kept, and tells where others may look first."""
        bounded, gap = self.most[now] < _LARGE, self.most[now] - self.least[now]
        pair = bounded & (np.count_nonzero(self.within[now] != self.short[now], axis=1) == 2)
        found = now[pair]
        self.met += found.tolist()
        if len(found):
            self.row.rate = float(np.median(self.most[found] / self.lacked[found]))
        apart = np.where(bounded, gap > 1, self.least[now] < self.top)
        going_on: Ints = now[~pair & apart & (self.turn[now] < _TURNS)]
        return going_on


def _shown(row: Crossing, gain: Ints, amount: Ints, pair: Ints) -> Bools:
    """For which draws a plan is the only best one in whole units, shown by the lift at which two columns,
    ``pair``, int64[draws, 2], one of the side and one of the others, gain alike."""
    unused, ends = row.spare(amount), np.take_along_axis(gain, pair, axis=1)
    lift = row.way * (ends[:, 1] - ends[:, 0]) * (row.side[pair[:, 0]] - row.side[pair[:, 1]])
    keys = row.keys(gain, 2 * lift)
    if keys is None:
        return np.zeros(len(gain), dtype=bool)
    turned = keys._replace(of=keys.of + len(row.settled) - 1 - 2 * row.settled)
    # Only the pair may change places for nothing, so both have the same place in either order.
    for each, place in ((keys.of, np.min), (turned.of, np.max)):
        np.put_along_axis(each, pair, place(np.take_along_axis(each, pair, axis=1), axis=1)[:, None], axis=1)
    fine, least, most = priced(row.limits, keys, amount)
    only = fine & priced(row.limits, turned, amount)[0]
    # What a unit less in all, or one more, loses, as ``step`` times a gain.
    nothing, top = -row.way * lift * row.base, row.top(gain, 2 * lift)
    less = np.where(least > -FAR, row.step * row.gain(least, top) - nothing, FAR)
    more = np.where(most < FAR, nothing - row.step * row.gain(most, top), FAR)
    used: Bools = (unused >= 0) & (unused < row.step) & (lift > 0)
    return only & used & (lift * unused < np.minimum(less, more))
