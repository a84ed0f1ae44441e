"""What a scenario states for a key, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from prioritizer import locale
from prioritizer.comparison.nouns import InputDifference
from prioritizer.explanation import (
    decision_text,
    dependency_name,
    hurdle_text,
    limit_name,
    project_name,
    value_label,
)
from prioritizer.explanation.names import reserve_line
from prioritizer.model import Assessor, Case, Decision, Dependency, Fund, Limit, Reserve
from prioritizer.results import E4

LONGEST = 60  # letters of a free text
_COLUMN = {
    "ask_mvnd": "ask_bn",
    "given_e4": "value",
    "minimum_mvnd": "minimum_bn",
    "cofinance_mvnd": "cofinance_bn",
}
_UNLIMITED = ("least_grant_bn", "state_share_cap", "eligibility.minimum_by_factor")


def key_text(cases: Sequence[Case], found: InputDifference, lang: str) -> str:
    """A key and the thing under it."""
    key = found.key.replace(".", "_")
    part = ""
    if found.key == "register":
        part = _column_text(found.part, lang)
    elif found.part:
        class_ = locale.say(f"terms.class.{found.part}", lang)
        part = locale.say("compare.given.of_class", lang, class_=class_)
    return locale.say(f"compare.key.{key}", lang, id=_id(found), name=_name(cases, found, lang), part=part)


def _id(found: InputDifference) -> str:
    """The id as a file writes it, not as it is compared."""
    thing = next((each for each in found.given if each is not None), None)
    return str(getattr(thing, "id", found.id))


def _name(cases: Sequence[Case], found: InputDifference, lang: str) -> str:
    if found.key in ("state_share_cap", "exchange_rate", "eligibility.dossier_by_class"):
        return locale.say(f"terms.class.{found.id}", lang)
    if found.key == "register":
        case = next(case for case in cases if lists(case, found.id))
        return project_name(case, case.register.row_of(found.id), lang)
    nodes = {
        node.id: node.name.into(lang)
        for case in cases
        if case.criteria is not None
        for siblings in case.criteria.sibling_sets()
        for node in siblings
    }
    return nodes.get(found.id, found.id)


def lists(case: Case, project: str) -> bool:
    """Whether the register of a case has a project."""
    try:
        return case.register.row_of(project) >= 0
    except KeyError:
        return False


def _column_text(name: str, lang: str) -> str:
    """A column of the register as its heading; a field of the scenario's own keeps its name."""
    known, column = locale.sentences(lang), _COLUMN.get(name, name)
    return known.get(f"columns.register.{column}.heading", known.get(f"terms.field.{column}", column))


def given_text(case: Case, found: InputDifference, given: Any, lang: str, *, fine: bool = False) -> str:
    """What a scenario states; ``fine``: with as many decimals as are needed."""
    if given is None and found.key == "exchange_rate":
        given = Fraction(1)
    if given is None:
        return locale.say("compare.given.unlimited" if found.key in _UNLIMITED else "compare.none", lang)
    if found.key == "register":
        return _cell(case, found.part, given, lang)
    if found.key in _SHARES:
        digits = locale.digits_needed(given * 100, 7) if fine else 1
        return locale.percent(given, lang, digits)
    return _WORDS[found.key](case, given, lang)


def _cell(case: Case, column: str, given: Any, lang: str) -> str:
    if column.endswith("_mvnd"):
        return locale.say("explanation.size.amount_mvnd", lang, size=locale.bn(given, lang))
    if column.endswith("_e4"):
        return _points(case, given, lang)
    text = value_label(case, column, given, lang)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _fund(case: Case, fund: Fund, lang: str) -> str:
    kinds = [value_label(case, "kind", kind, lang) for kind in fund.pays]
    return locale.say(
        "compare.given.fund",
        lang,
        amount=locale.bn(fund.amount_mvnd, lang),
        year=fund.year,
        kinds=", ".join(kinds) or locale.say("compare.given.all_kinds", lang),
    )


def _reserve(case: Case, reserve: Reserve, lang: str) -> str:
    fund = reserve.fund or locale.say("compare.given.first_fund", lang)
    return locale.say("compare.given.reserve", lang, line=reserve_line(reserve, lang), fund=fund)


def _limit(case: Case, limit: Limit, lang: str) -> str:
    said = limit_name(case, limit, lang)
    if limit.penalty_e4 is not None:
        penalty = _number(Fraction(limit.penalty_e4, E4), lang)
        said = locale.say("compare.given.soft", lang, said=said, penalty=penalty)
    return _firmness(limit, said, lang)


def _decision(case: Case, decision: Decision, lang: str) -> str:
    return _firmness(decision, decision_text(case, decision, lang), lang)


def _firmness(rule: Limit | Decision, said: str, lang: str) -> str:
    if rule.relax_weight != 1:
        weight = _number(rule.relax_weight, lang)
        said = locale.say("compare.given.relax_weight", lang, said=said, weight=weight)
    return locale.say("compare.given.decreed", lang, said=said) if rule.decreed else said


def _dependency(case: Case, dependency: Dependency, lang: str) -> str:
    said = dependency_name(case, dependency, lang)
    return locale.say("compare.given.decreed", lang, said=said) if dependency.decreed else said


def _assessor(case: Case, assessor: Assessor, lang: str) -> str:
    others = ", ".join(f"{name} {_number(own, lang)}" for name, own in assessor.competence_on.items())
    key = "competence_on" if others else "competence"
    competence = _number(assessor.competence, lang)
    return locale.say(f"compare.given.{key}", lang, competence=competence, others=others)


def _number(number: Fraction, lang: str) -> str:
    return locale.number(number, lang, locale.digits_needed(number))


def _points(case: Case, points_e4: int, lang: str) -> str:
    points = _number(Fraction(points_e4, E4), lang)
    return locale.say("compare.given.points", lang, points=points)


def _names(case: Case, names: Sequence[str], lang: str) -> str:
    return ", ".join(names)


def _columns(case: Case, names: Sequence[str], lang: str) -> str:
    return ", ".join(_column_text(name, lang) for name in names)


_SHARES = ("weights", "state_share_cap")
_WORDS: dict[str, Callable[[Case, Any, str], str]] = {
    "objective.basis": lambda case, basis, lang: locale.say(f"terms.objective.{basis}", lang),
    "objective.hurdle": lambda case, _, lang: hurdle_text(case, lang),
    "funds": _fund,
    "reserves": _reserve,
    "least_grant_bn": lambda case, amount, lang: _cell(case, "ask_mvnd", amount, lang),
    "exchange_rate": lambda case, rate, lang: _points(case, round(rate * E4), lang),
    "eligibility.unassessed": lambda case, end, lang: locale.say(f"terms.unassessed.{end}", lang),
    "eligibility.minimum_by_factor": _points,
    "eligibility.dossier": _columns,
    "eligibility.dossier_by_class": _columns,
    "limits": _limit,
    "decisions": _decision,
    "dependencies": _dependency,
    "assessors": _assessor,
    "consensus": lambda case, rule, lang: locale.say(
        f"compare.given.{rule.rule}", lang, trim=locale.percent(rule.trim, lang)
    ),
    "ties": lambda case, ties, lang: locale.say(f"compare.given.{ties}", lang),
    "tie_order": _names,
    "fields": _names,
}
