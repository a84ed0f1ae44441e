"""Who moves up and down under what is being tried, for a whole room to read."""

from __future__ import annotations

import streamlit as st

from prioritizer import charts
from prioritizer.ui import frames, tables, view
from prioritizer.ui.questions import words

_MOST = (10, 15, 20)


def show(shown: view.View) -> None:
    """The chart of the first projects before and after; nothing to draw where nothing is being tried."""
    lang = shown.lang
    if shown.draft is None or not shown.draft.done:
        st.info(words.say("ranks.nothing", lang), icon=":material/info:")
        return
    most = st.segmented_control(
        words.say("ranks.most", lang),
        _MOST,
        default=_MOST[0],
        format_func=lambda count: words.say("ranks.first", lang, count=count),
        required=True,
        key="ranks-most",
        label_visibility="collapsed",
    )
    frame = frames.effect(shown.before, shown.evaluation, lang)
    illustrative = shown.case.illustrative
    tables.figure(charts.ranks_before_and_after(frame, most or _MOST[0], illustrative, lang), lang)
