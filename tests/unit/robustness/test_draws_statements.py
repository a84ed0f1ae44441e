"""Draws keep what the group said about weights, and say so where that is impossible."""

from fractions import Fraction

import numpy as np
import pytest

from prioritizer import locale, pipeline
from prioritizer.errors import InputFaults
from prioritizer.model import Case, Elicitation
from prioritizer.robustness.draws import polytope
from prioritizer.robustness.draws.table import draw
from prioritizer.robustness.draws.weights import Allowed
from prioritizer.scoring.elicitation import heard
from tests.build import ASSESSED, CRITERIA, assessed
from tests.weighed import weighed

SAID = {"by": "Group", "at": "2026-04-20", "why": "Meeting"}
UNIT = 2e-9  # weights are rounded to 1e-9
UNWEIGHED = "".join(line.split(", weight")[0] + ", scale" + line.split(", scale")[1] + "\n"
                    if "weight" in line else line + "\n" for line in CRITERIA.splitlines())  # fmt: skip


def statement(over: str = "root", **said) -> Elicitation:
    return Elicitation.model_validate({"over": over, **SAID, **said})


@pytest.fixture
def four(tmp_path) -> Case:
    """Three projects judged by four criteria of equal weight."""
    return pipeline.load(assessed(tmp_path, tiny_yaml=ASSESSED, benefits_yaml=UNWEIGHED))


def drawn(case: Case, *further: Elicitation, room: Fraction = Fraction(0), count: int = 512) -> np.ndarray:
    held = draw(case, count, 3, "low", 4, Allowed(further=further, room=room))
    return held.weights(np.arange(count)) / 10**9


def fault(case: Case, *further: Elicitation, room: Fraction = Fraction(0)):
    with pytest.raises(InputFaults) as found:
        draw(case, 8, 1, "low", 2, Allowed(further=further, room=room))
    return found.value.faults[0]


def test_a_rank_order_is_kept_and_equals_weigh_the_same(four):
    weights = drawn(four, statement(rank=["B3", ["B1", "B2"], "B4"])).T
    assert (weights[2] >= weights[0] - UNIT).all() and (weights[1] >= weights[3] - UNIT).all()
    assert np.abs(weights[0] - weights[1]).max() <= UNIT


def test_the_mean_of_a_rank_order_is_what_it_is_heard_as(four):
    said = statement(rank=["B3", "B1", "B4", "B2"])
    weights = drawn(four, said, count=4096)
    exact = [float(heard(said).weights[name]) for name in ("B1", "B2", "B3", "B4")]
    assert (np.abs(weights.mean(axis=0) - exact) <= 5 * weights.std(axis=0) / 64).all()


def test_intervals_are_kept(four):
    ends = {"B1": ("0.2", "0.3"), "B2": ("0", "1"), "B3": ("0.1", "0.6"), "B4": ("1/3", "1/2")}
    weights = drawn(four, statement(intervals=ends))
    for at, (low, high) in enumerate(ends.values()):
        assert weights[:, at].min() >= Fraction(low) - UNIT and weights[:, at].max() <= Fraction(high) + UNIT
    assert weights[:, 1].max() > 0.25


def test_swings_at_their_word_leave_one_set_of_weights(four):
    said = statement(swing={"B1": "50", "B2": "100", "B3": "30", "B4": "20"})
    assert np.abs(drawn(four, said) - [0.25, 0.5, 0.15, 0.1]).max() <= UNIT


def test_swings_with_room_stay_within_it(four):
    said = statement(swing={"B1": "50", "B2": "100", "B3": "30", "B4": "20"})
    weights = drawn(four, said, room=Fraction(1, 4))
    ratio = weights[:, 0] / weights[:, 1]
    assert ratio.min() >= 0.4 - 1e-7 and ratio.max() <= 0.625 + 1e-7
    assert ratio.max() - ratio.min() > 0.15


def test_consistent_judgements_leave_one_set_of_weights(four):
    said = {"B1": {"B2": "2", "B3": "4", "B4": "8"}, "B2": {"B3": "2", "B4": "4"}, "B3": {"B4": "2"}}
    assert np.abs(drawn(four, statement(pairwise=said)) - np.array([8, 4, 2, 1]) / 15).max() <= UNIT


def test_inconsistent_judgements_are_refused_with_the_three_that_clash_most(four):
    said = {"B1": {"B2": "2", "B3": "4", "B4": "8"}, "B2": {"B3": "2", "B4": "4"}, "B4": {"B3": "3"}}
    found = fault(four, statement(pairwise=said))
    assert found.code == "weights_clash" and found.params["over"] == "root"
    assert found.params["clash"] == "B1 = 4 × B3 (root); B1 = 8 × B4 (root); B4 = 3 × B3 (root)"
    for lang in locale.LANGS:
        assert "B4 = 3 × B3" in locale.fault_message(found, lang) and locale.fault_remedy(found, lang)


