"""Rules that clash and ways out of it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from prioritizer import locale
from prioritizer.analysis.conflicts.clash import negotiable
from prioritizer.explanation.names import (
    decision_name,
    decision_text,
    dependency_name,
    funds_name,
    limit_name,
    reserve_line,
)
from prioritizer.explanation.words import project_name, selection_text
from prioritizer.model import Case, Decision, Limit
from prioritizer.results import Conflict, Relaxation, Rule


def describe_conflict(case: Case, conflict: Conflict, lang: str) -> list[str]:
    """Which rules cannot all hold, with names and amounts; then why, and how certain that is."""
    named = "; ".join(_marked(case, rule, lang) for rule in conflict.rules)
    whole_million = conflict.status == "no_whole_million_plan"
    key = "alone" if len(conflict.rules) == 1 and not whole_million else conflict.status
    return [locale.say(f"explanation.conflict.{key}", lang, rules=named), *_further(case, conflict, lang)]


def _further(case: Case, conflict: Conflict, lang: str) -> Iterator[str]:
    short = conflict.shortage
    if short is not None:
        needed, available = (
            _size(short.unit, Fraction(each), lang) for each in (short.needed, short.available)
        )
        yield locale.say(
            f"explanation.conflict.shortage.{short.unit}", lang, needed=needed, available=available
        )
    if not any(negotiable(case, rule) for rule in conflict.rules):
        yield locale.say("explanation.conflict.firm", lang)
    if not conflict.irreducible:
        yield locale.say("explanation.conflict.not_irreducible", lang)
    if not conflict.proven:
        yield locale.say("explanation.conflict.not_proven", lang)


def rule_name(case: Case, rule: Rule, lang: str) -> str:
    """What a rule is called, with its amount."""
    scenario = case.scenario
    if rule.kind in ("at_least", "at_most"):
        return limit_name(case, _limit(case, rule), lang, (rule.kind,))
    if rule.kind == "decision":
        return decision_name(case, _decision(case, rule), lang)
    if rule.kind == "dependency":
        return dependency_name(case, next(each for each in scenario.dependencies if each.id == rule.id), lang)
    if rule.kind == "reserve":
        line = reserve_line(next(each for each in scenario.reserves if each.id == rule.id), lang)
        return locale.say("explanation.conflict.reserve", lang, line=line)
    if rule.kind == "least_grant":
        amount = locale.bn(scenario.least_grant_mvnd or 0, lang)
        return locale.say("explanation.conflict.least_grant", lang, amount=amount)
    return _own_rule(case, rule, lang) if rule.kind == "own" else _envelope(case, rule, lang)


def _limit(case: Case, rule: Rule) -> Limit:
    return next(limit for limit in case.scenario.limits if limit.id == rule.id)


def _decision(case: Case, rule: Rule) -> Decision:
    return next(each for each in case.scenario.decisions if each.id == rule.id)


def _envelope(case: Case, rule: Rule, lang: str) -> str:
    names = rule.id.split("+")
    funds = [fund for fund in case.scenario.funds if fund.id in names]
    amount = locale.bn(sum(fund.amount_mvnd for fund in funds), lang)
    return locale.say(
        "explanation.conflict.envelope", lang, funds=funds_name(case, funds, lang), amount=amount
    )


def _own_rule(case: Case, rule: Rule, lang: str) -> str:
    register = case.register
    row = register.row_of(rule.id)
    least = 0 if register.minimum_mvnd is None else int(register.minimum_mvnd[row])
    whole = "funding" in register.columns and register.columns["funding"][row].casefold() == "whole"
    key = "whole" if whole else "minimum" if least else "milestones"
    project = project_name(case, row, lang)
    return locale.say(f"explanation.rule.{key}", lang, project=project, least=locale.bn(least, lang))


def _marked(case: Case, rule: Rule, lang: str) -> str:
    """The rule's name, marked where it is decreed."""
    name = rule_name(case, rule, lang)
    return locale.say("explanation.conflict.decreed", lang, rule=name) if decreed(case, rule) else name


def decreed(case: Case, rule: Rule) -> bool:
    """Whether somebody above the group has laid a rule down, so that it is not for negotiation."""
    if rule.kind in ("at_least", "at_most"):
        return _limit(case, rule).decreed
    if rule.kind == "dependency":
        return any(each.id == rule.id and each.decreed for each in case.scenario.dependencies)
    return rule.kind == "decision" and _decision(case, rule).decreed


def describe_relaxations(case: Case, relaxations: Sequence[Relaxation], lang: str) -> list[str]:
    """What would have to move and how far, a sentence for every rule."""
    return [
        _of_decision(case, each, lang) if each.rule.kind == "decision" else _of_limit(case, each, lang)
        for each in relaxations
    ]


def _of_decision(case: Case, found: Relaxation, lang: str) -> str:
    decision = _decision(case, found.rule)
    if found.after is None:
        said = decision_text(case, decision, lang)
        return locale.say("explanation.relaxation.lifted", lang, decision=said)
    before, after, by = (
        _sized(found.unit, each, lang) for each in (found.before, found.after, found.before - found.after)
    )
    return locale.say(
        f"explanation.relaxation.{'locked' if decision.locked_mvnd else 'decision'}",
        lang,
        project=project_name(case, case.register.row_of(decision.project), lang),
        before=before,
        after=after,
        by=by,
    )


def _of_limit(case: Case, found: Relaxation, lang: str) -> str:
    assert found.after is not None
    limit, unit = _limit(case, found.rule), found.unit
    amounts = [_mvnd(case, limit, found.rule, each) for each in (found.before, found.after)]
    before, after = (
        _sized(unit, each, lang, amount)
        for each, amount in zip((found.before, found.after), amounts, strict=True)
    )
    moved = abs(found.after - found.before)
    by = _sized("points" if unit.startswith("share") else unit, moved, lang)
    dropped = found.rule.kind == "at_least" and not found.after
    return locale.say(
        f"explanation.relaxation.{'no_floor' if dropped else found.rule.kind}",
        lang,
        over=selection_text(case, limit, lang),
        before=before,
        after=after,
        by=by,
    )


def _mvnd(case: Case, limit: Limit, rule: Rule, share: Fraction) -> int:
    """A share of the envelope in whole million VND: floors rounded up, ceilings down."""
    exact = share * case.scenario.envelope_of(limit)
    return ceil(exact) if rule.kind == "at_least" else floor(exact)


def _sized(unit: str, size: Fraction, lang: str, amount_mvnd: int = 0) -> str:
    amount = locale.bn(amount_mvnd, lang)
    return locale.say(
        f"explanation.relaxation.size.{unit}", lang, size=_size(unit, size, lang), amount=amount
    )


def _size(unit: str, size: Fraction, lang: str) -> str:
    if unit == "mvnd":
        return locale.bn(int(size), lang)
    if unit == "projects":
        return locale.number(size, lang, 0)
    digits = locale.digits_needed(size * 100)
    return locale.number(size * 100, lang, digits) if unit == "points" else locale.percent(size, lang, digits)
