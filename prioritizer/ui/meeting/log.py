"""The log of decisions: what was decided, what each costs, one more, one changed, one taken away."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import Decision
from prioritizer.ui import answers, state, texts, view
from prioritizer.ui.meeting import decided, editing

_COSTS = "decisions-cost"


def show(shown: view.View) -> None:
    """What holds, what it costs, and ways to change it."""
    lang, decisions = shown.lang, shown.case.scenario.decisions
    if decisions:
        _locked(shown)
        st.table(_as_read(shown), hide_index=True, alt=locale.say("meeting.log.alt", lang))
    else:
        st.info(texts.phrase("meeting.log.none", lang), icon=":material/gavel:")
    editing.show(shown)
    if decisions:  # last, since the page may end here until the plan is worked out
        _costs(shown, decisions)


def _locked(shown: view.View) -> None:
    """Money that earlier meetings committed, in one sentence."""
    count = sum(each.locked_mvnd is not None for each in shown.case.scenario.decisions)
    amount = locale.bn(decided.locked_mvnd(shown.case), shown.lang)
    if count:
        said = texts.phrase("meeting.log.locked", shown.lang, count=count, amount=amount)
        st.markdown(f":material/lock: {said}")


def _as_read(shown: view.View) -> pd.DataFrame:
    """The log to be read: a project with its id, a decision with its amount and firmness."""
    lang, frame = shown.lang, decided.log(shown.case, shown.lang)
    amounts = [
        "" if pd.isna(mvnd) else locale.say("ui.money", lang, amount=locale.bn(int(mvnd), lang))
        for mvnd in frame["amount_mvnd"]
    ]
    what = frame["what"] + [f": {each}" if each else "" for each in amounts] + " (" + frame["firm"] + ")"
    read = frame.assign(name=frame["name"] + " (" + frame["id"] + ")", what=what)
    named = decided.labels(lang)
    return read[["name", "what", "by", "at", "why"]].rename(columns=named).map(texts.plain)


def _costs(shown: view.View, decisions: tuple[Decision, ...]) -> None:
    """On demand, the plan without each decision, one after the other."""
    if not shown.evaluation.plan.found:
        st.caption(texts.phrase("meeting.log.no_plan", shown.lang))
        return
    label = texts.phrase("meeting.log.costs", shown.lang)
    st.button(label, key=f"ask/{_COSTS}", on_click=state.ask, args=(shown.case, _COSTS))
    if not state.asked(shown.case, _COSTS):
        return
    for each in decisions:
        compare = partial(pipeline.if_without_decision, shown.evaluation, each.id)
        found = answers.compared(shown.evaluation, f"decision/{each.id}", compare)
        if found is None:
            return  # it is being worked out, which stands here; the others come after it
        said = pipeline.describe_without_decision(shown.case, each, found, shown.lang)
        st.markdown(f"- {texts.plain(said)}")
