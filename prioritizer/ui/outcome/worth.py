"""Value for money: what a billion buys, where the plan departs from that, and what its objective neglects."""

from __future__ import annotations

import streamlit as st

from prioritizer import charts, pipeline
from prioritizer.ui import tables, texts, view


def show(shown: view.View) -> None:
    """The sentences, the chart with its table, and what the objective leaves out. There is a plan."""
    found = pipeline.value_for_money(shown.evaluation)
    said = pipeline.describe_worth(shown.evaluation, found, shown.lang)
    st.markdown("\n".join(f"- {texts.plain(sentence)}" for sentence in said))
    st.caption(shown.say(f"objective.{shown.case.scenario.objective.basis}"))
    tables.figure(charts.value_for_money(shown.evaluation, found, shown.lang), shown.lang)
