"""Objective, hurdle, ties, scores not assessed, and what a project must reach to be eligible."""

from __future__ import annotations

from functools import partial

import streamlit as st

from prioritizer import locale
from prioritizer.errors import Misread
from prioritizer.model import FULL, UNASSESSED, Criterion
from prioritizer.results import E4
from prioritizer.ui import fields, texts, view
from prioritizer.ui.rules import changes, entries, trying, typed
from prioritizer.ui.rules.trying import say

TIES = ("order", "pro_rata")


def show(shown: view.View) -> None:
    """What is maximised and what the objective neglects; then what makes a project eligible."""
    left, right = st.columns(2, gap="large")
    with left:
        _objective(shown)
        _hurdle(shown)
        _ties(shown)
    with right:
        if shown.case.criteria is None:
            st.caption(say(shown, "aims.given"))
            return
        _unassessed(shown)
        st.markdown(f"**{say(shown, 'aims.minima')}**")
        st.caption(say(shown, "aims.minima_help"))
        for factor in shown.case.criteria.criteria:
            _minimum(shown, factor)


def _objective(shown: view.View) -> None:
    now, key = shown.case.scenario.objective.basis, f"basis/{shown.id}"

    def take(basis: str) -> None:
        # A hurdle in points is no hurdle in points per billion: the other basis starts with the saved one.
        saved = shown.saved.scenario.objective
        hurdle = saved.hurdle_e4 if saved.basis == basis else 0
        trying.attempt(shown, key, "objective", changes.objective(basis, hurdle))

    entries.picked(
        shown, shown.say("objective.title"), ["funding", "project"], key, now, take,
        lambda one: shown.say(f"objective.{one}_short"), kind="radio",
    )  # fmt: skip
    st.caption(shown.say(f"objective.{now}"))


def _hurdle(shown: view.View) -> None:
    objective = shown.case.scenario.objective
    key = f"hurdle/{shown.id}/{objective.basis}"

    def take(value_e4: int) -> None:
        trying.attempt(shown, key, "objective", changes.objective(objective.basis, value_e4))

    entries.typed(
        shown, shown.say(f"allocation.hurdle_{objective.basis}"), key,
        typed.points(objective.hurdle_e4, shown.lang), fields.read_typed_points_e4, take,
        partial(_echo, shown),
    )  # fmt: skip


def _echo(shown: view.View, value_e4: int) -> str:
    return shown.say("input.read_points", points=typed.points(value_e4, shown.lang))


def _ties(shown: view.View) -> None:
    key = f"ties/{shown.id}"

    def take(rule: str) -> None:
        trying.attempt(shown, key, "ties", {("ties",): rule})

    entries.picked(
        shown, say(shown, "field.ties"), TIES, key, shown.case.scenario.ties, take,
        lambda each: say(shown, f"ties.{each}"), kind="radio", help=say(shown, "aims.ties_help"),
    )  # fmt: skip


def _unassessed(shown: view.View) -> None:
    key = f"unassessed/{shown.id}"

    def take(end: str) -> None:
        trying.attempt(shown, key, "eligibility", {("eligibility", "unassessed"): end})

    entries.picked(
        shown, shown.say("allocation.unassessed"), list(UNASSESSED), key,
        shown.case.scenario.eligibility.unassessed, take, lambda end: shown.word(f"unassessed.{end}"),
        kind="segmented", help=shown.say("allocation.unassessed_help"),
    )  # fmt: skip


def _minimum(shown: view.View, factor: Criterion) -> None:
    minima = shown.case.scenario.eligibility.minimum_by_factor
    key, place = f"minimum/{shown.id}/{factor.id}", ("eligibility", "minimum_by_factor", factor.id)

    def take(value_e4: int | None) -> None:
        told = changes.ABSENT if value_e4 is None else changes.points(value_e4)
        trying.attempt(shown, key, "eligibility", {place: told})

    now = "" if factor.id not in minima else typed.points(minima[factor.id], shown.lang)
    entries.typed(
        shown, texts.plain(factor.name.into(shown.lang)), key, now, read_minimum, take,
        blank=partial(take, None), placeholder=locale.say("rules.aims.no_minimum", shown.lang),
    )  # fmt: skip


def read_minimum(text: str) -> int:
    """Points out of a hundred, in 1e-4 point. Raises ``Misread``."""
    value_e4 = fields.read_typed_points_e4(text)
    if value_e4 > FULL * E4:
        raise Misread("above_full", text=text[:40])
    return value_e4
