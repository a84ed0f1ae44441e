"""Least and greatest money over all weights, on cases that can be settled by hand."""

import numpy as np
import pytest

from prioritizer.robustness.allowed.shares import shares
from prioritizer.robustness.allowed.standing import classify
from prioritizer.robustness.allowed.worth import allowed_by, extremes
from prioritizer.robustness.draws.weights import Allowed, groups
from prioritizer.robustness.summary.nouns import FINEST
from tests.build import Project, case
from tests.properties.judged import DEEP, FLAT, judged, tree
from tests.unit.robustness.made_draws import swept

TEN = [Project(10, 0)] * 3


def found(given, **more):
    return shares(given, groups(given, Allowed()), **more)


def kinds(given, **more):
    return [(each.kind, each.proven) for each in classify(found(given, **more))]


def test_the_unit_vectors_can_each_come_first_or_last():
    given = judged(TEN, tree(FLAT), [[10, 0, 0], [0, 10, 0], [0, 0, 10]], envelope_mvnd=10)
    told = found(given)
    assert told.seen_least_mvnd.tolist() == [0, 0, 0] and told.seen_greatest_mvnd.tolist() == [10, 10, 10]
    assert told.least_exact.all() and told.greatest_exact.all()
    assert kinds(given) == [("borderline", True)] * 3


def test_what_is_best_on_every_criterion_is_core_and_what_is_worst_outside():
    given = judged(TEN, tree(FLAT), [[10, 5, 1], [9, 4, 2], [8, 6, 3]], envelope_mvnd=20)
    told = found(given)
    assert told.bound_least_mvnd.tolist() == [10, 10, 0] and told.bound_greatest_mvnd.tolist() == [10, 10, 0]
    assert kinds(given) == [("core", True), ("core", True), ("outside", True)]


def test_money_for_all_makes_all_core():
    given = judged(TEN, tree(FLAT), [[10, 1, 1], [1, 10, 1], [1, 1, 10]], envelope_mvnd=30)
    assert kinds(given) == [("core", True)] * 3


def test_a_project_that_may_be_worth_nothing_is_not_core_though_there_is_money():
    given = judged(TEN[:2], tree(FLAT[:2]), [[10, 0], [10, 10]], envelope_mvnd=20)
    told = found(given)
    assert told.bound_least_mvnd.tolist() == [10, 0]
    assert classify(told)[1].kind == "borderline"


def test_never_core_for_its_high_value_alone():
    # At its high end the first is best on all; at its low end the others are.
    given = judged(
        TEN,
        tree(FLAT),
        [[1, 5, 5], [1, 5, 5], [1, 5, 5]],
        [[9, 5, 5], [9, 5, 5], [9, 5, 5]],
        envelope_mvnd=20,
    )
    told = found(given)
    assert told.seen_least_mvnd[0] == 0 and told.seen_greatest_mvnd[0] == 10
    assert classify(told)[0].kind == "borderline" and not told.certain[0]


def test_what_draws_alone_have_shown_is_not_core_unless_the_low_end_was_tried():
    given = judged(
        TEN,
        tree(FLAT),
        [[8, 7, 0], [8, 0, 7], [8, 3, 3]],
        [[9, 7, 0], [9, 0, 7], [9, 3, 3]],
        envelope_mvnd=20,
    )
    sweep = swept([[10, 10, 0], [10, 0, 10]])
    few = found(given, sweep=sweep, most_plans=0)
    assert few.seen_least_mvnd.tolist() == [10, 0, 0] and few.bound_least_mvnd[0] == 10
    assert classify(few)[0] == classify(found(given))[0]
    assert not few.tried_low.any() and found(given).tried_low.all()


def test_scores_may_stay_at_one_place():
    """At their low ends the first is best on all, at their high ends the second."""
    scores = [[3, 2, 1]] * 3, [[3, 8, 1]] * 3
    given = judged(TEN, tree(FLAT), *scores, envelope_mvnd=10)
    told = {where: found(given, scores=where) for where in ("low", "mid", "high", "interval")}
    assert told["low"].bound_least_mvnd.tolist() == told["low"].bound_greatest_mvnd.tolist() == [10, 0, 0]
    assert told["mid"].bound_least_mvnd.tolist() == told["high"].bound_greatest_mvnd.tolist() == [0, 10, 0]
    assert told["interval"].bound_least_mvnd.tolist() == [0, 0, 0]
    assert told["interval"].seen_greatest_mvnd.tolist() == [10, 10, 0]
    assert told["low"].certain.all() and told["interval"].certain.tolist() == [True, False, True]


