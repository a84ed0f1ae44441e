"""Every answer the app has computed, kept once for all sessions.

Nothing here belongs to one person: what is kept is known by a digest of all that decides it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from prioritizer import pipeline
from prioritizer.model import Case
from prioritizer.results import Difference, Distance, Evaluation, Frontier, Ladder, Prices

T = TypeVar("T")


def loaded(path: Path) -> Case:
    """The case of a scenario file, read anew when any file beside it changes. Raises ``InputFaults``."""
    return _loaded(str(path), pipeline.mode_of_operation(), _stamp(path))


def drafted(path: Path, draft: pipeline.Draft) -> Case:
    """The case of a scenario file under a draft, read anew when any file changes. Raises ``InputFaults``."""
    tried = hashlib.sha256(repr((draft.started_sha256, tuple(draft.changes.items()))).encode()).hexdigest()
    return _drafted(str(path), pipeline.mode_of_operation(), _stamp(path), tried, draft)


def assessed(case: Case) -> Evaluation:
    """The evaluation of a case, computed once for the same inputs and choices."""
    return _assessed(fingerprint(case), case)


def priced(evaluation: Evaluation) -> Prices | None:
    """The prices of an evaluation, computed once."""
    return _priced(fingerprint(evaluation.case), evaluation)


def compared(evaluation: Evaluation, name: str, compare: Callable[[], Difference]) -> Difference:
    """What would change under one question about an evaluation, computed once for its name."""
    return _compared(fingerprint(evaluation.case), name, compare)


def climbed(evaluation: Evaluation, step_mvnd: int, steps: int) -> Ladder:
    """The plans at growing budgets, computed once."""
    return _climbed(fingerprint(evaluation.case), step_mvnd, steps, evaluation)


def best_by_budget(evaluation: Evaluation) -> tuple[Frontier, Distance | None]:
    """The best value for every budget and how far the plan is from it, computed once."""
    return _best_by_budget(fingerprint(evaluation.case), evaluation)


def refused(evaluation: Evaluation, lang: str) -> pipeline.Refusal:
    """Why there is no plan, computed once."""
    return _refused(fingerprint(evaluation.case), lang, evaluation)


def remembered(case: Case, name: str, compute: Callable[[], T]) -> T:
    """The answer of that name about a case, computed once. ``compute`` may show its progress on the page,
    which is why Streamlit does not cache it as a function: that would play the drawing back as well."""
    shelf = _shelf(fingerprint(case), name)
    if not shelf:
        shelf.append(compute())
    answer: T = shelf[0]
    return answer


def fingerprint(case: Case) -> str:
    """A digest of everything that decides a case: its files' digests and its resolved scenario."""
    inputs = sorted((file.role, file.path, file.sha256) for file in case.inputs)
    return hashlib.sha256(repr((inputs, case.scenario)).encode()).hexdigest()


# Cases and evaluations are frozen and shared by all sessions; Streamlit's hashing samples large arrays,
# so the key is always a digest and the data itself goes in under a leading underscore.
@st.cache_resource(max_entries=16, show_spinner=False)
def _loaded(path: str, mode: str, stamp: str) -> Case:
    return pipeline.load(Path(path), mode)


@st.cache_resource(max_entries=64, show_spinner=False)
def _drafted(path: str, mode: str, stamp: str, tried: str, _draft: pipeline.Draft) -> Case:
    return pipeline.load_draft(Path(path), _draft, mode)


@st.cache_resource(max_entries=64, show_spinner=False)
def _assessed(fingerprint: str, _case: Case) -> Evaluation:
    return pipeline.assess(_case)


@st.cache_resource(max_entries=64, show_spinner=False)
def _priced(fingerprint: str, _evaluation: Evaluation) -> Prices | None:
    return pipeline.prices(_evaluation)


@st.cache_resource(max_entries=256, show_spinner=False)
def _compared(fingerprint: str, name: str, _compare: Callable[[], Difference]) -> Difference:
    return _compare()


@st.cache_resource(max_entries=64, show_spinner=False)
def _climbed(fingerprint: str, step_mvnd: int, steps: int, _evaluation: Evaluation) -> Ladder:
    return pipeline.ladder(_evaluation, step_mvnd, steps)


@st.cache_resource(max_entries=64, show_spinner=False)
def _best_by_budget(fingerprint: str, _evaluation: Evaluation) -> tuple[Frontier, Distance | None]:
    return pipeline.frontier(_evaluation), pipeline.distance_from_best(_evaluation)


@st.cache_resource(max_entries=64, show_spinner=False)
def _refused(fingerprint: str, lang: str, _evaluation: Evaluation) -> pipeline.Refusal:
    return pipeline.refusal(_evaluation, lang)


@st.cache_resource(max_entries=256, show_spinner=False)
def _shelf(fingerprint: str, name: str) -> list[Any]:
    return []


def _stamp(path: Path) -> str:
    """The files a scenario may rest on, with times and sizes; without old versions, drafts, and what is being
    written. What is gone between listing and looking counts as not there."""
    folders = (path.parent, path.parent.parent / "criteria")
    return repr([mark for folder in folders for file in _files(folder) if (mark := _mark(file))])


def _files(folder: Path) -> list[Path]:
    found = list[Path]()
    for place, inner, files in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith(".")]
        found += [
            Path(place, name) for name in files if not name.startswith(".") and not name.endswith(".tmp")
        ]
    return sorted(found)


def _mark(file: Path) -> tuple[str, int, int] | None:
    try:
        about = file.stat()
    except OSError:
        return None
    return str(file), about.st_mtime_ns, about.st_size
