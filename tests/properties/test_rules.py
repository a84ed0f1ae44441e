"""Every rule of the scenario, in every combination: plans against all plans there are, and against another
solver's optimum of the rules stated anew.
"""

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from prioritizer import allocation, pipeline, scoring
from prioritizer.allocation.choice.mixed import settle_mixed
from prioritizer.allocation.choice.ties import settle
from prioritizer.allocation.choice.whole import gain_per_level
from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.model import Case
from prioritizer.results import Evaluation, Lack, Plan, Scores
from prioritizer.verifier import verify
from tests.build import Cost, Project
from tests.build import case as made
from tests.golden.families import FAMILIES
from tests.properties.brute import MOST_PLANS, Best, Judge
from tests.properties.instances import drawn
from tests.properties.restated import restated

CHUNK = 30
NO_PLAN = ("infeasible", "no_whole_million_plan")


@dataclass(frozen=True)
class Exact:
    """The rule's plan before amounts are made whole: how many may change, and the dearest million."""

    broken: int
    dearest: Fraction


def scored(case: Case, seed: int) -> Scores:
    """The case's scores; now and then a project is found not to be eligible."""
    scores, rng = scoring.score(case), Random(seed)
    if rng.random() < 0.15:
        lack = (Lack("dossier_blank", (("column", "note"),)),)
        scores = replace(scores, lacks={rng.randrange(len(case.register)): lack})
    return scores


def exact(case: Case, scores: Scores) -> Exact:
    form = allocation.formulate(case, scores)
    order = allocation.column_order(form, allocation.tie_order(case, scores))
    if form.program.linear:
        vertex = optimal_vertex(form.program)
        assert vertex is not None
        settled = settle(form.program, vertex, order, form.mvnd_per_unit)
    else:
        answer = settle_mixed(form.program, order, form.mvnd_per_unit)
        assert answer.settled is not None
        settled = answer.settled
    columns = [column for column, most in enumerate(form.program.upper.tolist()) if most]
    dearest = max((abs(gain_per_level(form, column)) for column in columns), default=Fraction(0))
    return Exact(int(np.isin(form.column_of, list(settled.parts)).sum()), dearest)


def unit(case: Case) -> int:
    """What the program's gains are to the plan's objective."""
    return 10**9 if case.scenario.objective.basis == "funding" else 10**4


def complaints(case: Case, scores: Scores) -> list[str]:
    """What is wrong with the engine's plan, as the judge sees it."""
    judge = Judge(case, scores)
    if judge.waits or judge.size > MOST_PLANS:
        return []
    plan, best = allocation.allocate(case, scores), judge.best()
    if best is None:
        return [] if plan.status in NO_PLAN else [f"{plan.status}, but no plan keeps every rule"]
    if not plan.found:
        return [f"{plan.status}, but {best} keeps every rule"]
    return judge.faults(plan) or _beside_the_best(case, scores, judge, plan, best)


def _beside_the_best(case: Case, scores: Scores, judge: Judge, plan: Plan, best: Best) -> list[str]:
    assert plan.objective is not None and plan.bound is not None
    found, worth = [], plan.objective * unit(case)
    if worth > best.worth or plan.bound * unit(case) < best.worth:
        found.append(f"worth {worth} within {plan.bound * unit(case)}: more than the best, {best}")
    if plan.status == "optimal" and worth != best.worth:
        found.append(f"{worth} is not the best, {best}")
    if plan.unique and best.equals > 1:
        found.append(f"said to be unique, but one of {best.equals}")
    if not exact(case, scores).broken and judge.paid(plan) != best.paid:
        found.append(f"{judge.paid(plan)} is not {best}")
    return found


@pytest.mark.parametrize("first", range(0, 360, CHUNK))
def test_no_plan_is_better_where_shares_suffice(first):
    for seed in range(first, first + CHUNK):
        case = drawn(seed, linear=True)
        assert not complaints(case, scored(case, seed)), seed


@pytest.mark.parametrize("first", range(0, 300, CHUNK))
def test_no_plan_is_better_where_rules_ask_yes_or_no(first):
    for seed in range(first, first + CHUNK):
        case = drawn(seed)
        assert not complaints(case, scored(case, seed)), seed


@pytest.mark.parametrize("seed", [20302, 20717, 20976, 20396, 20907, 21743, 23866])
def test_the_best_whole_plan_may_have_other_answers_than_the_best_of_any_amounts(seed):
    case = drawn(seed)
    scores = scored(case, seed)
    judge, plan = Judge(case, scores), allocation.allocate(case, scores)
    best = judge.best()
    assert best is not None and plan.objective is not None
    assert plan.status == "optimal" and plan.objective * unit(case) == best.worth
    assert (plan.unique, judge.paid(plan)) == (best.equals == 1, best.paid)


