"""Weights set by hand always sum to one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.errors import Misread
from prioritizer.scoring.sharing import alike, filled, moved, room
from tests.build import steady

THIRDS = {"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3)}


def test_the_others_are_scaled_in_proportion():
    before = {"a": Fraction(1, 2), "b": Fraction(3, 10), "c": Fraction(1, 5)}
    assert moved(before, "a", 0) == {"a": 0, "b": Fraction(3, 5), "c": Fraction(2, 5)}
    assert moved(THIRDS, "b", 50) == {"a": Fraction(1, 4), "b": Fraction(1, 2), "c": Fraction(1, 4)}
    assert moved({"a": Fraction(1), "b": Fraction(0), "c": Fraction(0)}, "a", 40) == {
        "a": Fraction(2, 5),
        "b": Fraction(3, 10),
        "c": Fraction(3, 10),
    }


def test_a_weight_that_is_held_stays_what_it_was():
    assert moved(THIRDS, "a", 50, {"b"}) == {"a": Fraction(1, 2), "b": Fraction(1, 3), "c": Fraction(1, 6)}
    assert room(THIRDS, "a", {"b"}) == Fraction(2, 3)
    assert moved(THIRDS, "a", 90, {"b"}) == {"a": Fraction(2, 3), "b": Fraction(1, 3), "c": 0}


def test_where_nothing_can_give_way_nothing_moves():
    assert moved(THIRDS, "a", 50, {"b", "c"}) == THIRDS == moved(THIRDS, "a", 50, {"a"})
    assert moved({"a": Fraction(1)}, "a", 30) == {"a": Fraction(1)}
    assert room(THIRDS, "a", {"b", "c"}) == Fraction(1, 3)


@steady(200)
@given(
    st.lists(st.integers(0, 20), min_size=1, max_size=7).filter(any),
    st.integers(0, 100),
    st.sets(st.integers(0, 6)),
)
def test_whatever_is_moved_and_held_weights_sum_to_one(parts, percent, held):
    before = {str(at): Fraction(part, sum(parts)) for at, part in enumerate(parts)}
    kept = {str(at) for at in held} & before.keys()
    after = moved(before, "0", percent, kept)
    assert sum(after.values()) == 1 and min(after.values()) >= 0 and list(after) == list(before)
    assert all(after[name] == before[name] for name in kept)


def test_blanks_take_what_is_left_in_their_proportion():
    before = {"a": Fraction(1, 2), "b": Fraction(1, 8), "c": Fraction(3, 8)}
    assert filled({"a": Fraction(1, 3), "b": None, "c": Fraction(1, 3)}, before)["b"] == Fraction(1, 3)
    assert filled({"a": Fraction(1, 5), "b": None, "c": None}, before) == {
        "a": Fraction(1, 5),
        "b": Fraction(1, 5),
        "c": Fraction(3, 5),
    }
    assert filled(dict.fromkeys("abc"), before) == before
    assert (
        filled(
            {"a": Fraction(1), "b": None, "c": None}, {"a": Fraction(1), "b": Fraction(0), "c": Fraction(0)}
        )["b"]
        == 0
    )


@pytest.mark.parametrize(
    ("parts", "code"), [(("1/2", "1/3"), "weights_short"), (("1/2", "2/3"), "weights_over")]
)
def test_another_sum_is_refused_with_what_is_missing(parts, code):
    given_ = dict(zip("ab", map(Fraction, parts), strict=True))
    with pytest.raises(Misread, match=code) as refused:
        filled(given_, alike("ab"))
    assert Fraction(refused.value.params["by"]) == Fraction(1, 6)
