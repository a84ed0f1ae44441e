"""The bar on every page: what is being tried, undo and redo, save, drop."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prioritizer.ui import state, texts, tried, view


def bar(shown: view.View) -> None:
    """What is being tried and what can be done with it; nothing where nothing is."""
    if shown.draft is None:
        return
    said = tried.words(shown)
    st.warning(say(shown, "trying", what=said) if said else say(shown, "same"), icon=":material/science:")
    draft = shown.draft
    with st.container(horizontal=True):
        _button(shown, "undo", state.undo, not draft.can_undo)
        _button(shown, "redo", state.redo, not draft.can_redo)
        _button(shown, "discard", _discard)


def _button(shown: view.View, name: str, act: Callable[[view.View], None], disabled: bool = False) -> None:
    st.button(say(shown, name), on_click=act, args=(shown,), key=name, disabled=disabled)


def _discard(shown: view.View) -> None:
    state.tell(state.discard(shown))


def say(shown: view.View, key: str, /, **params: object) -> str:
    """A sentence about saving, for a place that reads Markdown."""
    return texts.phrase(f"saving.{key}", shown.lang, **params)
