"""Draws of a linear program of any shape: bases found by the solver, each tried on draws that are alike.

HiGHS keeps one model and gets the gains of one draw after the other, neighbours first. What it brings is a
basis and no more: whether that is the rule's for a draw is settled exactly elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers import highs as solver
from prioritizer.allocation.warm.bases import Floats, Inverted, Matrix, Priced, inverted, standing
from prioritizer.allocation.warm.rounding import whole_millions
from prioritizer.model import Ints

_PRIMAL = 4  # from the last optimum new gains leave the amounts as they are
_NUDGE = 0.25  # of the least difference between gains: so that the solver too keeps to the recorded order
_ASPECTS, _BLOCK = 16, 256
_NEAREST = 4  # draws that a new basis is tried on at least
_CELLS = 2**14  # amounts up to which more of them take no longer


class Climber:
    """A model of one program, whose gains alone change."""

    def __init__(self, program: Program) -> None:
        self._scale = solver._moderate(program)
        self._steepness = solver._steepness(program, self._scale)
        self._columns = np.arange(len(program.columns), dtype=np.int32)
        self._rows = len(program.rows)
        self._highs = solver._highs({"simplex_strategy": _PRIMAL})
        self._highs.passModel(solver._model(program, self._scale, self._steepness))

    def basis(self, gain: Floats) -> tuple[Ints, Ints] | None:
        """The basic columns and the tight rows at the optimum for some gains, [columns]."""
        steep = 1e3 / max(float(np.abs(gain * self._scale).max(initial=0.0)), 1e-30)
        self._highs.changeColsCost(len(self._columns), self._columns, gain * self._scale * steep)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        status, basic = self._highs.getBasicVariables()  # type: ignore[attr-defined]  # its stubs leave it out
        if status != highspy.HighsStatus.kOk:
            return None
        tight = np.ones(self._rows, dtype=bool)
        tight[-basic[basic < 0] - 1] = False
        return np.sort(basic[basic >= 0]).astype(np.int64), np.flatnonzero(tight)


@dataclass
class Found:
    """Plans, int64[draws, columns], and which draws have one, bool[draws]."""

    amount: Ints
    known: np.ndarray


def climbed(given: Matrix, climber: Climber, priced: Priced, values_e4: Ints) -> Found:
    """The plans of all draws for which a basis settles it."""
    found = Found(np.zeros(priced.num.shape, dtype=np.int64), np.zeros(len(priced.num), dtype=bool))
    left, most = _alike(values_e4), max(_NEAREST, _CELLS // priced.num.shape[1])
    reach = most
    while len(left):
        basic = climber.basis(_nudged(priced, int(left[0])))
        basis = None if basic is None else inverted(given, *basic)
        near, left = left[:reach], left[1:]
        while basis is not None and len(near):
            hits = len(_tried(given, basis, priced, near, found))
            left = left[~found.known[left]]
            reach = min(most, 2 * reach) if hits > 1 else max(_NEAREST, reach // 2)
            near = left[:reach] if 2 * hits > len(near) else left[:0]
    return found


def _tried(given: Matrix, basis: Inverted, priced: Priced, draws: Ints, found: Found) -> Ints:
    """The draws that a basis settles; their plans are put down."""
    stand = standing(given, basis, priced.some(draws))
    known, amount = whole_millions(given, basis, stand)
    hit: Ints = draws[known]
    found.amount[hit], found.known[hit] = amount[known], True
    return hit


def _nudged(priced: Priced, draw: int) -> Floats:
    """The gains of a draw, a little greater the earlier in the recorded order, a little less for nothing."""
    gain: Floats = priced.gain[draw]
    early = 1 - priced.rank[draw] / max(1, len(gain))
    idle = (priced.num[draw] == 0) & (priced.money > 0)
    nudged: Floats = gain + _NUDGE / priced.den * np.where(idle, early - 2, early)
    return nudged


def _alike(values_e4: Ints) -> Ints:
    """The draws in an order in which neighbours are alike."""
    mix = np.random.default_rng(0).normal(size=(values_e4.shape[1], _ASPECTS))
    aspects = np.einsum("ij,jk->ik", values_e4, mix)
    blocks, order = [np.arange(len(values_e4))], list[Ints]()
    while blocks:
        block = blocks.pop()
        if len(block) <= _BLOCK:
            order.append(block[_walk(aspects[block])])
            continue
        widest = np.ptp(aspects[block], axis=0).argmax()
        by_it = block[np.argsort(aspects[block, widest], kind="stable")]
        blocks += [by_it[len(by_it) // 2 :], by_it[: len(by_it) // 2]]
    return np.concatenate([np.zeros(0, dtype=np.int64), *order])


def _walk(aspects: Floats) -> Ints:
    """From each to the nearest that is left."""
    left, at = np.arange(len(aspects)), 0
    order = np.empty(len(left), dtype=np.int64)
    for step in range(len(order)):
        order[step] = left[at]
        now, left[at], aspects[at] = aspects[at].copy(), left[-1], aspects[-1]
        left, aspects = left[:-1], aspects[:-1]
        if len(left):
            gap = aspects - now
            at = int(np.einsum("ij,ij->i", gap, gap).argmin())
    return order
