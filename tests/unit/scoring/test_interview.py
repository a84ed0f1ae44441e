"""Questions about weights, one at a time, and the statements that they come to."""

from fractions import Fraction

import pytest

from prioritizer.errors import Misread
from prioritizer.scoring.elicitation import heard
from prioritizer.scoring.interview import (
    METHODS,
    Interview,
    answered,
    back,
    elicitation,
    pairs,
    progress,
    question,
    statement,
)

ANSWERS = {
    "swing": [("b",), ("50",), ("25",)],
    "rank": [("c",), ("a", "b")],
    "pairwise": [("3",), ("1/2",), ("1/5",)],
    "intervals": [("0.2", "0.5"), ("0.1", "0.4"), ("0.3", "0.6")],
}


def asked(method, answers=(), names=("a", "b", "c"), **more):
    held = Interview("root", "", method, "Tổ", "2026-04-20", "Họp", names, **more)
    for answer in answers:
        held = answered(held, answer)
    return held


@pytest.mark.parametrize("method", METHODS)
def test_every_way_asks_until_there_is_a_statement_that_files_can_hold(method):
    held = asked(method, left_out=("z",))
    for done, answer in enumerate(ANSWERS[method]):
        assert progress(held)[0] == done and question(held) is not None
        held = answered(held, answer)
    assert question(held) is None and progress(held) == (3, 3)
    said = elicitation(held)
    assert said.method == method and set(said.named) == {"a", "b", "c"} and said.leave_out == ("z",)
    assert sum(heard(said).weights.values()) == 1 and heard(said).weights["z"] == 0
    with pytest.raises(Misread, match="nothing_asked"):
        answered(held, ANSWERS[method][0])


def test_what_was_answered_is_what_is_said():
    assert statement(asked("swing", ANSWERS["swing"]))["swing"] == {"a": "50", "b": "100", "c": "25"}
    assert statement(asked("rank", ANSWERS["rank"]))["rank"] == ["c", ["a", "b"]]
    assert statement(asked("pairwise", ANSWERS["pairwise"]))["pairwise"] == {
        "a": {"b": "3", "c": "1/2"},
        "b": {"c": "1/5"},
    }
    assert statement(asked("intervals", ANSWERS["intervals"]))["intervals"]["c"] == ["0.3", "0.6"]


def test_the_last_place_of_an_order_goes_without_asking():
    held = asked("rank", [("c",), ("a",)])
    assert question(held) is None and statement(held)["rank"] == ["c", "a", "b"]
    assert statement(asked("rank", [("a", "b", "c")]))["rank"] == [["a", "b", "c"]]


def test_the_one_to_improve_first_is_what_the_others_are_compared_with():
    held = asked("swing", [("b",)])
    assert (question(held).about, question(held).against) == (("a",), "b")
    assert question(back(back(held))).kind == "first"


def test_a_class_is_said_and_nothing_else_is_of_one():
    held = Interview("X", "group2-push", "rank", "x", "2026-01-01", "y", ("a", "b"), answers=(("a",),))
    assert elicitation(held).id == "X.group2-push" and "leave_out" not in statement(held)


def test_pairs_complete_one_criterion_after_the_other():
    assert pairs(("a", "b", "c", "d")) == (
        ("a", "b"), ("a", "c"), ("b", "c"), ("a", "d"), ("b", "d"), ("c", "d"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("method", "before", "answer", "code"),
    [
        ("swing", [], (), "choice_missing"),
        ("swing", [], ("a", "b"), "choice_missing"),
        ("swing", [], ("z",), "choice_missing"),
        ("swing", [("a",)], ("0",), "swing_off_scale"),
        ("swing", [("a",)], ("100.1",), "swing_off_scale"),
        ("rank", [("a",)], ("a",), "choice_missing"),
        ("pairwise", [], ("10",), "judgement_off_scale"),
        ("pairwise", [], ("1/10",), "judgement_off_scale"),
        ("intervals", [], ("0.5", "0.4"), "interval_crossed"),
        ("intervals", [], ("0.5", "1.1"), "share_out_of_range"),
        ("intervals", [("0.6", "0.9")], ("0.5", "0.6"), "least_above_whole"),
        ("intervals", [("0.1", "0.2"), ("0.1", "0.2")], ("0.1", "0.5"), "most_below_whole"),
    ],
)
def test_what_is_no_answer_is_refused_by_name(method, before, answer, code):
    held = asked(method, before)
    with pytest.raises(Misread, match=code):
        answered(held, answer)


def test_an_interval_is_refused_with_what_is_left_for_it():
    with pytest.raises(Misread) as refused:
        answered(asked("intervals", [("0.6", "0.9")]), ("0.5", "0.6"))
    assert Fraction(refused.value.params["rest"]) == Fraction("0.4")
