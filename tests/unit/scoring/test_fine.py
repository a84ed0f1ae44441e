"""Totals by digits round as plain fractions do, half-way cases and the largest ones too."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import pipeline, scoring
from prioritizer.scoring.fine import digits, rounded_digits
from tests.build import steady
from tests.weighed import SAID, weighed

BASE = 2**20


def totals(numbers: list[int], places: int) -> list[np.ndarray]:
    """Numbers by digits to the base; the highest takes what is left."""
    held = []
    for at in range(places):
        last = at == places - 1
        held.append(
            np.array([n >> 20 * at if last else n >> 20 * at & BASE - 1 for n in numbers], dtype=np.int64)
        )
    return held


@given(st.lists(st.integers(0, 10**24), min_size=1, max_size=5), st.integers(10**16, 10**20))
@steady(200)
def test_digits_round_as_fractions_do(numbers, denominator):
    found = rounded_digits(totals(numbers, 4), denominator)
    assert found.tolist() == [round(Fraction(number * 10_000, denominator)) for number in numbers]


@pytest.mark.parametrize("value", [0, 1, 2, 4_999, 1_000_000, 99_999_999])
@pytest.mark.parametrize("nudge", [-1, 0, 1])
def test_half_way_goes_to_the_even_neighbour_and_a_hair_decides(value, nudge):
    denominator = 2 * 10**22
    number = (2 * value + 1) * denominator // 20_000 + nudge
    found = rounded_digits(totals([number], 5), denominator)
    expected = round(Fraction(number * 10_000, denominator))
    assert found.tolist() == [expected] and (nudge or expected % 2 == 0)


def test_weights_by_digits_are_the_weights():
    weights = {"": {"a": Fraction(123_456_789, 10**18), "b": 1 - Fraction(123_456_789, 10**18)}}
    found, over = digits(weights)
    for leaf, weight in weights[""].items():
        assert sum(own[""][leaf] * BASE**at for at, own in enumerate(found)) == weight * over


THIRDS = f"{{over: root, {SAID}, swing: {{X: 100, Y: 37}}}}, {{over: X, {SAID}, swing: {{B1: 71, B2: 100}}}}"


@pytest.mark.parametrize("end", ["low", "mid", "high"])
def test_values_of_weights_elicited_at_two_levels_are_exact(tmp_path, end):
    words = (
        f"elicitation: [{THIRDS}, {{over: Y, {SAID}, rank: [B3, B4]}}]\n"
        f"exchange_rate: {{group1: 0.123456789}}\neligibility: {{unassessed: {end}}}\n"
    )
    case = pipeline.load(weighed(tmp_path, words))
    own = scoring.leaf_weights(case)
    points = sum(own[leaf] * score for leaf, score in zip(own, (80, 40, 60, 20), strict=True))
    plain = round(points * 10_000)
    assert scoring.score(case).value_e4.tolist() == [
        round(points * Fraction("1234.56789")),
        plain,
        plain,
        plain,
    ]
