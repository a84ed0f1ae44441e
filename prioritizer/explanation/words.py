"""What single things are called in a sentence: projects, fields, values, amounts of the objective."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from prioritizer import locale
from prioritizer.model import Case, Limit
from prioritizer.money import MVND_PER_BN
from prioritizer.results import E4

NEAR_MVND = 10_000
_GLOSSARIES = ("class", "secrecy", "kind")


def project_name(case: Case, row: int, lang: str) -> str:
    """A project by name and id."""
    name = case.register.name(row, lang)
    return locale.say("explanation.project_name", lang, name=name, id=case.register.ids[row])


def hurdle_text(case: Case, lang: str) -> str:
    """The hurdle with its unit."""
    objective = case.scenario.objective
    hurdle = Fraction(objective.hurdle_e4, E4)
    text = locale.number(hurdle, lang, locale.digits_needed(hurdle))
    return locale.say(f"explanation.hurdle.{objective.basis}", lang, hurdle=text)


def objective_text(amount: Fraction, lang: str) -> str:
    """An amount of the objective: one decimal where that shows it well, up to four where it is small."""
    size = abs(amount)
    digits = 1 if size >= 100 else 2 if size >= 1 else 4
    shown = Fraction(round(amount * 10**digits), 10**digits)
    return locale.number(amount, lang, max(1, locale.digits_needed(shown, digits)))


def points_text(points: Fraction, lang: str) -> str:
    """Points: one decimal, or four where that would show a difference as nothing."""
    fine = points != 0 and abs(points) < Fraction(1, 10)
    return locale.number(points, lang, 4 if fine else 1)


def reach_text(amount_mvnd: Fraction, lang: str) -> str:
    """How far something holds, in billions, rounded down: one decimal, or three where it is not far."""
    digits = 1 if amount_mvnd >= NEAR_MVND else 3
    amount = amount_mvnd / MVND_PER_BN
    return locale.number(Fraction(floor(amount * 10**digits), 10**digits), lang, digits)


def day_text(day: str, lang: str) -> str:
    """A day, ``YYYY-MM-DD``, as people write it."""
    year, month, of_month = day.split("-")
    if lang == "vi":
        month, of_month = month.lstrip("0"), of_month.lstrip("0")
    return locale.say("explanation.day", lang, day=of_month, month=month, year=year)


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
    if field == "project" and value.casefold() in map(str.casefold, case.register.ids):
        return project_name(case, case.register.row_of(value), lang)
    if field in _GLOSSARIES:
        return locale.sentences(lang).get(f"terms.{field}.{value.casefold()}", value)
    things = {tech.id: tech.name for tech in case.products.technologies}
    things |= {product.id: product.name for tech in case.products.technologies for product in tech.products}
    if field in ("technology", "product") and value in things:
        return f"{value} ({things[value].into(lang)})"
    return value
