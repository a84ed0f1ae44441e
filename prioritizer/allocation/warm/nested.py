"""Limits of which any two are apart or one within the other: the shape that most rules of a budget have.

Rules of any other shape are left out, and looked at afterwards: the best plan without them is the best with
them wherever it keeps them. Which limits are left out can be chosen in some ways; all are worth a try.

Columns are laid out so that every limit is a range of them, *span* by span: a span belongs to the smallest
limit around it. Limits of one *tier* are apart, and hold only limits of the tiers before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from prioritizer.allocation.program import FREE, Formulation, Program, Row
from prioritizer.model import Ints

SAFE = 2**62


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
    tier, ``parent``, int64[limits], is the smallest limit around a limit; -1 where there is none. ``left``
    are the program's rows that are left out.
    """

    columns: Ints
    most: Ints
    tiers: tuple[Tier, ...]
    starts: Ints
    around: Ints
    parent: Ints
    left: LeftOut

    def kept(self, amount: Ints) -> npt.NDArray[np.bool_]:
        """Which plans, int64[draws, places], keep the rows that are left out, bool[draws]."""
        held = self.left.coefs @ amount.T
        lower, upper = self.left.lower[:, None], self.left.upper[:, None]
        fine: npt.NDArray[np.bool_] = ((lower <= held) & (held <= upper)).all(axis=0)
        return fine


@dataclass(frozen=True)
class LeftOut:
    """Rows over the layout: sparse int64[rows, places], and their bounds."""

    coefs: Any
    lower: Ints
    upper: Ints


def nestings(form: Formulation) -> list[Nested]:
    """Nested limits of a linear program with one column a project, in some choices, all of them first where
    they are nested; none for any other program."""
    program = form.program
    active = np.flatnonzero(program.upper > 0)
    project = form.project_of[active]
    plain = form.plain and program.linear and bool((form.mvnd_per_unit[active] == 1).all())
    if not plain or len(np.unique(project)) < len(project) or not len(active):
        return []
    rows = [at for at, row in enumerate(program.rows) if _adds_up(program, row)]
    orders = rows, rows[::-1], sorted(rows, key=lambda at: -len(program.rows[at].columns))
    choices = list(dict.fromkeys(tuple(sorted(_nested_among(program, order))) for order in orders))
    found = (_laid_out(program, active, choice) for choice in choices)
    return [each for each in found if each is not None]


def _adds_up(program: Program, row: Row) -> bool:
    """Whether a row adds up money as it is."""
    own = program.upper[row.columns] > 0
    return bool(own.any() and (row.coefs[own] == 1).all())


def _members(program: Program, at: int) -> frozenset[int]:
    columns = program.rows[at].columns
    return frozenset(columns[program.upper[columns] > 0].tolist())


def _nested_among(program: Program, rows: list[int]) -> list[int]:
    """As many of these rows as are nested, the first first."""
    chosen, sets = list[int](), list[frozenset[int]]()
    for at in rows:
        own = _members(program, at)
        if all(own <= other or other <= own or not own & other for other in sets):
            chosen.append(at)
            sets.append(own)
    return chosen


def _left_out(program: Program, columns: Ints, chosen: tuple[int, ...]) -> LeftOut | None:
    """The rows that are not chosen, over the layout; ``None`` where their numbers are too large."""
    rest = [row for at, row in enumerate(program.rows) if at not in set(chosen)]
    reach = max((row.largest * int(program.upper.sum()) for row in rest), default=0)
    if reach >= SAFE:
        return None
    coefs = np.zeros((len(rest), len(columns)), dtype=np.int64)
    place = np.full(len(program.columns), -1)
    place[columns] = np.arange(len(columns))
    for at, row in enumerate(rest):
        own = place[row.columns]
        coefs[at, own[own >= 0]] = row.coefs[own >= 0]
    lower = np.array([max(row.lower, -SAFE) for row in rest], dtype=np.int64)
    upper = np.array([min(row.upper, SAFE) for row in rest], dtype=np.int64)
    return LeftOut(csr_array(coefs), lower, upper)


def _laid_out(program: Program, active: Ints, chosen: tuple[int, ...]) -> Nested | None:
    limits: dict[frozenset[int], tuple[int, int]] = {}
    for row in chosen:
        members = _members(program, row)
        lower, upper = limits.get(members, (-FREE, FREE))
        limits[members] = max(lower, program.rows[row].lower), min(upper, program.rows[row].upper)
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
    left = _left_out(program, columns, chosen)
    if left is None:
        return None
    return Nested(columns, program.upper[columns], tuple(tiers), starts, around[starts], outer, left)


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
