"""A plan as a table of plain text, for a terminal."""

from __future__ import annotations

from fractions import Fraction

from prioritizer import locale
from prioritizer.explanation import describe_limits, describe_unspent, value_label
from prioritizer.explanation.weights import rates_in_short
from prioritizer.results import Evaluation

_COLUMNS = ("rank", "id", "name", "ministry", "value", "ask", "amount", "reason")
_LONGEST_NAME = 44


def plan_lines(evaluation: Evaluation, lang: str) -> list[str]:
    """The plan: what it is of, who gets what, what holds it and what is left; without a plan, its status."""
    plan = evaluation.plan
    lines = heading_lines(evaluation, lang)
    if not plan.found:
        return [*lines, locale.say(f"terms.status.{plan.status}", lang)]
    lines += ["", *_table(evaluation, lang), "", totals_line(evaluation, lang)]
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
    case, plan = evaluation.case, evaluation.plan
    heads = [locale.say(f"cli.head.{name}", lang) for name in _COLUMNS]
    digits = max(map(locale.bn_digits, (*case.register.ask_mvnd.tolist(), *plan.amount_mvnd.tolist())))
    rows = [_row(evaluation, row, lang, digits) for row in evaluation.scores.in_rank_order().tolist()]
    return aligned(heads, rows, right=(0, 4, 5, 6))


def _row(evaluation: Evaluation, row: int, lang: str, digits: int) -> list[str]:
    case, plan = evaluation.case, evaluation.plan
    name = case.register.name(row, lang)
    return [
        str(evaluation.scores.rank[row]),
        case.register.ids[row],
        name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…",
        value_label(case, "ministry", case.register.columns["ministry"][row], lang),
        locale.points(int(evaluation.scores.value_e4[row]), lang),
        locale.bn(int(case.register.ask_mvnd[row]), lang, digits),
        locale.bn(int(plan.amount_mvnd[row]), lang, digits),
        locale.say(f"terms.reason.{plan.reason[row]}", lang),
    ]


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
