"""Meeting: decisions, earlier versions, papers to take away, a pack to open, and the big screen."""

from __future__ import annotations

import streamlit as st

from prioritizer.ui import screen, view
from prioritizer.ui.meeting import log, takeaway, versions
from prioritizer.ui.packs import page as packs
from prioritizer.ui.switches import switch

_PARTS = {
    "decisions": log.show,
    "versions": versions.show,
    "papers": takeaway.show,
    "pack": packs.show,
}


def show(shown: view.View) -> None:
    """The page."""
    lang = shown.lang
    title, choice, big = st.columns([2, 5, 2], vertical_alignment="center")
    title.header(shown.say("meeting.title"), anchor=False)
    with choice:
        part = switch("meeting-part", "meeting.parts", list(_PARTS), "meeting.part", lang)
    with big:
        screen.switch(lang)
    _PARTS[part](shown)


if __name__ == "__main__":
    show(view.current())
