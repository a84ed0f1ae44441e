"""Weights finer than 64 bits take, as elicited ones at two levels of the tree are: exact and quick.

The weights are taken apart into digits to a base; each digit's totals fit into 64 bits. Put together in
floating point they tell the rounded value wherever it is not nearly half-way between two; there, and only
there, it is worked out in Python's own integers. So no value rests on floating point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.model import Ints
from prioritizer.results import E4

Weights = Mapping[str, Mapping[str, Fraction]]

_BITS = 20
# A sum of less than 100 products of numbers that are each rounded to 53 bits is off by less than this part.
_OFF = 2.0**-44


def digits(weights: Weights) -> tuple[list[Weights], int]:
    """Weights as whole numbers over one denominator, which is returned too, digit by digit, lowest first."""
    over = lcm(*(each.denominator for own in weights.values() for each in own.values()))
    most = max(int(each * over) for own in weights.values() for each in own.values())
    return [_digit(weights, over, at) for at in range(0, most.bit_length(), _BITS)], over


def _digit(weights: Weights, over: int, at: int) -> Weights:
    return {
        class_: {leaf: Fraction(int(weight * over) >> at & 2**_BITS - 1) for leaf, weight in own.items()}
        for class_, own in weights.items()
    }


def rounded_digits(totals: Sequence[Ints], denominator: int) -> Ints:
    """Points as whole numbers of 1e-4, rounded half to even, of totals by digit, none of them negative."""
    places = [2 ** (_BITS * at) for at in range(len(totals))]
    value = np.zeros(len(totals[0]))
    for place, total in zip(places, totals, strict=True):
        value += total.astype(np.float64) * float(Fraction(place * E4, denominator))
    nearest: Ints = np.rint(value).astype(np.int64)
    half_way = np.abs(value - np.floor(value) - 0.5) <= (value + 1) * _OFF
    for row in np.flatnonzero(half_way).tolist():
        exact = sum(place * int(total[row]) for place, total in zip(places, totals, strict=True))
        nearest[row] = round(Fraction(exact * E4, denominator))
    return nearest
