"""Plans on random cases, against what plain arithmetic and another solver say."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from prioritizer import allocation, scoring
from prioritizer.allocation.choice.ties import settle
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.program import FREE, Program
from prioritizer.allocation.solvers.highs import AT_LOWER, BASIC, Basis
from prioritizer.model import Case
from prioritizer.results import Evaluation
from tests.build import BODIES, Project, case, steady

SHARES = st.sampled_from(["0", "0.1", "0.15", "0.25", "1/3", "0.5", "2/7", "0.0725", "0.9", "1"])

SELECTIONS = [{}, *({"ministry": (body,)} for body in BODIES[:3]), {"ministry": BODIES[:2]}]


@st.composite
def bounds(draw, envelope: int):
    kind = draw(st.sampled_from(["amount_bn", "share_of_envelope", "share_of_allocated"]))
    return {kind: draw(st.integers(0, max(envelope, 1))) if kind == "amount_bn" else draw(SHARES)}


@st.composite
def cases(draw, most=12, largest=40, shares=True):
    """Cases with few distinct values, so that ties abound, and limits that bite, clash or do nothing."""
    unit = draw(st.sampled_from([1, 1000]))
    values = st.sampled_from([0, 0, 100_000, 100_000, 250_000, 500_000, 123_457, 999_999])
    project = st.builds(
        Project,
        ask=st.integers(1, largest).map(lambda ask: ask * unit),
        value_e4=values,
        ministry=st.sampled_from(BODIES[:3]),
    )
    projects = draw(st.lists(project, min_size=1, max_size=most))
    asked = sum(each.ask for each in projects)
    envelope = draw(st.integers(0, asked + asked // 4))
    limits = []
    for at in range(draw(st.integers(0, 3))):
        bound = draw(bounds(envelope))
        if not shares and "share_of_allocated" in bound:
            bound = {"amount_bn": envelope // 2}
        where = draw(st.sampled_from(SELECTIONS))
        limits.append({"id": f"l{at}", "where": where, draw(st.sampled_from(["at_least", "at_most"])): bound})
    basis = draw(st.sampled_from(["funding", "project"]))
    hurdle = draw(st.sampled_from([0, 0, 100_000, 300_000]))
    return case(projects, envelope, limits, basis, hurdle)


def evaluated(given: Case) -> Evaluation:
    scores = scoring.score(given)
    return Evaluation(given, scores, allocation.allocate(given, scores))


def gains(given: Case) -> list[Fraction]:
    """What one million of each project adds by the objective's definition, in 1e-4 point."""
    objective = given.scenario.objective
    values = [Fraction(v) for v in given.register.given_e4.tolist()]
    if objective.basis == "funding":
        return [v - objective.hurdle_e4 for v in values]
    return [
        (v - objective.hurdle_e4 * Fraction(ask, 1000)) / ask
        for v, ask in zip(values, given.register.ask_mvnd.tolist(), strict=True)
    ]


def matrix(given: Case) -> tuple[np.ndarray, np.ndarray]:
    """The rules as ``A x <= b``, written from the scenario and not from the engine's program."""
    n = len(given.register)
    left, right = [np.ones(n)], [float(given.envelope_mvnd)]
    for limit in given.scenario.limits:
        bodies = limit.where.get("ministry", BODIES)
        chosen = np.array([float(body in bodies) for body in given.register.columns["ministry"].texts()])
        for sign, bound, rounded in ((1, limit.at_most, floor), (-1, limit.at_least, ceil)):
            if bound is None:
                continue
            if bound.share_of_allocated is not None:
                left.append(sign * (chosen - float(bound.share_of_allocated)))
                right.append(0.0)
            else:
                money = bound.amount_mvnd if bound.amount_mvnd is not None else None
                money = rounded(bound.share_of_envelope * given.envelope_mvnd) if money is None else money
                left.append(sign * chosen)
                right.append(sign * float(money))
    return np.array(left), np.array(right)


