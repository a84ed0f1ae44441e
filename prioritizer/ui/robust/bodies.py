"""The third part: what the projects of every lead body get together."""

from __future__ import annotations

import streamlit as st

from prioritizer import charts
from prioritizer.robustness.stress import Robustness
from prioritizer.ui import tables, texts, view
from prioritizer.ui.robust import frames


def show(shown: view.View, found: Robustness) -> None:
    """Expected money with its band beside the plan at hand."""
    frame = frames.bodies(found, shown.lang)
    st.caption(texts.phrase("robustness.page.bodies_help", shown.lang))
    drawn = charts.money_bands_of_bodies(frame, shown.case.illustrative, shown.lang)
    tables.figure(drawn, shown.lang, labels=frames.labels(shown.lang))
