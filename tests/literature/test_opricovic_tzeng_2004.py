"""Opricovic and Tzeng, "Compromise solution by MCDM methods: a comparative analysis of VIKOR and TOPSIS",
European Journal of Operational Research 156 (2004), tables 1 to 3: the mountain climber.

Risk (a cost, turned round by its sign) and altitude, in two choices of units: VIKOR does not see the change,
TOPSIS with vector normalisation does.
"""

import numpy as np
import pytest

from prioritizer.analysis.agreement import shared_ranks
from prioritizer.analysis.methods import topsis, vikor

FIRST = np.array([[-1, 3000], [-2, 3750], [-5, 4500]], dtype=np.float64)
OTHER = np.array([[-6, 2.0], [-7, 2.75], [-10, 3.5]])
HALVES = np.array([0.5, 0.5])


@pytest.mark.parametrize("climbs", [FIRST, OTHER], ids=["first units", "other units"])
def test_vikor_prefers_the_middle_way_in_either_units(climbs):
    score = vikor(climbs, HALVES)
    assert 1 - score == pytest.approx([1, 0, 1])
    assert shared_ranks(score).tolist() == [2, 1, 2]


@pytest.mark.parametrize(
    "climbs, closeness", [(FIRST, [0.762, 0.722, 0.238]), (OTHER, [0.489, 0.612, 0.511])], ids=["1", "2"]
)
def test_topsis_depends_on_the_units(climbs, closeness):
    assert topsis(climbs, HALVES) == pytest.approx(closeness, abs=5e-4)
