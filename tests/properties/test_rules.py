"""Every rule of the scenario, in every combination: plans against all plans there are, and against another
solver's optimum of the rules stated anew.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

import pytest

from prioritizer import allocation, scoring
from prioritizer.allocation.exact import optimal_vertex
from prioritizer.allocation.mixed import settle_mixed
from prioritizer.allocation.ties import settle
from prioritizer.allocation.whole import gain_per_level
from prioritizer.model import Case
from prioritizer.results import Lack, Plan, Scores
from tests.properties.brute import MOST_PLANS, Best, Judge
from tests.properties.instances import drawn
from tests.properties.restated import restated

CHUNK = 30
NO_PLAN = ("infeasible", "no_whole_million_plan")


@dataclass(frozen=True)
class Exact:
    """The rule's plan before amounts are made whole: how many of them are not, and the dearest million."""

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
    return Exact(len(settled.parts), dearest)


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
    if plan.bound * unit(case) == best.worth and plan.unique and best.equals > 1:
        found.append(f"said to be unique, but one of {best.equals}")
    rule = exact(case, scores)
    if not rule.broken and plan.bound is not None and not plan.relaxed:
        if worth != best.worth or judge.paid(plan) != best.paid:
            found.append(f"{judge.paid(plan)}, worth {worth}, is not {best}")
    elif best.worth - worth > rule.broken * rule.dearest:
        found.append(f"{worth} is far from {best}")
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
