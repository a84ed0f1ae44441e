"""Allocation: envelope, objective, hurdle and unassessed scores; limits, reasons, charts."""

from __future__ import annotations

from functools import partial

import streamlit as st

from prioritizer import charts, locale
from prioritizer.model import UNASSESSED, Fund
from prioritizer.results import Evaluation
from prioritizer.ui import (
    fields,
    frames,
    ledger,
    names,
    noplan,
    otherwise,
    priced,
    state,
    tables,
    texts,
    view,
)


def show(shown: view.View) -> None:
    """The page."""
    st.header(shown.say("allocation.title"), anchor=False)
    noplan.show(shown, elsewhere=False)
    left, right = st.columns([3, 5], gap="medium")
    with left:
        _choices(shown)
    with right:
        _three_plans(shown) if shown.case.criteria is not None else _the_plan(shown)
    if shown.evaluation.plan.found:
        _funds(shown)
        _limits(shown)
        priced.show(shown)
        _charts(shown)
        _reasons(shown)
        _otherwise(shown)


def _charts(shown: view.View) -> None:
    ministries, projects = st.tabs(
        [shown.say("allocation.by_ministry"), shown.say("allocation.by_project")], key="charts"
    )
    with ministries:
        table = frames.ministries(shown.evaluation, shown.lang)
        _figure(charts.money_by_ministry(table, shown.case.illustrative, shown.lang), shown)
    with projects:
        _figure(charts.value_against_money(shown.evaluation, shown.lang), shown)


def _reasons(shown: view.View) -> None:
    st.subheader(shown.say("allocation.reasons"), anchor=False)
    frame = frames.reasons(shown.evaluation, shown.prices, shown.lang)
    tables.show(frame, shown.lang, alt=shown.say("allocation.reasons"), rows=6, lines=3)


def _otherwise(shown: view.View) -> None:
    scenario = shown.case.scenario
    if scenario.decisions:
        st.subheader(shown.say("allocation.decisions"), anchor=False)
        otherwise.decisions(shown)
    st.subheader(shown.say("allocation.otherwise"), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        otherwise.project(shown)
    with right:
        if scenario.limits:
            otherwise.limit(shown)


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


def _choices(shown: view.View) -> None:
    st.subheader(shown.say("allocation.choices"), anchor=False)
    st.caption(shown.say("allocation.choices_help"))
    suffix = f"{shown.id}/{shown.lang}/{state.generation()}"
    for fund in shown.case.scenario.funds:
        fields.money_field(
            _fund_label(shown, fund),
            fund.amount_mvnd,
            shown.lang,
            f"fund/{fund.id}/{suffix}",
            partial(_take_fund, shown, fund.id),
        )
    _objective(shown)
    hurdle = shown.case.scenario.objective.hurdle_e4
    label = shown.say(f"allocation.hurdle_{shown.case.scenario.objective.basis}")
    take = partial(_take_hurdle, shown)
    fields.points_field(
        label, hurdle, shown.lang, f"hurdle/{shown.case.scenario.objective.basis}/{suffix}", take
    )
    if shown.case.criteria is not None:
        _unassessed(shown)


def _fund_label(shown: view.View, fund: Fund) -> str:
    """The fund's name, with its year unless the name says it."""
    name = names.given(fund.name, shown.lang) or fund.id
    if fund.year in name:
        return shown.say("allocation.fund", name=name)
    return shown.say("allocation.fund_of_year", name=name, year=fund.year)


def _take_fund(shown: view.View, fund_id: str, amount_mvnd: int) -> None:
    saved = next(fund.amount_mvnd for fund in shown.saved.scenario.funds if fund.id == fund_id)
    others = {name: amount for name, amount in state.choices(shown.id).funds.items() if name != fund_id}
    state.try_out(shown.id, funds=others if amount_mvnd == saved else {**others, fund_id: amount_mvnd})


def _take_hurdle(shown: view.View, hurdle_e4: int) -> None:
    saved = shown.saved.scenario.objective
    same = hurdle_e4 == saved.hurdle_e4 and shown.case.scenario.objective.basis == saved.basis
    state.try_out(shown.id, hurdle_e4=None if same else hurdle_e4)


def _take_basis(shown: view.View, key: str) -> None:
    # A hurdle in points is no hurdle in points per billion: the other basis starts without one.
    basis = st.session_state[key]
    if basis != shown.case.scenario.objective.basis:
        saved = basis == shown.saved.scenario.objective.basis
        state.try_out(shown.id, basis=None if saved else basis, hurdle_e4=None if saved else 0)


def _take_unassessed(shown: view.View, key: str) -> None:
    end = st.session_state[key]
    saved = end == shown.saved.scenario.eligibility.unassessed
    state.try_out(shown.id, unassessed=None if saved else end)


def _objective(shown: view.View) -> None:
    basis = shown.case.scenario.objective.basis
    key = f"basis/{shown.id}/{state.generation()}"
    st.session_state.setdefault(key, basis)
    st.radio(
        shown.say("objective.title"),
        ["funding", "project"],
        format_func=lambda one: shown.say(f"objective.{one}_short"),
        key=key,
        on_change=_take_basis,
        args=(shown, key),
    )
    st.caption(shown.say(f"objective.{basis}"))


def _unassessed(shown: view.View) -> None:
    key = f"unassessed/{shown.id}/{state.generation()}"
    st.session_state.setdefault(key, shown.case.scenario.eligibility.unassessed)
    st.segmented_control(
        shown.say("allocation.unassessed"),
        list(UNASSESSED),
        format_func=lambda end: shown.word(f"unassessed.{end}"),
        key=key,
        on_change=_take_unassessed,
        args=(shown, key),
        required=True,
        help=shown.say("allocation.unassessed_help"),
    )


def _three_plans(shown: view.View) -> None:
    st.subheader(shown.say("allocation.three"), anchor=False)
    st.caption(shown.say("allocation.three_help"))
    plans = {
        end: state.assessed(state.applied(shown.case, state.Choices(unassessed=end))) for end in UNASSESSED
    }
    for column, (end, evaluation) in zip(st.columns(3), plans.items(), strict=True):
        _one_plan(column, shown, shown.say("allocation.at", end=shown.word(f"unassessed.{end}")), evaluation)
    tables.show(frames.plans(plans, shown.lang), shown.lang, alt=shown.say("allocation.three"), rows=8)


def _the_plan(shown: view.View) -> None:
    """The one plan there is where values are given: no score counts differently."""
    title = shown.say("allocation.one")
    st.subheader(title, anchor=False)
    _one_plan(st.columns(2)[0], shown, shown.say("criteria.total"), shown.evaluation)
    frame = frames.shortlist(shown.evaluation, shown.lang)[["rank", "name", "value_e4", "amount_mvnd"]]
    tables.show(frame, shown.lang, alt=title, rows=8)


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


def _figure(figure: charts.Figure, shown: view.View) -> None:
    st.altair_chart(figure.chart, width="stretch", alt=figure.alt, theme=None)
    st.caption(texts.plain(figure.alt))
    with st.expander(shown.say("chart.table")):
        tables.show(figure.table, shown.lang, alt=figure.alt, rows=15)


if __name__ == "__main__":
    show(view.current())
