"""Rank acceptability and central weights, as in SMAA-2 (Lahdelma and Salminen, 2001).

Equals share the ranks that they cover: two projects that are both second and third have half of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from prioritizer import allocation, scoring
from prioritizer.allocation import Effort
from prioritizer.model import Case, Ints
from prioritizer.robustness.draws.replaced import with_weights
from prioritizer.robustness.draws.table import Draws
from prioritizer.robustness.summary.nouns import FINEST, Acceptability, Central, Floats, Recorded

FIRSTS = (1, 3, 5, 10, 20, 50, 100, 200, 500)
MOST_RANKED = 100  # projects up to which every rank is told apart
_AT_ONCE = 2**20  # numbers of a table that are looked at together


def blocks(rows: Ints, width: int) -> Iterator[Ints]:
    """The rows part by part, so that a table over a part stays small however many rows there are."""
    size = max(1, _AT_ONCE // max(1, width))
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def ranking(draws: Recorded, projects: int) -> tuple[Acceptability, Central]:
    """How often projects have a rank, or are among the first few, over all draws; and the mean weights of the
    draws in which a project is worth most, equals taking equal parts of a draw."""
    # What a rank gains over the one before it, so that a tie over many ranks is two entries.
    steps, best = np.zeros(projects * (projects + 1)), _Central(draws, projects)
    for rows in blocks(np.arange(len(draws)), projects):
        order, above, equal = places(draws.values_e4(rows))
        at, part = order * (projects + 1) + above, 1 / equal
        steps += np.bincount(at.ravel(), part.ravel(), len(steps))
        steps -= np.bincount((at + equal).ravel(), part.ravel(), len(steps))
        first, leads = np.zeros(order.shape), above == 0
        first[np.nonzero(leads)[0], order[leads]] = part[leads]
        best.add(rows, first)
    shares = np.cumsum(steps.reshape(projects, projects + 1), axis=1)[:, :-1] / len(draws)
    among = {k: shares[:, :k].sum(axis=1).clip(0, 1) for k in FIRSTS if k < projects}
    of_rank = shares.clip(0, 1) if projects <= MOST_RANKED else None
    return Acceptability(among, of_rank), best.mean(len(draws))


def places(values: Ints) -> tuple[Ints, Ints, Ints]:
    """The projects of every row by falling value, how many are worth more than each, and how many as much
    (itself too): int64[rows, n] each."""
    rows, n = values.shape
    bits = max(1, (n - 1).bit_length())
    # Value and project in one number: such numbers are sorted many times faster than places are.
    keys = np.sort((-values << bits) | np.arange(n), axis=1)
    order, down = keys & ((1 << bits) - 1), keys >> bits
    new = np.ones((rows, n), dtype=bool)
    new[:, 1:] = down[:, 1:] != down[:, :-1]
    above = np.maximum.accumulate(np.where(new, np.arange(n), 0), axis=1)
    last = np.ones((rows, n), dtype=bool)
    last[:, :-1] = new[:, 1:]
    end = np.minimum.accumulate(np.where(last, np.arange(1, n + 1), n)[:, ::-1], axis=1)[:, ::-1]
    return order, above, end - above


# ------------------------------------------------------------------ central weights


def central_of_funded(draws: Recorded, amount_mvnd: Ints, found: Ints) -> Central:
    """The mean weights of the draws, among those ``found``, in which a project gets any money."""
    funded = _Central(draws, amount_mvnd.shape[1])
    for rows in blocks(found, amount_mvnd.shape[1]):
        funded.add(rows, (amount_mvnd[rows] > 0).astype(np.float64))
    return funded.mean(len(found))


class _Central:
    """Weights added up, project by project, over the draws in which something holds."""

    def __init__(self, draws: Recorded, projects: int) -> None:
        self.table, self.shape = draws.table, draws.table.shape[1:]
        self.total, self.held = np.zeros((projects, int(np.prod(self.shape)))), np.zeros(projects)

    def add(self, rows: Ints, part: Floats) -> None:
        """Some draws; ``part``, float64[rows, n], says how far it holds of a project."""
        self.total += part.T @ self.table[rows].reshape(len(rows), -1).astype(np.float64)
        self.held += part.sum(axis=0)

    def mean(self, many: int) -> Central:
        """The mean weights; ``many`` draws there are."""
        mean = self.total / np.where(self.held > 0, self.held, 1)[:, None]
        return Central(_whole(mean.reshape(len(mean), *self.shape)), self.held / max(1, many))


def _whole(weights: Floats) -> Ints:
    """Weights in whole parts of :data:`FINEST` that sum to it, by largest remainder; zeros stay zeros."""
    down: Ints = np.floor(weights).astype(np.int64)
    some = weights.sum(axis=-1, keepdims=True) > 0
    lacking = np.where(some, FINEST - down.sum(axis=-1, keepdims=True), 0)
    place = np.argsort(np.argsort(down - weights, axis=-1, kind="stable"), axis=-1, kind="stable")
    return down + (place < lacking)


# ------------------------------------------------------------------ what holds at central weights


def confidence_of_first(draws: Draws, central: Central, most: int = 1_000) -> Floats:
    """SMAA's confidence factor: how often a project is worth most where weights are its own central ones and
    scores are drawn, float64[n], over the first draws; NaN where it has no central weights."""
    rows, found = np.arange(min(most, len(draws))), np.full(len(central.share), np.nan)
    for row in range(len(found)):
        weights = central.of(row)
        if weights is not None:
            there = replace(draws, table=np.broadcast_to(weights, draws.table.shape))
            value = there.values_e4(rows)
            above, equal = (value > value[:, [row]]).any(axis=1), (value == value[:, [row]]).sum(axis=1)
            found[row] = np.where(above, 0.0, 1 / equal).mean()
    return found


def funded_at_central(
    case: Case, of_class: Mapping[str, int], central: Central, effort: Effort | None = None
) -> npt.NDArray[np.object_]:
    """Whether each project still gets money in the one plan at its own central weights, with scores where the
    scenario counts them: True, False, or ``None`` where it has no central weights or there is no plan."""
    answers = np.full(len(case.register), None, dtype=object)
    for row in range(len(answers)):
        weights = central.of(row)
        if weights is None or not weights.shape[-1]:
            continue
        there = with_weights(case, {name: weights[at].tolist() for name, at in of_class.items()})
        plan = allocation.allocate(there, scoring.score(there), effort)
        if plan.found:
            answers[row] = bool(plan.amount_mvnd[row] > 0)
    return answers
