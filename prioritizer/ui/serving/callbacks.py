"""Callbacks of one session run one after another, and each to its end.

On a newer click Streamlit begins another run beside the one that goes on, and ends that one at its next look
into the session, in the middle of a callback too. What a field had reported would then be lost, since the
newer run takes it for told; or two runs would change one draft beside each other.
"""

from __future__ import annotations

import threading
from functools import wraps
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

_LOCK = "callbacks-one-at-a-time"


def keep_whole() -> None:
    """From now on, in all sessions; once is enough."""
    begin: Any = SafeSessionState.on_script_will_rerun
    if hasattr(begin, "__wrapped__"):
        return

    @wraps(begin)
    def undivided(session: SafeSessionState, states: Any, **further: Any) -> None:
        with _lock_of(session):
            give_way = session._yield_callback
            if not _has_click(states):
                give_way()  # nothing is told yet: the run that took this one's place reports it all again
            object.__setattr__(session, "_yield_callback", _go_on)
            try:
                begin(session, states, **further)
            finally:
                object.__setattr__(session, "_yield_callback", give_way)

    setattr(SafeSessionState, begin.__name__, undivided)


def _lock_of(session: SafeSessionState) -> threading.Lock:
    """Every run looks at the session through a door of its own; the lock lies behind it. It is made by the
    first run, which has nothing to report."""
    if _LOCK not in session._state:
        session._state[_LOCK] = threading.Lock()
    lock: threading.Lock = session._state[_LOCK]
    return lock


def _has_click(states: Any) -> bool:
    """Whether a report holds what is told only once, as a button's press; fields are told every time."""
    widgets = () if states is None else states.widgets
    return any("trigger" in (each.WhichOneof("value") or "") for each in widgets)


def _go_on() -> None:
    """Gives way to nobody."""
