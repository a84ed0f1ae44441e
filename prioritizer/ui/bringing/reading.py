"""Files become sheets, one by one and side by side; sheets and answers become a report."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from prioritizer import pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.workbooks.home import Home
from prioritizer.inputs.workbooks.importing import Imported, bring_together
from prioritizer.inputs.workbooks.lists import read_lists
from prioritizer.inputs.workbooks.opening import open_content
from prioritizer.inputs.workbooks.rehearsing import rehearse
from prioritizer.inputs.workbooks.sheet import Sheet
from prioritizer.inputs.workbooks.stepping import seen
from prioritizer.ui import answers, view
from prioritizer.ui.bringing import inbox
from prioritizer.ui.bringing.inbox import Inbox, Opened
from prioritizer.ui.bringing.words import bare, say

_AT_ONCE = 2
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Read:
    """What the files come to, and the digest of the tables that they were held against."""

    done: Imported
    known: str


def take_in(shown: view.View, uploads: Sequence[tuple[str, bytes]]) -> None:
    """Open what was dropped, two files at a time, each kept as soon as it is open; how far that is stands on
    the page."""
    named = _told_apart([(_bare_name(name), content) for name, content in uploads])
    there = inbox.of(shown.id).files
    fresh = {name: content for name, content in named.items() if not _is_same(there.get(name), content)}
    for name in named.keys() - fresh.keys():
        inbox.tell("info", say(shown, "file.same", file=name))
    place = st.empty()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = {pool.submit(_opened, name, content): name for name, content in fresh.items()}
        try:
            _collect(shown, waiting, place)
        finally:  # a newer run of the page has taken over: what is not begun need not be
            pool.shutdown(wait=True, cancel_futures=True)
    place.empty()
    for name in fresh.keys() & there.keys():
        inbox.tell("info", say(shown, "file.replaced", file=name))


def _collect(
    shown: view.View, waiting: dict[Future[Opened], str], place: st.delta_generator.DeltaGenerator
) -> None:
    whole = len(waiting)
    for done, each in enumerate(as_completed(waiting), 1):
        inbox.put(shown.id, waiting[each], each.result())
        place.progress(done / whole, bare(shown, "reading", done=done, whole=whole, file=waiting[each]))


def _opened(name: str, content: bytes) -> Opened:
    sheets: list[Sheet] | InputFaults
    try:
        sheets = open_content(name, content)
    except InputFaults as found:
        sheets = found
    return Opened(inbox.sha256_of(content), sheets)


def _is_same(opened: Opened | None, content: bytes) -> bool:
    return opened is not None and opened.sha256 == inbox.sha256_of(content)


def _bare_name(name: str) -> str:
    """A file's own name, printable and of a length that can be read."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char if char.isprintable() else "�" for char in last).strip()
    path = Path(plain or "–")
    return plain if len(plain) <= _LONGEST_NAME else path.stem[: _LONGEST_NAME - 10] + path.suffix[:10]


def _told_apart(uploads: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """Files by name; where two that came together have the same name, the later one gets a number."""
    named: dict[str, bytes] = {}
    for name, content in uploads:
        path, count = Path(name), 1
        while name in named and named[name] != content:
            count += 1
            name = f"{path.stem} ({count}){path.suffix}"
        named[name] = content
    return named


def read(shown: view.View, scenario: Path, home: Home) -> Read:
    """What the files and answers of now come to, worked out once. Raises ``InputFaults``."""
    now, known = inbox.of(shown.id), seen(home.folder, home.files)
    mark = repr((now.digest, known, answers.fingerprint(shown.saved), pipeline.mode_of_operation()))
    kept = st.session_state.get("import-read")
    if kept is None or kept[0] != mark:
        with st.spinner(bare(shown, "checking")):
            kept = (mark, Read(_brought(now, scenario, home), known))
        st.session_state["import-read"] = kept
    found: Read = kept[1]
    return found


def _brought(now: Inbox, scenario: Path, home: Home) -> Imported:
    opened = {name: each.sheets for name, each in now.files.items()}
    mode = pipeline.mode_of_operation()
    return bring_together(opened, home, read_lists(scenario), now.given, mode, now.dropped)


def rehearsed(
    shown: view.View, found: Read, home: Home, scenarios: Sequence[Path]
) -> dict[Path, tuple[Fault, ...]]:
    """What would be wrong with scenarios once the tables are written, worked out once."""
    kept = st.session_state.get("import-rehearsed")
    files = {name: inbox.sha256_of(content) for name, content in found.done.files.items()}
    mark = repr((files, found.known, [(path, path.stat().st_mtime_ns) for path in scenarios]))
    if kept is None or kept[0] != mark:
        with st.spinner(bare(shown, "rehearsing")):
            mode = pipeline.mode_of_operation()
            kept = (mark, rehearse(scenarios, home, found.done.files, mode))
        st.session_state["import-rehearsed"] = kept
    faults: dict[Path, tuple[Fault, ...]] = kept[1]
    return faults
