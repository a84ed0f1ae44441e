"""Funds and money set aside: what each holds and may pay; further ones, and taking them away."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import streamlit as st

from prioritizer import locale, money, pipeline
from prioritizer.model import Fund, Reserve
from prioritizer.ui import names, texts, view
from prioritizer.ui.rules import changes, entries, forms, trying, typed
from prioritizer.ui.rules.trying import say


def show(shown: view.View) -> None:
    """Every fund and every reserve, then forms for further ones."""
    st.caption(say(shown, "funds.help"))
    for fund in shown.case.scenario.funds:
        with st.container(border=True):
            _fund(shown, fund)
    with st.expander(say(shown, "funds.add"), icon=":material/add:"):
        _add_fund(shown)
    st.markdown(f"**{say(shown, 'reserves.title')}**")
    for reserve in shown.case.scenario.reserves:
        _reserve(shown, reserve)
    with st.expander(say(shown, "reserves.add"), icon=":material/add:"):
        _add_reserve(shown)


def label(shown: view.View, fund: Fund) -> str:
    """The fund's name, with its year unless the name says it."""
    name = names.given(fund.name, shown.lang) or fund.id
    if fund.year in name:
        return shown.say("allocation.fund", name=name)
    return shown.say("allocation.fund_of_year", name=name, year=fund.year)


def kinds(shown: view.View) -> list[str]:
    """The kinds of cost that a fund may be said to pay: those of the glossary, of costs and of funds."""
    costs, scenario = shown.case.costs_by_kind, shown.case.scenario
    own = [] if costs is None else [level for level in costs.kind.levels if level]
    paid = [kind for fund in scenario.funds for kind in fund.pays]
    return list(dict.fromkeys(["recurrent", "investment", *own, *paid]))


def kind_words(shown: view.View, kind: str) -> str:
    """What a kind of cost is called."""
    return pipeline.value_label(shown.case, "kind", kind, shown.lang)


def money_entry(
    shown: view.View, called: str, key: str, now_mvnd: int, what: str, place: tuple[str, ...]
) -> None:
    """An amount of money at a place of the scenario."""

    def take(mvnd: int) -> None:
        trying.attempt(shown, key, what, {place: changes.amount(mvnd)})

    size = typed.Size("amount_bn", Fraction(now_mvnd))
    read = money.read_typed_amount_mvnd
    entries.typed(
        shown,
        called,
        key,
        typed.typed(size, shown.lang),
        read,
        take,
        partial(_echo, shown),
        kept=shown.say("money", amount=locale.bn(now_mvnd, shown.lang)),
    )


def _echo(shown: view.View, mvnd: int) -> str:
    full = locale.number(mvnd * 1_000_000, shown.lang, 0)
    return shown.say("input.read_money", amount=locale.bn(mvnd, shown.lang), full=full)


def _fund(shown: view.View, fund: Fund) -> None:
    left, middle, right = st.columns([5, 5, 2], gap="medium")
    with left:
        money_entry(
            shown, label(shown, fund), f"fund/{shown.id}/{fund.id}", fund.amount_mvnd, "funds",
            ("funds", fund.id, "amount_bn"),
        )  # fmt: skip
    with middle:
        _pays(shown, fund)
    with right:
        told = changes.fund_removed(shown.case.scenario, fund.id)
        only = len(shown.case.scenario.funds) == 1
        key = f"fund-off/{shown.id}/{fund.id}"
        why = say(shown, "funds.only") if only else None
        entries.tried(shown, say(shown, "remove"), key, "funds", told, disabled=only, help=why)


def _pays(shown: view.View, fund: Fund) -> None:
    key = f"fund-pays/{shown.id}/{fund.id}"

    def take(chosen: list[str]) -> None:
        trying.attempt(shown, key, "funds", {("funds", fund.id, "pays"): chosen})

    entries.several(
        shown, say(shown, "field.pays"), kinds(shown), key, fund.pays, take, partial(kind_words, shown),
        placeholder=say(shown, "funds.pays_all"),
    )  # fmt: skip


def _reserve(shown: view.View, reserve: Reserve) -> None:
    left, middle, right = st.columns([5, 5, 2], gap="medium", vertical_alignment="top")
    name = names.given(reserve.name, shown.lang) or reserve.id
    with left:
        money_entry(
            shown, shown.say("allocation.fund", name=name), f"reserve/{shown.id}/{reserve.id}",
            reserve.amount_mvnd, "reserves", ("reserves", reserve.id, "amount_bn"),
        )  # fmt: skip
    with middle:
        st.markdown(say(shown, "reserves.of", fund=_fund_of(shown, reserve)))
        if reserve.why:
            st.caption(texts.plain(reserve.why.into(shown.lang)))
    with right:
        key = f"reserve-off/{shown.id}/{reserve.id}"
        told: changes.Changes = {("reserves", reserve.id): changes.ABSENT}
        entries.tried(shown, say(shown, "remove"), key, "reserves", told)


def _fund_of(shown: view.View, reserve: Reserve) -> str:
    funds = shown.case.scenario.funds
    wanted = (reserve.fund or funds[0].id).casefold()
    return _called(shown, next(fund for fund in funds if fund.id.casefold() == wanted))


def _called(shown: view.View, fund: Fund) -> str:
    return names.given(fund.name, shown.lang) or fund.id


def _add_fund(shown: view.View) -> None:
    form = forms.Form(shown, "fund-added")
    with form.drawn():
        form.words("name")
        left, middle, right = st.columns(3)
        with left:
            form.text("year")
        with middle:
            form.text("amount", placeholder=say(shown, "example.amount"))
        with right:
            form.several("pays", kinds(shown), partial(kind_words, shown), say(shown, "funds.pays_all"))
        form.submit(say(shown, "funds.add_now"), partial(_take_fund, shown, form))


def _take_fund(shown: view.View, form: forms.Form) -> bool:
    read = form.read(name=form.needed_words, year=form.line, amount=form.money)
    if read is None:
        return False
    told = changes.fund_added(
        shown.case.scenario, read["name"], form.said("name_vi"), read["year"], read["amount"],
        form.picks("pays"),
    )  # fmt: skip
    return trying.accepted(shown, form.key, "funds", told)


def _add_reserve(shown: view.View) -> None:
    form = forms.Form(shown, "reserve-added")
    funds = {fund.id: _called(shown, fund) for fund in shown.case.scenario.funds}
    with form.drawn():
        form.words("name")
        left, right = st.columns(2)
        with left:
            form.one("fund", list(funds), funds.__getitem__)
        with right:
            form.text("amount", placeholder=say(shown, "example.amount"))
        form.words("why")
        form.submit(say(shown, "reserves.add_now"), partial(_take_reserve, shown, form))


def _take_reserve(shown: view.View, form: forms.Form) -> bool:
    read = form.read(name=form.needed_words, amount=form.money, why=form.needed_words)
    if read is None:
        return False
    told = changes.reserve_added(
        shown.case.scenario, read["name"], form.said("name_vi"), form.said("fund"), read["amount"],
        read["why"],
    )  # fmt: skip
    return trying.accepted(shown, form.key, "reserves", told)
