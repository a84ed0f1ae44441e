"""What would change if one thing were otherwise: asked by a button, solved again, told and tabled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from prioritizer import pipeline
from prioritizer.model import Decision, Limit
from prioritizer.results import Difference
from prioritizer.ui import answers, state, tables, texts, view
from prioritizer.ui.outcome import ledger


def project(shown: view.View) -> None:
    """One project: its reason, who pays it, and what it would cost to fund it in full or not at all."""
    case, lang = shown.case, shown.lang
    row = st.selectbox(
        shown.say("otherwise.project"),
        shown.evaluation.scores.in_rank_order().tolist(),
        format_func=lambda one: f"{case.register.ids[one]} – {case.register.name(one, lang)}",
        key="otherwise-project",
    )
    st.markdown(texts.plain(pipeline.describe_project(shown.evaluation, row, lang, shown.prices)))
    payments = pipeline.describe_payments(shown.evaluation, row, lang)
    st.markdown("\n".join(f"- {texts.plain(each)}" for each in payments))
    name, plan = case.register.ids[row], shown.evaluation.plan
    if plan.reason[row] != "funded":
        compare = partial(pipeline.if_forced, shown.evaluation, name, "full")
        told = partial(pipeline.describe_forced, case, row, "full", lang=lang)
        _question(shown, f"full/{name}", shown.say("otherwise.full"), compare, told)
    if plan.amount_mvnd[row]:
        compare = partial(pipeline.if_forced, shown.evaluation, name, "nothing")
        told = partial(pipeline.describe_forced, case, row, "nothing", lang=lang)
        _question(shown, f"nothing/{name}", shown.say("otherwise.nothing"), compare, told)


def limit(shown: view.View) -> None:
    """One limit: what the plan would be without it."""
    limits = {each.id: each for each in shown.case.scenario.limits}
    name = st.selectbox(
        shown.say("otherwise.limit"),
        list(limits),
        format_func=lambda one: pipeline.limit_name(shown.case, limits[one], shown.lang),
        key="otherwise-limit",
    )
    without_limit(shown, limits[name])


def decisions(shown: view.View) -> None:
    """What was decided about projects, and on demand what each decision costs."""
    decided = shown.case.scenario.decisions
    st.table(_labelled(shown, ledger.decisions(shown.case, shown.lang).map(texts.plain)), hide_index=True)
    for each in decided:
        _without_decision(shown, each)


def without_limit(shown: view.View, one: Limit) -> None:
    compare = partial(pipeline.if_without_limit, shown.evaluation, one.id)
    told = partial(pipeline.describe_without_limit, shown.case, one, None, lang=shown.lang)
    _question(shown, f"limit/{one.id}", shown.say("otherwise.without_limit"), compare, told)


def _without_decision(shown: view.View, one: Decision) -> None:
    compare = partial(pipeline.if_without_decision, shown.evaluation, one.id)
    told = partial(pipeline.describe_without_decision, shown.case, one, lang=shown.lang)
    project_name = shown.case.register.name(shown.case.register.row_of(one.project), shown.lang)
    label = shown.say("otherwise.without_decision", project=project_name)
    _question(shown, f"decision/{one.id}", label, compare, told)


def _question(
    shown: view.View,
    name: str,
    label: str,
    compare: Callable[[], Difference],
    told: Callable[..., str],
) -> None:
    """A button; once pressed, the answer below it."""
    st.button(label, key=f"ask/{name}", on_click=state.ask, args=(shown.case, name))
    if not state.asked(shown.case, name):
        return
    found = answers.compared(shown.evaluation, name, compare)
    if found is None:
        return
    st.info(texts.plain(told(found=found)))
    frame = ledger.changes(shown.case, found, shown.lang)
    if not frame.empty:
        tables.show(frame, shown.lang, alt=shown.say("otherwise.alt"), rows=8)


def _labelled(shown: view.View, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={column: tables.label(str(column), shown.lang) for column in frame})
