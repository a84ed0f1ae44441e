"""Answers that may take long, on a page: there at once where they are quick, else told how far they are.

What is quick is simply there. Else a panel says what is being worked out and for how long, and can stop it;
the page is drawn anew as soon as the answer is there.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from prioritizer import locale
from prioritizer.ui import texts
from prioritizer.ui.office.jobs import Job, Task, office

PATIENCE_SECONDS = 1.0  # for so long after it was begun a page waits for an answer without saying so
PAGE_WHOLE, PAGE_ANEW = "page-whole", "page-anew"  # what the frame has to know of how a page came and ended
_LOOK_SECONDS = 0.5


def needed(task: Task) -> Any:
    """The answer; where it is not there, the page ends here for now. Raises what the job raised."""
    job = asked(task)
    if job is None:
        st.session_state[PAGE_WHOLE] = True
        st.stop()
    return job.answer


def asked(task: Task) -> Job | None:
    """The job if it is done, else ``None``, and its panel stands where the answer would. Raises what the job
    raised: :class:`InputFaults`, or :class:`JobFailed` for a defect."""
    job = awaited(task)
    if job.state == "done":
        return job
    if job.error is not None:
        office().forget(job)
        raise job.error
    _without_answer(job) if job.state in ("stopped", "lost") else _panel(job)
    return None


def awaited(task: Task) -> Job:
    """The job, waited for as long as a page waits without saying so."""
    job = office().ask(task)
    job.wait(max(0.0, PATIENCE_SECONDS - job.seconds))
    return job


@st.fragment(run_every=_LOOK_SECONDS)
def _panel(job: Job) -> None:
    if job.over.is_set():
        st.session_state[PAGE_ANEW] = True
        st.rerun()
    office().look(job)
    with st.container(border=True, key=f"job/{job.task.name}"):
        told, way_out = st.columns([5, 1], vertical_alignment="center")
        told.markdown(f":material/hourglass_top: {_standing(job)}")
        if job.steps is not None:
            done, whole = job.steps
            told.progress(done / whole, _say("steps", done=done, whole=whole))
        way_out.button(
            _say("stop"), key=f"stop/{job.task.name}", on_click=office().stop, args=(job,), width="stretch"
        )


def _standing(job: Job) -> str:
    """What is being worked out, for how many whole seconds, and whether it has to wait for others."""
    key = "waiting" if job.state == "waiting" else "running"
    return _say(key, what=_what(job), seconds=int(job.seconds))


def _without_answer(job: Job) -> None:
    """A job that was stopped, or whose worker broke down, as for want of memory: it can be done again."""
    with st.container(border=True, key=f"job/{job.task.name}"):
        told, again = st.columns([5, 1], vertical_alignment="center")
        told.markdown(f":material/stop_circle: {_say(job.state, what=_what(job))}")
        again.button(
            _say("again"),
            key=f"again/{job.task.name}",
            on_click=office().forget,
            args=(job,),
            width="stretch",
        )


def _what(job: Job) -> str:
    return _say(f"what.{job.task.what}")


def _say(key: str, /, **params: object) -> str:
    return texts.phrase(f"jobs.{key}", _lang(), **params)


def _lang() -> str:
    chosen = st.session_state.get("lang")  # the frame puts down there what holds
    return chosen if chosen in locale.LANGS else "vi"
