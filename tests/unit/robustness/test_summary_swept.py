"""From draws to a sweep to what is said of it, on one small case."""

import numpy as np
import pytest

from prioritizer.robustness.allowed.shares import shares
from prioritizer.robustness.allowed.standing import classify
from prioritizer.robustness.draws.table import draw
from prioritizer.robustness.draws.weights import Allowed, groups
from prioritizer.robustness.summary.ranks import funded_at_central
from prioritizer.robustness.summary.summary import precise_enough, summarise
from prioritizer.robustness.sweeping.sweep import sweep
from tests.build import Project
from tests.properties.judged import FLAT, judged, tree

# Unit vectors, and a fourth that nobody puts first; money for one of them.
CASE = judged(
    [Project(10, 0)] * 4, tree(FLAT), [[10, 0, 0, 1], [0, 10, 0, 1], [0, 0, 10, 1]], envelope_mvnd=10
)


@pytest.fixture(scope="module")
def swept():
    draws = draw(CASE, 512, 1, "independent")
    return draws, sweep(CASE, draws)


def test_the_unit_vectors_share_the_money_evenly(swept):
    found = summarise(CASE, *swept)
    assert (found.draws, found.found, found.failed) == (512, 512, {})
    assert found.any_share.tolist() == pytest.approx([1 / 3] * 3 + [0], abs=0.02)
    assert (found.any_share == found.full_share).all() and found.any_share.sum() == 1
    assert found.ranks.of_rank[:, 0].tolist() == found.any_share.tolist()
    assert (np.abs(found.any_share[:3] - 1 / 3) < 4 * found.any_error[:3] + 1e-3).all()
    assert precise_enough(found, 0.02) and not precise_enough(found, 1e-4)


def test_central_weights_are_those_of_the_closed_form(swept):
    found = summarise(CASE, *swept)
    own, others = 11 / 18, 7 / 36
    expected = np.where(np.eye(3, dtype=bool), own, others)
    assert np.allclose(found.central_funded.weight[:3, 0] / 10**9, expected, atol=0.02)
    answers = funded_at_central(CASE, swept[0].of_class, found.central_funded)
    assert answers.tolist() == [True, True, True, None]


def test_the_bounds_bracket_the_sweep(swept):
    plans = swept[1]
    told = shares(CASE, groups(CASE, Allowed()), plans)
    assert told.bound_least_mvnd.tolist() == [0, 0, 0, 0]
    assert (plans.amount_mvnd <= told.bound_greatest_mvnd).all()
    assert [each.kind for each in classify(told)] == ["borderline"] * 3 + ["outside"]
