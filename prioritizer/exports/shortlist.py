"""The ranked shortlist as CSV: one that Excel opens right in a Vietnamese region, one for machines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from prioritizer import locale
from prioritizer.explanation import describe_project, divided, sources, value_label
from prioritizer.results import E4, Evaluation, Prices

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_FIELDS = ("rank", "id", "name", "ministry", "product", "class", "value", "ask", "amount", "share", "reason")
_DIVIDED = (*_FIELDS[:8], "due", "amount", "share_of_due", "later", "others", "reason")  # others pay a part


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
    fields = _DIVIDED if divided(evaluation.case) else _FIELDS
    writer.writerow([locale.say(f"terms.field.{field}", lang) for field in fields])
    projects = (_cells(evaluation, row, lang, prices) for row in evaluation.scores.in_rank_order().tolist())
    for cells in (*projects, *_reserves(evaluation, lang)):
        writer.writerow([inert(cells.get(field, "")) for field in fields])
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


def _reserves(evaluation: Evaluation, lang: str) -> Iterator[dict[str, str]]:
    """A line for every sum set aside: its name, its amount and why."""
    for each in evaluation.case.scenario.reserves:
        yield {
            "id": each.id,
            "name": each.name.into(lang) if each.name else each.id,
            "amount": _bn(each.amount_mvnd, lang),
            "reason": each.why.into(lang) if each.why else locale.say("terms.reserve", lang),
        }


def _cells(evaluation: Evaluation, row: int, lang: str, prices: Prices | None) -> dict[str, str]:
    """A project's cells by field; amounts are blank where there is no plan."""
    case, columns = evaluation.case, evaluation.case.register.columns
    labels = ("ministry", "product", "class")
    return {
        "rank": str(evaluation.scores.rank[row]),
        "id": case.register.ids[row],
        "name": case.register.name(row, lang),
        **{field: value_label(case, field, columns[field][row], lang) for field in labels},
        "value": decimal_text(Fraction(int(evaluation.scores.value_e4[row]), E4), lang, 4),
        "ask": _bn(int(case.register.ask_mvnd[row]), lang),
        **(_amounts(evaluation, row, lang) if evaluation.plan.found else {}),
        "reason": describe_project(evaluation, row, lang, prices),
    }


def _amounts(evaluation: Evaluation, row: int, lang: str) -> dict[str, str]:
    found, ask = sources(evaluation, row), int(evaluation.case.register.ask_mvnd[row])
    due = found.due_mvnd
    return {
        "due": _bn(due, lang),
        "amount": _bn(found.paid_mvnd, lang),
        "share": locale.percent(Fraction(found.paid_mvnd, ask), lang),
        "share_of_due": locale.percent(Fraction(found.paid_mvnd, due), lang) if due else "",
        "later": _bn(found.later_mvnd, lang),
        "others": _bn(found.others_mvnd, lang),
    }


def _bn(amount_mvnd: int, lang: str) -> str:
    return decimal_text(Fraction(amount_mvnd, 1000), lang, 3)


def decimal_text(value: Fraction, lang: str, digits: int) -> str:
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
            decimal_text(Fraction(int(scores.value_e4[row]), E4), "en", 4),
            int(case.register.ask_mvnd[row]),
            int(plan.amount_mvnd[row]) if plan.found else "",
            plan.reason[row] or "",
            str(bool(illustrative[row])).lower(),
            plan.status,
        ]


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
