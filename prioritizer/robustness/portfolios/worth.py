"""What whole projects add to a portfolio at every corner of what is allowed, exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from prioritizer.allocation import formulate
from prioritizer.allocation.plan import in_unit
from prioritizer.allocation.program import Formulation
from prioritizer.model import CLASSES, Case, Ints
from prioritizer.results import E4, Scores
from prioritizer.robustness.draws.weights import Allowed
from prioritizer.robustness.portfolios.corners import Corners, weight_corners
from prioritizer.scoring.values import exact_ends
from prioritizer.scoring.weights import UNCLASSED, exchange_rate

Points = list[list[Fraction]]  # by corner and project


@dataclass(frozen=True)
class Worth:
    """``low`` and ``high``, Python integers [corners, columns]: what funding the project of a column adds,
    its scores at their worst and at their best, in parts of ``unit`` by corner (of the objective's unit)."""

    low: Ints
    high: Ints
    unit: tuple[Fraction, ...]


@dataclass(frozen=True)
class Ends:
    """The least and the greatest value of every project at every corner, exact and not rounded, and the
    scores that make them differ, by row and leaf."""

    low: Points
    high: Points
    uncertain: tuple[tuple[int, int], ...] = ()


def value_ends_at_corners(case: Case, allowed: Allowed, counted: bool) -> Ends:
    """What all projects can be worth at every corner; where ``counted``, scores that are not certain stand as
    the scenario counts them. Given values have one corner and no interval."""
    given = case.register.given_e4
    if given is not None or case.criteria is None:
        assert given is not None
        values = [[Fraction(value, E4) for value in given.tolist()]]
        return Ends(values, values)
    low, high, scale = _points(case)
    if counted:
        end = case.scenario.eligibility.unassessed
        low = high = {"low": 2 * low, "mid": low + high, "high": 2 * high}[end]
        scale *= 2
    found = weight_corners(case, allowed)
    ends = _weighed(case, found, low, scale), _weighed(case, found, high, scale)
    matter = {leaf for weights in found.weights for own in weights for leaf in own}
    weighing = np.array([leaf.id in matter for leaf in case.criteria.leaves])
    rows, leaves = np.nonzero(((low != high) & weighing[:, None]).T)
    return Ends(*ends, tuple(zip(rows.tolist(), leaves.tolist(), strict=True)))


def _points(case: Case) -> tuple[Ints, Ints, int]:
    """Points at both ends of every score with the exchange rates, Python integers [leaves, n] over one
    number."""
    assert case.criteria is not None
    rates = {
        class_: dict.fromkeys((leaf.id for leaf in case.criteria.leaves), exchange_rate(case, class_))
        for class_ in (UNCLASSED, *CLASSES)
    }
    low, high, scale = exact_ends(case, rates)
    return low.astype(object), high.astype(object), scale


def _weighed(case: Case, corners: Corners, points: Ints, scale: int) -> Points:
    assert case.criteria is not None
    leaves = [leaf.id for leaf in case.criteria.leaves]
    found = []
    for weights in corners.weights:
        parts = lcm(*(weight.denominator for own in weights for weight in own.values()))
        table = np.array(
            [[int(own.get(leaf, Fraction(0)) * parts) for leaf in leaves] for own in weights], object
        )
        totals = (table[corners.of_project].T * points).sum(axis=0)
        found.append([Fraction(total, parts * scale) for total in totals.tolist()])
    return found


def worth_of(case: Case, scores: Scores, form: Formulation, columns: Ints, ends: Ends) -> Worth:
    """What the projects of some columns of the program add."""
    base, slope = _lines(case, scores, columns)
    rows = form.project_of[columns].tolist()
    low, high, units = [], [], []
    for worst, best in zip(ends.low, ends.high, strict=True):
        gains = [
            [start + rise * end[row] for start, rise, row in zip(base, slope, rows, strict=True)]
            for end in (worst, best)
        ]
        unit = common_part(*gains)
        low.append([int(gain / unit) for gain in gains[0]])
        high.append([int(gain / unit) for gain in gains[1]])
        units.append(in_unit(case, unit))
    shape = len(units), len(rows)
    return Worth(np.array(low, object).reshape(shape), np.array(high, object).reshape(shape), tuple(units))


def common_part(*numbers: Sequence[Fraction]) -> Fraction:
    """The greatest part of which all numbers are whole multiples; 1 where all are zero."""
    every = [number for each in numbers for number in each]
    unit = lcm(*(number.denominator for number in every))
    return Fraction(gcd(*(int(number * unit) for number in every)), unit) or Fraction(1)


def _lines(case: Case, scores: Scores, columns: Ints) -> tuple[list[Fraction], list[Fraction]]:
    """What funding a project gains at no value, and what each point adds: a gain is a straight line in it."""
    nothing = np.zeros_like(scores.value_e4)
    programs = [formulate(case, replace(scores, value_e4=nothing + points * E4)).program for points in (0, 1)]
    start, one = (
        [Fraction(int(program.gain_num[at]), int(program.gain_den[at])) for at in columns.tolist()]
        for program in programs
    )
    return start, [more - less for more, less in zip(one, start, strict=True)]
