"""A plan as a table of plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from prioritizer import locale
from prioritizer.explanation import (
    describe_elsewhere,
    describe_limits,
    describe_unspent,
    divided,
    reason_text,
    sources,
    value_label,
)
from prioritizer.explanation.weights import rates_in_short
from prioritizer.exports.folding import folded, screen_width
from prioritizer.model import Case
from prioritizer.results import Evaluation

_COLUMNS = ("rank", "id", "name", "ministry", "value", "ask", "amount", "reason")
_DIVIDED = ("rank", "id", "name", "ministry", "value", "ask", "due", "amount", "reason")
_RIGHT = ("rank", "value", "ask", "due", "amount")
_LONGEST_NAME, _SHORTEST_NAME, _SHORT_BODY = 44, 10, 12


def plan_lines(evaluation: Evaluation, lang: str) -> list[str]:
    """The plan: what it is of, who gets what, what holds it and what is left; without a plan, its status.

    On a terminal as wide as that is.
    """
    width = screen_width()
    return folded(_plan_lines(evaluation, lang, width), width)


def _plan_lines(evaluation: Evaluation, lang: str, width: int | None) -> list[str]:
    plan = evaluation.plan
    lines = heading_lines(evaluation, lang)
    if not plan.found:
        return [*lines, locale.say(f"terms.status.{plan.status}", lang)]
    lines += ["", *_table(evaluation, lang, width), "", totals_line(evaluation, lang)]
    lines += describe_elsewhere(evaluation, lang)
    lines += describe_limits(evaluation, lang) + describe_unspent(evaluation, lang)
    if plan.tie_mvnd:
        lines.append(locale.say("cli.ties", lang, amount=locale.bn(plan.tie_mvnd, lang)))
    return lines


def heading_lines(evaluation: Evaluation, lang: str) -> list[str]:
    """A proposal, of which scenario, for which objective, and what it rests on."""
    return case_lines(evaluation.case, lang)


def case_lines(case: Case, lang: str) -> list[str]:
    """The heading of what is said of a case without a plan."""
    basis = locale.say(f"terms.objective.{case.scenario.objective.basis}", lang)
    lines = [
        locale.say("exports.proposal", lang).upper(),
        f"{case.scenario.title.into(lang)} ({case.scenario.id})",
        locale.say("cli.objective", lang, basis=basis),
    ]
    if case.criteria is not None:
        end = locale.say(f"terms.unassessed.{case.scenario.eligibility.unassessed}", lang)
        lines += [locale.say("cli.unassessed", lang, end=end), *rates_in_short(case, lang)]
    return [*lines, locale.say("exports.illustrative", lang)] if case.illustrative else lines


def totals_line(evaluation: Evaluation, lang: str) -> str:
    """What is placed, what is left, how good it is and how sure that is."""
    plan, envelope = evaluation.plan, evaluation.case.envelope_mvnd
    return locale.say(
        "cli.totals",
        lang,
        total=locale.bn(plan.total_mvnd, lang),
        envelope=locale.bn(envelope, lang),
        left=locale.bn(envelope - plan.total_mvnd, lang),
        share=locale.percent(Fraction(plan.total_mvnd, envelope or 1), lang),
        status=locale.say(f"terms.status.{plan.status}", lang),
        objective=locale.number(plan.objective or Fraction(0), lang, 4),
        unit=locale.say(f"terms.unit.{plan.unit}", lang),
    )


def _table(evaluation: Evaluation, lang: str, width: int | None) -> list[str]:
    """The projects in rank order; what the funds are asked for has a column where that is not every ask.

    Where that is wider than ``width``, in short words, with names as long as there is room.
    """
    columns = _DIVIDED if divided(evaluation.case) else _COLUMNS
    rows = _rows(evaluation, columns, lang)
    heads = {
        name: locale.say("exports.head.due" if name == "due" else f"cli.head.{name}", lang)
        for name in columns
    }
    table = _drawn(columns, [heads, *rows])
    return (
        table if width is None or len(table[1]) <= width else _narrow(evaluation, columns, rows, lang, width)
    )


def _narrow(
    evaluation: Evaluation, columns: Sequence[str], rows: list[dict[str, str]], lang: str, width: int
) -> list[str]:
    order = evaluation.scores.in_rank_order().tolist()
    heads = {name: locale.say(f"exports.narrow.head.{name}", lang) for name in columns}
    short = [
        row
        | {
            "ministry": _cut(row["ministry"], _SHORT_BODY),
            "reason": locale.say(f"exports.narrow.reason.{evaluation.plan.reason[at]}", lang),
        }
        for at, row in zip(order, rows, strict=True)
    ]
    nameless = _drawn(columns, [row | {"name": ""} for row in (heads, *short)])
    room = max(_SHORTEST_NAME, width - len(nameless[1]))
    named = [row | {"name": _cut(row["name"], room)} for row in (heads, *short)]
    return [locale.say("exports.narrow.unit", lang), *_drawn(columns, named)]


def _drawn(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """A table as lines, the first of the rows its heads."""
    heads, *cells = [[row[name] for name in columns] for row in rows]
    return aligned(heads, cells, right=tuple(at for at, name in enumerate(columns) if name in _RIGHT))


def _rows(evaluation: Evaluation, columns: Sequence[str], lang: str) -> list[dict[str, str]]:
    order = evaluation.scores.in_rank_order().tolist()
    money = [_money(evaluation, row, columns) for row in order]
    digits = max(locale.bn_digits(each) for own in money for each in own.values())
    return [
        _words(evaluation, row, lang) | {name: locale.bn(each, lang, digits) for name, each in own.items()}
        for row, own in zip(order, money, strict=True)
    ]


def _money(evaluation: Evaluation, row: int, columns: Sequence[str]) -> dict[str, int]:
    money = {
        "ask": int(evaluation.case.register.ask_mvnd[row]),
        "amount": int(evaluation.plan.amount_mvnd[row]),
    }
    return money | {"due": sources(evaluation, row).due_mvnd} if "due" in columns else money


def _words(evaluation: Evaluation, row: int, lang: str) -> dict[str, str]:
    case, scores = evaluation.case, evaluation.scores
    return {
        "rank": str(scores.rank[row]),
        "id": case.register.ids[row],
        "name": _cut(case.register.name(row, lang), _LONGEST_NAME),
        "ministry": value_label(case, "ministry", case.register.columns["ministry"][row], lang),
        "value": locale.points(int(scores.value_e4[row]), lang),
        "reason": reason_text(evaluation, row, lang),
    }


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def aligned(heads: list[str], rows: list[list[str]], right: tuple[int, ...]) -> list[str]:
    """A table as lines; the columns of ``right`` (counted from 0) flush right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    table = [heads, ["─" * width for width in widths], *rows]
    return [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    ]
