"""What can be tried on a plan: funds, objective, hurdle, and how scores not assessed count."""

from __future__ import annotations

from functools import partial

import streamlit as st

from prioritizer.model import UNASSESSED, Fund
from prioritizer.ui import fields, names, state, view


def show(shown: view.View) -> None:
    """All of them, one below the other; what is typed or picked is tried at once."""
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
