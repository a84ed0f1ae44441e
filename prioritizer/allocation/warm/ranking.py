"""The order in which projects are funded where only limits hold them: by gain, equals by the tie rule.

Keys are whole numbers, the smaller the better, no two of a draw the same. ``zero`` stands between columns
worth funding and the others: what gains exactly nothing comes after money that is left over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.warm.gains import EXACT, Gains
from prioritizer.model import Case, Ints

_BITS = 62


class Keys(NamedTuple):
    """``of``, int64[draws, columns]; ``zero``, int64[draws, 1]; all are below ``1 << bits``. ``sure``,
    bool[draws], is false where gains are too near each other for the order to be known."""

    of: Ints
    zero: Ints
    bits: int
    sure: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Ranking:
    """The columns of a program that can hold money, in a layout of one's own choice.

    ``settled``, int64[columns], is their order as far as no value decides it: as the scenario names them,
    then smaller ask, then id, then columns of no project. ``place``, int64[columns], is -1 for those that the
    scenario names, 1 for columns of no project, 0 elsewhere.
    """

    gains: Gains
    settled: Ints
    place: Ints

    @property
    def by_number(self) -> bool:
        """Whether gains are whole, and equal where values are."""
        alike = len(np.unique(self.gains.fixed)) <= 1
        return alike and bool((self.gains.den == 1).all() and (self.gains.slope == 1).all())

    def keys(self, values_e4: Ints) -> Keys | None:
        """The keys of some draws, values int64[draws, n]; ``None`` where numbers are too large."""
        most = self.gains.largest(int(np.abs(values_e4).max(initial=0)))
        if most >= EXACT:
            return None
        gain = self.gains.over_den(values_e4)
        if self.by_number:
            return self._by_number(gain, most)
        return self._by_ratio(gain, values_e4, most)

    def _by_number(self, gain: Ints, most: int) -> Keys | None:
        """Equal gains mean equal values here, so that the rest of the rule's order is the same every time."""
        low = (len(self.settled) + 1).bit_length()
        bits = low + (2 * most + 1).bit_length()
        if bits > _BITS:
            return None
        of = ((most - gain) << low) + (self.settled + 1)
        return Keys(of, np.full((len(gain), 1), most << low), bits, np.ones(len(gain), dtype=bool))

    def _by_ratio(self, gain: Ints, values_e4: Ints, most: int) -> Keys | None:
        den = self.gains.den
        steepest = int(den.max(initial=1))
        if most * steepest >= 2**62 or steepest >= EXACT or not self.holds(values_e4):
            return None
        recorded = self.recorded(values_e4)
        gain, dens = np.take_along_axis(gain, recorded, axis=1), den[recorded]
        # A quotient is rounded once, so equals stay equal, and no smaller one comes out greater.
        by_gain = _order_by(-(gain / dens))
        gain, dens = (np.take_along_axis(each, by_gain, axis=1) for each in (gain, dens))
        quotient = gain / dens
        alike = quotient[:, 1:] == quotient[:, :-1]
        equal = gain[:, 1:] * dens[:, :-1] == gain[:, :-1] * dens[:, 1:]
        order, n = np.take_along_axis(recorded, by_gain, axis=1), len(den)
        of = np.empty_like(order)
        np.put_along_axis(of, order, np.broadcast_to(2 * np.arange(n) + 1, of.shape), axis=1)
        zero = 2 * np.count_nonzero(gain > 0, axis=1)[:, None]
        return Keys(of, zero, (2 * n + 2).bit_length(), (alike == equal).all(axis=1))

    def recorded(self, values_e4: Ints) -> Ints:
        """The columns as the tie rule records them: named, higher value, smaller ask, id; values are small
        enough for :meth:`holds`."""
        low = (len(self.settled) + 1).bit_length()
        value = -values_e4[:, self.gains.project]
        before = np.where(self.place, self.place * (EXACT >> low), value)
        return _order_by((before << low) + self.settled)

    def holds(self, values_e4: Ints) -> bool:
        """Whether values are small enough for an exact order."""
        low = (len(self.settled) + 1).bit_length()
        return int(np.abs(values_e4).max(initial=0)) < EXACT >> low


def _order_by(keys: npt.NDArray[np.int64] | npt.NDArray[np.float64]) -> Ints:
    return np.argsort(keys, axis=1, kind="stable")


def ranking(case: Case, gains: Gains, project_of: Ints, columns: Ints) -> Ranking:
    """The ranking over some columns of the program; ``project_of``, int64[all columns], is -1 for those of no
    project."""
    register, project = case.register, gains.project[columns]
    named = np.full(len(register), len(register))
    for at, name in enumerate(case.scenario.tie_order):
        named[register.row_of(name)] = at
    none = project_of[columns] < 0
    own = np.where(none, len(register) + 1, named[project])
    order = np.lexsort((columns, project, register.ask_mvnd[project], own))
    settled = np.empty(len(columns), dtype=np.int64)
    settled[order] = np.arange(len(columns))
    chosen = Gains(gains.slope[columns], gains.fixed[columns], gains.den[columns], project)
    return Ranking(chosen, settled, none.astype(np.int64) - (own < len(register)))
