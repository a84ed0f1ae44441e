"""Controls of the comparison: which part, which scenarios and rows, by what, and a search."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from prioritizer.ui import tables, texts
from prioritizer.ui.comparing import frames


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


def look(lang: str) -> str:
    """Everything, the base, the others, or only rows that differ."""
    return switch("compare-look", "compare.page.look", frames.LOOKS, "compare.page.show", lang)


def found(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The projects that are searched for."""
    query = st.text_input(
        texts.phrase("compare.page.search", lang),
        key="compare-search",
        placeholder=texts.phrase("compare.page.search_hint", lang),
        label_visibility="collapsed",
    )
    return tables.found(frame, query, ("id", "name"))
