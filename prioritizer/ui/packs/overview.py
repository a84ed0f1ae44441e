"""The plan that a pack encloses, to be looked at: total, shortlist, limits, what is illustrative, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import Case
from prioritizer.results import Evaluation
from prioritizer.ui import frames, tables, texts
from prioritizer.ui.packs.reading import Read

_NAMED = 12  # in a sentence; more are counted


def show(read: Read, lang: str) -> None:
    """All of it, marked as a pack's."""
    if read.found is None or read.evaluation is None:
        return
    with st.container(border=True, key="pack-plan"):
        _marked(read.found.case, lang)
        _big_number(read.evaluation, lang)
        _shortlist(read.evaluation, lang)
        _limits(read.evaluation, lang)


def documents(files: Mapping[str, bytes], lang: str) -> None:
    """The papers enclosed, to be taken out."""
    label = texts.phrase("meeting.pack.documents", lang, count=len(files))
    with st.expander(label, icon=":material/folder_zip:", key="pack-documents"):
        for name, content in files.items():
            st.download_button(
                texts.plain(name),
                data=partial(bytes, content),
                file_name=name.rpartition("/")[2],
                mime="application/octet-stream",
                icon=":material/download:",
                key=f"pack-document/{name}",
                on_click="ignore",
            )


def _marked(case: Case, lang: str) -> None:
    st.info(texts.phrase("meeting.pack.read_only", lang), icon=":material/lock:")
    st.subheader(texts.plain(case.scenario.title.into(lang)), anchor=False)
    said = [texts.say("standing.proposal", lang), *_illustrative(case, lang)]
    st.markdown("\n".join(f"- {each}" for each in said))


def _illustrative(case: Case, lang: str) -> list[str]:
    """Whose asks, and which limits, rest on no source."""
    register, limits = case.register, case.scenario.limits
    asks = [register.ids[row] for row in register.illustrative.nonzero()[0].tolist()]
    invented = [pipeline.limit_name(case, each, lang) for each in limits if each.basis == "illustrative"]
    found = (("asks", asks, len(register)), ("limits", invented, len(limits)))
    return [_which(*each, lang) for each in found if each[1]]


def _which(key: str, names: Sequence[str], whole: int, lang: str) -> str:
    if len(names) == whole:
        return texts.say(f"standing.{key}_all", lang)
    if len(names) > _NAMED:
        return texts.say(f"standing.{key}_some", lang, count=len(names), whole=whole)
    params = {"count": len(names), "whole": whole, "names": "; ".join(names)}
    return texts.phrase(f"meeting.pack.{key}_named", lang, **params)


def _big_number(evaluation: Evaluation, lang: str) -> None:
    plan, envelope_mvnd = evaluation.plan, evaluation.case.envelope_mvnd
    if not plan.found:
        status = locale.say(f"terms.status.{plan.status}", lang)
        st.warning(texts.say("no_plan.status", lang, status=status), icon=":material/block:")
        return
    big, left, projects = st.columns([6, 2, 2], vertical_alignment="center")
    amounts = {"allocated": locale.bn(plan.total_mvnd, lang), "envelope": locale.bn(envelope_mvnd, lang)}
    big.markdown(f"### {texts.say('overview.headline', lang, **amounts)}")
    left_over = locale.bn(envelope_mvnd - plan.total_mvnd, lang)
    left.metric(texts.say("overview.left", lang), texts.say("money", lang, amount=left_over))
    funded, whole = int((plan.amount_mvnd > 0).sum()), len(evaluation.case.register)
    projects.metric(
        texts.say("overview.funded", lang), texts.say("overview.of", lang, part=funded, whole=whole)
    )


def _shortlist(evaluation: Evaluation, lang: str) -> None:
    st.subheader(texts.say("overview.who", lang), anchor=False)
    tables.show(shortlist(evaluation, lang), lang, alt=texts.say("overview.who_alt", lang), rows=10)


def shortlist(evaluation: Evaluation, lang: str) -> pd.DataFrame:
    """Who gets what, with the basis of every ask where they differ in it."""
    frame = frames.shortlist(evaluation, lang)
    basis = evaluation.case.register.columns.get("ask_basis")
    if basis is None or len(set(basis.texts())) == 1:
        return frame
    words = dict(zip(evaluation.case.register.ids, basis.texts(), strict=True))
    said = [locale.say(f"terms.basis.{words[name]}", lang) if words[name] else "" for name in frame["id"]]
    frame.insert(list(frame).index("ask_mvnd") + 1, "ask_basis", said)
    return frame


def _limits(evaluation: Evaluation, lang: str) -> None:
    frame = frames.limits(evaluation, lang)
    if frame.empty:
        return
    st.subheader(texts.phrase("meeting.pack.limits", lang), anchor=False)
    tables.show(frame, lang, alt=locale.say("meeting.pack.limits_alt", lang), rows=10)
