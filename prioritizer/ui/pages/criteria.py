"""Criteria and weights: move a weight, see ranks and money change; on whose word weights and scores rest."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import CriteriaTree, Criterion
from prioritizer.ui import (
    assessors,
    detail,
    fields,
    frames,
    methods,
    names,
    noplan,
    origins,
    parts,
    sliders,
    tables,
    texts,
    view,
)


def show(shown: view.View) -> None:
    """The page."""
    st.header(shown.say("criteria.title"), anchor=False)
    if shown.case.criteria is None:
        st.info(shown.say("criteria.none"), icon=":material/info:")
        return
    left, right = st.columns([3, 5], gap="medium")
    with left:
        _weights(shown, shown.case.criteria)
    with right:
        _effect(shown)
    _behind(shown, shown.case.criteria)


def _behind(shown: view.View, tree: CriteriaTree) -> None:
    """What stands behind weights and scores, one part at a time."""
    draw = {"origins": origins.show, "assessors": assessors.show, "methods": methods.show}
    part = parts.choose(shown, "criteria", [*draw, "tree"])
    if part in draw:
        draw[part](shown)
        return
    for factor in tree.criteria:
        _branch(shown, factor)


def _weights(shown: view.View, tree: CriteriaTree) -> None:
    st.subheader(shown.say("criteria.weights"), anchor=False)
    st.caption(shown.say("criteria.rule"))
    weights = pipeline.node_weights(shown.case)
    parents = {child.id: node for node in names.nodes(shown.case) for child in node.children}
    for siblings in tree.sibling_sets():
        parent = parents.get(siblings[0].id)
        if parent is None:
            _sliders(shown, siblings, weights)
            continue
        with st.expander(shown.say("criteria.within", name=parent.name.into(shown.lang))):
            _sliders(shown, siblings, weights)
    if apart := pipeline.classes_apart(shown.case):
        classes = "; ".join(pipeline.class_label(shown.case, name, shown.lang) for name in apart)
        st.caption(shown.say("criteria.apart", classes=classes))


def _sliders(shown: view.View, siblings: tuple[Criterion, ...], weights: Mapping[str, Fraction]) -> None:
    own = {node.id: weights[node.id] for node in siblings}
    for node in siblings:
        key = sliders.key_of(shown, node.id, own[node.id])
        st.slider(
            texts.plain(node.name.into(shown.lang)),
            0,
            100,
            step=1,
            format="%d%%",
            key=key,
            disabled=len(siblings) == 1,
            on_change=sliders.take,
            args=(shown.id, node.id, key),
        )
        fields.show_refusal(key, shown.lang)
    # The exact weights stand below: a label that changes would undo what is being dragged meanwhile.
    if any((weight * 100).denominator > 1 for weight in own.values()):
        shares = " – ".join(locale.percent(weight, shown.lang, 2) for weight in own.values())
        st.caption(shown.say("criteria.exact", shares=shares))


def _effect(shown: view.View) -> None:
    before, after, lang = shown.before, shown.evaluation, shown.lang
    st.subheader(shown.say("criteria.effect"), anchor=False)
    frame = frames.effect(before, after, lang)
    noplan.show(shown)
    moved_mvnd = int(frame["change_mvnd"].fillna(0).clip(lower=0).sum())
    total, moved, ranks = st.columns(3)
    total.metric(
        shown.say("criteria.total"), locale.bn(after.plan.total_mvnd, lang) if after.plan.found else "–"
    )
    moved.metric(shown.say("criteria.moved"), locale.bn(moved_mvnd, lang))
    changed = int((frame["before_rank"] != frame["after_rank"]).sum())
    ranks.metric(shown.say("criteria.ranks"), shown.say("overview.of", part=changed, whole=len(frame)))
    tables.show(frame, lang, alt=shown.say("criteria.effect_alt"), rows=10)
    st.caption(shown.say("criteria.compared"))


def _branch(shown: view.View, factor: Criterion) -> None:
    with st.expander(texts.plain(factor.name.into(shown.lang)), icon=":material/account_tree:"):
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
        st.caption(shown.say("criteria.source", source=leaf.source))


if __name__ == "__main__":
    show(view.current())
