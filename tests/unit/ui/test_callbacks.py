"""What a browser reports: told once, in order, to its end; by the newer run what the older has not told."""

import threading
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from prioritizer.ui.serving import callbacks

callbacks.keep_whole()


class Asked:
    """A session whose callbacks are ``work``; runs of it are doors to the same session."""

    def __init__(self, monkeypatch, work):
        self.state = SessionState()
        monkeypatch.setattr(SessionState, "on_script_will_rerun", lambda _, states, **__: work(states))

    def door(self, give_way=lambda: None):
        return SafeSessionState(self.state, give_way)

    def came(self, **fields):
        """A report of the browser, as the server takes it, before any run has begun with it."""
        return self.client(**fields).widget_states

    def client(self, page="", **fields):
        """As :meth:`came`, with the page that it is of."""
        client = ClientState(page_script_hash=page)
        for name, value in fields.items():
            at = client.widget_states.widgets.add(id=name)
            setattr(at, "trigger_value" if value is True else "string_value", value)
        callbacks._reports_of(self.state).came(client)
        return client


def held(states):
    return {each.id: each.string_value or each.trigger_value for each in states.widgets}


def test_a_callback_that_has_begun_is_not_cut_short(monkeypatch):
    newer, done = threading.Event(), []

    def give_way():
        if newer.is_set():
            raise StopException

    def work(_):
        newer.set()  # a newer click comes
        door["weight"] = 63
        done.append(door["weight"])

    asked = Asked(monkeypatch, work)
    door = asked.door(give_way)
    door.on_script_will_rerun(None)
    assert done == [63]
    with pytest.raises(StopException):
        door["weight"]  # after its callbacks the run gives way as ever


def test_a_newer_report_brings_what_the_one_before_had_not_told(monkeypatch):
    """Going to another page repeats no field of the page before, and nothing repeats a button's press."""
    told = []
    asked = Asked(monkeypatch, lambda states: told.append(held(states)))
    before = asked.came(percent="24", lang="vi", add=True)
    after = asked.came(lang="en")
    with pytest.raises(StopException):
        asked.door().on_script_will_rerun(before)
    asked.door().on_script_will_rerun(after)
    assert told == [{"lang": "en", "percent": "24", "add": True}]


def test_what_was_told_is_not_told_again(monkeypatch):
    told = []
    asked = Asked(monkeypatch, lambda states: told.append(held(states)))
    for fields in ({"percent": "24", "add": True}, {"percent": "24"}):
        asked.door().on_script_will_rerun(asked.came(**fields))
    assert told == [{"percent": "24", "add": True}, {"percent": "24"}]


def test_a_report_that_came_while_one_was_told_waits_for_its_own_run(monkeypatch):
    told = []

    def work(states):
        told.append(held(states))
        if len(told) == 1:
            later.append(asked.came(percent="25"))

    later, asked = [], Asked(monkeypatch, work)
    asked.door().on_script_will_rerun(asked.came(percent="24", add=True))
    asked.door().on_script_will_rerun(later[0])
    assert told == [{"percent": "24", "add": True}, {"percent": "25"}]


def test_reports_that_were_put_together_are_told(monkeypatch):
    """Streamlit does so where a part of the page that renews itself reports before a run has begun."""
    asked = Asked(monkeypatch, lambda states: None)
    both = WidgetStates()
    both.CopyFrom(asked.came(add=True))
    both.widgets.add(id="lang").string_value = "vi"
    asked.door().on_script_will_rerun(both)
    assert held(asked.came(lang="en")) == {"lang": "en"}


def test_a_late_field_of_the_page_before_does_not_lead_back_to_it(monkeypatch):
    asked = Asked(monkeypatch, lambda states: None)
    pages = [
        asked.client(page, **fields).page_script_hash
        for page, fields in (
            ("rules", {"lang": "vi", "percent": "30"}),
            ("robustness", {"lang": "vi"}),  # left by a link
            ("rules", {"lang": "vi", "percent": "31"}),  # what was typed before that
            ("robustness", {"lang": "vi", "draws": "500"}),
            ("rules", {"lang": "vi"}),  # back by a link
            ("rules", {"lang": "vi", "percent": "32"}),
        )
    ]
    assert pages == ["rules", "robustness", "robustness", "robustness", "rules", "rules"]


def test_after_a_while_a_page_left_is_gone_back_to(monkeypatch):
    asked, now = Asked(monkeypatch, lambda states: None), iter((0.0, 1.0, 9.0, 9.0))
    monkeypatch.setattr(callbacks, "time", SimpleNamespace(monotonic=lambda: next(now)))
    asked.client("rules", lang="vi", percent="30")
    asked.client("robustness", lang="vi")
    assert asked.client("rules", lang="vi", percent="31").page_script_hash == "rules"


def test_the_server_takes_reports_this_way(monkeypatch):
    asked, client = Asked(monkeypatch, None), ClientState()
    shut = SimpleNamespace(_session_state=asked.state, _state=None)
    seen = []
    monkeypatch.setattr(callbacks.Reports, "came", lambda _, client: seen.append(client))
    with pytest.raises(AttributeError):  # the session is none, beyond what is looked at here
        AppSession.request_rerun(shut, client)
    assert seen == [client] and AppSession.request_rerun.__wrapped__


def test_a_page_that_is_left_waits_for_callbacks(monkeypatch):
    """Leaving a page clears its fields with their callbacks."""
    inside, left, order = threading.Event(), threading.Event(), []

    def work(_):
        inside.set()
        assert not left.wait(0.1), "cleared in the middle of a callback"
        order.append("told")

    def leave():
        inside.wait(10)
        asked.door().on_script_finished(frozenset())
        left.set()
        order.append("left")

    monkeypatch.setattr(SessionState, "on_script_finished", lambda *_, **__: None)
    asked = Asked(monkeypatch, work)
    leaving = threading.Thread(target=leave)
    leaving.start()
    asked.door().on_script_will_rerun(asked.came(percent="24"))
    leaving.join()
    assert order == ["told", "left"]


def test_callbacks_of_two_runs_never_overlap(monkeypatch):
    inside, both, order = threading.Lock(), threading.Barrier(2), []

    def work(_):
        assert inside.acquire(blocking=False), "two at once"
        order.append("in")
        threading.Event().wait(0.05)
        order.append("out")
        inside.release()

    asked = Asked(monkeypatch, work)
    asked.came()

    def run():
        both.wait()
        asked.door().on_script_will_rerun(None)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order == ["in", "out", "in", "out"]


def test_a_callback_that_fails_leaves_the_door_as_it_was(monkeypatch):
    asked, looked = Asked(monkeypatch, lambda _: 1 / 0), []
    door = asked.door(lambda: looked.append(1))
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            door.on_script_will_rerun(None)
    door["weight"] = 63
    assert looked, "the lock is free again, and the run gives way again"
