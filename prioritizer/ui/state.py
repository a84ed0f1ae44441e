"""All session state of the app, in one place.

What a person tries is a draft, kept on disk beside its scenario; the session knows only which draft is open.
Language, scenario and draft also stand in the address, so that a link or a reload opens the same view.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.errors import Fault
from prioritizer.model import Case
from prioritizer.pipeline import Conflict, Draft, Place, Refused
from prioritizer.ui.answers import begin, fingerprint
from prioritizer.ui.office.progress import PAGE_ANEW, PAGE_WHOLE

if TYPE_CHECKING:
    from prioritizer.ui.view import View

LANG_WIDGET = "lang-choice"
SCENARIO_WIDGET = "scenario-choice"
LADDER_STEP_MVND = 500_000
_OWN_STEPS = 20  # clicks that may come before one page is drawn anew


# ---------------------------------------------------------------- language and scenario, in the address


def lang() -> str:
    """The language of this session: the switch, else the address, else Vietnamese."""
    chosen = st.session_state.get("lang") or st.query_params.get("lang")
    return chosen if chosen in locale.LANGS else "vi"


def choose_lang() -> None:
    """Takes the switch's position; a click on the language already chosen leaves it."""
    st.session_state["lang"] = st.session_state[LANG_WIDGET] or lang()


def scenario(paths: list[Path]) -> Path:
    """The scenario of this session: the one chosen, else the address's, else the first (the baseline)."""
    wanted = (st.session_state.get("scenario"), st.query_params.get("scenario"))
    by_id = {path.stem: path for path in paths}
    return next((by_id[name] for name in wanted if name in by_id), paths[0])


def missing_scenario(paths: list[Path]) -> str | None:
    """What this session or its address asks for that is no scenario, or none any more; another is shown."""
    wanted = st.session_state.get("scenario") or st.query_params.get("scenario")
    return None if wanted in (None, *(path.stem for path in paths)) else str(wanted)


def choose_scenario() -> None:
    """Takes the scenario that was picked."""
    open_scenario(st.session_state[SCENARIO_WIDGET])


def open_scenario(scenario_id: str) -> None:
    """Goes to a scenario."""
    st.session_state["scenario"] = scenario_id


def keep_in_address(language: str, scenario_id: str | None) -> None:
    """Writes language, scenario and draft into the address; going to another page clears them there."""
    st.session_state["lang"] = language
    wanted: dict[str, str | None] = {"lang": language}
    if scenario_id is not None:
        st.session_state["scenario"] = scenario_id
        wanted |= {"scenario": scenario_id, "draft": draft_id(scenario_id)}
        _open_drafts().setdefault(scenario_id, wanted["draft"])
    for name, value in wanted.items():
        if value is None and name in st.query_params:
            del st.query_params[name]
        elif value is not None and st.query_params.get(name) != value:
            st.query_params[name] = value


# ---------------------------------------------------------------- what is being tried: the draft


def draft_id(scenario_id: str) -> str | None:
    """The draft of a scenario that is open in this session: the one last opened here, else the address's."""
    held = _open_drafts()
    if scenario_id in held:
        return held[scenario_id]
    mine = st.query_params.get("scenario") in (None, scenario_id)
    return st.query_params.get("draft") if mine else None


def draft(path: Path) -> Draft | None:
    """The draft that is open, as it stands on disk; ``None`` where none is, or it is gone.

    Raises ``InputFaults`` where its file cannot be read.
    """
    name = draft_id(path.stem)
    return None if name is None else pipeline.draft_of(path, name)


def open_draft(scenario_id: str, draft_id: str | None) -> None:
    """Opens a draft, or none; sliders and text fields start anew."""
    _open_drafts()[scenario_id] = draft_id
    start_anew()


