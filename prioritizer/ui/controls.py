"""What can be tried on a plan: funds, objective, hurdle, and how scores not assessed count."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import streamlit as st

from prioritizer import money, pipeline
from prioritizer.model import UNASSESSED, Fund
from prioritizer.results import E4
from prioritizer.ui import fields, names, state, view


def show(shown: view.View) -> None:
    """All of them, one below the other; what is typed or picked is tried at once."""
    st.subheader(shown.say("allocation.choices"), anchor=False)
    st.caption(shown.say("allocation.choices_help"))
    suffix = f"{shown.id}/{shown.lang}/{state.generation()}"
    for fund in shown.case.scenario.funds:
        key = f"fund/{fund.id}/{suffix}"
        take = partial(_take_fund, shown, key, fund.id)
        fields.money_field(_fund_label(shown, fund), fund.amount_mvnd, shown.lang, key, take)
    _objective(shown)
    objective = shown.case.scenario.objective
    key = f"hurdle/{objective.basis}/{suffix}"
    label = shown.say(f"allocation.hurdle_{objective.basis}")
    take = partial(_take_hurdle, shown, key)
    fields.points_field(label, objective.hurdle_e4, shown.lang, key, take)
    if shown.case.criteria is not None:
        _unassessed(shown)


def _fund_label(shown: view.View, fund: Fund) -> str:
    """The fund's name, with its year unless the name says it."""
    name = names.given(fund.name, shown.lang) or fund.id
    if fund.year in name:
        return shown.say("allocation.fund", name=name)
    return shown.say("allocation.fund_of_year", name=name, year=fund.year)


def _take_fund(shown: view.View, key: str, fund_id: str, amount_mvnd: int) -> None:
    state.attempt(shown, key, "funds", {("funds", fund_id, "amount_bn"): money.bn(amount_mvnd)})


def _take_hurdle(shown: view.View, key: str, hurdle_e4: int) -> None:
    state.attempt(shown, key, "objective", {("objective", "hurdle"): _hurdle(hurdle_e4)})


def _take_basis(shown: view.View, key: str) -> None:
    # A hurdle in points is no hurdle in points per billion: the other basis starts without one.
    saved, basis = shown.saved.scenario.objective, st.session_state[key]
    if basis != shown.case.scenario.objective.basis:
        hurdle = _hurdle(saved.hurdle_e4 if basis == saved.basis else 0)
        state.attempt(
            shown, key, "objective", {("objective", "basis"): basis, ("objective", "hurdle"): hurdle}
        )


def _take_unassessed(shown: view.View, key: str) -> None:
    state.attempt(shown, key, "eligibility", {("eligibility", "unassessed"): st.session_state[key]})


def _hurdle(hurdle_e4: int) -> object:
    return Fraction(hurdle_e4, E4) if hurdle_e4 else pipeline.ABSENT


def _objective(shown: view.View) -> None:
    basis = shown.case.scenario.objective.basis
    key = f"basis/{shown.id}/{state.generation()}"
    st.session_state[key] = basis
    st.radio(
        shown.say("objective.title"),
        ["funding", "project"],
        format_func=lambda one: shown.say(f"objective.{one}_short"),
        key=key,
        on_change=_take_basis,
        args=(shown, key),
    )
    st.caption(shown.say(f"objective.{basis}"))
    fields.show_refusal(key, shown.lang)


def _unassessed(shown: view.View) -> None:
    key = f"unassessed/{shown.id}/{state.generation()}"
    st.session_state[key] = shown.case.scenario.eligibility.unassessed
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
    fields.show_refusal(key, shown.lang)
