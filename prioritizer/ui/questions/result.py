"""What a questioning comes to: the weights, whose ranks and money they would move, and taking them over."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import Case, Elicitation
from prioritizer.scoring.interview import Interview, elicitation, statement
from prioritizer.scoring.weights import weighings
from prioritizer.ui import answers, fields, state, tables, texts, view
from prioritizer.ui.criteria import effect, weighing
from prioritizer.ui.questions import keeping, sofar, words
from prioritizer.ui.questions.asking import buttons

TAKE = "ask-take"
_MENDS = 3  # after what was said, by whom, and how consistent it is


def show(shown: view.View, held: Interview) -> None:
    """Weights and answers on the left, what they would move on the right; nothing is changed before somebody
    takes it over."""
    said = elicitation(held)
    tried = weighing.under(shown.case, said)
    if held.method == "pairwise":
        sofar.show_consistency(shown, held)
    left, right = st.columns([4, 5], gap="large")
    with left:
        st.markdown(f"**{words.say('result.weights', shown.lang)}**")
        table = weights(shown.case, tried, held, shown.lang)
        st.table(table.map(texts.plain), hide_index=True, alt=words.say("result.weights", shown.lang))
        _take(shown, held)
        _mends(shown, tried, said)
    with right:
        st.markdown(f"**{words.say('result.effect', shown.lang)}**")
        effect.show(
            shown, shown.evaluation, answers.assessed(tried), words.say("result.compared", shown.lang)
        )
    with st.expander(words.say("sofar.title", shown.lang)):
        st.markdown(
            "\n".join(f"- {texts.plain(each)}" for each in sofar.answers(shown.case, held, shown.lang))
        )


def weights(case: Case, tried: Case, held: Interview, lang: str) -> pd.DataFrame:
    """A row per criterion of the set: what it weighs now and what follows from the answers; all as text."""
    before, after = (pipeline.node_weights(each, held.class_) for each in (case, tried))
    assert case.criteria is not None
    parent = "" if held.over == "root" else held.over
    rows = [
        (node.name.into(lang), locale.percent(before[node.id], lang), locale.percent(after[node.id], lang))
        for node in dict(case.criteria.families())[parent]
    ]
    columns = [
        tables.label("criterion", lang),
        *(words.say(f"result.{name}", lang) for name in ("now", "then")),
    ]
    return pd.DataFrame(rows, columns=columns)


def _mends(shown: view.View, tried: Case, said: Elicitation) -> None:
    """Of comparisons two by two: which to look at again."""
    if said.method != "pairwise":
        return
    class_ = said.class_ or ""
    (found,) = (each for each in weighings(tried, class_) if each.parent == said.parent)
    for sentence in pipeline.describe_weighing(tried, class_, found, shown.lang)[_MENDS:]:
        st.caption(texts.plain(sentence))


def _take(shown: view.View, held: Interview) -> None:
    lang = shown.lang
    label = words.say("result.take", lang)
    st.button(label, type="primary", key=TAKE, on_click=_taken, args=(shown, held))
    st.caption(words.say("result.take_help", lang))
    fields.show_refusal(TAKE, lang)
    back, stop, drop = st.columns(3)
    buttons(shown, held, (back, stop, drop))


def _taken(shown: view.View, held: Interview) -> None:
    if state.attempt(shown, TAKE, "elicitation", weighing.stated(shown.case, statement(held))):
        keeping.drop(shown.path, held)
        keeping.tell("taken")
