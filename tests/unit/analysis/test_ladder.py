"""Frontiers, distances and ladders: small ones by hand, random ones against re-solves and enumeration."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import allocation, scoring
from prioritizer.allocation.choice.whole import holds
from prioritizer.allocation.statement import formulate
from prioritizer.analysis.budget import case_at
from prioritizer.analysis.budgets.distance import distance
from prioritizer.analysis.budgets.efficient import frontier, least_budget_mvnd
from prioritizer.analysis.budgets.ladder import ladder
from prioritizer.analysis.budgets.nested import best_nested
from prioritizer.analysis.budgets.portfolios import on_hull
from prioritizer.analysis.budgets.stack import stacked
from prioritizer.explanation.ladder import describe_distance, describe_frontier, describe_ladder
from prioritizer.model import Case
from prioritizer.results import Frontier, FrontierPoint, Ladder, Plan
from tests.build import Cost, Project, case, steady

A, B, C = Project(100, 900_000, "MOST"), Project(100, 800_000, "MOH"), Project(100, 700_000, "MAE")
TWO_FUNDS = [
    {"id": "first", "year": "2026", "amount_bn": 300},
    {"id": "second", "year": "2027", "amount_bn": 100},
]


def plan(of: Case) -> Plan:
    return allocation.allocate(of, scoring.score(of))


def traced(of: Case, **more) -> Frontier:
    return frontier(of, scoring.score(of), **more)


def climbed(of: Case, step: int, steps: int, **more) -> Ladder:
    return ladder(of, scoring.score(of), step, steps, **more)


def corners(found: Frontier) -> list[tuple[Fraction, Fraction]]:
    return [(point.budget_mvnd, point.value) for point in found.points]


def limit(name: str, ministry: str, **bounds):
    return {"id": name, "where": {"ministry": ministry}, **bounds}


# ------------------------------------------------------------------ budgets


def test_funds_are_scaled_in_proportion_in_whole_millions():
    given = case([A], funds=TWO_FUNDS)
    amounts = [fund.amount_mvnd for fund in case_at(given, 1001).scenario.funds]
    assert sum(amounts) == 1001 and amounts in ([750, 251], [751, 250])
    assert [fund.amount_mvnd for fund in case_at(given, 500, "SECOND").scenario.funds] == [300, 200]


def test_funds_that_hold_nothing_are_filled_alike():
    given = case([A], funds=[each | {"amount_bn": 0} for each in TWO_FUNDS])
    assert [fund.amount_mvnd for fund in case_at(given, 10).scenario.funds] == [5, 5]
    assert traced(given).value_at(20) == Fraction(9, 1000)  # half of it in the year of the only cost


# ------------------------------------------------------------------ frontiers of linear programs


def test_a_line_goes_down_the_ranking():
    found = traced(case([A, B, C], 150))
    assert found.kind == "line" and found.fund is None and found.limits == ()
    assert corners(found) == [
        (0, 0),
        (100, Fraction(90, 1000)),
        (200, Fraction(170, 1000)),
        (300, Fraction(240, 1000)),
    ]
    assert found.value_at(150) == Fraction(130, 1000)
    assert found.value_at(-1) is None and found.value_at(1000) == Fraction(240, 1000)


def test_a_floor_says_where_the_line_begins():
    of = case([A, B], 150, [limit("floor", "MOH", at_least={"amount_bn": 30})])
    assert corners(traced(of))[0] == (30, Fraction(24, 1000))
    assert least_budget_mvnd(of, scoring.score(of)) == 30


def test_no_budget_keeps_a_floor_beyond_what_is_asked():
    of = case([A, B], 150, [limit("floor", "MOH", at_least={"amount_bn": 101})])
    assert traced(of).points == ()
    assert least_budget_mvnd(of, scoring.score(of)) is None
    assert climbed(of, 10, 2, from_least=True).rungs == ()


def test_a_ceiling_that_is_a_share_moves_with_the_budget():
    found = traced(case([A, B], 100, [limit("cap", "MOST", at_most={"share_of_envelope": "1/3"})]))
    assert found.limits == ("cap",)
    assert corners(found) == [
        (0, 0),
        (150, Fraction(50 * 90 + 100 * 80, 100_000)),
        (300, Fraction(170, 1000)),
    ]


def test_a_floor_that_is_a_share_makes_more_money_worth_less():
    of = case([A, C], 400, [limit("floor", "MAE", at_least={"share_of_envelope": "1/5"})], hurdle_e4=800_000)
    found = traced(of)
    assert corners(found)[-1] == (400, Fraction(100 * 10 - 80 * 10, 100_000))
    assert found.value_at(400) == plan(of).objective < found.value_at(125)
    assert found.value_at(401) is None
    assert describe_frontier(of, found, "en")[-1].startswith("Beyond that the value falls")


@pytest.mark.parametrize(("gap", "said"), [(0, "no plan is better"), ("1/1000000", "no more than 0.0001")])
def test_budgets_where_nothing_is_better_are_said_to_be_such(gap, said):
    found = Frontier("grid", (FrontierPoint(Fraction(100), Fraction(1), None, Fraction(gap)),), None, ())
    assert said in describe_frontier(case([A], 100), found, "en")[-1]


def test_a_reserve_is_no_money_for_projects():
    of = case([A, B], 150, reserves=[{"id": "line", "amount_bn": 40}])
    assert corners(traced(of))[0] == (40, 0)
    assert traced(of).value_at(150) == plan(of).objective


def test_one_fund_alone_moves_while_the_others_stand_still():
    costs = (Cost("2026", 50), Cost("2027", 50))
    of = case([replace(A, costs=costs), replace(B, costs=costs)], funds=TWO_FUNDS)
    found = traced(of, fund="second")
    assert corners(found)[0] == (300, 0) and corners(found)[-1] == (400, Fraction(170, 1000))
    assert found.value_at(350) == Fraction(90, 1000)
    assert traced(of).value_at(200) == Fraction(90, 1000)  # 150 and 50


def test_a_soft_limit_can_be_broken_as_far_as_the_greatest_budget_needs():
    soft = limit("floor", "MAE", at_least={"share_of_envelope": "1"}, penalty=1)
    of = case([A, B], 150, [soft])
    assert traced(of).value_at(150) == plan(of).objective


# ------------------------------------------------------------------ portfolios and grids


def test_collinear_points_lie_on_the_hull():
    points = [(Fraction(x), Fraction(y)) for x, y in ((0, 0), (1, 1), (2, 2), (3, 2), (4, 3))]
    assert on_hull(points) == [True, True, True, False, True]


def test_too_many_portfolios_become_a_grid():
    of = case([replace(each, funding="whole") for each in (A, B, C)], 200)
    assert traced(of).kind == "portfolios" and len(traced(of).points) == 4
    found = traced(of, many=3)
    assert found.kind == "grid"
    assert all(plan(case_at(of, int(point.budget_mvnd))).objective == point.value for point in found.points)


# ------------------------------------------------------------------ distance


def test_the_best_plan_is_at_no_distance():
    of = case([A, B, C], 150)
    found = distance(of, scoring.score(of), plan(of))
    assert (found.cost_mvnd, found.lost, found.needed_mvnd) == (150, 0, 150)


@pytest.mark.parametrize(("funding", "needed"), [("flexible", Fraction(700, 9)), ("whole", 100)])
def test_a_worse_plan_is_at_a_distance(funding, needed):
    of = case([replace(each, funding=funding) for each in (A, B, C)], 100)
    forced = of.revised(
        decisions=case([A, B, C], 1, decisions=[{"project": "P02", "fund": "full"}]).scenario.decisions
    )
    found = distance(of, scoring.score(of), plan(forced))
    assert (found.cost_mvnd, found.value, found.lost) == (100, Fraction(70, 1000), Fraction(20, 1000))
    assert found.needed_mvnd == needed
    assert "0" in describe_distance(of, found, "vi")


# ------------------------------------------------------------------ ladders


def test_nested_plans_cost_nothing():
    of = case([A, B, C], 50)
    found = climbed(of, 100, 2)
    assert [rung.plan.amount_mvnd.tolist() for rung in found.rungs] == [
        [50, 0, 0],
        [100, 50, 0],
        [100, 100, 50],
    ]
    assert [(change.project, change.kind) for change in found.changes(1)] == [(0, "more"), (1, "in")]
    assert found.price == 0 and found.status == "optimal"
    assert describe_ladder(of, found, "en")[-1].startswith(
        "Never taking money back from a project costs nothing"
    )


def test_budgets_without_a_plan_have_no_part_in_the_sequence():
    of = case([A, B], 20, [limit("floor", "MOH", at_least={"amount_bn": 30})])
    found = climbed(of, 20, 2)
    assert [rung.plan.status for rung in found.rungs] == ["infeasible", "optimal", "optimal"]
    assert found.rungs[0].nested_mvnd is None and found.rungs[1].nested_mvnd is not None
    assert found.changes(1) == () and found.price == 0
    assert len(describe_ladder(of, found, "vi")) == 4


def test_steps_begin_at_the_least_budget_where_asked():
    of = case([A, B], 100, [limit("floor", "MOH", at_least={"amount_bn": 30})])
    assert [rung.budget_mvnd for rung in climbed(of, 50, 2, from_least=True).rungs] == [30, 80, 130]


def test_a_joined_program_states_every_step_and_the_rows_between():
    of = case([A, B], 50)
    scores = scoring.score(of)
    forms = [formulate(case_at(of, budget), scores) for budget in (50, 80)]
    form = stacked(forms, [Fraction(1, 2), Fraction(3)], [(0, 1)])
    assert form.program.columns == ("pay[P00]@1", "pay[P01]@1", "pay[P00]@2", "pay[P01]@2")
    assert form.program.gain_num.tolist() == [900_000, 800_000, 5_400_000, 4_800_000]
    assert [row.name for row in form.program.rows] == ["envelope[fund]@1", "envelope[fund]@2", "keep[1]@1"]
    keep = form.program.rows[-1]
    assert (keep.columns.tolist(), keep.coefs.tolist(), keep.upper) == ([1, 3], [1, -1], 0)


# ------------------------------------------------------------------ random cases

SHARES = st.sampled_from(["0", "1/4", "1/2", "3/4", "1"])


@st.composite
def small(draw, funding=("flexible",), most=4, largest=5) -> Case:
    """Small cases whose budgets in steps of 4 leave shares of the envelope whole."""
    project = st.builds(
        Project,
        ask=st.integers(1, largest),
        value_e4=st.sampled_from([0, 100_000, 200_000, 300_000, 500_000]),
        ministry=st.sampled_from(["MOST", "MOH"]),
        funding=st.sampled_from(funding),
    )
    projects = draw(st.lists(project, min_size=1, max_size=most))
    limits = []
    for at in range(draw(st.integers(0, 2))):
        side = draw(st.sampled_from(["at_least", "at_most", "at_most"]))
        kind = draw(st.sampled_from(["amount_bn", "share_of_envelope"]))
        bound = {kind: draw(st.integers(0, 6)) if kind == "amount_bn" else draw(SHARES)}
        limits.append(limit(f"l{at}", draw(st.sampled_from(["MOST", "MOH"])), **{side: bound}))
    hurdle = draw(st.sampled_from([0, 0, 200_000]))
    return case(
        projects, 4 * draw(st.integers(0, 4)), limits, draw(st.sampled_from(["funding", "project"])), hurdle
    )


@steady(60)
@given(small(), st.integers(0, 8))
def test_the_line_has_the_value_of_every_budget(of, quarter):
    found, budget = traced(of, most_mvnd=40), 4 * quarter
    alone = plan(case_at(of, budget))
    value = found.value_at(budget)
    if found.points and found.points[-1].budget_mvnd >= budget:
        assert value == (alone.bound if alone.found else None)
    elif alone.found:
        best = max(point.value for point in found.points)
        assert value in (None, best) and alone.bound <= best


@steady(40)
@given(small())
def test_corners_turn_down(of):
    points = corners(traced(of))
    slopes = [(v - u) / (b - a) for (a, u), (b, v) in pairwise(points)]
    assert slopes == sorted(slopes, reverse=True)


def portfolios(of: Case) -> Iterator[tuple[int, ...]]:
    return product(*((0, ask) for ask in of.register.ask_mvnd.tolist()))


def allowed(of: Case, amount: Sequence[int]) -> bool:
    """The envelope and the limits, read from the scenario."""
    if sum(amount) > of.envelope_mvnd:
        return False
    for rule in of.scenario.limits:
        used = sum(a for a, chosen in zip(amount, of.register.selected_by(rule), strict=True) if chosen)
        least, most = rule.floor_mvnd(of.envelope_mvnd), rule.ceiling_mvnd(of.envelope_mvnd)
        if (least is not None and used < least) or (most is not None and used > most):
            return False
    return True


def value(of: Case, amount: Sequence[int]) -> Fraction:
    """The objective by its definition."""
    objective, total = of.scenario.objective, Fraction(0)
    register = of.register
    for money, ask, v in zip(amount, register.ask_mvnd.tolist(), register.given_e4.tolist(), strict=True):
        if objective.basis == "funding":
            total += Fraction((v - objective.hurdle_e4) * money, 10**9)
        else:
            total += Fraction(money, ask) * (v - Fraction(objective.hurdle_e4 * ask, 1000)) / 10_000
    return total


@steady(40)
@given(small(funding=("whole",)))
def test_efficient_portfolios_are_all_and_only_those(of):
    found = traced(of, most_mvnd=24)
    best: dict[int, Fraction] = {}
    for budget in range(25):
        values = [value(of, each) for each in portfolios(of) if allowed(case_at(of, budget), each)]
        if values and max(values) > max(best.values(), default=Fraction(-(10**9))):
            best[budget] = max(values)
    assert corners(found) == list(best.items())
    for point in found.points:
        amount = [ask if row in point.funded else 0 for row, ask in enumerate(of.register.ask_mvnd.tolist())]
        assert value(of, amount) == point.value and allowed(case_at(of, int(point.budget_mvnd)), amount)


def sequences(
    of: Case, budgets: Sequence[int], plans: Sequence[tuple[int, ...]]
) -> Iterator[list[tuple[int, ...]]]:
    """All nested sequences of allowed plans."""
    fitting = [[each for each in plans if allowed(case_at(of, budget), each)] for budget in budgets]
    for chosen in product(*fitting):
        if all(a <= b for before, after in pairwise(chosen) for a, b in zip(before, after, strict=True)):
            yield list(chosen)


def check(of: Case, weights: Sequence[int], plans: Sequence[tuple[int, ...]]) -> None:
    """The nested plans against all sequences of the plans given."""
    budgets = [of.envelope_mvnd, of.envelope_mvnd + 4, of.envelope_mvnd + 8]
    scores = scoring.score(of)
    forms = [formulate(case_at(of, budget), scores) for budget in budgets]
    order = allocation.column_order(forms[0], allocation.tie_order(of, scores))
    found = best_nested(forms, [Fraction(each) for each in weights], order)
    totals = [
        sum(weight * value(of, each) for weight, each in zip(weights, chosen, strict=True))
        for chosen in sequences(of, budgets, plans)
    ]
    assert (found is None) == (not totals)
    if found is not None:
        levels = [form.places(level) for form, level in zip(forms, found.levels, strict=True)]
        amounts = [tuple(each[: len(of.register)].tolist()) for each in levels]
        assert amounts in list(sequences(of, budgets, plans))
        assert sum(w * value(of, each) for w, each in zip(weights, amounts, strict=True)) == max(totals)


WEIGHTS = st.lists(st.integers(1, 4), min_size=3, max_size=3)


@steady(25)
@given(small(funding=("whole",)), WEIGHTS)
def test_nested_portfolios_are_the_best_of_all_sequences(of, weights):
    check(of, weights, list(portfolios(of)))


@steady(25)
@given(small(most=2, largest=4), WEIGHTS)
def test_nested_amounts_are_the_best_of_all_sequences(of, weights):
    # These programs are networks of intervals, whose vertices are whole: whole millions are all there is.
    check(of, weights, list(product(*(range(ask + 1) for ask in of.register.ask_mvnd.tolist()))))


@steady(40)
@given(small(funding=("flexible", "whole"), most=5, largest=8), WEIGHTS)
def test_a_ladder_is_nested_and_never_above_the_free_plans(of, weights):
    found = climbed(of, 4, 2, weights=weights)
    kept = [rung for rung in found.rungs if rung.nested_mvnd is not None]
    assert all((after.nested_mvnd >= before.nested_mvnd).all() for before, after in pairwise(kept))
    assert all(
        rung.lost >= 0 and allowed(case_at(of, rung.budget_mvnd), rung.nested_mvnd.tolist()) for rung in kept
    )
    assert found.price is None or found.price >= 0
    for lang in ("vi", "en"):
        assert all(describe_ladder(of, found, lang))
    again = climbed(of, 4, 2, weights=weights)
    assert [
        np.array_equal(a.nested_mvnd, b.nested_mvnd) for a, b in zip(found.rungs, again.rungs, strict=True)
    ]


def test_whole_millions_explain_what_the_best_plan_seems_to_lose():
    of = case([A, B], 100, [limit("share", "MOST", at_most={"share_of_allocated": "1/3"})])
    found = distance(of, scoring.score(of), plan(of))
    assert 0 < found.lost == found.rounding
    assert "no plan with as much money is worth more" in describe_distance(of, found, "en")


@st.composite
def over_years(draw) -> Case:
    """Cases with costs in two years, a fund for each, and every funding rule."""
    projects = []
    for _ in range(draw(st.integers(2, 5))):
        first, second = draw(st.integers(1, 6)), draw(st.integers(0, 6))
        costs = (Cost("2026", first), Cost("2027", second)) if second else (Cost("2026", first),)
        rule = draw(st.sampled_from(["flexible", "flexible", "whole", "minimum"]))
        projects.append(
            Project(
                first + second,
                draw(st.sampled_from([0, 200_000, 300_000, 500_000])),
                draw(st.sampled_from(["MOST", "MOH"])),
                funding=rule,
                minimum=first if rule == "minimum" else 0,
                costs=costs,
            )
        )
    funds = [
        {"id": f"f{year}", "year": year, "amount_bn": draw(st.integers(1, 8))} for year in ("2026", "2027")
    ]
    bound = draw(st.sampled_from([{"count": 2}, {"share_of_envelope": "1/2"}, {"share_of_allocated": "2/3"}]))
    return case(projects, limits=[limit("l", "MOST", at_most=bound)], funds=funds)


@steady(40)
@given(over_years(), st.sampled_from([None, "f2027"]))
def test_ladders_over_years_keep_every_rule_at_every_step(of, fund):
    scores = scoring.score(of)
    forms = [formulate(case_at(of, of.envelope_mvnd + more, fund), scores) for more in (0, 3, 6)]
    order = allocation.column_order(forms[0], allocation.tie_order(of, scores))
    found = best_nested(forms, [Fraction(1)] * 3, order)
    assert found is not None
    assert all(holds(form, level) for form, level in zip(forms, found.levels, strict=True))
    climb = climbed(of, 3, 2, fund=fund)
    assert all(rung.lost is None or rung.lost >= 0 for rung in climb.rungs)
    if all(form.program.linear for form in forms):
        assert climb.price >= 0
