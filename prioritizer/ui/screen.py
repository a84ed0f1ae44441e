"""The big screen: larger type, no editors, kept in the address, left by one click or by Escape.

The page's script puts ``screen=big`` of the address on the page, and its style sheet does the rest.
"""

from __future__ import annotations

import streamlit as st

from prioritizer.ui import texts

_ADDRESS, _BIG = "screen", "big"


def is_big() -> bool:
    """Whether this session is on a big screen: as was chosen, else as the address says."""
    return bool(st.session_state.get(_ADDRESS, st.query_params.get(_ADDRESS)) == _BIG)


def keep_in_address() -> None:
    """Writes the choice into the address; going to another page clears it there."""
    big = is_big()
    st.session_state[_ADDRESS] = _BIG if big else ""
    if big and st.query_params.get(_ADDRESS) != _BIG:
        st.query_params[_ADDRESS] = _BIG
    elif not big and _ADDRESS in st.query_params:
        del st.query_params[_ADDRESS]


def bar(title: str, lang: str) -> None:
    """Which scenario is on the big screen, and the way back."""
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.markdown(f"**{texts.plain(title)}**")
    right.button(
        texts.phrase("meeting.screen.leave", lang),
        key="leave-big-screen",
        on_click=_choose,
        args=("",),
        width="stretch",
    )


def switch(lang: str) -> None:
    """The way to the big screen."""
    if not is_big():
        st.button(
            texts.phrase("meeting.screen.enter", lang),
            key="enter-big-screen",
            icon=":material/present_to_all:",
            on_click=_choose,
            args=(_BIG,),
            help=texts.phrase("meeting.screen.help", lang),
        )


def _choose(screen: str) -> None:
    st.session_state[_ADDRESS] = screen
