"""What is told above the page: what came of a save, what is wrong with a draft, what was done at start."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.errors import Fault
from prioritizer.ui import faults, state, texts, view
from prioritizer.ui.saving import outcomes
from prioritizer.ui.saving.words import say

_WARNINGS = ("beside", "not_durable", "went_on")


@st.cache_resource(max_entries=16, show_spinner=False)
def _prepared(folder: str) -> pipeline.Prepared:
    return pipeline.prepare(Path(folder))


def at_start(shown: view.View) -> None:
    """What was done to the folder when the app first looked into it; told once to everybody who looks."""
    done, lang = _prepared(str(shown.path.parent)), shown.lang
    if not state.first_time("prepared"):
        return
    if done.swept:
        said = texts.phrase("saving.told.swept", lang, count=done.swept)
        st.info(said, icon=":material/cleaning_services:")
    if done.upgraded:
        said = texts.phrase("saving.told.upgraded", lang, ids=", ".join(done.upgraded))
        st.info(said, icon=":material/upgrade:")
    for name, refused in done.refused:
        st.warning(texts.phrase("saving.told.not_upgraded", lang, id=name), icon=":material/upgrade:")
        _faults(refused.faults, lang)


def show(shown: view.View) -> None:
    """What came of the last click, and what holds of the draft."""
    if shown.draft is None and not shown.trouble and state.draft_id(shown.id) is not None:
        state.open_draft(shown.id, None)
        state.keep_in_address(shown.lang, shown.id)
        state.tell((Fault("draft_gone", shown.path.name),))
    for key, params in state.told_done():
        draw = st.warning if key in _WARNINGS else st.success
        draw(say(shown, f"told.{key}", **params), icon=":material/save:")
    _faults(state.told(), shown.lang)
    _faults(shown.trouble, shown.lang)
    if shown.overtaken:
        _overtaken(shown)


def _faults(found: tuple[Fault, ...], lang: str) -> None:
    if len(found) > 3:
        faults.show_table(found, lang)
        return
    for fault in found:
        said = f"{locale.fault_message(fault, lang)} {locale.fault_remedy(fault, lang)}"
        st.error(texts.plain(said), icon=":material/block:")


def _overtaken(shown: view.View) -> None:
    said, see = st.columns([5, 1], vertical_alignment="center")
    said.info(say(shown, "overtaken"), icon=":material/group:")
    # A save that meets another's writes nothing: it tells the differences and asks.
    label = say(shown, "see_conflict")
    see.button(label, on_click=outcomes.save, args=(shown,), key="see-conflict", width="stretch")
