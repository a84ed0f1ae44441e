"""Every answer the app has computed, kept once for all sessions.

Nothing here belongs to one person: what is kept is known by a digest of all that decides it.
"""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from prioritizer import pipeline
from prioritizer.errors import InputFaults
from prioritizer.model import Case
from prioritizer.results import AssessorReport, Difference, Distance, Evaluation, Frontier, Ladder, Prices
from prioritizer.ui.office import jobs, progress
from prioritizer.ui.packs import reading

T = TypeVar("T")


def loaded(path: Path) -> Case:
    """The case of a scenario file, read anew when any file beside it changes. Raises ``InputFaults``."""
    return _loaded(str(path), pipeline.mode_of_operation(), _stamp(path))


def titles(paths: Sequence[Path], lang: str) -> Mapping[str, str | None]:
    """What the scenarios of one folder are called, by id; ``None`` for one that cannot be used."""
    return _titles(tuple(map(str, paths)), pipeline.mode_of_operation(), _stamp(paths[0]), lang)


def drafted(path: Path, draft: pipeline.Draft) -> Case:
    """The case of a scenario file under a draft, read anew when any file changes. Raises ``InputFaults``."""
    tried = hashlib.sha256(repr((draft.started_sha256, tuple(draft.changes.items()))).encode()).hexdigest()
    return _drafted(str(path), pipeline.mode_of_operation(), _stamp(path), tried, draft)


def assessed(case: Case) -> Evaluation:
    """The evaluation of a case; where it takes long, the page ends here for now."""
    found: Evaluation = progress.needed(_assessing(case))
    return found


def assessed_each(cases: Sequence[Case]) -> list[Evaluation]:
    """The evaluations of several cases, worked out beside each other."""
    begin(*cases)
    return [assessed(case) for case in cases]


def at_hand(case: Case) -> Evaluation | None:
    """The evaluation of a case, ``None`` where it takes long: for what may come later on a page."""
    found: Evaluation | None = progress.awaited(_assessing(case)).answer
    return found


def begin(*cases: Case) -> None:
    """Has cases evaluated that will be asked for next, beside each other."""
    for case in cases:
        jobs.office().ask(_assessing(case))


def priced(evaluation: Evaluation) -> Prices | None:
    """The prices of an evaluation; where they take long, the page ends here for now."""
    found: Prices | None = progress.needed(_about("prices", evaluation.case, pipeline.prices, evaluation))
    return found


def compared(evaluation: Evaluation, name: str, compare: Callable[[], Difference]) -> Difference | None:
    """What would change under one question about an evaluation, known by its name: a function of ``pipeline``
    with its arguments. ``None`` while it is being worked out, which stands on the page in its place."""
    found: Difference | None = worked_out("difference", evaluation.case, compare, name=name)
    return found


def climbed(evaluation: Evaluation, step_mvnd: int, steps: int) -> Ladder | None:
    """The plans at growing budgets; ``None`` while they are being worked out."""
    name = f"{step_mvnd}/{steps}"
    found: Ladder | None = worked_out(
        "ladder", evaluation.case, pipeline.ladder, evaluation, step_mvnd, steps, name=name
    )
    return found


def best_by_budget(evaluation: Evaluation) -> tuple[Frontier, Distance | None] | None:
    """The best value for every budget and how far the plan is from it; ``None`` while it is worked out."""
    case = evaluation.case
    found: Frontier | None = worked_out("frontier", case, pipeline.frontier, evaluation)
    if found is None:
        return None
    job = progress.asked(_beside("frontier", case, pipeline.distance_from_best, evaluation, name="distance"))
    return None if job is None else (found, job.answer)


def refused(evaluation: Evaluation, lang: str) -> pipeline.Refusal | None:
    """Why there is no plan; ``None`` while that is being worked out."""
    found: pipeline.Refusal | None = worked_out(
        "refusal", evaluation.case, pipeline.refusal, evaluation, lang, name=lang
    )
    return found


def assessor_report(evaluation: Evaluation) -> AssessorReport | None:
    """The assessors held against each other; ``None`` while that is being worked out."""
    task = _beside("assessors", evaluation.case, pipeline.assessor_report, evaluation)
    job = progress.asked(replace(task, tells=True))
    return None if job is None else job.answer


def stressed(evaluation: Evaluation, asked: pipeline.Asked) -> pipeline.Robustness | None:
    """What stays true of a plan; ``None`` while it is being worked out. One processor is left to pages."""
    machines = pipeline.Machines(max(1, (os.cpu_count() or 1) - 1))
    arguments, name = (evaluation, asked, machines), repr(asked)
    found: pipeline.Robustness | None = worked_out(
        "stress", evaluation.case, pipeline.stress, *arguments, name=name, tells=True
    )
    return found


def stressing(case: Case) -> pipeline.Asked | None:
    """What a try of a case that is on its way asks, begun in this window or another."""
    job = jobs.office().going_on("stress", fingerprint(case))
    return None if job is None else job.task.arguments[1]


