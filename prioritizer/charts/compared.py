"""Scenarios side by side: the money of groups as bars, that of projects as cells; the first is the base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import BILLIONS, NAMES, Figure, finished, title_of

_LOOKS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
_CELLS = {  # towards the base: tint and sign
    "base": ("#DDDDDD", ""),
    "same": ("#F2F2F2", "="),
    "more": ("#9FD3F0", "▲"),
    "less": ("#F7D58A", "▼"),
    "in": ("#56B4E9", "+"),
    "out": ("#E69F00", "×"),
    "absent": ("#FFFFFF", "–"),
}
_ROW, _BAR = 28, 20


def money_side_by_side(
    table: pd.DataFrame, labels: Mapping[str, str], drawn: Sequence[str], illustrative: bool, lang: str
) -> Figure:
    """The money of ministries, classes or technologies in every scenario, its name and amount at every bar.

    ``table`` has a row per group: ``group`` (its name) and a column of million VND for every scenario,
    missing where there is none; ``labels`` says what columns are called, and ``drawn`` which of them are.
    """
    scenarios = {str(column): labels[str(column)] for column in table if column != "group"}
    shown = [scenarios[column] for column in drawn]
    rows = pd.concat([_bars(table, column, labels, lang) for column in drawn], ignore_index=True)
    y = alt.Y("group:N", sort=list(table["group"]), title=None, axis=NAMES)
    offset = alt.YOffset("scenario:N", sort=shown)
    x = alt.X("bn:Q", title=_say("axis", lang), axis=BILLIONS, scale=_room(rows))
    base = alt.Chart(rows).encode(
        x=x, y=y, yOffset=offset, tooltip=[_tip(field, lang) for field in ("group", "scenario", "said")]
    )
    scale = alt.Scale(domain=list(scenarios.values()), range=list(_LOOKS[: len(scenarios)]))
    colour = alt.Color("scenario:N", title=None, scale=scale, legend=alt.Legend(values=shown))
    bars = base.mark_bar(stroke="#000000", strokeWidth=0.6).encode(color=colour)
    said = base.mark_text(align="left", dx=5, color="#000000").encode(text="text:N")
    title = title_of(_say("groups", lang, head=labels["group"]), illustrative, lang)
    height = len(table) * (_BAR * len(drawn) + 12)
    return Figure(
        finished(alt.layer(bars, said), title, lang, height), table, _sums(table, scenarios, lang), labels
    )


def _bars(table: pd.DataFrame, column: str, labels: Mapping[str, str], lang: str) -> pd.DataFrame:
    amounts = table[column].astype("Int64")
    said = ["–" if pd.isna(each) else locale.bn(int(each), lang, 1) for each in amounts]
    return pd.DataFrame(
        {
            "group": table["group"],
            "scenario": labels[column],
            "bn": amounts.astype("Float64").fillna(0) / 1000,
            "said": said,
            "text": [f"{labels[column]}  {each}" for each in said],
        }
    ).astype({"bn": "float64"})


def _room(rows: pd.DataFrame) -> alt.Scale:
    """Room right of the longest bar for what is written there."""
    most = float(rows["bn"].max()) if len(rows) else 0.0
    return alt.Scale(domain=[0, max(most, 1.0) * 1.18], nice=False)


def _sums(table: pd.DataFrame, scenarios: Mapping[str, str], lang: str) -> str:
    totals = [f"{name} {_total(table[column].astype('Int64'), lang)}" for column, name in scenarios.items()]
    return _say("groups_alt", lang, count=len(table), totals="; ".join(totals))


def _total(amounts: pd.Series[int], lang: str) -> str:
    return "–" if amounts.isna().all() else locale.bn(int(amounts.sum()), lang)


def projects_side_by_side(
    table: pd.DataFrame, labels: Mapping[str, str], drawn: Sequence[str], illustrative: bool, lang: str
) -> Figure:
    """The money of projects as cells with their amounts, marked by what became of the base's.

    ``table`` has a row per project: ``id``, ``name`` and a column of million VND for every scenario, the
    base's first, missing where it does not list the project or has no plan.
    """
    scenarios = [str(column) for column in table if column not in ("id", "name")]
    called = [f"{name} ({project})" for project, name in zip(table["id"], table["name"], strict=True)]
    rows = pd.concat(
        [_cells(table, column, scenarios[0], labels, called, lang) for column in drawn], ignore_index=True
    )
    x = alt.X(
        "scenario:N", sort=None, title=None, axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=16)
    )
    y = alt.Y("project:N", sort=called, title=None, axis=NAMES)
    words = {way: _say(f"way.{way}", lang) for way in _CELLS}
    met = [way for way in _CELLS if way in set(rows["way"])]
    scale = alt.Scale(domain=[words[way] for way in met], range=[_CELLS[way][0] for way in met])
    base = alt.Chart(rows.assign(kind=rows["way"].map(words))).encode(
        x=x, y=y, tooltip=[_tip(field, lang) for field in ("project", "scenario", "said", "kind")]
    )
    cells = base.mark_rect(stroke="#FFFFFF", strokeWidth=2).encode(
        color=alt.Color("kind:N", title=None, scale=scale)
    )
    said = base.mark_text(color="#000000").encode(text="text:N")
    title = title_of(_say("projects", lang), illustrative, lang)
    alternative = _say(
        "projects_alt", lang, count=len(table), scenarios=", ".join(labels[c] for c in scenarios)
    )
    height = _ROW * max(1, len(table))
    return Figure(finished(alt.layer(cells, said), title, lang, height), table, alternative, labels)


def _cells(
    table: pd.DataFrame, column: str, base: str, labels: Mapping[str, str], called: Sequence[str], lang: str
) -> pd.DataFrame:
    own, first = (table[name].astype("Int64").tolist() for name in (column, base))
    ways = ["base" if column == base else _way(*pair) for pair in zip(first, own, strict=True)]
    said = ["–" if pd.isna(each) else locale.bn(int(each), lang) if each else "0" for each in own]
    marks = [f"{text}  {_CELLS[way][1]}".strip() for text, way in zip(said, ways, strict=True)]
    text = ["–" if pd.isna(each) else mark for each, mark in zip(own, marks, strict=True)]
    return pd.DataFrame(
        {"project": list(called), "scenario": labels[column], "way": ways, "said": said, "text": text}
    )


def _way(base: Any, own: Any) -> str:
    if pd.isna(own):
        return "absent"
    before = 0 if pd.isna(base) else base
    if own == before:
        return "same"
    if not before or not own:
        return "in" if own else "out"
    return "more" if own > before else "less"


def _tip(field: str, lang: str) -> alt.Tooltip:
    return alt.Tooltip(field=field, type="nominal", title=_say(f"tip.{field}", lang))


def _say(key: str, lang: str, **params: object) -> str:
    return locale.say(f"compare.chart.{key}", lang, **params)
