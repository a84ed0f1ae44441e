"""Uniform weights on small polytopes whose volumes and centroids are known."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from prioritizer.robustness.draws import polytope, triangulation
from prioritizer.robustness.draws.polytope import Said, clash, corners
from prioritizer.robustness.draws.sampling import body, spacings, whole
from prioritizer.robustness.draws.triangulation import triangulated, volumes

DRAWS = 4096


def at_most(count: int, most: Fraction) -> list[Said]:
    """No weight is greater than ``most``."""
    return [
        Said(f"w{own} ≤ {most}", (tuple(most - (at == own) for at in range(count)),)) for own in range(count)
    ]


def in_order(count: int) -> list[Said]:
    """No weight is greater than the one before it."""
    rows = [
        tuple(Fraction((at == one) - (at == other)) for at in range(count))
        for one, other in pairwise(range(count))
    ]
    return [Said(f"w{at} ≥ w{at + 1}", (row,)) for at, row in enumerate(rows)]


def equal(count: int, one: int, other: int) -> Said:
    row = tuple(Fraction((at == one) - (at == other)) for at in range(count))
    return Said(f"w{one} = w{other}", (row, tuple(-each for each in row)))


def centroid(count: int, said: list[Said]) -> np.ndarray:
    """The exact centroid: that of the simplices, weighed by volume."""
    held = body(count, said)
    assert held is not None and held.simplices is not None
    sizes = volumes(held.places, held.simplices)
    centres = held.places[held.simplices].mean(axis=1)
    return sizes @ centres / sizes.sum()


def agree(drawn, expected) -> bool:
    """Whether the mean of independent draws is within five standard errors."""
    error = drawn.std(axis=0) / np.sqrt(len(drawn))
    return bool((np.abs(drawn.mean(axis=0) - expected) <= 5 * error + 1e-12).all())


def test_without_statements_the_corners_are_single_criteria():
    assert sorted(corner.whole for corner in corners(3, [])) == [(0, 0, 1), (0, 1, 0), (1, 0, 0)]


def test_ordered_weights_have_the_corners_of_the_rank_order_centroid():
    found = {corner.weights for corner in corners(3, in_order(3))}
    third, half = Fraction(1, 3), Fraction(1, 2)
    assert found == {(1, 0, 0), (half, half, 0), (third, third, third)}


def test_three_weights_of_at_most_a_half_leave_the_middle_triangle():
    found = {corner.weights for corner in corners(3, at_most(3, Fraction(1, 2)))}
    half = Fraction(1, 2)
    assert found == {(half, half, 0), (half, 0, half), (0, half, half)}


@pytest.mark.parametrize(("count", "simplices"), [(4, 4), (6, 66), (8, 2416)])
def test_cut_simplices_have_their_volume(count, simplices):
    """Weights of at most 2 / count each are a scaled hypersimplex: in whole parts as many as the Eulerian
    number says (Stanley 1977), each with the volume of the corner simplex of edge 2 / count."""
    held = body(count, at_most(count, Fraction(2, count)))
    assert held is not None and held.simplices is not None
    part = volumes(held.places, held.simplices).sum()
    alone = body(count, [])
    assert alone is not None and alone.simplices is not None
    full = volumes(alone.places, alone.simplices).sum()
    assert part / full == pytest.approx(simplices * (2 / count) ** (count - 1), rel=1e-9)


def test_simplices_of_a_square_share_its_area():
    found = corners(4, at_most(4, Fraction(1, 2)))  # an octahedron
    simplices = triangulated(found)
    assert simplices is not None and simplices.shape == (4, 4)
    sizes = volumes(np.array([[float(each) for each in corner.weights] for corner in found]), simplices)
    assert sizes == pytest.approx([sizes[0]] * 4)


def test_a_polytope_without_inside_is_drawn_in_its_own_dimension():
    held = body(3, [equal(3, 0, 1)])
    assert held is not None and held.dimensions == 1
    drawn = held.drawn(np.random.default_rng(1).random((DRAWS, 1)), np.random.default_rng(1))
    assert np.array_equal(drawn[:, 0], drawn[:, 1])
    assert agree(drawn, [0.25, 0.25, 0.5])


def test_a_single_point_takes_no_random_number():
    held = body(3, [equal(3, 0, 1), equal(3, 1, 2)])
    assert held is not None and held.dimensions == 0
    drawn = held.drawn(np.zeros((2, 0)), np.random.default_rng(1))
    assert drawn == pytest.approx(np.full((2, 3), 1 / 3))


@pytest.mark.parametrize(
    "said", [in_order(4), at_most(4, Fraction(2, 5)), [*in_order(5), *at_most(5, Fraction(1, 2))]]
)
def test_the_mean_is_the_centroid_and_every_draw_within(said):
    count = len(said[0].rows[0])
    held = body(count, said)
    assert held is not None
    random = np.random.default_rng(5)
    drawn = held.drawn(random.random((DRAWS, held.dimensions)), random)
    assert agree(drawn, centroid(count, said))
    assert (drawn @ held.rows.T >= -1e-12).all() and drawn.sum(axis=1) == pytest.approx(np.ones(DRAWS))


def test_ordered_weights_have_the_rank_order_centroid():
    assert centroid(3, in_order(3)) == pytest.approx([11 / 18, 5 / 18, 1 / 9])


@pytest.mark.parametrize("count", [4, 6])
def test_chains_lead_to_the_same_weights_as_simplices(count):
    said = [*in_order(count)[:1], *at_most(count, Fraction(2, count))]
    held = body(count, said)
    assert held is not None
    drawn = replace(held, simplices=None).drawn(np.zeros((DRAWS, 0)), np.random.default_rng(2))
    exact = held.drawn(
        np.random.default_rng(3).random((16 * DRAWS, held.dimensions)), np.random.default_rng(3)
    )
    assert agree(drawn, exact.mean(axis=0)) and agree(drawn**2, (exact**2).mean(axis=0))
    assert (drawn @ held.rows.T >= -1e-12).all()


def test_bodies_of_too_many_simplices_are_drawn_by_chains(monkeypatch):
    monkeypatch.setattr(triangulation, "MOST_SIMPLICES", 3)
    held = body(4, at_most(4, Fraction(1, 2)))
    assert held is not None and held.simplices is None and held.dimensions == 0


def test_some_corners_are_enough_for_chains(monkeypatch):
    said = [*in_order(6)[:1], *at_most(6, Fraction(1, 3))]
    every = body(6, said)
    monkeypatch.setattr(polytope, "MOST_CORNERS", 7)
    held = body(6, said)
    assert every is not None and held is not None and held.simplices is None
    drawn = held.drawn(np.zeros((DRAWS, 0)), np.random.default_rng(4))
    exact = every.drawn(
        np.random.default_rng(3).random((16 * DRAWS, every.dimensions)), np.random.default_rng(3)
    )
    assert agree(drawn, exact.mean(axis=0)) and agree(drawn**2, (exact**2).mean(axis=0))


def test_spacings_are_parts_of_one():
    drawn = spacings(np.array([[0.7, 0.2], [0.5, 0.5]]))
    assert drawn == pytest.approx(np.array([[0.2, 0.5, 0.3], [0.5, 0, 0.5]]))


def test_shares_in_whole_numbers_keep_their_sum_and_nothing_stays_nothing():
    shares = np.array([[1 / 3, 1 / 3, 1 / 3, 0], [0, 1, 0, 0], [0.1, 0.2, 0.3, 0.4]])
    assert whole(shares, 10).tolist() == [[4, 3, 3, 0], [0, 10, 0, 0], [1, 2, 3, 4]]


def test_a_clash_is_named_without_what_does_not_take_part_in_it():
    said = [
        *in_order(3),
        *at_most(3, Fraction(1, 2)),
        Said("w1 ≥ 0.6", ((Fraction(-6), Fraction(4), Fraction(-6)),)),
    ]
    assert corners(3, said) == []
    assert [each.text for each in clash(3, said)] == ["w1 ≤ 1/2", "w1 ≥ 0.6"]
