"""The bar on every page: what is being tried, undo and redo, save, save as, drop; and what came of it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prioritizer.ui import state, tried, view
from prioritizer.ui.saving import asking, conflict, notices, offers, outcomes
from prioritizer.ui.saving.words import say


def bar(shown: view.View) -> None:
    """What is being tried and what can be done with it; where nothing is, drafts that could be taken up."""
    notices.at_start(shown)
    notices.show(shown)
    if shown.draft is None and not shown.trouble:
        offers.show(shown)
    else:
        _trying(shown)
    asking.show(shown)
    conflict.show(shown)


def _trying(shown: view.View) -> None:
    left, right = st.columns([5, 6], vertical_alignment="center")
    with left:
        _words(shown)
    with right.container(horizontal=True, horizontal_alignment="right", gap="small"):
        draft, usable = shown.draft, not shown.trouble
        _button(shown, "undo", state.undo, draft is not None and draft.can_undo)
        _button(shown, "redo", state.redo, draft is not None and draft.can_redo)
        _button(shown, "save", outcomes.save, usable)
        _button(shown, "save_as", asking.about("save_as"), usable)
        _button(shown, "discard", asking.about("discard"))


def _words(shown: view.View) -> None:
    if shown.trouble:
        st.error(say(shown, "unusable"), icon=":material/error:")
    elif said := tried.words(shown):
        st.warning(say(shown, "trying", what=said), icon=":material/science:")
    else:
        st.info(say(shown, "same"), icon=":material/science:")


def _button(shown: view.View, name: str, act: Callable[[view.View], None], enabled: bool = True) -> None:
    kind = "primary" if name == "save" else "secondary"
    st.button(
        say(shown, name),
        on_click=act,
        args=(shown,),
        key=name,
        disabled=not enabled,
        type=kind,  # type: ignore[arg-type]
    )
