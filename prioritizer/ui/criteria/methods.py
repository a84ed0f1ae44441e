"""Other methods' rankings beside ours: who agrees how far, whose rank moves, which money they question."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.results import CrossCheck, Evaluation
from prioritizer.ui import answers, state, tables, texts, view

_QUESTION = "methods"


def show(shown: view.View) -> None:
    """Nothing is ranked before somebody asks."""
    case = shown.case
    for sentence in pipeline.describe_basis(case, shown.lang):
        st.caption(texts.plain(sentence))
    label = shown.say("methods.compare")
    st.button(label, key=f"ask/{_QUESTION}", on_click=state.ask, args=(case, _QUESTION))
    if not state.asked(case, _QUESTION):
        return
    check = answers.worked_out("methods", case, pipeline.cross_check, shown.evaluation)
    if check is not None:
        _told(shown, check)


def ranks(evaluation: Evaluation, check: CrossCheck, lang: str) -> pd.DataFrame:
    """A row per project in our order: its rank by each method that ranks, and by how many places they
    differ."""
    register, rows = evaluation.case.register, evaluation.scores.in_rank_order().tolist()
    facts: dict[str, object] = {
        "id": [register.ids[row] for row in rows],
        "name": [register.name(row, lang) for row in rows],
    }
    for each in check.rankings:
        if each.rank is not None:
            facts[f"{each.method}_rank"] = each.rank[rows]
    spread = check.spread()
    facts |= {"spread_count": spread[rows]} if len(spread) else {}
    return pd.DataFrame(facts)


def agreements(check: CrossCheck, lang: str) -> pd.DataFrame:
    """A row per pair of methods with both correlations of their ranks, as text."""
    rows = [
        (
            f"{pipeline.method_name(each.one, lang)} – {pipeline.method_name(each.other, lang)}",
            _correlation(each.kendall, lang),
            _correlation(each.spearman, lang),
        )
        for each in check.agreements
    ]
    return pd.DataFrame(rows, columns=["pair", "kendall", "spearman"])


def _correlation(found: float | None, lang: str) -> str:
    if found is None:
        return locale.say("exports.explained.methods.undefined", lang)
    return locale.number(Fraction(found), lang, 3)


def _told(shown: view.View, check: CrossCheck) -> None:
    case, plan, lang = shown.case, shown.evaluation.plan, shown.lang
    st.subheader(shown.say("methods.ranks"), anchor=False)
    frame = ranks(shown.evaluation, check, lang)
    search, order = st.columns([1, 1], vertical_alignment="bottom")
    query = search.text_input(
        shown.say("table.search"), key="methods-search", placeholder=shown.say("table.search_hint")
    )
    with order:
        sortable = [str(column) for column in frame if column not in ("id", "name")]
        column, descending = tables.picker(lang, [*sortable, "name"], "methods")
    chosen = tables.ordered(tables.found(frame, query, ["id", "name"]), column, descending)
    if chosen.empty:
        st.info(shown.say("methods.none_found"), icon=":material/search_off:")
    else:
        tables.show(chosen, lang, alt=shown.say("methods.ranks"), rows=8)
    st.subheader(shown.say("methods.agreement"), anchor=False)
    st.caption(shown.say("methods.agreement_help"))
    tables.show(agreements(check, lang), lang, alt=shown.say("methods.agreement"))
    _list(shown.say("methods.moves"), pipeline.describe_moves(case, check, lang))
    beyond = pipeline.describe_beyond(case, *pipeline.beyond_top(check, plan), lang) if plan.found else []
    _list(shown.say("methods.beyond"), beyond)
    _list(shown.say("methods.rules"), pipeline.describe_rules(case, check, lang))


def _list(title: str, sentences: list[str]) -> None:
    if sentences:
        st.subheader(title, anchor=False)
        st.markdown("\n".join(f"- {texts.plain(sentence)}" for sentence in sentences))
