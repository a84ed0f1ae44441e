"""Some corners of a polytope that has too many to go through, and proof that it is not empty."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog

from prioritizer.robustness.draws.polytope import Coefs, TooManyCorners
from prioritizer.robustness.draws.triangulation import Floats

_BY_CRITERION = 10  # corners looked for
_SEED = 1131


def some_corners(count: int, rows: Sequence[Coefs]) -> Floats:
    """The corners that are best in random directions, float64[corners, count].

    Their middle fits what was said with room to spare on every side, in exact arithmetic: so something fits,
    in all ``count - 1`` dimensions. Raises :class:`TooManyCorners` where that cannot be shown.
    """
    below, one = -np.array(rows, dtype=np.float64), np.ones((1, count))
    ways = np.random.default_rng(_SEED).standard_normal((_BY_CRITERION * count, count))
    solved = [linprog(way, below, np.zeros(len(rows)), one, [1], (0, 1), method="highs") for way in ways]
    if any(each.status != 0 for each in solved):
        raise TooManyCorners
    found = np.array([each.x for each in solved])
    middle = [Fraction(float(each)) for each in found.mean(axis=0)]
    inside = all(sum(a * w for a, w in zip(row, middle, strict=True)) > 0 for row in rows)
    if not inside or min(middle) <= 0 or np.linalg.matrix_rank(found - found[0]) < count - 1:
        raise TooManyCorners
    return found
