"""How much projects and lead bodies get, over many weights and scores, beside what the plan gives."""

from __future__ import annotations

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import BILLIONS, LIMIT, Figure, finished, title_of
from prioritizer.charts.robust import called_with_id, height, kind_colour, kind_text, rows, say, tips, wrapped

_STROKE = "M-0.2,-1.5L0.2,-1.5L0.2,1.5L-0.2,1.5Z"
_MARKS = {"expected": "circle", "amount": _STROKE}
_ENDS = ("low", "expected", "high", "amount")


def money_bands(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """How much every project gets: from the 5 % to the 95 % quantile, the mean, and the plan at hand.

    ``table`` has a row per project: ``id``, ``name``, ``kind`` (a key of
    :data:`~prioritizer.charts.robust.KIND_LOOKS`), ``low_mvnd``, ``expected_mvnd``, ``high_mvnd`` and
    ``amount_mvnd``, what the plan gives.
    """
    kinds = table["kind"].tolist()
    drawn = table.assign(called=called_with_id(table), kind=[kind_text(kind, lang) for kind in kinds])
    return _figure(drawn, table, kind_colour(kinds, lang), "money", illustrative, lang)


def money_bands_of_bodies(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """How much the projects of every lead body get together, as :func:`money_bands`; ``table`` has a row per
    body in protocol order, with its name as ``ministry``."""
    drawn = table.assign(called=wrapped(table["ministry"]), kind=kind_text("drawn", lang))
    return _figure(drawn, table, kind_colour(["drawn"], lang), "bodies", illustrative, lang)


def _figure(
    drawn: pd.DataFrame, table: pd.DataFrame, colour: alt.Color, about: str, illustrative: bool, lang: str
) -> Figure:
    moving = int((table["low_mvnd"] != table["high_mvnd"]).sum())
    said = say(f"{about}.alt", lang, count=len(table), moving=moving)
    title = title_of(say(f"{about}.title", lang), illustrative, lang)
    return Figure(finished(_bands(drawn, colour, lang), title, lang, height(drawn["called"])), table, said)


def _bands(drawn: pd.DataFrame, colour: alt.Color, lang: str) -> alt.LayerChart:
    """A thick line from 5 to 95 %, a dot at the mean, an upright stroke where the plan is."""
    tooltip = tips(("called", *(f"{name}_said" for name in _ENDS)), lang)
    y = rows(drawn["called"])
    lines = _told(drawn[["called", "kind"]].copy(), drawn, lang)
    bands = alt.Chart(lines).mark_bar(size=14, stroke="#000000", strokeWidth=0.6).encode(
        x=alt.X("low:Q", title=say("money.axis", lang), axis=BILLIONS), x2="high:Q",
        y=y, color=colour, tooltip=tooltip,
    )  # fmt: skip
    words = {name: say(f"money.{name}", lang) for name in _MARKS}
    points = pd.concat(
        [lines.assign(what=words[name], bn=lines[name]) for name in _MARKS], ignore_index=True
    ).dropna(subset=["bn"])
    scale = alt.Scale(domain=list(words.values()), range=list(_MARKS.values()))
    marks = alt.Chart(points).mark_point(size=230, filled=True, opacity=1, color=LIMIT).encode(
        x="bn:Q", y=y, shape=alt.Shape("what:N", title=None, scale=scale), tooltip=tooltip,
    )  # fmt: skip
    return alt.layer(bands, marks)


def _told(into: pd.DataFrame, drawn: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The amounts in billions, as numbers and in words."""
    for name in _ENDS:
        amounts = drawn[f"{name}_mvnd"].astype("Int64")
        into[name] = (amounts.astype("Float64") / 1000).astype("float64")
        into[f"{name}_said"] = ["–" if pd.isna(each) else locale.bn(int(each), lang, 1) for each in amounts]
    return into
