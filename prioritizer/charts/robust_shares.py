"""How often every project is funded, over many weights and scores."""

from __future__ import annotations

from fractions import Fraction

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import Figure, finished, title_of
from prioritizer.charts.robust import (
    KIND_LOOKS,
    called_with_id,
    height,
    kind_colour,
    kind_text,
    rows,
    say,
    tips,
)

_AXIS = alt.Axis(values=list(range(0, 101, 20)))
_ROOM = alt.Scale(domain=[0, 112], nice=False)  # right of the longest bar, for its sign and share


def funded_shares(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """A bar for every project: the share of the draws in which it gets money, with its sign at the end.

    ``table`` has a row per project: ``id``, ``name``, ``kind`` (a key of
    :data:`~prioritizer.charts.robust.KIND_LOOKS`) and ``any_share_e4``, in 1e-4 of the draws.
    """
    return _shares(table, "share", illustrative, lang)


def core_indices(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """The same of the ways of choosing projects: ``any_share_e4`` is in 1e-4 of those ways."""
    return _shares(table, "core_index", illustrative, lang)


def _shares(table: pd.DataFrame, about: str, illustrative: bool, lang: str) -> Figure:
    shares, kinds = table["any_share_e4"].tolist(), table["kind"].tolist()
    said = [locale.percent(Fraction(share, 10_000), lang) for share in shares]
    drawn = pd.DataFrame(
        {
            "called": called_with_id(table),
            "percent": [share / 100 for share in shares],
            "kind": [kind_text(kind, lang) for kind in kinds],
            "text": [f"{KIND_LOOKS[kind][1]} {text}" for kind, text in zip(kinds, said, strict=True)],
        }
    )
    base = alt.Chart(drawn).encode(
        x=alt.X("percent:Q", title=say(f"{about}.axis", lang), axis=_AXIS, scale=_ROOM),
        y=rows(drawn["called"]),
        tooltip=tips(("called", "kind", "text"), lang),
    )
    bars = base.mark_bar(size=20, stroke="#000000", strokeWidth=0.6).encode(color=kind_colour(kinds, lang))
    words = base.mark_text(align="left", dx=6, color="#000000").encode(text="text:N")
    title = title_of(say(f"{about}.title", lang), illustrative, lang)
    chart = finished(alt.layer(bars, words), title, lang, height(drawn["called"]))
    counts = "; ".join(
        f"{say(f'kind.{kind}', lang)}: {kinds.count(kind)}" for kind in KIND_LOOKS if kind in kinds
    )
    return Figure(chart, table, say(f"{about}.alt", lang, count=len(table), counts=counts))
