"""What all charts share: figures, colours, titles, numbers written as the language does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import altair as alt
import pandas as pd

from prioritizer import locale

ASK, AMOUNT, LIMIT, PLAN = "#BBBBBB", "#0072B2", "#000000", "#D55E00"
NAMES = alt.Axis(labelLimit=330)  # of bodies, criteria, projects: long ones
BILLIONS = alt.Axis(format=",.0f", tickCount=8)
_FONT = '"Source Sans", sans-serif'
_NUMBERS = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", " VND"]},
}
_QUANTITIES = ("ask", "amount", "value", "low", "high", "bn", "points")


@dataclass(frozen=True)
class Figure:
    """A chart, the table it was drawn from, and what it shows in a sentence (its text alternative).

    ``labels`` says what columns are called that are named after something of the table's own.
    """

    chart: alt.LayerChart
    table: pd.DataFrame
    alt: str
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> list[str]:
        """What stands above the chart: its title, and what of it is illustrative."""
        title = self.chart.title
        return [title.text] if title.subtitle is alt.Undefined else [title.text, title.subtitle]


def finished(chart: alt.LayerChart, title: alt.TitleParams, lang: str, height: int) -> alt.LayerChart:
    """The chart in the page's width; ``height`` is that of the plot alone, without title, axis and legend."""
    numbers: Any = alt.Locale(number=_NUMBERS[lang])
    sized = chart.properties(
        title=title,
        height=height,
        width="container",
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"top": 8, "bottom": 8, "left": 0, "right": 0},  # marks above capitals need room
    ).configure(locale=numbers, font=_FONT)
    sized = sized.configure_axis(labelFontSize=15, titleFontSize=15)
    sized = sized.configure_legend(
        labelFontSize=15, titleFontSize=15, orient="bottom", columns=3, labelLimit=400, symbolSize=160
    )
    sized = sized.configure_text(fontSize=15)
    return sized.configure_title(fontSize=18, subtitleFontSize=15, anchor="start")


def enlarged(figure: Figure) -> Figure:
    """The figure with letters that are read from the back of a room."""
    big = figure.chart.configure_axis(labelFontSize=20, titleFontSize=20)
    big = big.configure_legend(
        labelFontSize=20, titleFontSize=20, orient="bottom", columns=3, labelLimit=500, symbolSize=260
    )
    big = big.configure_title(fontSize=24, subtitleFontSize=19, anchor="start")
    return replace(figure, chart=big.configure_text(fontSize=18))


def title_of(said: str, illustrative: bool, lang: str) -> alt.TitleParams:
    """The title; what rests on illustrative figures says so below it."""
    if not illustrative:
        return alt.TitleParams(said)
    return alt.TitleParams(said, subtitle=say("illustrative", lang))


def tip(field: str, lang: str) -> alt.Tooltip:
    """One line of what is told under the pointer, called as ``ui.chart.tip`` says."""
    number = field in _QUANTITIES
    kind, form = ("quantitative", {"format": ",.1f"}) if number else ("nominal", {})
    return alt.Tooltip(field=field, type=kind, title=say(f"tip.{field}", lang), **form)


def say(key: str, lang: str, **params: object) -> str:
    """A sentence of the charts."""
    return locale.say(f"ui.chart.{key}", lang, **params)
