"""Elicited weights on random statements: they sum to one, keep what was said, and know no order."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.scoring.elicitation import between, centroid, rounded, shares, tighten
from prioritizer.scoring.pairwise import compared, matrix_of, principal
from tests.build import steady

NAMES = "abcdefgh"
SCALE = (*map(Fraction, range(1, 10)), *(Fraction(1, part) for part in range(2, 10)))
BILLIONTH = Fraction(1, 10**9)


@st.composite
def swings(draw) -> dict[str, Fraction]:
    others = draw(st.lists(st.integers(1, 10_000), min_size=0, max_size=7))
    return dict(zip(NAMES, [Fraction(100), *(Fraction(each, 100) for each in others)], strict=False))


@st.composite
def orders(draw) -> list[tuple[str, ...]]:
    names = draw(st.permutations(NAMES[: draw(st.integers(1, 8))]))
    places: list[tuple[str, ...]] = []
    for name in names:
        if places and draw(st.booleans()):
            places[-1] = (*places[-1], name)
        else:
            places.append((name,))
    return places


@st.composite
def judged(draw) -> dict[str, dict[str, Fraction]]:
    names = NAMES[: draw(st.integers(2, 7))]
    return {a: {b: draw(st.sampled_from(SCALE)) for b in names[at + 1 :]} for at, a in enumerate(names[:-1])}


@st.composite
def intervals(draw) -> dict[str, tuple[Fraction, Fraction]]:
    """Intervals around weights that sum to one."""
    parts = draw(st.lists(st.integers(0, 50), min_size=1, max_size=7).filter(any))
    held = [Fraction(part, sum(parts)) for part in parts]
    slack = st.fractions(0, 1, max_denominator=40)
    return {
        name: (max(Fraction(0), own - draw(slack)), min(Fraction(1), own + draw(slack)))
        for name, own in zip(NAMES, held, strict=False)
    }


def turned(mapping):
    return dict(reversed(mapping.items()))


@given(swings())
@steady(100)
def test_swings_keep_their_ratios(said):
    weights = rounded(shares(said))
    assert sum(weights.values()) == 1 and weights == rounded(shares(turned(said)))
    for name, swing in said.items():
        assert abs(weights[name] / weights["a"] - swing / 100) < 10 * BILLIONTH * len(said)


@given(orders())
@steady(100)
def test_rank_orders_keep_their_order_and_equals_share(places):
    exact = centroid(places)
    assert sum(exact.values()) == 1 == sum(rounded(exact).values())
    assert exact == centroid([tuple(reversed(place)) for place in places])
    firsts = [exact[place[0]] for place in places]
    assert firsts == sorted(firsts, reverse=True) and len(set(firsts)) == len(firsts)
    assert all(exact[name] == exact[place[0]] for place in places for name in place)


@given(st.integers(1, 7))
@steady(7)
def test_the_centroid_is_the_mean_of_the_corners_of_the_ordered_weights(count):
    exact = centroid([(name,) for name in NAMES[:count]])
    corners = [
        [Fraction(1, k) if at < k else Fraction(0) for at in range(count)] for k in range(1, count + 1)
    ]
    assert list(exact.values()) == [sum(column) / count for column in zip(*corners, strict=True)]


@given(judged(), st.randoms(use_true_random=False))
@steady(60)
def test_pairwise_weights_are_the_eigenvector_whatever_the_order(said, random):
    names, matrix = matrix_of(said)
    weights, largest = principal(matrix)
    floats = np.array([[float(each) for each in row] for row in matrix])
    image = floats @ np.array(weights, dtype=float)
    assert np.allclose(image, float(largest) * np.array(weights, dtype=float), rtol=1e-9)
    assert largest >= len(names) and sum(rounded(compared(names, matrix).weights).values()) == 1
    other = [
        (a, b, times) if random.random() < 0.5 else (b, a, 1 / times)
        for a, others in said.items()
        for b, times in others.items()
    ]
    random.shuffle(other)
    again: dict[str, dict[str, Fraction]] = {}
    for a, b, times in other:
        again.setdefault(a, {})[b] = times
    assert matrix_of(again) == (names, matrix)


@given(judged(), st.permutations(NAMES))
@steady(30)
def test_criteria_by_other_names_have_the_same_weights(said, others):
    called = dict(zip(NAMES, others, strict=True))
    renamed = {called[a]: {called[b]: t for b, t in rest.items()} for a, rest in said.items()}
    first, second = compared(*matrix_of(said)), compared(*matrix_of(renamed))
    assert {called[name]: weight for name, weight in first.weights.items()} == second.weights
    assert (first.largest_eigenvalue, first.ratio) == (second.largest_eigenvalue, second.ratio)


@given(st.lists(st.sampled_from((1, 2, 3)), min_size=2, max_size=7))
@steady(60)
def test_consistent_judgements_return_their_weights(parts):
    weights = dict(zip(NAMES, (Fraction(part, sum(parts)) for part in parts), strict=False))
    said = {a: {b: weights[a] / weights[b] for b in weights if b > a} for a in list(weights)[:-1]}
    found = compared(*matrix_of(said))
    assert rounded(found.weights) == rounded(weights)
    assert found.ratio == 0 and found.largest_eigenvalue == len(parts) and found.mends == ()


@given(intervals())
@steady(100)
def test_weights_stand_at_one_place_within_every_interval(said):
    tight = tighten(said)
    weights = between(tight)
    assert sum(weights.values()) == 1 == sum(rounded(weights).values())
    assert weights == between(tighten(turned(said)))
    places = set()
    for name, (low, high) in tight.items():
        assert said[name][0] <= low <= weights[name] <= high <= said[name][1]
        if high > low:
            places.add((weights[name] - low) / (high - low))
    assert len(places) <= 1
    assert tighten(tight) == tight


@given(intervals())
@steady(60)
def test_both_ends_of_a_tightened_interval_can_be_reached(said):
    for name, ends in tighten(said).items():
        rest = [each for other, each in said.items() if other != name]
        for end in ends:
            assert sum(low for low, _ in rest) <= 1 - end <= sum(high for _, high in rest)


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=8))
@steady(60)
def test_rounding_moves_no_weight_by_a_billionth(parts):
    weights = dict(zip(NAMES, (Fraction(part, sum(parts)) for part in parts), strict=False))
    shown = rounded(weights)
    assert sum(shown.values()) == 1 and shown == rounded(turned(weights))
    assert all(abs(shown[name] - weight) < BILLIONTH for name, weight in weights.items())
