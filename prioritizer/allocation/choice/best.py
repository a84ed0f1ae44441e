"""The best plan in whole million VND, and the tie rule's among equals.

A plan that rounding found is near the exact optimum, but a million is much beside a small case, and other
answers may suit whole millions better. So all whole plans that could be worth as much are gone through in
exact arithmetic: around the optimum of the relaxation, or around that of every pattern of answers that could
be worth as much. Where they are too many, HiGHS is asked for a better one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

import numpy as np

from prioritizer.allocation.choice.alike import completing
from prioritizer.allocation.choice.around import plans_around, reaches
from prioritizer.allocation.choice.gates import closed
from prioritizer.allocation.choice.levels import over_levels
from prioritizer.allocation.choice.relaxed import Relaxed, gain_at, gain_of, relaxation, standing_at
from prioritizer.allocation.choice.rivals import NODES, Ask, excluding, rounded
from prioritizer.allocation.choice.ties import Settled
from prioritizer.allocation.choice.whole import holds, least_broken, searched, worth
from prioritizer.allocation.exact.simplex import Vertex, optimal_vertex
from prioritizer.allocation.program import Formulation, Program
from prioritizer.allocation.solvers.highs import Basis
from prioritizer.errors import Defect
from prioritizer.model import Ints

_PATTERNS = 24  # of answers, around each of which whole plans are sought


@dataclass(frozen=True)
class Whole:
    """A plan in whole millions, int64[columns]; whether the search for a better one came to its end; and all
    that are ``equal`` to it, itself among them, or ``None`` where they are not known."""

    level: Ints
    finished: bool
    equal: tuple[Ints, ...] | None


@dataclass(frozen=True)
class _Region:
    """Plans over some columns, ``free``, the others standing ``still``: their relaxation, and what is gained
    at its optimum, with what stands still."""

    relaxed: Relaxed
    free: Ints
    still: Ints
    gain: Fraction

    def level(self, own: Ints) -> Ints:
        level = self.still.copy()
        level[self.free] = own
        return level


def best_whole(form: Formulation, root: Vertex, level: Ints, ask: Ask) -> Whole:
    """The best whole plan, from one that is at hand; ``root`` is the optimum of the relaxation."""
    made = over_levels(form)
    if made is not None:
        relaxed = standing_at(made, root if made is form.program else _again(made, root.basis))
        every = _Region(relaxed, np.arange(len(level)), np.zeros_like(level), relaxed.bound)
        found = _best_of(form, [every], level, sought=form.program.linear)
        if form.program.linear or (found is not None and found.equal is not None):
            return found or Whole(level, False, None)
        regions = _by_pattern(form, made, level, ask)
        apart = None if regions is None else _best_of(form, regions, level, sought=True)
        if apart is not None and (found is None or apart.equal is not None):
            return apart
        if found is not None:
            return found
    needed = worth(form, level)
    lower, upper = reaches(form.program, root, gain_at(form.program, root) - needed, form.levels_per_unit)
    other, finished = _sought(form, lower, upper, needed)
    return Whole(level if other is None else other, finished, None)


def _again(made: Program, start: Basis) -> Vertex:
    root = optimal_vertex(made, start)
    if root is None:
        raise Defect("a program lost its optimum in other units")
    return root


def _best_of(form: Formulation, regions: Sequence[_Region], level: Ints, sought: bool) -> Whole | None:
    """The best plan of all regions; ``None`` where one has too many plans and none may be ``sought``."""
    gain, equal, finished, known = worth(form, level), [level], True, True
    for region in regions:
        plans, ended, all_known = _listed(form, region, gain)
        if not ended and sought:
            plans, ended = _searched_region(form, region, gain)
        elif not ended:
            return None
        if plans and worth(form, plans[0]) > gain:
            gain, equal = worth(form, plans[0]), []
        equal += plans
        finished, known = finished and ended, known and all_known
    return Whole(equal[0], finished, tuple(equal) if known else None)


def _listed(form: Formulation, region: _Region, needed: Fraction) -> tuple[list[Ints], bool, bool]:
    """The best whole plans of a region, if they gain what is needed; whether there are no better ones, and
    none beside them as good."""
    if region.gain < needed:
        return [], True, True
    near = plans_around(region.relaxed.program, region.relaxed.root, region.gain - needed)
    for _, alike in groupby(near.plans or (), key=lambda each: each.lost):
        held = [level for each in alike if holds(form, level := region.level(each.level))]
        if held:
            return held, True, True
    return [], near.none_better or near.plans is not None, near.plans is not None


def _searched_region(form: Formulation, region: _Region, needed: Fraction) -> tuple[list[Ints], bool]:
    """A better plan of a region, if the solver finds one, and whether it finished."""
    program, root, room = region.relaxed.program, region.relaxed.root, region.gain - needed
    lower, upper = reaches(program, root, room, np.ones_like(program.upper))
    other, finished = _sought(form, region.level(lower), region.level(upper), needed)
    return ([] if other is None else [other]), finished


def _sought(form: Formulation, lower: Ints, upper: Ints, needed: Fraction) -> tuple[Ints | None, bool]:
    """A better plan that the solver finds between two bounds, and whether it finished."""
    other, finished = searched(form, lower, upper, needed)
    other = None if other is None else least_broken(form, other)
    return (other if other is not None and worth(form, other) > needed else None), finished


# ------------------------------------------------------------------ patterns of answers


def _by_pattern(form: Formulation, made: Program, level: Ints, ask: Ask) -> list[_Region] | None:
    """All patterns of answers with which amounts of any size gain as much as a plan; ``None`` where they are
    too many, or the search for them was given up."""
    money = form.mvnd_per_unit // form.levels_per_unit
    program, _ = closed(made, dict(enumerate(level.tolist())), money)
    needed, found, apart = worth(form, level), list[_Region](), list[dict[int, int]]()
    while len(apart) < _PATTERNS:
        answer = ask(excluding(program, apart), None, NODES, float(needed))
        if answer.values is None:
            return found if answer.finished else None
        apart.append(rounded(program, answer))
        region = _region(program, apart[-1])
        if region is not None and region.gain >= needed:
            found.append(region)
        elif region is not None:
            return found if answer.finished else None
    return None


def _region(program: Program, pattern: dict[int, int]) -> _Region | None:
    rest = completing(program, program.whole, pattern)
    relaxed = None if rest is None else relaxation(rest)
    if relaxed is None:
        return None
    still = np.zeros_like(program.upper)
    still[list(pattern)] = list(pattern.values())
    return _Region(relaxed, np.flatnonzero(~program.whole), still, relaxed.bound + gain_of(program, pattern))


# ------------------------------------------------------------------ one among equals


def settled_whole(
    form: Formulation, whole: Whole, settled: Settled, order: Ints, keep: bool
) -> tuple[Ints, Settled]:
    """The tie rule's plan among equals, and what others give; with ``keep`` the one at hand, if it is best.

    Where the equals are not known, what is said of the exact plan's stays, but not that there are none.
    """
    if whole.equal is None:
        return whole.level, replace(settled, unique=settled.unique and None)
    level = whole.level if keep else max(whole.equal, key=lambda each: _key(form, each, order))
    money = form.mvnd_per_unit // form.levels_per_unit
    moved = (level - np.min(whole.equal, axis=0)) * money
    differ = np.flatnonzero(np.ptp(whole.equal, axis=0) * money).tolist()
    return level, replace(settled, unique=not differ, moved=Fraction(int(moved.sum())), tied=tuple(differ))


def _key(form: Formulation, level: Ints, order: Ints) -> tuple[int, ...]:
    """What the rule compares, the first difference deciding: money that adds nothing, money column by column,
    answers no before yes."""
    money = level * (form.mvnd_per_unit // form.levels_per_unit)
    idle = int(money[form.program.gain_num == 0].sum())
    answers = level[form.mvnd_per_unit == 0].tolist()
    return (-idle, *money[order].tolist(), *(-each for each in answers))
