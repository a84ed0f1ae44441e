"""The second part: how far weights may move while the plan stays, and what weights do to one project."""

from __future__ import annotations

import streamlit as st

from prioritizer import charts, locale, pipeline
from prioritizer.robustness.stress import Robustness
from prioritizer.robustness.words import describe_interval, describe_stability, weight_text
from prioritizer.ui import tables, texts, view
from prioritizer.ui.robust import frames


def show(shown: view.View, found: Robustness) -> None:
    """Both questions, each with something to choose."""
    _intervals(shown, found)
    _tornado(shown, found)


def _intervals(shown: view.View, found: Robustness) -> None:
    lang = shown.lang
    st.subheader(texts.phrase("robustness.page.intervals", lang), anchor=False)
    if not found.stability:
        st.info(texts.plain(" ".join(describe_stability(found, lang))) or _none(lang), icon=":material/info:")
        return
    st.caption(texts.phrase("robustness.page.intervals_help", lang))
    frame = frames.intervals(found, lang)
    drawn = charts.weight_intervals(frame, shown.case.illustrative, lang)
    held = {each.criterion: each for each in found.stability}
    table = frame[["criterion"]].copy()
    for name in ("low", "now", "high"):
        ends = [getattr(each, name) for each in held.values()]
        weights = [end if name == "now" or end is None else end.weight for end in ends]
        table[f"{name}_weight"] = ["–" if own is None else weight_text(own, lang) for own in weights]
    tables.figure(drawn, lang, table=table, labels=_labels(lang))
    chosen = st.selectbox(
        texts.phrase("robustness.page.criterion", lang),
        list(held),
        format_func=lambda one: pipeline.criterion_name(found.evaluation.case, one, lang),
        key="robustness-criterion",
    )
    st.markdown(texts.plain(describe_interval(found, held[chosen], lang)))


def _tornado(shown: view.View, found: Robustness) -> None:
    lang, register = shown.lang, found.evaluation.case.register
    st.subheader(texts.phrase("robustness.page.tornado", lang), anchor=False)
    st.caption(texts.phrase("robustness.page.tornado_help", lang))
    rows = found.evaluation.scores.in_rank_order().tolist()
    row = st.selectbox(
        texts.phrase("robustness.page.project", lang),
        rows,
        format_func=lambda one: f"{register.ids[one]} – {register.name(one, lang)}",
        key="robustness-project",
    )
    frame = frames.tornado(found, row, lang)
    if frame.empty:
        st.info(texts.phrase("robustness.page.nothing_moves", lang), icon=":material/equal:")
        return
    expected = round(found.main.expected_mvnd[row])
    drawn = charts.weight_swings(frame, register.ids[row], expected, shown.case.illustrative, lang)
    named = {
        "criterion": locale.say("robustness.column.criterion", lang),
        "low_mvnd": locale.say("robustness.column.weighs_least", lang),
        "high_mvnd": locale.say("robustness.column.weighs_most", lang),
    }
    tables.figure(drawn, lang, labels=named)


def _labels(lang: str) -> dict[str, str]:
    names = ("low_weight", "now_weight", "high_weight", "criterion")
    return {name: locale.say(f"robustness.column.{name}", lang) for name in names}


def _none(lang: str) -> str:
    return texts.phrase("robustness.stability.none", lang)
