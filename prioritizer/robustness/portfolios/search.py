"""All portfolios that no other one outdoes: the projects decided one after the other, all ways together.

A way is given up where it can no longer keep every limit, and where another way is worth as much whatever is
allowed, more somewhere (or everywhere the same with less money for projects that add nothing), and leaves as
much of every limit that can still bind: whatever completes the one completes the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from prioritizer.model import Bools, Ints
from prioritizer.robustness.portfolios.choice import Choice
from prioritizer.robustness.portfolios.digits import Floats, places
from prioritizer.robustness.portfolios.dominance import undominated

Progress = Callable[[int, int], None]


class TooMany(Exception):
    """More ways at once than are carried along."""


@dataclass(frozen=True)
class _Ways:
    """Ways to decide the projects so far: ``chosen``, bool[k, n]; their worth, float64[digits, k, corners],
    the scores at their worst and at their best; what they ``used``, int64[k, sides]."""

    chosen: Bools
    low: Floats
    high: Floats
    used: Ints

    def __len__(self) -> int:
        return len(self.chosen)

    def __getitem__(self, kept: Bools) -> _Ways:
        return _Ways(self.chosen[kept], self.low[:, kept], self.high[:, kept], self.used[kept])

    def extended(self, choice: Choice, project: int) -> _Ways:
        """Every way without and with a further project."""
        added = self.chosen.copy()
        added[:, project] = True
        return _Ways(
            np.concatenate([self.chosen, added]),
            np.concatenate([self.low, self.low + choice.low_digits[:, None, project]], axis=1),
            np.concatenate([self.high, self.high + choice.high_digits[:, None, project]], axis=1),
            np.concatenate([self.used, self.used + choice.uses[project]]),
        )


def undominated_portfolios(choice: Choice, most: int, progress: Progress | None = None) -> Bools:
    """All portfolios that no other outdoes, bool[portfolios, n]; none where no portfolio keeps the limits.

    ``progress`` is told how many of how many projects are decided, and may raise to give the search up.
    Raises :class:`TooMany` where more than ``most`` ways were to be carried along.
    """
    order = in_order(choice)
    ways = _start(choice)
    for at, project in enumerate(order):
        ahead = choice.uses[order[at + 1 :]]
        ways = ways.extended(choice, project)
        ways = ways[_possible(choice, ways, ahead)]
        if len(ways):
            ways = ways[_useful(choice, ways, ahead)]
        if len(ways) > most:
            raise TooMany
        if progress is not None:
            progress(at + 1, len(order))
    return ways.chosen


def in_order(choice: Choice) -> list[int]:
    """The projects in the order of decision: the clear ones first, worth the most or the least for what they
    use; last those about where the limits are used up, which few ways are left to wait for."""
    caps = np.maximum(np.abs(choice.caps), 1)
    used = np.maximum(choice.uses, 0) / caps
    worth = (choice.low + choice.high).astype(np.float64)
    worth /= np.maximum(np.abs(worth).max(axis=1, initial=0), 1)[:, None]
    rate = worth.sum(axis=0) / np.maximum(used.sum(axis=1), 1e-9)
    by_rate = sorted(range(len(rate)), key=lambda project: (-rate[project], project))
    within = (np.cumsum(used[by_rate], axis=0) <= 1).all(axis=1)
    last = int(within.sum())
    return [by_rate[at] for at in sorted(range(len(rate)), key=lambda at: (-abs(at - last), at))]


def _start(choice: Choice) -> _Ways:
    corners, n = choice.low.shape
    none = np.zeros((choice.digits.count, 1, corners))
    used = np.zeros((1, len(choice.caps)), dtype=np.int64)
    ways = _Ways(np.zeros((1, n), dtype=bool), none, none, used)
    return ways[_possible(choice, ways, choice.uses)]


def _possible(choice: Choice, ways: _Ways, ahead: Ints) -> Bools:
    """The ways that some completion keeps every single limit for."""
    kept: Bools = (ways.used + np.minimum(ahead, 0).sum(axis=0) <= choice.caps).all(axis=1)
    return kept


def _useful(choice: Choice, ways: _Ways, ahead: Ints) -> Bools:
    """The ways that no other way makes needless."""
    order = choice.digits.order
    # A limit that can no longer bind is as good as unused up to where it could.
    spent = np.maximum(ways.used, choice.caps - np.maximum(ahead, 0).sum(axis=0))
    columns = [order(ways.low[:, :, at]) for at in range(ways.low.shape[2])]
    if len(choice.uncertain):
        columns += [order(ways.high[:, :, at]) for at in range(ways.high.shape[2])]
    columns += [-side for side in spent.T if (side != side[:1]).any()]
    # Worth as much everywhere and more in this sum is more somewhere; of the same worth, less idle money.
    above = places(np.stack([-(ways.chosen @ choice.idle), order((ways.low + ways.high).sum(axis=2))]))
    stacked = np.array(columns, dtype=np.int64).reshape(-1, len(ways))
    if not len(choice.uncertain):
        return undominated(stacked, above)
    uncertain = choice.uncertain
    spread = (choice.high_digits - choice.low_digits)[:, uncertain]
    may = np.ascontiguousarray(ways.chosen[:, uncertain])

    def at_worst(one: Ints, other: Ints) -> Bools:
        """Whether a way is worth as much as another whatever is allowed."""
        both = (may[one] & may[other]).astype(np.float64)
        least = ways.low[:, one] - ways.high[:, other] + both @ spread
        worth: Bools = (choice.digits.carried(least)[-1] >= 0).all(axis=1)
        return worth

    return undominated(stacked, above, at_worst)
