"""Counts and points, bar by bar: complete dossiers by body, contributions by criterion."""

from __future__ import annotations

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import AMOUNT, ASK, NAMES, Figure, finished, say, tip, title_of


def dossiers_by_body(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """How many projects of each lead body have complete dossiers, and how many lack something.

    ``table`` has a row per body in protocol order: ``ministry`` (its name), ``project_count`` and
    ``complete_count``, and may have more.
    """
    kinds = [say(f"dossiers.{name}", lang) for name in ("complete", "lacking")]
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
        x=alt.X("projects:Q", title=say("dossiers.axis", lang), axis=whole, stack="zero"),
        y=alt.Y("ministry:N", sort=list(table["ministry"]), title=None, axis=NAMES),
        order=alt.Order("order:Q"),
        tooltip=[tip(field, lang) for field in ("ministry", "kind", "projects")],
    )
    looks = alt.Scale(domain=kinds, range=[AMOUNT, ASK])
    bars = base.mark_bar(size=18).encode(color=alt.Color("kind:N", title=None, scale=looks))
    whole_register, complete = int(table["project_count"].sum()), int(table["complete_count"].sum())
    said = say("dossiers.alt", lang, complete=complete, whole=whole_register)
    title = title_of(say("dossiers.title", lang), illustrative, lang)
    return Figure(finished(alt.layer(bars), title, lang, 28 * len(table)), table, said)


def contributions(table: pd.DataFrame, illustrative: bool, lang: str) -> Figure:
    """What every criterion adds to one project's value, under the most that it could add.

    ``table`` has a row per leaf in the order of the tree: ``criterion`` (its name), ``adds_e4`` and
    ``most_e4``, what it adds at 100 points, in 1e-4 point.
    """
    kinds = {"most_e4": (ASK, 18), "adds_e4": (AMOUNT, 10)}
    names = {column: say(f"contributions.{column.removesuffix('_e4')}", lang) for column in kinds}
    scale = alt.Scale(domain=list(names.values()), range=[colour for colour, _ in kinds.values()])
    axis = alt.Axis(format=",.0f", tickMinStep=1, tickCount=8)
    layers = [
        alt.Chart(
            pd.DataFrame(
                {"criterion": table["criterion"], "kind": names[column], "points": table[column] / 1e4}
            )
        ).mark_bar(size=size).encode(
            x=alt.X("points:Q", title=say("contributions.axis", lang), axis=axis),
            y=alt.Y("criterion:N", sort=list(table["criterion"]), title=None, axis=NAMES),
            color=alt.Color("kind:N", title=None, scale=scale),
            tooltip=[tip(field, lang) for field in ("criterion", "kind", "points")],
        )
        for column, (_, size) in kinds.items()
    ]  # fmt: skip
    top = table.sort_values("adds_e4", ascending=False, kind="stable").head(3)
    named = "; ".join(
        f"{name} {locale.points(points, lang)}"
        for name, points in zip(top["criterion"], top["adds_e4"].tolist(), strict=True)
    )
    said = say("contributions.alt", lang, count=len(table), named=named)
    title = title_of(say("contributions.title", lang), illustrative, lang)
    return Figure(finished(alt.layer(*layers), title, lang, 26 * len(table)), table, said)
