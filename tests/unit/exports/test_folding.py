"""Texts on a terminal: prose folded, tables narrowed; anywhere else as they are."""

import pytest

from prioritizer import locale, pipeline
from prioritizer.exports import folding, terminal
from prioritizer.exports.folding import folded, screen_width
from prioritizer.results import REASONS, Evaluation
from tests.build import Cost, Project, case


def plan() -> Evaluation:
    costs = (Cost("2026", 1_240), Cost("2027", 1_160))
    clash = [{"id": "cap", "where": {"ministry": "MOH"}, "at_most": {"amount_bn": 100}}]
    projects = [
        Project(2_400, 900_000, costs=costs),
        Project(700, 800_000, "MOH"),
        Project(70, 100_000, "MAE"),
    ]
    return pipeline.assess(case(projects, 3_000, clash, hurdle_e4=200_000))


def test_further_lines_stand_under_the_text_of_the_first():
    assert folded(["  - one two three four", "one two three"], 12) == [
        "  - one two",
        "    three",
        "    four",
        "one two",
        "three",
    ]


def test_rows_of_tables_and_words_that_are_too_long_stay_whole():
    row, word = "  a            b            c", "x" * 30
    assert folded([row, word], 12) == [row, word]


def test_nothing_is_folded_where_nobody_looks_at_a_terminal(monkeypatch):
    assert screen_width() is None and folded(["one two three"], None) == ["one two three"]
    monkeypatch.setattr(folding.sys, "stdout", None)
    assert screen_width() is None


def test_the_width_is_the_terminals(monkeypatch):
    monkeypatch.setattr(folding.sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "87")
    assert screen_width() == 87
    monkeypatch.setenv("COLUMNS", "5")
    assert screen_width() == 40


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("width", [80, 100])
def test_a_plan_fits_its_terminal(lang, width, monkeypatch):
    given = plan()
    wide = terminal.plan_lines(given, lang)
    monkeypatch.setattr(terminal, "screen_width", lambda: width)
    lines = terminal.plan_lines(given, lang)
    assert max(map(len, wide)) > width >= max(map(len, lines))
    assert " ".join(" ".join(lines).split()).count("P00") == 1


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_table_that_fits_keeps_its_words(lang, monkeypatch):
    given = plan()
    wide = terminal.plan_lines(given, lang)
    monkeypatch.setattr(terminal, "screen_width", lambda: 1_000)
    assert terminal.plan_lines(given, lang) == wide


def test_every_reason_has_short_words():
    for lang in locale.LANGS:
        assert all(len(locale.say(f"exports.narrow.reason.{reason}", lang)) <= 12 for reason in REASONS)
