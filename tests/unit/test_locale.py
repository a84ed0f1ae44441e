"""Sentences and numbers in two languages."""

import string
from fractions import Fraction

import pytest

from prioritizer import locale
from prioritizer.errors import Fault
from prioritizer.results import REASONS


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_placeholders():
    vi, en = (locale.sentences(lang) for lang in locale.LANGS)
    assert vi.keys() == en.keys()
    assert {key for key in vi if placeholders(vi[key]) != placeholders(en[key])} == set()


def test_no_sentence_is_blank():
    for lang in locale.LANGS:
        assert [key for key, text in locale.sentences(lang).items() if not text.strip()] == []


def test_every_reason_and_status_has_words():
    for lang in locale.LANGS:
        for reason in REASONS:
            assert locale.say(f"terms.reason.{reason}", lang)
            assert f"explanation.project.{reason}" in locale.sentences(lang)
        for status in ("optimal", "feasible", "infeasible", "unbounded", "stopped", "no_whole_million_plan"):
            assert locale.say(f"terms.status.{status}", lang)


@pytest.mark.parametrize(
    "mvnd, vi, en",
    [
        (12_253_400, "12.253,4", "12,253.4"),
        (0, "0,0", "0.0"),
        (500, "0,5", "0.5"),
        (1_234, "1,234", "1.234"),
        (1_230, "1,23", "1.23"),
        (1_000_000_000, "1.000.000,0", "1,000,000.0"),
    ],
)
def test_billions_lose_no_million(mvnd, vi, en):
    assert (locale.bn(mvnd, "vi"), locale.bn(mvnd, "en")) == (vi, en)


def test_numbers_round_half_up_from_exact_fractions():
    assert locale.number(Fraction(1, 8), "en", 2) == "0.13"
    assert locale.number(Fraction(3, 8), "en", 2) == "0.38"
    assert locale.number(Fraction(-1, 8), "en", 2) == "-0.13"
    assert locale.number(Fraction(10**15, 3), "vi", 1) == "333.333.333.333.333,3"
    assert locale.points(835_000, "vi") == "83,5"
    assert locale.percent(Fraction(1, 4), "vi") == "25,0%" and locale.percent(Fraction(1, 4), "en") == "25.0%"


def test_amounts_among_the_parameters_of_a_fault_are_read_out_in_billions():
    params = {"limit": "l", "floor_mvnd": 2_500, "asked_mvnd": 1_000}
    assert "2,5 tỷ đồng" in locale.fault_message(Fault("floor_above_asks", params=params), "vi")
    assert "2.5 bn VND" in locale.fault_message(Fault("floor_above_asks", params=params), "en")


def test_a_text_of_the_user_is_never_taken_for_a_placeholder():
    fault = Fault("not_a_number", params={"text": "{0.__class__} {x}"})
    assert "{0.__class__} {x}" in locale.fault_message(fault, "vi")


def test_words_sort_as_in_a_vietnamese_dictionary():
    ordered = ["an", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "co", "cô", "cơ", "da", "đa", "tu", "tư"]
    shuffled = [ordered[at * 7 % len(ordered)] for at in range(len(ordered))]
    assert sorted(shuffled, key=locale.sort_key) == ordered


def test_search_finds_words_typed_without_marks():
    assert locale.fold("Ô tô  Điện") == "o to dien" == locale.fold("o\u0302 to\u0302 \u0110ie\u0323\u0302n")


@pytest.mark.parametrize("lang", locale.LANGS)
def test_where_no_word_is_near_nothing_is_said_of_the_nearest(lang):
    told = 0
    for key, sentence in locale.sentences(lang).items():
        if "{near" in sentence and key.startswith("faults."):
            _, code, part = key.split(".")
            params = dict.fromkeys(placeholders(sentence), "x") | {"near": "–", "near_heading": "–"}
            said = getattr(locale, f"fault_{part}")(Fault(code, params=params), lang)
            assert said and "–" not in said and said[-1] in ".?", key
            told += 1
    assert told > 15


@pytest.mark.parametrize(
    "count, said", [(0, "0 projects"), (1, "1 project"), ("1", "1 project"), (11, "11 projects")]
)
def test_a_number_brings_the_word_that_goes_with_it(count, said):
    assert locale.say("explanation.size.count", "en", size=count) == said
