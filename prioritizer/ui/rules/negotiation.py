"""Where no plan can be: the rules that clash, to negotiate over, and ways out that can be tried at once."""

from __future__ import annotations

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.results import Rule
from prioritizer.ui import texts, view
from prioritizer.ui.rules import changes, entries
from prioritizer.ui.rules.trying import say


def show(shown: view.View, refusal: pipeline.Refusal) -> None:
    """Every clashing rule with its standing, and the cheapest relaxations, each with its button."""
    if refusal.rules:
        st.subheader(say(shown, "clash.title"), anchor=False)
        st.caption(say(shown, "clash.help"))
        for rule in refusal.rules:
            _rule(shown, rule)
    if refusal.moves:
        st.subheader(say(shown, "clash.moves"), anchor=False)
        _moves(shown, refusal)


def _rule(shown: view.View, rule: Rule) -> None:
    left, right = st.columns([8, 3], vertical_alignment="center")
    name = pipeline.rule_name(shown.case, rule, shown.lang)
    standing = locale.say(f"rules.clash.{_standing(shown, rule)}", shown.lang)
    left.markdown(f"- {texts.plain(name[:1].upper() + name[1:])} – **{texts.plain(standing)}**")
    if pipeline.negotiable(shown.case, rule):
        with right:
            told = changes.without(shown.case, rule)
            key = f"clash-without/{shown.id}/{rule.kind}/{rule.id}"
            what = "decisions" if rule.kind == "decision" else "limits"
            entries.tried(shown, say(shown, "clash.without"), key, what, told, width="stretch")


def _standing(shown: view.View, rule: Rule) -> str:
    if pipeline.negotiable(shown.case, rule):
        return "negotiable"
    return "decreed" if pipeline.decreed(shown.case, rule) else "elsewhere"


def _moves(shown: view.View, refusal: pipeline.Refusal) -> None:
    for at, (move, sentence) in enumerate(zip(refusal.moves, refusal.relaxations, strict=True)):
        left, right = st.columns([8, 3], vertical_alignment="center")
        left.markdown(f"- {texts.plain(sentence)}")
        with right:
            told = changes.relaxed(shown.case, [move])
            entries.tried(
                shown, say(shown, "clash.try"), f"clash-try/{shown.id}/{at}", "limits", told,
                width="stretch", type="secondary" if len(refusal.moves) > 1 else "primary",
            )  # fmt: skip
    if len(refusal.moves) > 1:
        left, right = st.columns([8, 3], vertical_alignment="center")
        left.markdown(say(shown, "clash.all_needed", count=len(refusal.moves)))
        with right:
            told = changes.relaxed(shown.case, refusal.moves)
            key, label = f"clash-try/{shown.id}/all", say(shown, "clash.try_all")
            entries.tried(shown, label, key, "limits", told, width="stretch", type="primary")
