"""What is read off a sweep, by hand."""

import numpy as np
import pytest

from prioritizer.robustness.summary import ranks, summary, unknowns
from prioritizer.robustness.summary.nouns import FINEST
from prioritizer.robustness.summary.summary import precise_enough, quantiles, standard_error, summarise
from tests.build import Cost, Project, case
from tests.unit.robustness.made_draws import Made, made, swept

THREE = case(
    [Project(10, 900_000), Project(10, 500_000, "MOIT"), Project(20, 100_000, "MOIT")], envelope_mvnd=20
)


def test_shares_means_and_quantiles_are_over_the_draws_with_a_plan():
    amounts = [[10, 10, 0], [10, 5, 5], [10, 0, 10], [0, 0, 0]]
    sweep = swept(amounts, ["optimal", "feasible", "optimal", "failed"], {3: "no time"})
    found = summarise(THREE, made([[9, 5, 1]] * 4, replicates=2), sweep)
    assert (found.draws, found.found, found.unproven, found.failed) == (4, 3, 1, {"no time": 1})
    assert found.any_share.tolist() == pytest.approx([1, 2 / 3, 2 / 3])
    assert found.full_share.tolist() == pytest.approx([1, 1 / 3, 0])
    assert found.expected_mvnd.tolist() == [10, 5, 5]
    assert found.expected_share.tolist() == pytest.approx([1, 0.5, 0.25])
    assert found.quantiles_mvnd.tolist() == [[10, 0, 0], [10, 5, 5], [10, 10, 10]]
    most, moit = found.ministries
    assert (most.ministry, most.ask_mvnd, most.expected_mvnd) == ("MOST", 10, 10)
    assert (moit.ministry, moit.ask_mvnd, moit.expected_mvnd) == ("MOIT", 30, 10)
    assert (moit.low_mvnd, moit.middle_mvnd, moit.high_mvnd) == (10, 10, 10)


def test_refusals_count_as_failed_by_their_status():
    sweep = swept([[0, 0, 0]] * 3, ["infeasible", "infeasible", "stopped"])
    found = summarise(THREE, made([[9, 5, 1]] * 3), sweep)
    assert found.found == 0 and found.failed == {"infeasible": 2, "stopped": 1}
    assert found.any_share.tolist() == [0, 0, 0] and np.isnan(found.any_error).all()
    assert not precise_enough(found, 0.5)


def test_the_error_is_the_spread_of_replicates():
    # Replicates fund the second project in 1/2 and in all of their draws: 0.75, give or take 0.25.
    sweep = swept([[10, 10, 0], [10, 0, 10], [10, 10, 0], [10, 10, 0]])
    found = summarise(THREE, made([[9, 5, 1]] * 4, replicates=2), sweep)
    assert found.any_share.tolist() == [1, 0.75, 0.25]
    assert found.any_error.tolist() == pytest.approx([0, 0.25, 0.25])
    assert found.expected_error.tolist() == pytest.approx([0, 2.5, 2.5])
    assert precise_enough(found, 0.25) and not precise_enough(found, 0.24)
    alone = summarise(THREE, made([[9, 5, 1]] * 4), sweep)
    assert np.isnan(alone.any_error).all() and not precise_enough(alone, 0.9)


def test_the_error_of_replicates_is_that_of_a_mean():
    rng = np.random.default_rng(3)
    table = rng.random((400, 8, 5)) < 0.3
    errors = np.array([standard_error(each.mean(axis=1)[:, None])[0] for each in table])
    assert np.sqrt((errors**2).mean()) == pytest.approx(np.sqrt(0.3 * 0.7 / 40), rel=0.05)


def test_agreement_of_few_draws_is_not_precision():
    sweep = swept([[10, 10, 0]] * 8)
    found = summarise(THREE, made([[9, 5, 1]] * 8, replicates=4), sweep)
    assert (found.any_error == 0).all()
    assert precise_enough(found, 1 / 8) and not precise_enough(found, 0.1)


def test_full_is_what_the_funds_could_pay():
    costs = (Cost("2026", 6), Cost("2027", 4))
    given = case([Project(10, 900_000, costs=costs), Project(10, 800_000, cofinance=4)], envelope_mvnd=20)
    assert summary.most_mvnd(given).tolist() == [6, 6]
    found = summarise(given, made([[9, 8]] * 2), swept([[6, 6], [5, 6]]))
    assert found.full_share.tolist() == [0.5, 1]


def test_asks_that_are_drawn_have_their_own_full_amount():
    dearer = case([Project(20, 900_000), Project(10, 800_000)], envelope_mvnd=30)
    own = case([Project(10, 900_000), Project(10, 800_000)], envelope_mvnd=30)

    class Dearer(Made):
        def case_of(self, row):
            return dearer if row == 1 else None

    found = summarise(own, Dearer(**vars(made([[9, 8]] * 2))), swept([[10, 10], [10, 10]]))
    assert found.full_share.tolist() == [0.5, 1] and found.expected_share.tolist() == [0.75, 1]


def test_quantiles_are_amounts_that_occur():
    amounts = np.arange(40)[::-1].reshape(20, 2)
    assert quantiles(amounts, np.arange(20)).tolist() == [[1, 0], [19, 18], [37, 36]]
    assert quantiles(amounts, np.arange(0)).tolist() == [[0, 0]] * 3


