"""What the browser reports is told to the page's callbacks once, in order, and each time to its end.

On a newer report Streamlit begins another run beside the one that goes on, and ends that one at its next look
into the session: before it told its report, or in the middle of a callback. A field's change would then be
lost where the newer report does not repeat it, as when going to another page, a button's press always; or
two runs would change one draft beside each other.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from functools import wraps
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

_REPORTS = "reports-of-the-browser"
_LATE_SECONDS = 2.0
_MOST_HANDED_ON = 64  # runs that may still find out that they have nothing to tell


@dataclass(frozen=True)
class _Leave:
    """A page was left for another, ``since``: with a report of these fields, which all pages have."""

    left: str
    page: str
    fields: frozenset[str]
    since: float

    def is_late(self, page: str, fields: frozenset[str]) -> bool:
        """Whether a report is of the page that was left, and no way back to it."""
        own = page == self.left and not fields <= self.fields
        return own and time.monotonic() - self.since < _LATE_SECONDS


class Reports:
    """What the browser of one session reported, until it is told: by its own run, or by the newer one that
    came before that."""

    def __init__(self) -> None:
        self.telling = threading.Lock()
        self._own = threading.Lock()
        self._page = ""
        self._leave: _Leave | None = None
        self._untold: WidgetStates | None = None
        self._handed_on: deque[WidgetStates] = deque(maxlen=_MOST_HANDED_ON)

    def came(self, newer: ClientState) -> None:
        """Takes a report; it is handed what the one before it had not told yet."""
        with self._own:
            self._follow(newer)
            states = newer.widget_states
            if self._untold is not None:
                self._handed_on.append(self._untold)
                known = {each.id for each in states.widgets}
                states.widgets.extend(each for each in self._untold.widgets if each.id not in known)
            self._untold = states

    def _follow(self, newer: ClientState) -> None:
        """A busy browser says that a page is left before it reports the field that was left for that: such a
        late report, of the page before and of fields that stand there alone, does not lead back to it."""
        fields = frozenset(each.id for each in newer.widget_states.widgets)
        page, leave = newer.page_script_hash, self._leave
        if leave is not None and leave.is_late(page, fields):
            newer.page_script_hash = page = leave.page
        if page != self._page:
            self._leave = _Leave(self._page, page, fields, time.monotonic())
            self._page = page

    def begins(self, report: WidgetStates | None) -> bool:
        """Whether a run is to tell this report, which counts as told from now on."""
        with self._own:
            if any(each is report for each in self._handed_on):
                return False
            # Streamlit may have put two reports together: what counts is what they hold.
            told = {} if report is None else {each.id: each for each in report.widgets}
            if self._untold and all(told.get(each.id) == each for each in self._untold.widgets):
                self._untold = None
            return True


def keep_whole() -> None:
    """From now on, in all sessions; once is enough."""
    ask: Any = AppSession.request_rerun
    begin: Any = SafeSessionState.on_script_will_rerun
    clear: Any = SafeSessionState.on_script_finished
    if hasattr(begin, "__wrapped__"):
        return

    @wraps(ask)
    def handing_on(session: AppSession, client: Any) -> None:
        if client is not None and not client.fragment_id:
            _reports_of(session._session_state).came(client)
        ask(session, client)

    @wraps(begin)
    def undivided(session: SafeSessionState, states: Any, **further: Any) -> None:
        reports = _reports_of(session._state)
        with reports.telling:
            if not reports.begins(states):
                raise StopException
            give_way = session._yield_callback
            object.__setattr__(session, "_yield_callback", _go_on)
            try:
                begin(session, states, **further)
            finally:
                object.__setattr__(session, "_yield_callback", give_way)

    @wraps(clear)
    def afterwards(session: SafeSessionState, *given: Any, **further: Any) -> None:
        with _reports_of(session._state).telling:  # a page that is left takes its callbacks with it
            clear(session, *given, **further)

    for owner, other in (
        (AppSession, handing_on),
        (SafeSessionState, undivided),
        (SafeSessionState, afterwards),
    ):
        setattr(owner, other.__name__, other)


def _reports_of(session: SessionState) -> Reports:
    """Every run looks at the session through a door of its own; this lies behind it. It is made with the
    session's first report, which has nothing to tell."""
    if _REPORTS not in session:
        session[_REPORTS] = Reports()
    found: Reports = session[_REPORTS]
    return found


def _go_on() -> None:
    """Gives way to nobody."""
