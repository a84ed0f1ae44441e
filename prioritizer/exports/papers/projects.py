"""The tables of a shortlist that have a row per project: ranks and money, contributions, reasons."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from prioritizer import locale
from prioritizer.explanation import describe_project, divided, reason_text, sources, value_label
from prioritizer.exports.papers.disclosure import Disclosure
from prioritizer.exports.papers.table import Cell, Column, Table
from prioritizer.exports.papers.words import say
from prioritizer.model import Case
from prioritizer.scoring import contributions

_PLAIN = ("rank", "id", "name", "ministry", "product", "class", "value", "ask", "amount", "share")
_DIVIDED = (*_PLAIN[:8], "due", "amount", "share_of_due", "later", "others")  # others pay a part
_LAST = ("result", "basis")
_KINDS = {
    "rank": "whole", "value": "points", "ask": "amount", "due": "amount", "amount": "amount",
    "later": "amount", "others": "amount", "share": "share", "share_of_due": "share",
}  # fmt: skip
_WIDTHS = {
    "rank": 6, "id": 9, "name": 38, "ministry": 19, "product": 21, "class": 13, "value": 9, "share": 9,
    "result": 16, "basis": 10,
}  # fmt: skip


def body_name(case: Case, body: str, lang: str) -> str:
    """The full name of a lead body."""
    found = {each.id.casefold(): each for each in case.ministries.bodies}.get(body.casefold())
    return found.name.into(lang) if found else body


def shortlist(told: Disclosure, lang: str) -> Table:
    """Who gets what, in rank order, equals on one rank; below, what is set aside and the sums."""
    fields = (*(_DIVIDED if divided(told.whole.case) else _PLAIN), *_LAST)
    columns = [
        Column(say(f"head.{field}", lang), _KINDS.get(field, "text"), _WIDTHS.get(field, 12))  # type: ignore[arg-type]
        for field in fields
    ]
    order = told.whole.scores.in_rank_order().tolist()
    rows = [[own.get(field) for field in fields] for own in (cells(told, row, lang) for row in order)]
    below = [[own.get(field) for field in fields] for own in sums(told, lang)]
    return Table(
        say("sheet.shortlist", lang), say("title.shortlist", lang), columns, rows, below, ties(told, lang), 3
    )


def ties(told: Disclosure, lang: str) -> list[str]:
    """How equals are told, where there are any, and the money that the tie rule placed."""
    rank, plan = told.whole.scores.rank, told.whole.plan
    said = [say("ties", lang)] if len(set(rank.tolist())) < len(rank) else []
    if plan.found and plan.tie_mvnd:
        said.append(say("tie_money", lang, amount=locale.bn(plan.tie_mvnd, lang)))
    return said


def cells(told: Disclosure, row: int, lang: str) -> dict[str, Cell]:
    """Everything that the lists tell of a project, by the name of the column."""
    case, register = told.case, told.case.register
    rank: Cell = int(told.whole.scores.rank[row])
    if not told.tells(row):
        return {"rank": rank, "id": register.ids[row], "name": register.name(row, lang)}
    basis = register.columns["ask_basis"][row] if "ask_basis" in register.columns else ""
    columns = register.columns
    return {
        "rank": rank,
        "id": register.ids[row],
        "name": register.name(row, lang),
        "ministry": body_name(case, columns["ministry"][row], lang),
        "product": value_label(case, "product", columns["product"][row], lang)
        if "product" in columns
        else "",
        "class": value_label(case, "class", columns["class"][row], lang) if "class" in columns else "",
        "value": int(told.whole.scores.value_e4[row]),
        "ask": int(register.ask_mvnd[row]),
        "basis": locale.say(f"terms.basis.{basis}", lang) if basis else "",
        "result": reason_text(told.told, row, lang),
        **(_money(told, row) if told.whole.plan.found else {}),
    }


def _money(told: Disclosure, row: int) -> dict[str, Cell]:
    case, amount = told.whole.case, int(told.whole.plan.amount_mvnd[row])
    ask = int(case.register.ask_mvnd[row])
    if not divided(case):
        return {"amount": amount, "share": _share(amount, ask)}
    found = sources(told.whole, row)
    return {
        "due": found.due_mvnd,
        "amount": amount,
        "share_of_due": _share(amount, found.due_mvnd),
        "later": found.later_mvnd,
        "others": found.others_mvnd,
    }


def _share(part: int, whole: int) -> Cell:
    return Fraction(part, whole) if whole else None


def sums(told: Disclosure, lang: str) -> Iterator[dict[str, Cell]]:
    """All projects, among them those that are masked; what is set aside; what is left; the envelope."""
    case, plan = told.whole.case, told.whole.plan
    ask, placed = int(case.register.ask_mvnd.sum()), plan.total_mvnd
    masked = sorted(told.masked)
    count = len(case.register)
    yield {
        "name": say("sum.projects", lang, count=locale.number(count, lang, 0)),
        "ask": ask,
        "amount": placed if plan.found else None,
    }
    if masked:
        yield {
            "name": say("sum.masked", lang, count=len(masked)),
            "ask": int(case.register.ask_mvnd[masked].sum()),
            "amount": int(plan.amount_mvnd[masked].sum()) if plan.found else None,
        }
    for each in case.scenario.reserves:
        name = each.name.into(lang) if each.name else each.id
        yield {"name": say("sum.reserve", lang, name=name), "amount": each.amount_mvnd}
    if plan.found:
        aside = sum(each.amount_mvnd for each in case.scenario.reserves)
        yield {"name": say("sum.left", lang), "amount": case.envelope_mvnd - placed - aside}
    yield {"name": say("sum.envelope", lang), "amount": case.envelope_mvnd}


def parts_of_values(told: Disclosure, lang: str) -> Table | None:
    """What every criterion adds to every value; ``None`` where values are given."""
    case = told.whole.case
    if case.criteria is None:
        return None
    adds, scores = contributions(case), told.whole.scores
    leaves = [Column(leaf.name.into(lang), "points", 10) for leaf in case.criteria.leaves]
    columns = [*_named(lang), *leaves, Column(say("head.value", lang), "points", 10)]
    nothing: list[Cell] = [None] * (len(leaves) + 1)
    rows = [
        [
            *_name(told, row, lang),
            *([*adds[row].tolist(), int(scores.value_e4[row])] if told.tells(row) else nothing),
        ]
        for row in scores.in_rank_order().tolist()
    ]
    end = locale.say(f"terms.unassessed.{case.scenario.eligibility.unassessed}", lang)
    notes = [say("note.contributions", lang), say("note.unassessed", lang, end=end)]
    return Table(
        say("sheet.contributions", lang), say("title.contributions", lang), columns, rows, (), notes, 3
    )


def reasons(told: Disclosure, lang: str) -> Table:
    """Why every project has what it has, in a sentence."""
    found = told.whole.plan.found
    columns = [
        *_named(lang),
        Column(say("head.amount", lang), "amount", 12),
        Column(locale.say("terms.field.reason", lang), "text", 84),
    ]
    rows = [
        [
            *_name(told, row, lang),
            int(told.whole.plan.amount_mvnd[row]) if found and told.tells(row) else None,
            _reason(told, row, lang),
        ]
        for row in told.whole.scores.in_rank_order().tolist()
    ]
    return Table(say("sheet.reasons", lang), say("title.reasons", lang), columns, rows, (), (), 3)


def _reason(told: Disclosure, row: int, lang: str) -> str:
    """Why a project has what it has; in a few words where the whole sentence would tell of masked ones."""
    if not told.tells(row):
        return ""
    if told.open(told.whole.plan.held_by[row]):
        return describe_project(told.told, row, lang, told.prices)
    return reason_text(told.told, row, lang)


def _named(lang: str) -> list[Column]:
    return [
        Column(say("head.rank", lang), "whole", 6),
        Column(say("head.id", lang), "text", 9),
        Column(say("head.name", lang), "text", 36),
    ]


def _name(told: Disclosure, row: int, lang: str) -> list[Cell]:
    register = told.case.register
    return [int(told.whole.scores.rank[row]), register.ids[row], register.name(row, lang)]
