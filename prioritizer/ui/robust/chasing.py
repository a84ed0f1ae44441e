"""The fourth part: which scores are worth being certain of, and the way to their projects."""

from __future__ import annotations

import streamlit as st

from prioritizer import charts
from prioritizer.robustness.stress import Robustness
from prioritizer.robustness.words import UNKNOWNS, describe_unknown, describe_unknowns, worth_chasing
from prioritizer.ui import tables, texts, view
from prioritizer.ui.robust import frames

DRAWN = 15
_REGISTER = "prioritizer/ui/pages/register.py"


def show(shown: view.View, found: Robustness) -> None:
    """The scores that would move most money, beside what chance alone seems to move."""
    lang, chased = shown.lang, worth_chasing(found.main)[:UNKNOWNS]
    if not found.main.unknowns:
        st.info(texts.plain(" ".join(describe_unknowns(found, lang))), icon=":material/info:")
        return
    st.caption(texts.phrase("robustness.page.chasing_help", lang))
    frame = frames.unknowns(found, lang)
    if len(frame) > DRAWN:
        st.caption(texts.phrase("robustness.page.first_scores", lang, count=DRAWN, whole=len(frame)))
    drawn = charts.scores_worth_chasing(frame[:DRAWN], shown.case.illustrative, lang)
    named = frames.labels(lang) | _ends(lang)
    tables.figure(drawn, lang, table=frame, labels=named)
    if not chased:
        st.info(texts.plain(" ".join(describe_unknowns(found, lang))), icon=":material/info:")
    for each in chased:
        said, way = st.columns([5, 1], vertical_alignment="center")
        said.markdown(texts.plain(describe_unknown(found, each, lang)))
        place = "-".join(map(str, each.leaves))
        project = found.evaluation.case.register.ids[each.project]
        label = texts.phrase("robustness.page.open", lang, project=project)
        if way.button(label, key=f"open/{project}/{place}", width="stretch"):
            _open(project)


def _open(project: str) -> None:
    """Goes to one project in the register."""
    st.session_state["register-part"] = "project"
    st.session_state["register-project"] = project
    st.switch_page(_REGISTER)


def _ends(lang: str) -> dict[str, str]:
    return {f"{end}_mvnd": texts.phrase(f"robustness.page.score_{end}", lang) for end in ("low", "high")}
