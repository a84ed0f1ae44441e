"""Draws: one seeded table of weights, scores and money that might as well have been stated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from prioritizer.model import Case, Codes, Ints
from prioritizer.robustness.draws.money import KNOWN, Money, money_of
from prioritizer.robustness.draws.quantiles import Quantiles, quantiles
from prioritizer.robustness.draws.replaced import with_scores, with_weights
from prioritizer.robustness.draws.scores import table
from prioritizer.robustness.draws.values import Table
from prioritizer.robustness.draws.weights import ANY, Allowed, drawn_weights, groups

Way = Literal["independent", "joint", "low", "mid", "high"]
_STREAM = 0  # of the random numbers; money has stream 1


@dataclass(frozen=True)
class Draws:
    """Draws of a case; any of them, asked for in any order, are the same numbers.

    ``way`` is how scores that are not certain are drawn: each on its own (``independent``), all of a project
    at one common quantile (``joint``), or not at all but put at one end of their worth or in its middle.
    ``table`` has the weights, int64[draws, groups, leaves] in 1e-9, ``of_class`` the group of every class of
    projects, ``group`` that of every project, int32[n]; ``replicate``, int64[draws], counts from 0. Where the
    register gives values there are no leaves, and ``scores`` is ``None``.
    """

    case: Case
    seed: int
    way: Way
    table: Ints
    of_class: dict[str, int]
    group: Codes
    replicate: Ints
    scores: Table | None
    money: Money = KNOWN

    def __len__(self) -> int:
        return len(self.table)

    def weights(self, rows: Ints) -> Ints:
        """Leaf weights of projects whose class has none of its own, int64[len(rows), leaves] in 1e-9; they
        sum to 10**9, before any exchange rate."""
        found: Ints = self.table[rows, 0]
        return found

    def weights_by_class(self, rows: Ints, class_: str) -> Ints:
        """Leaf weights of projects of a class, as :meth:`weights`."""
        found: Ints = self.table[rows, self.of_class.get(class_, 0)]
        return found

    @cached_property
    def unknowns(self) -> Ints:
        """The scores that are drawn, int64[unknowns, 2]: the project's row and the leaf's place; none on
        criteria that weigh nothing."""
        drawn = [] if self.scores is None else list(enumerate(self.scores.unknown))
        pairs = [np.stack([own.rows, np.full(len(own.rows), at)], axis=1) for at, own in drawn]
        return np.concatenate([np.zeros((0, 2), dtype=np.int64), *pairs])

    def unknown_points(self, rows: Ints) -> Ints:
        """At which quantile of its worth every unknown score is drawn, int64[len(rows), unknowns] over
        :data:`~prioritizer.robustness.draws.quantiles.WHOLE`: 0 would be the end that is worth less."""
        drawn = self._quantiles(rows)
        return (drawn[:, self.unknowns[:, 0]] if self.way == "joint" else drawn).astype(np.int64)

    def _quantiles(self, rows: Ints) -> Quantiles:
        """By project where all scores of a project are drawn at one, else by unknown score."""
        width = len(self.case.register) if self.way == "joint" else len(self.unknowns)
        return quantiles(self.seed, _STREAM, rows, width if len(self.unknowns) else 0)

    def values_e4(self, rows: Ints) -> Ints:
        """What the projects are worth, int64[len(rows), n] in 1e-4 point, exact and rounded once."""
        given = self.case.register.given_e4
        if self.scores is None:
            assert given is not None
            return np.tile(given, (len(rows), 1))
        found = np.empty((len(rows), len(self.case.register)), dtype=np.int64)
        block = self.scores.block
        for start in range(0, len(rows), block):
            some = rows[start : start + block]
            found[start : start + len(some)] = self.scores.values_e4(
                self.table[some], self.group, self._quantiles(some), self.way == "joint"
            )
        return found

    def case_of(self, row: int) -> Case | None:
        """The case of a draw whose asks or envelope are drawn too; ``None`` where they stay as they are."""
        return None if self.money.certain else money_of(self.case, self.money, self.seed, row)

    def stated(self, row: int) -> Case:
        """The case that states what a draw draws: its weights, its scores and its money."""
        case = self.case_of(row) or self.case
        if self.scores is None:
            return case
        own = {name: self.table[row, at].tolist() for name, at in self.of_class.items()}
        if self.way not in ("independent", "joint"):
            eligibility = case.scenario.eligibility.model_copy(update={"unassessed": self.way})
            return with_weights(case.revised(eligibility=eligibility), own)
        quantile = self.unknown_points(np.array([row]))[0]
        return with_scores(with_weights(case, own), self.scores, quantile)


def draw(
    case: Case,
    count: int,
    seed: int,
    way: Way,
    replicates: int = 8,
    allowed: Allowed = ANY,
    money: Money = KNOWN,
) -> Draws:
    """``count`` draws of a case in ``replicates`` parts of like size, scrambled apart, whose differences tell
    the sampling error.

    Raises :class:`~prioritizer.errors.InputFaults` where no weights fit what the group said.
    """
    sizes = [len(part) for part in np.array_split(np.arange(count), min(replicates, count))]
    replicate = np.repeat(np.arange(len(sizes)), sizes)
    if case.criteria is None or case.register.given_e4 is not None:
        none = np.zeros((count, 1, 0), dtype=np.int64)
        group = np.zeros(len(case.register), dtype=np.int32)
        return Draws(case, seed, way, none, {"": 0}, group, replicate, None, money)
    found = groups(case, allowed)
    weights = drawn_weights(case.criteria, found, sizes, seed)
    weighed = np.asarray(weights.any(axis=(0, 1)))
    scores = table(case, weighed, None if way == "independent" or way == "joint" else way)
    return Draws(case, seed, way, weights, found.of_class, found.of_project, replicate, scores, money)
