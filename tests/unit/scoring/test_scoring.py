"""Weights and values of a small case that can be followed by hand."""

import re
from fractions import Fraction

import pytest

from prioritizer import pipeline, scoring
from tests.build import ASSESSED, CRITERIA, SCORES_HEAD, assessed

# P1: B1 50, B2 40; P2: B1 10..90; P3: B4 100; the rest not assessed
LOW = [50 * 0.31 + 40 * 0.19, 10 * 0.31, 100 * 0.21]
HIGH = [LOW[0] + 29 + 21, 90 * 0.31 + 19 + 29 + 21, 21 + 31 + 19 + 29]


def scores(path):
    return scoring.score(pipeline.load(path))


def points(values) -> list[float]:
    return [value / 10_000 for value in values.tolist()]


def test_what_is_not_assessed_counts_at_the_low_end_by_default(tmp_path):
    found = scores(assessed(tmp_path))
    assert points(found.value_e4) == points(found.low_e4) == pytest.approx(LOW)
    assert points(found.high_e4) == pytest.approx(HIGH)
    assert points(found.mid_e4) == pytest.approx([(a + b) / 2 for a, b in zip(LOW, HIGH, strict=True)])
    assert found.assessed_leaves.tolist() == [2, 1, 1]


@pytest.mark.parametrize("end, expected, ranks", [("low", LOW, [1, 3, 2]), ("high", HIGH, [3, 2, 1])])
def test_the_scenario_chooses_the_end(tmp_path, end, expected, ranks):
    found = scores(assessed(tmp_path, tiny_yaml=f"{ASSESSED}eligibility: {{unassessed: {end}}}\n"))
    assert points(found.value_e4) == pytest.approx(expected)
    assert found.rank.tolist() == ranks


def test_weights_of_the_scenario_stand_before_those_of_the_tree(tmp_path):
    own = "weights: {B1: 1, B2: 0, B3: 0, B4: 0}\n"
    assert points(scores(assessed(tmp_path, tiny_yaml=ASSESSED + own)).value_e4) == [50, 10, 0]


def test_siblings_without_weights_weigh_the_same(tmp_path):
    bare = re.sub(r", weight: 0\.\d+", "", CRITERIA)
    case = pipeline.load(assessed(tmp_path, benefits_yaml=bare))
    assert set(scoring.leaf_weights(case).values()) == {Fraction(1, 4)}


def test_leaf_weights_multiply_down_the_tree_and_sum_to_one(tmp_path):
    tree = """schema: 1
id: benefits
title: t
criteria:
  - {id: X, name: X, children: [{id: B1, name: n, scale: {worst: 0, best: 100}},
      {id: B2, name: n, scale: {worst: 0, best: 100}}, {id: B3, name: n, scale: {worst: 0, best: 100}}]}
  - {id: B4, name: n, scale: {worst: 0, best: 100}}
"""
    path = assessed(tmp_path, benefits_yaml=tree, tiny_yaml=ASSESSED + "weights: {X: 1/3, B4: 2/3}\n")
    weights = scoring.leaf_weights(pipeline.load(path))
    assert weights == {name: Fraction(1, 9) for name in ("B1", "B2", "B3")} | {"B4": Fraction(2, 3)}
    assert sum(weights.values()) == 1


def test_a_reversed_scale_is_worth_most_at_its_lower_number(tmp_path):
    turned = CRITERIA.replace("worst: 0, best: 100", "worst: 100, best: 0")
    found = scores(assessed(tmp_path, benefits_yaml=turned))
    # P2's interval 10..90 on B1 is worth 90..10: at its low end 10 points
    assert points(found.low_e4)[1] == pytest.approx(10 * 0.31)
    assert points(found.low_e4)[2] == 0


def test_weights_of_nine_decimals_on_two_levels_are_exact(tmp_path):
    tree = """schema: 1
id: benefits
title: t
criteria:
  - {id: X, name: X, weight: 0.123456789, children: [
      {id: B1, name: n, weight: 0.987654321, scale: {worst: 0, best: 100}},
      {id: B2, name: n, weight: 0.012345679, scale: {worst: 0, best: 100}}]}
  - {id: B3, name: n, weight: 0.5, scale: {worst: 0, best: 7}}
  - {id: B4, name: n, weight: 0.376543211, scale: {worst: 0, best: 100}}
"""
    found = scores(assessed(tmp_path, benefits_yaml=tree))
    first = Fraction("0.123456789") * (50 * Fraction("0.987654321") + 40 * Fraction("0.012345679"))
    assert found.value_e4.tolist()[0] == round(first * 10_000)


def test_a_given_value_has_no_leaves():
    from tests.build import Project, case

    found = scoring.score(case([Project(1, 7), Project(1, 9), Project(1, 7)], 1))
    assert found.value_e4.tolist() == found.high_e4.tolist() == [7, 9, 7]
    assert found.rank.tolist() == [2, 1, 2] and found.in_rank_order().tolist() == [1, 0, 2]
    assert found.assessed_leaves.tolist() == [0, 0, 0]


def test_scales_far_from_zero_are_exact(tmp_path):
    far = 10**20
    tree = CRITERIA.replace("worst: 0, best: 100", f"worst: {far}, best: {far + 100}")
    rows = "".join(f"P1,B{at},x,{far + 50},,\n" for at in range(1, 5))
    scored = scores(assessed(tmp_path, benefits_yaml=tree, scores_csv=f"{SCORES_HEAD}\n{rows}"))
    assert points(scored.value_e4)[0] == 50
