"""The best value for every budget."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import AMOUNT, BILLIONS, PLAN, Figure, finished, say, tip, title_of
from prioritizer.explanation.words import objective_text
from prioritizer.results import Evaluation, Frontier


def value_by_budget(evaluation: Evaluation, found: Frontier, lang: str) -> Figure:
    """The best value for every budget, with the present plan marked where there is one.

    Points are joined where the value between them is known: straight on a ``line``, in steps between
    ``portfolios``, not at all on a ``grid``. ``found`` has a point at least.
    """
    best, plan = say("frontier.best", lang), say("frontier.plan", lang)
    drawn = _points([(each.budget_mvnd, each.value) for each in found.points], best, lang)
    own, objective = evaluation.case.envelope_mvnd, evaluation.plan.objective
    present = _points([] if objective is None else [(Fraction(own), objective)], plan, lang)
    unit = locale.say(f"terms.unit.{evaluation.plan.unit}", lang)
    axis = BILLIONS
    x = alt.X("x:Q", title=say("frontier.budget", lang), axis=axis)
    y = alt.Y("y:Q", title=say("frontier.axis", lang, unit=unit), axis=alt.Axis(format=",~r"))
    looks = {"domain": [best, plan]}
    marks = alt.Chart(pd.concat([drawn, present])).mark_point(filled=True, opacity=1).encode(
        x=x, y=y, tooltip=[tip("point", lang), tip("budget", lang), tip("best_value", lang)],
        color=alt.Color("point:N", title=None, scale=alt.Scale(range=[AMOUNT, PLAN], **looks)),
        shape=alt.Shape("point:N", title=None, scale=alt.Scale(range=["circle", "diamond"], **looks)),
        size=alt.condition(alt.datum.point == plan, alt.value(260), alt.value(70)),
    )  # fmt: skip
    layered = alt.layer(*_joined(found, drawn, x, y), marks)
    said = _frontier_alt(found, drawn, unit, lang) + _plan_alt(evaluation, unit, lang)
    title = title_of(say("frontier.title", lang), evaluation.case.illustrative, lang)
    return Figure(finished(layered, title, lang, 330), drawn[["budget_mvnd", "best_value"]], said)


def _points(points: Sequence[tuple[Fraction, Fraction]], name: str, lang: str) -> pd.DataFrame:
    """Points of budget and value; the budget in whole million VND, rounded up so that it allows the value."""
    rows = [
        (float(budget / 1000), float(value), ceil(budget), objective_text(value, lang), name)
        for budget, value in points
    ]
    frame = pd.DataFrame(rows, columns=["x", "y", "budget_mvnd", "best_value", "point"])
    return frame.assign(budget=[locale.bn(each, lang) for each in frame["budget_mvnd"].tolist()])


def _joined(found: Frontier, drawn: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    if found.kind == "grid":
        return []
    way = "linear" if found.kind == "line" else "step-after"
    return [alt.Chart(drawn).mark_line(interpolate=way, color=AMOUNT, strokeWidth=2).encode(x=x, y=y)]


def _frontier_alt(found: Frontier, drawn: pd.DataFrame, unit: str, lang: str) -> str:
    top = max(range(len(found.points)), key=lambda at: found.points[at].value)
    return say(
        "frontier.alt",
        lang,
        shape=say(f"frontier.{found.kind}", lang),
        count=len(drawn),
        least=drawn["budget"].iloc[0],
        lowest=drawn["best_value"].iloc[0],
        most=drawn["budget"].iloc[top],
        highest=drawn["best_value"].iloc[top],
        unit=unit,
    )


def _plan_alt(evaluation: Evaluation, unit: str, lang: str) -> str:
    if evaluation.plan.objective is None:
        return ""
    budget = locale.bn(evaluation.case.envelope_mvnd, lang)
    value = objective_text(evaluation.plan.objective, lang)
    return say("frontier.alt_plan", lang, budget=budget, value=value, unit=unit)
