"""A table of words, read rather than sorted, which can be taken away."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from prioritizer.ui import tables, texts


def table(frame: pd.DataFrame, title: str, lang: str, rows: Sequence[bool] | None = None) -> None:
    """The table, or only those of its ``rows``; whole it is what is taken away. Columns are called as they
    are named."""
    shown = frame if rows is None else frame[list(rows)]
    st.table(shown.map(texts.plain), hide_index=True, alt=title)
    tables.download(frame, lang, [title], labels={str(column): str(column) for column in frame})


def bullets(said: Sequence[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {texts.plain(each)}" for each in said)
