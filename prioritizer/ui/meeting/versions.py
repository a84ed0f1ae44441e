"""Earlier versions of the scenario: when each stood, what differs from now in words, and one put back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from prioritizer import inputs, locale, pipeline
from prioritizer.errors import InputFaults
from prioritizer.model import Case
from prioritizer.pipeline import ABSENT, Place, Refused, Saved, Version
from prioritizer.ui import answers, faults, state, texts, view
from prioritizer.ui.saving import places
from prioritizer.ui.saving.words import time_text

_THINGS = ("funds", "reserves", "limits", "decisions", "dependencies", "assessors")
_ASKED, _OVERTAKEN = "restore-asked", "restore-overtaken"


def show(shown: view.View) -> None:
    """The versions that are kept, one of them to look at and to put back."""
    lang = shown.lang
    st.caption(texts.phrase("meeting.versions.help", lang))
    if st.session_state.pop(_OVERTAKEN, False):
        st.warning(texts.phrase("meeting.versions.overtaken", lang), icon=":material/group:")
    kept = {each.sha256: each for each in pipeline.versions(shown.path) if each.sha256 != shown.saved_sha256}
    if not kept:
        st.info(texts.phrase("meeting.versions.none", lang), icon=":material/history:")
        return
    chosen = st.selectbox(
        texts.phrase("meeting.versions.which", lang, count=len(kept)),
        list(kept),
        format_func=lambda one: f"{list(kept).index(one) + 1}. {time_text(kept[one].since, lang)}",
        key=f"meeting-version/{shown.id}",
    )
    version = kept[chosen]
    try:
        then = case_of(shown, version)
    except InputFaults as wrong:
        st.error(texts.phrase("meeting.versions.unusable", lang), icon=":material/error:")
        faults.show_input_faults(wrong, lang)
        return
    _result(shown, then)
    _differences(shown, then)
    _restoring(shown, version)


def case_of(shown: view.View, version: Version) -> Case:
    """The scenario as it was, with the tables of now. Raises ``InputFaults``."""
    content = pipeline.content_of(version)
    return inputs.read_case(shown.path, pipeline.mode_of_operation(), content)


def differences(shown: view.View, then: Case) -> pd.DataFrame:
    """Place by place, in words, what stood there then and what the saved scenario says now."""
    was = _thing_by_thing(pipeline.changes_between(shown.saved.scenario, then.scenario))
    now = _thing_by_thing(pipeline.changes_between(then.scenario, shown.saved.scenario))
    rows = []
    for place in dict.fromkeys((*was, *now)):
        pair = was.get(place, ABSENT), now.get(place, ABSENT)
        said = [
            _value(shown, each, place, value) for each, value in zip((then, shown.saved), pair, strict=True)
        ]
        if said[0] != said[1]:
            rows.append((places.name(shown, place, pair), *said))
    columns = [locale.say(f"meeting.versions.{name}", shown.lang) for name in ("place", "then", "now")]
    return pd.DataFrame(rows, columns=columns)


def _thing_by_thing(changes: Mapping[Place, Any]) -> dict[Place, Any]:
    """Changes with a whole list of things as one for each of them."""
    found: dict[Place, Any] = {}
    for place, value in changes.items():
        if len(place) == 1 and place[0] in _THINGS and isinstance(value, Mapping):
            found |= {(*place, name): each for name, each in value.items()}
        elif len(place) > 1 or place[0] not in _THINGS:
            found[place] = value
    return found


def _value(shown: view.View, case: Case, place: Place, value: Any) -> str:
    """What stands at a place; a decision as the log says it."""
    if place[0] == "decisions" and len(place) == 2 and value is not ABSENT:
        held = next((each for each in case.scenario.decisions if each.id == place[1]), None)
        if held is not None:
            return pipeline.decision_text(case, held, shown.lang)
    return places.value(shown, place, value)


def _result(shown: view.View, then: Case) -> None:
    """What that version came to, beside what the scenario comes to now."""
    for key, case in (("result_then", then), ("result_now", shown.saved)):
        plan = answers.assessed(case).plan
        status = locale.say(f"terms.status.{plan.status}", shown.lang)
        said = texts.phrase(f"meeting.versions.{key}_none", shown.lang, status=status)
        if plan.found:
            amounts = {
                "total": locale.bn(plan.total_mvnd, shown.lang),
                "envelope": locale.bn(case.envelope_mvnd, shown.lang),
            }
            count = int((plan.amount_mvnd > 0).sum())
            said = texts.phrase(f"meeting.versions.{key}", shown.lang, count=count, **amounts)
        st.markdown(said)


def _differences(shown: view.View, then: Case) -> None:
    frame = differences(shown, then)
    if frame.empty:
        st.info(texts.phrase("meeting.versions.same", shown.lang), icon=":material/equal:")
        return
    alt = locale.say("meeting.versions.alt", shown.lang)
    st.table(frame.map(texts.plain), hide_index=True, alt=alt)


def _restoring(shown: view.View, version: Version) -> None:
    """The way back, asked twice; not while something is being tried, which would be lost."""
    lang = shown.lang
    if shown.draft is not None:
        st.info(texts.phrase("meeting.versions.draft_first", lang), icon=":material/science:")
        return
    when = time_text(version.since, lang)
    if st.session_state.get(_ASKED) != version.sha256:
        label = texts.phrase("meeting.versions.restore", lang, when=when)
        st.button(label, key="restore", icon=":material/restore:", on_click=_ask, args=(version.sha256,))
        return
    st.warning(texts.phrase("meeting.versions.sure", lang, when=when), icon=":material/help:")
    with st.container(horizontal=True):
        take = partial(_restore, shown, version)
        st.button(
            texts.phrase("meeting.versions.yes", lang), key="restore-yes", type="primary", on_click=take
        )
        st.button(texts.phrase("meeting.versions.no", lang), key="restore-no", on_click=_ask, args=("",))


def _ask(sha256: str) -> None:
    st.session_state[_ASKED] = sha256


def _restore(shown: view.View, version: Version) -> None:
    _ask("")
    outcome = pipeline.restore(shown.path, version, shown.saved_sha256)
    if isinstance(outcome, Saved):
        state.open_scenario(outcome.path.stem)
        key = "beside" if outcome.beside else "done"
        state.tell_done(key, id=outcome.path.stem, asked=outcome.asked.stem)
        if not outcome.durable:
            state.tell_done("not_durable")
    elif isinstance(outcome, Refused):
        state.tell(outcome.faults)
    else:
        st.session_state[_OVERTAKEN] = True
