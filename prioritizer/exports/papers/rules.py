"""Criteria with their weights, and limits with their prices, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from prioritizer import locale
from prioritizer.explanation import limit_name, price_note
from prioritizer.explanation.citations import citation
from prioritizer.explanation.limits import unit_name
from prioritizer.explanation.weights import class_label, classes_apart
from prioritizer.exports.papers.disclosure import Disclosure
from prioritizer.exports.papers.table import Cell, Column, Table
from prioritizer.exports.papers.words import say
from prioritizer.model import Criterion, Limit, Words
from prioritizer.results import LimitPrice, LimitUse, Slope
from prioritizer.scoring import node_weights
from prioritizer.scoring.weights import UNCLASSED

_STATES = {(True, True): "both", (True, False): "floor", (False, True): "ceiling", (False, False): "free"}


def criteria(told: Disclosure, lang: str) -> Table | None:
    """Every criterion with what it weighs among its siblings, by class, what it asks, and where it is from;
    ``None`` where values are given."""
    case = told.case
    if case.criteria is None:
        return None
    classes = [UNCLASSED, *classes_apart(case)]
    weighed = [node_weights(case, name) for name in classes]
    columns = [
        Column(say("head.criterion", lang), "text", 38),
        *(
            Column(say("head.weight", lang, classes=class_label(case, name, lang)), "share", 16)
            for name in classes
        ),
        Column(say("head.question", lang), "text", 60),
        Column(say("head.source", lang), "text", 30),
    ]
    rows = [
        [
            f"{'– ' * depth}{node.name.into(lang)}",
            *(own.get(node.id) for own in weighed),
            _said(node.question, lang),
            citation(node.source or "", lang),
        ]
        for node, depth in _nodes(case.criteria.criteria, 0)
    ]
    return Table(say("sheet.criteria", lang), say("title.criteria", lang), columns, rows)


def _nodes(siblings: tuple[Criterion, ...], depth: int) -> Iterator[tuple[Criterion, int]]:
    """All nodes with their depth, each before what lies below it."""
    for node in siblings:
        yield node, depth
        yield from _nodes(node.children, depth + 1)


def _said(words: Words | None, lang: str) -> str:
    return words.into(lang) if words else ""


def limits(told: Disclosure, lang: str) -> Table:
    """Every fund and side of a limit: its bound, what is used, what more or less of it is worth, and why."""
    unit = unit_name(told.case, lang)
    heads = (
        ("limit", "text", 34), ("bound", "amount", 12), ("bound_count", "whole", 9), ("used", "amount", 12),
        ("used_count", "whole", 9), ("state", "text", 13), ("gain", "number", 12),
        ("gain_reach", "amount", 12), ("loss", "number", 12), ("loss_reach", "amount", 12),
        ("per", "text", 10), ("basis", "text", 10), ("why", "text", 36), ("source", "text", 16),
    )  # fmt: skip
    columns = [Column(say(f"head.{name}", lang, unit=unit), kind, width) for name, kind, width in heads]  # type: ignore[arg-type]
    rows = [*_funds(told, lang), *_limits(told, lang)]
    notes = [prices_note(told, lang)] if told.whole.plan.found else []
    notes += withheld_note(told, lang)
    return Table(say("sheet.limits", lang), say("title.limits", lang), columns, rows, (), notes)


def _funds(told: Disclosure, lang: str) -> Iterator[list[Cell]]:
    scenario, plan = told.case.scenario, told.whole.plan
    for fund in scenario.funds:
        paid = sum(each.amount_mvnd for each in plan.payments if each.fund == fund.id) if plan.found else None
        name = say("fund", lang, name=fund.name.into(lang) if fund.name else fund.id, year=fund.year)
        price = _price(told, fund.id, "fund")
        assumed = _said(fund.assumption, lang)
        cited = citation(fund.source or "", lang)
        yield [name, fund.amount_mvnd, None, paid, None, "", *_worth(price, lang), "", assumed, cited]


def open_limits(told: Disclosure) -> list[Limit]:
    """The limits that may be told: even the name of another would tell whose projects are left out."""
    return [limit for limit in told.case.scenario.limits if limit.id not in told.withheld]


def prices_note(told: Disclosure, lang: str) -> str:
    """What the unit of the prices means, or why there are none."""
    if told.masked:
        return say("note.prices_withheld", lang)
    return price_note(told.case, lang, told.prices is not None)


def withheld_note(told: Disclosure, lang: str) -> list[str]:
    """How many limits are not told, if any."""
    count = len(told.case.scenario.limits) - len(open_limits(told))
    return [say("note.withheld", lang, count=count)] if count else []


def _limits(told: Disclosure, lang: str) -> Iterator[list[Cell]]:
    uses = {use.id: use for use in told.whole.plan.limits}
    for limit in open_limits(told):
        for side in ("at_least", "at_most"):
            if getattr(limit, side) is not None:
                yield _limit(told, limit, side, uses.get(limit.id), lang)


def _limit(told: Disclosure, limit: Limit, side: str, use: LimitUse | None, lang: str) -> list[Cell]:
    name = limit_name(told.case, limit, lang, (side,))
    basis = locale.say(f"terms.basis.{limit.basis}", lang)
    last: list[Cell] = [basis, _said(limit.why, lang), citation(limit.source or "", lang)]
    if use is None:
        return [name, None, None, None, None, "", *_worth(None, lang), *last]
    end = "floor" if side == "at_least" else "ceiling"
    counts = getattr(limit, side).count is not None
    price = _price(told, limit.id, side)
    return [
        name,
        None if counts else getattr(use, f"{end}_mvnd"),
        getattr(use, f"{end}_count") if counts else None,
        use.used_mvnd,
        use.used_count,
        locale.say(f"ui.limit.{_state(use)}", lang),
        *_worth(price, lang),
        *last,
    ]


def _state(use: LimitUse) -> str:
    return "broken" if use.short or use.over else _STATES[use.at_floor, use.at_ceiling]


def _price(told: Disclosure, name: str, side: str) -> LimitPrice | None:
    found = told.prices.limits if told.prices else ()
    return next((each for each in found if each.id == name and each.side == side), None)


def _worth(price: LimitPrice | None, lang: str) -> list[Cell]:
    """What relaxing gains and how far, what tightening loses and how far, per what."""
    if price is None:
        return [None] * 5
    loss: tuple[Cell, Cell] = (say("no_plan_left", lang), None)
    if price.tighten is not None:
        loss = -price.tighten.per_unit, _reach(price.tighten)
    return [price.relax.per_unit, _reach(price.relax), *loss, say(f"per.{price.per}", lang)]


def _reach(slope: Slope) -> int | None:
    return None if slope.reach_mvnd is None else int(slope.reach_mvnd)


def binding(told: Disclosure) -> list[tuple[Limit, LimitUse]]:
    """The limits that the plan reaches or breaks, and that may be told."""
    by_id = {limit.id: limit for limit in told.case.scenario.limits}
    return [
        (by_id[use.id], use)
        for use in told.whole.plan.limits
        if (use.binding or use.short or use.over) and use.id not in told.withheld
    ]


def price_sides(told: Disclosure, limit: Limit) -> list[LimitPrice]:
    """The prices of a limit's sides that change the objective."""
    found = told.prices.limits if told.prices else ()
    return [each for each in found if each.id == limit.id and each.side != "fund" and _moves(each)]


def _moves(price: LimitPrice) -> bool:
    return price.tighten is None or (price.relax.per_unit, price.tighten.per_unit) != (
        Fraction(0),
        Fraction(0),
    )