def test_room_reconciles_what_clashes(four):
    said = {"B1": {"B2": "2", "B3": "4", "B4": "8"}, "B2": {"B3": "2", "B4": "4"}, "B3": {"B4": "3"}}
    assert fault(four, statement(pairwise=said)).code == "weights_clash"
    weights = drawn(four, statement(pairwise=said), room=Fraction(1, 2))
    ratio = weights[:, 2] / weights[:, 3]
    assert ratio.min() >= 2 - 1e-7 and ratio.max() <= 4.5 + 1e-7


def test_an_order_and_intervals_can_clash(four):
    ends = {"B1": ("0.5", "1"), "B2": ("0", "1"), "B3": ("0", "0.4"), "B4": ("0", "1")}
    found = fault(four, statement(rank=["B3", "B1", "B2", "B4"]), statement(id="spans", intervals=ends))
    assert found.params["clash"] == "B3 ≥ B1 (root); B1 ≥ 0.5 (spans); B3 ≤ 0.4 (spans)"


def test_criteria_that_are_left_out_weigh_nothing(four):
    said = statement(rank=["B1", "B3", "B4"], leave_out=["B2"])
    weights = drawn(four, said)
    assert (weights[:, 1] == 0).all() and (weights[:, [0, 2, 3]] > 0).all()


def test_criteria_without_weight_stay_out(tmp_path):
    words = "weights: {B1: 0.5, B2: 0, B3: 0.25, B4: 0.25}\n"
    case = pipeline.load(assessed(tmp_path, tiny_yaml=ASSESSED + words))
    weights = drawn(case)
    assert (weights[:, 1] == 0).all() and (weights[:, [0, 2, 3]].std(axis=0) > 0.1).all()


def test_classes_with_words_of_their_own_are_drawn_apart(tmp_path):
    case = pipeline.load(weighed(tmp_path))
    held, rows = draw(case, 1024, 7, "low", 4), np.arange(1024)
    general, push, one = (held.weights_by_class(rows, name) for name in ("", "group2-push", "group1"))
    need = [own[:, :2].sum(axis=1) for own in (general, push, one)]
    assert abs(np.corrcoef(need[0], need[1])[0, 1]) < 0.1  # another factor weight
    assert np.abs(need[0] - need[2]).max() <= 2  # the same factor weight ...
    assert not np.array_equal(general, one)  # ... with other weights below it
    assert np.array_equal(held.weights(rows), general)


def test_stated_weights_are_those_of_every_class(tmp_path):
    case = pipeline.load(weighed(tmp_path))
    held, rows = draw(case, 256, 7, "low", 4, Allowed(stated=True)), np.arange(256)
    general, push, one = (held.weights_by_class(rows, name) / 10**9 for name in ("", "group2-push", "group1"))
    assert np.abs(general[:, :2] - [0.6, 0.2]).max() <= UNIT  # swings 100 and 25, then three to one
    assert (push[:, :2].sum(axis=1) <= push[:, 2:].sum(axis=1) + UNIT).all()  # Y before X
    part = one[:, 2] / one[:, 2:].sum(axis=1)
    assert part.min() >= 0.2 - 1e-7 and part.max() <= 0.5 + 1e-7 and part.std() > 0.05


def test_bodies_of_too_many_corners_are_drawn_by_chains(four, monkeypatch):
    monkeypatch.setattr(polytope, "MOST_CORNERS", 4)
    weights = drawn(four, statement(intervals=dict.fromkeys(("B1", "B2", "B3", "B4"), ("0.1", "0.4"))))
    assert weights.min() >= 0.1 - UNIT and weights.max() <= 0.4 + UNIT
    assert (np.abs(weights.mean(axis=0) - 0.25) <= 5 * weights.std(axis=0) / np.sqrt(512)).all()


def test_bodies_of_too_many_corners_and_no_inside_are_refused(four, monkeypatch):
    monkeypatch.setattr(polytope, "MOST_CORNERS", 3)
    spans = {"B1": ("0.25", "0.25"), "B2": ("0.1", "0.4"), "B3": ("0.1", "0.4"), "B4": ("0.1", "0.4")}
    found = fault(four, statement(intervals=spans))
    assert found.code == "weights_too_many_corners"
    assert all(
        locale.fault_message(found, lang) and locale.fault_remedy(found, lang) for lang in locale.LANGS
    )
