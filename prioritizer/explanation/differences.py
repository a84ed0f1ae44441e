"""What another plan would change, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from prioritizer import locale
from prioritizer.explanation.limits import LimitSide, unit_name
from prioritizer.explanation.names import decision_text, limit_name
from prioritizer.explanation.words import objective_text, project_name
from prioritizer.model import Case, Decision, Limit
from prioritizer.results import Change, Difference

NAMED = 4  # projects that gain or lose, by name; the rest are counted


def describe_forced(
    case: Case, row: int, fund: Literal["full", "nothing"], found: Difference, lang: str
) -> str:
    """What it would change to fund a project in full, or not at all."""
    name = project_name(case, row, lang)
    return describe_difference(
        case, locale.say(f"explanation.whatif.{fund}", lang, project=name), found, lang
    )


def describe_without_limit(
    case: Case, limit: Limit, side: LimitSide | None, found: Difference, lang: str
) -> str:
    """What the plan would be without a limit, or without one of its sides."""
    name = limit_name(case, limit, lang, (side,) if side else ("at_least", "at_most"))
    if_so = locale.say("explanation.whatif.without_limit", lang, limit=name)
    return describe_difference(case, if_so, found, lang)


def describe_without_decision(case: Case, decision: Decision, found: Difference, lang: str) -> str:
    """What a decision costs: the plan without it."""
    said = decision_text(case, decision, lang)
    if_so = locale.say("explanation.whatif.without_decision", lang, decision=said)
    return describe_difference(case, if_so, found, lang)


def describe_difference(case: Case, if_so: str, found: Difference, lang: str) -> str:
    """What would change under a condition, which is given in words: the objective, and who gains or loses."""
    if found.objective is None:
        status = locale.say(f"terms.status.{found.status}", lang)
        return locale.say("explanation.whatif.no_plan", lang, if_so=if_so, status=status)
    return locale.say(
        "explanation.whatif.sentence",
        lang,
        if_so=if_so,
        effect=_effect(case, found, lang),
        moves=moves_text(case, found, lang),
    )


def _effect(case: Case, found: Difference, lang: str) -> str:
    change = found.objective or Fraction(0)
    way = "up" if change > 0 else "down" if change < 0 else "same"
    amount = objective_text(abs(change), lang)
    effect = locale.say(f"explanation.whatif.{way}", lang, amount=amount, unit=unit_name(case, lang))
    return effect if found.proven else locale.say("explanation.whatif.unproven", lang, effect=effect)


def moves_text(case: Case, found: Difference, lang: str) -> str:
    """Who gains and who loses, as the end of a sentence."""
    if not found.changes:
        return locale.say("explanation.whatif.nothing_moves", lang)
    gains = [change for change in found.changes if change.moved_mvnd > 0]
    loses = [change for change in found.changes if change.moved_mvnd < 0]
    return "".join(
        locale.say(f"explanation.whatif.{key}", lang, projects=_listed(case, changes, lang))
        for key, changes in (("gains", gains), ("loses", loses))
        if changes
    )


def _listed(case: Case, changes: Sequence[Change], lang: str) -> str:
    said = [
        locale.say(
            "explanation.whatif.change",
            lang,
            project=project_name(case, change.project, lang),
            amount=locale.bn(abs(change.moved_mvnd), lang),
        )
        for change in changes[:NAMED]
    ]
    if more := len(changes) - NAMED:
        said += [locale.say("explanation.several_more", lang, count=more)] if more > 0 else []
    return ", ".join(said)
