"""Weights and values of a small case that can be followed by hand."""

import re
from fractions import Fraction

import pytest

from prioritizer import pipeline, scoring
from prioritizer.results import Lack
from prioritizer.scoring import eligibility
from tests.build import (
    ASSESSED,
    ASSESSED_HEAD,
    ASSESSED_ROWS,
    CRITERIA,
    HEAD,
    ROWS,
    SCENARIO,
    SCORES_HEAD,
    assessed,
    folder,
    table,
)

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


TREE = """schema: 1
id: benefits
title: t
criteria:
  - {id: X, name: X, weight: 0.25, children: [
      {id: B1, name: n, weight: 1/3, scale: {worst: 0, best: 100}},
      {id: B2, name: n, weight: 2/3, scale: {worst: 100, best: 0}}]}
  - {id: Y, name: Y, weight: 0.75, children: [
      {id: Z, name: Z, children: [{id: B3, name: n, scale: {worst: 0, best: 100}}]},
      {id: B4, name: n, scale: {worst: 0, best: 7}}]}
"""
ROWS_BY_FACTOR = ("P1,B1,x,50,,", "P1,B2,x,40,,", "P2,B1,x,,10,90", "P3,B4,x,3,,")


def by_factor(place, end: str = "low", more: str = "", **files: str):
    choices = f"{ASSESSED}eligibility: {{unassessed: {end}{more}}}\n"
    scored = table(SCORES_HEAD, ROWS_BY_FACTOR)
    return pipeline.load(assessed(place, tiny_yaml=choices, benefits_yaml=TREE, scores_csv=scored, **files))


# P1: X = 50/3 + 2/3 of the reversed 60; P2: X = 10/3 or 90/3 + 200/3; P3: Y = half of 300/7
@pytest.mark.parametrize(
    "end, expected",
    [
        ("low", [[Fraction(170, 3), 0], [Fraction(10, 3), 0], [0, Fraction(150, 7)]]),
        ("high", [[Fraction(170, 3), 100], [Fraction(290, 3), 100], [100, Fraction(500, 7)]]),
        ("mid", [[Fraction(170, 3), 50], [50, 50], [50, Fraction(325, 7)]]),
    ],
)
def test_a_factor_is_worth_up_to_a_hundred_points_whatever_it_weighs(tmp_path, end, expected):
    found = scoring.factor_values(by_factor(tmp_path, end))
    assert found.tolist() == [[round(10_000 * Fraction(value)) for value in row] for row in expected]


def test_a_factor_that_is_a_leaf_and_one_that_weighs_nothing_have_values(tmp_path):
    weights = "weights: {B1: 0, B2: 1, B3: 0, B4: 0}\n"
    found = scoring.factor_values(pipeline.load(assessed(tmp_path, tiny_yaml=ASSESSED + weights)))
    assert [points(row) for row in found] == [[50, 40, 0, 0], [10, 0, 0, 0], [0, 0, 0, 100]]


def test_factors_add_up_to_the_value(tmp_path):
    case = by_factor(tmp_path)
    weights = scoring.node_weights(case)
    for row, value in zip(scoring.factor_values(case), scoring.score(case).value_e4, strict=True):
        assert abs(int(row[0]) * weights["X"] + int(row[1]) * weights["Y"] - int(value)) < 2


def test_projects_below_a_minimum_lack_it_with_both_numbers(tmp_path):
    found = scoring.score(by_factor(tmp_path, more=", minimum_by_factor: {Y: 21.5, X: 3.3333}"))
    below = "factor_below_minimum"
    zero = (("factor", "Y"), ("value", "0"), ("minimum", "21.5"))
    assert found.lacks == {
        0: (Lack(below, zero),),
        1: (Lack(below, zero),),
        2: (
            Lack(below, (("factor", "X"), ("value", "0"), ("minimum", "3.3333"))),
            Lack(below, (("factor", "Y"), ("value", "21.4286"), ("minimum", "21.5"))),
        ),
    }


def test_the_minimum_itself_suffices(tmp_path):
    found = scoring.score(by_factor(tmp_path, more=", minimum_by_factor: {Y: 21.4286}"))
    assert sorted(found.lacks) == [0, 1]


def test_a_blank_column_of_the_dossier_is_lacking(tmp_path):
    rows = [f"{row},{note}" for row, note in zip(ASSESSED_ROWS, ("kept", " ", ""), strict=True)]
    register = table(f"{ASSESSED_HEAD},note", rows)
    found = scoring.score(by_factor(tmp_path, more=", dossier: [note, source]", register_csv=register))
    note, source = (Lack("dossier_blank", (("column", name),)) for name in ("note", "source"))
    assert found.lacks == {0: (source,), 1: (note, source), 2: (note, source)}


def test_a_class_may_have_a_dossier_of_its_own(tmp_path):
    choices = SCENARIO + "eligibility: {dossier: note, dossier_by_class: {group1: [source, note]}}\n"
    rows = [ROWS[0], *(row.replace("group1", "group2-push") for row in ROWS[1:])]
    found = scores(folder(tmp_path, tiny_yaml=choices, register_csv=table(HEAD, rows)))
    assert [lacking(found, row) for row in range(3)] == [["note", "source"], ["note"], ["note"]]


def test_the_notice_asks_what_its_classes_have_in_common_of_all(tmp_path):
    choices = SCENARIO + "eligibility: {dossier: notice-22}\n"
    rows = [ROWS[0].replace("group1", "group2-push"), ROWS[1].replace("group1", "group2-pull"), ROWS[2]]
    found = scores(folder(tmp_path, tiny_yaml=choices, register_csv=table(HEAD, rows)))
    push, pull, other = (set(lacking(found, row)) for row in range(3))
    assert (push - other, pull - other) == ({"laboratory", "chief_engineer"}, {"specification"})
    assert len(other) == 20 and other < push and other < pull


def test_the_notice_may_be_asked_of_one_class_alone(tmp_path):
    choices = SCENARIO + "eligibility: {dossier_by_class: {group2-pull: [source, notice-22]}}\n"
    rows = [ROWS[0].replace("group1", "group2-pull"), *ROWS[1:]]
    found = scores(folder(tmp_path, tiny_yaml=choices, register_csv=table(HEAD, rows)))
    assert list(found.lacks) == [0] and lacking(found, 0)[0] == "source" and len(found.lacks[0]) == 22


def lacking(found, row):
    return [dict(lack.params)["column"] for lack in found.lacks[row]]


def test_given_values_may_have_a_dossier_too(tmp_path):
    choices = SCENARIO + "eligibility: {dossier: [class]}\n"
    rows = [*ROWS[:2], ROWS[2].replace("group1", "")]
    found = scores(folder(tmp_path, tiny_yaml=choices, register_csv=table(HEAD, rows)))
    assert found.lacks == {2: (Lack("dossier_blank", (("column", "class"),)),)}


def test_where_nothing_is_asked_nobody_lacks_anything(tmp_path):
    assert scores(assessed(tmp_path)).lacks == {}


@pytest.mark.parametrize("value, text", [(0, "0"), (1, "0.0001"), (412_500, "41.25"), (1_000_000, "100")])
def test_points_are_written_as_the_shortest_decimal(value, text):
    assert eligibility._decimal(value) == text


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
