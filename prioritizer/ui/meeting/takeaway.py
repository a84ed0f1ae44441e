"""What is taken away: documents and the pack, made when asked for; lists and the plan file, there at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.errors import InputFaults
from prioritizer.ui import answers, faults, state, texts, view
from prioritizer.ui.meeting import decided, making, settings
from prioritizer.ui.meeting.making import Made, Order
from prioritizer.ui.meeting.settings import Settings
from prioritizer.ui.robust import trying

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MIMES = {
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "zip": "application/zip",
    "csv": "text/csv",
    "json": "application/json",
}


def show(shown: view.View) -> None:
    """Settings that hold for all, documents and pack, lists."""
    lang = shown.lang
    if shown.draft is not None:
        st.warning(texts.phrase("meeting.papers.tried", lang), icon=":material/science:")
    if not shown.evaluation.plan.found:
        st.info(texts.phrase("meeting.papers.no_plan", lang), icon=":material/block:")
    chosen = settings.choose(shown)
    settings.told(shown, chosen)
    _documents(shown, chosen)
    if chosen.redact is None:
        _lists(shown, chosen)


def _documents(shown: view.View, chosen: Settings) -> None:
    lang, firm = shown.lang, trying.found(shown.case)
    asked = f"papers/{_name(chosen, firm)}"
    st.subheader(texts.phrase("meeting.papers.documents", lang), anchor=False)
    st.caption(texts.phrase(f"meeting.papers.{'untried' if firm is None else 'firm'}", lang))
    if not state.asked(shown.case, asked):
        button, told = st.columns([2, 3], vertical_alignment="center")
        button.button(
            texts.phrase("meeting.papers.make", lang),
            key="papers-make",
            type="primary",
            icon=":material/description:",
            on_click=state.ask,
            args=(shown.case, asked),
            width="stretch",
        )
        told.caption(texts.phrase("meeting.papers.make_help", lang))
        return
    try:
        made = _made_of(shown, chosen, firm)
    except InputFaults as wrong:
        faults.show_input_faults(wrong, lang)
        return
    if made is not None:
        _made(shown, chosen, made)


def _name(chosen: Settings, firm: pipeline.Robustness | None) -> str:
    """All that papers of one case hang on besides it."""
    return f"{chosen.name}/{'' if firm is None else firm.asked}"


def _made_of(shown: view.View, chosen: Settings, firm: pipeline.Robustness | None) -> Made | None:
    """Papers and pack of what is shown; ``None`` while they are being made. Raises ``InputFaults``."""
    content = None
    if shown.case is not shown.saved and shown.draft is not None:
        content = pipeline.content_under(shown.path, shown.draft)
    against = None if chosen.against is None else answers.assessed(chosen.against)
    order = Order(chosen.lang, shown.path, content, against, chosen.redact, firm)
    found: Made | None = answers.worked_out(
        "papers",
        shown.case,
        making.make,
        shown.evaluation,
        order,
        name=_name(chosen, firm),
        tells=True,
        large=True,
    )
    return found


def _made(shown: view.View, chosen: Settings, made: Made) -> None:
    lang = shown.lang
    for end in making.PAPERS:
        for name in (name for name in made.papers if name.endswith(end)):
            _offer(end.replace(".", "_"), name, partial(made.papers.__getitem__, name), lang)
    st.subheader(texts.phrase("meeting.papers.pack_title", lang), anchor=False)
    _offer("pack" if chosen.redact is None else "pack_redacted", made.pack_name, lambda: made.pack, lang)
    if shown.draft is not None and chosen.redact is None:
        st.caption(texts.phrase("meeting.papers.pack_tried", lang))
    st.markdown(texts.phrase("meeting.papers.sha256", lang))
    st.code(made.sha256, language=None, wrap_lines=True)
    st.caption(texts.phrase("meeting.papers.pack_verify", lang))
    st.code(f"prioritizer verify {made.pack_name}", language=None)


def _offer(name: str, file_name: str, make: Callable[[], bytes], lang: str) -> None:
    """A button that takes a file away, and what it is for."""
    button, told = st.columns([2, 3], vertical_alignment="center")
    button.download_button(
        texts.phrase(f"meeting.papers.{name}", lang),
        data=make,
        file_name=file_name,
        mime=_MIMES.get(file_name.rpartition(".")[2], "application/octet-stream"),
        icon=":material/download:",
        key=f"meeting-{name}",
        on_click="ignore",
        width="stretch",
    )
    told.caption(texts.phrase(f"meeting.papers.{name}_help", lang))


def _lists(shown: view.View, chosen: Settings) -> None:
    lang = shown.lang
    st.subheader(texts.phrase("meeting.papers.lists", lang), anchor=False)
    for name, file_name, make in lists(shown, chosen.lang):
        _offer(name, file_name, make, lang)
    st.caption(texts.phrase("meeting.papers.verify_help", lang))
    st.code(f"prioritizer verify {shown.id}-plan.json", language=None)


def lists(shown: view.View, lang: str) -> list[tuple[str, str, Callable[[], bytes]]]:
    """What is there at once, in a language: its name, the file's, and how it is made."""
    shortlist = partial(pipeline.shortlist_csv, shown.evaluation, lang)
    return [
        ("excel", f"{shown.id}-shortlist-excel.csv", partial(shortlist, "excel")),
        ("machine", f"{shown.id}-shortlist.csv", partial(shortlist, "machine")),
        ("plan", f"{shown.id}-plan.json", partial(_plan, shown)),
        ("decisions", f"{shown.id}-decisions-excel.csv", partial(_decisions, shown, lang)),
    ]


def _plan(shown: view.View) -> bytes:
    content = pipeline.plan_object(shown.evaluation)
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _decisions(shown: view.View, lang: str) -> bytes:
    scenario = shown.case.scenario
    above = [
        locale.say("meeting.log.title", lang),
        locale.say("exports.scenario", lang, title=scenario.title.into(lang), id=scenario.id),
        *([locale.say("exports.illustrative", lang)] if shown.case.illustrative else []),
    ]
    return pipeline.table_csv(decided.log(shown.case, lang), decided.labels(lang), lang, "excel", above)
