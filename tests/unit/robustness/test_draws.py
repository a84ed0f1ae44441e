"""A table of draws: seeded, complete, exact, and the same whichever part of it is asked for."""

import pickle
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from prioritizer import pipeline, scoring
from prioritizer.model import Case
from prioritizer.robustness.draws.money import Money
from prioritizer.robustness.draws.quantiles import WHOLE, quantiles
from prioritizer.robustness.draws.table import draw
from tests.build import Cost, Project, assessed, case, coded
from tests.properties.instances import drawn as invented

ROWS = np.arange(64)


@pytest.fixture
def judged(tmp_path) -> Case:
    """P1 has scores on two criteria, P2 an interval, P3 one score; all else is unknown."""
    return pipeline.load(assessed(tmp_path))


def priced() -> Case:
    """Every kind of amount that a draw of asks has to keep in order."""
    projects = [
        Project(1000, 500_000, funding="minimum", minimum=1000, cofinance=300),
        Project(3, 400_000, funding="whole", cofinance=1),
        Project(700, 300_000, costs=(Cost("2026", 300), Cost("2027", 400))),
        Project(
            900,
            200_000,
            funding="milestones",
            costs=(Cost("2026", 1, milestone=1), Cost("2026", 899, milestone=2)),
            shares=(Fraction(1, 2), Fraction(1, 2)),
        ),
    ]
    funds = [{"id": "a", "year": "2026", "amount_bn": 1500}, {"id": "b", "year": "2027", "amount_bn": 300}]
    reserves = [{"id": "r", "fund": "b", "amount_bn": 290}]
    decisions = [{"project": "P02", "fund_at_least_bn": 700}]
    return case(projects, 0, funds=funds, reserves=reserves, decisions=decisions)


# ------------------------------------------------------------------ the table


@pytest.mark.parametrize("way", ["independent", "joint"])
def test_the_same_seed_gives_the_same_bytes_and_another_one_others(judged, way):
    one, same, other = (draw(judged, 64, seed, way) for seed in (5, 5, 6))
    for name in ("weights", "values_e4", "unknown_points"):
        assert getattr(one, name)(ROWS).tobytes() == getattr(same, name)(ROWS).tobytes()
        assert getattr(one, name)(ROWS).tobytes() != getattr(other, name)(ROWS).tobytes()


def test_it_can_be_sent_to_another_process(judged):
    sent = draw(judged, 64, 5, "independent")
    got = pickle.loads(pickle.dumps(sent))  # noqa: S301
    assert np.array_equal(got.values_e4(ROWS), sent.values_e4(ROWS)) and len(got) == 64


def test_replicates_share_the_draws_evenly_and_are_scrambled_apart(judged):
    held = draw(judged, 20, 5, "low", replicates=8)
    assert np.bincount(held.replicate).tolist() == [3, 3, 3, 3, 2, 2, 2, 2]
    assert len({held.weights(np.array([row])).tobytes() for row in range(20)}) == 20


def test_there_are_no_more_replicates_than_draws(judged):
    assert draw(judged, 3, 5, "low", replicates=8).replicate.tolist() == [0, 1, 2]


def test_one_draw_is_a_table_too(judged):
    assert draw(judged, 1, 5, "joint").values_e4(np.array([0])).shape == (1, 3)


def test_a_register_with_values_keeps_them():
    held = draw(case([Project(10, 500_000), Project(10, 400_000)], 10), 5, 1, "independent")
    assert held.values_e4(np.array([3, 0])).tolist() == [[500_000, 400_000]] * 2
    assert held.weights(np.arange(5)).shape == (5, 0) and held.unknowns.shape == (0, 2)
    assert held.stated(2) is held.case and held.case_of(2) is None


# ------------------------------------------------------------------ scores


def test_unknown_scores_are_listed_leaf_by_leaf(judged):
    held = draw(judged, 64, 5, "independent")
    assert held.unknowns.tolist() == [
        *([1, 0], [2, 0]),  # B1: P2 an interval, P3 nobody
        *([1, 1], [2, 1]),
        *([0, 2], [1, 2], [2, 2]),
        *([0, 3], [1, 3]),
    ]


