"""On whose word the criteria weigh what they do, class by class, and what a class's points are worth."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import Case, Criterion
from prioritizer.ui import tables, texts, view

_EVERYBODY = ""


def show(shown: view.View) -> None:
    """The weights of every class, each set with its origin, and the exchange rates."""
    case, lang = shown.case, shown.lang
    st.table(table(case, lang).map(texts.plain), hide_index=True, alt=shown.say("origins.alt"))
    st.caption(texts.plain(locale.say("weights.legend", lang)))
    st.subheader(shown.say("origins.title"), anchor=False)
    for name, weighing in pipeline.words_spoken(case):
        first, *rest = pipeline.describe_weighing(case, name, weighing, lang)
        st.markdown("\n".join([f"- {texts.plain(first)}", *(f"    - {texts.plain(each)}" for each in rest)]))
        compared = None if weighing.heard is None else weighing.heard.compared
        if compared is not None and not compared.acceptable:
            st.warning(shown.say("origins.mend"), icon=":material/rule:")
    st.subheader(shown.say("origins.rates"), anchor=False)
    rates = pipeline.describe_rates(case, lang)
    st.markdown("\n".join(f"- {texts.plain(sentence)}" for sentence in rates))


def table(case: Case, lang: str) -> pd.DataFrame:
    """A row per node of the tree, below the node that it belongs to: by class what it weighs among its
    siblings and, in brackets, in a project's value; all as text."""
    classes = [_EVERYBODY, *pipeline.classes_apart(case)]
    weighed = [weights(case, name) for name in classes]
    rows = [
        (f"{'– ' * depth}{node.name.into(lang)}", *(_cell(*each[node.id], lang) for each in weighed))
        for node, depth in _nodes(case)
    ]
    heads = [pipeline.class_label(case, name, lang) for name in classes]
    return pd.DataFrame(rows, columns=[tables.label("criterion", lang), *heads])


def _cell(own: Fraction, in_value: Fraction, lang: str) -> str:
    return f"{locale.percent(own, lang)} ({locale.percent(in_value, lang)})"


def _nodes(case: Case) -> list[tuple[Criterion, int]]:
    """All nodes, each before what lies below it, with their depth."""

    def below(siblings: tuple[Criterion, ...], depth: int) -> list[tuple[Criterion, int]]:
        return [each for node in siblings for each in ((node, depth), *below(node.children, depth + 1))]

    return below(case.criteria.criteria, 0) if case.criteria else []


def weights(case: Case, class_: str) -> dict[str, tuple[Fraction, Fraction]]:
    """By node, for a class: its weight among its siblings and in a project's value."""
    own = pipeline.node_weights(case, class_)
    in_value: dict[str, Fraction] = {"": Fraction(1)}
    for parent, siblings in case.criteria.families() if case.criteria else ():
        in_value |= {node.id: in_value[parent] * own[node.id] for node in siblings}
    return {name: (weight, in_value[name]) for name, weight in own.items()}
