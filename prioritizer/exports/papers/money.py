"""The money of lead bodies as a table and as pictures: protocol order, sums that add up."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from prioritizer.charts import Figure, money_by_ministry, value_against_money
from prioritizer.exports.papers.disclosure import Disclosure
from prioritizer.exports.papers.projects import body_name
from prioritizer.exports.papers.rules import withheld_note
from prioritizer.exports.papers.table import Cell, Column, Table
from prioritizer.exports.papers.words import say, visible

MOST_DRAWN = 40  # bodies in one picture: more would not fit a page
MOST_MARKED = 400  # projects in one picture


def by_ministry(told: Disclosure, lang: str) -> Table:
    """Every lead body: projects, what it asks for and gets, the limits on it alone; masked projects apart."""
    case, plan = told.case, told.whole.plan
    heads = (
        ("ministry", "text", 42), ("projects", "whole", 9), ("funded", "whole", 10), ("ask", "amount", 14),
        ("amount", "amount", 14), ("share", "share", 12), ("of_total", "share", 12), ("floor", "amount", 14),
        ("ceiling", "amount", 14),
    )  # fmt: skip
    columns = [Column(say(f"head.{name}", lang), kind, width) for name, kind, width in heads]  # type: ignore[arg-type]
    bounds = limits_of_bodies(told)
    rows = [
        [body_name(case, body, lang), *_figures(told, own.tolist()), *bounds.get(body, (None, None))]
        for body, own in case.rows_by_body
    ]
    everything = list(range(len(case.register)))
    total: list[Cell] = [say("sum.all", lang), *_figures(told, everything), None, None]
    notes = [say("note.bounds", lang)] if any(bounds.values()) else []
    notes += withheld_note(told, lang)
    name, title = say("sheet.ministries", lang), say("title.ministries", lang)
    return Table(name, title, columns, rows, [total], notes if plan.found else [])


def _figures(told: Disclosure, rows: list[int]) -> list[Cell]:
    """Projects, funded ones, ask, money, money of the ask, money of all that is placed."""
    plan, register = told.whole.plan, told.whole.case.register
    ask, amount = int(register.ask_mvnd[rows].sum()), int(plan.amount_mvnd[rows].sum())
    if not plan.found:
        return [len(rows), None, ask, None, None, None]
    of_ask = Fraction(amount, ask) if ask else None
    of_total = Fraction(amount, plan.total_mvnd) if plan.total_mvnd else None
    return [len(rows), int(np.count_nonzero(plan.amount_mvnd[rows])), ask, amount, of_ask, of_total]


def limits_of_bodies(told: Disclosure) -> dict[str, tuple[int | None, int | None]]:
    """The tightest floor and ceiling in money on one body and nothing else, by its id; none that would tell
    of masked projects."""
    case, uses = told.whole.case, {use.id: use for use in told.whole.plan.limits}
    bodies = {body.id.casefold(): body.id for body in case.ministries.bodies}
    found: dict[str, tuple[int | None, int | None]] = {}
    for limit in case.scenario.limits:
        chosen, use = limit.where.get("ministry", ()), uses.get(limit.id)
        if len(limit.where) != 1 or len(chosen) != 1 or use is None or limit.id in told.withheld:
            continue
        body = bodies.get(chosen[0].casefold(), chosen[0])
        floor, ceiling = found.get(body, (None, None))
        floors = [each for each in (floor, use.floor_mvnd) if each is not None]
        ceilings = [each for each in (ceiling, use.ceiling_mvnd) if each is not None]
        found[body] = max(floors, default=None), min(ceilings, default=None)
    return found


def figures(told: Disclosure, lang: str) -> list[Figure]:
    """The pictures of a shortlist; none where there is no plan. Where projects are masked, none that draws
    projects one by one."""
    if not told.whole.plan.found:
        return []
    drawn = [money_by_ministry(_drawn(told, lang), told.whole.case.illustrative, lang)]
    if not told.masked and len(told.case.register) <= MOST_MARKED:
        drawn.append(value_against_money(told.whole, lang))
    return drawn


def _drawn(told: Disclosure, lang: str) -> pd.DataFrame:
    """What the picture of ministries is drawn from: where there are many, those that ask for most."""
    case, bounds = told.case, limits_of_bodies(told)
    ask, amount = told.whole.case.register.ask_mvnd, told.whole.plan.amount_mvnd
    sums = [(body, int(ask[own].sum()), int(amount[own].sum())) for body, own in case.rows_by_body]
    chosen = {body for body, *_ in sorted(sums, key=lambda each: -each[1])[:MOST_DRAWN]}
    rows = [
        (visible(body_name(case, body, lang)), *money, *bounds.get(body, (None, None)))
        for body, *money in sums
        if body in chosen
    ]
    names = ["ministry", "ask_mvnd", "amount_mvnd", "floor_mvnd", "ceiling_mvnd"]
    return pd.DataFrame(rows, columns=names).astype({"floor_mvnd": "Int64", "ceiling_mvnd": "Int64"})
