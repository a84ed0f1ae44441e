"""Criteria and weights: set them, be asked about them, see what they move and how they came about."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prioritizer import pipeline
from prioritizer.explanation import citation
from prioritizer.model import Criterion
from prioritizer.ui import parts, questions, texts, view
from prioritizer.ui.criteria import (
    agreeing,
    assessors,
    classes,
    effect,
    history,
    methods,
    origins,
    ranking,
    weightsets,
)
from prioritizer.ui.outcome import noplan
from prioritizer.ui.projects import detail
from prioritizer.ui.questions import keeping, words


def show(shown: view.View) -> None:
    """The page, one part at a time."""
    st.header(shown.say("criteria.title"), anchor=False)
    if shown.case.criteria is None:
        st.info(shown.say("criteria.none"), icon=":material/info:")
        return
    if keeping.ADDRESS in st.query_params:
        st.session_state.setdefault("criteria-part", "questions")
    _PARTS[parts.choose(shown, "criteria", list(_PARTS))](shown)


def _weights(shown: view.View) -> None:
    left, right = st.columns([3, 5], gap="medium")
    with left:
        st.subheader(shown.say("criteria.weights"), anchor=False)
        st.caption(f"{shown.say('criteria.rule')} {words.say('set.rule', shown.lang)}")
        _sets(shown)
    with right:
        st.subheader(shown.say("criteria.effect"), anchor=False)
        noplan.show(shown)
        effect.show(shown, shown.before, shown.evaluation, shown.say("criteria.compared"))


def _sets(shown: view.View) -> None:
    assert shown.case.criteria is not None
    for parent, siblings in shown.case.criteria.families():
        if not parent:
            weightsets.show(shown, parent, siblings)
            continue
        name = words.criterion(shown.case, parent, shown.lang)
        label, key = shown.say("criteria.within", name=name), f"within/{parent}"
        with st.expander(label, key=key, on_change="rerun") as folded:
            if folded.open:
                weightsets.show(shown, parent, siblings)
    if apart := pipeline.classes_apart(shown.case):
        told = "; ".join(pipeline.class_label(shown.case, name, shown.lang) for name in apart)
        st.caption(shown.say("criteria.apart", classes=told))


def _assessors(shown: view.View) -> None:
    agreeing.show(shown)
    assessors.show(shown)


def _tree(shown: view.View) -> None:
    assert shown.case.criteria is not None
    for place, factor in enumerate(shown.case.criteria.criteria):
        _branch(shown, factor, opened=place == 0)


def _branch(shown: view.View, factor: Criterion, opened: bool) -> None:
    name = texts.plain(factor.name.into(shown.lang))
    with st.expander(name, expanded=opened, icon=":material/account_tree:"):
        if factor.question:
            st.markdown(f"**{texts.plain(factor.question.into(shown.lang))}**")
        for leaf in factor.leaves():
            _leaf(shown, leaf)


def _leaf(shown: view.View, leaf: Criterion) -> None:
    st.markdown(f"##### {texts.plain(leaf.name.into(shown.lang))}")
    if leaf.question:
        st.markdown(texts.plain(leaf.question.into(shown.lang)))
    said = [
        (detail.level_name(level, shown.lang), level.en if shown.lang == "en" else level.vi)
        for level in leaf.levels
    ]
    st.markdown("\n".join(f"- **{score}** – {texts.plain(text)}" for score, text in said))
    if leaf.source:
        st.caption(shown.say("criteria.source", source=citation(leaf.source, shown.lang)))


_PARTS: dict[str, Callable[[view.View], None]] = {
    "weights": _weights,
    "questions": questions.show,
    "classes": classes.show,
    "ranks": ranking.show,
    "history": history.show,
    "origins": origins.show,
    "assessors": _assessors,
    "methods": methods.show,
    "tree": _tree,
}

if __name__ == "__main__":
    show(view.current())
