"""How complete dossiers are: body by body, project by project, and what complete ones would change."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from prioritizer import charts, locale, pipeline
from prioritizer.model import Case
from prioritizer.ui import answers, names, state, tables, texts, view
from prioritizer.ui.outcome import ledger
from prioritizer.ui.projects import templates

_QUESTION = "dossiers"


def show(shown: view.View) -> None:
    """All of it; what follows from a plan only once somebody asks."""
    found = of(shown.case)
    st.markdown(texts.plain(pipeline.describe_demand(found, shown.lang)))
    frame = by_body(shown.case, found, shown.lang)
    tables.figure(charts.dossiers_by_body(frame, shown.case.illustrative, shown.lang), shown.lang)
    _lacking(shown, found)
    templates.show(shown)
    _plans(shown)
    _shared(shown, found)


def of(case: Case) -> pipeline.Dossiers:
    """What dossiers lack, worked out once."""
    return answers.remembered(case, _QUESTION, lambda: pipeline.dossiers(case))


def by_body(case: Case, found: pipeline.Dossiers, lang: str) -> pd.DataFrame:
    """Per lead body, in protocol order: projects, complete ones, entries filled and needed, and criteria
    that nobody judged."""
    rows = [
        (
            names.ministry(case, body, lang),
            len(own),
            found.complete(own),
            *found.columns(own),
            sum(len(found.unassessed[row]) for row in own.tolist()),
        )
        for body, own in case.rows_by_body
    ]
    counts = ("project", "complete", "filled", "needed", "unassessed")
    return pd.DataFrame(rows, columns=["ministry", *(f"{name}_count" for name in counts)])


def lacking(case: Case, found: pipeline.Dossiers, lang: str) -> pd.DataFrame:
    """The projects that lack something, in the order of their ids: how much, and what."""
    register = case.register
    rows = [
        (
            register.ids[row],
            register.name(row, lang),
            names.ministry(case, register.columns["ministry"][row], lang, short=True),
            len(found.missing[row]),
            _what(found, row, lang),
        )
        for row in range(len(register))
        if found.missing[row]
    ]
    return pd.DataFrame(rows, columns=["id", "name", "lead", "missing_count", "missing"])


def _what(found: pipeline.Dossiers, row: int, lang: str) -> str:
    if len(found.missing[row]) == len(found.needed[row]):
        return locale.say("ui.dossiers.nothing_there", lang)
    return "; ".join(pipeline.column_name(name, lang) for name in found.missing[row])


def _lacking(shown: view.View, found: pipeline.Dossiers) -> None:
    st.subheader(shown.say("dossiers.lacking"), anchor=False)
    frame = lacking(shown.case, found, shown.lang)
    if frame.empty:
        st.success(shown.say("dossiers.all_complete"), icon=":material/task_alt:")
        return
    search, order = st.columns([1, 1], vertical_alignment="bottom")
    query = search.text_input(
        shown.say("table.search"), key="dossiers-search", placeholder=shown.say("table.search_hint")
    )
    with order:
        sortable = [str(column) for column in frame if column != "missing"]
        column, descending = tables.picker(shown.lang, sortable, "dossiers")
    chosen = tables.found(frame, query, ["id", "name", "lead", "missing"])
    st.markdown(shown.say("dossiers.shown", count=len(chosen), whole=len(shown.case.register)))
    if chosen.empty:
        st.info(shown.say("dossiers.none_found"), icon=":material/search_off:")
        return
    listed = tables.ordered(chosen, column, descending)
    tables.show(listed, shown.lang, alt=shown.say("dossiers.lacking_alt"), rows=5, lines=3)


def _shared(shown: view.View, found: pipeline.Dossiers) -> None:
    st.subheader(shown.say("dossiers.shared"), anchor=False)
    said = [pipeline.describe_shared(shown.case, each, shown.lang) for each in found.shared]
    st.markdown(
        "\n".join(f"- {texts.plain(sentence)}" for sentence in said) or shown.say("dossiers.none_shared")
    )


def _plans(shown: view.View) -> None:
    st.subheader(shown.say("dossiers.plans"), anchor=False)
    st.caption(shown.say("dossiers.plans_help"))
    st.button(
        shown.say("dossiers.compare"),
        key=f"ask/{_QUESTION}",
        on_click=state.ask,
        args=(shown.case, _QUESTION),
    )
    if state.asked(shown.case, _QUESTION):
        _compared(shown, _gates(shown))


def _gates(shown: view.View) -> pipeline.Gates:
    """Both plans, each solved once."""
    changed = [pipeline.complete_only(shown.case), pipeline.all_arrived(shown.case)]
    return pipeline.Gates(*(each.plan for each in answers.assessed_each(changed)))


def _compared(shown: view.View, gates: pipeline.Gates) -> None:
    said = pipeline.describe_gates(shown.case, gates, shown.lang)
    st.markdown("\n".join(f"- {texts.plain(sentence)}" for sentence in said))
    if not (gates.complete_only.found and gates.all_arrived.found):
        st.info(shown.say("dossiers.no_plan"), icon=":material/info:")
        return
    change = pipeline.difference(gates.complete_only, gates.all_arrived)
    moved = ledger.changes(shown.case, change, shown.lang)
    if not moved.empty:
        columns = {"now_mvnd": "complete_only_mvnd", "otherwise_mvnd": "all_arrived_mvnd"}
        tables.show(moved.rename(columns=columns), shown.lang, alt=shown.say("dossiers.plans_alt"), rows=8)
