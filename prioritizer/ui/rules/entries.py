"""Fields that edit one value of the draft: they show what holds, and what they take is tried at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from prioritizer.errors import Misread
from prioritizer.ui import state, texts, view
from prioritizer.ui.rules import trying
from prioritizer.ui.rules.changes import Changes

T = TypeVar("T")


def typed(
    shown: view.View,
    label: str,
    key: str,
    now: str,
    read: Callable[[str], T],
    take: Callable[[T], object],
    said: Callable[[T], str] | None = None,
    blank: Callable[[], object] | None = None,
    kept: str = "",
    **looks: Any,
) -> None:
    """A text field. What reads well goes to ``take``, nothing at all to ``blank`` where that may be; any
    other text changes nothing and is refused below, with what is ``kept``, in words. ``said`` echoes in full
    what was understood."""
    _follow(key, now)
    arguments = (key, read, take, blank)
    st.text_input(label, key=key, on_change=_taken, args=arguments, autocomplete="off", **looks)
    text = st.session_state[key]
    try:
        value = None if blank and not text.strip() else read(text)
    except Misread as misread:
        reason = texts.plain(trying.misread_in_words(misread, shown.lang))
        stays = shown.say("input.kept", kept=kept or now or trying.nothing(shown))
        st.error(f"{reason} {stays}", icon=":material/block:")
        return
    if said is not None and value is not None:
        st.caption(said(value))
    trying.show_refusal(shown, key)


def picked(
    shown: view.View,
    label: str,
    options: Sequence[str],
    key: str,
    now: str,
    take: Callable[[str], object],
    words: Callable[[str], str],
    kind: str = "selectbox",
    **looks: Any,
) -> None:
    """One of several; a choice that is refused goes back to what holds."""
    st.session_state[key] = now
    widget: Any = {"segmented": st.segmented_control, "radio": st.radio, "selectbox": st.selectbox}[kind]
    must = {"required": True} if kind == "segmented" else {}
    taken = {"on_change": _chosen, "args": (key, now, take)}
    widget(label, options, format_func=words, key=key, **taken, **must, **looks)
    trying.show_refusal(shown, key)


def several(
    shown: view.View,
    label: str,
    options: Sequence[str],
    key: str,
    now: Sequence[str],
    take: Callable[[list[str]], object],
    words: Callable[[str], str],
    **looks: Any,
) -> None:
    """Any of several; what is refused goes back to what holds."""
    st.session_state[key] = list(now)
    st.multiselect(
        label, options, format_func=words, key=key, on_change=_chosen, args=(key, list(now), take), **looks
    )
    trying.show_refusal(shown, key)


def switched(
    shown: view.View, label: str, key: str, now: bool, take: Callable[[bool], object], **looks: Any
) -> None:
    """Yes or no; what is refused goes back to what holds."""
    st.session_state[key] = now
    st.toggle(label, key=key, on_change=_chosen, args=(key, now, take), **looks)
    trying.show_refusal(shown, key)


def tried(shown: view.View, label: str, key: str, what: str, told: Changes, **looks: Any) -> None:
    """A button that tries changes."""
    st.button(label, key=key, on_click=trying.attempt, args=(shown, key, what, told), **looks)
    trying.show_refusal(shown, key)


def _follow(key: str, now: str) -> None:
    """Sets the field to what holds whenever that is another than the field was last set to: after an undo, a
    change by another hand, or a text that was taken and is shown in full."""
    of = (now, state.generation())
    if key not in st.session_state or st.session_state.get(f"{key}/of") != of:
        st.session_state[key], st.session_state[f"{key}/of"] = now, of


def _taken(
    key: str,
    read: Callable[[str], Any],
    take: Callable[[Any], object],
    blank: Callable[[], object] | None,
) -> None:
    text = st.session_state[key]
    if blank is not None and not text.strip():
        blank()
        return
    try:
        value = read(text)
    except Misread:
        return  # the field says so when it is drawn
    take(value)


def _chosen(key: str, now: object, take: Callable[[Any], object]) -> None:
    if st.session_state[key] != now:
        take(st.session_state[key])
