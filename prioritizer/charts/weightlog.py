"""How the weights of one set of criteria went from one kept version to the next."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import Figure, finished, title_of

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "stroke")


def weights_over_time(table: pd.DataFrame, names: Sequence[str], lang: str) -> Figure:
    """A line per criterion of one set over the versions, oldest first.

    ``table`` has ``version`` (when, in words) and a column per criterion of ``names``: its share of the set,
    in percent, between 0 and 100.
    """
    drawn = pd.concat(
        [
            pd.DataFrame(
                {"at": range(len(table)), "version": table["version"], "kind": name, "percent": table[name]}
            )
            for name in names
        ],
        ignore_index=True,
    )
    several = [_COLOURS[at % len(_COLOURS)] for at in range(len(names))]
    shapes = [_SHAPES[at % len(_SHAPES)] for at in range(len(names))]
    base = alt.Chart(drawn).encode(
        x=alt.X(
            "version:N", sort=list(table["version"]), title=_say("axis", lang), axis=alt.Axis(labelAngle=-30)
        ),
        y=alt.Y("percent:Q", title=_say("percent", lang), scale=alt.Scale(domain=[0, 100])),
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=list(names), range=several)),
        tooltip=[
            alt.Tooltip("version:N", title=_say("axis", lang)),
            alt.Tooltip("kind:N", title=_say("criterion", lang)),
            alt.Tooltip("percent:Q", title=_say("percent", lang), format=",.1f"),
        ],
    )
    lines = base.mark_line(strokeWidth=2)
    marks = base.mark_point(filled=True, size=110, opacity=1).encode(
        shape=alt.Shape("kind:N", title=None, scale=alt.Scale(domain=list(names), range=shapes))
    )
    last = "; ".join(f"{name} {_percent(table[name].iloc[-1], lang)}" for name in names)
    said = _say("alt", lang, count=len(table), last=last)
    chart = finished(alt.layer(lines, marks), title_of(_say("title", lang), False, lang), lang, 260)
    shown = table.assign(**{name: [_percent(each, lang) for each in table[name]] for name in names})
    return Figure(chart, shown, said, {"version": _say("axis", lang), **{name: name for name in names}})


def _percent(value: float, lang: str) -> str:
    return locale.percent(Fraction(value) / 100, lang)


def _say(key: str, lang: str, **params: object) -> str:
    return locale.say(f"questions.history.{key}", lang, **params)
