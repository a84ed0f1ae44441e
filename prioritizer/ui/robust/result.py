"""The first part: who stands firm, how often and how much each project gets."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial

import pandas as pd
import streamlit as st

from prioritizer import charts, locale, pipeline
from prioritizer.charts.robust import kind_text
from prioritizer.robustness.stress import Robustness
from prioritizer.robustness.words import KINDS, describe_draws
from prioritizer.ui import tables, texts, view
from prioritizer.ui.robust import frames
from prioritizer.ui.switches import switch

DRAWN = 40  # projects in the chart
_LOOKS = ("share", "money")


def show(shown: view.View, found: Robustness) -> None:
    """Three big numbers, how sure they are, and project by project."""
    _big_numbers(found, shown.lang)
    st.caption(texts.plain(" ".join(describe_draws(found, shown.lang))))
    _by_project(shown, found)
    _downloads(shown, found)


def _big_numbers(found: Robustness, lang: str) -> None:
    if found.standing is None:
        st.info(texts.phrase("robustness.standing.none", lang), icon=":material/info:")
        return
    count = Counter(each.kind for each in found.standing)
    for column, kind in zip(st.columns(len(KINDS)), KINDS, strict=True):
        column.metric(
            _capital(kind_text(kind, lang)),
            texts.phrase("robustness.page.projects", lang, count=locale.number(count[kind], lang, 0)),
            help=texts.phrase(f"robustness.page.means.{kind}", lang),
            border=True,
        )
    if unproven := sum(not each.proven for each in found.standing):
        said = texts.phrase("robustness.standing.unproven", lang, count=locale.number(unproven, lang, 0))
        st.caption(said)


def _capital(said: str) -> str:
    """A sign and words, as a heading."""
    sign, words = said.split(" ", 1)
    return f"{sign} {words[:1].upper()}{words[1:]}"


def _by_project(shown: view.View, found: Robustness) -> None:
    lang = shown.lang
    how, search = st.columns([3, 2], vertical_alignment="center")
    with how:
        look = switch("robustness-look", "robustness.page.look", _LOOKS, "robustness.page.looks", lang)
    query = search.text_input(
        texts.phrase("robustness.page.search", lang),
        key="robustness-search",
        placeholder=texts.say("table.search_hint", lang),
    )
    frame = tables.found(frames.projects(found, lang), query, ("id", "name"))
    if frame.empty:
        st.info(shown.say("register.none_found"), icon=":material/search_off:")
        return
    if len(frame) > DRAWN:
        st.caption(texts.phrase("robustness.page.largest", lang, count=DRAWN, whole=len(frame)))
    draw = charts.funded_shares if look == "share" else charts.money_bands
    drawn = draw(frame[:DRAWN], shown.case.illustrative, lang)
    tables.figure(drawn, lang, table=_as_shown(frame), labels=frames.labels(lang))


def _as_shown(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns="kind")


def _downloads(shown: view.View, found: Robustness) -> None:
    lang = shown.lang
    for column, kind in zip(st.columns(2), ("text", "json"), strict=True):
        column.download_button(
            texts.phrase(f"robustness.page.download.{kind}", lang),
            data=partial(_content, found, kind, lang),
            file_name=f"{shown.id}-robustness.{'txt' if kind == 'text' else 'json'}",
            mime="text/plain" if kind == "text" else "application/json",
            icon=":material/download:",
            key=f"download/robustness/{kind}",
            on_click="ignore",
            width="stretch",
        )


def _content(found: Robustness, kind: str, lang: str) -> bytes:
    explained = pipeline.explain_robustness(found, lang)
    if kind == "text":
        return ("\n".join(explained.lines) + "\n").encode("utf-8-sig")
    return json.dumps(explained.content, ensure_ascii=False, indent=1).encode("utf-8")
