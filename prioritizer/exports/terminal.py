"""A plan as a table of plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
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
from prioritizer.results import Evaluation

_COLUMNS = ("rank", "id", "name", "ministry", "value", "ask", "amount", "reason")
_DIVIDED = ("rank", "id", "name", "ministry", "value", "ask", "due", "amount", "reason")
_RIGHT = ("rank", "value", "ask", "due", "amount")
_LONGEST_NAME = 44


def plan_lines(evaluation: Evaluation, lang: str) -> list[str]:
    """The plan: what it is of, who gets what, what holds it and what is left; without a plan, its status."""
    plan = evaluation.plan
    lines = heading_lines(evaluation, lang)
    if not plan.found:
        return [*lines, locale.say(f"terms.status.{plan.status}", lang)]
    lines += ["", *_table(evaluation, lang), "", totals_line(evaluation, lang)]
    lines += describe_elsewhere(evaluation, lang)
    lines += describe_limits(evaluation, lang) + describe_unspent(evaluation, lang)
    if plan.tie_mvnd:
        lines.append(locale.say("cli.ties", lang, amount=locale.bn(plan.tie_mvnd, lang)))
    return lines


def heading_lines(evaluation: Evaluation, lang: str) -> list[str]:
    """A proposal, of which scenario, for which objective, and what it rests on."""
    case = evaluation.case
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


def _table(evaluation: Evaluation, lang: str) -> list[str]:
    """The projects in rank order; what the funds are asked for has a column where that is not every ask."""
    columns = _DIVIDED if divided(evaluation.case) else _COLUMNS
    heads = [
        locale.say("exports.head.due" if name == "due" else f"cli.head.{name}", lang) for name in columns
    ]
    order = evaluation.scores.in_rank_order().tolist()
    money = [_money(evaluation, row, columns) for row in order]
    digits = max(locale.bn_digits(each) for own in money for each in own.values())
    rows = []
    for row, own in zip(order, money, strict=True):
        cells = _words(evaluation, row, lang) | {
            name: locale.bn(each, lang, digits) for name, each in own.items()
        }
        rows.append([cells[name] for name in columns])
    return aligned(heads, rows, right=tuple(at for at, name in enumerate(columns) if name in _RIGHT))


def _money(evaluation: Evaluation, row: int, columns: Sequence[str]) -> dict[str, int]:
    money = {
        "ask": int(evaluation.case.register.ask_mvnd[row]),
        "amount": int(evaluation.plan.amount_mvnd[row]),
    }
    return money | {"due": sources(evaluation, row).due_mvnd} if "due" in columns else money


def _words(evaluation: Evaluation, row: int, lang: str) -> dict[str, str]:
    case, scores = evaluation.case, evaluation.scores
    name = case.register.name(row, lang)
    return {
        "rank": str(scores.rank[row]),
        "id": case.register.ids[row],
        "name": name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…",
        "ministry": value_label(case, "ministry", case.register.columns["ministry"][row], lang),
        "value": locale.points(int(scores.value_e4[row]), lang),
        "reason": reason_text(evaluation, row, lang),
    }


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
