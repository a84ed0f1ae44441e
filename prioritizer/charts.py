"""Charts: pure functions of results, each with the table behind it and a text that says the same.

Colours are Okabe and Ito's, and never the only sign: shapes and words carry the same distinction.
Numbers are in billion VND and points, written as the language does whatever the browser's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.explanation.words import objective_text
from prioritizer.results import REASONS, Evaluation, Frontier

_REASON_LOOKS = {
    "funded": ("#009E73", "circle"),
    "marginal": ("#E69F00", "diamond"),
    "below_hurdle": ("#CC79A7", "triangle-down"),
    "ineligible": ("#7F7F7F", "cross"),
    "crowded_out": ("#0072B2", "square"),
    "forced_in": ("#56B4E9", "triangle-up"),
    "forced_out": ("#D55E00", "triangle-left"),
}
_ASK, _AMOUNT, _LIMIT, _PLAN = "#BBBBBB", "#0072B2", "#000000", "#D55E00"
_GAINED, _LOST = "#0072B2", "#E69F00"
_LIMIT_SHAPES = ["triangle-right", "M-0.35,-1L0.35,-1L0.35,1L-0.35,1Z"]  # a floor pushes; a ceiling is a wall
_FONT = '"Source Sans", sans-serif'
_NUMBERS = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", " VND"]},
}


@dataclass(frozen=True)
class Figure:
    """A chart, the table it was drawn from, and what it shows in a sentence (its text alternative)."""

    chart: alt.LayerChart
    table: pd.DataFrame
    alt: str


def value_against_money(evaluation: Evaluation, lang: str) -> Figure:
    """Projects side by side from the most valuable down: as wide as their ask, as high as their value.

    Values stand with their intervals; a line stands where the envelope would end if
    nothing but value counted.
    """
    table = _project_table(evaluation, lang)
    ask = table["ask_mvnd"] / 1000
    points = {name: table[f"{name}_e4"] / 1e4 for name in ("value", "low", "high")}
    along = {"start": ask.cumsum() - ask, "middle": ask.cumsum() - ask / 2, "end": ask.cumsum()}
    drawn = table.assign(ask=ask, amount=table["amount_mvnd"] / 1000, **along, **points)
    reasons = [reason for reason in REASONS if reason in evaluation.plan.reason]
    names = [locale.say(f"terms.reason.{reason}", lang) for reason in reasons]
    tooltip = [_tip(field, lang) for field in ("name", "ask", "amount", "value", "low", "high", "reason")]
    axis = alt.Axis(format=",.0f", tickCount=8, grid=False)
    x = {"title": _say("value.money", lang), "axis": axis, "scale": alt.Scale(nice=False)}
    # Given values may be of any size; those made of scores are points of a hundred.
    full = alt.Undefined if evaluation.case.criteria is None else alt.Scale(domain=[0, 100])
    y = alt.Y("value:Q", title=_say("value.axis", lang), scale=full)
    colour = alt.Color("reason:N", title=_say("reason", lang), scale=_scale(names, reasons, 0))
    shape = alt.Shape("reason:N", title=_say("reason", lang), scale=_scale(names, reasons, 1))
    base = alt.Chart(drawn).encode(tooltip=tooltip)
    bars = base.mark_rect(opacity=0.35, stroke="#FFFFFF").encode(
        x=alt.X("start:Q", **x), x2="end:Q", y=y, y2=alt.datum(0), color=colour
    )
    interval = base.mark_rule(color="#7F7F7F").encode(x="middle:Q", y="low:Q", y2="high:Q")
    marks = base.mark_point(size=110, filled=True, opacity=1).encode(
        x="middle:Q", y="value:Q", color=colour, shape=shape
    )
    counts = "; ".join(
        f"{name}: {evaluation.plan.reason.count(reason)}" for name, reason in zip(names, reasons, strict=True)
    )
    alternative = _say("value.alt", lang, count=len(table), counts=counts)
    layered = alt.layer(bars, interval, marks, *_envelope(evaluation, lang))
    title = _title("value.title", evaluation.case.illustrative, lang)
    return Figure(_finished(layered, title, lang, 330), table, alternative)


def _envelope(evaluation: Evaluation, lang: str) -> tuple[alt.Chart, alt.Chart]:
    """The envelope as a line across, with its amount written beside it."""
    envelope_mvnd = evaluation.case.envelope_mvnd
    text = _say("value.envelope", lang, amount=locale.bn(envelope_mvnd, lang))
    base = alt.Chart(pd.DataFrame({"at": [envelope_mvnd / 1000], "text": [text]})).encode(x="at:Q")
    line = base.mark_rule(strokeDash=[6, 4], strokeWidth=2, color=_LIMIT)
    words = base.mark_text(align="left", dx=6, dy=4, fontSize=15, baseline="top")
    return line, words.encode(y=alt.value(0), text="text:N")


def money_by_ministry(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """What each lead body asks for and gets, against its floor and ceiling.

    ``table`` has a row per body in protocol order: ``ministry`` (its name), ``ask_mvnd``, ``amount_mvnd``,
    ``floor_mvnd`` and ``ceiling_mvnd`` (missing where there is no such limit). ``illustrative`` says whether
    any of it is; the chart then says so itself, since pictures travel alone.
    """
    order = list(table["ministry"])
    y = alt.Y("ministry:N", sort=order, title=None, axis=alt.Axis(labelLimit=330))
    bars = _long(table, {"ask_mvnd": "money.ask", "amount_mvnd": "money.amount"}, lang)
    marks = _long(table, {"floor_mvnd": "money.floor", "ceiling_mvnd": "money.ceiling"}, lang).dropna(
        subset=["bn"]
    )
    kinds = [_say(key, lang) for key in ("money.ask", "money.amount")]
    limits = [_say(key, lang) for key in ("money.floor", "money.ceiling")]
    x = alt.X("bn:Q", title=_say("money.axis", lang), axis=alt.Axis(format=",.0f", tickCount=8))
    tooltip = [_tip("ministry", lang), _tip("kind", lang), _tip("bn", lang)]
    layers = [
        alt.Chart(bars).transform_filter(alt.datum.kind == kind).mark_bar(size=size).encode(
            x=x, y=y, tooltip=tooltip,
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[_ASK, _AMOUNT])),
        )
        for kind, size in zip(kinds, (22, 12), strict=True)
    ]  # fmt: skip
    ticks = (
        alt.Chart(marks)
        .mark_point(size=260, filled=True, stroke="#FFFFFF", strokeWidth=1, opacity=1)
        .encode(
            x=x, y=y, tooltip=tooltip,
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=limits, range=[_LIMIT, _LIMIT])),
            shape=alt.Shape("kind:N", title=None, scale=alt.Scale(domain=limits, range=_LIMIT_SHAPES)),
        )
    )  # fmt: skip
    total = locale.bn(int(table["amount_mvnd"].sum()), lang)
    alternative = _say("money.alt", lang, count=int((table["amount_mvnd"] > 0).sum()), total=total)
    layered = alt.layer(alt.layer(*layers), ticks).resolve_scale(color="independent", shape="independent")
    finished = _finished(layered, _title("money.title", illustrative, lang), lang, 34 * len(table))
    return Figure(finished, table, alternative)


def dossiers_by_body(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """How many projects of each lead body have complete dossiers, and how many lack something.

    ``table`` has a row per body in protocol order: ``ministry`` (its name), ``project_count`` and
    ``complete_count``, and may have more.
    """
    kinds = [_say(f"dossiers.{name}", lang) for name in ("complete", "lacking")]
    lacking = table["project_count"] - table["complete_count"]
    drawn = pd.concat(
        [
            pd.DataFrame({"ministry": table["ministry"], "kind": kind, "projects": count, "order": at})
            for at, (kind, count) in enumerate(zip(kinds, (table["complete_count"], lacking), strict=True))
        ],
        ignore_index=True,
    )
    whole = alt.Axis(format=",d", tickMinStep=1)
    base = alt.Chart(drawn).encode(
        x=alt.X("projects:Q", title=_say("dossiers.axis", lang), axis=whole, stack="zero"),
        y=alt.Y("ministry:N", sort=list(table["ministry"]), title=None, axis=alt.Axis(labelLimit=330)),
        order=alt.Order("order:Q"),
        tooltip=[_tip(field, lang) for field in ("ministry", "kind", "projects")],
    )
    looks = alt.Scale(domain=kinds, range=[_AMOUNT, _ASK])
    bars = base.mark_bar(size=18).encode(color=alt.Color("kind:N", title=None, scale=looks))
    whole_register, complete = int(table["project_count"].sum()), int(table["complete_count"].sum())
    said = _say("dossiers.alt", lang, complete=complete, whole=whole_register)
    title = _title("dossiers.title", illustrative, lang)
    return Figure(_finished(alt.layer(bars), title, lang, 28 * len(table)), table, said)


def money_if_alone(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """The money that projects would gain and lose if some assessors decided alone.

    ``table`` has a row for each who would decide: ``decides`` (the name), ``gained_mvnd`` and ``lost_mvnd``,
    both 0 or more.
    """
    kinds = {"gained_mvnd": 1, "lost_mvnd": -1}
    names = [_say(f"alone.{column.removesuffix('_mvnd')}", lang) for column in kinds]
    drawn = pd.concat(
        [
            pd.DataFrame({"decides": table["decides"], "kind": name, "bn": sign * table[column] / 1000})
            for name, (column, sign) in zip(names, kinds.items(), strict=True)
        ],
        ignore_index=True,
    ).astype({"bn": "float64"})
    bars = alt.Chart(drawn).mark_bar(size=18).encode(
        x=alt.X("bn:Q", title=_say("alone.axis", lang), axis=alt.Axis(format=",.0f", tickCount=8)),
        y=alt.Y("decides:N", sort=list(table["decides"]), title=None, axis=alt.Axis(labelLimit=330)),
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=names, range=[_GAINED, _LOST])),
        tooltip=[_tip(field, lang) for field in ("decides", "kind", "bn")],
    )  # fmt: skip
    middle = alt.Chart(pd.DataFrame({"bn": [0]})).mark_rule(color=_LIMIT).encode(x="bn:Q")
    most = locale.bn(int(table["gained_mvnd"].max()), lang) if len(table) else locale.bn(0, lang)
    said = _say("alone.alt", lang, count=len(table), most=most)
    title = _title("alone.title", illustrative, lang)
    return Figure(_finished(alt.layer(bars, middle), title, lang, 30 * max(1, len(table))), table, said)


def contributions(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """What every criterion adds to one project's value, under the most that it could add.

    ``table`` has a row per leaf in the order of the tree: ``criterion`` (its name), ``adds_e4`` and
    ``most_e4``, what it adds at 100 points, in 1e-4 point.
    """
    kinds = {"most_e4": (_ASK, 18), "adds_e4": (_AMOUNT, 10)}
    names = {column: _say(f"contributions.{column.removesuffix('_e4')}", lang) for column in kinds}
    scale = alt.Scale(domain=list(names.values()), range=[colour for colour, _ in kinds.values()])
    axis = alt.Axis(format=",.0f", tickMinStep=1, tickCount=8)
    layers = [
        alt.Chart(
            pd.DataFrame(
                {"criterion": table["criterion"], "kind": names[column], "points": table[column] / 1e4}
            )
        ).mark_bar(size=size).encode(
            x=alt.X("points:Q", title=_say("contributions.axis", lang), axis=axis),
            y=alt.Y("criterion:N", sort=list(table["criterion"]), title=None, axis=alt.Axis(labelLimit=330)),
            color=alt.Color("kind:N", title=None, scale=scale),
            tooltip=[_tip(field, lang) for field in ("criterion", "kind", "points")],
        )
        for column, (_, size) in kinds.items()
    ]  # fmt: skip
    top = table.sort_values("adds_e4", ascending=False, kind="stable").head(3)
    named = "; ".join(
        f"{name} {locale.points(points, lang)}"
        for name, points in zip(top["criterion"], top["adds_e4"].tolist(), strict=True)
    )
    said = _say("contributions.alt", lang, count=len(table), named=named)
    title = _title("contributions.title", illustrative, lang)
    return Figure(_finished(alt.layer(*layers), title, lang, 26 * len(table)), table, said)


def value_by_budget(evaluation: Evaluation, found: Frontier, lang: str) -> Figure:
    """The best value for every budget, with the present plan marked where there is one.

    Points are joined where the value between them is known: straight on a ``line``, in steps between
    ``portfolios``, not at all on a ``grid``. ``found`` has a point at least.
    """
    best, plan = _say("frontier.best", lang), _say("frontier.plan", lang)
    drawn = _points([(each.budget_mvnd, each.value) for each in found.points], best, lang)
    own, objective = evaluation.case.envelope_mvnd, evaluation.plan.objective
    present = _points([] if objective is None else [(Fraction(own), objective)], plan, lang)
    unit = locale.say(f"terms.unit.{evaluation.plan.unit}", lang)
    axis = alt.Axis(format=",.0f", tickCount=8)
    x = alt.X("x:Q", title=_say("frontier.budget", lang), axis=axis)
    y = alt.Y("y:Q", title=_say("frontier.axis", lang, unit=unit), axis=alt.Axis(format=",~r"))
    looks = {"domain": [best, plan]}
    marks = alt.Chart(pd.concat([drawn, present])).mark_point(filled=True, opacity=1).encode(
        x=x, y=y, tooltip=[_tip("point", lang), _tip("budget", lang), _tip("best_value", lang)],
        color=alt.Color("point:N", title=None, scale=alt.Scale(range=[_AMOUNT, _PLAN], **looks)),
        shape=alt.Shape("point:N", title=None, scale=alt.Scale(range=["circle", "diamond"], **looks)),
        size=alt.condition(alt.datum.point == plan, alt.value(260), alt.value(70)),
    )  # fmt: skip
    layered = alt.layer(*_joined(found, drawn, x, y), marks)
    said = _frontier_alt(found, drawn, unit, lang) + _plan_alt(evaluation, unit, lang)
    title = _title("frontier.title", evaluation.case.illustrative, lang)
    return Figure(_finished(layered, title, lang, 330), drawn[["budget_mvnd", "best_value"]], said)


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
    return [alt.Chart(drawn).mark_line(interpolate=way, color=_AMOUNT, strokeWidth=2).encode(x=x, y=y)]


def _frontier_alt(found: Frontier, drawn: pd.DataFrame, unit: str, lang: str) -> str:
    top = max(range(len(found.points)), key=lambda at: found.points[at].value)
    return _say(
        "frontier.alt",
        lang,
        shape=_say(f"frontier.{found.kind}", lang),
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
    return _say("frontier.alt_plan", lang, budget=budget, value=value, unit=unit)


def _project_table(evaluation: Evaluation, lang: str) -> pd.DataFrame:
    register, scores, plan = evaluation.case.register, evaluation.scores, evaluation.plan
    table = pd.DataFrame(
        {
            "rank": scores.rank,
            "name": [register.name(row, lang) for row in range(len(register))],
            "ask_mvnd": register.ask_mvnd,
            "amount_mvnd": plan.amount_mvnd,
            "value_e4": scores.value_e4,
            "low_e4": scores.low_e4,
            "high_e4": scores.high_e4,
            "reason": [locale.say(f"terms.reason.{reason}", lang) for reason in plan.reason],
        }
    )
    return table.iloc[scores.in_rank_order()].reset_index(drop=True)


def _long(table: pd.DataFrame, kinds: Mapping[str, str], lang: str) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "ministry": table["ministry"],
                "kind": _say(key, lang),
                "bn": table[column].astype("Float64") / 1000,
            }
        )
        for column, key in kinds.items()
    ]
    return pd.concat(parts, ignore_index=True).astype({"bn": "float64"})


def _scale(names: Sequence[str], reasons: Sequence[str], look: int) -> alt.Scale:
    return alt.Scale(domain=list(names), range=[_REASON_LOOKS[reason][look] for reason in reasons])


def _tip(field: str, lang: str) -> alt.Tooltip:
    number = field in ("ask", "amount", "value", "low", "high", "bn", "points")
    kind, form = ("quantitative", {"format": ",.1f"}) if number else ("nominal", {})
    return alt.Tooltip(field=field, type=kind, title=_say(f"tip.{field}", lang), **form)


def _title(key: str, illustrative: bool, lang: str) -> alt.TitleParams:
    """The title; what rests on illustrative figures says so below it."""
    if not illustrative:
        return alt.TitleParams(_say(key, lang))
    return alt.TitleParams(_say(key, lang), subtitle=_say("illustrative", lang))


def _finished(chart: alt.LayerChart, title: alt.TitleParams, lang: str, height: int) -> alt.LayerChart:
    """The chart in the page's width; ``height`` is that of the plot alone, without title, axis and legend."""
    numbers: Any = alt.Locale(number=_NUMBERS[lang])
    finished = chart.properties(
        title=title,
        height=height,
        width="container",
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"top": 8, "bottom": 8, "left": 0, "right": 0},  # marks above capitals need room
    ).configure(locale=numbers, font=_FONT)
    finished = finished.configure_axis(labelFontSize=15, titleFontSize=15)
    finished = finished.configure_legend(
        labelFontSize=15, titleFontSize=15, orient="bottom", columns=3, labelLimit=400, symbolSize=160
    )
    return finished.configure_title(fontSize=18, subtitleFontSize=15, anchor="start")


def _say(key: str, lang: str, **params: object) -> str:
    return locale.say(f"ui.chart.{key}", lang, **params)
