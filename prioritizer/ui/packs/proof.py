"""What was proved of a pack, and what only a signature could: in the verifier's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from prioritizer import pipeline
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
        st.markdown("\n".join(failing(told["clauses"])))
        return
    st.markdown(texts.phrase("meeting.pack.sha256", lang))
    st.code(sha256, language=None, wrap_lines=True)
    proven = [each for each in told["clauses"] if each["state"] in _PROVEN]
    label = texts.phrase("meeting.pack.proven", lang, count=len(proven))
    with st.expander(label, icon=":material/done_all:", key="pack-proven"):
        st.markdown("\n".join(map(_finding, proven)))
    label = texts.phrase("meeting.pack.stated", lang, count=len(told["stated"]))
    with st.expander(label, icon=":material/signature:", key="pack-stated"):
        st.markdown("\n".join(f"- {texts.plain(each['says'])}" for each in told["stated"]))
    st.caption(texts.phrase("meeting.pack.signature", lang))


# Lists and not tables: a digest is wider than a cell, and would have to be scrolled to.
def _finding(clause: Mapping[str, Any]) -> str:
    """A clause with what was found right."""
    found = f": {texts.plain(clause['says'])}" if clause["says"] else ""
    return f"- **{texts.plain(clause['about'])}**{found}"


def failing(clauses: Iterable[Mapping[str, Any]]) -> list[str]:
    """Every fault of the clauses that fail, with the part it is in, below its clause."""
    lines = list[str]()
    for each in clauses:
        if each["state"] == "fails":
            lines.append(f"- **{texts.plain(each['about'])}**")
            lines += [f"    - {texts.plain(fault['message'])}" for fault in each["faults"]]
    return lines
