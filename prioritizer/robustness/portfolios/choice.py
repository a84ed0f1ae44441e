"""What there is to choose among: projects of yes or no, what each is worth at every corner of what is
allowed, and how much it uses of every limit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd
from typing import cast

import numpy as np

from prioritizer.allocation.program import FREE, SAFE, Program
from prioritizer.errors import Fault, InputFaults
from prioritizer.model import Bools, Ints
from prioritizer.robustness.portfolios.digits import Digits, Floats, digits_for


@dataclass(frozen=True)
class Choice:
    """``low`` and ``high``, Python integers [corners, n]: what every project adds at every corner of the
    allowed weights, its scores at their worst and at their best. ``uses``, int64[n, sides], of which no
    portfolio may have more than ``caps``, int64[sides], together. ``idle``, int64[n], is the money of
    projects that add nothing whatever is allowed, 0 of all others: it is better left in reserve."""

    low: Ints
    high: Ints
    uses: Ints
    caps: Ints
    idle: Ints

    @cached_property
    def digits(self) -> Digits:
        """How sums over all projects and corners are written exactly."""
        largest = int(np.abs(np.concatenate([self.low, self.high])).max(initial=0))
        return digits_for(largest, 4 * self.low.size)

    @cached_property
    def low_digits(self) -> Floats:
        """float64[digits, n, corners]."""
        return self.digits.of(self.low.T)

    @cached_property
    def high_digits(self) -> Floats:
        """float64[digits, n, corners]."""
        return self.digits.of(self.high.T)

    @cached_property
    def uncertain(self) -> Ints:
        """The projects whose worth is not certain at some corner."""
        return np.flatnonzero((self.low != self.high).any(axis=0))

    def differences(self, one: Bools, other: Bools, gains: bool = False) -> Ints:
        """By how much portfolios ``one`` are worth more than ``other``, row by row, bool[k, n], at every
        corner: at least or, where it ``gains``, at most. Whole numbers [k, corners]."""
        only, missed = (one & ~other).astype(object), (other & ~one).astype(object)
        best, worst = (self.high, self.low) if gains else (self.low, self.high)
        difference = only @ best.T - missed @ worst.T
        return cast(Ints, difference)


def choice_of(program: Program, columns: Ints, money: Ints, low: Ints, high: Ints) -> Choice:
    """The choice among some columns of a program, yes or no each, all others being 0; ``money``, int64[n], is
    what the funds pay for each."""
    place = {column: at for at, column in enumerate(columns.tolist())}
    uses, caps = [], []
    for row in program.rows:
        own = [0] * len(columns)
        for column, coef in row.table.items():
            if column in place:
                own[place[column]] = coef
        unit = gcd(*own) or 1
        for way, cap, bound in ((1, row.upper, row.upper < FREE), (-1, -row.lower, row.lower > -FREE)):
            use = [way * coef // unit for coef in own]
            if bound and sum(max(0, each) for each in use) > cap // unit:
                uses.append(use)
                caps.append(cap // unit)
    if any(sum(map(abs, use)) + abs(cap) >= SAFE for use, cap in zip(uses, caps, strict=True)):
        raise InputFaults([Fault("portfolios_too_fine")])
    together = np.array(uses, dtype=np.int64).reshape(-1, len(columns)).T
    adds = ((low != 0) | (high != 0)).any(axis=0)
    return Choice(low, high, together, np.array(caps, dtype=np.int64), np.where(adds, 0, money))
