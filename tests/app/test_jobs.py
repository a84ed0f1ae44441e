"""Answers that take long: told while they are worked out, stopped on demand, shared, never lost."""

from __future__ import annotations

import operator
import os
import threading
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prioritizer import pipeline
from prioritizer.errors import InputFaults
from prioritizer.ui.office import jobs, progress
from prioritizer.ui.office.jobs import JobFailed, Office, Task

PATIENCE = 120.0
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def office():
    """Workers of these tests alone."""
    opened = Office()
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def nothing_gives_way(monkeypatch):
    """These tests look at their jobs less often than pages do."""
    monkeypatch.setattr(jobs, "LEFT_ALONE_SECONDS", 10 * PATIENCE)


def sleeping(name, seconds=600.0, urgent=True):
    return Task("assess", name, time.sleep, (seconds,), urgent=urgent)


def running(job):
    """Waits until a worker has taken the job."""
    until = time.monotonic() + PATIENCE
    while job.state == "waiting" and time.monotonic() < until:
        job.wait(0.01)
    assert job.state == "running"


def answered(office, task):
    job = office.ask(task)
    assert job.wait(PATIENCE)
    return job


def test_an_answer_is_the_same_as_here_and_about_the_very_case(office):
    case = pipeline.load(ROOT / "scenarios" / "baseline.yaml")
    job = answered(office, Task("assess", "baseline", pipeline.assess, (case,)))
    assert job.state == "done" and job.answer.case is case
    here = pipeline.assess(case)
    assert job.answer.plan.objective == here.plan.objective
    assert job.answer.plan.amount_mvnd.tolist() == here.plan.amount_mvnd.tolist()
    prices = answered(office, Task("prices", "prices", pipeline.prices, (job.answer,))).answer
    assert prices == pipeline.prices(here)


