"""Means of what several assessors say of each project, as exact sums with what they are to be divided by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

import numpy as np

from prioritizer.model import Codes, Ints

_BLOCK = 16_384  # projects at once: what ten assessors say of them stays in the processor's cache

# Per project the sum of the judgements that count, and by what it is to be divided: one number for all, or
# one for each, 0 where nobody judged.
Mean = tuple[Ints, "int | Ints"]
Places = Callable[[int], range]


def median_places(judged: int) -> range:
    """The middle one of so many judgements in order, or the middle two."""
    return range((judged - 1) // 2, judged // 2 + 1)


def trimmed_places(trim: Fraction) -> Places:
    """Of so many judgements in order all but the share ``trim`` at each end, in whole judgements."""

    def places(judged: int) -> range:
        dropped = int(trim * judged)
        return range(dropped, judged - dropped)

    return places


def ordered_mean(codes: Codes, steps: Ints | None, places: Places) -> Mean:
    """The mean of the judgements at ``places``, in order: of ``codes`` [assessors, n], -1 where not judged.

    ``steps`` says what every code is worth, in whole steps; ``None``: as many as the code says. Its last
    entry is 0, for -1.
    """
    blocks = [
        _ordered_block(codes[:, start : start + _BLOCK], steps, places)
        for start in range(0, codes.shape[1], _BLOCK)
    ]
    return _joined(blocks)


def _ordered_block(codes: Codes, steps: Ints | None, places: Places) -> Mean:
    assessors = len(codes)
    if codes.min() >= 0:
        wanted = places(assessors)
        rows = _in_order(codes, wanted)
        return _sum([rows[place] for place in wanted], steps), len(wanted)
    rows, judged = _in_order(codes, range(assessors)), (codes >= 0).sum(axis=0)
    sums: Ints = np.zeros(codes.shape[1], dtype=np.int64 if steps is None else steps.dtype)
    divisors = np.zeros(codes.shape[1], dtype=np.int64)
    for count in range(1, assessors + 1):
        mine = np.flatnonzero(judged == count)
        wanted = places(count)
        if len(mine):  # those who did not judge stand first
            sums[mine] = _sum([rows[assessors - count + place][mine] for place in wanted], steps)
            divisors[mine] = len(wanted)
    return sums, divisors


def _sum(rows: list[Codes], steps: Ints | None) -> Ints:
    total: Ints = rows[0].astype(np.int64) if steps is None else steps[rows[0]]
    for row in rows[1:]:
        total = total + (row if steps is None else steps[row])
    return total


def _in_order(codes: Codes, wanted: range) -> list[Codes]:
    """The rows of ``codes`` with every column put in order; only those at ``wanted`` are right."""
    rows, spare = list(codes.copy()), np.empty_like(codes[0])
    for one, other, lower, upper in _comparisons(len(rows), wanted):
        if lower:
            np.minimum(rows[one], rows[other], out=spare)
        if upper:
            np.maximum(rows[one], rows[other], out=rows[other])
        if lower:
            rows[one], spare = spare, rows[one]
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


def weighted_mean(codes: Codes, steps: Ints | None, weights: list[int]) -> Mean:
    """The mean of all judgements of ``codes`` [assessors, n], each counted as often as its weight says."""
    blocks = [
        _weighted_block(codes[:, start : start + _BLOCK], steps, weights)
        for start in range(0, codes.shape[1], _BLOCK)
    ]
    return _joined(blocks)


def _weighted_block(codes: Codes, steps: Ints | None, weights: list[int]) -> Mean:
    everyone = bool(codes.min() >= 0)
    if steps is None and set(weights) == {1}:
        sums: Ints = codes.sum(axis=0, dtype=np.int32 if len(codes) < 2**16 else np.int64)
        missing = 0 if everyone else (codes < 0).sum(axis=0)
        return sums + missing, len(codes) if everyone else len(codes) - missing
    total = np.zeros(codes.shape[1], dtype=np.int64 if steps is None else steps.dtype)
    for row, weight in zip(codes, weights, strict=True):
        total += weight * (np.maximum(row, 0).astype(np.int64) if steps is None else steps[row])
    if everyone:
        return total, sum(weights)
    return total, np.array(weights, dtype=object if max(weights) > 2**40 else np.int64) @ (codes >= 0)


def _joined(blocks: list[Mean]) -> Mean:
    sums = np.concatenate([sums for sums, _ in blocks])
    first = blocks[0][1]
    if isinstance(first, int) and all(isinstance(by, int) and by == first for _, by in blocks):
        return sums, first
    divisors = [np.full(len(sums), by) if isinstance(by, int) else by for sums, by in blocks]
    return sums, np.concatenate(divisors)
