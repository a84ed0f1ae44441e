"""Programs with yes-or-no answers: clones, near-ties, refusals of exact arithmetic, limits of effort."""

from fractions import Fraction
from itertools import product
from time import perf_counter

import numpy as np
import pytest

from prioritizer.allocation.choice import branching
from prioritizer.allocation.choice.alike import blocks_alike
from prioritizer.allocation.choice.branching import best_pattern, every_pattern
from prioritizer.allocation.choice.mixed import Effort, settle_mixed
from prioritizer.allocation.choice.rivals import excluding
from prioritizer.allocation.program import FREE
from prioritizer.allocation.solvers import cbc
from prioritizer.allocation.solvers import highs as solver
from prioritizer.allocation.solvers.highs import Search
from tests.mixed import Draft, all_whole, of_all_kinds, program, row


def clones(kind: str, count: int, budget: int) -> Draft:
    draft = Draft()
    for _ in range(count):
        draft.project(kind, 7, 3)
    draft.budget("envelope", draft.paying, budget)
    return draft


@pytest.mark.parametrize(
    ("kind", "budget", "placed", "last"), [("whole", 703, 700, 1), ("minimum", 703, 703, 3)]
)
def test_two_hundred_clones_take_no_two_hundred_searches(kind, budget, placed, last):
    made, order, money = clones(kind, 200, budget).done()
    start = perf_counter()
    answer = settle_mixed(made, order, money)
    assert perf_counter() - start < 20
    settled = answer.settled
    assert settled is not None
    paid = settled.amount[order[:200]] * money[order[:200]]
    assert int(paid.sum()) == placed
    assert (paid[:100] == 7).all()
    assert int(paid[100:].max()) == (placed - 700)
    assert (settled.unique, settled.moved, len(settled.tied)) == (False, placed, 200)
    assert answer.status == "optimal"


def test_blocks_alike_are_found_behind_their_own_rows():
    draft = clones("minimum", 3, 10)
    draft.project("minimum", 6, 3)
    made, order, money = draft.done()
    sizes = sorted(len(group) for group in blocks_alike(made, order.tolist(), money.tolist()))
    assert sizes == [1, 3]


def test_gains_that_differ_in_the_last_digit_are_told_apart():
    base = 10**12
    gain = [base, base + 1, base - 1, base + 1]
    made = program([1] * 4, gain, [True] * 4, [row("two", [(at, 1) for at in range(4)], -FREE, 2)])
    answer = settle_mixed(made, np.arange(4), np.full(4, 5))
    assert answer.settled is not None
    assert answer.settled.amount.tolist() == [0, 1, 0, 1]
    assert (answer.settled.unique, answer.proven, answer.bound) == (True, True, 2 * base + 2)


def test_a_plan_that_only_a_tolerance_allows_is_put_aside():
    # The solver is made to propose what oversteps the row by one part in a billion.
    made = program([1, 1], [5, 4], [True, True], [row("cap", [(0, 10**9 + 1), (1, 10**9)], -FREE, 10**9)])
    asked = []

    def careless(given, *bounds):
        asked.append(given)
        first = len(asked) == 1
        return Search(np.array([1.0, 0.0]), True, 5.0) if first else solver.branch_and_bound(given, *bounds)

    answer = settle_mixed(made, np.arange(2), np.ones(2, np.int64), ask=careless)
    assert answer.settled is not None
    assert answer.settled.amount.tolist() == [0, 1]
    assert answer.status == "optimal"


def test_a_better_plan_found_while_looking_for_equals_is_taken():
    made = program([1, 1], [5, 6], [True, True], [row("one", [(0, 1), (1, 1)], -FREE, 1)])
    answer = settle_mixed(
        made, np.arange(2), np.ones(2, np.int64), ask=lambda *_: Search(np.array([1.0, 0.0]), True, 5.0)
    )
    assert answer.settled is not None
    assert (answer.settled.amount.tolist(), answer.proven) == ([0, 1], True)


def test_at_the_limit_of_effort_the_plan_is_feasible_and_uniqueness_unknown():
    found = Search(np.array([1.0, 0.0]), False, 9.0)
    made = program([1, 1], [5, 6], [True, True], [row("one", [(0, 1), (1, 1)], -FREE, 1)])
    answer = settle_mixed(made, np.arange(2), np.ones(2, np.int64), Effort(1.0), ask=lambda *_: found)
    assert (answer.status, answer.bound, answer.proven) == ("feasible", 6, False)
    assert answer.settled is not None
    assert (answer.settled.amount.tolist(), answer.settled.unique) == ([1, 0], None)


def test_nothing_found_in_time_is_stopped():
    made = program([1], [5], [True], [])
    answer = settle_mixed(made, np.arange(1), np.ones(1, np.int64), ask=lambda *_: Search(None, False, 9.0))
    assert (answer.status, answer.settled) == ("stopped", None)


def test_no_plan_is_proven_where_not_even_shares_would_do():
    rows = [row("floor", [(0, 2), (1, 2)], 5, FREE)]
    answer = settle_mixed(program([1, 1], [1, 1], [True] * 2, rows), np.arange(2), np.ones(2, np.int64))
    assert (answer.status, answer.proven, answer.root) == ("infeasible", True, None)
    rows = [row("odd", [(0, 2), (1, 2)], 3, 3)]
    answer = settle_mixed(program([1, 1], [1, 1], [True] * 2, rows), np.arange(2), np.ones(2, np.int64))
    assert (answer.status, answer.proven) == ("infeasible", False)
    assert answer.bound == Fraction(3, 2)


