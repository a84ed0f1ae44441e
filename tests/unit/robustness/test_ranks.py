"""Ranks and central weights, by hand."""

import numpy as np
import pytest

from prioritizer import pipeline
from prioritizer.robustness.draws.replaced import with_weights
from prioritizer.robustness.draws.table import draw
from prioritizer.robustness.summary import ranks
from prioritizer.robustness.summary.nouns import FINEST, Central
from prioritizer.robustness.summary.ranks import (
    central_of_funded,
    confidence_of_first,
    funded_at_central,
    places,
    ranking,
)
from tests.build import Project
from tests.properties.judged import FLAT, judged, tree
from tests.unit.robustness.made_draws import made
from tests.weighed import weighed


def test_equals_stand_after_all_that_are_better():
    order, above, equal = places(np.array([[5, 9, 5, 1], [7, 7, 7, 7]]))
    assert order.tolist() == [[1, 0, 2, 3], [0, 1, 2, 3]]
    assert above.tolist() == [[0, 1, 1, 3], [0, 0, 0, 0]]
    assert equal.tolist() == [[1, 2, 2, 1], [4, 4, 4, 4]]


def test_equals_share_the_ranks_that_they_cover():
    found, _ = ranking(made([[5, 9, 5], [5, 9, 1]]), 3)
    assert found.of_rank is not None
    assert found.of_rank.tolist() == [[0, 0.75, 0.25], [1, 0, 0], [0, 0.25, 0.75]]
    assert found.among_first[1].tolist() == [0, 1, 0] and set(found.among_first) == {1}


def test_ranks_are_doubly_stochastic_and_agree_with_the_short_form(monkeypatch):
    rng = np.random.default_rng(5)
    draws = made(rng.integers(0, 6, (300, 12)))
    found, _ = ranking(draws, 12)
    assert found.of_rank is not None
    assert np.allclose(found.of_rank.sum(axis=0), 1) and np.allclose(found.of_rank.sum(axis=1), 1)
    for k, share in found.among_first.items():
        assert np.allclose(share, found.of_rank[:, :k].sum(axis=1)) and np.isclose(share.sum(), k)
    monkeypatch.setattr(ranks, "_AT_ONCE", 50)
    piecewise, _ = ranking(draws, 12)
    assert np.allclose(piecewise.of_rank, found.of_rank)


def test_many_projects_have_the_short_form_only():
    found, _ = ranking(made(np.arange(2 * 150).reshape(2, 150)), 150)
    assert found.of_rank is None
    assert found.among_first[100].tolist() == [0.0] * 50 + [1.0] * 100


def test_central_weights_are_the_means_of_the_draws_that_favour_a_project():
    weight = np.array([[8, 2], [6, 4], [1, 9], [5, 5]]) * (FINEST // 10)
    draws = made([[9, 1, 0], [9, 1, 0], [1, 9, 0], [5, 5, 0]], weight=weight)
    _, first = ranking(draws, 3)
    assert first.share.tolist() == [0.625, 0.375, 0]
    # (8 + 6 + 5/2) / 2.5 and (1 + 5/2) / 1.5 tenths
    assert first.weight[0].tolist() == [[660_000_000, 340_000_000]]
    assert first.weight[1].tolist() == [[233_333_333, 766_666_667]]
    assert first.of(2) is None and first.weight[2].tolist() == [[0, 0]]
    amounts = np.array([[3, 0, 0], [0, 0, 1], [0, 2, 0], [1, 0, 0]])
    funded = central_of_funded(draws, amounts, np.array([0, 1, 2]))
    assert funded.share.tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert funded.weight[:, 0].tolist() == [weight[0].tolist(), weight[2].tolist(), weight[1].tolist()]


def test_central_weights_sum_to_one_exactly():
    rng = np.random.default_rng(1)
    weight = rng.multinomial(FINEST, [0.2, 0.5, 0.3], 97)
    _, first = ranking(made(rng.integers(0, 4, (97, 5)), weight=weight), 5)
    assert (first.weight.sum(axis=2)[:, 0] == np.where(first.share > 0, FINEST, 0)).all()
    by_class = np.stack([weight, weight[:, ::-1]], axis=1)
    _, both = ranking(made(rng.integers(0, 4, (97, 5)), weight=by_class), 5)
    assert both.weight.shape == (5, 2, 3) and (both.weight.sum(axis=2) == FINEST).all()


def test_whether_a_project_still_gets_money_at_its_central_weights(tmp_path):
    given = pipeline.load(weighed(tmp_path))
    weight = np.tile(np.array([FINEST, 0, 0, 0]), (4, 1, 1))
    answers = funded_at_central(given, {"": 0}, Central(weight, np.array([1.0, 0.5, 0.0, 0.2])))
    paid = pipeline.assess(with_weights(given, {"": [1, 0, 0, 0]})).plan.amount_mvnd > 0
    assert answers.tolist() == [paid[0], paid[1], None, paid[3]]
    assert True in answers and False in answers


def test_confidence_is_how_often_a_project_is_first_at_its_central_weights():
    """At the first leaf alone the second project's score, evenly from 0 to 10, beats 6 in two fifths."""
    given = judged([Project(10, 0)] * 3, tree(FLAT), [[6, 0, 1]] * 3, [[6, 10, 1]] * 3, envelope_mvnd=20)
    draws = draw(given, 1_000, 1, "independent")
    weight = np.tile(np.array([FINEST, 0, 0]), (3, 1, 1))
    found = confidence_of_first(draws, Central(weight, np.array([1.0, 0.5, 0.0])))
    assert found[:2].tolist() == pytest.approx([0.6, 0.4], abs=0.05) and np.isnan(found[2])
    assert found[:2].sum() == pytest.approx(1)
