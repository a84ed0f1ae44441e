"""What is drawn: how often, which weights, whether money comes out otherwise, from which seed."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import Case
from prioritizer.ui import texts, view
from prioritizer.ui.switches import switch

DRAWS = (500, 2_000, 10_000)
SPREADS = (0, 5, 10, 20, 30)  # percent up and down
USUAL_SEED = 1
_WEIGHTS = ("any", "stated")
_DRAWS, _ALLOWED, _ENVELOPE, _ASKS, _SEED, _INTERVALS = (
    f"robustness-{name}" for name in ("draws", "weights", "envelope", "asks", "seed", "intervals")
)


def show(shown: view.View) -> None:
    """The settings; the rarer ones in an expander."""
    lang = shown.lang
    often, weights = st.columns(2, vertical_alignment="top")
    with often:
        _draws(lang)
    with weights:
        _weights(shown)
    if shown.evaluation.plan.relaxed:
        st.warning(_say("slow", lang), icon=":material/hourglass_top:")
    with st.expander(_say("more", lang), icon=":material/tune:"):
        left, middle, right = st.columns(3, vertical_alignment="top")
        with left:
            _spread(_ENVELOPE, "envelope", lang)
        with middle:
            _spread(_ASKS, "asks_of", lang)
        with right:
            _seed(lang)
        if shown.evaluation.plan.relaxed:
            st.toggle(_say("intervals_too", lang), key=_INTERVALS, persist_state="session")


def read(case: Case) -> pipeline.Asked | None:
    """What the settings come to; ``None`` where the seed cannot be read."""
    seed = _typed_seed()
    if seed is None:
        return None
    stated = st.session_state.get(_ALLOWED) == "stated" and can_be_stated(case)
    return pipeline.Asked(
        draws=int(st.session_state.get(_DRAWS) or DRAWS[1]),
        seed=seed,
        allowed=pipeline.Allowed(stated=stated),
        money=pipeline.Money(_factors(_ENVELOPE), _factors(_ASKS)),
        intervals=bool(st.session_state.get(_INTERVALS)),
    )


def can_be_stated(case: Case) -> bool:
    """Whether the group has said anything about weights."""
    return bool(case.scenario.elicitation)


def _draws(lang: str) -> None:
    st.session_state.setdefault(_DRAWS, DRAWS[1])
    st.segmented_control(
        _say("draws", lang),
        DRAWS,
        format_func=lambda count: locale.number(count, lang, 0),
        key=_DRAWS,
        required=True,
        persist_state="session",
        help=_say("draws_help", lang),
    )


def _weights(shown: view.View) -> None:
    if not can_be_stated(shown.case):
        st.caption(_say("nothing_stated", shown.lang))
        return
    st.markdown(_say("weights", shown.lang))
    switch(_ALLOWED, "robustness.page.weights", _WEIGHTS, "robustness.page.allowed", shown.lang)


def _spread(key: str, name: str, lang: str) -> None:
    st.session_state.setdefault(key, SPREADS[0])
    st.selectbox(
        _say(name, lang),
        SPREADS,
        format_func=lambda percent: _say("spread" if percent else "spread_none", lang, percent=percent),
        key=key,
        persist_state="session",
    )


def _seed(lang: str) -> None:
    st.session_state.setdefault(_SEED, str(USUAL_SEED))
    st.text_input(
        _say("seed", lang),
        key=_SEED,
        max_chars=10,
        autocomplete="off",
        persist_state="session",
        help=_say("seed_help", lang),
    )
    if _typed_seed() is None:
        st.error(
            _say("seed_wrong", lang, most=locale.number(pipeline.MOST_SEED, lang, 0)), icon=":material/block:"
        )


def _typed_seed() -> int | None:
    typed = str(st.session_state.get(_SEED, USUAL_SEED)).strip()
    seed = int(typed) if typed.isascii() and typed.isdigit() else None
    return seed if seed is not None and seed <= pipeline.MOST_SEED else None


def _factors(key: str) -> tuple[Fraction, Fraction]:
    spread = Fraction(int(st.session_state.get(key) or 0), 100)
    return 1 - spread, 1 + spread


def _say(key: str, lang: str, **params: object) -> str:
    return texts.phrase(f"robustness.page.{key}", lang, **params)
