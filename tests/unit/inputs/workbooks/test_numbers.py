"""Numbers and amounts in cells: typed and written, in two styles and several units, always exact."""

import pytest

from prioritizer.errors import Misread
from prioritizer.inputs.workbooks.numbers import Reading, unit_named

NBSP, THIN, MINUS = "\u00a0", "\u202f", "\u2212"


@pytest.mark.parametrize(
    "value, text",
    [
        (12253.4, "12253.4"),
        (0.1 + 0.2, "0.3"),
        (1234.5000000000002, "1234.5"),
        (1e-05, "0.00001"),
        (1e21, "1000000000000000000000"),
        (5, "5"),
        (-0.0, "0"),
        (123456789.123, "123456789.123"),
        ("12253.4", "12253.4"),
        ("12253,4", "12253.4"),
        ("12.253,4", "12253.4"),
        ("12,253.4", "12253.4"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("12 253,4", "12253.4"),
        (f"12{NBSP}253{THIN}400", "12253400"),
        (f"{MINUS}5", "-5"),
        ("  7  ", "7"),
        ("007", "7"),
        ("5,00", "5"),
    ],
)
def test_what_only_one_style_can_mean_is_read(value, text):
    assert Reading().number(value) == text


@pytest.mark.parametrize("text, vi, en", [("1.234", "1234", "1.234"), ("1,234", "1.234", "1234")])
def test_what_two_styles_read_differently_is_asked(text, vi, en):
    with pytest.raises(Misread) as asked:
        Reading().number(text)
    assert asked.value.code == "number_ambiguous"
    assert {"grouped": "1234", "whole": "1", "decimals": "234"}.items() <= asked.value.params.items()
    assert (Reading("vi").number(text), Reading("en").number(text)) == (vi, en)


def test_a_confirmed_style_is_kept_to_and_what_relied_on_it_is_known():
    reading = Reading("vi")
    assert reading.number("12253,4") == "12253.4" and not reading.relied
    assert reading.number("1.234") == "1234" and reading.relied == {"1.234"}
    with pytest.raises(Misread) as wrong:
        reading.number("12,253.4")
    assert wrong.value.code == "number_against_style"


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2.3", "1.23.456", "12 25", "1e5", "٣", "5%", "--1", "1,2,3", ".5", "5.", "1'0"]
)
def test_what_is_no_number_is_not_guessed_at(text):
    with pytest.raises(Misread) as wrong:
        Reading().number(text)
    assert wrong.value.code == "not_a_number"


@pytest.mark.parametrize("value", [True, False, {"date": "2026-04-20"}, {"time": "10:00:00"}])
def test_days_and_truth_values_are_no_numbers(value):
    with pytest.raises(Misread) as wrong:
        Reading().number(value)
    assert wrong.value.code == "number_expected"


@pytest.mark.parametrize(
    "value, unit, amount",
    [
        (500, "bn", ("500", False)),
        (500, "million", ("0.5", False)),
        (12_253_400_000_000, "dong", ("12253.4", False)),
        ("500 triệu đồng", "bn", ("0.5", True)),
        ("500 TRIỆU", "bn", ("0.5", True)),
        ("12.253,4 tỷ đồng", "million", ("12253.4", True)),
        ("12.253,4 tỉ", "million", ("12253.4", True)),
        ("1,5 nghìn tỷ đồng", "bn", ("1500", True)),
        ("500.000.000 đ", "bn", ("0.5", True)),
        ("7 bn VND", "bn", ("7", True)),
    ],
)
def test_amounts_are_billions_whatever_the_unit(value, unit, amount):
    assert Reading().amount(value, unit) == amount


@pytest.mark.parametrize("value, unit", [(0.5, "million"), (999_999, "dong"), ("1 đồng", "bn")])
def test_less_than_a_million_is_not_rounded_away(value, unit):
    with pytest.raises(Misread) as wrong:
        Reading().amount(value, unit)
    assert wrong.value.code == "amount_too_fine"


@pytest.mark.parametrize("text", ["5 USD", "5 tỷ USD", "tỷ", "khoảng 5 tỷ", "5 tỷ 3"])
def test_other_currencies_and_words_are_no_amounts(text):
    with pytest.raises(Misread):
        Reading().amount(text, "bn")


@pytest.mark.parametrize(
    "value, share", [("1/3", "1/3"), (0.25, "0.25"), ("25%", "0.25"), ("12,5 %", "0.125"), ("0,5", "0.5")]
)
def test_shares(value, share):
    assert Reading().share(value) == share


@pytest.mark.parametrize(
    "text, unit", [("tỷ đồng", "bn"), ("Tỉ Đồng", "bn"), ("TRIỆU", "million"), ("USD", None)]
)
def test_units_have_names(text, unit):
    assert unit_named(text) == unit
