"""A pack turned back into a scenario of its own, under a title, which is then gone to."""

from __future__ import annotations

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.pipeline import OpenedPack, Refused, Saved
from prioritizer.ui import faults, state, texts, view
from prioritizer.ui.packs import brought
from prioritizer.ui.saving.words import title_refusal

_GOES_TO = "prioritizer/ui/pages/overview.py"


def show(shown: view.View, pack: brought.Brought, found: OpenedPack) -> None:
    """The form; what stands in the way is told below it."""
    lang, title = shown.lang, found.case.scenario.title
    label = texts.phrase("meeting.pack.take", lang)
    with st.expander(label, icon=":material/edit_document:", key="pack-take"):
        st.markdown(texts.phrase("meeting.pack.take_help", lang))
        typed = {
            each: st.text_input(
                texts.phrase(f"saving.title_{each}", lang),
                value=locale.say("meeting.pack.title", each, title=title.into(each)),
                autocomplete="off",
                key=f"pack-title-{each}/{pack.sha256}",
            )
            for each in locale.LANGS
        }
        if st.button(texts.phrase("meeting.pack.take_now", lang), key="pack-take-now", type="primary"):
            _take(shown, found, {each: " ".join(text.split()) for each, text in typed.items()})


def _take(shown: view.View, found: OpenedPack, titles: dict[str, str]) -> None:
    if refused := title_refusal(shown, titles["vi"], titles["en"]):
        st.error(refused, icon=":material/block:")
        return
    title = titles if titles["en"] else titles["vi"]
    told = taken(shown, found, title)
    if not told:
        brought.put_away()
        st.switch_page(_GOES_TO)
    faults.show_table(told, shown.lang)


def taken(shown: view.View, found: OpenedPack, title: dict[str, str] | str) -> tuple[Fault, ...]:
    """Writes the scenario and opens it; else why it could not be."""
    try:
        outcome = pipeline.unpack_titled(found, shown.path.parent, title)
    except InputFaults as wrong:
        return tuple(wrong.faults)
    if isinstance(outcome, Refused):
        return outcome.faults
    if isinstance(outcome, Saved):  # nothing can be in conflict with what is new
        state.open_scenario(outcome.path.stem)
        state.tell_done("done_new", id=outcome.path.stem, asked=outcome.asked.stem)
        if not outcome.durable:
            state.tell_done("not_durable")
    return ()
