"""Charts of scenarios side by side say what their table says, with signs beside colours."""

import pandas as pd
import pytest

from prioritizer import charts, locale
from prioritizer.charts.compared import _CELLS, _LOOKS

LABELS = {"group": "Cơ quan", "s1_mvnd": "KB1", "s2_mvnd": "KB2", "s3_mvnd": "KB3"}
SCENARIOS = ["s1_mvnd", "s2_mvnd", "s3_mvnd"]


def rows(spec):
    return [row for dataset in spec["datasets"].values() for row in dataset]


def money(**columns):
    return {name: pd.Series(amounts, dtype="Int64") for name, amounts in columns.items()}


@pytest.fixture
def groups():
    own = money(s1_mvnd=[3_063_350, 0], s2_mvnd=[500_000, 200_000], s3_mvnd=[None, None])
    return pd.DataFrame({"group": ["Bộ Công Thương", "Bộ Y tế"], **own})


@pytest.fixture
def projects():
    own = money(s1_mvnd=[0, 900, 900, 900, 900, None], s2_mvnd=[5, 0, 901, 899, 900, 7], s3_mvnd=[None] * 6)
    return pd.DataFrame({"id": list("ABCDEF"), "name": [f"Dự án {place}" for place in range(6)], **own})


@pytest.mark.parametrize("lang", locale.LANGS)
def test_every_bar_carries_its_scenario_and_amount(groups, lang):
    figure = charts.money_side_by_side(groups, LABELS, SCENARIOS, True, lang)
    drawn = {
        (row["group"], row["scenario"]): (row["bn"], row["text"]) for row in rows(figure.chart.to_dict())
    }
    assert len(drawn) == 6
    assert drawn["Bộ Công Thương", "KB1"] == (3063.35, f"KB1  {locale.bn(3_063_350, lang, 1)}")
    assert drawn["Bộ Y tế", "KB3"] == (0, "KB3  –"), "no plan is not 0"
    assert figure.table is groups
    assert locale.bn(700_000, lang) in figure.alt and "KB3 –" in figure.alt


def test_only_the_scenarios_looked_at_are_drawn_each_in_its_own_colour(groups):
    whole, part = (
        charts.money_side_by_side(groups, LABELS, drawn, False, "vi").chart.to_dict()
        for drawn in (SCENARIOS, SCENARIOS[1:])
    )
    assert {row["scenario"] for row in rows(part)} == {"KB2", "KB3"}
    scales = [spec["layer"][0]["encoding"]["color"]["scale"] for spec in (whole, part)]
    assert scales[0] == scales[1], "a scenario keeps its colour"
    assert part["layer"][0]["encoding"]["color"]["legend"]["values"] == ["KB2", "KB3"]
    assert len(set(_LOOKS)) == 6
    assert "subtitle" not in whole["title"]


@pytest.mark.parametrize("lang", locale.LANGS)
def test_cells_say_what_became_of_the_bases_money(projects, lang):
    figure = charts.projects_side_by_side(projects, LABELS, SCENARIOS, True, lang)
    drawn = {(row["project"][-2], row["scenario"]): row for row in rows(figure.chart.to_dict())}
    ways = {name: drawn[name, "KB2"]["way"] for name in "ABCDEF"}
    assert ways == {"A": "in", "B": "out", "C": "more", "D": "less", "E": "same", "F": "in"}
    assert {drawn[name, "KB1"]["way"] for name in "ABCDE"} == {"base"}
    assert drawn["F", "KB1"]["text"] == "–" and {drawn[name, "KB3"]["text"] for name in "ABCDEF"} == {"–"}
    assert drawn["C", "KB2"]["text"].endswith("▲") and drawn["D", "KB2"]["text"].endswith("▼")
    assert len({sign for _, sign in _CELLS.values()}) == len(_CELLS)
    spec = figure.chart.to_dict()
    assert spec["title"]["subtitle"] == locale.say("ui.chart.illustrative", lang)
    assert spec["layer"][0]["encoding"]["y"]["sort"][0].endswith("(A)")
