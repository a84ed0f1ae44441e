"""One of a few, by buttons side by side: a part of a page, a way of looking."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from prioritizer.ui import texts


def switch(key: str, title: str, names: Sequence[str], said: str, lang: str) -> str:
    """One of a few names, called as the sentences below ``said`` say; it stays when the page changes."""
    st.session_state.setdefault(key, names[0])
    chosen = st.segmented_control(
        texts.phrase(title, lang),
        names,
        format_func=lambda name: texts.phrase(f"{said}.{name}", lang),
        key=key,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen or names[0]
