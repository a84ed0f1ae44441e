"""A sweep, against one plan after the other."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import allocation, scoring
from prioritizer.allocation import Effort
from prioritizer.model import Case
from prioritizer.results import Plan, Scores
from prioritizer.robustness.sweeping.sweep import sweep
from tests.build import BODIES, Project, case, steady
from tests.properties.instances import CLASS, drawn
from tests.properties.test_allocation import cases
from tests.swept import Table, levels, same

SEEDS = st.integers(0, 10_000)
EFFORT = Effort(nodes=2_000)
SHARES = ("1/10", "0.187", "1/3", "0.45", "2/7", "0.618")


def planned(case: Case, values: np.ndarray) -> Plan:
    """The plan of a draw by itself: its values are certain, and count."""
    rank = np.array([1 + int((values > value).sum()) for value in values])
    none = np.zeros(len(values), dtype=np.int64)
    scores = Scores(values, values, values, values, rank, none, scoring.score(case).lacks)
    return allocation.allocate(case, scores, EFFORT)


def agrees(case: Case, table: Table) -> None:
    found = sweep(case, table, effort=EFFORT)
    for row, values in enumerate(table.values):
        plan = planned(table.case_of(row) or case, values)
        assert found.amount_mvnd[row].tolist() == plan.amount_mvnd.tolist(), row
        assert found.status[row] == plan.status, row
        assert np.isnan(found.gap[row]) == (not plan.found), row
        assert (found.gap[row] == 0) == (plan.status == "optimal"), row


@given(SEEDS)
@steady(120)
def test_every_linear_draw_has_the_plan_that_it_has_by_itself(seed):
    case = drawn(seed, linear=True, unit=Random(seed).choice([1, 7, 1000]))
    agrees(case, levels(case, 6, seed))


@given(SEEDS)
@steady(25)
def test_so_has_every_draw_where_rules_ask_yes_or_no(seed):
    case = drawn(seed, unit=Random(seed).choice([1, 1000]))
    agrees(case, levels(case, 3, seed))


@given(cases(), SEEDS)
@steady(80)
def test_limits_that_are_nested_or_not_clash_or_do_nothing(case, seed):
    agrees(case, levels(case, 5, seed))


def cut_across(rng: Random, unit: int) -> Case:
    """Limits on two bodies, and one or two that cut across them: money and values so small that parts of a
    million, and a million more or less in all, are worth as much as the projects differ by."""
    projects = [
        Project(rng.randint(1, 9) * unit, 0, rng.choice(BODIES[:2]), class_=rng.choice(CLASS))
        for _ in range(rng.randint(3, 8))
    ]
    asked = sum(each.ask for each in projects) // unit
    limits = [{"id": "body", "where": {"ministry": [BODIES[0]]}, **_bound(rng, asked, unit)}]
    limits += [
        {"id": f"across-{at}", "where": {"class": [CLASS[at]]}, **_bound(rng, asked, unit, share=True)}
        for at in range(rng.choice([1, 1, 1, 2]))
    ]
    hurdle = rng.choice([0, 0, 3, 100])
    return case(projects, rng.randint(asked // 3, asked + 2) * unit, limits, "funding", hurdle)


def _bound(rng: Random, asked: int, unit: int, share: bool = False) -> dict[str, object]:
    if share and rng.random() < 0.6:
        return {rng.choice(["at_least", "at_most"]): {"share_of_allocated": rng.choice(SHARES)}}
    bound = rng.randint(asked // 8, asked // 2) * unit
    return {rng.choice(["at_least", "at_most"]): {"amount_bn": bound}}


@given(SEEDS, st.sampled_from([1, 3, 1_000]), st.sampled_from([12, 300, 1_000_000]))
@steady(200)
def test_limits_that_cut_across_others_are_kept_by_the_one_best_plan(seed, unit, most):
    given = cut_across(Random(seed), unit)
    values = np.random.default_rng(seed).integers(0, most + 1, (8, len(given.register)))
    agrees(given, Table(values))


@given(SEEDS)
@steady(15)
def test_equal_shares_among_the_tied_hold_in_every_draw(seed):
    case = drawn(seed, linear=True, unit=1000).revised(ties="pro_rata")
    agrees(case, levels(case, 4, seed))


@given(SEEDS)
@steady(15)
def test_draws_with_a_case_of_their_own_are_solved_in_it(seed):
    case = drawn(seed, linear=True, unit=1000)
    fund = case.scenario.funds[0]
    less = fund.model_copy(update={"amount_mvnd": fund.amount_mvnd // 2})
    other = case.revised(funds=(less, *case.scenario.funds[1:]), reserves=())
    agrees(case, Table(levels(case, 4, seed).values, {0: other, 2: other}))


@given(SEEDS, st.integers(1, 9))
@steady(30)
def test_no_plan_hangs_on_chunks_or_on_the_order_of_draws(seed, size):
    case = drawn(seed, linear=True, unit=7)
    table = levels(case, 9, seed)
    whole, order = sweep(case, table), np.random.default_rng(seed).permutation(9)
    assert same(whole, sweep(case, table, size=size))
    turned = sweep(case, Table(table.values[order]), size=size)
    assert turned.amount_mvnd.tolist() == whole.amount_mvnd[order].tolist()
