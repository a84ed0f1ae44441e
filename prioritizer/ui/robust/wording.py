"""What is said around an answer: the way to ask for it, that it is of an older state, that it was refused."""

from __future__ import annotations

import streamlit as st

from prioritizer import locale
from prioritizer.errors import Fault
from prioritizer.ui import texts, view
from prioritizer.ui.robust import settings, trying

_HERE = (
    "nothing_uncertain",
    "weights_clash",
    "weights_too_many_corners",
)  # told with what to do on the pages


def button(shown: view.View) -> None:
    """The button that asks; where nothing would come of it, why."""
    asked = settings.read(shown.case)
    given = shown.case.register.given_e4 is not None or shown.case.criteria is None
    nothing = asked is not None and given and asked.money.certain
    if nothing:
        st.info(_say("given", shown.lang), icon=":material/info:")
    st.button(
        _say("try", shown.lang),
        key="robustness-try",
        type="primary",
        icon=":material/casino:",
        on_click=trying.begin,
        args=(shown.case,),
        disabled=asked is None or nothing,
    )


def other_settings(shown: view.View, tried: trying.Try) -> None:
    """That the settings were changed since."""
    if settings.read(shown.case) != tried.asked:
        st.info(_say("other_settings", shown.lang), icon=":material/tune:")


def older(shown: view.View, tried: trying.Try) -> None:
    """That what follows is not about the case as it stands, and the way to ask anew."""
    said, again = st.columns([4, 1], vertical_alignment="center")
    said.warning(_say("older", shown.lang), icon=":material/history:")
    again.button(
        _say("again", shown.lang),
        key="robustness-again",
        type="primary",
        on_click=trying.begin,
        args=(shown.case,),
        width="stretch",
        disabled=settings.read(shown.case) is None,
    )


def refused(faults: tuple[Fault, ...], lang: str) -> None:
    """Why nothing could be drawn, and what to do about it."""
    for fault in faults:
        own = fault.code in _HERE
        remedy = (
            locale.say(f"robustness.page.mend.{fault.code}", lang)
            if own
            else locale.fault_remedy(fault, lang)
        )
        st.error(texts.plain(f"{locale.fault_message(fault, lang)} {remedy}"), icon=":material/block:")


def _say(key: str, lang: str) -> str:
    return texts.phrase(f"robustness.page.{key}", lang)
