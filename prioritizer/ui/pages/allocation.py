"""Allocation in parts: the plan, the rules it keeps, reasons, what if, money and value."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from prioritizer import charts, locale
from prioritizer.model import UNASSESSED, Case
from prioritizer.results import Evaluation
from prioritizer.ui import answers, frames, parts, tables, view
from prioritizer.ui.outcome import budgets, ledger, noplan, otherwise, priced, worth
from prioritizer.ui.rules import page as rules
from prioritizer.ui.rules.trying import say

PARTS = ("plan", "rules", "reasons", "otherwise", "money")


def show(shown: view.View) -> None:
    """The part that is looked at; where there is no plan, above it why not and ways out."""
    title, choice = st.columns([2, 7], vertical_alignment="center")
    title.header(shown.say("allocation.title"), anchor=False)
    with choice:
        part = parts.choose(shown, "allocation", PARTS)
    noplan.show(shown, elsewhere=False)
    if part == "rules":
        rules.show(shown)
    elif part == "plan":
        _plan(shown)
    elif not shown.evaluation.plan.found:
        st.info(say(shown, "no_plan"))
    else:
        {"reasons": _reasons, "otherwise": _otherwise, "money": _money}[part](shown)


def _plan(shown: view.View) -> None:
    """Who gets what, and below it what takes longer: the plans with missing scores counted otherwise."""
    if not shown.evaluation.plan.found:
        return
    ends = UNASSESSED if shown.case.criteria is not None else ()
    cases = {end: _counting(shown, end) for end in ends}
    answers.begin(*cases.values())
    _the_plan(shown)
    _limits(shown)
    _funds(shown)
    if cases:
        _three_plans(shown, cases)


def _money(shown: view.View) -> None:
    names = ("allocation.by_ministry", "allocation.by_project")
    titles = [*(shown.say(name) for name in names), say(shown, "worth.title")]
    ministries, projects, value = st.tabs(titles, key="charts")
    with ministries:
        table = frames.ministries(shown.evaluation, shown.lang)
        tables.figure(charts.money_by_ministry(table, shown.case.illustrative, shown.lang), shown.lang)
    with projects:
        tables.figure(charts.value_against_money(shown.evaluation, shown.lang), shown.lang)
    with value:
        worth.show(shown)


def _reasons(shown: view.View) -> None:
    if shown.case.scenario.decisions:
        st.subheader(shown.say("allocation.decisions"), anchor=False)
        otherwise.decisions(shown)
    st.subheader(shown.say("allocation.reasons"), anchor=False)
    frame = frames.reasons(shown.evaluation, shown.prices, shown.lang)
    tables.show(frame, shown.lang, alt=shown.say("allocation.reasons"), rows=6, lines=3)


def _otherwise(shown: view.View) -> None:
    st.subheader(shown.say("allocation.otherwise"), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        otherwise.project(shown)
    with right:
        if shown.case.scenario.limits:
            otherwise.limit(shown)
    priced.show(shown)
    budgets.show(shown)


def _funds(shown: view.View) -> None:
    """Where there is more than one fund, or money set aside: what each holds, pays and has left."""
    scenario = shown.case.scenario
    if len(scenario.funds) == 1 and not scenario.reserves:
        return
    title = shown.say("allocation.funds")
    st.subheader(title, anchor=False)
    tables.show(ledger.funds(shown.evaluation, shown.lang), shown.lang, alt=title)
    if scenario.reserves:
        tables.show(ledger.reserves(shown.case, shown.lang), shown.lang, alt=shown.say("column.line"))


def _three_plans(shown: view.View, cases: Mapping[str, Case]) -> None:
    st.subheader(shown.say("allocation.three"), anchor=False)
    st.caption(shown.say("allocation.three_help"))
    plans = dict(zip(cases, answers.assessed_each(list(cases.values())), strict=True))
    for column, (end, evaluation) in zip(st.columns(3), plans.items(), strict=True):
        _one_plan(column, shown, shown.say("allocation.at", end=shown.word(f"unassessed.{end}")), evaluation)
    tables.show(frames.plans(plans, shown.lang), shown.lang, alt=shown.say("allocation.three"), rows=8)


def _counting(shown: view.View, unassessed: str) -> Case:
    """The case with scores that nobody gave counted so."""
    eligibility = shown.case.scenario.eligibility
    return shown.case.revised(eligibility=eligibility.model_copy(update={"unassessed": unassessed}))


def _the_plan(shown: view.View) -> None:
    """What is placed, what is left, and the projects in rank order with what they get."""
    plan, lang = shown.evaluation.plan, shown.lang
    total, left, funded = st.columns(3)
    total.metric(shown.say("criteria.total"), locale.bn(plan.total_mvnd, lang))
    left_mvnd = shown.case.envelope_mvnd - plan.total_mvnd
    left.metric(shown.say("allocation.left"), locale.bn(left_mvnd, lang))
    count = int((plan.amount_mvnd > 0).sum())
    funded.metric(
        shown.say("overview.funded"),
        shown.say("overview.of", part=count, whole=len(shown.case.register)),
    )
    frame = frames.shortlist(shown.evaluation, lang).drop(columns="id")
    tables.show(frame, lang, alt=shown.say("allocation.one"), rows=9)


def _one_plan(
    column: st.delta_generator.DeltaGenerator, shown: view.View, label: str, evaluation: Evaluation
) -> None:
    plan, lang = evaluation.plan, shown.lang
    if not plan.found:
        column.metric(label, "–", border=True)
        column.caption(shown.word(f"status.{plan.status}"))
        return
    column.metric(label, locale.bn(plan.total_mvnd, lang), border=True)
    left = locale.bn(evaluation.case.envelope_mvnd - plan.total_mvnd, lang)
    column.caption(shown.say("allocation.plan", funded=int((plan.amount_mvnd > 0).sum()), left=left))


def _limits(shown: view.View) -> None:
    st.subheader(shown.say("allocation.limits"), anchor=False)
    frame = frames.limits(shown.evaluation, shown.lang)
    if frame.empty:
        st.info(shown.say("allocation.no_limits"))
        return
    tables.show(frame, shown.lang, alt=shown.say("allocation.limits"), rows=6, lines=3)


if __name__ == "__main__":
    show(view.current())
