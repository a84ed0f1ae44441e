"""The tables behind the pages: frames of results, one column per fact, in the page's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from prioritizer import locale, pipeline
from prioritizer.explanation import reason_text
from prioritizer.model import Case
from prioritizer.results import Evaluation, LimitUse, Prices
from prioritizer.ui import names, texts


def shortlist(evaluation: Evaluation, lang: str) -> pd.DataFrame:
    """Who gets what, in rank order."""
    case, scores = evaluation.case, evaluation.scores
    register = case.register
    rows = scores.in_rank_order().tolist()
    return pd.DataFrame(
        {
            "rank": scores.rank[rows],
            "id": [register.ids[row] for row in rows],
            "name": [register.name(row, lang) for row in rows],
            "lead": [
                names.ministry(case, register.columns["ministry"][row], lang, short=True) for row in rows
            ],
            "value_e4": scores.value_e4[rows],
            "ask_mvnd": register.ask_mvnd[rows],
            "amount_mvnd": _amounts(evaluation, rows),
            "reason": [reason_text(evaluation, row, lang) for row in rows],
        }
    )


def register(case: Case, lang: str) -> pd.DataFrame:
    """The projects as their leads sent them, in the order of their ids; absent columns stay out.

    ``ministry`` is the lead body's full name, to choose and to search by; ``lead`` the short one.
    """
    columns, rows = case.register.columns, range(len(case.register))
    facts: dict[str, object] = {
        "id": case.register.ids,
        "name": [case.register.name(row, lang) for row in rows],
        "ministry": [names.ministry(case, text, lang) for text in columns["ministry"].texts()],
        "lead": [names.ministry(case, text, lang, short=True) for text in columns["ministry"].texts()],
    }
    if "class" in columns:
        facts["class"] = _words("class", columns["class"].texts(), lang)
    facts["ask_mvnd"] = case.register.ask_mvnd
    for column, glossary in (("ask_basis", "basis"), ("secrecy", "secrecy")):
        if column in columns:
            facts[column] = _words(glossary, columns[column].texts(), lang)
    for column, read in (("product", names.product), ("technology", names.technology)):
        if column in columns:
            facts[column] = [read(case, text, lang) if text else "" for text in columns[column].texts()]
    return pd.DataFrame(facts)


def ministries(evaluation: Evaluation, lang: str) -> pd.DataFrame:
    """Money and projects per lead body, in protocol order, with the limits on that body alone."""
    case = evaluation.case
    floors, ceilings = _bounds(evaluation)
    leads = Counter(lead.casefold() for lead in case.register.columns["ministry"].texts())
    rows = [
        (
            body,
            names.ministry(case, body, lang),
            leads[body.casefold()],
            funded,
            ask,
            amount,
            floors.get(body),
            ceilings.get(body),
        )
        for body, ask, amount, funded in pipeline.ministry_money(evaluation)
    ]
    columns = [
        "id",
        "ministry",
        "project_count",
        "funded_count",
        "ask_mvnd",
        "amount_mvnd",
        "floor_mvnd",
        "ceiling_mvnd",
    ]
    frame = pd.DataFrame(rows, columns=columns).astype({"floor_mvnd": "Int64", "ceiling_mvnd": "Int64"})
    return frame.drop(columns="id")


def limits(evaluation: Evaluation, lang: str) -> pd.DataFrame:
    """What each limit holds: money and projects used, its bounds, whether one is reached, why it is there."""
    case = evaluation.case
    uses = {use.id: use for use in evaluation.plan.limits}
    rows = [
        (
            names.limit_over(case, limit, lang),
            use.used_mvnd,
            use.floor_mvnd,
            use.ceiling_mvnd,
            use.used_count,
            use.floor_count,
            use.ceiling_count,
            locale.say(f"ui.limit.{_state(use)}", lang),
            names.given(limit.why, lang),
        )
        for limit in case.scenario.limits
        if (use := uses.get(limit.id))
    ]
    money, counts = ["floor_mvnd", "ceiling_mvnd"], ["floor_count", "ceiling_count"]
    columns = ["over", "used_mvnd", *money, "project_count", *counts, "binding", "why"]
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys([*money, *counts], "Int64"))
    return frame.drop(columns=[column for column in counts if frame[column].isna().all()])


def effect(before: Evaluation, after: Evaluation, lang: str) -> pd.DataFrame:
    """Rank and money of every project before and after: those whose money changes first, then by rank."""
    ranked = after.scores.in_rank_order()
    if before.plan.found and after.plan.found:
        same = before.plan.amount_mvnd[ranked] == after.plan.amount_mvnd[ranked]
        ranked = np.concatenate([ranked[~same], ranked[same]])
    rows = ranked.tolist()
    old, new = (_amounts(each, rows) for each in (before, after))
    return pd.DataFrame(
        {
            "before_rank": before.scores.rank[rows],
            "after_rank": after.scores.rank[rows],
            "project": [after.case.register.name(row, lang) for row in rows],
            "before_mvnd": old,
            "after_mvnd": new,
            "change_mvnd": new - old,
        }
    )


def plans(evaluations: Mapping[str, Evaluation], lang: str) -> pd.DataFrame:
    """One column of money per plan, projects in rank order of the first."""
    first = next(iter(evaluations.values()))
    rows = first.scores.in_rank_order().tolist()
    frame = pd.DataFrame({"name": [first.case.register.name(row, lang) for row in rows]})
    for name, evaluation in evaluations.items():
        frame[f"{name}_mvnd"] = _amounts(evaluation, rows)
    return frame


def reasons(evaluation: Evaluation, prices: Prices | None, lang: str) -> pd.DataFrame:
    """Why each project gets what it gets, in a sentence, in rank order."""
    rows = evaluation.scores.in_rank_order().tolist()
    register = evaluation.case.register
    return pd.DataFrame(
        {
            "rank": evaluation.scores.rank[rows],
            "name": [register.name(row, lang) for row in rows],
            "amount_mvnd": _amounts(evaluation, rows),
            "sentence": [pipeline.describe_project(evaluation, row, lang, prices) for row in rows],
        }
    )


def _bounds(evaluation: Evaluation) -> tuple[dict[str, int], dict[str, int]]:
    """Floor and ceiling in money of the limits that select one lead body and nothing else, by its id."""
    uses = {use.id: use for use in evaluation.plan.limits}
    bodies = {body.id.casefold(): body.id for body in evaluation.case.ministries.bodies}
    floors: dict[str, int] = {}
    ceilings: dict[str, int] = {}
    for limit in evaluation.case.scenario.limits:
        chosen = limit.where.get("ministry", ())
        if len(limit.where) != 1 or len(chosen) != 1 or limit.id not in uses:
            continue
        body, use = bodies.get(chosen[0].casefold(), chosen[0]), uses[limit.id]
        if use.floor_mvnd is not None:
            floors[body] = max(floors.get(body, 0), use.floor_mvnd)
        if use.ceiling_mvnd is not None:
            ceilings[body] = min(ceilings.get(body, use.ceiling_mvnd), use.ceiling_mvnd)
    return floors, ceilings


def _state(use: LimitUse) -> str:
    if use.short or use.over:
        return "broken"
    at_floor, at_ceiling = use.at_floor, use.at_ceiling
    return "both" if at_floor and at_ceiling else "floor" if at_floor else "ceiling" if at_ceiling else "free"


def _words(glossary: str, values: list[str], lang: str) -> list[str]:
    return [texts.word(f"{glossary}.{value}", lang) if value else "" for value in values]


def _amounts(evaluation: Evaluation, rows: list[int]) -> pd.Series[Any]:
    """The money of the rows; missing, not zero, where there is no plan."""
    amounts = evaluation.plan.amount_mvnd[rows] if evaluation.plan.found else [None] * len(rows)
    return pd.Series(amounts, dtype="Int64")
