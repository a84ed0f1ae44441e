"""The scores of a case made ready for drawing: certain ones as points, the others as places in their
intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, gcd, lcm
from typing import Literal

import numpy as np

from prioritizer.model import FULL, Bools, Case, Consensus, Criterion, Ints
from prioritizer.robustness.draws.quantiles import WHOLE
from prioritizer.robustness.draws.values import DIGIT, Numbers, Table, Unknowns
from prioritizer.scoring.consensus import consensus
from prioritizer.scoring.elicitation import FINEST
from prioritizer.scoring.values import Worth, exact_ends, worths_of
from prioritizer.scoring.weights import UNCLASSED, exchange_rate

Pinned = Literal["low", "mid", "high"]
SAFE = 2**62  # whole numbers below it may be added up in int64
EXACT = 2**53  # in float64


def table(case: Case, weighed: Bools, pinned: Pinned | None = None) -> Table:
    """The scores of a case that has criteria. Those on leaves that weigh nothing in any draw need not be
    drawn, ``weighed`` being bool[leaves]; ``pinned`` puts all that are not certain at one end of their worth,
    or in the middle."""
    assert case.criteria is not None
    leaves, held = case.criteria.leaves, consensus(case)
    sure: Bools = ((held.low == held.high) & (held.low >= 0)) | ~weighed[:, None]
    if pinned is None and not sure.all():
        held = _refined(held, leaves)
    one = {UNCLASSED: {leaf.id: Fraction(1) for leaf in leaves}}
    low, high, unit = exact_ends(replace(case, agreed=held), one)
    worths, _ = worths_of(leaves, held)
    if pinned is not None:
        sure = np.ones_like(sure)
        low, unit = _pinned(low, high, unit, pinned)
    rate, over = _rates(case)
    kind, bits = _kind(_most(held, leaves), worths, unit, max(over, int(rate.max(initial=1))))
    straight = np.array([[len(worth.slope) == 1] for worth in worths])
    return Table(
        held,
        np.where(sure | straight, low, 0).astype(kind),
        _unknown(leaves, held, worths, sure, kind),
        tuple(worths),
        rate,
        unit * over,
        kind,
        bits,
    )


def _pinned(low: Ints, high: Ints, unit: int, pinned: Pinned) -> tuple[Ints, int]:
    if pinned == "mid":
        return low + high, 2 * unit
    return (low if pinned == "low" else high), unit


def _refined(held: Consensus, leaves: tuple[Criterion, ...]) -> Consensus:
    """The same in steps of which every quantile of an interval, and of every scale, is a whole number."""
    ends = [end for leaf in leaves if leaf.scale for end in (leaf.scale.worst, leaf.scale.best)]
    base = min((held.base, *ends))
    apart = [held.step, held.base - base, *(end - base for end in ends)]
    unit = lcm(*(each.denominator for each in apart))
    whole = [int(each * unit) for each in apart]
    step = Fraction(gcd(*whole), unit * WHOLE)
    most = Fraction(max(whole[1:]), unit) + _most(held, leaves) * held.step
    kind = np.int64 if most / step < SAFE else object
    scaled = np.array([[leaf.scale is not None] for leaf in leaves])
    times, more = int(held.step / step), int((held.base - base) / step)
    low, high = (
        np.where(scaled & (end >= 0), end.astype(kind) * times + more, end) for end in (held.low, held.high)
    )
    return Consensus(base, step, low, high)


def _most(held: Consensus, leaves: tuple[Criterion, ...]) -> int:
    """The most steps that a score, or an end of a scale, has."""
    ends = [end for leaf in leaves if leaf.scale for end in (leaf.scale.worst, leaf.scale.best)]
    steps = [ceil((end - held.base) / held.step) for end in ends]
    return max(0, *steps, int(held.low.max(initial=0)), int(held.high.max(initial=0)))


def _unknown(
    leaves: tuple[Criterion, ...], held: Consensus, worths: Sequence[Worth], sure: Bools, kind: type
) -> tuple[Unknowns, ...]:
    found: list[Unknowns] = []
    place = 0
    for at, (leaf, worth) in enumerate(zip(leaves, worths, strict=True)):
        rows = np.flatnonzero(~sure[at])
        low, high = held.low[at, rows], held.high[at, rows]
        ends = _categories(leaf, low, high) if leaf.scale is None else _span(leaf, held, worth, low, high)
        gain: Numbers | None = None
        if len(worth.slope) == 1:
            gain = np.zeros(sure.shape[1], dtype=kind)
            gain[rows] = ends[1] * worth.slope[0]
        found.append(Unknowns(rows, place, *ends, gain))
        place += len(rows)
    return tuple(found)


def _span(
    leaf: Criterion, held: Consensus, worth: Worth, low: Ints, high: Ints
) -> tuple[Ints, Ints, Ints | None]:
    """From the end that is worth less, how far by a quantile's unit."""
    assert leaf.scale is not None
    worst, best = (int((end - held.base) / held.step) for end in (leaf.scale.worst, leaf.scale.best))
    less, more = (low, high) if worth.rising else (high, low)
    less, more = np.where(low < 0, worst, less), np.where(low < 0, best, more)
    return less, (more - less) // WHOLE, None


def _categories(leaf: Criterion, low: Ints, high: Ints) -> tuple[Ints, Ints, Ints]:
    """The first of the categories in the order of points, and how many."""
    points = leaf.points_of_levels
    order = np.array(sorted(range(len(points)), key=lambda place: (points[place], place)))
    rank = np.argsort(order)
    first = np.where(low < 0, 0, rank[low.astype(np.int64)])
    last = np.where(low < 0, len(points) - 1, rank[high.astype(np.int64)])
    return first, last - first + 1, order


def _rates(case: Case) -> tuple[Ints, int]:
    """The exchange rate of every project, int64[n], over one denominator."""
    column = case.register.columns["class"]
    rates = [exchange_rate(case, level) for level in column.levels] or [Fraction(1)]
    over = lcm(*(each.denominator for each in rates))
    return np.array([int(each * over) for each in rates], dtype=np.int64)[column.codes], over


def _kind(most: int, worths: Sequence[Worth], unit: int, rate: int) -> tuple[type, int]:
    """The numbers to count in, and how many bits of a weight at once, with scores up to ``most`` steps."""
    steps = 2 * max(worth.largest for worth in worths) * (1 + most)
    bends = max((abs(each) for worth in worths for each in worth.bends), default=0)
    full = FULL * unit * rate
    if max(steps, bends, full * FINEST) < EXACT:
        return np.float64, 30
    if max(steps, bends, full << DIGIT) < EXACT:
        return np.float64, DIGIT
    return object, 30
