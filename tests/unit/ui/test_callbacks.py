"""Callbacks of one session: none is cut short by a newer run, none runs beside another."""

import threading

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from prioritizer.ui.serving import callbacks

callbacks.keep_whole()


class Asked:
    """A session whose callbacks are ``work``; runs of it are doors to the same session."""

    def __init__(self, monkeypatch, work):
        self.state = SessionState()
        monkeypatch.setattr(SessionState, "on_script_will_rerun", lambda *_, **__: work())

    def door(self, give_way):
        return SafeSessionState(self.state, give_way)


def test_a_callback_that_has_begun_is_not_cut_short(monkeypatch):
    newer, done = threading.Event(), []

    def give_way():
        if newer.is_set():
            raise StopException

    def work():
        newer.set()  # a newer click comes
        door["weight"] = 63
        done.append(door["weight"])

    asked = Asked(monkeypatch, work)
    door = asked.door(give_way)
    door.on_script_will_rerun(None)
    assert done == [63]
    with pytest.raises(StopException):
        door["weight"]  # after its callbacks the run gives way as ever


def test_a_run_that_was_replaced_before_its_callbacks_tells_nothing(monkeypatch):
    def give_way():
        raise StopException

    asked = Asked(monkeypatch, lambda: pytest.fail("the newer run tells it"))
    with pytest.raises(StopException):
        asked.door(give_way).on_script_will_rerun(None)


@pytest.mark.parametrize("kind", ["trigger_value", "string_trigger_value", "json_trigger_value", "int_value"])
def test_a_click_is_told_by_a_run_that_was_replaced_too(monkeypatch, kind):
    """The newer run reports the fields again, but not the press of a button."""
    states, told = WidgetStates(), []
    pressed = states.widgets.add(id="go")
    if kind == "string_trigger_value":
        pressed.string_trigger_value.data = "x"
    else:
        setattr(pressed, kind, "{}" if kind == "json_trigger_value" else 1)

    def give_way():
        raise StopException

    asked = Asked(monkeypatch, lambda: told.append(kind))
    if kind == "int_value":
        with pytest.raises(StopException):
            asked.door(give_way).on_script_will_rerun(states)
    else:
        asked.door(give_way).on_script_will_rerun(states)
    assert told == ([] if kind == "int_value" else [kind])


def test_callbacks_of_two_runs_never_overlap(monkeypatch):
    inside, both, order = threading.Lock(), threading.Barrier(2), []

    def work():
        assert inside.acquire(blocking=False), "two at once"
        order.append("in")
        threading.Event().wait(0.05)
        order.append("out")
        inside.release()

    asked = Asked(monkeypatch, work)
    callbacks._lock_of(asked.door(None))  # as the session's first run leaves it

    def run():
        both.wait()
        asked.door(lambda: None).on_script_will_rerun(None)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order == ["in", "out", "in", "out"]


def test_a_callback_that_fails_leaves_the_door_as_it_was(monkeypatch):
    asked, looked = Asked(monkeypatch, lambda: 1 / 0), []
    door = asked.door(lambda: looked.append(1))
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            door.on_script_will_rerun(None)
    assert len(looked) == 2, "the lock is free again, and the run gives way again"
