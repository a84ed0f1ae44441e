"""The money of ministries, and what assessors alone would move."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import (
    AMOUNT,
    ASK,
    BILLIONS,
    LIMIT,
    NAMES,
    Figure,
    finished,
    say,
    tip,
    title_of,
)

_GAINED, _LOST = "#0072B2", "#E69F00"
_LIMIT_SHAPES = ["triangle-right", "M-0.35,-1L0.35,-1L0.35,1L-0.35,1Z"]  # a floor pushes; a ceiling is a wall


def money_by_ministry(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """What each lead body asks for and gets, against its floor and ceiling.

    ``table`` has a row per body in protocol order: ``ministry`` (its name), ``ask_mvnd``, ``amount_mvnd``,
    ``floor_mvnd`` and ``ceiling_mvnd`` (missing where there is no such limit). ``illustrative`` says whether
    any of it is; the chart then says so itself, since pictures travel alone.
    """
    order = list(table["ministry"])
    y = alt.Y("ministry:N", sort=order, title=None, axis=NAMES)
    bars = _long(table, {"ask_mvnd": "money.ask", "amount_mvnd": "money.amount"}, lang)
    marks = _long(table, {"floor_mvnd": "money.floor", "ceiling_mvnd": "money.ceiling"}, lang).dropna(
        subset=["bn"]
    )
    kinds = [say(key, lang) for key in ("money.ask", "money.amount")]
    limits = [say(key, lang) for key in ("money.floor", "money.ceiling")]
    x = alt.X("bn:Q", title=say("money.axis", lang), axis=BILLIONS)
    tooltip = [tip("ministry", lang), tip("kind", lang), tip("bn", lang)]
    layers = [
        alt.Chart(bars).transform_filter(alt.datum.kind == kind).mark_bar(size=size).encode(
            x=x, y=y, tooltip=tooltip,
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[ASK, AMOUNT])),
        )
        for kind, size in zip(kinds, (22, 12), strict=True)
    ]  # fmt: skip
    ticks = (
        alt.Chart(marks)
        .mark_point(size=260, filled=True, stroke="#FFFFFF", strokeWidth=1, opacity=1)
        .encode(
            x=x, y=y, tooltip=tooltip,
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=limits, range=[LIMIT, LIMIT])),
            shape=alt.Shape("kind:N", title=None, scale=alt.Scale(domain=limits, range=_LIMIT_SHAPES)),
        )
    )  # fmt: skip
    total = locale.bn(int(table["amount_mvnd"].sum()), lang)
    alternative = say("money.alt", lang, count=int((table["amount_mvnd"] > 0).sum()), total=total)
    layered = alt.layer(alt.layer(*layers), ticks).resolve_scale(color="independent", shape="independent")
    title = title_of(say("money.title", lang), illustrative, lang)
    return Figure(finished(layered, title, lang, 34 * len(table)), table, alternative)


def _long(table: pd.DataFrame, kinds: Mapping[str, str], lang: str) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "ministry": table["ministry"],
                "kind": say(key, lang),
                "bn": table[column].astype("Float64") / 1000,
            }
        )
        for column, key in kinds.items()
    ]
    return pd.concat(parts, ignore_index=True).astype({"bn": "float64"})


def money_if_alone(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """The money that projects would gain and lose if some assessors decided alone.

    ``table`` has a row for each who would decide: ``decides`` (the name), ``gained_mvnd`` and ``lost_mvnd``,
    both 0 or more.
    """
    kinds = {"gained_mvnd": 1, "lost_mvnd": -1}
    names = [say(f"alone.{column.removesuffix('_mvnd')}", lang) for column in kinds]
    drawn = pd.concat(
        [
            pd.DataFrame({"decides": table["decides"], "kind": name, "bn": sign * table[column] / 1000})
            for name, (column, sign) in zip(names, kinds.items(), strict=True)
        ],
        ignore_index=True,
    ).astype({"bn": "float64"})
    bars = alt.Chart(drawn).mark_bar(size=18).encode(
        x=alt.X("bn:Q", title=say("alone.axis", lang), axis=BILLIONS),
        y=alt.Y("decides:N", sort=list(table["decides"]), title=None, axis=NAMES),
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=names, range=[_GAINED, _LOST])),
        tooltip=[tip(field, lang) for field in ("decides", "kind", "bn")],
    )  # fmt: skip
    middle = alt.Chart(pd.DataFrame({"bn": [0]})).mark_rule(color=LIMIT).encode(x="bn:Q")
    most = locale.bn(int(table["gained_mvnd"].max()), lang) if len(table) else locale.bn(0, lang)
    said = say("alone.alt", lang, count=len(table), most=most)
    title = title_of(say("alone.title", lang), illustrative, lang)
    return Figure(finished(alt.layer(bars, middle), title, lang, 30 * max(1, len(table))), table, said)
