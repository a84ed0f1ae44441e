"""Charts say what their table says, in the page's language, with more than colour."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from prioritizer import charts, locale, pipeline
from prioritizer.charts.value import REASON_LOOKS
from prioritizer.results import Frontier, FrontierPoint


@pytest.fixture(scope="module")
def evaluation():
    return pipeline.assess(pipeline.load(pipeline.scenario_paths()[0]))


@pytest.fixture
def ministries():
    frame = pd.DataFrame(
        {
            "ministry": ["Bộ Y tế", "Bộ Công an"], "ask_mvnd": [3_000_000, 1_500_000],
            "amount_mvnd": [1_234_500, 0], "floor_mvnd": [1_000_000, None], "ceiling_mvnd": [None, 2_000_000],
        }
    )  # fmt: skip
    return frame.astype({"floor_mvnd": "Int64", "ceiling_mvnd": "Int64"})


def rows(spec):
    return [row for dataset in spec["datasets"].values() for row in dataset]


@pytest.mark.parametrize(("lang", "decimal", "thousands"), [("vi", ",", "."), ("en", ".", ",")])
def test_numbers_are_written_as_the_language_does(evaluation, ministries, lang, decimal, thousands):
    for figure in (
        charts.value_against_money(evaluation, lang),
        charts.money_by_ministry(ministries, True, lang),
    ):
        number = figure.chart.to_dict()["config"]["locale"]["number"]
        assert (number["decimal"], number["thousands"]) == (decimal, thousands)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_every_chart_has_title_units_alternative_and_table(evaluation, ministries, lang):
    for figure in (
        charts.value_against_money(evaluation, lang),
        charts.money_by_ministry(ministries, True, lang),
    ):
        spec = figure.chart.to_dict()
        assert spec["title"] and figure.alt and len(figure.table)
        assert locale.say("terms.unit.bn", lang) in str(spec)


def test_value_against_money_draws_every_project_once(evaluation):
    figure = charts.value_against_money(evaluation, "vi")
    drawn = [row for row in rows(figure.chart.to_dict()) if "ask" in row]
    register, plan, scores = evaluation.case.register, evaluation.plan, evaluation.scores
    assert len(drawn) == len(register)
    assert sum(row["ask_mvnd"] for row in drawn) == int(register.ask_mvnd.sum())
    assert sum(row["amount_mvnd"] for row in drawn) == plan.total_mvnd
    assert sorted(row["value"] for row in drawn) == sorted(scores.value_e4 / 1e4)
    assert all(row["low"] <= row["value"] <= row["high"] for row in drawn)
    assert all(row["end"] - row["start"] == row["ask"] for row in drawn)
    assert [row["value"] for row in drawn] == sorted((row["value"] for row in drawn), reverse=True)
    assert drawn[-1]["end"] == register.ask_mvnd.sum() / 1000


def test_the_envelope_is_drawn_with_its_amount(evaluation):
    line = next(
        row for row in rows(charts.value_against_money(evaluation, "vi").chart.to_dict()) if "at" in row
    )
    assert line == {"at": 12253.4, "text": "Tổng nguồn vốn 12.253,4 tỷ đồng"}


def test_reasons_differ_in_shape_and_colour(evaluation):
    looks = list(REASON_LOOKS.values())
    assert len({colour for colour, _ in looks}) == len({shape for _, shape in looks}) == len(looks)
    points = charts.value_against_money(evaluation, "vi").chart.to_dict()["layer"][2]["encoding"]
    assert points["color"]["field"] == points["shape"]["field"] == "reason"
    assert points["color"]["scale"]["domain"] == points["shape"]["scale"]["domain"]


def test_ministries_stand_in_the_order_given_with_only_the_limits_there_are(ministries):
    spec = charts.money_by_ministry(ministries, True, "vi").chart.to_dict()
    drawn = {(row["ministry"], row["kind"]): row["bn"] for row in rows(spec)}
    assert drawn == {
        ("Bộ Y tế", "Đề nghị (tỷ đồng)"): 3000.0, ("Bộ Y tế", "Phân bổ (tỷ đồng)"): 1234.5,
        ("Bộ Công an", "Đề nghị (tỷ đồng)"): 1500.0, ("Bộ Công an", "Phân bổ (tỷ đồng)"): 0.0,
        ("Bộ Y tế", "Mức sàn"): 1000.0, ("Bộ Công an", "Mức trần"): 2000.0,
    }  # fmt: skip
    bars = spec["layer"][0]["layer"][0]["encoding"]["y"]
    assert bars["sort"] == ["Bộ Y tế", "Bộ Công an"]


@pytest.mark.parametrize("count", [1, 2, 4, 11])
def test_every_ministry_has_its_own_room(count):
    frame = pd.DataFrame(
        {
            "ministry": [f"Bộ {place}" for place in range(count)], "ask_mvnd": 2_000, "amount_mvnd": 1_000,
            "floor_mvnd": None, "ceiling_mvnd": None,
        }
    ).astype({"floor_mvnd": "Int64", "ceiling_mvnd": "Int64"})  # fmt: skip
    spec = charts.money_by_ministry(frame, True, "vi").chart.to_dict()
    widest = max(layer["mark"]["size"] for layer in spec["layer"][0]["layer"])
    assert spec["autosize"]["type"] == "fit-x", "the height is that of the bars alone"
    assert spec["height"] / count > widest


def test_the_alternative_names_the_total(ministries):
    assert "1.234,5" in charts.money_by_ministry(ministries, True, "vi").alt
    assert "1,234.5" in charts.money_by_ministry(ministries, True, "en").alt


def test_a_chart_of_illustrative_figures_says_so_itself(evaluation, ministries):
    said = charts.money_by_ministry(ministries, True, "vi").chart.to_dict()["title"]["subtitle"]
    assert "minh họa" in said
    assert "subtitle" not in charts.money_by_ministry(ministries, False, "vi").chart.to_dict()["title"]
    assert evaluation.case.illustrative
    assert "minh họa" in charts.value_against_money(evaluation, "vi").chart.to_dict()["title"]["subtitle"]


# ------------------------------------------------------------------ the best value for every budget

POINTS = (
    FrontierPoint(Fraction(0), Fraction(0)),
    FrontierPoint(Fraction(3_000_001, 2), Fraction(1200)),
    FrontierPoint(Fraction(9_000_000), Fraction(7, 3)),  # floors that grow along make it fall
)


def best(kind="line"):
    return Frontier(kind, POINTS, None, ())


def test_budgets_and_best_values_are_drawn_with_the_present_plan(evaluation):
    spec = charts.value_by_budget(evaluation, best(), "vi").chart.to_dict()
    drawn = {(row["point"], row["x"], row["y"]) for row in rows(spec)}
    plan = (evaluation.case.envelope_mvnd / 1000, float(evaluation.plan.objective))
    assert drawn == {
        ("Giá trị tốt nhất", 0.0, 0.0),
        ("Giá trị tốt nhất", 1500.0005, 1200.0),
        ("Giá trị tốt nhất", 9000.0, 7 / 3),
        ("Phương án hiện tại", *plan),
    }
    marks = spec["layer"][-1]["encoding"]
    assert marks["color"]["field"] == marks["shape"]["field"] == "point"
    assert "legend" not in str(marks), "none of the signs takes the legend away"
    assert len(set(marks["color"]["scale"]["range"])) == len(set(marks["shape"]["scale"]["range"])) == 2


@pytest.mark.parametrize(
    ("kind", "ways"), [("line", ["linear"]), ("portfolios", ["step-after"]), ("grid", [])]
)
def test_points_are_joined_only_where_what_lies_between_is_known(evaluation, kind, ways):
    spec = charts.value_by_budget(evaluation, best(kind), "en").chart.to_dict()
    marks = [layer["mark"] for layer in spec["layer"]]
    assert [mark["interpolate"] for mark in marks if mark["type"] == "line"] == ways


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_frontier_says_its_ends_and_the_plan_and_that_it_is_illustrative(evaluation, lang):
    figure = charts.value_by_budget(evaluation, best(), lang)
    spec = figure.chart.to_dict()
    for amount in (0, 1_500_001, evaluation.case.envelope_mvnd):
        assert locale.bn(amount, lang) in figure.alt
    assert locale.say(f"terms.unit.{evaluation.plan.unit}", lang) in str(spec["layer"][-1]["encoding"]["y"])
    assert spec["title"]["subtitle"] == locale.say("ui.chart.illustrative", lang)
    assert figure.table["budget_mvnd"].tolist() == [0, 1_500_001, 9_000_000], "rounded up, never down"
    assert figure.table["best_value"].tolist()[1] == locale.number(1200, lang, 1)


def test_without_a_plan_none_is_drawn_or_named(evaluation):
    none = replace(evaluation, plan=replace(evaluation.plan, objective=None))
    figure = charts.value_by_budget(none, best(), "en")
    assert len(rows(figure.chart.to_dict())) >= 3 and "present plan" not in figure.alt
    assert {row["point"] for row in rows(figure.chart.to_dict())} == {"Best value"}


@pytest.fixture
def more_tables():
    """What the charts of dossiers, of assessors alone and of contributions are drawn from."""
    bodies = pd.DataFrame(
        {"ministry": ["Bộ Y tế", "Bộ Công an"], "project_count": [5, 3], "complete_count": [2, 3]}
    )
    alone = pd.DataFrame(
        {"decides": ["Chuyên gia", "Bộ Y tế"], "gained_mvnd": [1_500, 0], "lost_mvnd": [2_500, 0]}
    )
    leaves = pd.DataFrame(
        {"criterion": ["Một", "Hai"], "points_e4": [500_000, 0], "adds_e4": [50_000, 0],
         "most_e4": [100_000, 200_000]}
    )  # fmt: skip
    return {
        charts.dossiers_by_body: bodies,
        charts.money_if_alone: alone,
        charts.contributions: leaves,
    }


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("illustrative", [True, False])
def test_what_is_illustrative_is_marked_on_every_further_chart(more_tables, lang, illustrative):
    for draw, table in more_tables.items():
        figure = draw(table, illustrative, lang)
        spec = figure.chart.to_dict()
        assert spec["title"]["text"] and figure.alt and figure.table.equals(table)
        marked = spec["title"].get("subtitle") == locale.say("ui.chart.illustrative", lang)
        assert marked == illustrative


def test_complete_and_incomplete_dossiers_add_up_to_the_projects(more_tables):
    figure = charts.dossiers_by_body(more_tables[charts.dossiers_by_body], False, "vi")
    drawn = rows(figure.chart.to_dict())
    assert [row["projects"] for row in drawn] == [2, 3, 3, 0]
    assert "5 trên 8" in figure.alt


def test_what_is_lost_stands_on_the_other_side_of_what_is_gained(more_tables):
    figure = charts.money_if_alone(more_tables[charts.money_if_alone], False, "en")
    drawn = [row["bn"] for row in rows(figure.chart.to_dict()) if "kind" in row]
    assert drawn == [1.5, 0, -2.5, 0]


def test_contributions_stand_under_the_most_that_could_be_added(more_tables):
    figure = charts.contributions(more_tables[charts.contributions], False, "en")
    assert sorted(row["points"] for row in rows(figure.chart.to_dict())) == [0, 5, 10, 20]
    assert "5.0" in figure.alt
