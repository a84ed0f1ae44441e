"""The cheapest way out of a conflict: how far which negotiable limits and decisions have to move.

A share of what is allocated is weighed by the money by which the plan at hand breaks it, so that all rules
are weighed in one unit, and stated as the share that the plan then keeps. What is found is rounded away from
the rule, applied and tried; if no whole-million plan comes of it, it goes further outward.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np

from prioritizer import allocation
from prioritizer.allocation.program import Formulation
from prioritizer.allocation.statement.places import base_cells
from prioritizer.analysis.conflicts.clash import clash
from prioritizer.analysis.conflicts.feasibility import feasible
from prioritizer.analysis.conflicts.rules import rules_of, stated
from prioritizer.analysis.conflicts.slacks import Amounts, Stretched, in_whole_millions, least, stretch
from prioritizer.model import Bound, Case, Decision, Limit
from prioritizer.results import Conflict, Relaxation, Rule, Scores

READABLE = 10_000  # shares are stated in whole hundredths of a percent
_OUTWARD = 8  # how often a relaxation of which no plan comes is widened, each time four times as far


def relaxations(case: Case, scores: Scores) -> tuple[Relaxation, ...]:
    """The cheapest relaxations under which there is a plan, in the scenario's order; none where there is no
    way out by what may be negotiated (see :func:`firm_clash`), or where none is needed.

    Among equally cheap ones the rules that stand first in the scenario move least.
    """
    stretched = stretch(case, scores)
    for sought in (least, in_whole_millions):
        amounts = sought(stretched)
        found = () if amounts is None else _tried(case, scores, stretched, _moves(case, stretched, amounts))
        if found:
            return found
    return ()


def _tried(
    case: Case, scores: Scores, stretched: Stretched, moves: dict[Rule, _Move]
) -> tuple[Relaxation, ...]:
    """The relaxations, gone so far outward that there is a plan; none if that does not help."""
    last: tuple[Relaxation, ...] = ()
    for step in range(_OUTWARD if moves else 0):
        found = _stated(case, stretched, moves, 4**step - 1)
        if found == last:
            break
        if _gives_a_plan(relaxed(case, found), scores, stretched.form.program.linear):
            return found
        last = found
    return ()


def _gives_a_plan(case: Case, scores: Scores, linear: bool) -> bool:
    """Whether there is a plan in whole million VND. Where yes-or-no questions are asked the best one may
    take long to find; any will do."""
    if linear:
        return allocation.allocate(case, scores).found
    form = stated(case, scores, frozenset(rules_of(case, scores)))
    return feasible(form, "whole_million").holds is True


def firm_clash(case: Case, scores: Scores) -> Conflict | None:
    """The rules not open to negotiation that clash by themselves; ``None`` if they do not."""
    scenario = case.scenario
    limits = [limit for limit in scenario.limits if limit.decreed and limit.penalty_e4 is None]
    decisions = [each for each in scenario.decisions if each.decreed]
    return clash(case.revised(limits=tuple(limits), decisions=tuple(decisions)), scores)


def relaxed(case: Case, found: tuple[Relaxation, ...]) -> Case:
    """The case with these relaxations applied."""
    by_rule = {each.rule: each for each in found}
    limits = [_relaxed_limit(limit, by_rule) for limit in case.scenario.limits]
    decisions = [_relaxed_decision(each, by_rule) for each in case.scenario.decisions]
    return case.revised(limits=tuple(limits), decisions=tuple(each for each in decisions if each))


def _relaxed_limit(limit: Limit, by_rule: dict[Rule, Relaxation]) -> Limit:
    moved = {
        side: _bound(each)
        for side in ("at_least", "at_most")
        if (each := by_rule.get(_side(side, limit))) is not None
    }
    return limit.model_copy(update=moved)


def _side(side: str, limit: Limit) -> Rule:
    return Rule("at_least" if side == "at_least" else "at_most", limit.id)


def _bound(found: Relaxation) -> Bound:
    assert found.after is not None
    if found.unit in ("mvnd", "projects"):
        key = "amount_bn" if found.unit == "mvnd" else "count"
        return Bound.model_validate({key: int(found.after)})
    return Bound.model_validate({found.unit: found.after})


def _relaxed_decision(decision: Decision, by_rule: dict[Rule, Relaxation]) -> Decision | None:
    """The decision with less to be funded; ``None`` if it is lifted. It keeps its id."""
    found = by_rule.get(Rule("decision", decision.id))
    if found is None:
        return decision
    if found.after is None:
        return None
    key = "at_least_mvnd" if decision.locked_mvnd is None else "locked_mvnd"
    return decision.model_copy(update={"fund": None, "id_": decision.id, key: int(found.after)})


@dataclass(frozen=True)
class _Move:
    """By how much a rule is broken, and of how much money its share is, in million VND (0: no share)."""

    broken: Fraction
    base_mvnd: Fraction


def _moves(case: Case, stretched: Stretched, amounts: Amounts) -> dict[Rule, _Move]:
    """What every broken rule is broken by."""
    return {
        each.rule: _Move(amounts[each.column], _base(case, stretched.form, each.rule, amounts))
        for each in stretched.slacks
        if amounts[each.column]
    }


def _base(case: Case, form: Formulation, rule: Rule, amounts: Amounts) -> Fraction:
    """The money of which a limit's share is a share, in the plan at hand, in million VND."""
    if rule.kind == "decision":
        return Fraction(0)
    limit = next(limit for limit in case.scenario.limits if limit.id == rule.id)
    bound = limit.at_least if rule.kind == "at_least" else limit.at_most
    if bound is None or bound.share_of_allocated is None:
        return Fraction(case.scenario.envelope_of(limit))
    cells = np.flatnonzero(base_cells(form.demand, limit))
    each = zip(form.column_of[cells].tolist(), form.times[cells].tolist(), strict=True)
    return sum((amounts[column] * times for column, times in each), Fraction(0))


