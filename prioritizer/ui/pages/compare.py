"""Compare: two to six scenarios side by side, the first of them the base."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.comparison import Comparison
from prioritizer.comparison.words import label
from prioritizer.ui import answers, texts, view
from prioritizer.ui.comparing import choice, differing, money, switches
from prioritizer.ui.switches import switch

_LOOKED_AT: dict[str, Callable[[Comparison, str, str], None]] = {
    "money": money.by_group,
    "projects": money.by_project,
}
_WHOLE: dict[str, Callable[[Comparison, str], None]] = {
    "moves": money.funded_and_moved,
    "inputs": differing.inputs,
    "value": differing.worth,
}
_PARTS = (*_LOOKED_AT, *_WHOLE)


def show(shown: view.View) -> None:
    """The page."""
    lang = shown.lang
    title, legend = st.columns([1, 5], vertical_alignment="center")
    title.header(shown.say("compare.title"), anchor=False)
    chosen = choice.usable(choice.pick(shown), lang)
    if not chosen:
        return
    comparison = _compared(chosen)
    if comparison is None:
        return
    with legend:
        _legend(comparison, chosen, lang)
    with st.container(horizontal=True):
        part = switch("compare-part", "compare.page.parts", list(_PARTS), "compare.page.part", lang)
        look = switches.look(lang) if part in _LOOKED_AT else ""
    if look:
        _LOOKED_AT[part](comparison, look, lang)
    else:
        _WHOLE[part](comparison, lang)


def _compared(chosen: Sequence[choice.Option]) -> Comparison | None:
    """The scenarios side by side; ``None`` while that is being worked out."""
    cases = [each.case for each in chosen if each.case is not None]
    name = "/".join(answers.fingerprint(case) for case in cases)
    evaluations = answers.assessed_each(cases)
    found: Comparison | None = answers.worked_out(
        "compare", cases[0], pipeline.side_by_side, evaluations, name=name
    )
    return found


def _legend(comparison: Comparison, chosen: Sequence[choice.Option], lang: str) -> None:
    """Which label is which scenario; which of them have no plan; whether values may be held together."""
    named = [
        f"**{texts.plain(label(at, lang))}** {texts.plain(each.title)}" for at, each in enumerate(chosen)
    ]
    named[0] += f" {texts.phrase('compare.page.is_base', lang)}"
    st.markdown(" · ".join(named))
    for at, each in enumerate(comparison.evaluations):
        if not each.plan.found:
            status = locale.say(f"terms.status.{each.plan.status}", lang)
            said = texts.phrase("compare.page.no_plan", lang, label=label(at, lang), status=status)
            st.warning(said, icon=":material/block:")


if __name__ == "__main__":
    show(view.current())
