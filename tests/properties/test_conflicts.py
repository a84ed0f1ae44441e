"""Clashing rules of tiny cases, held against every plan that there is."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import ceil, floor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import allocation, scoring
from prioritizer.analysis.conflicts.clash import clash, negotiable
from prioritizer.analysis.conflicts.relaxing import firm_clash, relaxations, relaxed
from prioritizer.analysis.conflicts.rules import rules_of
from prioritizer.model import Case
from prioritizer.results import Rule
from tests.build import BODIES, Project, case, steady

WEIGHTS = st.sampled_from(["1", "1", "2", "0.5", "3"])


@st.composite
def clashing(draw, shares=False, yes_or_no=True):
    """Cases of up to four projects, of which every whole-million plan can be listed.

    Without shares of what is allocated, selections lie within one another or apart, so that where amounts of
    any size exist whole ones do.
    """
    rules = ["flexible", "flexible", "whole", "minimum"] if yes_or_no else ["flexible"]
    projects = []
    for _ in range(draw(st.integers(1, 4))):
        ask, rule = draw(st.integers(1, 6)), draw(st.sampled_from(rules))
        least = draw(st.integers(1, ask)) if rule == "minimum" else 0
        projects.append(Project(ask, 1, draw(st.sampled_from(BODIES[:2])), funding=rule, minimum=least))
    total = sum(each.ask for each in projects)
    kinds = ["amount_bn", "share_of_envelope"]
    kinds += ["count"] if yes_or_no else []
    kinds += ["share_of_allocated"] * 3 if shares else []
    limits = []
    for at in range(draw(st.integers(1, 4))):
        where = draw(st.sampled_from([{}, {"ministry": ["MOST"]}, {"ministry": ["MOIT"]}]))
        kind, side = draw(st.sampled_from(kinds)), draw(st.sampled_from(["at_least", "at_least", "at_most"]))
        size = draw(st.integers(0, 4 if kind == "count" else total + 2))
        if kind.startswith("share"):
            size = draw(st.sampled_from(["1/4", "1/3", "0.5", "0.9", "1"]))
        more = {"decreed": draw(st.booleans()), "relax_weight": draw(WEIGHTS)}
        limits.append({"id": f"l{at}", "where": where, side: {kind: size}, **more})
    ids = [f"P{at:02d}" for at in range(len(projects))]
    decisions = []
    for name in draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)):
        ask = projects[ids.index(name)].ask
        what = draw(st.sampled_from([{"fund": "full"}, {"fund": "nothing"}, {"fund_at_least_bn": ask}]))
        decisions.append({"project": name, **what, "decreed": draw(st.booleans())})
    more = {"decisions": decisions}
    if yes_or_no and len(ids) > 1 and draw(st.booleans()):
        more["dependencies"] = [{"project": ids[1], "requires": ids[0], "in_full": True}]
    if yes_or_no and draw(st.booleans()):
        more["least_grant_bn"] = draw(st.integers(1, 4))
    if draw(st.booleans()):
        more["reserves"] = [{"id": "aside", "amount_bn": draw(st.integers(0, 2))}]
    return case(projects, draw(st.integers(2, total + 2)), limits, **more)


def plans(given: Case) -> np.ndarray:
    """Every plan in whole million VND, int64[plans, n]."""
    return np.array(list(product(*(range(ask + 1) for ask in given.register.ask_mvnd.tolist()))))


def broken_by(given: Case, rule: Rule, every: np.ndarray, under: frozenset[Rule]) -> np.ndarray:
    """By how much every plan breaks a rule, in million VND or projects; 1 where it just does."""
    scenario, asks = given.scenario, given.register.ask_mvnd
    if rule.kind == "envelope":
        aside = sum(each.amount_mvnd for each in scenario.reserves if Rule("reserve", each.id) in under)
        return np.maximum(0, every.sum(axis=1) - given.envelope_mvnd + aside)
    if rule.kind == "reserve":
        return np.zeros(len(every), dtype=int)
    if rule.kind == "least_grant":
        least = np.minimum(scenario.least_grant_mvnd, asks)
        return ((every > 0) & (every < least)).any(axis=1).astype(int)
    if rule.kind == "own":
        row = given.register.row_of(rule.id)
        funding, amount = given.register.columns["funding"][row], every[:, row]
        least = asks[row] if funding == "whole" else given.register.minimum_mvnd[row]
        return ((amount > 0) & (amount < least)).astype(int)
    if rule.kind == "dependency":
        each = next(each for each in scenario.dependencies if each.id == rule.id)
        row, other = given.register.row_of(each.project), given.register.row_of(each.requires)
        return ((every[:, row] > 0) & (every[:, other] < asks[other])).astype(int)
    if rule.kind == "decision":
        each = next(each for each in scenario.decisions if each.id == rule.id)
        row = given.register.row_of(each.project)
        if each.fund == "nothing":
            return (every[:, row] > 0).astype(int)
        return np.maximum(0, (each.at_least_mvnd or asks[row]) - every[:, row])
    limit = next(limit for limit in scenario.limits if limit.id == rule.id)
    chosen = every[:, given.register.selected_by(limit)]
    bound = limit.at_least or limit.at_most
    exact = bound.count if bound.count is not None else bound.of_envelope(given.envelope_mvnd)
    used = (chosen > 0).sum(axis=1) if bound.count is not None else chosen.sum(axis=1)
    return np.maximum(0, ceil(exact) - used if limit.at_least else used - floor(exact))


def can_hold(given: Case, rules: frozenset[Rule]) -> bool:
    every = plans(given)
    return bool((sum(broken_by(given, rule, every, rules) for rule in rules) == 0).any()) if rules else True


def price(given: Case, rule: Rule) -> Fraction:
    """What breaking a rule costs per million VND or project."""
    if rule.kind == "decision":
        each = next(each for each in given.scenario.decisions if each.id == rule.id)
        return each.relax_weight / (1 if each.fund == "nothing" else 1000)
    limit = next(limit for limit in given.scenario.limits if limit.id == rule.id)
    bound = limit.at_least or limit.at_most
    return limit.relax_weight / (1 if bound.count is not None else 1000)


def least_cost(given: Case, rules: frozenset[Rule]) -> Fraction | None:
    """The least that must be given up, over every plan; ``None`` if what is firm cannot hold."""
    every = plans(given)
    firm = [broken_by(given, rule, every, rules) for rule in rules if not negotiable(given, rule)]
    every = every[(sum(firm) == 0)]
    costs = np.zeros(len(every), dtype=object) + Fraction(0)
    for rule in rules:
        if negotiable(given, rule):
            costs += broken_by(given, rule, every, rules).astype(object) * price(given, rule)
    return min(costs, default=None)


@steady(150)
@given(clashing())
def test_clashing_rules_cannot_hold_and_without_any_one_of_them_they_can(given):
    scores = scoring.score(given)
    rules = frozenset(rules_of(given, scores))
    found = clash(given, scores)
    assert (found is None) == can_hold(given, rules)
    if found is None:
        return
    assert found.irreducible and found.status == "infeasible"
    assert not can_hold(given, frozenset(found.rules))
    for rule in found.rules:
        assert can_hold(given, frozenset(found.rules) - {rule}), rule


@steady(120)
@given(clashing())
def test_the_cheapest_relaxations_give_a_plan_at_the_least_cost(given):
    scores = scoring.score(given)
    least = least_cost(given, frozenset(rules_of(given, scores)))
    found = relaxations(given, scores)
    assert (firm_clash(given, scores) is None) == (least is not None)
    if not least:
        assert found == ()
        return
    assert allocation.allocate(relaxed(given, found), scores).found
    if all(each.unit in ("mvnd", "projects") for each in found):
        assert sum(each.cost for each in found) == least
    else:  # readable shares
        assert sum(each.cost for each in found) >= least


@steady(100)
@given(clashing(shares=True, yes_or_no=False))
def test_shares_of_what_is_allocated_are_relaxed_until_there_is_a_plan(given):
    scores = scoring.score(given)
    planned = allocation.allocate(given, scores)
    found, moved = clash(given, scores), relaxations(given, scores)
    assert planned.found == (found is None)
    if found is None:
        assert moved == ()
        return
    assert found.status == planned.status
    assert moved or firm_clash(given, scores) is not None
    assert not moved or allocation.allocate(relaxed(given, moved), scores).found


@steady(40)
@given(clashing(), st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_what_projects_are_worth(given, random):
    scores = scoring.score(given)
    values = np.array([random.randrange(1_000_000) for _ in given.register.ids])
    other = replace(scores, value_e4=values, mid_e4=values)
    assert clash(given, scores) == clash(given, other)
    assert relaxations(given, scores) == relaxations(given, other)
