"""What holds a project, by name: funds alone or together, limits, decisions, dependencies, its own rule."""

from __future__ import annotations

from prioritizer import locale
from prioritizer.explanation.words import day_text, project_name, selection_text
from prioritizer.model import Bound, Case, Decision, Dependency, Fund, Limit, Reserve


def held_text(case: Case, names: tuple[str, ...], lang: str) -> str:
    """Everything that a reason names, as a list in a sentence."""
    return "; ".join(dict.fromkeys(thing_name(case, name, lang) for name in names))


def thing_name(case: Case, name: str, lang: str) -> str:
    """One thing that a reason names: the id of a limit, decision or dependency, of a project whose own rule
    holds it (with its milestone), or of funds joined by ``+``; what is none of them stays as it is."""
    scenario = case.scenario
    for limit in scenario.limits:
        if limit.id == name:
            return limit_name(case, limit, lang)
    for decision in scenario.decisions:
        if decision.id == name:
            return decision_name(case, decision, lang)
    for dependency in scenario.dependencies:
        if dependency.id == name:
            return dependency_name(case, dependency, lang)
    funds = [fund for part in name.split("+") for fund in scenario.funds if fund.id == part]
    if funds:
        return funds_name(case, funds, lang)
    return _rule_name(case, name.partition(",")[0], lang)


def funds_name(case: Case, funds: list[Fund], lang: str) -> str:
    """What one fund is called, or several together; all there are need no other name than the envelope."""
    if len(case.scenario.funds) == 1:
        return locale.say("explanation.envelope", lang, fund=_called(funds[0], lang))
    if len(funds) == 1:
        return fund_name(funds[0], lang)
    called = ", ".join(locale.say("explanation.quoted", lang, name=_called(fund, lang)) for fund in funds)
    return locale.say("explanation.funds_together", lang, funds=called)


def fund_name(fund: Fund, lang: str) -> str:
    """What one fund is called."""
    return locale.say("explanation.fund", lang, fund=_called(fund, lang))


def reserve_line(reserve: Reserve, lang: str) -> str:
    """Money set aside, by name and amount."""
    amount = locale.bn(reserve.amount_mvnd, lang)
    return locale.say("explanation.reserve.line", lang, name=_called(reserve, lang), amount=amount)


def limit_name(case: Case, limit: Limit, lang: str, sides: tuple[str, ...] = ("at_least", "at_most")) -> str:
    """What a limit says, in words: its floor, its ceiling or both, and over whom."""
    bounds = {"at_least": limit.at_least, "at_most": limit.at_most}
    said = [
        locale.say(f"explanation.bound.{side}", lang, size=_size(bounds[side], lang))
        for side in sides
        if bounds[side] is not None
    ]
    return locale.say(
        "explanation.limit", lang, sides=", ".join(said), over=selection_text(case, limit, lang)
    )


def decision_name(case: Case, decision: Decision, lang: str) -> str:
    """What was decided, and as far as it is known by whom, when and why."""
    said = decision_text(case, decision, lang)
    told = [
        locale.say("explanation.decision.by", lang, by=decision.by.into(lang)) if decision.by else "",
        locale.say("explanation.decision.at", lang, day=day_text(decision.at, lang)) if decision.at else "",
        locale.say("explanation.decision.why", lang, why=decision.why.into(lang)) if decision.why else "",
    ]
    known = "; ".join(filter(None, told))
    return locale.say("explanation.decision.told", lang, decision=said, told=known) if known else said


def decision_text(case: Case, decision: Decision, lang: str) -> str:
    """What was decided about which project."""
    verb = decision.fund or ("locked" if decision.locked_mvnd else "at_least")
    amount = locale.bn(decision.locked_mvnd or decision.at_least_mvnd or 0, lang)
    project = project_name(case, case.register.row_of(decision.project), lang)
    return locale.say(f"explanation.decision.{verb}", lang, project=project, amount=amount)


def dependency_name(case: Case, dependency: Dependency, lang: str) -> str:
    """Which project needs which other."""
    project, other = (
        project_name(case, case.register.row_of(name), lang)
        for name in (dependency.project, dependency.requires)
    )
    key = "in_full" if dependency.in_full else "share"
    return locale.say(f"explanation.dependency.{key}", lang, project=project, requires=other)


def _rule_name(case: Case, name: str, lang: str) -> str:
    """A project's own funding rule, with the least amount it may have."""
    register = case.register
    try:
        row = register.row_of(name)
    except KeyError:
        return name
    rule = (register.columns["funding"][row] if "funding" in register.columns else "") or "flexible"
    own = 0 if register.minimum_mvnd is None else int(register.minimum_mvnd[row])
    least = max(own, case.scenario.least_grant_mvnd or 0)
    key = "minimum" if rule == "flexible" and least else rule
    amount, project = locale.bn(least, lang), project_name(case, row, lang)
    return locale.say(f"explanation.rule.{key}", lang, project=project, least=amount)


def _called(thing: Fund | Reserve, lang: str) -> str:
    return thing.name.into(lang) if thing.name else thing.id


def _size(bound: Bound | None, lang: str) -> str:
    given = {name: value for name, value in vars(bound).items() if value is not None}
    name, value = next(iter(given.items()))
    if name == "amount_mvnd":
        text = locale.bn(value, lang)
    elif name == "count":
        text = locale.number(value, lang, 0)
    else:
        text = locale.percent(value, lang, locale.digits_needed(value * 100))
    return locale.say(f"explanation.size.{name}", lang, size=text)
