"""Controls of the comparison: which scenarios and rows, and a search."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from prioritizer.ui import tables, texts
from prioritizer.ui.comparing import frames
from prioritizer.ui.switches import switch


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
