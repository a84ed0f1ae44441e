"""What columns gain, as it follows from what the projects are worth: known once, then a product per draw."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.allocation.program import Formulation
from prioritizer.model import Ints

EXACT = 2**52  # whole numbers below it are exact in float64, and so are their sums of two


@dataclass(frozen=True)
class Gains:
    """A unit of column *c* gains ``(slope[c] · v + fixed[c]) / den[c]``, where ``v``, in 1e-4 point, is what
    its project, row ``project[c]``, is worth; int64[columns] each. Columns of no project have slope 0."""

    slope: Ints
    fixed: Ints
    den: Ints
    project: Ints

    def over_den(self, values_e4: Ints) -> Ints:
        """The gains times their denominators, int64[draws, columns], of values int64[draws, n]."""
        return values_e4[:, self.project] * self.slope + self.fixed

    def largest(self, most_e4: int) -> int:
        """What no gain times its denominator exceeds by size while no value exceeds ``most_e4``."""
        return int((np.abs(self.slope) * float(most_e4) + np.abs(self.fixed)).max(initial=0)) + 1


def gains_between(nothing: Formulation, one: Formulation) -> Gains | None:
    """The gains of a case, from its program where all projects are worth 0 and that where all are worth 1;
    ``None`` where numbers are too large."""
    laws = [_law(*each) for each in zip(_gains(nothing), _gains(one), strict=True)]
    if any(abs(number) >= EXACT for law in laws for number in law):
        return None
    slope, fixed, den = np.array(laws, dtype=np.int64).reshape(-1, 3).T
    return Gains(slope, fixed, den, np.maximum(nothing.project_of, 0))


def _gains(form: Formulation) -> list[Fraction]:
    program = form.program
    pairs = zip(program.gain_num.tolist(), program.gain_den.tolist(), strict=True)
    return [Fraction(num, den) for num, den in pairs]


def _law(at_nothing: Fraction, at_one: Fraction) -> tuple[int, int, int]:
    slope = at_one - at_nothing
    den = lcm(slope.denominator, at_nothing.denominator)
    return int(slope * den), int(at_nothing * den), den
