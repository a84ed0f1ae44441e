"""How several judgements become one: the rule, how much is left out at each end, what each assessor
counts."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.errors import Misread
from prioritizer.model import Assessor, ConsensusRule
from prioritizer.results import E4
from prioritizer.ui import fields, state, texts, view
from prioritizer.ui.criteria import judgements, weighing
from prioritizer.ui.criteria.shares import read_typed_share, typed
from prioritizer.ui.questions import words

RULES: tuple[str, ...] = get_args(ConsensusRule.model_fields["rule"].annotation)
_TRIM = ConsensusRule().trim


def show(shown: view.View) -> None:
    """The rule and what belongs to it; nothing where nobody disagrees with anybody."""
    if not judgements.several(shown.case):
        return
    now, listed = shown.case.scenario.consensus, shown.case.scenario.assessors
    left, right = st.columns(2, gap="large")
    key = f"consensus/{shown.id}/{now.rule}/{state.generation()}"
    offered = [rule for rule in RULES if rule != "weighted" or listed or now.rule == rule]
    left.selectbox(
        words.say("consensus.rule", shown.lang),
        offered,
        index=offered.index(now.rule),
        format_func=lambda rule: locale.say(f"questions.consensus.{rule}", shown.lang),
        help=words.say("consensus.help", shown.lang),
        key=key,
        on_change=_rule,
        args=(shown, key),
    )
    with left:
        fields.show_refusal(key, shown.lang)
    with right:
        if now.rule == "trimmed":
            _trim(shown, now.trim)
        if now.rule == "weighted":
            for each in listed:
                _competence(shown, each)


def ruled(rule: str, trim: Fraction = _TRIM) -> weighing.Changes:
    """A rule as a change; the usual one goes without saying."""
    if rule == RULES[0]:
        return {("consensus",): pipeline.ABSENT}
    return {("consensus",): {"rule": rule} | ({"trim": trim} if rule == "trimmed" else {})}


def _rule(shown: view.View, key: str) -> None:
    state.attempt(shown, key, "assessors", ruled(st.session_state[key]))


def _trim(shown: view.View, now: Fraction) -> None:
    key = f"trim/{shown.id}/{now}/{state.generation()}"
    st.session_state.setdefault(key, typed(now, shown.lang))
    st.text_input(
        words.say("consensus.trim", shown.lang),
        key=key,
        on_change=_trimmed,
        args=(shown, key),
        autocomplete="off",
        max_chars=40,
    )
    refused: Misread | None = st.session_state.get(f"{key}/misread")
    if refused is not None:
        st.error(words.refusal(refused, shown.lang), icon=":material/block:")
    fields.show_refusal(key, shown.lang)


def _trimmed(shown: view.View, key: str) -> None:
    st.session_state.pop(f"{key}/misread", None)
    try:
        trim = read_typed_share(str(st.session_state[key]))
    except Misread as misread:
        st.session_state[f"{key}/misread"] = misread
        return
    state.attempt(shown, key, "assessors", ruled("trimmed", trim))


def _competence(shown: view.View, each: Assessor) -> None:
    key = f"competence/{shown.id}/{each.id}/{state.generation()}"

    def take(count_e4: int) -> bool:
        change: weighing.Changes = {("assessors", each.id, "competence"): Fraction(count_e4, E4)}
        return state.attempt(shown, key, "assessors", change)

    name = each.name.into(shown.lang) if each.name else each.id
    label = words.say("consensus.counts", shown.lang, name=name)
    fields.points_field(label, round(each.competence * E4), shown.lang, key, take)
    if each.competence_on:
        st.caption(texts.plain(locale.say("questions.consensus.apart", shown.lang)))
