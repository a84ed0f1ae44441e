"""What one choice of weights does beside another: money in all, money that moves, ranks that change."""

from __future__ import annotations

import streamlit as st

from prioritizer import locale
from prioritizer.results import Evaluation
from prioritizer.ui import frames, tables, texts, view


def show(shown: view.View, before: Evaluation, after: Evaluation, compared: str, rows: int = 7) -> None:
    """Three numbers and the table behind them; ``compared`` says what is compared with what."""
    lang = shown.lang
    frame = frames.effect(before, after, lang)
    moved_mvnd = int(frame["change_mvnd"].fillna(0).clip(lower=0).sum())
    total, moved, ranks = st.columns(3)
    total.metric(
        shown.say("criteria.total"), locale.bn(after.plan.total_mvnd, lang) if after.plan.found else "–"
    )
    moved.metric(shown.say("criteria.moved"), locale.bn(moved_mvnd, lang))
    changed = int((frame["before_rank"] != frame["after_rank"]).sum())
    ranks.metric(shown.say("criteria.ranks"), shown.say("overview.of", part=changed, whole=len(frame)))
    tables.show(frame, lang, alt=shown.say("criteria.effect_alt"), rows=rows, lines=2)
    st.caption(texts.plain(compared))