def test_a_milestone_that_asks_the_state_for_nothing_does_not_open_the_one_after_it():
    """Of 9 million in three milestones others pay 4: the State's parts are 2, 0 and 3 million."""
    costs = tuple(Cost("2026", amount, milestone=at) for at, amount in enumerate((4, 1, 4), start=1))
    shares = (Fraction(0), Fraction(0), Fraction(1))
    given = made(
        [Project(9, 500_000, funding="milestones", costs=costs, shares=shares, cofinance=4)],
        funds=[{"id": "f", "year": "2026", "amount_bn": 4}],
    )
    evaluation = Evaluation(given, scores := scoring.score(given), allocation.allocate(given, scores))
    judge = Judge(given, scores)
    assert [judge.most(0, milestone) for milestone in judge.milestones(0)] == [2, 0, 3]
    assert judge.paid(evaluation.plan) == ((2, 0, 2),) == judge.best().paid
    plan = pipeline.plan_object(evaluation)
    assert verify(json.dumps(plan).encode()).ok
    for payment in plan["projects"][0]["payments"]:
        payment["amount_mvnd"] += {1: -1, 3: 1}[payment["milestone"]]
    failed = [each.name for each in verify(json.dumps(plan).encode()).clauses if each.faults]
    assert "funding_rules" in failed


@pytest.mark.parametrize("factor", [1, 997])
def test_the_proven_bound_is_another_solvers_optimum(factor):
    for seed in range(1000, 1100):
        case = drawn(seed, linear=True, unit=factor)
        scores = scored(case, seed)
        plan, other = allocation.allocate(case, scores), restated(Judge(case, scores)).best()
        assert (plan.status in NO_PLAN) == (other is None), seed
        if plan.bound is not None and other is not None:
            bound = float(plan.bound * unit(case))
            assert bound == pytest.approx(other, rel=1e-9, abs=1e-6), seed


def test_another_solver_finds_no_better_plan_where_rules_ask_yes_or_no():
    for seed in range(1000, 1060):
        case = drawn(seed, unit=997)
        scores = scored(case, seed)
        plan, other = allocation.allocate(case, scores), restated(Judge(case, scores)).best()
        assert plan.status == "optimal" or plan.status in NO_PLAN, seed
        if plan.objective is not None and plan.bound is not None:
            assert other is not None, seed
            rule, near = exact(case, scores), 1e-6 * max(1.0, abs(other))
            assert float(plan.bound * unit(case)) >= other - near, seed
            lost = other - float(plan.objective * unit(case))
            assert -near <= lost <= float(rule.broken * rule.dearest) + near, seed


@pytest.mark.parametrize("seeds", [range(2000, 2030), range(2030, 2060), range(40980, 40990)])
def test_every_plan_file_passes_the_check_that_stands_alone(seeds):
    for seed in seeds:
        case = drawn(seed)
        scores = scoring.score(case)
        evaluation = Evaluation(case, scores, allocation.allocate(case, scores))
        written = json.dumps(pipeline.plan_object(evaluation), ensure_ascii=False)
        failed = [each for each in verify(written.encode("utf-8")).clauses if each.faults]
        assert not failed, seed


# ------------------------------------------------------------------ whatever the files' order


def told(case: Case) -> dict[str, Any]:
    """The plan file, but for the digests of what was read."""
    scores = scoring.score(case)
    said = pipeline.plan_object(Evaluation(case, scores, allocation.allocate(case, scores)))
    return {name: said[name] for name in said if name not in ("inputs", "digests")}


@pytest.mark.parametrize("seed", range(3000, 3030))
def test_names_do_not_matter_but_for_their_order(seed):
    renamed = json.loads(json.dumps(told(drawn(seed))).replace("P0", "Q0"))
    assert json.loads(json.dumps(told(drawn(seed, letter="Q")))) == renamed


@pytest.mark.parametrize("family", ["envelopes", "milestones", "floor-soft-count", "requires-whole"])
def test_the_order_of_rows_does_not_matter(tmp_path, family):
    written, rng = FAMILIES[family], Random(1)
    rows, costs = list(written.rows), list(written.costs)
    before = told(pipeline.load(written.written(tmp_path / "first")))
    for at in range(3):
        rng.shuffle(rows)
        rng.shuffle(costs)
        shuffled = replace(written, rows=tuple(rows), costs=costs).written(tmp_path / f"{at}")
        assert json.dumps(told(pipeline.load(shuffled))) == json.dumps(before)


@pytest.mark.parametrize("seed", range(3000, 3060))
def test_the_order_of_funds_decides_who_pays_and_not_who_gets(seed):
    """Without reserves and tables of costs, whose first fund is a default, all else is the same."""
    case = drawn(seed)
    first, *others = case.scenario.funds
    turned = case.revised(funds=(*reversed(others), first))
    if case.costs_by_kind is None and len({fund.year for fund in case.scenario.funds}) > 1:
        return
    one, other = (allocation.allocate(each, scored(each, seed)) for each in (case, turned))
    assert (one.status, one.objective, one.unique) == (other.status, other.objective, other.unique)
    assert one.amount_mvnd.tolist() == other.amount_mvnd.tolist()
