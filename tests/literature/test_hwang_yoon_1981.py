"""Hwang and Yoon, "Multiple Attribute Decision Making" (Springer 1981): the choice of a fighter aircraft.

Six attributes, of which the price is a cost: turned round by its sign, which leaves distances as they are.
"""

import numpy as np
import pytest

from prioritizer.analysis.agreement import shared_ranks
from prioritizer.analysis.methods import topsis

AIRCRAFT = np.array(
    [
        [2.0, 1500, 20000, -5.5, 5, 9],
        [2.5, 2700, 18000, -6.5, 3, 5],
        [1.8, 2000, 21000, -4.5, 7, 7],
        [2.2, 1800, 20000, -5.0, 5, 5],
    ]
)
WEIGHTS = np.array([0.2, 0.1, 0.1, 0.1, 0.2, 0.3])


def test_the_closeness_to_the_ideal_is_the_published_one():
    closeness = topsis(AIRCRAFT, WEIGHTS)
    assert closeness == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=1e-3)
    assert shared_ranks(closeness).tolist() == [1, 4, 2, 3]
