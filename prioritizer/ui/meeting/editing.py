"""Forms for a decision: a new one, and one that is changed or taken away; each is one step of the draft."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from prioritizer import money
from prioritizer.errors import Fault
from prioritizer.model import Decision, Words
from prioritizer.ui import fields, state, texts, view
from prioritizer.ui.meeting import decided
from prioritizer.ui.rules import forms, trying


def show(shown: view.View) -> None:
    """One form to add, one to change."""
    with st.expander(texts.phrase("meeting.edit.add", shown.lang), icon=":material/add:", key="meeting-add"):
        _form(shown, None)
    if not shown.case.scenario.decisions:
        return
    with st.expander(
        texts.phrase("meeting.edit.change", shown.lang), icon=":material/edit:", key="meeting-change"
    ):
        _change(shown)


def _change(shown: view.View) -> None:
    held = {each.id: each for each in shown.case.scenario.decisions}
    frame = decided.log(shown.case, shown.lang)
    titles = dict(zip(held, frame["id"] + " – " + frame["name"] + ": " + frame["what"], strict=True))
    name = st.selectbox(
        texts.phrase("meeting.edit.which", shown.lang),
        list(held),
        format_func=lambda one: titles.get(one, one),
        key=f"meeting-which/{shown.id}",
    )
    _form(shown, held[name])
    key = f"meeting-remove/{shown.id}/{name}"
    st.button(
        texts.phrase("meeting.edit.remove", shown.lang),
        key=key,
        icon=":material/delete:",
        on_click=trying.attempt,
        args=(shown, key, "decisions", decided.taken_away(held[name])),
    )
    trying.show_refusal(shown, key)


def _form(shown: view.View, before: Decision | None) -> None:
    """The fields of one decision, as they stand where there is one."""
    # An undo may change what the fields should start with.
    form = forms.Form(shown, f"decision/{before.id}/{state.generation()}" if before else "decision")
    form.follow(repr(before))
    if before is None:
        form.one("project", list(shown.case.register.ids), partial(_project, shown))
    kind = _kind(shown, form, before)
    _filled(shown, form, before)
    with form.drawn():
        if kind in decided.WITH_AMOUNT:
            form.text("amount", placeholder=texts.phrase("meeting.edit.amount", shown.lang))
        left, right = st.columns([3, 2])
        with left:
            form.text("by", placeholder=texts.phrase("meeting.edit.by", shown.lang))
        with right:
            form.day("at", _day(before))
        form.words("why")
        st.checkbox(texts.phrase("meeting.edit.decreed", shown.lang), key=form.place("decreed"))
        label = texts.phrase(f"meeting.edit.{'add_now' if before is None else 'change_now'}", shown.lang)
        form.submit(label, partial(_take, shown, form, before, kind))


def _project(shown: view.View, project: str) -> str:
    return f"{project} – {shown.case.register.name(shown.case.register.row_of(project), shown.lang)}"


def _kind(shown: view.View, form: forms.Form, before: Decision | None) -> decided.Kind:
    key = form.place("kind")
    st.session_state.setdefault(key, decided.kind_of(before) if before else "full")
    chosen = st.segmented_control(
        texts.phrase("meeting.column.what", shown.lang),
        decided.KINDS,
        format_func=lambda one: texts.phrase(f"meeting.kind.{one}", shown.lang),
        key=key,
        required=True,
    )
    return chosen or "full"


def _filled(shown: view.View, form: forms.Form, before: Decision | None) -> None:
    """What stands in the fields at first."""
    if before is None:
        return
    mvnd = decided.amount_of(before)
    texts_of = {
        "amount": "" if mvnd is None else fields.unmistakable(money.bn(mvnd), shown.lang),
        "by": before.by.into(shown.lang) if before.by else "",
        "why_vi": before.why.vi if before.why else "",
        "why_en": _english(before.why),
    }
    for field, text in texts_of.items():
        st.session_state.setdefault(form.place(field), text)
    st.session_state.setdefault(form.place("decreed"), before.decreed)


def _english(words: Words | None) -> str:
    return "" if words is None or words.en == words.vi else words.en


def _day(before: Decision | None) -> date:
    return date.fromisoformat(before.at) if before and before.at else date.today()


def _take(shown: view.View, form: forms.Form, before: Decision | None, kind: decided.Kind) -> bool:
    amount = {"amount": form.money} if kind in decided.WITH_AMOUNT else {}
    read = form.read(by=form.line, why=form.needed_words, **amount)
    if read is None:
        return False
    project = before.project if before else form.said("project")
    name = decided.named(project, kind, before)
    if name in {each.id for each in shown.case.scenario.decisions if before is None or each.id != before.id}:
        again = Fault("decision_repeated", params={"verb": name.rpartition(".")[2], "project": project})
        trying.refuse(shown, form.key, [trying.in_words(shown, again)])
        return False
    by = _kept(before.by if before else None, read["by"], shown.lang)
    decreed = bool(st.session_state.get(form.place("decreed")))
    told = decided.told(
        before, project, kind, read.get("amount"), by, form.said("at"), read["why"], decreed=decreed
    )
    return trying.accepted(shown, form.key, "decisions", told)


def _kept(before: Words | None, typed: str, lang: str) -> object:
    """Who decided: what was typed, or both languages as they were where nothing else was."""
    if before is None or before.into(lang) != typed:
        return typed
    return {"vi": before.vi, "en": before.en}
