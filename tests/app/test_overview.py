"""The overview: what limits that are reached cost, in a sentence each; where there are no prices, why."""

from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from prioritizer import locale, pipeline
from prioritizer.results import LimitPrice, Slope
from prioritizer.ui import texts
from tests.app.opening import ROOT, said, tables


@pytest.fixture
def opened():
    def at(**address):
        app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception and "Mã lỗi" not in said(app)
        return app

    return at


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_limit_that_is_reached_tells_what_relaxing_it_would_gain(opened, scenarios, lang):
    evaluation = pipeline.assess(pipeline.load(scenarios / "baseline.yaml"))
    prices = {(each.id, each.side): each for each in pipeline.prices(evaluation).limits}
    shown, reached = said(opened(lang=lang)), pipeline.describe_reached(evaluation, lang)
    assert reached
    for name, side, sentence in reached:
        gain = pipeline.describe_gain(evaluation.case, prices[name, side], lang)
        assert texts.plain(f"{sentence} {gain}") in shown


@pytest.mark.parametrize("per", ["bn", "percentage_point"])
def test_a_gain_is_told_per_unit_and_nothing_as_nothing(scenarios, per):
    case = pipeline.load(scenarios / "baseline.yaml")
    unit = {"bn": "1 billion VND", "percentage_point": "1 percentage point"}[per]
    price = LimitPrice("most-ceiling", "at_most", per, Slope(Fraction(3, 2), None), None)
    said_of_it = pipeline.describe_gain(case, price, "en")
    assert unit in said_of_it and "1.5 bn VND" in said_of_it
    still = LimitPrice("most-ceiling", "at_most", per, Slope(Fraction(0), None), None)
    assert pipeline.describe_gain(case, still, "en") == locale.say("rules.gain.same", "en")


def test_without_prices_the_overview_says_where_to_ask(opened):
    shown = said(opened(scenario="few-and-deep"))
    assert texts.phrase("rules.gain.unknown", "vi") in shown


def test_the_main_number_stands_first(opened):
    app = opened()
    assert app.title[0].value == "Đã phân bổ **12.253,4** trên 12.253,4 tỷ đồng"
    assert tables(app, "rank", "amount_mvnd")
