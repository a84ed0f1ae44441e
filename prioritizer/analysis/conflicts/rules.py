"""The rules of a case by name, and the case under some of them.

A rule is what people can name and drop: one side of a limit, a decision, a dependency, a reserve, the least
grant, a project's own funding rule, what funds hold. Soft limits are none: they give way at their price.
What a project asks and whether it is eligible stays whatever is dropped.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from fractions import Fraction

import numpy as np

from prioritizer.allocation.program import Formulation, Program
from prioritizer.allocation.statement import formulate
from prioritizer.model import Case, Coded, Costs, Limit, Register
from prioritizer.results import Rule, Scores

Rules = frozenset[Rule]


def rules_of(case: Case, scores: Scores) -> tuple[Rule, ...]:
    """Every rule of a case: what funds hold, then in the scenario's order, then projects by id."""
    scenario, ids = case.scenario, case.register.ids
    rows = formulate(case, scores).program.rows
    envelopes = [Rule("envelope", row.name[9:-1]) for row in rows if row.name.startswith("envelope[")]
    reserves = [Rule("reserve", each.id) for each in scenario.reserves]
    sides = [side for limit in scenario.limits for side in sides_of(limit)]
    decisions = [Rule("decision", each.id) for each in scenario.decisions]
    dependencies = [Rule("dependency", each.id) for each in scenario.dependencies]
    least = [Rule("least_grant")] if scenario.least_grant_mvnd else []
    own = [Rule("own", ids[row]) for row in with_own_rule(case)]
    return (*envelopes, *reserves, *sides, *decisions, *dependencies, *least, *own)


def sides_of(limit: Limit) -> list[Rule]:
    """The sides of a limit that have to hold."""
    if limit.penalty_e4 is not None:
        return []
    bounds = (Rule("at_least", limit.id), limit.at_least), (Rule("at_most", limit.id), limit.at_most)
    return [rule for rule, bound in bounds if bound is not None]


def with_own_rule(case: Case) -> list[int]:
    """The rows of projects that are funded in whole or not at all, from a minimum on, or by milestones."""
    register = case.register
    own = {row for row, milestone in case.costs.value_share if milestone > 1}
    if "funding" in register.columns:
        own |= set(np.flatnonzero(register.columns["funding"].among(("whole",))).tolist())
    if register.minimum_mvnd is not None:
        own |= set(np.flatnonzero(register.minimum_mvnd > 0).tolist())
    return sorted(own)


def stated(case: Case, scores: Scores, rules: Set[Rule]) -> Formulation:
    """The program of a case under some of its rules and no other."""
    form = formulate(under(case, rules), scores)
    dropped = {
        row.name
        for row in form.program.rows
        if row.name.startswith("envelope[") and Rule("envelope", row.name[9:-1]) not in rules
    }
    return without_rows(form, dropped) if dropped else form


def without_rows(form: Formulation, names: Set[str]) -> Formulation:
    """The formulation less some rows."""
    program = _kept(form.program, names)
    return replace(form, program=program, ledger=program if form.plain else _kept(form.ledger, names))


def _kept(program: Program, names: Set[str]) -> Program:
    return replace(program, rows=tuple(row for row in program.rows if row.name not in names))


def under(case: Case, rules: Set[Rule]) -> Case:
    """The case under some of its rules; what funds hold stays."""
    scenario = case.scenario
    limits = (_with_sides(limit, rules) for limit in scenario.limits)
    revised = case.revised(
        limits=tuple(limit for limit in limits if limit.at_least or limit.at_most),
        decisions=tuple(each for each in scenario.decisions if Rule("decision", each.id) in rules),
        dependencies=tuple(each for each in scenario.dependencies if Rule("dependency", each.id) in rules),
        reserves=tuple(each for each in scenario.reserves if Rule("reserve", each.id) in rules),
        least_grant_mvnd=scenario.least_grant_mvnd if Rule("least_grant") in rules else None,
    )
    freed = [row for row in with_own_rule(case) if Rule("own", case.register.ids[row]) not in rules]
    return _made_flexible(revised, freed) if freed else revised


def _with_sides(limit: Limit, rules: Set[Rule]) -> Limit:
    kept = {rule.kind for rule in sides_of(limit) if rule in rules}
    dropped = {side: None for side in ("at_least", "at_most") if side not in kept}
    return limit.model_copy(update=dropped)


def _made_flexible(case: Case, rows: list[int]) -> Case:
    """The case with some projects that take any share of what they ask."""
    register, costs = case.register, case.costs
    minimum = register.minimum_mvnd
    if minimum is not None:
        minimum = minimum.copy()
        minimum[rows] = 0
    columns = dict(register.columns)
    if "funding" in columns:
        columns["funding"] = _recoded(columns["funding"], rows)
    freed = Register(
        register.ids, register.ask_mvnd, register.given_e4, columns, minimum, register.cofinance_mvnd
    )
    shares = {key: share for key, share in costs.value_share.items() if key[0] not in set(rows)}
    return replace(case, register=freed, costs_by_kind=_with_shares(case, shares))


def _recoded(funding: Coded, rows: list[int]) -> Coded:
    codes = funding.codes.copy()
    codes[rows] = len(funding.levels)
    return Coded((*funding.levels, "flexible"), codes)


def _with_shares(case: Case, shares: dict[tuple[int, int], Fraction]) -> Costs | None:
    given = case.costs_by_kind
    return None if given is None else replace(given, value_share=shares)


def rules_behind(case: Case, names: Set[str], rules: Rules) -> Rules:
    """Those of ``rules`` that rows of these names state, or more: a row may rest on several."""
    found = {rule for name in names for rule in _stating(case, name)}
    if any(name.startswith(("at_least[", "at_most[", "requires[")) for name in names):
        found |= {rule for rule in rules if rule.kind == "own"} if _asks(case) else set()
    return rules & found


def _asks(case: Case) -> bool:
    """Whether a rule asks if projects are funded: then it matters how a whole project may answer."""
    counts = any(
        bound.count is not None
        for limit in case.scenario.limits
        for bound in (limit.at_least, limit.at_most)
        if bound is not None
    )
    return counts or bool(case.scenario.dependencies)


def _stating(case: Case, name: str) -> list[Rule]:
    family, _, inner = name[:-1].partition("[")
    if family in ("at_least", "at_most"):
        return [Rule("at_least" if family == "at_least" else "at_most", inner)]
    if family == "envelope":
        return [Rule("envelope", inner), *_reserved(case, inner)]
    if family in ("decision", "requires"):
        return [Rule("decision" if family == "decision" else "dependency", inner)]
    if family in ("least", "only_if", "done", "next"):
        return [Rule("least_grant"), Rule("own", inner.partition(",")[0])]
    return []


def _reserved(case: Case, funds: str) -> list[Rule]:
    """What is set aside from one of these funds."""
    holding = {name.casefold() for name in funds.split("+")}
    first = case.scenario.funds[0].id
    return [
        Rule("reserve", each.id)
        for each in case.scenario.reserves
        if (each.fund or first).casefold() in holding
    ]
