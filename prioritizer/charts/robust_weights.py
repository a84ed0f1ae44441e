"""How far weights may move while the plan stays, and what weights do to one project."""

from __future__ import annotations

from fractions import Fraction

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import BILLIONS, LIMIT, Figure, finished, title_of
from prioritizer.charts.robust import height, rows, say, tips, wrapped

_HOLDS, _NOW = "#56B4E9", "M0,-1L1,0L0,1L-1,0Z"
_LEAST, _MOST = "#E69F00", "#0072B2"
_AXIS = alt.Axis(values=list(range(0, 101, 10)))
_WHOLE = alt.Scale(domain=[0, 100], nice=False)
_LETTERS = 40


def weight_intervals(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """For every criterion, the weights at which the plan stays best, and its weight now.

    ``table`` has a row per criterion: ``criterion`` (its name), ``now``, ``low`` and ``high``, weights among
    its siblings as shares of one; the ends are missing where the plan is not best at all.
    """
    words = {name: say(f"intervals.{name}", lang) for name in ("holds", "now")}
    drawn = pd.DataFrame({"called": wrapped(table["criterion"], _LETTERS), "band": words["holds"]})
    for name in ("now", "low", "high"):
        drawn[name] = table[name].astype("float64") * 100
        drawn[f"{name}_said"] = ["–" if pd.isna(each) else _percent(each, lang) for each in drawn[name]]
    tooltip = tips(("called", "low_said", "now_said", "high_said"), lang)
    held = drawn.dropna(subset=["low"])
    x, y = alt.X("low:Q", title=say("intervals.axis", lang), axis=_AXIS, scale=_WHOLE), rows(drawn["called"])
    bars = alt.Chart(held).mark_bar(size=16, stroke="#000000", strokeWidth=0.6).encode(
        x=x, x2="high:Q", y=y, tooltip=tooltip,
        color=alt.Color("band:N", title=None, scale=alt.Scale(domain=[words["holds"]], range=[_HOLDS])),
    )  # fmt: skip
    marks = alt.Chart(drawn.assign(mark=words["now"])).mark_point(
        size=150, filled=True, opacity=1, color=LIMIT, stroke="#FFFFFF", strokeWidth=1
    ).encode(
        x=alt.X("now:Q", scale=_WHOLE), y=y, tooltip=tooltip,
        shape=alt.Shape("mark:N", title=None, scale=alt.Scale(domain=[words["now"]], range=[_NOW])),
    )  # fmt: skip
    title = title_of(say("intervals.title", lang), illustrative, lang)
    none = int(table["low"].isna().sum())
    said = say("intervals.alt", lang, count=len(table), none=none)
    return Figure(finished(alt.layer(bars, marks), title, lang, height(drawn["called"])), table, said)


def _percent(percent: float, lang: str) -> str:
    hundredths = round(percent * 100)
    return locale.percent(Fraction(hundredths, 10_000), lang, 2 if hundredths % 100 else 0)


def weight_swings(
    table: pd.DataFrame, project: str, expected_mvnd: int, illustrative: bool, lang: str
) -> Figure:
    """A tornado: one project's mean money where each criterion weighs least and where it weighs most.

    ``table`` has a row per criterion, those first that move most: ``criterion`` (its name), ``low_mvnd`` and
    ``high_mvnd``; ``expected_mvnd`` is the mean over all draws.
    """
    words = {"low": say("swings.least", lang), "high": say("swings.most", lang)}
    drawn = pd.DataFrame({"called": wrapped(table["criterion"], _LETTERS)})
    for name in words:
        drawn[name] = table[f"{name}_mvnd"].astype("float64") / 1000
        drawn[f"{name}_mean"] = [locale.bn(int(each), lang, 1) for each in table[f"{name}_mvnd"].tolist()]
    tooltip, y = tips(("called", "low_mean", "high_mean"), lang), rows(drawn["called"])
    bars = alt.Chart(drawn).mark_bar(size=12, color="#BBBBBB").encode(
        x=alt.X("low:Q", title=say("money.axis", lang), axis=BILLIONS, scale=alt.Scale(zero=False)),
        x2="high:Q", y=y, tooltip=tooltip,
    )  # fmt: skip
    ends = pd.concat([drawn.assign(end=words[name], bn=drawn[name]) for name in words], ignore_index=True)
    looks, shapes = {"domain": list(words.values())}, ["triangle-down", "triangle-up"]
    marks = alt.Chart(ends).mark_point(size=190, filled=True, opacity=1).encode(
        x="bn:Q", y=y, tooltip=tooltip,
        color=alt.Color("end:N", title=None, scale=alt.Scale(range=[_LEAST, _MOST], **looks)),
        shape=alt.Shape("end:N", title=None, scale=alt.Scale(range=shapes, **looks)),
    )  # fmt: skip
    middle = alt.Chart(pd.DataFrame({"bn": [expected_mvnd / 1000]})).mark_rule(
        color=LIMIT, strokeDash=[6, 4], strokeWidth=2
    ).encode(x="bn:Q")  # fmt: skip
    title = title_of(say("swings.title", lang, project=project), illustrative, lang)
    said = say("swings.alt", lang, count=len(table), expected=locale.bn(expected_mvnd, lang, 1))
    return Figure(finished(alt.layer(bars, marks, middle), title, lang, height(drawn["called"])), table, said)
