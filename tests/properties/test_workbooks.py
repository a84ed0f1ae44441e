"""Numbers that people write in workbooks are read as they meant them, or asked about; never as others."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from prioritizer import locale
from prioritizer.errors import Misread
from prioritizer.inputs.workbooks.numbers import Reading
from tests.build import steady

MILLIONTHS = st.integers(0, 10**11)
STYLES = st.sampled_from(locale.LANGS)


@steady(300)
@given(MILLIONTHS, st.integers(0, 4), STYLES)
def test_a_number_in_a_confirmed_style_is_read_exactly(whole, digits, style):
    meant = Fraction(whole, 10**digits)
    assert Fraction(Reading(style).number(locale.number(meant, style, digits))) == meant


@steady(300)
@given(MILLIONTHS, st.integers(0, 4), STYLES)
def test_a_number_in_a_style_that_nobody_stated_is_never_read_as_another(whole, digits, style):
    meant = Fraction(whole, 10**digits)
    try:
        read = Fraction(Reading().number(locale.number(meant, style, digits)))
    except Misread as asked:
        assert asked.code == "number_ambiguous"
    else:
        assert read == meant


@steady(200)
@given(st.integers(0, 10**12))
def test_a_number_that_a_cell_holds_is_read_exactly(thousandths):
    meant = Fraction(thousandths, 1000)
    assert Fraction(Reading().number(float(meant))) == meant
