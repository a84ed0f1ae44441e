"""Why one project is worth more than another: what every leaf adds to both values."""

from __future__ import annotations

from fractions import Fraction

from prioritizer.analysis.points import leaf_points
from prioritizer.model import Case
from prioritizer.results import Contrast, LeafContrast, Scores
from prioritizer.scoring.values import contributions
from prioritizer.scoring.weights import value_weights


def contrast(case: Case, scores: Scores, row: int, other: int) -> Contrast:
    """Two projects leaf by leaf, the greatest difference first, equals in the order of the tree.

    Raises ``ValueError`` for a register with given values.
    """
    points, adds = leaf_points(case), contributions(case)
    assert case.criteria is not None
    weights = [_weights_of(case, each) for each in (row, other)]
    leaves = [
        LeafContrast(
            leaf.id,
            (int(points[row, at]), int(points[other, at])),
            (weights[0][leaf.id], weights[1][leaf.id]),
            (int(adds[row, at]), int(adds[other, at])),
        )
        for at, leaf in enumerate(case.criteria.leaves)
    ]
    values = int(scores.value_e4[row]), int(scores.value_e4[other])
    by_size = sorted(leaves, key=lambda each: -abs(each.difference_e4))
    return Contrast((row, other), values, tuple(by_size))


def _weights_of(case: Case, row: int) -> dict[str, Fraction]:
    """What every leaf weighs in a project's value, its class's exchange rate included."""
    column = case.register.columns.get("class")
    return value_weights(case)[column[row] if column else ""]
