"""Which questioning is open, and what is done to it: answered, gone back in, stopped, dropped.

What is answered stands on disk and which one is open in the address, so that a reload opens the same
question.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from prioritizer import pipeline
from prioritizer.errors import Misread
from prioritizer.model import Case
from prioritizer.scoring.interview import Interview, answered, back
from prioritizer.store.interviews import drop_interview, interviews_of, keep_interview, name_of

ADDRESS = "ask"
_TOLD = "ask-told"


def fits(held: Interview, case: Case) -> bool:
    """Whether it still asks about criteria that there are."""
    families = dict(case.criteria.families()) if case.criteria else {}
    parent = "" if held.over == "root" else held.over
    return {node.id for node in families.get(parent, ())} == {*held.asked, *held.left_out}


def opened(path: Path) -> Interview | None:
    """The questioning that the address names, if there is one."""
    wanted = st.query_params.get(ADDRESS)
    return next((held for held in interviews_of(path) if name_of(held) == wanted), None)


def open_one(name: str) -> None:
    """Opens a questioning."""
    st.query_params[ADDRESS] = name


def stop() -> None:
    """Back to where questionings begin; what was answered stays."""
    st.query_params.pop(ADDRESS, None)


def begin(path: Path, held: Interview) -> None:
    """A new questioning; one that another window has begun in the meantime stays as it is and is told."""
    _guarded(lambda: _stands(path, held, None))
    open_one(name_of(held))


def answer(path: Path, held: Interview, read: Callable[[], tuple[str, ...]]) -> None:
    """Takes what is typed or chosen as the answer; what is none is told beside the question."""
    try:
        after = answered(held, read())
    except Misread as misread:
        st.session_state[_refused_at(held)] = misread
        return
    st.session_state.pop(_refused_at(held), None)
    _guarded(lambda: _stands(path, after, held))


def refused(held: Interview) -> Misread | None:
    """Why the last attempt to answer this very question was not taken."""
    found: Misread | None = st.session_state.get(_refused_at(held))
    return found


def go_back(path: Path, held: Interview) -> None:
    """To the question before, with what was answered there as a suggestion."""
    earlier = back(held)
    st.session_state[_once_at(earlier)] = held.answers[-1]
    st.session_state.pop(_refused_at(held), None)
    _guarded(lambda: _stands(path, earlier, held))


def once(held: Interview) -> tuple[str, ...] | None:
    """What was answered here before somebody went back."""
    found: tuple[str, ...] | None = st.session_state.get(_once_at(held))
    return found


def drop(path: Path, held: Interview) -> None:
    """Lets go of a questioning."""
    _guarded(lambda: drop_interview(path, held))
    stop()


def told() -> str | None:
    """What has to be said of the last thing done, once: the name of a sentence."""
    found: str | None = st.session_state.pop(_TOLD, None)
    return found


def tell(name: str) -> None:
    """Has a sentence said when the page is drawn next."""
    st.session_state[_TOLD] = name


def day(held: Interview, lang: str) -> str:
    """The day of the questioning as people write it."""
    return pipeline.day_text(held.at, lang)


def _stands(path: Path, held: Interview, was: Interview | None) -> None:
    if keep_interview(path, held, was) != held:
        tell("other_window")


def _guarded(work: Callable[[], None]) -> None:
    try:
        work()
    except OSError:
        tell("not_kept")


def key(held: Interview) -> str:
    """The beginning of the keys of a question's widgets."""
    return f"ask/{name_of(held)}/{held.method}/{held.at}/{len(held.answers)}"


def _refused_at(held: Interview) -> str:
    return f"{key(held)}/refused"


def _once_at(held: Interview) -> str:
    return f"{key(held)}/once"
