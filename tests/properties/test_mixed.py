"""Programs with yes-or-no answers against trying everything, on each of the ways that lead to the answer."""

from fractions import Fraction

import numpy as np
import pytest

from prioritizer.allocation import column_order, formulate, tie_order
from prioritizer.allocation.choice import mixed
from prioritizer.allocation.choice.mixed import MixedAnswer, settle_mixed
from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers import cbc
from prioritizer.scoring import score
from tests.mixed import Answer, all_whole, by_all_plans, by_trying, of_all_kinds, shuffled
from tests.properties.instances import drawn


@pytest.fixture(params=["all plans", "all patterns", "step by step"])
def way(request, monkeypatch):
    """One of the three ways to the rule's answer; small programs would all take the first."""
    if request.param != "all plans":
        monkeypatch.setattr(mixed, "every_pattern", lambda *_: None)
    if request.param == "step by step":
        monkeypatch.setattr(mixed, "other_patterns", lambda *_: None)
    return request.param


def told(made: Program, answer: MixedAnswer) -> Answer | None:
    settled = answer.settled
    if settled is None:
        assert answer.status == "infeasible"
        return None
    assert answer.status == "optimal"
    exact = [settled.parts.get(at, Fraction(int(many))) for at, many in enumerate(settled.amount)]
    gain = sum((int(made.gain_num[at]) * many for at, many in enumerate(exact)), Fraction(0))
    assert answer.bound is not None and gain <= answer.bound
    assert not answer.proven or gain == answer.bound
    return gain, exact, bool(settled.unique), settled.moved, settled.tied


@pytest.mark.parametrize("block", range(10))
def test_whole_projects_as_by_trying_every_plan(way, block):
    for seed in range(20 * block, 20 * block + 20):
        made, order, money = all_whole(seed)
        assert told(made, settle_mixed(made, order, money)) == by_all_plans(made, order, money), seed


@pytest.mark.parametrize("block", range(6))
def test_all_funding_rules_as_by_trying_every_pattern(way, block):
    for seed in range(4 * block, 4 * block + 4):
        made, order, money = of_all_kinds(seed)
        found = settle_mixed(made, order, money)
        assert told(made, found) == by_trying(made, order, money), seed
        assert found.settled is None or found.settled.unique is not None


@pytest.mark.parametrize("block", range(6))
def test_cases_of_every_rule_as_by_trying_every_pattern(block):
    for seed in range(5 * block, 5 * block + 5):
        case = drawn(seed)
        form = formulate(case, score(case))
        if form.program.whole.sum() > 6 or (form.program.gain_den != 1).any():
            continue
        given = form.program, column_order(form, tie_order(case, score(case))), form.mvnd_per_unit
        assert told(form.program, settle_mixed(*given)) == by_trying(*given), seed


@pytest.mark.parametrize("draw", [all_whole, of_all_kinds])
@pytest.mark.parametrize("seed", range(12))
def test_another_order_of_columns_gives_the_same_plan(draw, seed):
    made, order, money = draw(seed)
    other, order_there, money_there, at = shuffled(made, order, money, seed)
    here = settle_mixed(made, order, money).settled
    there = settle_mixed(other, order_there, money_there).settled
    assert (here is None) == (there is None)
    if here is not None:
        paid = money > 0
        assert np.array_equal(here.amount[paid], there.amount[at][paid])
        assert (here.unique, here.moved) == (there.unique, there.moved)
        assert sorted(at[list(here.tied)].tolist() if here.tied else []) == list(there.tied)


@pytest.mark.parametrize("draw", [all_whole, of_all_kinds])
@pytest.mark.parametrize("seed", range(8))
def test_cbc_leads_to_the_same_plan(draw, seed):
    made, order, money = draw(seed)
    ours = settle_mixed(made, order, money)
    theirs = settle_mixed(made, order, money, ask=cbc.branch_and_bound, start=cbc.last_basis(made))
    assert told(made, theirs) == told(made, ours)
