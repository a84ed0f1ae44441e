"""A new limit, question by question: over what, floor or ceiling, in what measure, how much, why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from prioritizer import locale
from prioritizer.ui import view
from prioritizer.ui.rules import changes, forms, selecting, trying, typed
from prioritizer.ui.rules.trying import say
from prioritizer.ui.rules.typed import Measure

Where = dict[str, tuple[str, ...]]


def show(shown: view.View) -> None:
    """The questions, each once the one before is answered."""
    form = forms.Form(shown, "limit-added")
    where = _where(shown, form)
    if where is None:
        st.caption(say(shown, "adding.choose_values"))
        return
    projects, asks = selecting.extent(shown.case, where)
    st.caption(say(shown, "limits.extent", count=projects, asks=locale.bn(asks, shown.lang)))
    side = _one_of(form, shown, "side", ("at_least", "at_most"), "side")
    measure = (
        _one_of(form, shown, "measure", selecting.measures(shown.case, where), "measure") if side else None
    )
    if side and measure:
        _rest(shown, form, where, side, next(each for each in typed.MEASURES if each == measure))


def _where(shown: view.View, form: forms.Form) -> Where | None:
    """What is selected; ``None`` while a field has no value yet. Without any field it is all projects."""
    known = selecting.values(shown.case)
    form.several(
        "over", list(known), lambda field: selecting.field_words(shown.case, field, shown.lang),
        locale.say("rules.adding.all", shown.lang),
    )  # fmt: skip
    where: Where = {}
    for field in form.picks("over"):
        st.multiselect(
            say(shown, "adding.which", field=selecting.field_words(shown.case, field, shown.lang)),
            known.get(field, []), key=form.place(f"where/{field}"),
            format_func=partial(_value, shown, field), placeholder=say(shown, "adding.pick"),
        )  # fmt: skip
        where[field] = tuple(form.picks(f"where/{field}"))
    return where if all(where.values()) else None


def _value(shown: view.View, field: str, value: str) -> str:
    return selecting.value_words(shown.case, field, value, shown.lang)


def _one_of(form: forms.Form, shown: view.View, field: str, options: Sequence[str], words: str) -> str | None:
    chosen = st.segmented_control(
        say(shown, f"adding.{field}"), options, key=form.place(field),
        format_func=lambda each: say(shown, f"{words}.{each}"),
    )  # fmt: skip
    return chosen if chosen in options else None


def _rest(shown: view.View, form: forms.Form, where: Where, side: str, measure: Measure) -> None:
    needs_least = measure == "count" and side == "at_least" and shown.case.scenario.least_grant_mvnd is None
    with form.drawn():
        form.text("size", placeholder=say(shown, f"example.{measure}"), help=say(shown, f"size.{measure}"))
        if needs_least:
            form.text("least_grant", placeholder=say(shown, "example.amount_bn"))
        form.words("why")
        form.one("firmness", ["negotiable", "decreed", "soft"], lambda each: say(shown, f"firmness.{each}"))
        form.text("penalty", placeholder=say(shown, "adding.penalty"))
        form.submit(say(shown, "adding.now"), partial(_take, shown, form, where, side, measure, needs_least))


def _take(
    shown: view.View, form: forms.Form, where: Where, side: str, measure: Measure, needs_least: bool
) -> bool:
    least = {"least_grant": form.money} if needs_least else {}
    size = partial(_size, form, measure)
    read = form.read(size=size, why=form.needed_words, penalty=partial(_penalty, form), **least)
    if read is None:
        return False
    new = changes.NewLimit(
        where, side, read["size"], read["why"], form.said("firmness") == "decreed", read["penalty"]
    )
    told = changes.limit_added(shown.case.scenario, new)
    if needs_least:
        told[("least_grant_bn",)] = changes.amount(read["least_grant"])
    taken = trying.accepted(shown, form.key, "limits", told)
    if taken:
        st.session_state[f"limit-chosen/{shown.id}/kept"] = next(iter(told))[1]
    return taken


def _size(form: forms.Form, measure: Measure, field: str) -> typed.Size:
    return typed.read_size(measure, form.line(field))


def _penalty(form: forms.Form, field: str) -> int | None:
    """The price of a soft limit, which has to have one; of others none is asked. Raises ``Misread``."""
    if form.said("firmness") != "soft":
        return None
    return typed.read_price(form.line(field))