def test_patterns_put_aside_are_excluded_and_no_others():
    made = program([2, 1], [3, 1], [True, True], [])
    found = set()
    aside: list[dict[int, int]] = []
    for _ in range(6):
        answer = solver.branch_and_bound(excluding(made, aside), None, None)
        assert answer.values is not None
        aside.append({at: round(answer.values[at]) for at in range(2)})
        found.add(tuple(aside[-1].values()))
    assert len(found) == 6
    assert solver.branch_and_bound(excluding(made, aside), None, None).values is None


def test_too_many_plans_are_not_gone_through():
    made = program([1] * 20, [1] * 20, [True] * 20, [])
    assert every_pattern(made, Fraction(10)) is None
    assert every_pattern(made, Fraction(20)) == [dict.fromkeys(range(20), 1)]
    found = every_pattern(made, Fraction(19))
    assert found is not None and len(found) == 21


def test_a_best_plan_is_found_where_ways_are_few_and_left_to_others_where_they_are_many():
    rows = [row("cap", [(at, 7 + at % 5) for at in range(30)], -FREE, 100)]
    gains = [10 + at * 37 % 23 for at in range(30)]
    made = program([1] * 30, gains, [True] * 30, rows)
    best, found = solver.branch_and_bound(made, None, None), best_pattern(made)
    assert best.values is not None and found is not None and found.proven
    worth = sum(gains[at] * many for at, many in found.pattern.items())
    assert worth == round(float(made.gain_num @ best.values))
    # No two columns that gain alike use alike, and no sum of even numbers fills the odd row.
    rows = [row("cap", [(at, 1_000 + 2 * at) for at in range(60)], -FREE, 30_001)]
    left = best_pattern(program([1] * 60, [1_000 + 2 * at for at in range(60)], [True] * 60, rows))
    assert left is not None and not left.proven and not left.fixed.any()
    assert sum((1_000 + 2 * at) * many for at, many in left.pattern.items()) == 30_000


@pytest.mark.parametrize("seed", range(40))
def test_a_narrow_band_costs_time_but_no_plan(seed, monkeypatch):
    made, _, _ = all_whole(seed)
    best, wide = solver.branch_and_bound(made, None, None), best_pattern(made)
    monkeypatch.setattr(branching, "_FIRST", 2)
    monkeypatch.setattr(branching, "_WIDTHS", (2, 4, None))
    found = best_pattern(made) or wide  # so narrow a band may lead to no plan at all
    if best.values is None:
        assert found is None
        return
    assert found is not None and found.proven
    worth = sum(int(made.gain_num[at]) * many for at, many in found.pattern.items())
    assert worth == round(float(made.gain_num @ best.values))
    kept = np.flatnonzero(found.fixed).tolist()
    every = every_pattern(made, Fraction(worth))
    assert every and all(plan[at] == found.pattern[at] for plan in every for at in kept)


def test_what_a_row_leaves_unused_is_lost_too():
    rows = [row("cap", [(0, 2), (1, 3), (2, 4)], -FREE, 7), row("floor", [(0, 1), (1, 1), (2, 1)], 1, FREE)]
    made = program([1, 1, 2], [4, 6, 8], [True] * 3, rows)
    plans = [dict(enumerate(plan)) for plan in product((0, 1), (0, 1), (0, 1, 2))]
    keep = [p for p in plans if 2 * p[0] + 3 * p[1] + 4 * p[2] <= 7 and sum(p.values())]
    for needed in (14, 12, 9, 1):
        found = every_pattern(made, Fraction(needed))
        assert found is not None
        worthy = [p for p in keep if 4 * p[0] + 6 * p[1] + 8 * p[2] >= needed]
        assert sorted(sorted(p.items()) for p in found) == sorted(sorted(p.items()) for p in worthy)


def test_without_cbc_there_is_an_error_of_our_own(monkeypatch):
    monkeypatch.setattr(cbc.shutil, "which", lambda _: None)
    with pytest.raises(cbc.CbcMissing):
        cbc.branch_and_bound(program([1], [1], [True], []), None, None)


def test_searches_that_use_up_their_nodes_are_not_made_hundreds_of_times():
    unfinished = []

    def short(made, seconds, nodes, least):
        if seconds is not None:
            return solver.branch_and_bound(made, seconds, nodes, least)
        unfinished.append(nodes)
        return Search(None, False, float("inf"))

    draft = Draft()
    for at in range(40):
        draft.project("minimum", 60 + at, 3)
    draft.budget("envelope", draft.paying, 1_234)
    answer = settle_mixed(*draft.done(), ask=short)
    assert answer.status == "optimal" and answer.settled is not None and answer.settled.unique is None
    assert 1 <= len(unfinished) <= 2


@pytest.mark.parametrize("seed", range(40))
def test_plans_that_gain_too_little_do_not_count_and_no_others(seed):
    made, _, _ = (all_whole if seed % 2 else of_all_kinds)(seed)
    best = solver.branch_and_bound(made, None, None)
    if best.values is None:
        return
    gain, step = float(made.gain_num @ best.values), float(np.abs(made.gain_num).max() + 1)
    for least, there in ((gain - step, True), (gain, True), (gain + step, False)):
        answer = solver.branch_and_bound(made, None, None, least)
        assert answer.finished and (answer.values is not None) == there
        assert not there or float(made.gain_num @ answer.values) == pytest.approx(gain, abs=1e-6)
