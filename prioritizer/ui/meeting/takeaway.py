"""Papers to take away: the shortlist, the plan file with how to check it, the decisions."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.ui import texts, view
from prioritizer.ui.meeting import decided


def show(shown: view.View) -> None:
    """A button for every file; each is made when it is asked for."""
    lang = shown.lang
    if shown.draft is not None:
        st.warning(texts.phrase("meeting.papers.tried", lang), icon=":material/science:")
    if not shown.evaluation.plan.found:
        st.info(texts.phrase("meeting.papers.no_plan", lang), icon=":material/block:")
    for name, file_name, mime, make in papers(shown):
        button, told = st.columns([2, 3], vertical_alignment="center")
        button.download_button(
            texts.phrase(f"meeting.papers.{name}", lang),
            data=make,
            file_name=file_name,
            mime=mime,
            icon=":material/download:",
            key=f"meeting-{name}",
            on_click="ignore",
            width="stretch",
        )
        told.caption(texts.phrase(f"meeting.papers.{name}_help", lang))
    st.subheader(texts.phrase("meeting.papers.verify", lang), anchor=False)
    st.markdown(texts.phrase("meeting.papers.verify_help", lang))
    st.code(f"prioritizer verify {shown.id}-plan.json", language=None)


def papers(shown: view.View) -> list[tuple[str, str, str, Callable[[], bytes]]]:
    """What can be taken away: its name, the file's, what kind of file, and how it is made."""
    shortlist = partial(pipeline.shortlist_csv, shown.evaluation, shown.lang)
    return [
        ("excel", f"{shown.id}-shortlist-excel.csv", "text/csv", partial(shortlist, "excel")),
        ("machine", f"{shown.id}-shortlist.csv", "text/csv", partial(shortlist, "machine")),
        ("plan", f"{shown.id}-plan.json", "application/json", partial(_plan, shown)),
        ("decisions", f"{shown.id}-decisions-excel.csv", "text/csv", partial(_decisions, shown)),
    ]


def _plan(shown: view.View) -> bytes:
    content = pipeline.plan_object(shown.evaluation)
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _decisions(shown: view.View) -> bytes:
    lang, scenario = shown.lang, shown.case.scenario
    above = [
        locale.say("meeting.log.title", lang),
        locale.say("exports.scenario", lang, title=scenario.title.into(lang), id=scenario.id),
        *([locale.say("exports.illustrative", lang)] if shown.case.illustrative else []),
    ]
    return pipeline.table_csv(decided.log(shown.case, lang), decided.labels(lang), lang, "excel", above)
