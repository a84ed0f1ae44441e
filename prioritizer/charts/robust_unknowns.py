"""Which scores, once known, would move money: beside what chance alone seems to move."""

from __future__ import annotations

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import BILLIONS, LIMIT, Figure, finished, title_of
from prioritizer.charts.robust import height, rows, say, tips, wrapped

_ABOVE, _BELOW = ("#0072B2", "▲"), ("#BBBBBB", "○")
_WALL = "M-0.14,-1L0.14,-1L0.14,1L-0.14,1Z"


def scores_worth_chasing(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """A bar for every score that is not certain, those first that move most, with the noise as a stroke.

    ``table`` has a row per score: ``id`` and ``name`` of the project, ``criterion`` (its name),
    ``moved_mvnd`` and ``noise_mvnd``.
    """
    above = (table["moved_mvnd"] > table["noise_mvnd"]).tolist()
    looks = {True: _ABOVE, False: _BELOW}
    words = {
        each: f"{looks[each][1]} {say(f'unknowns.{key}', lang)}"
        for each, key in ((True, "above"), (False, "below"))
    }
    rows_ = zip(table["criterion"], table["name"], table["id"], strict=True)
    drawn = pd.DataFrame(
        {
            "called": wrapped((f"{own} – {name}: {criterion}" for criterion, name, own in rows_), 62),
            "moved": table["moved_mvnd"].astype("float64") / 1000,
            "noise": table["noise_mvnd"].astype("float64") / 1000,
            "kind": [words[each] for each in above],
            "moved_said": [locale.bn(int(each), lang, 1) for each in table["moved_mvnd"].tolist()],
            "noise_said": [locale.bn(int(each), lang, 1) for each in table["noise_mvnd"].tolist()],
        }
    )
    drawn["text"] = [
        f"{looks[each][1]} {said}" for each, said in zip(above, drawn["moved_said"], strict=True)
    ]
    tooltip, y = tips(("called", "kind", "moved_said", "noise_said"), lang), rows(drawn["called"])
    most = float(max(drawn["moved"].max(), drawn["noise"].max(), 1.0))
    x = alt.X("moved:Q", title=say("unknowns.axis", lang), axis=BILLIONS,
              scale=alt.Scale(domain=[0, most * 1.15], nice=False))  # fmt: skip
    met = [each for each in (True, False) if each in above]
    scale = alt.Scale(domain=[words[each] for each in met], range=[looks[each][0] for each in met])
    base = alt.Chart(drawn).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(size=18, stroke="#000000", strokeWidth=0.6).encode(
        x=x, color=alt.Color("kind:N", title=None, scale=scale)
    )
    words_ = base.mark_text(align="left", dx=8, color="#000000").encode(x=x, text="text:N")
    line = say("unknowns.noise", lang)
    wall = alt.Chart(drawn.assign(line=line)).mark_point(size=420, filled=True, opacity=1, color=LIMIT)
    noise = wall.encode(
        x="noise:Q", y=y, tooltip=tooltip,
        shape=alt.Shape("line:N", title=None, scale=alt.Scale(domain=[line], range=[_WALL])),
    )  # fmt: skip
    title = title_of(say("unknowns.title", lang), illustrative, lang)
    said = say("unknowns.alt", lang, count=len(table), above=sum(above))
    return Figure(finished(alt.layer(bars, words_, noise), title, lang, height(drawn["called"])), table, said)
