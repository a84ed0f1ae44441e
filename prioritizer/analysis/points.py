"""What every leaf is worth for every project, before weights: points out of 100 at the end that counts."""

from __future__ import annotations

from fractions import Fraction

from prioritizer.model import CLASSES, Case, Ints
from prioritizer.scoring.values import counted_end, exact_ends
from prioritizer.scoring.weights import UNCLASSED


def leaf_points(case: Case) -> Ints:
    """The points of every project on every leaf, out of 100: int64[n, leaves] in 1e-4 point.

    Raises ``ValueError`` for a register with given values.
    """
    if case.criteria is None or case.assessments is None:
        raise ValueError("values are given, not made of points")
    alone = {leaf.id: Fraction(1) for leaf in case.criteria.leaves}
    return counted_end(case, *exact_ends(case, dict.fromkeys((UNCLASSED, *CLASSES), alone))).T
