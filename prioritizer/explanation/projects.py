"""Why a project has what it has, and who pays it."""

from __future__ import annotations

from fractions import Fraction

from prioritizer import locale
from prioritizer.allocation.plan import FULL_VALUE_E4
from prioritizer.explanation.names import fund_name, held_text
from prioritizer.explanation.sources import asked_mvnd, describe_sources, divides, funds_of_years
from prioritizer.explanation.words import hurdle_text, points_text, value_label
from prioritizer.model import Case
from prioritizer.results import E4, Evaluation, Lack, Payment, Prices

_PAID = ("funded", "marginal", "forced_in")


def describe_project(evaluation: Evaluation, row: int, lang: str, prices: Prices | None = None) -> str:
    """Why project ``row`` has what it has, in a sentence; with prices also what a crowded-out one lacks."""
    case, plan = evaluation.case, evaluation.plan
    reason = plan.reason[row]
    if reason is None:
        return locale.say(f"terms.status.{plan.status}", lang)
    divided = divides(case, row) and reason in _PAID
    said = locale.say(
        f"explanation.{'part_of_project' if divided else 'project'}.{reason}",
        lang,
        value=locale.points(int(evaluation.scores.value_e4[row]), lang),
        hurdle=hurdle_text(case, lang),
        ask=locale.bn(int(case.register.ask_mvnd[row]), lang),
        amount=locale.bn(int(plan.amount_mvnd[row]), lang),
        held=held_text(case, plan.held_by[row], lang),
        lacks="; ".join(describe_lacks(evaluation, row, lang)),
        **(_part(evaluation, row, lang) if divided else {}),
    )
    if prices is None or row not in prices.needed_e4:
        return said
    return f"{said} {_lacking(case, int(evaluation.scores.value_e4[row]), prices.needed_e4[row], lang)}"


def _part(evaluation: Evaluation, row: int, lang: str) -> dict[str, str]:
    """What a sentence says besides of a project that the funds are asked to pay only in part."""
    return {
        "due": locale.bn(asked_mvnd(evaluation.case, row)[0], lang),
        "funds": funds_of_years(evaluation.case, lang),
        "sources": describe_sources(evaluation, row, lang),
    }


def describe_lacks(evaluation: Evaluation, row: int, lang: str) -> list[str]:
    """Everything that a project lacks to be eligible."""
    lacks = evaluation.plan.lacks or evaluation.scores.lacks
    return [_lack(evaluation.case, lack, lang) for lack in lacks.get(row, ())]


def describe_payments(evaluation: Evaluation, row: int, lang: str) -> list[str]:
    """Who pays what of a project in which year, and what later years will need."""
    return [
        _payment(evaluation.case, payment, lang)
        for payment in evaluation.plan.payments
        if payment.project == row
    ]


def _lacking(case: Case, value_e4: int, needed_e4: Fraction | None, lang: str) -> str:
    if needed_e4 is None:
        return locale.say("explanation.lacking.never", lang)
    lack = needed_e4 - value_e4
    needed = points_text(needed_e4 / E4, lang)
    if case.criteria is not None and needed_e4 >= FULL_VALUE_E4:
        return locale.say("explanation.lacking.beyond", lang, needed=needed)
    if lack <= 0:
        return locale.say("explanation.lacking.level", lang, needed=needed)
    # The difference of what is shown: three figures rounded apart would not add up on a screen.
    shown = round(needed_e4 / E4, 1) - round(Fraction(value_e4, E4), 1)
    lack_text = points_text(shown if lack >= E4 // 10 and shown > 0 else lack / E4, lang)
    return locale.say("explanation.lacking.points", lang, needed=needed, lack=lack_text)


def _lack(case: Case, lack: Lack, lang: str) -> str:
    params = {name: _spoken(case, name, text, lang) for name, text in lack.params}
    return locale.say(f"terms.lack.{lack.code}", lang, **params)


def _spoken(case: Case, name: str, text: str, lang: str) -> str:
    words = locale.sentences(lang)
    match name:
        case "factor":
            factors = case.criteria.criteria if case.criteria else ()
            return next((factor.name.into(lang) for factor in factors if factor.id == text), text)
        case "column":
            return words.get(f"columns.register.{text}.heading", text)
        case "kind":
            return value_label(case, "kind", text, lang) if text else words["terms.lack.any_kind"]
        case "reach":
            return locale.percent(Fraction(text), lang)
        case "value" | "minimum":
            return locale.number(Fraction(text), lang, max(1, locale.digits_needed(Fraction(text))))
    return text


def _payment(case: Case, payment: Payment, lang: str) -> str:
    when = [locale.say("explanation.payment.year", lang, year=payment.year)]
    if payment.kind:
        when.append(value_label(case, "kind", payment.kind, lang))
    if payment.milestone:
        when.append(locale.say("explanation.payment.milestone", lang, milestone=payment.milestone))
    amount = locale.bn(payment.amount_mvnd, lang)
    if payment.fund is None:
        return locale.say("explanation.payment.later", lang, amount=amount, when=", ".join(when))
    fund = fund_name(next(fund for fund in case.scenario.funds if fund.id == payment.fund), lang)
    return locale.say("explanation.payment.from_fund", lang, amount=amount, fund=fund, when=", ".join(when))
