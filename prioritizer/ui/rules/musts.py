"""What must or must not be funded: a quick way to decide about a project, with who and why."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from prioritizer import pipeline
from prioritizer.errors import Fault
from prioritizer.model import Decision
from prioritizer.ui import texts, view
from prioritizer.ui.rules import changes, entries, forms, trying
from prioritizer.ui.rules.trying import say

KINDS = ("full", "at_least", "nothing")


def show(shown: view.View) -> None:
    """What is decided so far, each with a way to take it back, and a form for one more."""
    for decision in shown.case.scenario.decisions:
        _decided(shown, decision)
    if not shown.case.scenario.decisions:
        st.caption(say(shown, "musts.none"))
    st.markdown(f"**{say(shown, 'musts.add')}**")
    _add(shown)


def _decided(shown: view.View, decision: Decision) -> None:
    left, right = st.columns([9, 2], vertical_alignment="center")
    said = pipeline.decision_text(shown.case, decision, shown.lang)
    left.markdown(f"**{texts.plain(said[:1].upper() + said[1:])}**  \n:small[{_told(shown, decision)}]")
    with right:
        key = f"must-off/{shown.id}/{decision.id}"
        gone: changes.Changes = {("decisions", decision.id): changes.ABSENT}
        entries.tried(shown, say(shown, "remove"), key, "decisions", gone)


def _told(shown: view.View, decision: Decision) -> str:
    """By whom, when and why, as far as it is known."""
    lang = shown.lang
    known = {
        "by": decision.by.into(lang) if decision.by else "",
        "at": pipeline.day_text(decision.at, lang) if decision.at else "",
        "why": decision.why.into(lang) if decision.why else "",
    }
    said = [say(shown, f"musts.{name}", said=text) for name, text in known.items() if text]
    return "; ".join([*said, *([say(shown, "decreed")] if decision.decreed else [])])


def _add(shown: view.View) -> None:
    form, register = forms.Form(shown, "must-added"), shown.case.register
    left, right = st.columns([3, 2])
    with left:
        form.one(
            "project", list(register.ids),
            lambda one: f"{one} – {register.name(register.row_of(one), shown.lang)}",
        )  # fmt: skip
    with right:
        kind = st.segmented_control(
            say(shown, "field.decision"), KINDS, key=form.place("kind"), default="full", required=True,
            format_func=lambda each: say(shown, f"musts.kind.{each}"),
        )  # fmt: skip
    with form.drawn():
        if kind == "at_least":
            form.text("amount", placeholder=say(shown, "example.amount_bn"))
        left, right = st.columns([3, 2])
        with left:
            form.text("by", placeholder=say(shown, "musts.by_example"))
        with right:
            form.day("at", date.today())
        form.words("why")
        form.submit(say(shown, "musts.now"), partial(_take, shown, form, str(kind)))


def _take(shown: view.View, form: forms.Form, kind: str) -> bool:
    amount = {"amount": form.money} if kind == "at_least" else {}
    read = form.read(by=form.line, why=form.needed_words, **amount)
    if read is None:
        return False
    project = form.said("project")
    name, told = changes.decision_added(
        project, kind, read.get("amount"), read["by"], form.said("at"), read["why"]
    )
    if name in {each.id for each in shown.case.scenario.decisions}:
        again = Fault("decision_repeated", params={"verb": name.rpartition(".")[2], "project": project})
        trying.refuse(shown, form.key, [trying.in_words(shown, again)])
        return False
    return trying.accepted(shown, form.key, "decisions", told)
