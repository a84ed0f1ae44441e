"""Charts of rank changes and of weights over time, by reading their data."""

import pandas as pd
import pytest

from prioritizer import charts, locale

LANGS = pytest.mark.parametrize("lang", locale.LANGS)
MOVES = pd.DataFrame(
    {"project": list("ABCDE"), "before_rank": [1, 2, 2, 4, 5], "after_rank": [3, 1, 2, 4, 5]}
)


def drawn(figure):
    return pd.concat([pd.DataFrame(rows) for rows in figure.chart.to_dict()["datasets"].values()])


@LANGS
def test_only_the_first_before_or_after_are_joined_each_by_a_line(lang):
    figure = charts.ranks_before_and_after(MOVES, 2, False, lang)
    ends = drawn(figure).dropna(subset=["project"])
    assert set(ends["project"]) == {"A", "B", "C"}
    before, after = (ends[ends["x"] == side].set_index("project") for side in (0, 1))
    assert before["place"].to_dict() == {"A": 1, "B": 2, "C": 3}
    assert after["place"].to_dict() == {"B": 1, "C": 2, "A": 3}
    assert after["move"].str.split().to_dict() == {"A": ["▼", "2"], "B": ["▲", "1"], "C": ["="]}
    assert after["name"].to_dict() == {"A": "3. A", "B": "1. B", "C": "2. C"}


@LANGS
def test_what_moved_is_said_and_all_projects_stand_behind(lang):
    figure = charts.ranks_before_and_after(MOVES, 2, True, lang)
    said = locale.say("questions.ranks.alt", lang, most=2, up=1, down=1, same=1)
    said += locale.say("questions.ranks.highest", lang, project="B", before=2, after=1)
    said += locale.say("questions.ranks.lowest", lang, project="A", before=1, after=3)
    assert figure.alt == said
    assert figure.table["project"].tolist() == ["B", "C", "A", "D", "E"]
    assert len(figure.heading) == 2, "what is illustrative is said"


def test_nobody_moves_and_nobody_is_said_to():
    same = MOVES.assign(after_rank=MOVES["before_rank"])
    figure = charts.ranks_before_and_after(same, 10, False, "en")
    assert figure.alt == locale.say("questions.ranks.alt", "en", most=10, up=0, down=0, same=5)


@LANGS
def test_weights_over_time_are_a_line_each_with_the_percents_behind(lang):
    table = pd.DataFrame({"version": ["1. a", "2. b"], "X": [50.0, 100 / 3], "Y": [50.0, 200 / 3]})
    figure = charts.weights_over_time(table, ["X", "Y"], lang)
    ends = drawn(figure)
    assert ends[ends["kind"] == "X"]["percent"].tolist() == pytest.approx([50.0, 100 / 3])
    third = {"vi": "33,3%", "en": "33.3%"}[lang]
    assert third in figure.alt and figure.table["X"].tolist()[1] == third
    assert figure.labels == {"version": locale.say("questions.history.axis", lang), "X": "X", "Y": "Y"}
