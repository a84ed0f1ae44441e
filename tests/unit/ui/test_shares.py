"""Shares as people type them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import locale
from prioritizer.errors import Misread
from prioritizer.ui.criteria.shares import read_typed_share, typed
from tests.build import steady


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1/3", Fraction(1, 3)),
        (" 1 / 3 ", Fraction(1, 3)),
        ("33,3 %", Fraction(333, 1000)),
        ("33.3%", Fraction(333, 1000)),
        ("0,333", Fraction(333, 1000)),
        ("0.333", Fraction(333, 1000)),
        ("33,333%", Fraction(33333, 100000)),
        ("40\u00a0%", Fraction(2, 5)),
        ("1", Fraction(1)),
        ("100%", Fraction(1)),
        ("0", Fraction(0)),
    ],
)
def test_ratios_percentages_and_parts_of_one(text, share):
    assert read_typed_share(text) == share


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("33", "share_without_percent"),
        ("33,3", "share_without_percent"),
        ("120%", "share_above_whole"),
        ("4/3", "share_out_of_range"),
        ("1/0", "not_a_number"),
        ("một phần ba", "not_a_share"),
        ("-5%", "not_a_share"),
        ("1.000,5%", "not_a_share"),
        ("", "not_a_share"),
        ("0,0000000000001", "share_too_fine"),
        ("9" * 50, "not_a_share"),
    ],
)
def test_what_is_no_share_is_refused(text, code):
    with pytest.raises(Misread, match=code):
        read_typed_share(text)


@steady(200)
@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from(locale.LANGS))
def test_a_share_is_written_so_that_it_reads_back(part, whole, lang):
    share = Fraction(min(part, whole), whole)
    try:
        text = typed(share, lang)
        assert read_typed_share(text) == share
    except Misread as misread:
        assert misread.code in ("share_too_fine", "not_a_share") and share.denominator >= 1000