def test_whoever_asks_for_the_same_gets_the_same_job(office):
    task = Task("assess", "same", operator.add, (1, 2))
    found = []
    asking = [threading.Thread(target=lambda: found.append(office.ask(task))) for _ in range(8)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(set(map(id, found))) == 1
    assert found[0].wait(PATIENCE) and found[0].answer == 3


def test_a_job_that_is_stopped_ends_its_worker_and_another_takes_its_place(office):
    job = office.ask(sleeping("stopped"))
    running(job)
    begun = time.monotonic()
    office.stop(job)
    assert job.state == "stopped" and time.monotonic() - begun < 10
    assert office.ask(job.task) is job  # until somebody wants it again
    office.forget(job)
    assert office.ask(job.task) is not job
    office.stop(office.ask(job.task))
    sums = [answered(office, Task("assess", f"after/{at}", operator.add, (at, 1))) for at in range(4)]
    assert [job.answer for job in sums] == [1, 2, 3, 4]


def test_a_job_that_waits_can_be_stopped_and_is_never_begun(office):
    ahead = [office.ask(sleeping(f"ahead/{at}")) for at in range(jobs.WORKERS)]
    for job in ahead:
        running(job)
    behind = office.ask(sleeping("behind"))
    office.stop(behind)
    for job in ahead:
        office.stop(job)
    assert behind.state == "stopped"
    assert answered(office, Task("assess", "free again", operator.add, (1, 1))).answer == 2


def test_a_page_never_waits_behind_questions_that_were_asked_beside(office):
    beside = [office.ask(sleeping(f"beside/{at}", urgent=False)) for at in range(2)]
    running(beside[0])
    assert answered(office, Task("assess", "a page's", operator.add, (2, 2))).answer == 4
    assert beside[1].state == "waiting"
    for job in beside:
        office.stop(job)


def test_what_nobody_looks_at_gives_way_where_others_wait(office, monkeypatch):
    left = [office.ask(sleeping(f"left/{at}")) for at in range(jobs.WORKERS)]
    for job in left:
        running(job)
    monkeypatch.setattr(jobs, "LEFT_ALONE_SECONDS", 0.2)
    job = office.ask(Task("assess", "wanted", operator.add, (3, 3)))
    until = time.monotonic() + PATIENCE
    while not job.wait(0.1) and time.monotonic() < until:
        office.look(job)
    assert job.answer == 6 and any(one.state == "stopped" for one in left)
    for one in left:
        office.stop(one)


def test_what_nobody_looks_at_goes_on_while_a_worker_is_free(office, monkeypatch):
    left = office.ask(sleeping("left", urgent=False))
    running(left)
    monkeypatch.setattr(jobs, "LEFT_ALONE_SECONDS", 0.0)
    assert answered(office, Task("assess", "beside it", operator.add, (4, 4))).answer == 8
    assert left.state == "running" and office.going_on("assess", "left") is left
    office.ask(Task("assess", "after it", operator.add, (5, 5), urgent=False))  # of these one at a time
    assert left.state == "stopped" and office.going_on("assess", "left") is None


def test_faults_of_the_input_come_through_whole(office):
    case = pipeline.load(ROOT / "scenarios" / "baseline.yaml")
    job = answered(office, Task("compare", "too few", pipeline.compare, ([case],)))
    assert job.state == "failed" and isinstance(job.error, InputFaults)
    with pytest.raises(InputFaults) as here:
        pipeline.compare([case])
    assert job.error.faults == here.value.faults


def test_a_defect_is_told_with_its_trace_for_the_log(office):
    job = answered(office, Task("assess", "defect", operator.truediv, (1, 0)))
    assert isinstance(job.error, JobFailed) and "ZeroDivisionError" in str(job.error)
    again = office.ask(Task("assess", "after a defect", operator.add, (1, 1)))
    assert again.wait(PATIENCE) and again.answer == 2


def test_a_worker_that_breaks_down_is_told_and_replaced(office):
    job = answered(office, Task("assess", "broken", os._exit, (1,)))
    assert (job.state, job.answer, job.error) == ("lost", None, None)
    assert answered(office, Task("assess", "after that", operator.add, (1, 1))).answer == 2


def test_workers_that_ended_while_nothing_was_to_do_are_replaced_unseen(office):
    answered(office, Task("assess", "before", operator.add, (1, 1)))
    for desk in office._desks:
        desk.end()
    for number in range(jobs.WORKERS):
        job = answered(office, Task("assess", f"instead/{number}", operator.add, (number, 2)))
        assert (job.state, job.answer) == ("done", number + 2)


def test_what_does_not_go_through_the_pipe_is_told(office):
    job = office.ask(Task("assess", "odd", operator.methodcaller("acquire"), (threading.Lock(),)))
    assert job.wait(PATIENCE) and isinstance(job.error, JobFailed)
    assert answered(office, Task("assess", "after the odd", operator.add, (1, 1))).answer == 2


def test_a_job_says_how_many_of_its_steps_are_done(office):
    cases = [pipeline.load(ROOT / "scenarios" / f"{name}.yaml") for name in ("baseline", "high-bar")]
    job = answered(office, Task("compare", "steps", pipeline.compare, (cases,), tells=True))
    assert job.steps == (2, 2)


def test_workers_end_with_the_office():
    opened = Office()
    assert answered(opened, Task("assess", "one", operator.add, (1, 1))).answer == 2
    processes = [desk._process for desk in opened._desks if desk._process is not None]
    opened.close()
    assert processes and all(process.wait(PATIENCE) is not None for process in processes)


# ---------------------------------------------------------------- on a page


def page():
    import streamlit as st
    from tests_slow import answer

    from prioritizer.ui.office import progress
    from prioritizer.ui.office.jobs import Task

    st.markdown("before")
    found = progress.needed(Task("assess", "on a page", *answer()))
    st.markdown(f"after: {found}")


@pytest.fixture
def slow(monkeypatch):
    """A page whose answer takes ten minutes, until it is told to take none."""
    import sys
    import types

    module = types.ModuleType("tests_slow")
    module.answer = lambda: (time.sleep, (600.0,))
    monkeypatch.setitem(sys.modules, "tests_slow", module)
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", 0.2)
    yield module
    for job in list(jobs.office()._jobs.values()):
        jobs.office().stop(job)
        jobs.office().forget(job)


def said(app):
    return [each.value for each in app.markdown]


@pytest.mark.parametrize(
    ("lang", "busy", "ended"),
    [
        ("vi", "tính điểm và phương án phân bổ", "Đã dừng việc"),
        ("en", "computing values and the plan", "Stopped"),
    ],
)
def test_a_page_tells_what_takes_long_stops_it_and_begins_it_again(slow, monkeypatch, lang, busy, ended):
    app = AppTest.from_function(page, default_timeout=PATIENCE)
    app.session_state["lang"] = lang
    app.run()
    assert not app.exception and said(app)[0] == "before" and len(said(app)) == 2
    assert busy in said(app)[1]
    app.button(key="stop/on a page").click().run()
    app.run()
    assert said(app)[1].startswith(":material/stop_circle:") and ended in said(app)[1]
    slow.answer = lambda: (operator.add, (20, 2))
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", PATIENCE)
    app.button(key="again/on a page").click().run()
    assert said(app) == ["before", "after: 22"]


def test_what_is_quick_is_simply_there(slow, monkeypatch):
    slow.answer = lambda: (operator.add, (20, 2))
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", PATIENCE)
    app = AppTest.from_function(page, default_timeout=PATIENCE).run()
    assert said(app) == ["before", "after: 22"] and not app.button


def test_a_defect_in_a_worker_is_raised_on_the_page_once_and_then_tried_again(slow, monkeypatch):
    slow.answer = lambda: (operator.truediv, (1, 0))
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", PATIENCE)
    app = AppTest.from_function(page, default_timeout=PATIENCE).run()
    assert len(app.exception) == 1 and said(app) == ["before"]
    slow.answer = lambda: (operator.add, (20, 2))
    assert said(app.run()) == ["before", "after: 22"]


def test_a_page_whose_worker_broke_down_says_so_and_can_ask_again():
    def page():
        import os

        import streamlit as st

        from prioritizer.ui.office import progress
        from prioritizer.ui.office.jobs import Task

        lost = st.session_state.setdefault("lost", True)
        function, arguments = (os._exit, (1,)) if lost else (max, (1, 2))
        job = progress.asked(Task("ladder", "page/broken", function, arguments))
        st.text("nothing" if job is None else str(job.answer))

    at = AppTest.from_function(page, default_timeout=30).run()
    for _ in range(50):
        if any("đột ngột" in said.value for said in at.markdown):
            break
        at.run()
    assert [said.value for said in at.text] == ["nothing"] and not at.exception
    assert any("đột ngột" in said.value for said in at.markdown)
    at.session_state["lost"] = False
    at.button(key="again/page/broken").click().run()
    for _ in range(50):
        if [said.value for said in at.text] == ["2"]:
            break
        at.run()
    assert [said.value for said in at.text] == ["2"]
