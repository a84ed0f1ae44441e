"""Charts of robustness by reading their data: every colour has its sign, every name is whole."""

import pandas as pd
import pytest

from prioritizer import charts, locale
from prioritizer.charts.robust import KIND_LOOKS, height, kind_text, wrapped

LANGS = pytest.mark.parametrize("lang", locale.LANGS)
LONG = "Hệ thống, thiết bị, công nghệ đánh giá trữ lượng, khai thác, tuyển khoáng, tách chiết đất hiếm"
PROJECTS = pd.DataFrame(
    {
        "id": ["P1", "P2", "P3"],
        "name": [LONG, "Robot", "Chip"],
        "kind": ["core", "borderline", "outside"],
        "any_share_e4": [10_000, 8_765, 0],
        "amount_mvnd": pd.Series([500_000, None, 0], dtype="Int64"),
        "expected_mvnd": [500_000, 300_100, 0],
        "low_mvnd": [500_000, 0, 0],
        "high_mvnd": [500_000, 650_000, 0],
    }
)
BODIES = PROJECTS.rename(columns={"name": "ministry"}).drop(columns=["id", "kind", "any_share_e4"])
INTERVALS = pd.DataFrame(
    {"criterion": ["Một", "Hai"], "now": [1 / 3, 0.5], "low": [0.2, None], "high": [0.5, None]}
)
SWINGS = pd.DataFrame(
    {"criterion": ["Một", "Hai"], "low_mvnd": [100_000, 300_000], "high_mvnd": [400_000, 200_000]}
)
SCORES = pd.DataFrame(
    {
        "id": ["P1", "P2"],
        "name": [LONG, "Robot"],
        "criterion": ["Làm chủ công nghệ", "Thị trường"],
        "moved_mvnd": [120_000, 10_000],
        "noise_mvnd": [40_000, 30_000],
    }
)
ALL = (
    lambda illustrative, lang: charts.funded_shares(PROJECTS, illustrative, lang),
    lambda illustrative, lang: charts.core_indices(PROJECTS, illustrative, lang),
    lambda illustrative, lang: charts.money_bands(PROJECTS, illustrative, lang),
    lambda illustrative, lang: charts.money_bands_of_bodies(BODIES, illustrative, lang),
    lambda illustrative, lang: charts.weight_intervals(INTERVALS, illustrative, lang),
    lambda illustrative, lang: charts.weight_swings(SWINGS, "P1", 250_000, illustrative, lang),
    lambda illustrative, lang: charts.scores_worth_chasing(SCORES, illustrative, lang),
)


def rows(figure):
    return [row for dataset in figure.chart.to_dict()["datasets"].values() for row in dataset]


@LANGS
@pytest.mark.parametrize("draw", ALL)
def test_every_chart_has_a_title_a_text_its_table_and_says_what_is_illustrative(draw, lang):
    plain, marked = draw(False, lang), draw(True, lang)
    assert len(plain.heading) == 1 and len(marked.heading) == 2
    assert plain.alt and "{" not in plain.alt + plain.heading[0]
    assert not plain.table.empty and plain.chart.to_dict()["height"] >= 30 * len(plain.table)


@pytest.mark.parametrize("draw", ALL)
def test_no_name_is_cut(draw):
    figure = draw(False, "vi")
    called = {row["called"] for row in rows(figure) if "called" in row}
    assert called and all(len(line) <= 62 for name in called for line in name.split("\n"))
    axes = [str(layer) for layer in figure.chart.to_dict()["layer"]]
    assert any("'labelLimit': 0" in axis for axis in axes)


def test_names_are_wrapped_whole_and_rows_grow_with_them():
    (lines,) = wrapped([LONG])
    assert "\n" in lines and lines.replace("\n", " ") == LONG
    assert wrapped(["", "Robot"]) == ["", "Robot"]
    assert height(["Robot", "Chip"]) == 60 < height([lines, "Chip"])


def test_kinds_differ_in_colour_and_in_sign():
    colours, signs = zip(*KIND_LOOKS.values(), strict=True)
    assert len(set(colours)) == len(set(signs)) == len(KIND_LOOKS)


@LANGS
def test_shares_are_written_at_their_bars_with_the_sign_of_their_kind(lang):
    drawn = {row["called"].split(" – ")[0]: row for row in rows(charts.funded_shares(PROJECTS, False, lang))}
    assert drawn["P2"]["percent"] == 87.65
    assert drawn["P2"]["text"] == ("◆ 87,7%" if lang == "vi" else "◆ 87.7%")
    assert [drawn[name]["kind"] for name in ("P1", "P2", "P3")] == [
        kind_text(kind, lang) for kind in ("core", "borderline", "outside")
    ]


@LANGS
def test_money_stands_from_low_to_high_with_mean_and_plan(lang):
    drawn = [row for row in rows(charts.money_bands(PROJECTS, False, lang)) if row["called"].startswith("P2")]
    assert {(row["low"], row["high"], row["expected"]) for row in drawn} == {(0.0, 650.0, 300.1)}
    marked = {row["what"]: row["bn"] for row in drawn if "what" in row}
    assert marked == {locale.say("robustness.chart.money.expected", lang): 300.1}, "no plan is not 0"
    assert {row["amount_said"] for row in drawn} == {"–"}


@LANGS
def test_an_interval_is_drawn_where_there_is_one_and_the_weight_always(lang):
    figure = charts.weight_intervals(INTERVALS, False, lang)
    bars = [row for row in rows(figure) if "mark" not in row]
    marks = [row for row in rows(figure) if "mark" in row]
    assert [(row["called"], row["low"], row["high"]) for row in bars] == [("Một", 20.0, 50.0)]
    assert [row["called"] for row in marks] == ["Một", "Hai"] and marks[1]["low_said"] == "–"
    assert marks[0]["now_said"] == ("33,33%" if lang == "vi" else "33.33%")


@LANGS
def test_a_tornado_marks_low_and_high_weight_apart(lang):
    figure = charts.weight_swings(SWINGS, "P1", 250_000, False, lang)
    ends = {(row["called"], row["end"]): row["bn"] for row in rows(figure) if "end" in row}
    least, most = (locale.say(f"robustness.chart.swings.{end}", lang) for end in ("least", "most"))
    assert ends == {("Một", least): 100, ("Một", most): 400, ("Hai", least): 300, ("Hai", most): 200}
    assert {"bn": 250.0} in rows(figure) and "P1" in figure.heading[0]


@LANGS
def test_scores_that_do_not_pass_the_noise_say_so(lang):
    drawn = [row for row in rows(charts.scores_worth_chasing(SCORES, False, lang)) if "line" not in row]
    assert [row["text"][0] for row in drawn] == ["▲", "○"]
    assert len({row["kind"] for row in drawn}) == 2
