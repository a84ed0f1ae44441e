"""Limits of which any two are apart or one within the other: the shape that most rules of a budget have.

Columns are laid out so that every limit is a range of them, *span* by span: a span belongs to the smallest
limit around it. Limits of one *tier* are apart, and hold only limits of the tiers before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from prioritizer.allocation.program import FREE, Formulation, Program
from prioritizer.model import Ints


@dataclass(frozen=True)
class Tier:
    """Limits that are apart: ``first`` and ``stop``, int64[limits], are their ranges in the layout, by
    place, ``lower`` and ``upper`` their bounds. ``place``, int64[m], are the places of all their columns,
    ``limit`` which of them each belongs to."""

    first: Ints
    stop: Ints
    lower: Ints
    upper: Ints
    place: Ints
    limit: Ints


@dataclass(frozen=True)
class Nested:
    """Nested limits over the columns that can hold money.

    ``columns``, int64[places], is the layout, ``most`` what each can hold. ``starts``, int64[spans], are the
    spans' first places; ``around``, int64[spans], the smallest limit around each. Limits are numbered tier by
    tier, ``parent``, int64[limits], is the smallest limit around a limit; -1 where there is none.
    """

    columns: Ints
    most: Ints
    tiers: tuple[Tier, ...]
    starts: Ints
    around: Ints
    parent: Ints


def nested(form: Formulation) -> Nested | None:
    """The limits of a linear program with one column a project, if they are nested and add up money as it
    is; ``None`` otherwise."""
    program = form.program
    active = np.flatnonzero(program.upper > 0)
    project = form.project_of[active]
    if not form.plain or not program.linear or (form.mvnd_per_unit[active] != 1).any():
        return None
    if len(np.unique(project)) < len(project) or not len(active):
        return None
    limits = _limits(program)
    return None if limits is None or not _is_nested(list(limits)) else _laid_out(program, active, limits)


def _limits(program: Program) -> dict[frozenset[int], tuple[int, int]] | None:
    """The bounds of the rows by the columns that they add up; ``None`` where one does more than add."""
    can_hold = program.upper > 0
    found: dict[frozenset[int], tuple[int, int]] = {}
    for row in program.rows:
        own = can_hold[row.columns]
        if (row.coefs[own] != 1).any():
            return None
        if own.any():
            members = frozenset(row.columns[own].tolist())
            lower, upper = found.get(members, (-FREE, FREE))
            found[members] = max(lower, row.lower), min(upper, row.upper)
    return found


def _is_nested(limits: list[frozenset[int]]) -> bool:
    """Whether any two are apart or one within the other: each is, going down in size, within one limit that
    stands around all its columns, or within none."""
    smallest: dict[int, int] = {}
    for at, members in enumerate(sorted(limits, key=lambda each: -len(each))):
        if len({smallest.get(column) for column in members}) > 1:
            return False
        smallest.update(dict.fromkeys(members, at))
    return True


def _laid_out(program: Program, active: Ints, limits: dict[frozenset[int], tuple[int, int]]) -> Nested:
    sets = sorted(limits, key=lambda each: (len(each), min(each)))
    parent, height = _family(sets)
    by_tier = np.argsort(height, kind="stable")
    number = np.empty_like(by_tier)
    number[by_tier] = np.arange(len(sets))
    paths = _paths(sets, parent, active)
    order = sorted(range(len(active)), key=lambda at: paths[at])
    columns = active[order]
    place = {column: at for at, column in enumerate(columns.tolist())}
    around = np.array([number[paths[at][-1]] if paths[at] else -1 for at in order], dtype=np.int64)
    starts = np.flatnonzero(np.diff(around, prepend=-2))
    tiers = []
    for tier in range(int(height.max(initial=-1)) + 1):
        own = [sets[at] for at in by_tier.tolist() if height[at] == tier]
        tiers.append(_tier(own, [limits[each] for each in own], place))
    outer = np.array([number[up] if up >= 0 else -1 for up in parent[by_tier].tolist()], dtype=np.int64)
    return Nested(columns, program.upper[columns], tuple(tiers), starts, around[starts], outer)


def _family(sets: list[frozenset[int]]) -> tuple[Ints, Ints]:
    """The smallest set around every set, -1 for none, and how many tiers lie below it; sets by size."""
    parent, height = np.full(len(sets), -1), np.zeros(len(sets), dtype=np.int64)
    for at, members in enumerate(sets):
        one = next(iter(members))
        outer = (up for up in range(at + 1, len(sets)) if one in sets[up])
        parent[at] = next(outer, -1)
        if parent[at] >= 0:
            height[parent[at]] = max(height[parent[at]], height[at] + 1)
    return parent, height


def _paths(sets: list[frozenset[int]], parent: Ints, active: Ints) -> list[tuple[int, ...]]:
    """The sets around every column, the outermost first."""
    smallest: dict[int, int] = {}
    for at in reversed(range(len(sets))):
        smallest.update(dict.fromkeys(sets[at], at))
    paths: dict[int, tuple[int, ...]] = {-1: ()}
    for at in reversed(range(len(sets))):
        paths[at] = (*paths[int(parent[at])], at)
    return [paths[smallest.get(column, -1)] for column in active.tolist()]


def _tier(sets: list[frozenset[int]], bounds: list[tuple[int, int]], place: dict[int, int]) -> Tier:
    first = np.array([min(place[column] for column in each) for each in sets], dtype=np.int64)
    size = np.array([len(each) for each in sets], dtype=np.int64)
    limit = np.repeat(np.arange(len(sets)), size)
    within = np.arange(len(limit)) - np.repeat(np.cumsum(size) - size, size)
    # Money below 0 or above all there is never counts.
    lower = np.array([max(0, low) for low, _ in bounds], dtype=np.int64)
    upper = np.array([min(high, 2**60) for _, high in bounds], dtype=np.int64)
    return Tier(first, first + size, lower, upper, first[limit] + within, limit)