def linear(given: Case, gain: Sequence[float], equal: Sequence[tuple[np.ndarray, float]] = ()):
    """The greatest ``gain · x`` by another solver; ``None`` where there is no plan."""
    left, right = matrix(given)
    found = linprog(
        -np.asarray(gain, dtype=float),
        A_ub=left,
        b_ub=right,
        A_eq=np.array([row for row, _ in equal]) if equal else None,
        b_eq=[value for _, value in equal] if equal else None,
        bounds=[(0, float(ask)) for ask in given.register.ask_mvnd],
        method="highs-ds",
        options={"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9},
    )
    return None if found.status == 2 else found


def in_points(evaluation: Evaluation) -> Fraction:
    """The plan's objective as the sum of amounts times gains."""
    amounts = evaluation.plan.amount_mvnd.tolist()
    return sum((a * g for a, g in zip(amounts, gains(evaluation.case), strict=True)), Fraction(0))


def lexicographic(given: Case, order: Sequence[int]) -> list[float] | None:
    """The tie rule by brute force: one linear program after the other, each earlier answer held."""
    n = len(given.register)
    gain = np.array([float(g) for g in gains(given)])
    scaled = gain / max(1.0, float(np.abs(gain).max()))
    best = linear(given, scaled)
    if best is None:
        return None
    held = [(scaled, -best.fun)]
    idle = (gain == 0).astype(float)
    if idle.any():
        least = linear(given, -idle, held)
        assert least is not None
        held.append((idle, least.fun))
    amounts = [0.0] * n
    for column in order:
        one = np.zeros(n)
        one[column] = 1.0
        most = linear(given, one, held)
        assert most is not None and most.status == 0, most
        amounts[column] = -most.fun
        held.append((one, -most.fun))
    return amounts


# ------------------------------------------------------------------ the optimum


@given(cases())
@steady(48)
def test_the_exact_optimum_is_the_other_solvers(given):
    other = linear(given, [float(g) for g in gains(given)])
    vertex = optimal_vertex(allocation.formulate(given, scoring.score(given)).program)
    assert (vertex is None) == (other is None)
    if vertex is not None:
        value = sum((vertex.exact(at) * gain for at, gain in enumerate(gains(given))), Fraction(0))
        assert abs(float(value) + other.fun) <= 1e-6 * max(1.0, abs(other.fun))


@given(cases())
@steady(48)
def test_a_plan_breaks_no_rule_in_whole_millions(given):
    plan = evaluated(given).plan
    assume(plan.found)
    amounts = plan.amount_mvnd.tolist()
    assert plan.amount_mvnd.dtype == np.int64
    assert all(0 <= a <= ask for a, ask in zip(amounts, given.register.ask_mvnd.tolist(), strict=True))
    assert sum(amounts) <= given.envelope_mvnd
    for limit, use in zip(given.scenario.limits, plan.limits, strict=True):
        bodies = limit.where.get("ministry", BODIES)
        ministries = given.register.columns["ministry"].texts()
        money = sum(a for a, body in zip(amounts, ministries, strict=True) if body in bodies)
        assert (use.id, use.used_mvnd) == (limit.id, money)
        for bound, sign in ((limit.at_most, 1), (limit.at_least, -1)):
            if bound is None:
                continue
            base = sum(amounts) if bound.share_of_allocated is not None else given.envelope_mvnd
            share = (
                bound.share_of_allocated if bound.share_of_allocated is not None else bound.share_of_envelope
            )
            right = Fraction(bound.amount_mvnd) if share is None else share * base
            assert sign * money <= sign * right
            # A bound that the plan sits on exactly is said to be reached, one that is a unit away is not.
            if sign * money == sign * right:
                assert use.at_ceiling if sign == 1 else use.at_floor
            if share is None and money != right:
                assert not (use.at_ceiling if sign == 1 else use.at_floor)


@given(cases())
@steady(48)
def test_the_objective_is_the_sum_over_the_plan(given):
    evaluation = evaluated(given)
    assume(evaluation.plan.found)
    # funding: 1e-4 point-millions, of which 1e6 make a million at full value; project: 1e-4 points
    unit = 10**9 if given.scenario.objective.basis == "funding" else 10**4
    assert evaluation.plan.objective == in_points(evaluation) / unit


@given(cases())
@steady(48)
def test_whole_millions_cost_less_than_a_million_per_project_moved(given):
    evaluation = evaluated(given)
    assume(evaluation.plan.status == "optimal")
    other = linear(given, [float(g) for g in gains(given)])
    assert other is not None
    dearest = max(abs(float(g)) for g in gains(given))
    slack = len(given.register) * dearest + 1e-6 * abs(other.fun)
    assert -1e-6 * max(1.0, abs(other.fun)) <= -other.fun - float(in_points(evaluation)) <= slack


@given(cases(shares=False))
@steady(40)
def test_without_shares_of_the_allocated_whole_millions_cost_nothing(given):
    evaluation = evaluated(given)
    assume(evaluation.plan.found)
    assert evaluation.plan.status == "optimal"
    other = linear(given, [float(g) for g in gains(given)])
    assert abs(float(in_points(evaluation)) + other.fun) <= 1e-6 * max(1.0, abs(other.fun))


@given(cases())
@steady(40)
def test_the_exact_steps_alone_reach_the_same_optimum(given):
    program = allocation.formulate(given, scoring.score(given)).program
    assume(
        all(row.lower <= 0 <= row.upper for row in program.rows)
    )  # the plan that gives nothing is feasible
    slack = Basis(
        np.full(len(program.columns), AT_LOWER, dtype=np.int8),
        np.full(len(program.rows), BASIC, dtype=np.int8),
    )
    alone, helped = optimal_vertex(program, slack), optimal_vertex(program)
    assert alone is not None and helped is not None
    assert total(program, alone) == total(program, helped)


def total(program: Program, vertex) -> Fraction:
    pairs = zip(program.gain_num.tolist(), program.gain_den.tolist(), strict=True)
    return sum((vertex.exact(at) * Fraction(num, den) for at, (num, den) in enumerate(pairs)), Fraction(0))


@given(cases())
@steady(40)
def test_the_duals_prove_the_optimum(given):
    """Weak duality in fractions: the bound from the published duals equals the value."""
    program = allocation.formulate(given, scoring.score(given)).program
    vertex = optimal_vertex(program)
    assume(vertex is not None)
    reduced = [Fraction(int(a), int(b)) for a, b in zip(program.gain_num, program.gain_den, strict=True)]
    bound = Fraction(0)
    for at, y in vertex.dual.items():
        row = program.rows[at]
        assert (row.upper < FREE) if y > 0 else (row.lower > -FREE)
        bound += y * (row.upper if y > 0 else row.lower)
        for column, coef in zip(row.columns.tolist(), row.coefs.tolist(), strict=True):
            reduced[column] -= y * coef
    bound += sum(
        (max(Fraction(0), c) * int(u) for c, u in zip(reduced, program.upper, strict=True)), Fraction(0)
    )
    assert bound == total(program, vertex)


@given(cases(), st.data())
@steady(40)
def test_a_looser_limit_never_lowers_the_optimum(given, data):
    before = optimal_vertex(allocation.formulate(given, scoring.score(given)).program)
    assume(before is not None and given.scenario.limits)
    at = data.draw(st.integers(0, len(given.scenario.limits)))
    limits = list(given.scenario.limits)
    if at == len(
        limits
    ):  # more money: limits that are shares of it move too, so they are dropped on both sides
        limits = [
            each for each in limits if "share_of_envelope" not in str(each.model_dump(exclude_none=True))
        ]
        before = optimal_vertex(formulated(given.revised(limits=tuple(limits))))
        assume(before is not None)
        (fund,) = given.scenario.funds
        richer = fund.model_copy(update={"amount_mvnd": fund.amount_mvnd + data.draw(st.integers(1, 50_000))})
        looser = given.revised(limits=tuple(limits), funds=(richer,))
    else:
        looser = given.revised(limits=tuple(limits[:at] + limits[at + 1 :]))
    after = optimal_vertex(formulated(looser))
    assert after is not None
    assert total(formulated(looser), after) >= total(formulated(given), before)


def formulated(given: Case) -> Program:
    return allocation.formulate(given, scoring.score(given)).program


# ------------------------------------------------------------------ one answer among equals


@given(cases(most=7, largest=12))
@steady(40)
def test_ties_are_settled_as_the_stated_rule_says(given):
    scores = scoring.score(given)
    program = allocation.formulate(given, scores).program
    order = allocation.tie_order(given, scores)
    vertex = optimal_vertex(program)
    by_force = lexicographic(given, order.tolist())
    assert (vertex is None) == (by_force is None)
    if vertex is not None:
        settled = settle(program, vertex, order, np.ones_like(program.upper))
        exact = [float(settled.parts.get(at, int(amount))) for at, amount in enumerate(settled.amount)]
        assert np.allclose(exact, by_force, rtol=1e-6, atol=1e-4 * max(1, int(program.upper.max()) // 1000))


@given(cases(most=6, largest=12))
@steady(40)
def test_a_plan_is_unique_exactly_when_no_amount_can_move(given):
    scores = scoring.score(given)
    program = allocation.formulate(given, scores).program
    vertex = optimal_vertex(program)
    assume(vertex is not None)
    gain = np.array([float(g) for g in gains(given)])
    scaled = gain / max(1.0, float(np.abs(gain).max()))
    best = linear(given, scaled)
    spread = 0.0
    for column in range(len(program.columns)):
        one = np.zeros(len(program.columns))
        one[column] = 1.0
        most, least = (linear(given, sign * one, [(scaled, -best.fun)]) for sign in (1, -1))
        spread = max(spread, -most.fun - least.fun)
    settled = settle(program, vertex, allocation.tie_order(given, scores), np.ones_like(program.upper))
    assert settled.unique == (spread < 1e-3 * max(1, int(program.upper.max()) // 1000))
    assert settled.unique or settled.moved >= 0
    assert not (settled.unique and (settled.moved or settled.tied))


@given(st.integers(2, 8), st.integers(1, 30), st.integers(0, 200))
@steady(40)
def test_clones_are_filled_in_the_order_of_their_ids(count, ask, envelope):
    evaluation = evaluated(case([Project(ask, 500_000)] * count, envelope))
    expected = [min(ask, max(0, envelope - at * ask)) for at in range(count)]
    assert evaluation.plan.amount_mvnd.tolist() == expected
    assert evaluation.plan.unique is (envelope == 0 or envelope >= count * ask)


# ------------------------------------------------------------------ reasons


@given(cases())
@steady(60)
def test_every_project_has_the_reason_that_its_money_shows(given):
    plan = evaluated(given).plan
    assume(plan.found)
    for at, gain in enumerate(gains(given)):
        amount, ask = int(plan.amount_mvnd[at]), int(given.register.ask_mvnd[at])
        if gain > 0:
            expected = "funded" if amount == ask else "marginal" if amount else "crowded_out"
        else:
            expected = "forced_in" if amount else "below_hurdle"
        assert plan.reason[at] == expected
        names = {"fund", *(limit.id for limit in given.scenario.limits)}
        assert set(plan.held_by[at]) <= names
        if expected in ("funded", "below_hurdle"):
            assert plan.held_by[at] == ()


@given(cases(shares=False))
@steady(40)
def test_what_holds_a_project_is_named(given):
    plan = evaluated(given).plan
    assume(plan.found)
    for reason, held in zip(plan.reason, plan.held_by, strict=True):
        assert bool(held) == (reason in ("marginal", "crowded_out", "forced_in"))


@given(cases())
@steady(60)
def test_every_unspent_million_has_its_reason(given):
    plan = evaluated(given).plan
    assume(plan.found)
    assert sum(part.amount_mvnd for part in plan.unspent) == given.envelope_mvnd - plan.total_mvnd
    assert all(part.amount_mvnd > 0 for part in plan.unspent)
    wanting = any(
        gain > 0 and amount < ask
        for gain, amount, ask in zip(
            gains(given), plan.amount_mvnd.tolist(), given.register.ask_mvnd.tolist(), strict=True
        )
    )
    reasons = [part.reason for part in plan.unspent]
    assert len(reasons) == len({(part.reason, part.limits) for part in plan.unspent})
    if not wanting:
        assert set(reasons) <= {"no_project_above_hurdle"}
    for part in plan.unspent:
        assert bool(part.limits) == (part.reason == "limits")
        assert "fund" not in part.limits
