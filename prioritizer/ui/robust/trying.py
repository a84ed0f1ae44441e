"""What was tried in this session, and of which state of the case: an older one is never shown as current."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from prioritizer import pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.model import Case
from prioritizer.ui import answers, view
from prioritizer.ui.robust import settings

_KEPT = 6  # tries of one scenario
_TRIED = "robustness-tried"


@dataclass(frozen=True)
class Try:
    """What was asked about the case of a fingerprint: answered by ``found``, refused for ``faults``, or on
    its way."""

    about: str
    asked: pipeline.Asked
    found: pipeline.Robustness | None = None
    faults: tuple[Fault, ...] = ()


def begin(case: Case) -> None:
    """Remembers that the settings are to be tried on a case; it is the last one tried."""
    asked = settings.read(case)
    if asked is not None:
        _put(case, Try(answers.fingerprint(case), asked))


def last(case: Case) -> Try | None:
    """The last try of the case as it stands, else of an older state of it; ``None`` where there is none."""
    if not _held(case) and (asked := answers.stressing(case)) is not None:
        _put(
            case, Try(answers.fingerprint(case), asked)
        )  # as after a reload: it is shown, and can be stopped
    held = _held(case)
    own = [each for each in held if each.about == answers.fingerprint(case)]
    return own[-1] if own else next((each for each in reversed(held) if each.found is not None), None)


def is_current(case: Case, tried: Try) -> bool:
    """Whether a try is of the case as it stands."""
    return tried.about == answers.fingerprint(case)


def found(case: Case) -> pipeline.Robustness | None:
    """What the last try of the case as it stands has found."""
    tried = last(case)
    return tried.found if tried is not None and is_current(case, tried) else None


def answered(shown: view.View, tried: Try) -> Try | None:
    """A try of the case as it stands with its answer; ``None`` while it is worked out, which stands on the
    page in its place."""
    if tried.found is not None or tried.faults:
        return tried
    try:
        found = answers.stressed(shown.evaluation, tried.asked)
    except InputFaults as refused:
        tried = replace(tried, faults=refused.faults)
    else:
        if found is None:
            return None
        tried = replace(tried, found=found)
    _put(shown.case, tried)
    return tried


def _put(case: Case, tried: Try) -> None:
    others = [each for each in _held(case) if (each.about, each.asked) != (tried.about, tried.asked)]
    every: dict[str, list[Try]] = st.session_state.setdefault(_TRIED, {})
    every[case.scenario.id] = [*others, tried][-_KEPT:]


def _held(case: Case) -> list[Try]:
    every: dict[str, list[Try]] = st.session_state.setdefault(_TRIED, {})
    return every.get(case.scenario.id, [])
