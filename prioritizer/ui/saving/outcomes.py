"""What comes of a save: the scenario shown anew, faults told, or a conflict to choose about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from prioritizer import pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.pipeline import Conflict, Draft, Outcome, Refused, Saved
from prioritizer.ui import state, view


def save(shown: view.View) -> None:
    """The draft into its scenario, if nobody saved that since."""
    if (draft := _held(shown)) is not None:
        _take(shown, draft, pipeline.save(shown.path, draft.changes, draft.started_sha256))


def save_on_top(shown: view.View, met: Conflict) -> None:
    """My changes put on what the other saved."""
    if (draft := _held(shown)) is not None:
        _take(shown, draft, pipeline.save(shown.path, draft.changes, met.on_disk_sha256))


def save_mine_alone(shown: view.View, met: Conflict) -> None:
    """The scenario as I meant it, without the other's changes."""
    if (draft := _held(shown)) is not None:
        onto = draft.started_sha256
        outcome = pipeline.save(shown.path, draft.changes, met.on_disk_sha256, onto=onto)
        _take(shown, draft, outcome)


def save_new(shown: view.View, title: Mapping[str, str] | str, how: Literal["copy", "extends"]) -> None:
    """What is shown as a scenario of its own."""
    if (draft := _held(shown)) is None:
        return
    onto = draft.started_sha256 if how == "copy" else None
    outcome = pipeline.save_new(shown.path, title, draft.changes, how, onto)
    if isinstance(outcome, Refused) and any(fault.code == "version_unknown" for fault in outcome.faults):
        outcome = pipeline.save_new(shown.path, title, draft.changes, how)  # shown on the file as it stands
    _take(shown, draft, outcome)


def drop(shown: view.View) -> None:
    """Without my changes: the scenario as it stands."""
    faults = state.discard(shown)
    state.close_dialogs()
    state.tell(faults) if faults else state.tell_done("dropped")


def _held(shown: view.View) -> Draft | None:
    """The draft with all its steps, also those of another window; where it is gone, that is told."""
    try:
        draft = state.draft(shown.path)
    except InputFaults as found:
        state.tell(found.faults)
        return None
    if draft is None:
        state.open_draft(shown.id, None)
        state.tell((Fault("draft_gone", shown.path.name),))
    return draft


def _take(shown: view.View, draft: Draft, outcome: Outcome) -> None:
    state.close_dialogs()
    if isinstance(outcome, Conflict):
        state.keep_conflict(shown.id, outcome)
    elif isinstance(outcome, Refused):
        state.tell(outcome.faults)
    else:
        _saved(shown, draft, outcome)


def _saved(shown: view.View, draft: Draft, saved: Saved) -> None:
    faults = _put_away(shown, draft, saved)
    state.open_scenario(saved.path.stem)
    key = "beside" if saved.beside else "done" if saved.path == shown.path else "done_new"
    state.tell_done(key, id=saved.path.stem, asked=saved.asked.stem)
    if not saved.durable:
        state.tell_done("not_durable")
    state.tell(faults)


def _put_away(shown: view.View, draft: Draft, saved: Saved) -> tuple[Fault, ...]:
    """Without the draft, but for what another window tried while it was saved."""
    left = pipeline.put_away(shown.path, draft, saved.sha256 if saved.path == shown.path else None)
    if isinstance(left, Refused):
        return left.faults
    state.open_draft(shown.id, None if left is None else left.id)
    if left is not None:
        state.tell_done("went_on")
    return ()