def worked_out(
    what: str,
    case: Case,
    function: Callable[..., Any],
    *arguments: Any,
    name: str = "",
    tells: bool = False,
    large: bool = False,
) -> Any | None:
    """What a function of ``pipeline`` says about a case: known by ``what`` (a key of ``jobs.what``) and
    ``name``; ``tells`` and ``large`` as of a :class:`jobs.Task`. ``None`` while it is being worked out, which
    stands in its place, with a way to stop it."""
    task = _beside(what, case, function, *arguments, name=name)
    job = progress.asked(replace(task, tells=tells, large=large))
    return None if job is None else job.answer


def read_pack(content: bytes, shown: str, sha256: str) -> reading.Read | None:
    """What comes of opening a pack; ``None`` while it is being looked through."""
    mode = pipeline.mode_of_operation()
    name = f"open_pack/{mode}/{shown}/{sha256}"
    task = jobs.Task("open_pack", name, reading.read, (content, shown, mode), urgent=False, large=True)
    job = progress.asked(task)
    return None if job is None else job.answer


def _assessing(case: Case) -> jobs.Task:
    return _about("assess", case, pipeline.assess, case)


def _beside(
    what: str, case: Case, function: Callable[..., Any], *arguments: Any, name: str = ""
) -> jobs.Task:
    """A task that a page can be drawn without."""
    return replace(_about(what, case, function, *arguments, name=name), urgent=False)


def _about(what: str, case: Case, function: Callable[..., Any], *arguments: Any, name: str = "") -> jobs.Task:
    return jobs.Task(what, f"{what}/{name}/{fingerprint(case)}", function, arguments)


def remembered(case: Case, name: str, compute: Callable[[], T]) -> T:
    """The answer of that name about a case, computed once, at once: for what is quick."""
    shelf = _shelf(fingerprint(case), name)
    if not shelf:
        shelf.append(compute())
    answer: T = shelf[0]
    return answer


def fingerprint(case: Case) -> str:
    """A digest of everything that decides a case: its files' digests and its resolved scenario."""
    about, digest = _digests.get(id(case), (None, ""))
    if about is None or about() is not case:
        digest = _digest(case)
        _digests[id(case)] = weakref.ref(case, partial(_forget, id(case))), digest
    return digest


def _digest(case: Case) -> str:
    inputs = sorted((file.role, file.path, file.sha256) for file in case.inputs)
    return hashlib.sha256(repr((inputs, case.scenario)).encode()).hexdigest()


# Every page asks for the digest of a case a few times, and a scenario written out takes milliseconds. A case
# is known by being the very one, because comparing cases compares arrays.
_digests: dict[int, tuple[weakref.ref[Case], str]] = {}


def _forget(case_id: int, gone: weakref.ref[Case]) -> None:
    if _digests.get(case_id, (None, ""))[0] is gone:
        del _digests[case_id]


# Cases and evaluations are frozen and shared by all sessions; Streamlit's hashing samples large arrays,
# so the key is always a digest and the data itself goes in under a leading underscore.
@st.cache_resource(max_entries=16, show_spinner=False)
def _loaded(path: str, mode: str, stamp: str) -> Case:
    return pipeline.load(Path(path), mode)


@st.cache_resource(max_entries=8, show_spinner=False)
def _titles(paths: tuple[str, ...], mode: str, stamp: str, lang: str) -> dict[str, str | None]:
    found = dict[str, str | None]()
    for path in map(Path, paths):
        try:
            found[path.stem] = _loaded(str(path), mode, stamp).scenario.title.into(lang)
        except InputFaults:
            found[path.stem] = None
    return found


@st.cache_resource(max_entries=64, show_spinner=False)
def _drafted(path: str, mode: str, stamp: str, tried: str, _draft: pipeline.Draft) -> Case:
    return pipeline.load_draft(Path(path), _draft, mode)


@st.cache_resource(max_entries=256, show_spinner=False)
def _shelf(fingerprint: str, name: str) -> list[Any]:
    return []


def _stamp(path: Path) -> str:
    """A digest of the files a scenario may rest on, with times and sizes; without old versions, drafts, and
    what is being written. What is gone between listing and looking counts as not there."""
    folders = (path.parent, path.parent.parent / "criteria")
    marks = [mark for folder in folders for file in _files(folder) if (mark := _mark(file))]
    return hashlib.sha256(repr(marks).encode()).hexdigest()


def _files(folder: Path) -> list[Path]:
    found = list[Path]()
    for place, inner, files in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith(".")]
        found += [
            Path(place, name) for name in files if not name.startswith(".") and not name.endswith(".tmp")
        ]
    return sorted(found, key=str)


def _mark(file: Path) -> tuple[str, int, int] | None:
    try:
        about = file.stat()
    except OSError:
        return None
    return str(file), about.st_mtime_ns, about.st_size
