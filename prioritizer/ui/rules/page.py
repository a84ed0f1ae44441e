"""The part of the Allocation page where rules are edited, with what the plan makes of them beside."""

from __future__ import annotations

import streamlit as st

from prioritizer import locale
from prioritizer.ui import answers, frames, texts, view
from prioritizer.ui.rules import aims, funds, limits, musts
from prioritizer.ui.rules.trying import say

_PARTS = {"limits": limits.show, "funds": funds.show, "musts": musts.show, "aims": aims.show}
_NAMED = 6


def show(shown: view.View) -> None:
    """One kind of rules at a time, under the plan in one line."""
    _plan(shown)
    _PARTS[_chosen(shown)](shown)


def _chosen(shown: view.View) -> str:
    names, key = list(_PARTS), "rules-part"
    st.session_state.setdefault(key, names[0])
    chosen = st.segmented_control(
        say(shown, "parts"), names, format_func=lambda name: say(shown, f"part.{name}"), key=key,
        required=True, label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return chosen or names[0]


def _plan(shown: view.View) -> None:
    """What the plan places now and, while something is tried, what that changes."""
    evaluation = answers.at_hand(shown.case)
    if evaluation is None or not evaluation.plan.found:
        return
    plan = evaluation.plan
    left = shown.case.envelope_mvnd - plan.total_mvnd
    said = say(
        shown, "plan.now", total=locale.bn(plan.total_mvnd, shown.lang),
        left=locale.bn(left, shown.lang), count=int((plan.amount_mvnd > 0).sum()),
    )  # fmt: skip
    with st.container(border=True):
        st.markdown(said)
        if shown.draft is not None and shown.case is not shown.saved:
            st.caption(_effect(shown))


def _effect(shown: view.View) -> str:
    """Who gains and who loses against the scenario as saved."""
    before = shown.before.plan
    if not before.found:
        return say(shown, "plan.no_plan_before")
    frame = frames.effect(shown.before, shown.evaluation, shown.lang)
    moved = frame[frame["change_mvnd"].fillna(0) != 0]
    if moved.empty:
        return say(shown, "plan.same")
    told = [
        f"{texts.plain(str(name))} {_signed(int(change), shown.lang)}"
        for name, change in zip(moved["project"][:_NAMED], moved["change_mvnd"][:_NAMED], strict=True)
    ]
    if len(moved) > _NAMED:
        told.append(locale.say("explanation.several_more", shown.lang, count=len(moved) - _NAMED))
    return f"{say(shown, 'plan.moved', count=len(moved))} {'; '.join(told)}."


def _signed(amount_mvnd: int, lang: str) -> str:
    text = locale.bn(amount_mvnd, lang)
    return f"+{text}" if amount_mvnd > 0 else text.replace("-", "−")