def change(shown: View, what: str, changes: Mapping[Place, object], series: str = "") -> tuple[Fault, ...]:
    """Tries changes as one more step of the draft: nothing where it was accepted and kept, else the faults.

    Steps of one ``series`` that follow within seconds are undone together. Refused where another window has
    changed the same since ``shown`` was drawn.
    """
    seen = _seen(shown)
    outcome = pipeline.try_step(
        shown.path,
        draft_id(shown.id),
        shown.saved_sha256,
        what,
        changes,
        series,
        seen=seen,
        meanwhile=begin,
    )
    if isinstance(outcome, Refused):
        _forgotten_if_gone(shown.id, outcome)
        return outcome.faults
    _went_on(seen, outcome)
    _open_drafts()[shown.id] = outcome.id if outcome.steps else None
    st.session_state.pop("refused", None)
    return ()


def attempt(shown: View, key: str, what: str, changes: Mapping[Place, object], series: str = "") -> bool:
    """Like :func:`change`, whether it was accepted; a refusal is remembered under the widget's key."""
    faults = change(shown, what, changes, series)
    if faults:
        st.session_state.setdefault("refused", {})[key] = faults
    return not faults


def refused_at(key: str) -> tuple[Fault, ...]:
    """Why what was last tried by a widget was refused; nothing once something else was accepted."""
    found: tuple[Fault, ...] = st.session_state.get("refused", {}).get(key, ())
    return found


def undo(shown: View) -> None:
    """Takes the draft's last step back."""
    _moved(shown, pipeline.undo_step(shown.path, draft_id(shown.id) or ""))


def redo(shown: View) -> None:
    """Does the step again that was taken back last."""
    _moved(shown, pipeline.redo_step(shown.path, draft_id(shown.id) or ""))


def discard(shown: View, name: str | None = None) -> tuple[Fault, ...]:
    """Drops a draft for good, the open one unless another is named: back to the scenario as saved. Faults
    where its file could not be removed."""
    name = name or draft_id(shown.id)
    refused = None if name is None else pipeline.discard_draft(shown.path, name)
    if name == draft_id(shown.id) and (refused is None or _is_gone(refused)):
        open_draft(shown.id, None)
    return () if refused is None else refused.faults


def generation() -> int:
    """Part of the keys of widgets that must start anew when what they show changes by another hand."""
    return int(st.session_state.get("generation", 0))


def start_anew() -> None:
    """Sliders and text fields start anew, and nothing is refused any more."""
    st.session_state["generation"] = generation() + 1
    st.session_state.pop("refused", None)


def _moved(shown: View, outcome: Draft | Refused) -> None:
    start_anew()
    if isinstance(outcome, Draft):
        _went_on(_seen(shown), outcome)
    if isinstance(outcome, Refused) and not _forgotten_if_gone(shown.id, outcome):
        tell(outcome.faults)


# A click that comes before its page was drawn anew belongs to the page before; what this session itself has
# done since then was not done by another.
def _seen(shown: View) -> Draft | None:
    """The draft that a page showed, with the steps that this session has made from there."""
    seen, since = shown.draft, _own_steps()
    while seen is not None and _state_of(seen) in since:
        seen = since[_state_of(seen)]
    return seen


def _went_on(seen: Draft | None, now: Draft) -> None:
    since = _own_steps()
    if seen is not None and _state_of(seen) != _state_of(now):
        since[_state_of(seen)] = now
    since.pop(_state_of(now), None)  # undone and done again, it is where it was
    while len(since) > _OWN_STEPS:
        del since[next(iter(since))]


def _state_of(draft: Draft) -> tuple[object, ...]:
    return draft.id, draft.done, len(draft.steps), draft.since


def _own_steps() -> dict[tuple[object, ...], Draft]:
    held: dict[tuple[object, ...], Draft] = st.session_state.setdefault("own-steps", {})
    return held


def _forgotten_if_gone(scenario_id: str, refused: Refused) -> bool:
    """Whether the draft was saved or dropped in another window; the page is drawn without it and says so."""
    gone = _is_gone(refused)
    if gone:
        open_draft(scenario_id, None)
        tell(refused.faults)
    return gone


