"""Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998) in closed form.

Three alternatives score the unit vectors on three criteria. With weights uniform on the simplex each is first
with probability 1/3, and the central weights of the first are (11/18, 7/36, 7/36). Where the weights are
known to fall from the first to the last, the first is always first, with central weights (11/18, 5/18, 1/9).
"""

from fractions import Fraction

import numpy as np
import pytest

from prioritizer.model import Case, CriteriaTree, Elicitation
from prioritizer.robustness.draws.table import Draws, draw
from prioritizer.robustness.draws.weights import Allowed
from tests.properties.test_values import case_of

DRAWS, REPLICATES = 8192, 8
CENTRAL = np.array([11 / 18, 7 / 36, 7 / 36])
CENTRAL_IN_ORDER = np.array([11 / 18, 5 / 18, 1 / 9])
SAID = {"by": "Group", "at": "2026-04-20", "why": "Meeting"}


@pytest.fixture(scope="module")
def case() -> Case:
    scale = {"worst": "0", "best": "1"}
    leaves = [{"id": name, "name": name, "scale": scale} for name in "abc"]
    tree = CriteriaTree.model_validate({"schema": "1", "id": "t", "title": "t", "criteria": leaves})
    unit = [[(Fraction(int(row == at)),) * 2 for at in range(3)] for row in range(3)]
    return case_of(tree, unit, "low")


def first(values):
    """Which alternative has the greatest value, and is alone in that: bool[draws, 3]."""
    return (values == values.max(axis=1, keepdims=True)) & (
        np.sort(values)[:, -1:] > np.sort(values)[:, -2:-1]
    )


def by_replicates(replicate, found) -> tuple[np.ndarray, np.ndarray]:
    """The mean over replicates and the standard error that their differences tell."""
    means = np.array([found(replicate == at) for at in range(REPLICATES)])
    return means.mean(axis=0), means.std(axis=0, ddof=1) / np.sqrt(REPLICATES)


def agrees(weights, values, replicate) -> bool:
    """Whether acceptabilities and central weights are within five standard errors of the closed form, these
    being less than those of as many independent draws."""
    won = first(values)
    accepted, error = by_replicates(replicate, lambda own: won[own].mean(axis=0))
    central, central_error = by_replicates(replicate, lambda own: weights[own & won[:, 0]].mean(axis=0))
    assert error.max() < np.sqrt(2 / 9 / DRAWS) and central_error.max() < 0.2 / np.sqrt(DRAWS / 3)
    near = np.abs(accepted - 1 / 3) <= 5 * error + 1e-9
    return bool(near.all() and (np.abs(central - CENTRAL) <= 5 * central_error + 1e-9).all())


def drawn(held: Draws):
    rows = np.arange(len(held))
    return held.weights(rows) / 10**9, held.values_e4(rows), held.replicate


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_is_first_as_often_and_central_weights_are_those_in_closed_form(case, seed):
    assert agrees(*drawn(draw(case, DRAWS, seed, "independent", REPLICATES)))


def test_weights_drawn_one_by_one_and_then_normalised_fail_the_same_check(case):
    fair, _, replicate = drawn(draw(case, DRAWS, 1, "independent", REPLICATES))
    uniform = np.concatenate([_sobol(at, DRAWS // REPLICATES) for at in range(REPLICATES)])
    biased = uniform / uniform.sum(axis=1, keepdims=True)
    assert not agrees(biased, np.rint(biased * 10**6), replicate)
    assert agrees(fair, np.rint(fair * 10**6), replicate)


def _sobol(seed: int, count: int):
    from scipy.stats import qmc

    return qmc.Sobol(3, scramble=True, rng=np.random.default_rng(seed)).random(count)


def test_weights_in_a_known_order_make_the_first_always_first(case):
    rank = Elicitation.model_validate({"over": "root", **SAID, "rank": ["a", "b", "c"]})
    held = draw(case, DRAWS, 4, "independent", REPLICATES, Allowed(further=(rank,)))
    weights, values, replicate = drawn(held)
    assert (values[:, 0] == values.max(axis=1)).all() and (np.diff(weights, axis=1) <= 0).all()
    central, error = by_replicates(replicate, lambda own: weights[own].mean(axis=0))
    assert error.max() < 0.2 / np.sqrt(DRAWS)
    assert (np.abs(central - CENTRAL_IN_ORDER) <= 5 * error + 1e-9).all()
