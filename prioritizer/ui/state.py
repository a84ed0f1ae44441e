"""All session state of the app, in one place.

What a person tries (weights, envelope, objective, unassessed scores) is kept per scenario as
:class:`Choices` in the session and never written to a file. Language and scenario also stand in the
address, so that a link or a reload opens the same view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import streamlit as st

from prioritizer import locale
from prioritizer.model import Case
from prioritizer.ui.answers import fingerprint
from prioritizer.ui.weights import moved

LANG_WIDGET = "lang-choice"
SCENARIO_WIDGET = "scenario-choice"
LADDER_STEP_MVND = 500_000


@dataclass(frozen=True)
class Choices:
    """What is being tried instead of the scenario's own choices; empty or ``None`` means the scenario's.

    ``anchor`` is the weight moved last and its siblings' weights before: moving it on goes from there,
    so that small steps do not wear down the others' proportions. ``pushed`` counts how often each weight
    was changed by moving a sibling (see :func:`slider_key`).
    """

    weights: Mapping[str, Fraction] = field(default_factory=dict)
    funds: Mapping[str, int] = field(default_factory=dict)
    basis: str | None = None
    hurdle_e4: int | None = None
    unassessed: str | None = None
    anchor: tuple[str, Mapping[str, Fraction]] | None = field(default=None, compare=False)
    pushed: Mapping[str, int] = field(default_factory=dict, compare=False)

    def __bool__(self) -> bool:
        return self != Choices()


def applied(case: Case, choices: Choices) -> Case:
    """The case under the choices."""
    scenario = case.scenario
    changes: dict[str, Any] = {}
    if choices.weights:
        changes["weights"] = {**scenario.weights, **choices.weights}
    if choices.funds:
        changes["funds"] = tuple(
            fund.model_copy(update={"amount_mvnd": choices.funds.get(fund.id, fund.amount_mvnd)})
            for fund in scenario.funds
        )
    objective = {"basis": choices.basis, "hurdle_e4": choices.hurdle_e4}
    changes["objective"] = scenario.objective.model_copy(update=_given(objective))
    changes["eligibility"] = scenario.eligibility.model_copy(
        update=_given({"unassessed": choices.unassessed})
    )
    return case.revised(**changes)


def _given(update: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in update.items() if value is not None}


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


def choose_scenario() -> None:
    """Takes the scenario that was picked."""
    st.session_state["scenario"] = st.session_state[SCENARIO_WIDGET]


def keep_in_address(language: str, scenario_id: str | None) -> None:
    """Writes language and scenario into the address; going to another page clears them there."""
    st.session_state["lang"] = language
    wanted = {"lang": language}
    if scenario_id is not None:
        st.session_state["scenario"] = scenario_id
        wanted["scenario"] = scenario_id
    for name, value in wanted.items():
        if st.query_params.get(name) != value:
            st.query_params[name] = value


# ---------------------------------------------------------------- what is being tried


def choices(scenario_id: str) -> Choices:
    """What is being tried on this scenario."""
    tried: Choices = st.session_state.get(_key(scenario_id), Choices())
    return tried


def try_out(scenario_id: str, **changes: Any) -> None:
    """Changes what is being tried."""
    st.session_state[_key(scenario_id)] = replace(choices(scenario_id), **changes)


def slider_key(scenario_id: str, node: str) -> str:
    """The key of a weight's slider: a new one whenever its weight changes by another hand.

    Runs that newer moves cut short leave the browser with old positions of the other sliders; under the
    same key their late report would count as moving them back.
    """
    return f"weight/{scenario_id}/{node}/{generation()}/{choices(scenario_id).pushed.get(node, 0)}"


def take_slider(scenario_id: str, saved: Mapping[str, Fraction], node: str, key: str) -> None:
    """Takes a slider's position as its weight; ``saved`` has its siblings' weights (its own among them) for
    those that nobody has moved. A late report, or one that says what already holds, changes nothing."""
    now = choices(scenario_id)
    siblings = {sibling: now.weights.get(sibling, weight) for sibling, weight in saved.items()}
    percent = int(st.session_state[key])
    if key != slider_key(scenario_id, node) or percent == round(siblings[node] * 100):
        return
    anchor = now.anchor if now.anchor and now.anchor[0] == node else (node, siblings)
    weights = {**now.weights, **moved(anchor[1], node, percent)}
    pushed = {**now.pushed, **{other: now.pushed.get(other, 0) + 1 for other in siblings if other != node}}
    try_out(scenario_id, weights=weights, anchor=anchor, pushed=pushed)


def forget(scenario_id: str) -> None:
    """Back to the scenario's own choices; text fields and sliders start anew."""
    st.session_state.pop(_key(scenario_id), None)
    st.session_state["generation"] = generation() + 1


def generation() -> int:
    """Part of the keys of widgets that must start anew after :func:`forget`."""
    return int(st.session_state.get("generation", 0))


def _key(scenario_id: str) -> str:
    return f"choices/{scenario_id}"


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
