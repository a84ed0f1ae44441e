"""Plans taken from one scenario into another, in sentences: which rules they break there, and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from prioritizer import locale
from prioritizer.comparison.nouns import Breach, Comparison, Regret
from prioritizer.comparison.words import ids_text, label, labels
from prioritizer.explanation import objective_text, project_name, rule_name
from prioritizer.explanation.limits import unit_name
from prioritizer.model import Case
from prioritizer.results import Rule

BREACHES = 3  # that a sentence names
IDS_OF_BREACH = 8


def describe_regrets(comparison: Comparison, lang: str) -> list[str]:
    """What has to be said of plans in other scenarios beside the value they lose."""
    return [said for regret in comparison.regrets for said in _notes(comparison, regret, lang)]


def _notes(comparison: Comparison, regret: Regret, lang: str) -> Iterator[str]:
    case = comparison.evaluations[regret.under].case
    plan, under = label(regret.plan, lang), label(regret.under, lang)
    if regret.lost is not None and regret.lost < 0:
        amount, unit = objective_text(-regret.lost, lang), unit_name(case, lang)
        yield locale.say("compare.regret.better", lang, plan=plan, under=under, amount=amount, unit=unit)
    if regret.value is not None and regret.lost is None:
        yield locale.say("compare.regret.no_own", lang, plan=plan, under=under)
    if regret.value is not None and regret.unknown:
        count = len(regret.unknown)
        yield locale.say("compare.regret.unknown", lang, plan=plan, under=under, count=count)


def describe_breaches(comparison: Comparison, lang: str) -> list[str]:
    """Why plans cannot be taken in other scenarios; the same of several scenarios is said once."""
    places: dict[tuple[int, str], list[int]] = {}
    for regret in comparison.regrets:
        if regret.breaches:
            key = regret.plan, _breaches(comparison, regret, lang)
            places.setdefault(key, []).append(regret.under)
    return [
        locale.say(
            "compare.breach.sentence",
            lang,
            plan=label(plan, lang),
            under=labels(under, lang),
            breaches=said,
        )
        for (plan, said), under in places.items()
    ]


def _breaches(comparison: Comparison, regret: Regret, lang: str) -> str:
    absent = [each for each in regret.breaches if each.kind == "absent"]
    together = absent if len(absent) > 1 else []
    each_alone = [each for each in regret.breaches if each not in together]
    said = [_many_absent(together, lang)] if together else []
    said += [describe_breach(comparison, regret, each, lang) for each in each_alone[: BREACHES - len(said)]]
    if more := len(each_alone) + bool(together) - len(said):
        said.append(locale.say("compare.breach.further", lang, count=more))
    return "; ".join(said)


def _many_absent(absent: Sequence[Breach], lang: str) -> str:
    return locale.say(
        "compare.breach.many_absent",
        lang,
        count=len(absent),
        by=_size(Breach("absent", sum((each.by for each in absent), Fraction(0))), lang),
        projects=ids_text([each.project or "" for each in absent], IDS_OF_BREACH),
    )


def describe_breach(comparison: Comparison, regret: Regret, breach: Breach, lang: str) -> str:
    """One rule that a plan breaks, and by how much."""
    ours, theirs = (comparison.evaluations[at].case for at in (regret.plan, regret.under))
    by = _size(breach, lang)
    if breach.rule is None:
        case = ours if breach.kind == "absent" else theirs
        return locale.say(f"compare.breach.{breach.kind}", lang, project=_project(case, breach, lang), by=by)
    way = _way(theirs, breach.rule)
    said = locale.say(f"compare.breach.{way}", lang, rule=rule_name(theirs, breach.rule, lang), by=by)
    if breach.rule.kind != "least_grant":  # the others name their project themselves
        return said
    return locale.say("compare.breach.of_project", lang, project=_project(theirs, breach, lang), said=said)


def _project(case: Case, breach: Breach, lang: str) -> str:
    assert breach.project is not None
    return project_name(case, case.register.row_of(breach.project), lang)


def _way(case: Case, rule: Rule) -> str:
    """Whether a rule is broken by too much or by too little."""
    if rule.kind == "decision":
        nothing = {each.id for each in case.scenario.decisions if each.fund == "nothing"}
        return "contrary" if rule.id in nothing else "short"
    if rule.kind in ("dependency", "own"):
        return "contrary" if rule.kind == "dependency" else "own"
    return "over" if rule.kind in ("at_most", "envelope") else "short"


def _size(breach: Breach, lang: str) -> str:
    """By how much, rounded up to whole millions."""
    key, size = "amount_mvnd", locale.bn(ceil(breach.by), lang)
    if breach.unit == "projects":
        key, size = "count", locale.number(Fraction(breach.by), lang, 0)
    return locale.say(f"explanation.size.{key}", lang, size=size)
