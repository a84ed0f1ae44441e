"""Means of what several assessors say of each project, as exact sums with what they are to be divided by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from prioritizer.model import Codes, Ints

_BLOCK = 32_768  # projects at once: what ten assessors say of them stays in the processor's cache
_INT64_SAFE = 2**62

# By what the sums are to be divided: one number for all projects, or one for each, 0 where nobody judged.
Divisor = int | Ints
Places = Callable[[int], range]


@dataclass(frozen=True)
class Steps:
    """What codes are worth, in whole steps: ``of`` says it, its last entry 0 for the code -1; ``None``: as
    many as the code says. ``complete``: everybody judged everything, so that no code is -1."""

    of: Ints | None
    complete: bool = False

    def worth(self, codes: Codes) -> Ints:
        """What these codes are worth; what -1 is worth means nothing."""
        steps: Any = codes if self.of is None else self.of[codes]
        whole: Ints = steps
        return whole

    def all_judged(self, codes: Codes) -> bool:
        """Whether no code is -1."""
        return self.complete or bool(codes.min() >= 0)


def narrowest(largest: int) -> type:
    """The type of number that holds as much, and its negative."""
    for kind, most in ((np.int16, 2**15), (np.int32, 2**31), (np.int64, _INT64_SAFE)):
        if largest < most:
            return kind
    return object


def median_places(judged: int) -> range:
    """The middle one of so many judgements in order, or the middle two."""
    return range((judged - 1) // 2, judged // 2 + 1)


def trimmed_places(trim: Fraction) -> Places:
    """Of so many judgements in order all but the share ``trim`` at each end, in whole judgements."""

    def places(judged: int) -> range:
        dropped = int(trim * judged)
        return range(dropped, judged - dropped)

    return places


def ordered_sums(codes: Codes, steps: Steps, places: Places, out: Ints) -> Divisor:
    """The sum of the judgements at ``places``, in order, into ``out``, [n]: of ``codes`` [assessors, n], -1
    where not judged."""
    return _by_blocks(codes, out, lambda block, into: _ordered_block(block, steps, places, into))


def weighted_sums(codes: Codes, steps: Steps, weights: list[int], out: Ints) -> Divisor:
    """The sum of all judgements, each as often as its weight says, into ``out``, [n]."""
    return _by_blocks(codes, out, lambda block, into: _weighted_block(block, steps, weights, into))


def _by_blocks(codes: Codes, out: Ints, fill: Callable[[Codes, Ints], Divisor]) -> Divisor:
    starts = range(0, codes.shape[1], _BLOCK)
    found = [fill(codes[:, at : at + _BLOCK], out[at : at + _BLOCK]) for at in starts]
    if isinstance(found[0], int) and all(isinstance(by, int) and by == found[0] for by in found):
        return found[0]
    sizes = [min(_BLOCK, codes.shape[1] - at) for at in starts]
    return np.concatenate([np.broadcast_to(by, size) for by, size in zip(found, sizes, strict=True)])


def _ordered_block(codes: Codes, steps: Steps, places: Places, out: Ints) -> Divisor:
    assessors = len(codes)
    if steps.all_judged(codes):
        wanted = places(assessors)
        rows = _in_order(codes, wanted)
        _add([rows[place] for place in wanted], steps, out)
        return len(wanted)
    rows, judged = _in_order(codes, range(assessors)), _judged(codes)
    divisors: Ints = np.zeros(codes.shape[1], dtype=np.int64)
    for count in range(1, assessors + 1):
        mine, wanted = np.flatnonzero(judged == count), places(count)
        if len(mine):  # those who did not judge stand first
            own = np.empty(len(mine), dtype=out.dtype)
            _add([rows[assessors - count + place][mine] for place in wanted], steps, own)
            out[mine], divisors[mine] = own, len(wanted)
    return divisors


def _add(rows: list[Codes], steps: Steps, out: Ints) -> None:
    np.copyto(out, steps.worth(rows[0]), casting="unsafe")
    for row in rows[1:]:
        np.add(out, steps.worth(row), out=out, casting="unsafe")


def _judged(codes: Codes) -> Ints:
    """How many judged every project."""
    kind = np.int8 if len(codes) < 2**7 else np.int32
    judged: Ints = (codes >= 0).view(np.int8).sum(axis=0, dtype=kind)
    return judged


def _in_order(codes: Codes, wanted: range) -> list[Codes]:
    """The rows of ``codes`` with every column put in order; only those at ``wanted`` are right."""
    rows, spare = list(codes), [np.empty_like(codes[0]) for _ in range(len(codes) + 1)]
    fresh = [True] * len(codes)  # still the caller's own, which stay as they are
    for one, other, lower, upper in _comparisons(len(rows), wanted):
        low, high = rows[one], rows[other]
        if lower:
            rows[one] = np.minimum(low, high, out=spare.pop())
        if upper:
            rows[other] = np.maximum(low, high, out=spare.pop() if fresh[other] else high)
            fresh[other] = False
        if lower:
            if not fresh[one]:
                spare.append(low)
            fresh[one] = False
    return rows


@cache
def _comparisons(size: int, wanted: range) -> tuple[tuple[int, int, bool, bool], ...]:
    """The comparisons that put ``size`` things in order, as far as the places ``wanted`` need them: both
    places, and whether the lower and the upper of the two are needed."""
    needed, kept = set(wanted), []
    for one, other in reversed(list(_merges(size))):
        if {one, other} & needed:
            kept.append((one, other, one in needed, other in needed))
            needed |= {one, other}
    return tuple(reversed(kept))


def _merges(size: int) -> Iterator[tuple[int, int]]:
    """Batcher's merge exchange (Knuth, The Art of Computer Programming, 5.2.2, algorithm M)."""
    top = 1 << max(0, (size - 1).bit_length() - 1)
    span = top
    while span and size > 1:
        far, offset, distance = top, 0, span
        while True:
            yield from ((at, at + distance) for at in range(size - distance) if at & span == offset)
            if far == span:
                break
            distance, far, offset = far - span, far >> 1, span
        span >>= 1


def _weighted_block(codes: Codes, steps: Steps, weights: list[int], out: Ints) -> Divisor:
    complete, alike = steps.all_judged(codes), set(weights) == {1}
    if steps.of is None and alike:
        np.add.reduce(codes, axis=0, dtype=out.dtype, out=out)
        if complete:
            return len(codes)
        judged = _judged(codes)
        out += len(codes) - judged.astype(out.dtype)  # the -1 of those who did not
        return judged.astype(np.int64)
    np.copyto(out, 0)
    for row, weight in zip(codes, weights, strict=True):
        worth = np.maximum(row, 0) if steps.of is None else steps.of[row]
        np.add(out, np.multiply(worth, weight, dtype=out.dtype, casting="unsafe"), out=out)
    if complete:
        return sum(weights)
    heard: Ints = np.array(weights, dtype=narrowest(max(2**32, sum(weights)))) @ (codes >= 0)
    return heard
