"""Questions before something is done: whether to drop a draft, under which title to save as new."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prioritizer.ui import state, view
from prioritizer.ui.saving import outcomes
from prioritizer.ui.saving.words import decide, say, title_refusal

_TITLE, _ENGLISH, _HOW = "save-as-title", "save-as-english", "save-as-how"
_REFUSED = "save-as-refused"


def about(question: str, draft_id: str | None = None) -> Callable[[view.View], None]:
    """What a button does that asks first; ``draft_id``: about another draft than the one that is open."""

    def asked(shown: view.View) -> None:
        state.close_dialogs()
        st.session_state.pop(_REFUSED, None)
        state.open_dialog(question, shown.id, draft_id)

    return asked


def show(shown: view.View) -> None:
    """The question that is open, if one is about this scenario."""
    question, scenario_id, draft_id = state.dialog()
    if scenario_id != shown.id:
        return
    if question == "discard" and (draft_id or state.draft_id(shown.id)) is not None:
        _dialog(shown, "discard_title")(_discard)(shown, draft_id)
    elif question == "save_as" and shown.draft is not None:
        _dialog(shown, "save_as_title")(_save_as)(shown)


def _dialog(shown: view.View, title: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return st.dialog(say(shown, title), on_dismiss=state.close_dialogs)


def _discard(shown: view.View, draft_id: str | None) -> None:
    st.markdown(say(shown, "discard_question"))
    with st.container(horizontal=True):
        decide(shown, "discard_yes", "discard-yes", _drop, shown, draft_id, type="primary")
        decide(shown, "keep", "discard-no", state.close_dialogs)


def _drop(shown: view.View, draft_id: str | None) -> None:
    if draft_id is None:
        outcomes.drop(shown)
        return
    state.close_dialogs()
    state.tell(state.discard(shown, draft_id))


def _save_as(shown: view.View) -> None:
    st.text_input(say(shown, "title_vi"), key=_TITLE, autocomplete="off")
    st.text_input(say(shown, "title_en"), key=_ENGLISH, autocomplete="off")
    st.radio(
        say(shown, "how"),
        ["copy", "extends"],
        format_func=lambda how: say(shown, f"how_{how}"),
        captions=[say(shown, f"how_{how}_help") for how in ("copy", "extends")],
        key=_HOW,
    )
    if refused := st.session_state.get(_REFUSED):
        st.error(refused, icon=":material/block:")
    with st.container(horizontal=True):
        decide(shown, "save", "save-as-yes", _save_new, shown, type="primary")
        decide(shown, "not_now", "save-as-no", state.close_dialogs)


def _save_new(shown: view.View) -> None:
    title, english = (" ".join(st.session_state[key].split()) for key in (_TITLE, _ENGLISH))
    st.session_state[_REFUSED] = title_refusal(shown, title, english)
    if not st.session_state[_REFUSED]:
        both = {"vi": title, "en": english} if english else title
        outcomes.save_new(shown, both, st.session_state[_HOW])
