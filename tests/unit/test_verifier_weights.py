"""The verifier follows every word about weights by itself, and refuses weights that no word leads to."""

import json
from fractions import Fraction

import pytest
from hypothesis import given

from prioritizer import pipeline, verifier
from prioritizer.scoring.elicitation import heard as ours
from tests.build import steady
from tests.properties.test_weights import intervals, judged, orders, swings
from tests.unit.scoring.test_weights import said
from tests.unit.test_verifier import checked, codes, failed, honest
from tests.weighed import weighed


@pytest.fixture
def plan(tmp_path):
    return honest(pipeline.load(weighed(tmp_path)))


def forged(plan, change):
    """The plan after a change of its case, with digests that fit again."""
    change(plan["case"])
    for part in verifier.PARTS:
        plan["digests"][part] = verifier.digest(plan["case"][part])
    plan["digests"]["case"] = verifier.digest(plan["case"])
    return plan


def test_weights_of_every_origin_pass(plan):
    verdict = checked(plan)
    assert failed(verdict) == []
    (clause,) = (each for each in verdict.clauses if each.name == "weights")
    assert clause.state == "ok" and clause.facts["statements"] == 4


def test_the_file_has_the_resolved_weights_and_the_statements(plan):
    assert plan["case"]["weights"]["group2-push"]["X"] == "1/4"
    assert plan["case"]["weights"]["unclassed"] == {
        "X": "4/5",
        "Y": "1/5",
        "B1": "3/4",
        "B2": "1/4",
        "B3": "1/2",
        "B4": "1/2",
    }
    first = plan["case"]["scenario"]["elicitation"][0]
    assert (first["id"], first["by"]["en"], first["at"]) == ("root", "Group", "2026-04-20")


def set_weights(class_, **weights):
    return lambda case: case["weights"][class_].update(weights)


def statement(at, **changes):
    return lambda case: case["scenario"]["elicitation"][at].update(changes)


@pytest.mark.parametrize(
    "change, code",
    [
        (set_weights("group2-push", X="1/3", Y="2/3"), "weights_differ"),
        (set_weights("group1", B3="7/20", B4="7/10"), "weights_sum"),
        (set_weights("unclassed", B1="0.75"), "want_share"),
        (set_weights("unclassed", B9="1"), "weights_missing"),
        (set_weights("group1", B1="749999998/1000000000", B2="250000002/1000000000"), "weights_differ"),
        (statement(0, swing={"X": "100", "Y": "30"}), "weights_differ"),
        (statement(0, swing={"X": "90", "Y": "30"}), "statement_unsound"),
        (statement(1, rank=[["X"], ["Y"]]), "weights_differ"),
        (statement(1, rank=[["X"], ["X"]]), "statement_unsound"),
        (statement(1, rank=[["X"]], leave_out=["X", "Y"]), "statement_unsound"),
        (statement(2, pairwise={"B1": {"B2": "4"}}), "weights_differ"),
        (statement(2, pairwise={"B1": {"B2": "10"}}), "statement_unsound"),
        (statement(2, pairwise={"B1": {"B2": "3"}, "B2": {"B1": "3"}}), "statement_unsound"),
        (statement(3, intervals={"B3": ["1/5", "1/2"], "B4": ["2/5", "3/5"]}), "weights_differ"),
        (statement(3, intervals={"B3": ["1/5", "1/4"], "B4": ["2/5", "3/5"]}), "statement_unsound"),
        (statement(3, **{"class": None}), "weights_differ"),
        (statement(1, **{"class": None}), "statement_twice"),
        (lambda case: case["scenario"]["exchange_rate"].update({"group2-push": "9/10"}), "value_differs"),
        (lambda case: case["scenario"]["exchange_rate"].update(group9="1"), "unknown_class"),
        (lambda case: case["scenario"]["exchange_rate"].update(group1="0"), "want_exact"),
        (lambda case: case["scenario"]["weights_by_class"].clear(), "weights_differ"),
        (lambda case: case["scenario"]["weights"].update(X="1", Y="0"), "statement_beside_weights"),
        (lambda case: case["scenario"]["weights"].update(Z9="1"), "unknown_criterion"),
        (lambda case: case["scenario"]["elicitation"][0].update(at="2026-02-30"), "want_day"),
        (statement(1, over="Z9"), "statement_unsound"),
        (lambda case: case["register"][1]["columns"].update({"class": "group1"}), "value_differs"),
        (lambda case: case.update(weights=None), "weights_missing"),
    ],
)
def test_other_weights_or_other_words_are_refused(plan, change, code):
    assert code in codes(forged(plan, change))


def agree(statement, value):
    """The verifier's weights and ours, as far as the verifier says it knows them."""
    plain = json.loads(json.dumps(value, default=str))
    way = statement.method
    content = {"leave_out": [], **dict.fromkeys(verifier.HEARING), way: plain}
    found, own = verifier.heard(content, statement.named), ours(statement).weights
    assert found is not None
    assert all(abs(found.weights[name] - own[name]) <= found.within for name in own)
    return found.within


@given(swings())
@steady(40)
def test_both_hear_the_same_in_swings(value):
    assert agree(said(swing=value), value) == 0


@given(orders())
@steady(40)
def test_both_hear_the_same_in_rank_orders(value):
    assert agree(said(rank=value), value) == 0


@given(intervals())
@steady(40)
def test_both_hear_the_same_in_intervals(value):
    assert agree(said(intervals=value), value) == 0


@given(judged())
@steady(30)
def test_both_hear_the_same_in_judgements_to_nine_decimals(value):
    assert agree(said(pairwise=value), value) <= Fraction(11, 10**10)
