"""The app's small parts: weights, tables, escaping, sentences."""

import re
import string
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prioritizer import locale
from prioritizer.errors import Misread
from prioritizer.scoring.sharing import moved
from prioritizer.ui import answers, fields, tables, texts

UI = Path(texts.__file__).parent

percents = st.lists(st.integers(0, 1000), min_size=2, max_size=8).filter(any)


def shares(numbers):
    return {f"c{place}": Fraction(number, sum(numbers)) for place, number in enumerate(numbers)}


@given(percents, st.integers(0, 100))
def test_moved_weights_are_whole_percents_that_sum_to_one(numbers, percent):
    before = shares(numbers)
    after = moved(before, "c0", percent)
    assert sum(after.values()) == 1
    assert list(after) == list(before)
    assert after["c0"] == Fraction(percent, 100)
    assert all(share >= 0 and (share * 100).denominator == 1 for share in after.values())


@given(percents, st.integers(0, 100))
def test_siblings_keep_their_proportions_within_a_percent(numbers, percent):
    before = shares(numbers)
    others = 1 - before["c0"]
    if others:
        after = moved(before, "c0", percent)
        for sibling in list(before)[1:]:
            exact = (1 - after["c0"]) * before[sibling] / others
            assert abs(after[sibling] - exact) < Fraction(1, 100)


def test_siblings_at_zero_share_alike():
    before = {"a": Fraction(1), "b": Fraction(0), "c": Fraction(0)}
    assert moved(before, "a", 50) == {"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1, 4)}


def test_an_only_child_weighs_one():
    assert moved({"a": Fraction(1)}, "a", 30) == {"a": 1}


@pytest.mark.parametrize("query", ["o to", "Ô TÔ", "dien to", "to  dien"])
def test_search_finds_without_marks_case_or_order(query):
    frame = pd.DataFrame({"name": ["Ô tô điện", "Tàu hỏa"], "lead": ["Bộ Công Thương", "Bộ Xây dựng"]})
    assert tables.found(frame, query, ["name", "lead"])["name"].tolist() == ["Ô tô điện"]


def test_search_for_nothing_finds_all_and_an_empty_table_stays_empty():
    frame = pd.DataFrame({"name": ["Ô tô", "Tàu"]})
    assert len(tables.found(frame, " ", ["name"])) == 2
    assert tables.found(frame[:0], "x", ["name"]).empty


def test_sorting_is_numeric_for_money_and_vietnamese_for_names():
    frame = pd.DataFrame({"name": ["Oanh", "Ô tô", "Đà Nẵng", "Dầu"], "ask_mvnd": [900, 10_000, 50, 9]})
    assert tables.ordered(frame, "ask_mvnd")["ask_mvnd"].tolist() == [9, 50, 900, 10_000]
    assert tables.ordered(frame, "name")["name"].tolist() == ["Dầu", "Đà Nẵng", "Oanh", "Ô tô"]
    assert tables.ordered(frame, "name", descending=True)["name"].tolist()[0] == "Ô tô"


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://evil.example/a.png)", "[bấm](javascript:alert(1))", "# Tiêu đề", "*đậm* _nghiêng_ `mã`",
        "1. một", "- hai", "<script>alert(1)</script>", "$x^2$", "> trích", "a\n\n# b", "|a|b|\n|-|-|",
        "~~x~~",
    ],
)  # fmt: skip
def test_imported_text_stays_text(text):
    html = MarkdownIt("gfm-like", {"linkify": False}).render(texts.plain(text))
    assert re.findall(r"</?(\w+)", html) == ["p", "p"]


@given(st.text(string.printable + "ăâđêôơư", max_size=60))
def test_no_imported_text_becomes_markup(text):
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(texts.plain(text))
    assert set(re.findall(r"<(\w+)", html)) <= {"p"}


def test_parameters_of_a_sentence_are_escaped():
    assert "**" not in texts.say("criteria.source", "vi", source="**x**").replace(r"\*\*", "")


@pytest.mark.parametrize(("text", "points_e4"), [("20", 200_000), ("20,5", 205_000), ("0.125", 1_250)])
def test_points_are_read_like_money(text, points_e4):
    assert fields.read_typed_points_e4(text) == points_e4


@pytest.mark.parametrize("text", ["5 tỷ", "12.253", "", "-1", "0,12345"])
def test_points_that_are_unclear_are_refused(text):
    with pytest.raises(Misread):
        fields.read_typed_points_e4(text)


def test_both_languages_have_the_same_sentences_with_the_same_gaps():
    def gaps(text):
        return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)

    vi, en = (
        {key: gaps(text) for key, text in locale.sentences(lang).items() if key.startswith("ui.")}
        for lang in locale.LANGS
    )
    assert vi == en


ASKED = re.compile(r"""(?:(\w+)\.)?\bsay\(\s*(?:shown, )?"([a-z_.]+)"[,)]""")
SPOKEN_FOR = re.compile(r"from prioritizer\.ui\.(\w+)(?:\.\w+)? import (?:\w+, )*(?:say|words)\b")


def sentences_asked_for(path):
    """The keys that a file of the pages says: the page's own, a part's (by who says them), or whole ones."""
    text = path.read_text(encoding="utf-8")
    part = next(iter(SPOKEN_FOR.findall(text)), path.parent.name)
    files = {"texts": "ui.", "shown": "ui.", "self": "ui.", "view": "ui.", "locale": ""}
    return {files.get(owner, f"{part}.") + key for owner, key in ASKED.findall(text)}


def test_every_sentence_asked_for_exists():
    asked = set().union(*(sentences_asked_for(path) for path in UI.rglob("*.py")))
    known = locale.sentences("vi")
    assert len(asked) > 300 and {key.split(".")[0] for key in asked} >= {"ui", "rules", "saving", "questions"}
    assert not [key for key in asked if key not in known]


def test_pages_hold_no_sentence_of_their_own():
    letters = set("ăâđêôơưĂÂĐÊÔƠƯáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ")
    for path in [*UI.rglob("*.py"), UI.parents[1] / "app.py"]:
        assert not letters & set(path.read_text(encoding="utf-8")), path


def test_nothing_imported_is_ever_html():
    """Texts come from ministries' files: as HTML they could run; widgets for numbers misread 12.253,4.

    The whole package is held to the first by test_house; here also to the other way of writing HTML.
    """
    for path in UI.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in text and "st.html" not in text, path  # a cell's text could run
        assert "number_input" not in text and "data_editor" not in text, path


def test_the_same_inputs_and_choices_have_the_same_fingerprint():
    from prioritizer import pipeline

    case = pipeline.load(pipeline.scenario_paths()[0])
    again = pipeline.load(pipeline.scenario_paths()[0])
    eligibility = case.scenario.eligibility.model_copy(update={"unassessed": "mid"})
    assert answers.fingerprint(case) == answers.fingerprint(again)
    assert answers.fingerprint(case) != answers.fingerprint(case.revised(eligibility=eligibility))
