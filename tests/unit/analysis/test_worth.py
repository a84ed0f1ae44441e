"""Value for money by hand: the order of points per billion, and where a plan departs from it."""

from fractions import Fraction

import pytest

from prioritizer import charts, locale, pipeline
from prioritizer.analysis.worth import per_bn, value_for_money
from tests.build import Project, case


@pytest.fixture
def evaluation():
    """P00 asks for 100 billion and is worth 50 points, P01 200 and 60, P02 100 and 20: 0.5, 0.3 and 0.2
    points per billion. There are 250 billion; P00 must do without."""
    projects = [Project(100_000, 500_000), Project(200_000, 600_000), Project(100_000, 200_000)]
    return pipeline.assess(case(projects, 250_000, decisions=[{"project": "P00", "fund": "nothing"}]))


def test_points_per_billion_are_exact():
    assert per_bn(500_000, 100_000) == Fraction(1, 2)
    assert per_bn(1, 3) == Fraction(1000, 30_000)


def test_the_order_its_sums_and_where_the_plan_departs(evaluation):
    found = value_for_money(evaluation)
    assert found.order == (0, 1, 2)
    assert found.sum_mvnd == (100_000, 300_000, 400_000) and found.sum_e4 == (500_000, 1_100_000, 1_300_000)
    assert evaluation.plan.amount_mvnd.tolist() == [0, 200_000, 50_000]
    assert found.plan_points == 60 + 10
    assert found.same_money_points == 50 + Fraction(150, 200) * 60
    assert found.passed_over == (0,) and found.beyond == (2,)


def test_equals_stand_by_their_ids_and_a_plan_in_this_order_departs_nowhere():
    found = value_for_money(
        pipeline.assess(case([Project(100_000, 500_000), Project(200_000, 1_000_000)], 300_000))
    )
    assert found.order == (0, 1) and not found.passed_over and not found.beyond
    assert found.plan_points == found.same_money_points == 150


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_sentences_and_the_chart_say_the_same(evaluation, lang):
    found = value_for_money(evaluation)
    said = pipeline.describe_worth(evaluation, found, lang)
    assert len(said) == 4 and "P00" in said[2] and "P02" in said[3]
    figure = charts.value_for_money(evaluation, found, lang)
    assert figure.table["per_bn_e4"].tolist() == [5_000, 3_000, 2_000]
    assert figure.table["sum_ask_mvnd"].tolist() == list(found.sum_mvnd)
    spec = figure.chart.to_dict()
    drawn = [row for rows in spec["datasets"].values() for row in rows]
    assert {"x": 250.0, "y": 70.0}.items() <= next(row for row in drawn if "plan" in row).items()
    marks = next(layer for layer in spec["layer"] if layer["encoding"].get("shape"))
    assert marks["encoding"]["shape"]["field"] == marks["encoding"]["color"]["field"] == "funded"
    assert locale.say("rules.worth.chart.money", lang) in str(spec) and "70" in figure.alt
