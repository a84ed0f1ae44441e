"""Changes of weights, as a save would write them: read back, they weigh what was meant and nothing else
moves."""

from fractions import Fraction

import pytest

from prioritizer import pipeline
from prioritizer.model import CLASSES
from prioritizer.scoring.weights import node_weights, weighings
from prioritizer.store import Saved, sha256_of
from prioritizer.ui.criteria import weighing
from tests.weighed import weighed


@pytest.fixture
def path(tmp_path):
    return weighed(tmp_path)


def saved(path, changes):
    """The case after a save of the changes."""
    outcome = pipeline.save(path, changes, sha256_of(path.read_bytes()))
    assert isinstance(outcome, Saved), outcome
    return pipeline.load(path)


def all_weights(case):
    return {class_: node_weights(case, class_) for class_ in ("", *CLASSES)}


def origins(case, class_=""):
    return {each.parent: each.origin for each in weighings(case, class_)}


def test_weights_stated_outright_take_the_place_of_what_was_said(path):
    case = pipeline.load(path)
    after = saved(path, weighing.outright(case, "", "", {"X": Fraction(1, 3), "Y": Fraction(2, 3)}))
    expected = all_weights(case)
    for class_ in ("", "group1"):
        expected[class_] |= {"X": Fraction(1, 3), "Y": Fraction(2, 3)}
    assert all_weights(after) == expected and origins(after)[""] == "direct"


@pytest.mark.parametrize("class_", ["", "group1", "group2-push", "group2-pull"])
def test_a_statement_takes_the_place_of_whatever_weighed_before(path, class_):
    case = pipeline.load(path)
    said = {"over": "root", "by": "Tổ", "at": "2026-05-01", "why": "Họp", "rank": ["X", "Y"]}
    after = saved(path, weighing.stated(case, said | ({"class": class_} if class_ else {})))
    own = node_weights(after, class_)
    assert (own["X"], own["Y"]) == (Fraction(3, 4), Fraction(1, 4))
    assert origins(after, class_)[""] == ("elicited_by_class" if class_ else "elicited")
    others = {"", "group2-push", "group2-pull"} - {class_}
    assert all(node_weights(after, name) == node_weights(case, name) for name in others)


@pytest.mark.parametrize(("class_", "parent"), [("group2-push", ""), ("group2-pull", ""), ("group1", "Y")])
def test_a_class_may_weigh_as_everybody_again(path, class_, parent):
    case = pipeline.load(path)
    after = saved(path, weighing.general_again(case, parent, class_))
    assert node_weights(after, class_) == node_weights(case) | (
        {} if class_ != "group1" else {name: node_weights(case)[name] for name in ("B3", "B4")}
    )
    assert "by_class" not in origins(after, class_)[parent]


def test_rates_of_one_go_without_saying(path):
    case = saved(path, weighing.rate(pipeline.load(path), "group2-push", Fraction(1)))
    assert dict(case.scenario.exchange_rate) == {"group2-pull": Fraction(3, 2)}
    case = saved(path, weighing.rate(case, "group2-pull", Fraction(1)))
    assert not case.scenario.exchange_rate
    case = saved(path, weighing.rate(case, "group1", Fraction(9, 10)))
    assert dict(case.scenario.exchange_rate) == {"group1": Fraction(9, 10)}


def test_the_weights_of_another_scenario_come_whole(path):
    case = pipeline.load(path)
    plain = saved(path, weighing.outright(case, "", "", {"X": Fraction(1), "Y": Fraction(0)}))
    plain = saved(path, {(key,): pipeline.ABSENT for key in ("weights_by_class", "exchange_rate")})
    again = saved(path, weighing.taken_from(plain, case.scenario))
    assert all_weights(again) == all_weights(case)
    assert again.scenario.exchange_rate == case.scenario.exchange_rate
    assert weighing.taken_from(again, case.scenario) == {}