def test_scores_on_criteria_without_weight_are_not_drawn(judged):
    weights = {"B1": Fraction(1, 2), "B2": Fraction(0), "B3": Fraction(1, 4), "B4": Fraction(1, 4)}
    held = draw(judged.revised(weights=weights), 64, 5, "independent")
    assert set(held.unknowns[:, 1].tolist()) == {0, 2, 3}
    assert np.array_equal(held.values_e4(ROWS[9:10])[0], scoring.score(held.stated(9)).value_e4)


def test_apart_each_score_has_a_quantile_of_its_own(judged):
    held = draw(judged, 4096, 5, "independent")
    points = held.unknown_points(np.arange(4096)) / WHOLE
    error = 1 / np.sqrt(12 * 4096)
    assert np.abs(points.mean(axis=0) - 0.5).max() < 5 * error
    assert np.abs(np.corrcoef(points.T) - np.eye(9)).max() < 5 / 64
    assert points.min() > 0 and points.max() < 1


def test_together_the_scores_of_a_project_share_one_quantile(judged):
    held = draw(judged, 64, 5, "joint")
    points, project = held.unknown_points(ROWS), held.unknowns[:, 0]
    for row in range(3):
        own = points[:, project == row]
        assert (own == own[:, :1]).all()
    assert len({points[0, project == row][0] for row in range(3)}) == 3


def test_an_interval_is_drawn_within_its_ends(judged):
    held = draw(judged, 512, 5, "independent")
    at = held.unknowns.tolist().index([1, 0])
    stated = [held.stated(row).agreed for row in range(0, 512, 16)]
    scores = [float(agreed.score(int(agreed.low[0, 1]))) for agreed in stated]
    points = held.unknown_points(np.arange(0, 512, 16))[:, at] / WHOLE
    assert scores == pytest.approx(10 + 80 * points)


@pytest.mark.parametrize(("way", "end"), [("low", "low_e4"), ("mid", "mid_e4"), ("high", "high_e4")])
def test_pinned_scores_draw_weights_alone(judged, way, end):
    held = draw(judged, 64, 5, way)
    assert held.unknowns.shape == (0, 2) and held.unknown_points(ROWS).shape == (64, 0)
    assert np.array_equal(held.weights(ROWS), draw(judged, 64, 5, "joint").weights(ROWS))
    stated = [getattr(scoring.score(held.stated(row)), end).tolist() for row in (0, 63)]
    assert held.values_e4(np.array([0, 63])).tolist() == stated


def test_a_scale_that_falls_is_drawn_by_worth(tmp_path):
    falling = "{id: B1, name: B1, weight: 1, scale: {worst: 100, best: 0}}"
    criteria = f"schema: 1\nid: benefits\ntitle: t\ncriteria:\n  - {falling}\n"
    scores = "project,criterion,assessor,score,low,high\nP1,B1,x,,20,60\n"
    found = pipeline.load(assessed(tmp_path, benefits_yaml=criteria, scores_csv=scores))
    held = draw(found, 64, 5, "joint")
    points, values = held.unknown_points(ROWS), held.values_e4(ROWS)
    assert values[:, 0] / 10**4 == pytest.approx(40 + 40 * points[:, 0] / WHOLE, abs=1e-4)
    assert values[:, 1] / 10**4 == pytest.approx(100 * points[:, 1] / WHOLE, abs=1e-4)


def test_a_category_is_drawn_among_all_evenly(tmp_path):
    levels = ", ".join(
        f"{{category: k{at}, value: {each}, vi: m, en: l}}" for at, each in enumerate((50, 0, 100))
    )
    leaf = f"{{id: B1, name: B1, weight: 1, value: categorical, levels: [{levels}]}}"
    criteria = f"schema: 1\nid: benefits\ntitle: t\ncriteria:\n  - {leaf}\n"
    scores = "project,criterion,assessor,score,low,high\nP1,B1,x,k0,,\n"
    held = draw(
        pipeline.load(assessed(tmp_path, benefits_yaml=criteria, scores_csv=scores)), 4096, 5, "independent"
    )
    values = held.values_e4(np.arange(4096))
    assert (values[:, 0] == 500_000).all()
    shares = np.array([(values[:, 1:] == points).mean() for points in (0, 500_000, 1_000_000)])
    assert np.abs(shares - 1 / 3).max() < 5 * np.sqrt(2 / 9 / 8192) and shares.sum() == 1


