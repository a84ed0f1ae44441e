"""The part of the meeting's page that opens a pack: what it proves, what it holds, the way back."""

from __future__ import annotations

import streamlit as st

from prioritizer.ui import answers, faults, texts, view
from prioritizer.ui.packs import brought, overview, proof, taking
from prioritizer.ui.packs.reading import Read


def show(shown: view.View) -> None:
    """The box for a file, or the pack that is open."""
    pack = brought.at_hand()
    if pack is None:
        _box(shown)
        return
    _opened(shown, pack)
    read = answers.read_pack(pack.content, pack.name, pack.sha256)
    if read is not None:
        _read(shown, pack, read)


def _box(shown: view.View) -> None:
    lang = shown.lang
    st.markdown(texts.phrase("meeting.pack.help", lang))
    dropped = st.file_uploader(texts.phrase("meeting.pack.drop", lang), key=f"pack-file/{brought.batch()}")
    if dropped is not None:
        brought.bring(dropped.name, dropped.getvalue())
        st.rerun()


def _opened(shown: view.View, pack: brought.Brought) -> None:
    """Which file it is, and the way out."""
    named, out = st.columns([5, 2], vertical_alignment="center")
    named.markdown(f":material/inventory_2: {texts.phrase('meeting.pack.file', shown.lang, name=pack.name)}")
    out.button(
        texts.phrase("meeting.pack.close", shown.lang),
        key="pack-close",
        icon=":material/close:",
        on_click=brought.put_away,
        width="stretch",
    )


def _read(shown: view.View, pack: brought.Brought, read: Read) -> None:
    lang = shown.lang
    if read.verdict.kind != "plan":
        proof.show(read.verdict, pack.sha256, lang)
    if read.found is None:
        _refused(shown, read)
    else:
        taking.show(shown, pack, read.found)
        overview.show(read, lang)
    if read.documents:
        overview.documents(read.documents, lang)


def _refused(shown: view.View, read: Read) -> None:
    """Why nothing of it is shown; what the verifier has already told is not told twice."""
    st.error(texts.phrase("meeting.pack.not_shown", shown.lang), icon=":material/block:")
    if told := tuple(each for each in read.faults if each.code != "pack_fails"):
        faults.show_table(told, shown.lang)
