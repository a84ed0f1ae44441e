"""What has to be answered before files can be read: columns, styles of numbers, units, odd amounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import streamlit as st

from prioritizer import locale
from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.headings import LEFT_OUT, Lexicon, heading_of
from prioritizer.inputs.workbooks.importing import Imported
from prioritizer.inputs.workbooks.sheet import TableName
from prioritizer.ui import view
from prioritizer.ui.bringing import inbox, words
from prioritizer.ui.bringing.words import bare, say

ODD = ("amount_unlike_others", "amount_beyond_funds", "amount_beyond_budgets")
_NUMBERS = ("number_ambiguous", "number_against_style")
_AMOUNTS_NAMED = 3
_UNITS = ("bn", "million", "dong")


@dataclass(frozen=True)
class Question:
    """One thing to be answered: what is kept about (``about``: a heading, else a file), as which kind of
    answer, and a fault that shows it."""

    kind: str  # headings, numbers, units, sure: the answers of the inbox
    about: str
    fault: Fault


def questions(done: Imported) -> list[Question]:
    """What is to be asked, once each, in the order of the files."""
    found: dict[tuple[str, str], Question] = {}
    for fault in done.faults:
        kind = _kind(fault.code)
        if kind:
            about = str(fault.params["heading"]) if kind == "headings" else str(fault.file)
            found.setdefault((kind, about), Question(kind, about, fault))
    return list(found.values())


def _kind(code: str) -> str | None:
    if code in ODD:
        return "sure"
    if code in _NUMBERS:
        return "numbers"
    return {"heading_unknown": "headings", "unit_not_stated": "units"}.get(code)


def show(shown: view.View, done: Imported, asked: Sequence[Question]) -> None:
    """All questions in one form; nothing is read again before all are sent together."""
    st.subheader(bare(shown, "questions.title", count=len(asked)), anchor=False)
    st.caption(say(shown, "questions.help"))
    draw: Mapping[str, Callable[[view.View, Imported, Question], None]] = {
        "headings": _heading,
        "numbers": _number,
        "units": _unit,
        "sure": _sure,
    }
    with st.form(f"import-questions/{inbox.generation()}"):
        for each in asked:
            draw[each.kind](shown, done, each)
        st.form_submit_button(
            bare(shown, "questions.answer"),
            type="primary",
            icon=":material/check:",
            on_click=take,
            args=(shown.id, tuple(asked)),
            key="import-answer",
        )


def key_of(question: Question) -> str:
    """The key of a question's field."""
    return f"import-question/{inbox.generation()}/{question.kind}/{question.about}"


def take(scenario_id: str, asked: Sequence[Question]) -> None:
    """Keeps what has been answered; what was left open is asked again."""
    now = inbox.of(scenario_id)
    said = [(each, st.session_state.get(key_of(each))) for each in asked]
    for kind, known in (("headings", now.headings), ("numbers", now.numbers), ("units", now.units)):
        new = {each.about: answer for each, answer in said if each.kind == kind and answer}
        inbox.change(scenario_id, **{kind: {**known, **new}})
    sure = {each.about for each, answer in said if each.kind == "sure" and answer}
    inbox.change(scenario_id, sure=now.sure | sure)


def _heading(shown: view.View, done: Imported, question: Question) -> None:
    fault, lang = question.fault, shown.lang
    report = next(each for each in done.reports if each.file == fault.file)
    table = dict(report.tables)[str(fault.sheet)]
    near = str(fault.params["near"])
    names = [column.name for column in Lexicon(table, shown.saved.scenario.fields).columns]
    first = [near] if near in names else []
    options = [*first, *(name for name in names if name not in first), LEFT_OUT]
    params = {"sheet": str(fault.sheet), "heading": question.about, "cell": words.cell(fault)}
    st.selectbox(
        say(shown, "questions.heading", sender=words.sender(shown.saved, report.sender, lang), **params),
        options,
        index=None,
        placeholder=bare(shown, "questions.choose"),
        format_func=partial(_column_named, shown, table, near),
        key=key_of(question),
    )


def _column_named(shown: view.View, table: TableName, near: str, name: str) -> str:
    if name == LEFT_OUT:
        return bare(shown, "questions.left_out")
    called = heading_of(table, name, shown.lang)
    return bare(shown, "questions.likely", column=called) if name == near else called


def _number(shown: view.View, done: Imported, question: Question) -> None:
    fault = question.fault
    text = str(fault.params["text"])
    st.radio(
        say(shown, "questions.number", file=question.about, text=text, cell=words.cell(fault)),
        ["vi", "en"],
        index=None,
        format_func=lambda style: say(shown, f"questions.{style}", value=_as_read(shown, fault, style)),
        key=key_of(question),
    )


def _as_read(shown: view.View, fault: Fault, style: str) -> str:
    """The number that a text would be in one style, written as the page writes numbers."""
    if fault.code != "number_ambiguous":
        return bare(shown, f"style.{style}")
    grouping = {"vi": ".", "en": ","}[style]
    if grouping in str(fault.params["text"]):
        return locale.number(int(str(fault.params["grouped"])), shown.lang, 0)
    whole, decimals = str(fault.params["whole"]), str(fault.params["decimals"])
    return locale.number(Fraction(f"{whole}.{decimals}"), shown.lang, len(decimals))


def _unit(shown: view.View, done: Imported, question: Question) -> None:
    heading = str(question.fault.params["heading"])
    cell = words.cell(question.fault)
    st.radio(
        say(shown, "questions.unit", file=question.about, heading=heading, cell=cell),
        _UNITS,
        index=None,
        format_func=lambda unit: bare(shown, f"unit.{unit}"),
        horizontal=True,
        key=key_of(question),
    )


def _sure(shown: view.View, done: Imported, question: Question) -> None:
    odd = [fault for fault in done.faults if fault.code in ODD and fault.file == question.about]
    amounts = [fault.params["amount_mvnd"] for fault in odd]
    named = [locale.bn(amount, shown.lang) for amount in amounts if isinstance(amount, int)]
    more = ["…"] if len(named) > _AMOUNTS_NAMED else []
    said = "; ".join([*named[:_AMOUNTS_NAMED], *more])
    st.checkbox(
        say(shown, "questions.sure", file=question.about, count=len(odd), amounts=said),
        key=key_of(question),
    )


def answered(shown: view.View) -> None:
    """What has been answered in this session, and the way to answer anew."""
    now = inbox.of(shown.id)
    if not now.answered:
        return
    said = [f"“{heading}” = {_called(shown, name)}" for heading, name in now.headings.items()]
    said += [f"{file}: {bare(shown, f'style.{style}')}" for file, style in now.numbers.items()]
    said += [f"{file}: {bare(shown, f'unit.{unit}')}" for file, unit in now.units.items()]
    said += [f"{file}: ✓" for file in sorted(now.sure)]
    text, again = st.columns([4, 1], vertical_alignment="center")
    text.caption(say(shown, "questions.given", answers="; ".join(said)))
    again.button(
        bare(shown, "questions.forget"), on_click=inbox.forget_answers, args=(shown.id,), width="stretch"
    )


def _called(shown: view.View, name: str) -> str:
    """A column by its heading; the first table that has it names it."""
    if name == LEFT_OUT:
        return bare(shown, "questions.left_out")
    tables: tuple[TableName, ...] = ("register", "costs", "assessments")
    headings = (heading_of(table, name, shown.lang) for table in tables)
    return next((heading for heading in headings if heading != name), name)
