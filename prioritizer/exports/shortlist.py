"""The ranked shortlist as CSV: one that Excel opens right in a Vietnamese region, one for machines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from prioritizer import locale
from prioritizer.explanation import describe_project, value_label
from prioritizer.results import E4, Evaluation, Prices

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_FIELDS = ("rank", "id", "name", "ministry", "product", "class", "value", "ask", "amount", "share", "reason")


def shortlist_csv(
    evaluation: Evaluation, lang: str, style: Literal["excel", "machine"], prices: Prices | None = None
) -> bytes:
    """The shortlist in rank order.

    ``excel``: semicolons, BOM, the language's decimal sign, a heading that calls it a proposal and says what
    is illustrative, the reason in a sentence, and below the projects what is set aside without named ones, so
    that totals add up. ``machine``: RFC 4180, UTF-8, million VND, codes.
    """
    stream = io.StringIO(newline="")
    if style == "machine":
        csv.writer(stream, lineterminator="\r\n").writerows(_machine(evaluation))
        return stream.getvalue().encode("utf-8")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for line in heading(evaluation, lang):
        writer.writerow([inert(line)])
    writer.writerow([locale.say(f"terms.field.{field}", lang) for field in _FIELDS])
    for row in evaluation.scores.in_rank_order().tolist():
        writer.writerow([inert(cell) for cell in _cells(evaluation, row, lang, prices)])
    for aside in _reserves(evaluation, lang):
        writer.writerow([inert(cell) for cell in aside])
    return stream.getvalue().encode("utf-8-sig")


def heading(evaluation: Evaluation, lang: str) -> list[str]:
    """What stands above every list that leaves: a proposal, of which scenario and total, resting on what."""
    case, plan = evaluation.case, evaluation.plan
    lines = [
        locale.say("exports.proposal", lang),
        locale.say("exports.scenario", lang, title=case.scenario.title.into(lang), id=case.scenario.id),
        locale.say(f"terms.status.{plan.status}", lang),
    ]
    if plan.found:
        total, envelope = locale.bn(plan.total_mvnd, lang), locale.bn(case.envelope_mvnd, lang)
        lines[2] = locale.say("exports.total", lang, total=total, envelope=envelope, status=lines[2])
    return [*lines, locale.say("exports.illustrative", lang)] if case.illustrative else lines


def _reserves(evaluation: Evaluation, lang: str) -> Iterator[list[str]]:
    """A line for every sum set aside: its name, its amount and why."""
    for each in evaluation.case.scenario.reserves:
        line = dict.fromkeys(_FIELDS, "")
        line["id"], line["name"] = each.id, each.name.into(lang) if each.name else each.id
        line["amount"] = _decimal(Fraction(each.amount_mvnd, 1000), lang, 3)
        line["reason"] = each.why.into(lang) if each.why else locale.say("terms.reserve", lang)
        yield list(line.values())


def _cells(evaluation: Evaluation, row: int, lang: str, prices: Prices | None) -> list[str]:
    case, plan = evaluation.case, evaluation.plan
    ask, amount = int(case.register.ask_mvnd[row]), int(plan.amount_mvnd[row])
    return [
        str(evaluation.scores.rank[row]),
        case.register.ids[row],
        case.register.name(row, lang),
        value_label(case, "ministry", case.register.columns["ministry"][row], lang),
        value_label(case, "product", case.register.columns["product"][row], lang),
        value_label(case, "class", case.register.columns["class"][row], lang),
        _decimal(Fraction(int(evaluation.scores.value_e4[row]), E4), lang, 4),
        _decimal(Fraction(ask, 1000), lang, 3),
        _decimal(Fraction(amount, 1000), lang, 3) if plan.found else "",
        locale.percent(Fraction(amount, ask), lang) if plan.found else "",
        describe_project(evaluation, row, lang, prices),
    ]


def _decimal(value: Fraction, lang: str, digits: int) -> str:
    """A number as a spreadsheet reads it: no grouping, the language's decimal sign, no idle zeros."""
    whole, _, decimals = locale.number(value, "en", digits).replace(",", "").partition(".")
    decimals = decimals.rstrip("0")
    return whole + (("," if lang == "vi" else ".") + decimals if decimals else "")


def _machine(evaluation: Evaluation) -> Iterator[list[object]]:
    case, scores, plan = evaluation.case, evaluation.scores, evaluation.plan
    names = ("name_vi", "ministry", "technology", "product", "class", "class_basis", "ask_basis")
    yield ["rank", "id", *names, "value", "ask_mvnd", "amount_mvnd", "reason", "illustrative", "status"]
    illustrative = case.register.illustrative
    for row in scores.in_rank_order().tolist():
        yield [
            int(scores.rank[row]),
            case.register.ids[row],
            *(inert(case.register.columns[name][row]) for name in names),
            _decimal(Fraction(int(scores.value_e4[row]), E4), "en", 4),
            int(case.register.ask_mvnd[row]),
            int(plan.amount_mvnd[row]) if plan.found else "",
            plan.reason[row] or "",
            str(bool(illustrative[row])).lower(),
            plan.status,
        ]


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