def _is_gone(refused: Refused) -> bool:
    return any(fault.code == "draft_gone" for fault in refused.faults)


def _open_drafts() -> dict[str, str | None]:
    held: dict[str, str | None] = st.session_state.setdefault("drafts", {})
    return held


# ---------------------------------------------------------------- told once, and asked, above the page


def tell(faults: tuple[Fault, ...]) -> None:
    """Remembers faults that the frame tells on the next page drawn."""
    st.session_state["told"] = (*st.session_state.get("told", ()), *faults)


def told() -> tuple[Fault, ...]:
    """The faults to tell, once."""
    return _once("told")


def tell_done(key: str, **params: str) -> None:
    """Remembers that something was done, by the key of its sentence."""
    st.session_state["told-done"] = (*st.session_state.get("told-done", ()), (key, params))


def told_done() -> tuple[tuple[str, dict[str, str]], ...]:
    """What was done, to tell once."""
    return _once("told-done")


def begin_page() -> None:
    """A page is drawn: what the one before told is told again only if nobody could read it there, because it
    was cut short or is drawn anew without a click."""
    if st.session_state.get(PAGE_WHOLE, True) and not st.session_state.get(PAGE_ANEW, False):
        st.session_state.pop("told-here", None)
    st.session_state[PAGE_WHOLE] = st.session_state[PAGE_ANEW] = False


def end_page() -> None:
    """The page was drawn to its end."""
    st.session_state[PAGE_WHOLE] = True


def _once(name: str) -> tuple[Any, ...]:
    """What is to be told under a name, with what is to be told again; from now on it is told."""
    here: dict[str, tuple[Any, ...]] = st.session_state.setdefault("told-here", {})
    before = here.get(name, ())
    here[name] = (*before, *(each for each in st.session_state.pop(name, ()) if each not in before))
    return here[name]


def first_time(name: str) -> bool:
    """Whether this is asked for the first time in this session."""
    before = bool(st.session_state.get(f"once/{name}"))
    st.session_state[f"once/{name}"] = True
    return not before


def open_dialog(question: str, scenario_id: str, draft_id: str | None = None) -> None:
    """Opens a question about a scenario, perhaps about one of its drafts."""
    st.session_state["dialog"] = (question, scenario_id, draft_id)


def dialog() -> tuple[str, str, str | None]:
    """The question that is open, about which scenario and draft; blank where none is."""
    found: tuple[str, str, str | None] = st.session_state.get("dialog", ("", "", None))
    return found


def keep_conflict(scenario_id: str, met: Conflict) -> None:
    """Remembers the conflict that a save met, until it is chosen about."""
    st.session_state["conflict"] = (scenario_id, met)


def conflict(scenario_id: str) -> Conflict | None:
    """The conflict to be chosen about."""
    about, met = st.session_state.get("conflict", ("", None))
    return met if about == scenario_id else None


def close_dialogs() -> None:
    """No question and no conflict is open any more."""
    for name in ("dialog", "conflict"):
        st.session_state.pop(name, None)


# ---------------------------------------------------------------- questions asked of the case on show


def ask(case: Case, name: str) -> None:
    """Remembers that a question was asked; it is forgotten as soon as the case changes."""
    st.session_state["asked"] = (fingerprint(case), _asked(case) | {name})


def asked(case: Case, name: str) -> bool:
    """Whether a question was asked about this very case."""
    return name in _asked(case)


def _asked(case: Case) -> frozenset[str]:
    about, names = st.session_state.get("asked", ("", frozenset()))
    return frozenset(names) if about == fingerprint(case) else frozenset()


def ladder_step() -> int:
    """By how many million VND the budget is to grow at every step."""
    return int(st.session_state.get("ladder-step", LADDER_STEP_MVND))


def keep_ladder_step(amount_mvnd: int) -> None:
    """Takes another step."""
    st.session_state["ladder-step"] = amount_mvnd
