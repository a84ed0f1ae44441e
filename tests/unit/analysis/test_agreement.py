"""Shared ranks, and how far two rankings agree, against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr

from prioritizer.analysis.agreement import NOISE, kendall_tau_b, shared_ranks, spearman_rho
from tests.build import steady

SCORES = st.integers(2, 30).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(0, 8), min_size=n, max_size=n) for _ in range(2)])
)


def ranks(*scores: float) -> np.ndarray:
    return shared_ranks(np.array(scores, dtype=np.float64))


def test_equals_share_a_rank_and_the_next_stands_as_far_behind():
    assert ranks(3, 7, 7, 1).tolist() == [3, 1, 1, 4]


def test_noise_makes_no_ranks():
    assert ranks(0.1 + 0.2, 0.3, 0.5).tolist() == [2, 2, 1]
    assert ranks(1, 1 + NOISE / 2, 1 + 10 * NOISE).tolist() == [2, 2, 1]


def test_agreement_by_hand():
    one, other = ranks(4, 3, 2, 1), ranks(4, 3, 1, 2)
    assert kendall_tau_b(one, other) == pytest.approx(4 / 6)  # five pairs alike, one not
    assert spearman_rho(one, other) == pytest.approx(1 - 6 * 2 / (4 * 15))


@given(SCORES)
@steady(100)
def test_agreement_is_that_of_scipy(pair):
    one, other = (ranks(*scores) for scores in pair)
    if one.max() == 1 or other.max() == 1:
        assert kendall_tau_b(one, other) is None and spearman_rho(one, other) is None
    else:
        assert kendall_tau_b(one, other) == pytest.approx(kendalltau(one, other).statistic, abs=1e-12)
        assert spearman_rho(one, other) == pytest.approx(spearmanr(one, other).statistic, abs=1e-12)


@given(SCORES)
@steady(30)
def test_a_ranking_agrees_with_itself_exactly_and_opposes_its_reverse(pair):
    one, reverse = ranks(*pair[0]), ranks(*(-score for score in pair[0]))
    if one.max() > 1:
        assert kendall_tau_b(one, one) == spearman_rho(one, one) == 1
        assert kendall_tau_b(one, reverse) == spearman_rho(one, reverse) == -1


def test_ten_thousand_projects_are_no_matter():
    scores = np.arange(10_000) * 7919 % 10_007
    assert kendall_tau_b(shared_ranks(scores * 1.0), shared_ranks(scores * 2.0)) == 1
