"""Guided questions about weights, one at a time: begun, stopped, taken up again, and taken over at the
end."""

from __future__ import annotations

import streamlit as st

from prioritizer.scoring.interview import question
from prioritizer.ui import texts, view
from prioritizer.ui.questions import asking, beginning, keeping, result, words


def show(shown: view.View) -> None:
    """The questioning that is open, or where one begins."""
    if told := keeping.told():
        st.info(words.say(f"told.{told}", shown.lang), icon=":material/info:")
    held = keeping.opened(shown.path)
    if held is None or not keeping.fits(held, shown.case):
        beginning.show(shown)
        return
    st.subheader(texts.plain(words.headline(shown.case, held, shown.lang)), anchor=False)
    st.caption(words.say("who", shown.lang, by=held.by, day=keeping.day(held, shown.lang), why=held.why))
    asked = question(held)
    if asked is None:
        result.show(shown, held)
    else:
        asking.show(shown, held, asked)
