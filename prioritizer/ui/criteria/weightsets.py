"""One set of criteria with its weights: sliders that keep the sum, some held, all alike, or typed exactly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from prioritizer import locale
from prioritizer.errors import Misread
from prioritizer.model import Criterion
from prioritizer.scoring.sharing import alike, filled, room
from prioritizer.ui import fields, state, texts, view
from prioritizer.ui.criteria import origins, sliders, weighing
from prioritizer.ui.criteria.shares import read_typed_share, typed
from prioritizer.ui.questions import words

Siblings = tuple[Criterion, ...]
Weights = Mapping[str, Fraction]


def show(shown: view.View, parent: str, siblings: Siblings, class_: str = "") -> None:
    """A slider for each weight, what it is in a project's value beside it, and other ways to set them
    below."""
    both = origins.weights(shown.case, class_)
    own = {node.id: both[node.id][0] for node in siblings}
    held = sliders.held(shown.id, class_, own)
    for node in siblings:
        _slider(shown, node, own, held, class_, both[node.id][1])
    if len(siblings) > 1:
        _other_ways(shown, parent, siblings, class_, own)


def _slider(
    shown: view.View, node: Criterion, own: Weights, held: set[str], class_: str, in_value: Fraction
) -> None:
    slide, beside = st.columns([5, 2], vertical_alignment="center")
    key = sliders.key_of(shown, node.id, own[node.id], class_)
    stuck = node.id in held or room(own, node.id, held) == own[node.id] != 1
    slide.slider(
        texts.plain(node.name.into(shown.lang)),
        0,
        100,
        step=1,
        format="%d%%",
        key=key,
        disabled=len(own) == 1 or stuck,
        on_change=sliders.take,
        args=(shown.id, node.id, key, class_),
    )
    points = locale.number(in_value * 100, shown.lang, 1)
    beside.caption(words.say("set.in_value", shown.lang, points=points))
    if len(own) > 2:
        hold = sliders.hold_key(shown.id, class_, node.id)
        helped = words.say("set.hold_help", shown.lang)
        label = words.say("set.hold", shown.lang)
        beside.checkbox(label, key=hold, help=helped, persist_state="session")
    fields.show_refusal(sliders.refusal_key(shown.id, node.id, class_), shown.lang)


def _other_ways(shown: view.View, parent: str, siblings: Siblings, class_: str, own: Weights) -> None:
    # The exact weights stand below: a label that changes would undo what is being dragged meanwhile.
    if any((weight * 100).denominator > 1 for weight in own.values()):
        shares = " – ".join(locale.percent(weight, shown.lang, 2) for weight in own.values())
        st.caption(shown.say("criteria.exact", shares=shares))
    key, (even, exact) = f"set/{class_}/{parent}", st.columns(2)
    same = alike(list(own))
    even.button(
        words.say("set.alike", shown.lang),
        key=f"{key}/alike",
        on_click=_set,
        args=(shown, key, parent, class_, same),
        disabled=dict(own) == same,
        width="stretch",
    )
    label = words.say("set.exact", shown.lang)
    with exact.popover(label, width="stretch", key=f"{key}/exact", on_change="rerun") as opened:
        if opened.open:
            _typed(shown, key, parent, siblings, class_, own)
    fields.show_refusal(key, shown.lang)


def _typed(shown: view.View, key: str, parent: str, siblings: Siblings, class_: str, own: Weights) -> None:
    """A text field for each weight; new ones, with what holds by then, whenever a weight has changed."""
    st.caption(words.say("set.exact_help", shown.lang))
    mark = "/".join(map(str, own.values()))
    keys = {node.id: f"{key}/{shown.id}/{node.id}/{mark}" for node in siblings}
    for node in siblings:
        if keys[node.id] not in st.session_state:
            st.session_state[keys[node.id]] = typed(own[node.id], shown.lang)
        st.text_input(
            texts.plain(node.name.into(shown.lang)), key=keys[node.id], autocomplete="off", max_chars=40
        )
    given = (shown, key, parent, class_, own, keys)
    st.button(
        words.say("set.apply", shown.lang), key=f"{key}/apply", type="primary", on_click=_apply, args=given
    )
    _answer(shown, key, siblings, own)


def _answer(shown: view.View, key: str, siblings: Siblings, own: Weights) -> None:
    """Why what was typed was not taken, or which weights were filled in."""
    refused: Misread | None = st.session_state.pop(f"{key}/misread", None)
    if refused is not None:
        st.error(words.refusal(refused, shown.lang), icon=":material/block:")
    blank: list[str] = st.session_state.pop(f"{key}/filled", [])
    for node in siblings:
        if node.id in blank:
            share = locale.percent(own[node.id], shown.lang, 2)
            st.info(words.say("set.filled", shown.lang, name=node.name.into(shown.lang), share=share))


def _apply(
    shown: view.View, key: str, parent: str, class_: str, own: Weights, keys: Mapping[str, str]
) -> None:
    wanted = {name: str(st.session_state[at]).strip() for name, at in keys.items()}
    try:
        given = {name: read_typed_share(text) if text else None for name, text in wanted.items()}
        weights = filled(given, own)
    except Misread as misread:
        st.session_state[f"{key}/misread"] = misread
        return
    st.session_state[f"{key}/filled"] = [name for name, text in wanted.items() if not text]
    _set(shown, key, parent, class_, weights)


def _set(shown: view.View, key: str, parent: str, class_: str, weights: Weights) -> None:
    state.attempt(shown, key, "weights", weighing.outright(shown.case, parent, class_, weights))