def test_quantiles_are_odd_and_even_over_their_range():
    found = quantiles(3, 0, np.arange(400), 101)
    assert (found % 2 == 1).all() and found.max() < WHOLE
    counts = np.bincount(found.reshape(-1) // (WHOLE // 16), minlength=16)
    assert np.abs(counts - 40_400 / 16).max() < 5 * np.sqrt(40_400 / 16)
    assert not np.array_equal(found, quantiles(3, 1, np.arange(400), 101))


# ------------------------------------------------------------------ money


def test_without_factors_the_case_stays(judged):
    assert draw(judged, 4, 5, "low").case_of(2) is None


def test_the_envelope_is_drawn_within_its_factors():
    held = draw(priced(), 64, 5, "low", money=Money(envelope=(Fraction(9, 10), Fraction(11, 10))))
    funds = [[fund.amount_mvnd for fund in held.case_of(row).scenario.funds] for row in range(64)]
    first, second = np.array(funds).T
    assert first.min() >= 1350 and first.max() <= 1650 and first.std() > 50
    assert (np.abs(second - np.maximum(first / 5, 290)) <= 1).all()  # one factor; 290 are reserved
    assert second.min() == 290
    assert np.array_equal(held.case_of(3).register.ask_mvnd, held.case.register.ask_mvnd)


def test_asks_keep_their_rules_in_every_draw():
    before = priced()
    held = draw(before, 64, 5, "low", money=Money(asks=(Fraction(1, 2), Fraction(3, 2))))
    asks = []
    for row in range(64):
        after, again = held.case_of(row), held.case_of(row)
        register, costs = after.register, after.costs_by_kind
        assert np.array_equal(register.ask_mvnd, again.register.ask_mvnd)
        assert np.array_equal(np.bincount(costs.project, costs.cost_mvnd), register.ask_mvnd)
        assert costs.cost_mvnd.min() >= 1 and (register.minimum_mvnd <= register.ask_mvnd).all()
        assert (register.cofinance_mvnd < register.ask_mvnd).all()
        assert register.cofinance_mvnd[0] * 1000 >= 300 * register.ask_mvnd[0]
        assert register.ask_mvnd[2] >= 700  # a decision gives it 700
        asks.append(register.ask_mvnd[0])
    assert min(asks) >= 500 and max(asks) <= 1500 and np.std(asks) > 200
    assert held.values_e4(np.array([1])).tolist() == [before.register.given_e4.tolist()]


@pytest.mark.parametrize("seed", range(20))
def test_changed_cases_of_every_rule_have_plans_or_say_why_not(seed):
    money = Money((Fraction(9, 10), Fraction(11, 10)), (Fraction(1), Fraction(6, 5)))
    held = draw(invented(seed, unit=1000), 2, seed, "low", money=money)
    for row in range(2):
        found = pipeline.assess(held.case_of(row))
        assert found.plan.status in ("optimal", "infeasible", "no_whole_million_plan")


def test_stated_has_the_money_of_the_draw(judged):
    held = draw(judged, 4, 5, "joint", money=Money(asks=(Fraction(1), Fraction(2))))
    assert np.array_equal(held.stated(1).register.ask_mvnd, held.case_of(1).register.ask_mvnd)
    assert np.array_equal(scoring.score(held.stated(1)).value_e4, held.values_e4(np.array([1]))[0])


def test_classes_weigh_by_their_own_weights(judged):
    classes = coded(["group1", "group2-push", ""])
    register = replace(judged.register, columns={**judged.register.columns, "class": classes})
    own = {"group2-push": {"B1": Fraction(1), "B2": Fraction(0), "B3": Fraction(0), "B4": Fraction(0)}}
    found = replace(judged, register=register).revised(weights_by_class=own)
    held = draw(found, 64, 5, "independent")
    assert (held.weights_by_class(ROWS, "group2-push") == [10**9, 0, 0, 0]).all()
    at = held.unknowns.tolist().index([1, 0])
    points = held.unknown_points(ROWS)[:, at] / WHOLE
    assert held.values_e4(ROWS)[:, 1] / 10**4 == pytest.approx(10 + 80 * points, abs=1e-4)
