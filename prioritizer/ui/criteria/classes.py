"""Weights of one class of projects alone, and what a point of it is worth beside other classes' points."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import CLASSES, Criterion
from prioritizer.results import E4
from prioritizer.scoring.weights import Weighing, exchange_rate, weighings
from prioritizer.ui import fields, state, texts, view
from prioritizer.ui.criteria import weighing, weightsets
from prioritizer.ui.questions import words

_OWN = ("by_class", "elicited_by_class")


def show(shown: view.View) -> None:
    """One class at a time: its rate, then every set of criteria, as everybody weighs it or on its own."""
    class_ = st.segmented_control(
        words.say("classes.which", shown.lang),
        CLASSES,
        default=CLASSES[0],
        format_func=lambda name: words.for_whom(name, shown.lang),
        required=True,
        key="classes-which",
    )
    class_ = class_ or CLASSES[0]
    column = shown.case.register.columns["class"]
    count = int(column.among((class_,)).sum())
    st.caption(words.say("classes.count", shown.lang, count=count, whole=len(shown.case.register)))
    _rate(shown, class_)
    for each in weighings(shown.case, class_):
        if len(each.siblings) > 1:
            _set(shown, class_, each)


def _rate(shown: view.View, class_: str) -> None:
    lang, now = shown.lang, exchange_rate(shown.case, class_)
    key = f"rate/{shown.id}/{class_}/{state.generation()}"

    def take(points_e4: int) -> bool:
        worth = Fraction(points_e4, E4 * 100)
        return state.attempt(shown, key, "exchange_rate", weighing.rate(shown.case, class_, worth))

    left, right = st.columns([2, 3], gap="medium")
    with left:
        label = words.say("classes.rate", lang)
        fields.points_field(label, round(now * 100 * E4), lang, key, take)
    sentence = locale.say("weights.rate_is_assumed" if now != 1 else "weights.no_rate", lang)
    right.info(texts.plain(sentence), icon=":material/balance:")


def _set(shown: view.View, class_: str, each: Weighing) -> None:
    lang, own = shown.lang, each.origin in _OWN
    name = words.over(shown.case, each.parent, lang)
    with st.container(border=True):
        st.toggle(
            words.say("classes.own", lang, name=name),
            value=own,
            key=f"own/{shown.id}/{class_}/{each.parent}/{own}/{state.generation()}",
            on_change=_switch,
            args=(shown, class_, each, own),
        )
        fields.show_refusal(_key(class_, each.parent), lang)
        if own:
            if each.heard is not None:
                st.caption(texts.plain(pipeline.describe_weighing(shown.case, class_, each, lang)[0]))
            weightsets.show(shown, each.parent, each.siblings, class_)
        else:
            st.caption(texts.plain(_general(each.siblings, each, lang)))


def _general(siblings: tuple[Criterion, ...], each: Weighing, lang: str) -> str:
    shares = "; ".join(
        f"{node.name.into(lang)} {locale.percent(each.weights[node.id], lang)}" for node in siblings
    )
    return locale.say("questions.classes.general", lang, shares=shares)


def _switch(shown: view.View, class_: str, each: Weighing, own: bool) -> None:
    changes = (
        weighing.general_again(shown.case, each.parent, class_)
        if own
        else weighing.outright(shown.case, each.parent, class_, each.weights)
    )
    state.attempt(shown, _key(class_, each.parent), "weights", changes)


def _key(class_: str, parent: str) -> str:
    return f"own/{class_}/{parent}"
