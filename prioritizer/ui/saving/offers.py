"""Drafts of the scenario that nobody has finished: taken up again, or dropped."""

from __future__ import annotations

import streamlit as st

from prioritizer import pipeline
from prioritizer.pipeline import Draft
from prioritizer.ui import state, view
from prioritizer.ui.saving import asking
from prioritizer.ui.saving.words import say, time_text

_MOST = 5


def show(shown: view.View) -> None:
    """The drafts, the newest first, folded; nothing where there is none."""
    kept = pipeline.drafts_of(shown.path)
    if not kept.found and not kept.broken:
        return
    count = len(kept.found) + len(kept.broken)
    with st.expander(say(shown, "offers.title", count=count), icon=":material/edit_note:", key="drafts"):
        for draft in kept.found[:_MOST]:
            _offer(shown, draft)
        if len(kept.found) > _MOST:
            st.caption(say(shown, "offers.more", count=len(kept.found) - _MOST))
        for path in kept.broken:
            file = path.relative_to(shown.path.parent).as_posix()
            st.caption(say(shown, "offers.broken", file=file))


def _offer(shown: view.View, draft: Draft) -> None:
    said, on, away = st.columns([4, 1, 1], vertical_alignment="center")
    when = time_text(draft.steps[-1].at, shown.lang)
    said.markdown(say(shown, "offers.one", when=when, count=draft.done))
    on.button(
        say(shown, "offers.go_on"),
        on_click=state.open_draft,
        args=(shown.id, draft.id),
        key=f"go-on/{draft.id}",
        width="stretch",
    )
    away.button(
        say(shown, "discard"),
        on_click=asking.about("discard", draft.id),
        args=(shown,),
        key=f"drop/{draft.id}",
        width="stretch",
    )
