"""The weights that statements allow: corners in whole numbers, and which statements clash where there are
none.

Weights sum to one, so every statement is a row ``a`` with ``a · w >= 0`` (a least weight ``l`` of the first
of three is ``(1 - l, -l, -l)``). The double description method (Motzkin et al. 1953) cuts the cone of all
weights by one row after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

Coefs = tuple[Fraction, ...]
MOST_CORNERS = 1_000  # eleven criteria, each within an interval, may have more


@dataclass(frozen=True)
class Said:
    """One thing that was said about weights: as a formula, and as rows ``a · w >= 0``."""

    text: str
    rows: tuple[Coefs, ...]


@dataclass(frozen=True)
class Corner:
    """A corner in whole numbers, to be divided by their sum. ``tight`` has the bit of every row that holds
    with equality there: first the rows ``w_i >= 0``, then those of the statements."""

    whole: tuple[int, ...]
    tight: int

    @property
    def weights(self) -> tuple[Fraction, ...]:
        """The weights there, summing to one."""
        total = sum(self.whole)
        return tuple(Fraction(each, total) for each in self.whole)


class TooManyCorners(Exception):
    """The statements leave a body of more corners than are gone through."""


def corners(count: int, said: Sequence[Said]) -> list[Corner]:
    """The corners of all weights of ``count`` criteria that fit what was said; none where nothing fits.

    Raises :class:`TooManyCorners`.
    """
    everything = (1 << count) - 1
    found = [
        Corner(tuple(int(at == own) for at in range(count)), everything & ~(1 << own)) for own in range(count)
    ]
    rows = [_whole(row) for each in said for row in each.rows]
    for at, row in enumerate(rows, count):
        found = _cut(found, row, 1 << at, count - 2)
        if len(found) > MOST_CORNERS:
            raise TooManyCorners
    return found


def clash(count: int, said: Sequence[Said]) -> tuple[Said, ...]:
    """Some of what was said that cannot all hold, though it could without any one of them."""
    kept = list(said)
    for each in said:
        without = [other for other in kept if other is not each]
        if not corners(count, without):
            kept = without
    return tuple(kept)


def _whole(row: Coefs) -> tuple[int, ...]:
    unit = lcm(*(each.denominator for each in row))
    return tuple(int(each * unit) for each in row)


def _cut(found: list[Corner], row: tuple[int, ...], bit: int, edge: int) -> list[Corner]:
    """The corners of what is left where ``row · w >= 0`` is asked as well; neighbours have at least ``edge``
    tight rows in common."""
    sides = [sum(a * w for a, w in zip(row, each.whole, strict=True)) for each in found]
    kept = [
        each if side else Corner(each.whole, each.tight | bit)
        for side, each in zip(sides, found, strict=True)
        if side >= 0
    ]
    inside = [(side, each) for side, each in zip(sides, found, strict=True) if side > 0]
    beyond = [(side, each) for side, each in zip(sides, found, strict=True) if side < 0]
    every = [each.tight for each in found]
    for above, one in inside:
        for below, other in beyond:
            common = one.tight & other.tight
            if common.bit_count() >= edge and _neighbours(common, every):
                whole = [above * b - below * a for a, b in zip(one.whole, other.whole, strict=True)]
                shared = gcd(*whole)
                kept.append(Corner(tuple(each // shared for each in whole), common | bit))
    return kept


def _neighbours(common: int, every: list[int]) -> bool:
    """Whether two corners alone lie on all the rows that they have in common."""
    lying = 0
    for tight in every:
        lying += tight & common == common
        if lying > 2:
            return False
    return True