def _stated(
    case: Case, stretched: Stretched, moves: dict[Rule, _Move], outward: int
) -> tuple[Relaxation, ...]:
    """The relaxations, rounded away from the rules, and each ``outward`` further by so many of its units."""
    limits = {limit.id: limit for limit in case.scenario.limits}
    decisions = {each.id: each for each in case.scenario.decisions}
    price = {each.rule: each.price for each in stretched.slacks}
    lower = {row.name: row.lower for row in stretched.program.rows}
    found: list[Relaxation] = []
    for rule, move in moves.items():
        if rule.kind == "decision":
            found.append(_of_decision(decisions[rule.id], rule, move, outward, lower, price[rule]))
        else:
            found.append(_of_limit(limits[rule.id], rule, move, outward, price[rule]))
    return tuple(found)


def _of_decision(
    decision: Decision, rule: Rule, move: _Move, outward: int, lower: dict[str, int], price: Fraction
) -> Relaxation:
    if decision.fund == "nothing":
        return Relaxation(rule, Fraction(0), None, "mvnd", price)
    before = lower[f"decision[{rule.id}]"]
    after = max(0, before - ceil(move.broken) - outward)
    return Relaxation(rule, Fraction(before), Fraction(after) or None, "mvnd", price * (before - after))


def _of_limit(limit: Limit, rule: Rule, move: _Move, outward: int, price: Fraction) -> Relaxation:
    bound = limit.at_least if rule.kind == "at_least" else limit.at_most
    assert bound is not None
    way = -1 if rule.kind == "at_least" else 1
    if bound.count is not None:
        after = bound.count + way * ceil(move.broken)
        return Relaxation(
            rule, Fraction(bound.count), Fraction(after), "projects", price * abs(after - bound.count)
        )
    if bound.amount_mvnd is not None:
        after = max(0, bound.amount_mvnd + way * (ceil(move.broken) + outward))
        cost = price * abs(after - bound.amount_mvnd)
        return Relaxation(rule, Fraction(bound.amount_mvnd), Fraction(after), "mvnd", cost)
    return _of_share(bound, rule, move, outward, price)


def _of_share(bound: Bound, rule: Rule, move: _Move, outward: int, price: Fraction) -> Relaxation:
    """A share rounded to a readable figure; its cost is what it moves by in money."""
    share, base = bound.share_of_envelope, move.base_mvnd
    of_envelope, before = share is not None, share if share is not None else bound.share_of_allocated
    assert before is not None
    falls = rule.kind == "at_least"

    def size(share: Fraction) -> Fraction:
        held = share * base
        return Fraction(ceil(held) if falls else floor(held)) if of_envelope else held

    kept = size(before) + (-move.broken if falls else move.broken)
    exact = kept / base if base else Fraction(0 if falls else 1)
    after = _rounded_outward(min(exact, before) if falls else max(exact, before), rule, outward)
    cost = price * abs(size(after) - size(before))
    return Relaxation(rule, before, after, "share_of_envelope" if of_envelope else "share_of_allocated", cost)


def _rounded_outward(share: Fraction, rule: Rule, outward: int) -> Fraction:
    if rule.kind == "at_least":
        return max(Fraction(0), Fraction(floor(share * READABLE) - outward, READABLE))
    return min(Fraction(1), Fraction(ceil(share * READABLE) + outward, READABLE))
