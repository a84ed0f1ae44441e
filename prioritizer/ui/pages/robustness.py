"""Robustness: what stays true of the plan when weights, scores and money come out otherwise."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prioritizer.robustness.stress import Robustness
from prioritizer.ui import texts, view
from prioritizer.ui.outcome import noplan
from prioritizer.ui.robust import bodies, chasing, result, settings, trying, ways, weights, wording
from prioritizer.ui.switches import switch

_PARTS: dict[str, Callable[[view.View, Robustness], None]] = {
    "result": result.show,
    "weights": weights.show,
    "bodies": bodies.show,
    "chasing": chasing.show,
    "ways": ways.show,
}


def show(shown: view.View) -> None:
    """The page."""
    tried = trying.last(shown.case)
    title, place = st.columns([3, 2], vertical_alignment="center")
    title.header(shown.say("robustness.title"), anchor=False)
    if not shown.evaluation.plan.found:
        noplan.show(shown)
        st.info(texts.phrase("robustness.page.no_plan", shown.lang), icon=":material/info:")
        return
    if tried is None:
        _introduced(shown)
        return
    with (
        place,
        st.popover(texts.phrase("robustness.page.how", shown.lang), icon=":material/tune:", width="stretch"),
    ):
        settings.show(shown)
        wording.button(shown)
    _tried(shown, tried)


def _introduced(shown: view.View) -> None:
    """What the page will answer, and what can be set before."""
    with st.container(border=True):
        st.markdown(texts.phrase("robustness.page.asks", shown.lang))
        settings.show(shown)
        wording.button(shown)


def _tried(shown: view.View, tried: trying.Try) -> None:
    if trying.is_current(shown.case, tried):
        answered = trying.answered(shown, tried)
        if answered is None:
            return
        tried = answered
        wording.other_settings(shown, tried)
    else:
        wording.older(shown, tried)
    if tried.faults:
        wording.refused(tried.faults, shown.lang)
    if tried.found is not None:
        part = switch(
            "robustness-part", "robustness.page.parts", list(_PARTS), "robustness.page.part", shown.lang
        )
        _PARTS[part](shown, tried.found)


if __name__ == "__main__":
    show(view.current())
