"""Whose word counts, class by class, and what statements come to, by hand."""

from fractions import Fraction

import pytest

from prioritizer import pipeline, scoring
from prioritizer.model import CLASSES, Elicitation
from prioritizer.scoring.elicitation import heard
from prioritizer.scoring.pairwise import RANDOM_INDEX
from prioritizer.scoring.weights import weighings
from tests.build import CRITERIA, faults
from tests.weighed import INTERVALS, RANK, SAID, SWING, TREE, WORDS, weighed


def said(**how) -> Elicitation:
    return Elicitation.model_validate({"over": "root", "by": "x", "at": "2026-01-01", "why": "y", **how})


def weights(**how) -> dict[str, Fraction]:
    return dict(heard(said(**how)).weights)


# ------------------------------------------------------------------ statements


def test_swings_weigh_as_parts_of_all_swings():
    assert weights(swing={"a": "100", "b": "60", "c": "40"}) == {
        "a": Fraction("0.5"),
        "b": Fraction("0.3"),
        "c": Fraction("0.2"),
    }


def test_a_rank_order_weighs_as_the_centroid():
    third = weights(rank=["a", "b", "c"])
    assert third == {"a": Fraction("0.611111111"), "b": Fraction("0.277777778"), "c": Fraction("0.111111111")}


def test_equals_in_a_rank_order_share_but_for_what_rounding_leaves():
    assert weights(rank=[["b", "a"], "c", "d"]) == {
        "a": Fraction("0.395833334"),  # the mean of 25/48 and 13/48
        "b": Fraction("0.395833333"),
        "c": Fraction("0.145833333"),
        "d": Fraction("0.0625"),
    }


def test_thirds_are_rounded_so_that_they_sum_to_one_and_know_no_order():
    for order in (["a", "b", "c"], ["c", "b", "a"]):
        found = weights(swing=dict.fromkeys(order, "100"))
        assert found == {"a": Fraction("0.333333334"), "b": found["c"], "c": Fraction("0.333333333")}


def test_two_judged_criteria_cannot_contradict_each_other():
    found = heard(said(pairwise={"a": {"b": "4"}}))
    assert found.weights == {"a": Fraction("0.8"), "b": Fraction("0.2")}
    assert found.compared.ratio == 0 and found.compared.mends == ()


def test_a_judgement_may_be_said_either_way_round():
    one, other = (
        {"a": {"b": "3", "c": "5"}, "b": {"c": "2"}},
        {"b": {"a": "1/3"}, "c": {"b": "1/2", "a": "1/5"}},
    )
    assert heard(said(pairwise=one)).compared == heard(said(pairwise=other)).compared


def test_contradicting_judgements_are_above_the_bound_and_mending_one_helps():
    found = heard(said(pairwise={"a": {"b": "5", "c": "1/5"}, "b": {"c": "5"}})).compared
    assert not found.acceptable and len(found.mends) == 3
    assert all(each.ratio_then < found.ratio for each in found.mends)


def test_random_indices_are_of_up_to_fifteen_criteria_and_rise():
    assert len(RANDOM_INDEX) == 15 and list(RANDOM_INDEX) == sorted(RANDOM_INDEX)


def test_intervals_are_tightened_and_weighed_at_one_place():
    found = heard(said(intervals={"a": ["0.2", "0.4"], "b": ["0", "1"], "c": ["0.1", "0.1"]}))
    assert found.tightened["b"] == (Fraction("0.5"), Fraction("0.7"))
    assert found.weights == {"a": Fraction("0.3"), "b": Fraction("0.6"), "c": Fraction("0.1")}


def test_what_is_left_out_weighs_nothing():
    assert weights(rank=["b"], leave_out=["a"]) == {"a": 0, "b": 1}


# ------------------------------------------------------------------ whose word counts


def origins(case, class_="") -> dict[str, str]:
    return {each.parent: each.origin for each in weighings(case, class_)}


def test_a_class_with_a_word_of_its_own_follows_it(tmp_path):
    case = pipeline.load(weighed(tmp_path))
    assert origins(case) == {"": "elicited", "X": "elicited", "Y": "equal"}
    assert origins(case, "group1") == {"": "elicited", "X": "elicited", "Y": "elicited_by_class"}
    assert origins(case, "group2-push") == {"": "elicited_by_class", "X": "elicited", "Y": "equal"}
    assert origins(case, "group2-pull") == {"": "by_class", "X": "elicited", "Y": "equal"}
    assert scoring.node_weights(case, "group2-push")["Y"] == Fraction("0.75")
    assert scoring.node_weights(case, "group2-pull")["Y"] == Fraction("0.9")


def test_direct_weights_come_before_the_criteria_file_and_that_before_equal_ones(tmp_path):
    tree = TREE.replace("name: Three,", "name: Three, weight: 0.3,")
    tree = tree.replace("name: Four,", "name: Four, weight: 0.7,")
    case = pipeline.load(weighed(tmp_path, "weights: {X: 0.6, Y: 0.4}\n", tree))
    assert origins(case) == {"": "direct", "X": "equal", "Y": "criteria"}
    assert scoring.leaf_weights(case) == {
        "B1": Fraction("0.3"),
        "B2": Fraction("0.3"),
        "B3": Fraction("0.12"),
        "B4": Fraction("0.28"),
    }


