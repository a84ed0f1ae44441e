"""Where scenarios differ in what they start from, and what the plan of one is worth in another."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from prioritizer import locale
from prioritizer.comparison import Comparison
from prioritizer.comparison.caveats import describe_above_all
from prioritizer.comparison.cells import ABSENT, agreement_cells, heads, lost_share_text, lost_text
from prioritizer.comparison.takeover import describe_breaches, describe_regrets
from prioritizer.comparison.words import LINES, describe_tables, given_by, label, stated_key
from prioritizer.ui import texts
from prioritizer.ui.comparing import showing


def inputs(comparison: Comparison, lang: str) -> None:
    """What is stated differently, a row for each and a column for every scenario; then tables and lists."""
    title = locale.say("compare.page.inputs", lang)
    st.subheader(texts.plain(title), anchor=False)
    st.caption(texts.phrase("compare.page.inputs_help", lang))
    whole = _stated(comparison, lang)
    if whole.empty and not comparison.tables:
        st.info(texts.phrase("compare.alike", lang), icon=":material/equal:")
        return
    if not whole.empty:
        keys = [each.key for each in comparison.inputs]
        few = [keys[:at].count(key) < LINES for at, key in enumerate(keys)]
        showing.table(whole, title, lang, few)
        if left := len(few) - sum(few):
            st.caption(texts.phrase("compare.page.inputs_more", lang, count=left))
    if said := describe_tables(comparison, lang):
        st.subheader(texts.phrase("compare.page.tables", lang), anchor=False)
        st.markdown(showing.bullets(said))


def _stated(comparison: Comparison, lang: str) -> pd.DataFrame:
    rows = [
        [stated_key(comparison, each, lang), *(own or ABSENT for own in given_by(comparison, each, lang))]
        for each in comparison.inputs
    ]
    head = locale.say("compare.page.column.what", lang)
    return pd.DataFrame(rows, columns=[head, *heads(comparison, lang)])


def worth(comparison: Comparison, lang: str) -> None:
    """Regret where a plan is allowed; where it is not, why; rank correlation."""
    for name, frame in (("regret", _lost(comparison, lang)), ("agreement", _agreement(comparison, lang))):
        title = locale.say(f"compare.page.{name}", lang)
        st.subheader(texts.plain(title), anchor=False)
        showing.table(frame, title, lang)
        st.caption(texts.phrase(f"compare.page.{name}_help", lang))
        if name == "regret":
            _explained(comparison, lang)


def _explained(comparison: Comparison, lang: str) -> None:
    said = [*describe_above_all(comparison, lang), *describe_regrets(comparison, lang)]
    st.markdown(showing.bullets(said))
    if broken := describe_breaches(comparison, lang):
        st.markdown(f"**{texts.phrase('compare.page.breaches', lang)}**")
        st.markdown(showing.bullets(broken))


def _lost(comparison: Comparison, lang: str) -> pd.DataFrame:
    """By plan (rows) and scenario (columns), the value lost and its share of the best there."""
    rows = []
    for plan in range(len(comparison.evaluations)):
        own = [each for each in comparison.regrets if each.plan == plan]
        cells = [(lost_text(each, lang), lost_share_text(comparison, each, lang)) for each in own]
        rows.append([label(plan, lang), *(f"{lost} ({share})" if share else lost for lost, share in cells)])
    head = locale.say("compare.page.column.plan", lang)
    return pd.DataFrame(rows, columns=[head, *heads(comparison, lang)])


def _agreement(comparison: Comparison, lang: str) -> pd.DataFrame:
    head = locale.say("compare.page.column.scenario", lang)
    return pd.DataFrame(agreement_cells(comparison, lang), columns=[head, *heads(comparison, lang)])
