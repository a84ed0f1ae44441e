"""What stands in a field at first reads back as what it stands for, in both languages."""

from fractions import Fraction

import pytest

from prioritizer import locale, money
from prioritizer.ui import fields

AMOUNTS = (0, 1, 125, 999, 1_000, 12_345, 150_125, 200_000, 1_200_000, 11_000_500, 12_253_400, 1_234_567_890)


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("mvnd", AMOUNTS)
def test_an_amount_in_a_field_is_read_as_it_is(mvnd, lang):
    assert money.read_typed_amount_mvnd(fields.unmistakable(money.bn(mvnd), lang)) == mvnd


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("points_e4", (0, 5_000, 333_330, 123_450, 1_000_000, 83_330))
def test_points_in_a_field_are_read_as_they_are(points_e4, lang):
    assert fields.read_typed_points_e4(fields.unmistakable(Fraction(points_e4, 10_000), lang)) == points_e4