@pytest.mark.parametrize("class_", ["", *CLASSES])
def test_leaf_weights_sum_to_one_for_every_class(tmp_path, class_):
    assert sum(scoring.leaf_weights(pipeline.load(weighed(tmp_path)), class_).values()) == 1


def test_general_words_and_words_for_a_class_do_not_conflict(tmp_path):
    words = f"weights: {{X: 0.6, Y: 0.4}}\nelicitation: [{RANK}]\n"
    assert faults(weighed(tmp_path, words)) == ()


def test_an_inherited_weight_is_removed_so_that_a_statement_can_stand(tmp_path):
    path = weighed(tmp_path, "weights: {X: 0.6, Y: 0.4}\n")
    later = "schema: 1\nid: later\nextends: tiny\ntitle: t\n"
    (tmp_path / "later.yaml").write_text(f"{later}elicitation: [{SWING}]\n", encoding="utf-8")
    assert [fault.code for fault in faults(tmp_path / "later.yaml")] == ["statement_beside_weights"]
    (tmp_path / "later.yaml").write_text(f"{later}weights: null\nelicitation: [{SWING}]\n", encoding="utf-8")
    assert faults(tmp_path / "later.yaml") == () == faults(path)


def test_the_order_of_statements_and_criteria_changes_nothing(tmp_path):
    turned = WORDS.replace(f"{SWING}, {RANK}", f"{RANK}, {SWING}").replace(
        "{X: 100, Y: 25}", "{Y: 25, X: 100}"
    )
    first, *rest = TREE.partition("criteria:\n")
    blocks = rest[1].split("  - ")[1:]
    other_tree = first + "criteria:\n" + "".join(f"  - {block}" for block in reversed(blocks))
    one = pipeline.load(weighed(tmp_path / "one"))
    other = pipeline.load(weighed(tmp_path / "other", turned, other_tree))
    for class_ in ("", *CLASSES):
        assert scoring.leaf_weights(one, class_) == scoring.leaf_weights(other, class_)
    assert scoring.score(one).value_e4.tolist() == scoring.score(other).value_e4.tolist()


# ------------------------------------------------------------------ values


def by_hand(x: str, b1: str, b3: str, rate: str = "1") -> int:
    """The value, in 1e-4 point, at scores 80, 40, 60 and 20, of weights of X, of B1 and of B3."""
    need, first, third = map(Fraction, (x, b1, b3))
    points = need * (first * 80 + (1 - first) * 40) + (1 - need) * (third * 60 + (1 - third) * 20)
    return round(points * Fraction(rate) * 10_000)


def test_values_take_the_weights_and_the_rate_of_the_class(tmp_path):
    found = scoring.score(pipeline.load(weighed(tmp_path)))
    assert found.value_e4.tolist() == [
        by_hand("0.8", "0.75", "0.35"),  # half-way between 0.2 and 0.5, as B4 is between 0.5 and 0.8
        by_hand("0.25", "0.75", "0.5", "0.8"),
        by_hand("0.1", "0.75", "0.5", "1.5"),
        by_hand("0.8", "0.75", "0.5"),
    ]


def test_contributions_sum_to_the_value_with_its_rate(tmp_path):
    case = pipeline.load(weighed(tmp_path))
    parts, values = scoring.contributions(case), scoring.score(case).value_e4
    assert abs(parts.sum(axis=1) - values).max() <= 2


def test_a_minimum_on_a_factor_takes_the_weights_of_the_class_but_no_rate(tmp_path):
    words = f"{WORDS}eligibility: {{minimum_by_factor: {{Y: 36}}}}\n"
    case = pipeline.load(weighed(tmp_path, words))
    points = scoring.factor_values(case)[:, 1].tolist()
    assert points[1:] == [400_000, 400_000, 400_000] and points[0] == by_hand("0", "0", "0.35")
    assert sorted(scoring.score(case).lacks) == [0]


def test_a_rate_beyond_int64_is_still_exact(tmp_path):
    rate = "exchange_rate: {group1: 99.9999999999999999999999}\n"
    found = scoring.score(pipeline.load(weighed(tmp_path, rate, CRITERIA)))
    plain = 80 * Fraction("0.31") + 40 * Fraction("0.19") + 60 * Fraction("0.29") + 20 * Fraction("0.21")
    assert found.value_e4.tolist()[0] == round(plain * Fraction("99.9999999999999999999999") * 10_000)


def test_statements_over_one_set_for_other_classes_leave_it_alone(tmp_path):
    words = f"elicitation: [{INTERVALS}, {{over: Y, class: group2-pull, {SAID}, rank: [B4, B3]}}]\n"
    case = pipeline.load(weighed(tmp_path, words))
    assert scoring.node_weights(case)["B3"] == Fraction(1, 2)
    assert scoring.node_weights(case, "group2-pull")["B3"] == Fraction(1, 4)
