"""Files become sheets, one by one and side by side; sheets and answers become a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from prioritizer import pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.workbooks.home import Home
from prioritizer.inputs.workbooks.importing import Imported, bring_opened
from prioritizer.inputs.workbooks.opening import open_content
from prioritizer.inputs.workbooks.rehearsing import rehearse
from prioritizer.inputs.workbooks.sheet import Sheet
from prioritizer.inputs.workbooks.stepping import seen
from prioritizer.ui import answers, view
from prioritizer.ui.bringing import inbox
from prioritizer.ui.bringing.inbox import Opened
from prioritizer.ui.bringing.words import bare, say
from prioritizer.ui.office import progress
from prioritizer.ui.office.jobs import Task, office

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
    sheets: list[Sheet] | tuple[Fault, ...]
    try:
        sheets = open_content(name, content)
    except InputFaults as found:
        sheets = found.faults
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


def read(shown: view.View, scenario: Path, home: Home) -> Read | None:
    """What the files and answers of now come to, worked out once beside the app; ``None`` while that is on
    its way, which the page then says. Raises ``InputFaults``."""
    now, known = inbox.of(shown.id), seen(home.folder, home.files)
    mode = pipeline.mode_of_operation()
    mark = repr((now.digest, known, home, answers.fingerprint(shown.saved), mode))
    opened = {name: each.sheets for name, each in now.files.items()}
    arguments = (opened, home, scenario, now.given, mode, now.dropped)
    done = _worked_out("import-read", mark, bring_opened, arguments)
    return None if done is None else Read(done, known)


def rehearsed(found: Read, home: Home, scenarios: Sequence[Path]) -> dict[Path, tuple[Fault, ...]] | None:
    """What would be wrong with scenarios once the tables are written, worked out once beside the app;
    ``None`` while that is on its way, which the page then says."""
    files = {name: inbox.sha256_of(content) for name, content in found.done.files.items()}
    stamps = [(str(path), path.stat().st_mtime_ns) for path in scenarios]
    arguments = ([*scenarios], home, found.done.files, pipeline.mode_of_operation())
    after: dict[Path, tuple[Fault, ...]] | None = _worked_out(
        "import-rehearsed", repr((files, found.known, stamps)), rehearse, arguments
    )
    return after


def _worked_out(kept: str, mark: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """An answer that this session keeps under a name until it is about something else. The office of jobs
    forgets it: files of one session are no other's."""
    found = st.session_state.get(kept)
    if found is not None and found[0] == mark:
        return found[1]
    task = Task("workbooks", f"{kept}/{inbox.sha256_of(mark.encode())}", function, arguments)
    job = progress.asked(task)
    if job is None:
        return None
    st.session_state[kept] = (mark, job.answer)
    office().forget(job)
    return job.answer
