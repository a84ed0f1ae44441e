"""Intervals of weights that can be worked out by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from prioritizer import pipeline, scoring
from prioritizer.allocation.choice.mixed import settle_mixed
from prioritizer.robustness.allowed import stability as module
from prioritizer.robustness.allowed.stability import moved_to, stability, stability_of
from tests.build import Project, case
from tests.properties.judged import DEEP, FLAT, judged, tree
from tests.weighed import weighed

HALVES = {"a": "1/2", "b": "1/2"}
TEN = [Project(10, 0)] * 2


def ends(given, criterion):
    found = stability_of(given, criterion)
    assert found is not None and found.low is not None and found.high is not None
    return found.low.weight, found.high.weight


def test_two_projects_change_places_where_they_are_worth_the_same():
    given = judged(TEN, tree("ab"), [[10, 0], [0, 10]], envelope_mvnd=10, weights={"a": "0.6", "b": "0.4"})
    first, second = stability(given)
    assert (first.criterion, first.parent, first.now) == ("a", "", Fraction(3, 5))
    assert (first.low.weight, first.high.weight) == (Fraction(1, 2), 1)
    assert (second.low.weight, second.high.weight) == (0, Fraction(1, 2))
    assert first.low.moves_mvnd == second.high.moves_mvnd == {0: -10, 1: 10}
    assert first.high.moves_mvnd == second.low.moves_mvnd == {} and first.holds


def test_siblings_keep_their_proportions():
    """With b : c = 2 : 1, 10 t meets 8 * 2/3 * (1 - t) at t = 16/46."""
    given = judged(
        TEN,
        tree(FLAT),
        [[10, 0], [0, 8], [0, 0]],
        envelope_mvnd=10,
        weights={"a": "0.4", "b": "0.4", "c": "0.2"},
    )
    assert ends(given, "a") == (Fraction(16, 46), 1)


def test_an_interval_may_have_two_ends():
    """The middling project is best in the middle: 6 against 10 t and 10 (1 - t)."""
    given = judged(
        [Project(10, 0)] * 3, tree("ab"), [[10, 6, 0], [0, 6, 10]], envelope_mvnd=10, weights=HALVES
    )
    assert ends(given, "a") == (Fraction(2, 5), Fraction(3, 5))
    found = stability_of(given, "a")
    assert found.low.moves_mvnd == {1: -10, 2: 10} and found.high.moves_mvnd == {0: 10, 1: -10}


def test_what_is_best_everywhere_stays_so():
    given = judged(TEN, tree("ab"), [[10, 5], [10, 5]], envelope_mvnd=10, weights=HALVES)
    assert ends(given, "a") == (0, 1)


def test_a_tie_at_hand_is_an_end():
    given = judged(TEN, tree("ab"), [[10, 0], [0, 10]], envelope_mvnd=10, weights=HALVES)
    assert ends(given, "a") == (Fraction(1, 2), 1)


def test_below_a_factor_only_its_children_move():
    """Of x (a, b) and y (c, d) the first has 10 on a, the second 5 on c: 10 t / 2 meets 5 / 4."""
    given = judged(TEN, tree(DEEP), [[10, 0], [0, 0], [0, 5], [0, 0]], envelope_mvnd=10)
    assert ends(given, "a") == (Fraction(1, 4), 1)
    assert ends(given, "x") == (Fraction(1, 3), 1)
    assert [each.criterion for each in stability(given)] == ["x", "y", "a", "b", "c", "d"]


def test_the_hurdle_counts():
    given = judged(
        [Project(10, 0)], tree("ab"), [[10], [0]], envelope_mvnd=10, hurdle_e4=250_000, weights=HALVES
    )
    assert ends(given, "a") == (Fraction(1, 4), 1)
    assert stability_of(given, "a").low.moves_mvnd == {0: -10}


def test_each_project_counts_once_by_value_for_money():
    """10 t / 20 against 10 (1 - t) / 10 meet at t = 2/3."""
    given = judged(
        [Project(20, 0), Project(10, 0)],
        tree("ab"),
        [[10, 0], [0, 10]],
        envelope_mvnd=10,
        basis="project",
        weights={"a": "0.9", "b": "0.1"},
    )
    assert ends(given, "a") == (Fraction(2, 3), 1)


def test_uncertain_scores_count_where_the_scenario_counts_them():
    scores = [[2, 5], [0, 0]], [[10, 5], [0, 4]]
    for end, low in (("low", 0), ("mid", Fraction(2, 3)), ("high", Fraction(4, 9))):
        given = judged(
            TEN,
            tree("ab"),
            *scores,
            envelope_mvnd=10,
            eligibility={"unassessed": end},
            weights={"a": "0.9", "b": "0.1"},
        )
        # mid: 6 t against 5 t + 2 (1 - t); high: 10 t against 5 t + 4 (1 - t); low: the second is best
        assert ends(given, "a")[0] == low


def test_a_criterion_that_carries_all_has_no_proportions_to_keep():
    given = judged(TEN, tree("ab"), [[10, 0], [0, 10]], envelope_mvnd=10, weights={"a": "1", "b": "0"})
    (only,) = stability(given)
    assert (only.criterion, only.now, only.low.weight, only.high.weight) == ("b", 0, 0, Fraction(1, 2))


def test_ceilings_hold_a_plan_where_values_alone_would_move_it():
    projects = [Project(10, 0, "MOIT"), Project(10, 0, "MOIT"), Project(10, 0)]
    limit = {"id": "c", "where": {"ministry": ["MOIT"]}, "at_most": {"amount_bn": 10}}
    given = judged(
        projects,
        tree("ab"),
        [[10, 4, 1], [4, 10, 1]],
        envelope_mvnd=20,
        limits=[limit],
        weights={"a": "0.6", "b": "0.4"},
    )
    assert ends(given, "a") == (Fraction(1, 2), 1)


def test_classes_with_weights_of_their_own_keep_them():
    projects = [Project(10, 0, class_="group1"), Project(10, 0, class_="group2-push")]
    own = {"group2-push": {"a": "0.5", "b": "0.5"}}
    given = judged(
        projects,
        tree("ab"),
        [[10, 6], [0, 6]],
        envelope_mvnd=10,
        weights={"a": "0.7", "b": "0.3"},
        weights_by_class=own,
    )
    assert ends(given, "a") == (Fraction(3, 5), 1)
    there = moved_to(given, "a", Fraction(1, 5))
    assert scoring.leaf_weights(there, "group1")["a"] == Fraction(1, 5)
    assert scoring.leaf_weights(there, "group2-push")["a"] == Fraction(1, 2)


def test_elicited_weights_move_too(tmp_path):
    given = pipeline.load(weighed(tmp_path))
    found = {each.criterion: each for each in stability(given)}
    assert found["X"].now == Fraction(4, 5) and found["X"].holds
    there = moved_to(given, "X", Fraction(1, 4))
    assert scoring.leaf_weights(there)["B1"] == Fraction(1, 4) * Fraction(3, 4)
    with pytest.raises(KeyError):
        moved_to(given, "Z", Fraction(1, 4))


def test_whole_projects_change_places_too():
    """One of 20, or two of 10: 20 t against 10 (1 - t) + 5 (1 - t), which meet at t = 3/7."""
    given = judged(
        [Project(20, 0, funding="whole"), Project(10, 0, funding="whole"), Project(10, 0, funding="whole")],
        tree("ab"),
        [[10, 0, 0], [0, 10, 5]],
        envelope_mvnd=20,
        weights={"a": "0.6", "b": "0.4"},
    )
    found = stability_of(given, "a")
    assert (found.low.weight, found.high.weight, found.finished) == (Fraction(3, 7), 1, True)
    assert found.low.moves_mvnd == {0: -20, 1: 10, 2: 10}


def test_a_search_that_is_given_up_says_so(monkeypatch):
    given = judged(
        [Project(10, 0, funding="whole")] * 2,
        tree("ab"),
        [[10, 0], [0, 10]],
        envelope_mvnd=10,
        weights=HALVES,
    )
    asked = []

    def first_only(*given, **more):
        asked.append(given)
        answer = settle_mixed(*given, **more)
        return answer if len(asked) == 1 else replace(answer, status="feasible")

    monkeypatch.setattr(module, "settle_mixed", first_only)
    found = stability_of(given, "a")
    assert (found.holds, found.finished, found.proven) == (False, False, False)


def test_there_is_nothing_to_tell_of_given_values_and_refusals():
    assert stability(case([Project(10, 500_000)], envelope_mvnd=10)) is None
    floor = {"id": "f", "where": {}, "at_least": {"amount_bn": 40}}
    assert stability(judged(TEN, tree("ab"), [[10, 0], [0, 10]], envelope_mvnd=10, limits=[floor])) is None
    assert stability_of(judged(TEN, tree("ab"), [[10, 0], [0, 10]], envelope_mvnd=10), "z") is None
