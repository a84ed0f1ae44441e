"""Least and greatest money against every plan that can be drawn."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from prioritizer import allocation, scoring
from prioritizer.robustness.allowed.shares import shares
from prioritizer.robustness.allowed.standing import classify
from prioritizer.robustness.allowed.worth import allowed_by
from prioritizer.robustness.draws.weights import Allowed, drawn_weights, groups
from prioritizer.scoring.values import rounded
from tests.build import steady
from tests.properties.judged import drawn


def plans(case, count, seed):
    """Plans of weights drawn from all that is allowed and of scores anywhere in their intervals."""
    found, rng = groups(case, Allowed()), np.random.default_rng(seed)
    own, base = allowed_by(case, found), scoring.score(case)
    for weights in drawn_weights(case.criteria, found, [count], seed):
        at = rng.choice([0, 0.25, 0.5, 1], own.low.shape)
        points = own.low.astype(object) * 4 + (own.high - own.low) * (4 * at).astype(int).astype(object)
        total = (points * weights[own.group].T.astype(object)).sum(axis=0)
        value = rounded(total, own.scale * 4 * 10**9)
        rank = np.ones_like(value)
        scores = type(base)(value, value, value, value, rank, base.assessed_leaves, base.lacks)
        yield allocation.allocate(case, scores)


@given(st.integers(0, 10**6))
@steady(60)
def test_every_plan_that_can_be_drawn_is_within_the_bounds(seed):
    case = drawn(seed)
    found = shares(case, groups(case, Allowed()))
    drawn_plans = [plan.amount_mvnd for plan in plans(case, 24, seed) if plan.status == "optimal"]
    assume(found is not None and drawn_plans)
    table = np.array(drawn_plans)
    assert (found.bound_least_mvnd <= table.min(axis=0)).all()
    assert (table.max(axis=0) <= found.bound_greatest_mvnd).all()
    assert (found.bound_least_mvnd <= found.seen_least_mvnd).all()
    assert (found.seen_greatest_mvnd <= found.bound_greatest_mvnd).all()
    for standing, amounts in zip(classify(found), table.T, strict=True):
        if standing.proven and standing.kind == "core":
            assert amounts.min() > 0
        if standing.proven and standing.kind == "outside":
            assert amounts.max() == 0


@given(st.integers(0, 10**6))
@steady(30)
def test_ends_that_are_called_exact_occur(seed):
    case = drawn(seed, uncertain=False)
    found = shares(case, groups(case, Allowed()))
    assume(found is not None)
    assert (found.seen_least_mvnd[found.least_exact] == found.bound_least_mvnd[found.least_exact]).all()
    assert found.certain.all()
    for standing, least in zip(classify(found), found.seen_least_mvnd, strict=True):
        assert (standing.kind == "core") == (least > 0) or standing.kind == "outside"