# ------------------------------------------------------------------ what moves money


def lever(draws: int = 400, idle: int = 3, replicates: int = 8):
    """Scores drawn evenly: where the first is in the upper half, 10 go to project 0, else to project 1."""
    rng = np.random.default_rng(2)
    points = rng.permuted(np.tile(np.arange(draws), (1 + idle, 1)), axis=1).T
    upper = points[:, 0] >= draws // 2
    amounts = np.where(upper, 10, 0)[:, None] * [1, -1, 0] + [0, 10, 0]
    names = [(0, 0), *((1, leaf) for leaf in range(idle))]
    draws_made = made([[9, 5, 1]] * draws, replicates, unknowns=names, points=points)
    return draws_made, swept(amounts)


def test_what_decides_all_moves_all_and_what_decides_nothing_is_noise():
    draws, sweep = lever()
    found = summarise(THREE, draws, sweep).unknowns
    first = found[0]
    assert (first.project, first.leaves) == (0, (0,))
    assert (first.low_mvnd, first.high_mvnd) == (0, 10)
    # Four fifths lie wholly on one side, 5 from the mean plan; the middle one lies on both.
    for moved in (first.moved_mvnd, first.plan_mvnd):
        assert moved.value == pytest.approx(4, abs=0.3) and moved.error < 0.5 and moved.above_noise
    assert all(each.moved_mvnd.value < 1.5 for each in found[1:]) and len(found) == 4
    assert sum(each.moved_mvnd.above_noise for each in found[1:]) <= 1


def test_scores_of_a_project_whose_money_stays_are_left_out():
    draws, sweep = lever(idle=1)
    there = made(draws.values, 8, unknowns=[(0, 0), (2, 1)], points=draws.points)
    assert [each.project for each in summarise(THREE, there, sweep).unknowns] == [0]


def test_scores_drawn_together_are_one_unknown():
    draws, sweep = lever(idle=1)
    there = made(draws.values, 8, unknowns=[(0, 0), (0, 3)], points=draws.points[:, [0, 0]])
    (only,) = summarise(THREE, there, sweep).unknowns
    assert only.leaves == (0, 3) and only.moved_mvnd.value == pytest.approx(4, abs=0.3)


def test_unknowns_beyond_those_measured_keep_their_own_ends(monkeypatch):
    draws, sweep = lever()
    monkeypatch.setattr(unknowns, "MOST_MEASURED", 1)
    found = summarise(THREE, draws, sweep).unknowns
    assert [each.plan_mvnd is None for each in found] == [False, True, True, True]
    assert found[0].moved_mvnd.above_noise


def test_parts_of_the_table_make_no_difference(monkeypatch):
    draws, sweep = lever()
    whole = summarise(THREE, draws, sweep)
    monkeypatch.setattr(ranks, "_AT_ONCE", 64)
    monkeypatch.setattr(unknowns, "_AT_ONCE", 512)
    parts = summarise(THREE, draws, sweep)
    assert np.allclose(parts.any_share, whole.any_share)
    assert (parts.quantiles_mvnd == whole.quantiles_mvnd).all()
    for one, other in zip(parts.unknowns, whole.unknowns, strict=True):
        assert (one.project, one.leaves) == (other.project, other.leaves)
        for ours, theirs in ((one.moved_mvnd, other.moved_mvnd), (one.plan_mvnd, other.plan_mvnd)):
            assert (ours.value, ours.error) == pytest.approx((theirs.value, theirs.error))
            assert ours.noise == pytest.approx(theirs.noise)


def test_fifths_keep_equals_together():
    assert unknowns.fifths(np.array([5, 3, 1, 2, 4])).tolist() == [4, 2, 0, 1, 3]
    assert unknowns.fifths(np.array([7] * 9 + [8])).tolist() == [2] * 9 + [4]
    assert unknowns.fifths(np.array([0, 0, 1, 1, 2, 2])).tolist() == [0, 0, 2, 2, 4, 4]
    many = unknowns.fifths(np.random.default_rng(0).permutation(1_003))
    assert np.bincount(many).tolist() == [201, 201, 200, 201, 200]


def test_money_at_the_ends_of_a_weight():
    weight = np.arange(0, FINEST + 1, FINEST // 10)[:10]
    draws = made([[9, 5, 1]] * 10, weight=np.stack([weight, FINEST - weight], axis=1))
    sweep = swept([[at, 10 - at, 0] for at in range(10)])
    found = summarise(THREE, draws, sweep).by_weight
    assert found.low_mvnd.tolist() == [[[0.5, 9.5, 0], [8.5, 1.5, 0]]]
    assert found.high_mvnd.tolist() == [[[8.5, 1.5, 0], [0.5, 9.5, 0]]]


def test_given_values_have_no_weights_to_read_off():
    draws = made([[9, 5, 1]] * 10, weight=np.zeros((10, 0), dtype=np.int64))
    found = summarise(THREE, draws, swept([[10, 10, 0]] * 10))
    assert found.by_weight.low_mvnd.shape == (1, 0, 3) and found.unknowns == ()
    assert found.central_funded.weight.shape == (3, 1, 0)
