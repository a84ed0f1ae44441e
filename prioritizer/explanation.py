"""Results in sentences: why a project has what it has, what a limit does, why money is left over."""

from __future__ import annotations

from fractions import Fraction

from prioritizer import locale
from prioritizer.model import Bound, Case, Limit
from prioritizer.results import E4, Evaluation


def describe_project(evaluation: Evaluation, row: int, lang: str) -> str:
    """Why project ``row`` has what it has, in a sentence."""
    case, plan = evaluation.case, evaluation.plan
    reason = plan.reason[row]
    if reason is None:
        return locale.say(f"terms.status.{plan.status}", lang)
    return locale.say(
        f"explanation.project.{reason}",
        lang,
        value=locale.points(int(evaluation.scores.value_e4[row]), lang),
        hurdle=hurdle_text(case, lang),
        ask=locale.bn(int(case.register.ask_mvnd[row]), lang),
        amount=locale.bn(int(plan.amount_mvnd[row]), lang),
        held=held_text(case, plan.held_by[row], lang),
    )


def hurdle_text(case: Case, lang: str) -> str:
    """The hurdle with its unit."""
    objective = case.scenario.objective
    hurdle = Fraction(objective.hurdle_e4, E4)
    text = locale.number(hurdle, lang, locale.digits_needed(hurdle))
    return locale.say(f"explanation.hurdle.{objective.basis}", lang, hurdle=text)


def held_text(case: Case, names: tuple[str, ...], lang: str) -> str:
    """The funds and limits by name, as a list in a sentence."""
    limits = {limit.id: limit for limit in case.scenario.limits}
    parts = [
        limit_name(case, limits[name], lang) if name in limits else fund_name(case, name, lang)
        for name in names
    ]
    return "; ".join(dict.fromkeys(parts))


def fund_name(case: Case, name: str, lang: str) -> str:
    """What a fund is called."""
    fund = next(fund for fund in case.scenario.funds if fund.id == name)
    called = fund.name.into(lang) if fund.name else fund.id
    return locale.say("explanation.envelope", lang, fund=called)


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


def _size(bound: Bound | None, lang: str) -> str:
    given = {name: value for name, value in vars(bound).items() if value is not None}
    name, value = next(iter(given.items()))
    if name == "amount_mvnd":
        text = locale.bn(value, lang)
    elif name == "count":
        text = str(value)
    else:
        text = locale.percent(value, lang, locale.digits_needed(value * 100))
    return locale.say(f"explanation.size.{name}", lang, size=text)


def selection_text(case: Case, limit: Limit, lang: str) -> str:
    """The projects a limit is over, in words."""
    if not limit.where:
        return locale.say("explanation.all_projects", lang)
    fields = [
        f"{field_label(field, lang)} {', '.join(value_label(case, field, value, lang) for value in values)}"
        for field, values in limit.where.items()
    ]
    return "; ".join(fields)


def field_label(field: str, lang: str) -> str:
    """What a field is called in a sentence; a field of the scenario's own keeps its name."""
    return locale.sentences(lang).get(f"explanation.field.{field}", field)


def value_label(case: Case, field: str, value: str, lang: str) -> str:
    """What a field's value is called: a body's or product's name, a class in words, else itself."""
    if field == "ministry":
        body = next((body for body in case.ministries.bodies if body.id.casefold() == value.casefold()), None)
        return (body.short or body.name).into(lang) if body else value
    if field in ("class", "secrecy"):
        return locale.sentences(lang).get(f"terms.{field}.{value.casefold()}", value)
    things = {tech.id: tech.name for tech in case.products.technologies}
    things |= {product.id: product.name for tech in case.products.technologies for product in tech.products}
    if field in ("technology", "product") and value in things:
        return f"{value} ({things[value].into(lang)})"
    return value


def describe_limits(evaluation: Evaluation, lang: str) -> list[str]:
    """What every limit that is reached does, a sentence each."""
    limits = {limit.id: limit for limit in evaluation.case.scenario.limits}
    return [
        locale.say(
            "explanation.reached",
            lang,
            limit=limit_name(evaluation.case, limits[use.id], lang, (side,)),
            used=locale.bn(use.used_mvnd, lang),
            count=use.used_count,
        )
        for use in evaluation.plan.limits
        for side, touched in (("at_least", use.at_floor), ("at_most", use.at_ceiling))
        if touched
    ]


def describe_unspent(evaluation: Evaluation, lang: str) -> list[str]:
    """Why money is left over, a sentence for every part of it."""
    return [
        locale.say(
            f"explanation.unspent.{part.reason}",
            lang,
            amount=locale.bn(part.amount_mvnd, lang),
            held=held_text(evaluation.case, part.limits, lang),
            hurdle=hurdle_text(evaluation.case, lang),
        )
        for part in evaluation.plan.unspent
    ]


def citation(text: str, lang: str) -> str:
    """A citation ("source place; source place") in words; a source not among ours stays as written."""
    return "; ".join(_cited(part.strip(), lang) for part in text.split(";")) if text else ""


def _cited(part: str, lang: str) -> str:
    words = locale.sentences(lang)
    source, _, place = part.partition(" ")
    if f"terms.source.{source}" not in words:
        return part
    kind, _, number = place.partition(" ")
    if f"terms.place.{kind.casefold()}" not in words:
        kind, number = "section", place
    said = locale.say(f"terms.place.{kind.casefold()}", lang, number=number).strip()
    return f"{words[f'terms.source.{source}']}, {said}" if place else words[f"terms.source.{source}"]
