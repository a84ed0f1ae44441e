"""What was proved of a pack, and what only a signature could: in the verifier's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.pipeline import Verdict
from prioritizer.ui import texts

_PROVEN = ("ok", "partly")
_LOOKS = {"pack": (st.success, ":material/verified:"), "exports": (st.warning, ":material/help:")}


def show(verdict: Verdict, sha256: str, lang: str) -> None:
    """The verdict in a sentence; what fails, or what is proven and what must be taken on trust."""
    told = pipeline.verdict_object(verdict, lang)
    box, icon = _LOOKS[verdict.kind] if verdict.ok else (st.error, ":material/gpp_bad:")
    box(texts.plain(told["says"]), icon=icon)
    if not verdict.ok:
        st.table(failing(told["clauses"], lang), hide_index=True, alt=_say("fails", lang))
        return
    st.markdown(texts.phrase("meeting.pack.sha256", lang))
    st.code(sha256, language=None, wrap_lines=True)
    proven = [each for each in told["clauses"] if each["state"] in _PROVEN]
    label = texts.phrase("meeting.pack.proven", lang, count=len(proven))
    with st.expander(label, icon=":material/done_all:", key="pack-proven"):
        st.table(findings(proven, lang), hide_index=True, alt=_say("proven_alt", lang))
    label = texts.phrase("meeting.pack.stated", lang, count=len(told["stated"]))
    with st.expander(label, icon=":material/signature:", key="pack-stated"):
        st.markdown("\n".join(f"- {texts.plain(each['says'])}" for each in told["stated"]))
    st.caption(texts.phrase("meeting.pack.signature", lang))


def findings(clauses: Iterable[Mapping[str, Any]], lang: str) -> pd.DataFrame:
    """Clauses with what was found right."""
    rows = [(texts.plain(each["about"]), texts.plain(each["says"])) for each in clauses]
    return pd.DataFrame(rows, columns=[_say("clause", lang), _say("finding", lang)])


def failing(clauses: Iterable[Mapping[str, Any]], lang: str) -> pd.DataFrame:
    """Every fault of the clauses that fail, with the part it is in."""
    rows = [
        (texts.plain(each["about"]), texts.plain(fault["message"]))
        for each in clauses
        if each["state"] == "fails"
        for fault in each["faults"]
    ]
    return pd.DataFrame(rows, columns=[_say("clause", lang), _say("fault", lang)])


def _say(key: str, lang: str) -> str:
    return locale.say(f"meeting.pack.{key}", lang)
