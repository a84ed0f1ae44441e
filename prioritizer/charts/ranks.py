"""Who moves up and who moves down: the first projects before and after, joined by a line each."""

from __future__ import annotations

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import AMOUNT, LIMIT, PLAN, Figure, finished, title_of

# Colour and dash say the same as the arrow in the name.
_LOOKS = {"up": (AMOUNT, [1, 0], "▲"), "down": (PLAN, [8, 4], "▼"), "same": ("#767676", [1, 0], "=")}
_ROOM = (-1.1, 2.3)  # for names on both sides of the two columns, which stand at 0 and 1
_NAME_PIXELS, _MOVE_PIXELS = 380, 56
_ROW_PIXELS = 27


def ranks_before_and_after(table: pd.DataFrame, most: int, illustrative: bool, lang: str) -> Figure:
    """The projects that are among the first ``most`` before or after, in the order of their ranks.

    ``table`` has a row per project: ``project`` (its name), ``before_rank`` and ``after_rank``, and may have
    more; all of it stands behind the chart, in the order of the ranks after.
    """
    first = table[(table["before_rank"] <= most) | (table["after_rank"] <= most)].reset_index(drop=True)
    drawn = pd.concat([_side(first, side, lang) for side in ("before", "after")], ignore_index=True)
    kinds = [_say(f"kind.{name}", lang) for name in _LOOKS]
    colour = alt.Color(
        "kind:N", title=None, scale=alt.Scale(domain=kinds, range=[look[0] for look in _LOOKS.values()])
    )
    dash = alt.StrokeDash(
        "kind:N", title=None, scale=alt.Scale(domain=kinds, range=[look[1] for look in _LOOKS.values()])
    )
    places = alt.Scale(domain=[len(first) + 0.5, -0.6], nice=False)
    base = alt.Chart(drawn).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=list(_ROOM), nice=False)),
        y=alt.Y("place:Q", axis=None, scale=places),
        tooltip=[
            alt.Tooltip("project:N", title=_say("project", lang)),
            alt.Tooltip("side:N", title=_say("side", lang)),
            alt.Tooltip("rank:Q", title=_say("rank", lang), format=",d"),
        ],
    )
    lines = base.mark_line(strokeWidth=2.5).encode(color=colour, strokeDash=dash, detail="project:N")
    points = base.mark_point(filled=True, size=70, opacity=1).encode(color=colour)
    layers = [lines, points, *(_names(base, side) for side in (0, 1)), _moves(base), _heads(lang)]
    said = describe_moves(first, most, lang)
    title = title_of(_say("title", lang, count=len(first)), illustrative, lang)
    chart = finished(alt.layer(*layers), title, lang, _ROW_PIXELS * max(3, len(first) + 1))
    chart = chart.configure_view(stroke=None)
    behind = table.sort_values(["after_rank", "before_rank"], kind="stable").reset_index(drop=True)
    return Figure(chart, behind, said)


def describe_moves(first: pd.DataFrame, most: int, lang: str) -> str:
    """How many moved up and down, and who the farthest."""
    up = first["before_rank"] - first["after_rank"]
    counts = {"up": int((up > 0).sum()), "down": int((up < 0).sum()), "same": int((up == 0).sum())}
    said = _say("alt", lang, most=most, **counts)
    for kind, farthest in (("highest", up.max()), ("lowest", up.min())):
        if (farthest > 0) if kind == "highest" else (farthest < 0):
            row = first[up == farthest].iloc[0]
            called = {"before": int(row["before_rank"]), "after": int(row["after_rank"])}
            said += _say(kind, lang, project=row["project"], **called)
    return said


def _side(first: pd.DataFrame, side: str, lang: str) -> pd.DataFrame:
    """One end of every line: where it stands and what is written there."""
    rank, up = first[f"{side}_rank"], first["before_rank"] - first["after_rank"]
    kind = ["up" if each > 0 else "down" if each < 0 else "same" for each in up]
    order = first.assign(row=range(len(first))).sort_values([f"{side}_rank", "project"], kind="stable")["row"]
    place = pd.Series(range(1, len(first) + 1), index=order.to_numpy()).sort_index().to_numpy()
    move = [f"{_LOOKS[name][2]} {abs(each) if each else ''}" for name, each in zip(kind, up, strict=True)]
    return pd.DataFrame(
        {
            "project": first["project"],
            "rank": rank,
            "x": 0 if side == "before" else 1,
            "side": _say(side, lang),
            "place": place,
            "kind": [_say(f"kind.{name}", lang) for name in kind],
            "name": [f"{each}. {name}" for each, name in zip(rank, first["project"], strict=True)],
            "move": move,
        }
    )


def _names(base: alt.Chart, side: int) -> alt.Chart:
    away = {"align": "left", "dx": _MOVE_PIXELS} if side else {"align": "right", "dx": -12}
    words = base.transform_filter(alt.datum.x == side).mark_text(
        fontSize=14, baseline="middle", limit=_NAME_PIXELS, color=LIMIT, **away
    )
    return words.encode(text="name:N")


def _moves(base: alt.Chart) -> alt.Chart:
    """By how many ranks, beside the column after."""
    words = base.transform_filter(alt.datum.x == 1).mark_text(
        fontSize=14, fontWeight="bold", align="left", dx=12, baseline="middle", color=LIMIT
    )
    return words.encode(text="move:N")


def _heads(lang: str) -> alt.Chart:
    """What the two columns are, above them."""
    heads = pd.DataFrame({"x": [0, 1], "place": [0, 0], "text": [_say("before", lang), _say("after", lang)]})
    words = alt.Chart(heads).mark_text(fontSize=15, fontWeight="bold", baseline="middle")
    return words.encode(x="x:Q", y="place:Q", text="text:N")


def _say(key: str, lang: str, **params: object) -> str:
    return locale.say(f"questions.ranks.{key}", lang, **params)
