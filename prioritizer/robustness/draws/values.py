"""What projects are worth in draws: exact, rounded once, a block of draws at a time.

Points are whole numbers over one denominator, weights over 1e9, so a value is a sum of products in whole
numbers. They are added up in float64, where no sum reaches 2**53 and so each is exact in any order; weights
are taken apart into two digits, or Python's own integers used, where one might.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from prioritizer.model import Codes, Consensus, Ints
from prioritizer.results import E4
from prioritizer.robustness.draws.quantiles import BITS, Quantiles
from prioritizer.scoring.elicitation import FINEST
from prioritizer.scoring.fine import rounded_digits
from prioritizer.scoring.values import Worth

DIGIT = 20  # bits of a weight at once, where points are fine
_CELLS = 32_768  # values of a block, so that what is added up stays in the processor's cache
Numbers = Any  # whole numbers, in float64 or in Python's own integers


@dataclass(frozen=True)
class Unknowns:
    """The scores of one leaf that are not certain: ``rows`` of projects, ``place`` of the first among all.

    At quantile ``q`` a score is ``start + reach * q`` steps, from the end that is worth less to the other. Of
    a categorical leaf it is one of the ``reach`` categories from the place ``start`` in ``order``, by points.
    ``gain``, [n], is what a unit of the quantile adds in points, 0 for certain scores, where the value
    function is a straight line.
    """

    rows: Ints
    place: int
    start: Ints
    reach: Ints
    order: Ints | None
    gain: Numbers | None

    def steps(self, drawn: Quantiles | Ints) -> Ints:
        """The scores at quantiles, as the consensus has them; the last axis is of :attr:`rows`."""
        quantile = drawn.astype(np.int64)
        if self.order is not None:
            found: Ints = self.order[self.start + (self.reach * quantile >> BITS)]
            return found
        steps: Ints = self.start + self.reach * quantile
        return steps

    def straight(self, quantile: Quantiles, by_project: bool, kind: type) -> Numbers:
        """What quantiles add to points where the value function is a straight line, [draws, n]."""
        assert self.gain is not None
        own = quantile
        if not by_project and len(self.rows) == len(self.gain):
            own = quantile[:, self.place : self.place + len(self.rows)]
        elif not by_project:
            column = np.zeros(len(self.gain), dtype=np.int64)  # where a project has none of its own, any
            column[self.rows] = self.place + np.arange(len(self.rows))
            own = quantile.take(column, axis=1)
        adds: Numbers = np.multiply(own, self.gain, dtype=kind)
        return adds


@dataclass(frozen=True)
class Table:
    """The scores of a case for drawing.

    ``held`` is its consensus in steps so fine that every quantile of an unknown score is a whole one.
    ``certain``, whole numbers [leaves, n], has the points of the certain scores and what straight lines start
    from, in parts of a point, 0 for the others; ``rate``, int64[n], multiplies values by class; a value is to
    be divided by ``unit``. ``bits`` of a weight go into a sum at once.
    """

    held: Consensus
    certain: Numbers
    unknown: tuple[Unknowns, ...]
    worths: tuple[Worth, ...]
    rate: Ints
    unit: int
    kind: type
    bits: int

    @property
    def block(self) -> int:
        """How many draws to work out at once."""
        return max(1, _CELLS // max(1, int(self.certain.shape[1])))

    def values_e4(self, weights: Ints, group: Codes, quantile: Quantiles, by_project: bool) -> Ints:
        """Values int64[draws, n] in 1e-4 point; ``weights``, int64[draws, groups, leaves] in 1e-9, ``group``
        of every project, int32[n]; ``quantile`` by unknown score, or by project."""
        every = [self._digit(weights, at) for at in range(0, 30, self.bits)]
        totals = [self._certain(digit, group) for digit in every]
        for leaf, own in enumerate(self.unknown):
            if len(own.rows):
                adds = self._adds(leaf, quantile, by_project)
                for total, digit in zip(totals, every, strict=True):
                    total += _of_projects(digit, group, leaf) * adds
        return self._rounded([total * self.rate for total in totals] if (self.rate != 1).any() else totals)

    def _adds(self, leaf: int, quantile: Quantiles, by_project: bool) -> Numbers:
        """What the scores of a leaf that are drawn add to its points, [draws, n]."""
        own = self.unknown[leaf]
        if own.gain is not None:
            return own.straight(quantile, by_project, self.kind)
        place = own.rows if by_project else own.place + np.arange(len(own.rows))
        adds: Numbers = np.zeros((len(quantile), len(self.rate)), dtype=self.kind)
        adds[:, own.rows] = self.worths[leaf].of(own.steps(quantile[:, place]), self.kind)
        return adds

    def _digit(self, weights: Ints, at: int) -> Numbers:
        return (weights >> at & (1 << self.bits) - 1).astype(self.kind)

    def _certain(self, weights: Numbers, group: Codes) -> Numbers:
        """What is the same in all draws, weighed, [draws, n]."""
        if weights.shape[1] == 1:
            return weights[:, 0] @ self.certain
        found: Numbers = np.empty((len(weights), len(group)), dtype=self.kind)
        for at in range(weights.shape[1]):
            own = group == at
            found[:, own] = weights[:, at] @ self.certain[:, own]
        return found

    def _rounded(self, totals: list[Numbers]) -> Ints:
        """Totals by digit as whole 1e-4 points, halves to even."""
        if len(totals) > 1:
            flat = rounded_digits([total.reshape(-1) for total in totals], self.unit * FINEST)
            return flat.reshape(totals[0].shape)
        total, by = totals[0], self.unit * (FINEST // E4)
        total = total if self.kind is object else total.astype(np.int64)
        down = total // by
        rest = 2 * (total - down * by)
        nearest: Any = down + ((rest > by) | ((rest == by) & (down % 2 == 1)))
        found: Ints = nearest.astype(np.int64)
        return found


def _of_projects(weights: Numbers, group: Codes, leaf: int) -> Numbers:
    """A leaf's weights, [draws, projects], or one column for all."""
    return weights[:, group, leaf] if weights.shape[1] > 1 else weights[:, :, leaf]
