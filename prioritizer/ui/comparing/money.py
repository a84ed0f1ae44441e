"""Who gets how much in every scenario: by ministry, class and technology, by project, and who moves."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from prioritizer import charts, locale
from prioritizer.comparison import Comparison
from prioritizer.comparison.caveats import values_differ
from prioritizer.comparison.cells import heads, summary_cells
from prioritizer.comparison.moves import moves_from_base
from prioritizer.comparison.words import describe_funded, label
from prioritizer.ui import tables, texts
from prioritizer.ui.comparing import frames, showing, switches
from prioritizer.ui.switches import switch

DRAWN = 30  # projects in the chart, those that differ most


def by_group(comparison: Comparison, look: str, lang: str) -> None:
    """The money of ministries, classes or technologies, then the results in a few numbers."""
    lines = {
        "ministry": comparison.ministries,
        "class": comparison.classes,
        "technology": comparison.technologies,
    }
    field = switch("compare-by", "compare.page.by", list(lines), "compare.head", lang)
    frame = frames.looked_at(frames.groups(comparison, lines[field], lang), look)
    if frame.empty:
        st.info(texts.phrase("compare.page.none_differ", lang), icon=":material/equal:")
    else:
        _drawn_groups(comparison, frame, field, look, lang)
    st.subheader(texts.phrase("compare.page.summary", lang), anchor=False)
    summary(comparison, lang)


def _drawn_groups(comparison: Comparison, frame: pd.DataFrame, field: str, look: str, lang: str) -> None:
    head = locale.say(f"compare.head.{field}", lang)
    some = frames.with_money(frame)
    drawn = charts.money_side_by_side(
        some,
        _drawn_labels(comparison, lang) | {"group": head},
        frames.drawn(frame, look),
        _is_illustrative(comparison),
        lang,
    )
    named = frames.labels(comparison, lang) | {"group": head}
    if left := [name for name in frame["group"] if name not in set(some["group"])]:
        st.caption(texts.phrase("compare.page.nobody", lang, names=", ".join(left)))
    tables.figure(drawn, lang, table=frames.as_shown(frame, look), labels=named)


def summary(comparison: Comparison, lang: str) -> None:
    """Status, money and objective of every scenario."""
    head = locale.say("compare.page.column.fact", lang)
    frame = pd.DataFrame(summary_cells(comparison, lang), columns=[head, *heads(comparison, lang)])
    showing.table(frame, locale.say("compare.page.summary", lang), lang)
    if values_differ(comparison):
        st.caption(texts.phrase("compare.page.not_comparable", lang))


def by_project(comparison: Comparison, look: str, lang: str) -> None:
    """Project by project: a chart of those that differ most, and a table of all that are looked for."""
    frame = switches.found(frames.looked_at(frames.projects(comparison, lang), look), lang)
    if frame.empty:
        key = "none_differ" if look == "differ" else "none_found"
        st.info(texts.phrase(f"compare.page.{key}", lang), icon=":material/search_off:")
        return
    if len(frame) > DRAWN:
        st.caption(texts.phrase("compare.page.largest", lang, count=DRAWN, whole=len(frame)))
    drawn = charts.projects_side_by_side(
        frame[:DRAWN],
        _drawn_labels(comparison, lang),
        frames.drawn(frame, look),
        _is_illustrative(comparison),
        lang,
    )
    tables.figure(drawn, lang, table=frames.as_shown(frame, look), labels=frames.labels(comparison, lang))


def funded_and_moved(comparison: Comparison, lang: str) -> None:
    """Who has money in all scenarios, some, one or none; who gains and loses against the base."""
    st.subheader(texts.phrase("compare.page.funded", lang), anchor=False)
    st.markdown(showing.bullets(describe_funded(comparison, lang)))
    title, named = locale.say("compare.page.funded", lang), frames.labels(comparison, lang)
    with st.expander(texts.phrase("compare.page.by_name", lang), icon=":material/list:"):
        frame = frames.funded(comparison, lang)
        tables.show(frame, lang, alt=title, rows=10, labels=named)
        tables.download(frame, lang, [title], labels=named)
    for at in comparison.planned:
        if at and 0 in comparison.planned:
            _moved(comparison, at, lang)


def _moved(comparison: Comparison, at: int, lang: str) -> None:
    title = locale.say("compare.page.moves", lang, label=label(at, lang), base=label(0, lang))
    st.subheader(texts.plain(title), anchor=False)
    frame = frames.moves(comparison, at, lang)
    if frame.empty:
        st.info(texts.phrase("compare.page.nothing_moves", lang), icon=":material/equal:")
        return
    st.markdown(texts.plain(moved_text(comparison, at, lang)))
    named = frames.labels(comparison, lang)
    tables.show(frame, lang, alt=title, rows=8, labels=named)
    tables.download(frame, lang, [title], labels=named)


def moved_text(comparison: Comparison, at: int, lang: str) -> str:
    """How many projects come in, get more, get less and step out, and by how much together."""
    ways = {"in": ("in", "new"), "more": ("more",), "less": ("less",), "out": ("out", "gone")}
    found = moves_from_base(comparison, at)
    own = {name: [each.moved_mvnd for each in found if each.way in group] for name, group in ways.items()}
    counts = {f"{name}_count": len(each) for name, each in own.items()}
    sums = {f"{name}_bn": locale.bn(abs(sum(each)), lang) for name, each in own.items()}
    return locale.say("compare.page.moved", lang, **counts, **sums)


def _drawn_labels(comparison: Comparison, lang: str) -> dict[str, str]:
    return {f"s{at + 1}_mvnd": name for at, name in enumerate(heads(comparison, lang))}


def _is_illustrative(comparison: Comparison) -> bool:
    return any(each.case.illustrative for each in comparison.evaluations)
