"""Papers for one lead body: its workbook, blank and filled, and what it is asked to complete; and for an
assessor, the sheet of scores."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from prioritizer import pipeline
from prioritizer.ui import answers, names, texts, view

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LETTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(shown: view.View) -> None:
    """One body to choose, and four files to take away; each is made when it is asked for."""
    st.subheader(shown.say("templates.title"), anchor=False)
    st.caption(shown.say("templates.help"))
    case, lang = shown.case, shown.lang
    body = st.selectbox(
        shown.say("templates.body"),
        [each.id for each in case.ministries.bodies],
        format_func=lambda one: names.ministry(case, one, lang),
        key="templates-body",
    )
    leads = {each for each, _ in case.rows_by_body}
    columns = st.columns(4)
    for column, (name, file_name, make) in zip(columns, _papers(shown, body), strict=True):
        needed = name != "blank"
        column.download_button(
            shown.say(f"templates.{name}"),
            data=make,
            file_name=file_name,
            mime=_LETTER if file_name.endswith(".docx") else _SHEET,
            icon=":material/download:",
            key=f"download-{name}",
            on_click="ignore",
            width="stretch",
            help=shown.say(f"templates.{name}_help"),
            disabled=needed and body not in leads,
        )
    if body not in leads:
        st.info(shown.say("templates.no_projects"), icon=":material/info:")


def slips(shown: view.View) -> None:
    """One assessor to choose, and the sheet of scores, blank or with the scores so far."""
    case, lang = shown.saved, shown.lang
    if not case.scenario.assessors:
        return
    who, *columns = st.columns([2, 1, 1], vertical_alignment="bottom")
    assessor = who.selectbox(
        texts.phrase("bringing.slips.assessor", lang),
        [each.id for each in case.scenario.assessors],
        format_func=lambda one: pipeline.assessor_name(case, one, lang),
        key="templates-assessor",
    )
    make = partial(pipeline.assessor_template, assessor, lang, _scenario(shown))
    for column, (name, filled) in zip(columns, (("blank", False), ("filled", True)), strict=True):
        column.download_button(
            texts.phrase(f"bringing.slips.{name}", lang),
            data=partial(make, filled=filled),
            file_name=f"{shown.id}-{assessor}.xlsx" if filled else f"{assessor}.xlsx",
            mime=_SHEET,
            icon=":material/download:",
            key=f"download-slip-{name}",
            on_click="ignore",
            width="stretch",
        )


def _papers(shown: view.View, body: str) -> list[tuple[str, str, Callable[[], bytes]]]:
    """What can be taken away: its name, the file's, and how it is made."""
    path, lang = _scenario(shown), shown.lang
    request = f"{shown.id}-request-{body}"
    template = partial(pipeline.ministry_template, body, lang, path)
    return [
        ("blank", f"{body}.xlsx", partial(template, filled=False)),
        ("filled", f"{shown.id}-{body}.xlsx", partial(template, filled=True)),
        ("tasks", f"{request}.xlsx", partial(_requested, shown, f"{request}.xlsx")),
        ("letter", f"{request}.docx", partial(_requested, shown, f"{request}.docx")),
    ]


def _scenario(shown: view.View) -> Path:
    return next(path for path in pipeline.scenario_paths() if path.stem == shown.id)


def _requested(shown: view.View, file_name: str) -> bytes:
    """One of the files that go to lead bodies; all of a scenario are made together, once."""
    make = partial(pipeline.requests, _scenario(shown), shown.lang)
    return answers.remembered(shown.saved, f"requests/{shown.lang}", make)[file_name]
