"""Money and numbers: exact, strict, never guessed."""

from fractions import Fraction

import pytest

from prioritizer.errors import Misread
from prioritizer.money import (
    LARGEST_MVND,
    bn,
    read_amount_mvnd,
    read_decimal,
    read_points_e4,
    read_ratio,
    read_share,
    read_typed_amount_mvnd,
)


def code(read, text: str) -> str:
    with pytest.raises(Misread) as misread:
        read(text)
    return misread.value.code


@pytest.mark.parametrize(
    "text, value",
    [
        ("12253.4", 12_253_400),
        ("0", 0),
        ("0.001", 1),
        ("007", 7_000),
        ("+5", 5_000),
        ("-0", 0),
        ("1.500", 1_500),
        ("1000000000", LARGEST_MVND),
    ],
)
def test_amounts_in_files_are_billions_with_a_point(text, value):
    assert read_amount_mvnd(text) == value


@pytest.mark.parametrize(
    "text, fault",
    [
        ("12.253,4", "number_grouped"),
        ("12,253.4", "number_grouped"),
        ("12,5", "number_grouped"),
        ("1 000", "number_grouped"),
        ("1\u00a0000", "number_grouped"),
        ("1.000.000", "number_grouped"),
        ("-1", "negative_number"),
        ("0.0001", "amount_too_fine"),
        ("1000000000.001", "number_too_large"),
        ("9" * 41, "number_too_long"),
        ("", "not_a_number"),
        (" 1", "not_a_number"),
        ("1\n", "not_a_number"),
        ("1.", "not_a_number"),
        (".5", "not_a_number"),
        ("1e3", "not_a_number"),
        ("NaN", "not_a_number"),
        ("inf", "not_a_number"),
        ("0x1", "not_a_number"),
        ("1_0", "not_a_number"),
        ("½", "not_a_number"),
        ("1/2", "not_a_number"),
    ],
)
def test_anything_else_in_a_file_is_refused_with_its_reason(text, fault):
    assert code(read_amount_mvnd, text) == fault


@pytest.mark.parametrize(
    "text, value",
    [
        ("12.253,4", 12_253_400),
        ("12,253.4", 12_253_400),
        ("12253,4", 12_253_400),
        ("12253.4", 12_253_400),
        ("12 253,4", 12_253_400),
        ("12\u00a0253,4", 12_253_400),
        ("12\u202f253.4", 12_253_400),
        ("1.234.567", 1_234_567_000),
        ("1,234,567.5", 1_234_567_500),
        ("1 234", 1_234_000),
        ("0,125", 125),
        ("0.125", 125),
        ("1234.567", 1_234_567),
        ("1234,567", 1_234_567),
        ("5,5 tỷ", 5_500),
        ("5,5 tỉ đồng", 5_500),
        ("5.5 bn VND", 5_500),
        (" 900 ", 900_000),
        ("0", 0),
    ],
)
def test_typed_amounts_in_either_style(text, value):
    assert read_typed_amount_mvnd(text) == value


@pytest.mark.parametrize(
    "text, fault",
    [
        ("12.253", "amount_ambiguous"),
        ("1,234", "amount_ambiguous"),
        ("-5", "negative_number"),
        ("\u2212" + "5", "negative_number"),
        ("12,2534", "amount_too_fine"),
        ("1.23.456", "not_a_number"),
        ("12.34,5.6", "not_a_number"),
        ("1,234.567,8", "not_a_number"),
        ("1.234,", "not_a_number"),
        ("12.", "not_a_number"),
        ("5 triệu", "not_a_number"),
        ("", "not_a_number"),
        ("tỷ", "not_a_number"),
        ("1 2", "not_a_number"),
        ("9" * 50, "not_a_number"),
    ],
)
def test_typed_amounts_that_could_be_misread_are_refused(text, fault):
    assert code(read_typed_amount_mvnd, text) == fault


def test_points_have_four_decimals():
    assert read_points_e4("83.3512") == 833_512
    assert code(read_points_e4, "0.00001") == "points_too_fine"
    assert code(read_points_e4, "-1") == "negative_number"
    assert code(read_points_e4, "9" * 20) == "number_too_large"


def test_shares_are_fractions_of_one():
    assert read_share("1/3") == Fraction(1, 3) and read_share("0.25") == Fraction(1, 4)
    assert (read_share("0"), read_share("1")) == (0, 1)
    for text in ("25", "1.01", "-0.1", "4/3"):
        assert code(read_share, text) == "share_out_of_range"
    for text in ("1/0", "1/3/3", "a/b", "1 / 3"):
        assert code(read_share, text) == "not_a_number"
    assert code(read_share, "25%") == "number_percent"
    assert code(read_share, "0.1234567891") == "share_too_fine"


def test_decimals_never_pass_through_a_binary_float():
    assert read_decimal("0.1") == Fraction(1, 10) != Fraction(0.1)
    assert read_ratio("2/6") == Fraction(1, 3)
    assert bn(12_253_400) == Fraction("12253.4")
