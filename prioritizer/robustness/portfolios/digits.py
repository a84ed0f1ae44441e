"""Whole numbers of any size in arrays, as digits that float64 and int64 hold exactly, with sums of many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.model import Ints

Floats = npt.NDArray[np.float64]
_EXACT = 52  # bits up to which float64 has every whole number, one kept for the sign


@dataclass(frozen=True)
class Digits:
    """How numbers are written: ``count`` digits of ``bits`` bits, the lowest first; the highest has the sign.

    A single digit is the number itself.
    """

    bits: int
    count: int

    def of(self, numbers: Ints) -> Floats:
        """Python's own whole numbers as float64[count, ...]."""
        found, left = [], numbers.astype(object)
        for _ in range(self.count - 1):
            found.append((left % (1 << self.bits)).astype(np.float64))
            left = left // (1 << self.bits)
        return np.array([*found, left.astype(np.float64)])

    def carried(self, sums: Floats) -> Ints:
        """Sums of digits, [count, ...], with every digit but the highest below its base again."""
        digits = sums.astype(np.int64)
        for at in range(self.count - 1):
            over = digits[at] >> self.bits
            digits[at] -= over << self.bits
            digits[at + 1] += over
        return digits

    def order(self, sums: Floats) -> Ints:
        """Whole numbers in the same order as the sums, [count, k], equal where these are equal: int64[k]."""
        digits = self.carried(sums)
        if self.count == 1:
            alone: Ints = digits[0]
            return alone
        return places(digits)


def places(keys: Ints) -> Ints:
    """Whole numbers in the order of ``keys``, int64[keys, k], the last of which counts most, equal where all
    of them are: int64[k]."""
    by_size = np.lexsort(keys)
    rises = (np.diff(keys[:, by_size], axis=1) != 0).any(axis=0)
    place = np.empty(keys.shape[1], dtype=np.int64)
    place[by_size] = np.concatenate([np.zeros(1, np.int64), np.cumsum(rises)])[: len(by_size)]
    return place


def digits_for(largest: int, terms: int) -> Digits:
    """Digits in which so many terms, none larger than ``largest`` by size, add up exactly."""
    room = _EXACT - max(1, terms).bit_length()
    if largest.bit_length() <= room:
        return Digits(room, 1)
    return Digits(room, -(-(largest.bit_length() + 1) // room))