def test_plans_that_are_not_proven_best_are_not_counted():
    given = judged(TEN, tree(FLAT), [[10, 5, 1], [9, 4, 2], [8, 6, 3]], envelope_mvnd=20)
    sweep = swept([[0, 10, 10], [10, 10, 0]], ["feasible", "optimal"])
    told = found(given, sweep=sweep)
    assert told.seen_least_mvnd.tolist() == [10, 10, 0]


def test_a_ceiling_holds_back_a_project_that_is_worth_more():
    """The best two are under one ceiling: what is ahead elsewhere does not count against them."""
    projects = [Project(10, 0, "MOIT"), Project(10, 0, "MOIT"), Project(10, 0)]
    limit = {"id": "c", "where": {"ministry": ["MOIT"]}, "at_most": {"amount_bn": 10}}
    given = judged(projects, tree(FLAT), [[10, 5, 1], [9, 4, 2], [8, 6, 3]], envelope_mvnd=20, limits=[limit])
    told = found(given)
    assert told.bound_least_mvnd.tolist() == told.bound_greatest_mvnd.tolist() == [10, 0, 10]


def test_a_floor_can_need_what_adds_nothing():
    projects = [Project(10, 0), Project(10, 0, "MOIT")]
    limit = {"id": "f", "where": {"ministry": ["MOIT"]}, "at_least": {"amount_bn": 4}}
    given = judged(projects, tree(FLAT[:2]), [[10, 0], [10, 0]], envelope_mvnd=20, limits=[limit])
    told = found(given)
    assert told.bound_least_mvnd.tolist() == told.bound_greatest_mvnd.tolist() == [10, 4]
    assert kinds(given) == [("core", True), ("core", True)]


def test_yes_or_no_projects_are_bounded_by_the_rules_alone():
    given = judged(
        [Project(10, 0, funding="whole")] * 3,
        tree(FLAT),
        [[10, 5, 1], [9, 4, 2], [8, 6, 3]],
        envelope_mvnd=20,
    )
    told = found(given)
    assert told.seen_least_mvnd.tolist() == [10, 10, 0]
    assert told.bound_least_mvnd.tolist() == [0, 0, 0] and told.bound_greatest_mvnd.tolist() == [10, 10, 10]
    assert kinds(given) == [("core", False), ("core", False), ("outside", False)]


def test_given_values_leave_one_plan():
    given = case([Project(10, 900_000), Project(10, 500_000), Project(10, 100_000)], envelope_mvnd=15)
    told = shares(given, None)
    assert told.seen_least_mvnd.tolist() == told.seen_greatest_mvnd.tolist() == [10, 5, 0]
    assert told.least_exact.all() and told.greatest_exact.all()
    assert [each.kind for each in classify(told)] == ["core", "core", "outside"]


def test_rules_without_a_plan_leave_nothing_to_say():
    limit = {"id": "f", "where": {}, "at_least": {"amount_bn": 40}}
    given = judged(TEN, tree(FLAT), [[10, 5, 1]] * 3, envelope_mvnd=20, limits=[limit])
    assert found(given) is None


# ------------------------------------------------------------------ what is allowed


def test_corners_of_a_tree_are_its_leaves():
    given = judged(TEN, tree(DEEP), [[10, 5, 1]] * 4, envelope_mvnd=20)
    corners = extremes(given.criteria, groups(given, Allowed()))
    assert sorted(np.flatnonzero(each[0]).tolist() for each in corners) == [[0], [1], [2], [3]]
    assert all(each.sum() == FINEST for each in corners)


def test_the_least_lead_is_that_of_the_worst_criterion():
    given = judged(TEN, tree(DEEP), [[10, 5, 1], [9, 4, 2], [8, 6, 3], [7, 7, 7]], envelope_mvnd=20)
    own = allowed_by(given, groups(given, Allowed()))
    assert own.ahead(0, np.ones(3)).tolist() == pytest.approx([0, 0, 0], abs=own.slack)
    assert own.ahead(1, np.ones(3)).tolist() == pytest.approx([-500_000, 0, 0], abs=own.slack)
    assert own.least().tolist() == pytest.approx([700_000, 400_000, 100_000], abs=own.slack)
    assert own.most().tolist() == pytest.approx([1_000_000, 700_000, 700_000], abs=own.slack)


def test_values_at_a_corner_are_those_of_its_leaf():
    given = judged(TEN, tree(FLAT), [[10, 5, 1], [9, 4, 2], [8, 6, 3]], envelope_mvnd=20)
    own = allowed_by(given, groups(given, Allowed()))
    weights = np.array([[0, FINEST // 2, FINEST // 2]])
    assert own.values_e4(weights, np.zeros(3, bool)).tolist() == [850_000, 500_000, 250_000]
