"""Plans under nested limits, many draws at once: filled from the best project down, then proven.

Whatever the limits inside a limit leave, its own floor takes the best of and its ceiling cuts the worst off
(Edmonds' greedy rule). That is only how a plan is found. The proof takes nothing from it: a plan is the
rule's exactly if every limit has a price such that projects above the sum of the prices around them are full,
those below have nothing, and only a limit at its ceiling (floor) has a price above (below) zero. Prices are
compared, never added, so that they may be keys: the order of gains with the tie rule in it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.warm.nested import Nested, Tier
from prioritizer.allocation.warm.ranking import Keys
from prioritizer.model import Ints

CELLS = 16_200  # amounts worked on together: arrays of less than 128 kB are not asked of the system anew
FAR = np.int64(2**62)  # worse than any key; its negative is better than any


def filled(limits: Nested, keys: Keys) -> Ints:
    """Plans of draws, int64[draws, places], from keys in the same layout."""
    sure = np.zeros((len(keys.of), len(limits.columns)), dtype=np.int64)
    open_ = np.broadcast_to(limits.most, sure.shape).copy()
    for tier in limits.tiers:
        _taken_in(tier, keys, sure, open_)
    return sure + np.where(keys.of < keys.zero, open_, 0)


def _taken_in(tier: Tier, keys: Keys, sure: Ints, open_: Ints) -> None:
    """Of what is still ``open_`` make that ``sure`` which floors need, and drop what is above ceilings."""
    held = _totals(tier, sure)
    by_key = np.argsort((tier.limit << keys.bits) | keys.of[:, tier.place], axis=1)
    at = tier.place[by_key] + np.arange(0, open_.size, open_.shape[1])[:, None]
    each = open_.take(at)
    before = _before(tier, each)
    left = np.minimum(np.maximum((tier.upper - held)[:, tier.limit] - before, 0), each)
    need = tier.lower - held
    if (need > 0).any():
        taken = np.minimum(np.maximum(need[:, tier.limit] - before, 0), each)
        np.put(sure, at, sure.take(at) + taken)
        left = np.maximum(left - taken, 0)
    np.put(open_, at, left)


def _before(tier: Tier, each: Ints) -> Ints:
    """What comes before every column within its limit."""
    upto = np.cumsum(each, axis=1) - each
    begins = np.flatnonzero(np.diff(tier.limit, prepend=-1))
    return upto - upto[:, begins][:, tier.limit]


def _totals(tier: Tier, amount: Ints) -> Ints:
    """What every limit holds, int64[draws, limits]."""
    upto = np.zeros((len(amount), amount.shape[1] + 1), dtype=np.int64)
    np.cumsum(amount, axis=1, out=upto[:, 1:])
    return upto[:, tier.stop] - upto[:, tier.first]


def proven(limits: Nested, keys: Keys, amount: Ints) -> npt.NDArray[np.bool_]:
    """Which plans keep every limit and are the rule's, bool[draws].

    Between what the key that is a limit's price (with all around it) has to lie is found from inside out, and
    zero has to be possible outside of all.
    """
    fine, least, most = priced(limits, keys, amount)
    zero = keys.zero[:, 0]
    proof: npt.NDArray[np.bool_] = fine & (least <= zero) & (zero <= most)
    return proof


def priced(limits: Nested, keys: Keys, amount: Ints) -> tuple[npt.NDArray[np.bool_], Ints, Ints]:
    """Which plans keep every limit, each with a price that fits, bool[draws]; and between what the key of
    zero then has to lie, int64[draws]."""
    fine = keys.sure & (amount >= 0).all(axis=1) & (amount <= limits.most).all(axis=1)
    fine &= limits.kept(amount)
    least, most = _by_span(limits, keys, amount)
    first = 0
    for tier in limits.tiers:
        held = _totals(tier, amount)
        fine &= ((tier.lower <= held) & (held <= tier.upper)).all(axis=1)
        own = slice(first, first + len(tier.first))
        fine &= (least[:, own] <= most[:, own]).all(axis=1)
        # At its floor a limit lets in what is worse than outside, at its ceiling it keeps out what is better.
        below = np.where(held == tier.lower, -FAR, least[:, own])
        above = np.where(held == tier.upper, FAR, most[:, own])
        for at, up in enumerate(limits.parent[own].tolist()):
            least[:, up] = np.maximum(least[:, up], below[:, at])
            most[:, up] = np.minimum(most[:, up], above[:, at])
        first = own.stop
    return fine, least[:, -1], most[:, -1]


def _by_span(limits: Nested, keys: Keys, amount: Ints) -> tuple[Ints, Ints]:
    """Between what the columns right under each limit let its price lie; the last is outside of all limits.

    What is paid has a key no greater than the price, what is not full one no smaller.
    """
    paid = np.maximum.reduceat(np.where(amount > 0, keys.of, -FAR), limits.starts, axis=1)
    wanting = np.minimum.reduceat(np.where(amount < limits.most, keys.of, FAR), limits.starts, axis=1)
    shape = len(amount), len(limits.parent) + 1
    least, most = np.full(shape, -FAR), np.full(shape, FAR)
    least[:, limits.around], most[:, limits.around] = paid, wanting
    return least, most
