"""A page in parts, one at a time: what is not looked at costs nothing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from prioritizer.ui import view


def choose(shown: view.View, page: str, names: Sequence[str]) -> str:
    """The part of a page that is looked at; it stays when language, scenario or page change and come back."""
    key = f"{page}-part"
    st.session_state.setdefault(key, names[0])
    chosen = st.segmented_control(
        shown.say(f"{page}.parts"),
        names,
        format_func=lambda name: shown.say(f"{page}.part.{name}"),
        key=key,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen or names[0]
