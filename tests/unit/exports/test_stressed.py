"""Robustness as text and as JSON: the same figures, exact numbers as fractions, nothing where nothing is."""

import json
from fractions import Fraction

import pytest

from prioritizer import locale, pipeline
from prioritizer.exports.stressed import robustness_object, stressed
from prioritizer.robustness.words import share_text, standing_text
from tests.build import assessed

LANGS = pytest.mark.parametrize("lang", locale.LANGS)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    evaluation = pipeline.assess(pipeline.load(assessed(tmp_path_factory.mktemp("own"))))
    return pipeline.stress(evaluation, pipeline.Asked(64))


def test_figures_are_those_of_the_summary_in_rank_order(found):
    told, main, evaluation = robustness_object(found), found.main, found.evaluation
    order = evaluation.scores.in_rank_order().tolist()
    ids = evaluation.case.register.ids
    assert [each["id"] for each in told["projects"]] == [ids[row] for row in order]
    for each, row in zip(told["projects"], order, strict=True):
        drawn = each["ways"]["independent"]
        assert drawn["funded"] == round(float(main.any_share[row]), 6)
        assert drawn["expected_mvnd"] == round(float(main.expected_mvnd[row]), 3)
        assert list(drawn["quantiles_mvnd"].values()) == main.quantiles_mvnd[:, row].tolist()
        assert each["least_mvnd"] == found.shares.bound_least_mvnd[row]
        assert (each["standing"], each["proven"]) == (found.standing[row].kind, found.standing[row].proven)
    total = sum(each["amount_mvnd"] for each in told["projects"])
    assert total == evaluation.plan.total_mvnd
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_weights_are_exact_fractions(found):
    told = robustness_object(found)["weight_stability"]
    for each, held in zip(told, found.stability, strict=True):
        assert Fraction(each["now"]) == held.now
        ends = [None if end is None else Fraction(end["weight"]) for end in (each["low"], each["high"])]
        assert ends == [None if end is None else end.weight for end in (held.low, held.high)]
        for side, end in (("low", held.low), ("high", held.high)):
            moved = {} if end is None else end.moves_mvnd.values()
            assert sorted(map(Fraction, (each[side] or {"moves_mvnd": {}})["moves_mvnd"].values())) == sorted(
                moved
            )


@LANGS
def test_text_has_a_line_for_every_project_and_body(found, lang):
    explained = stressed(found, lang)
    case = found.evaluation.case
    for row, project in enumerate(case.register.ids):
        (line,) = [each for each in explained.lines if each.split()[:1] == [project]]
        assert share_text(float(found.main.any_share[row]), lang) in line
        assert standing_text(found, row, lang) in line
    assert explained.content["sentences"].keys() == {"standing", "stability", "unknowns", "portfolios"}
    assert {each["id"] for each in explained.content["ministries"]} == set(dict(case.rows_by_body))


def test_what_is_not_known_is_null(tmp_path):
    evaluation = pipeline.assess(pipeline.load(assessed(tmp_path)))
    money = pipeline.Money(asks=(Fraction(9, 10), Fraction(11, 10)))
    told = robustness_object(pipeline.stress(evaluation, pipeline.Asked(16, money=money)))
    assert told["ask_factors"] == ["9/10", "11/10"] and told["portfolios"] is None
    for each in told["projects"]:
        assert [
            each[name] for name in ("standing", "proven", "least_mvnd", "greatest_mvnd", "core_index")
        ] == [None] * 5
