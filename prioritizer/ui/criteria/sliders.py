"""Weights moved by sliders: one move is one change of the draft, and a row of moves of one weight one step.

What stands here in the session is about the widgets alone: which weight was moved last, from where, and
which sliders have to be drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import streamlit as st

from prioritizer import pipeline
from prioritizer.model import Case
from prioritizer.scoring.sharing import moved
from prioritizer.ui import state, view
from prioritizer.ui.criteria import weighing

Weights = Mapping[str, Fraction]


@dataclass(frozen=True)
class Moves:
    """What sliders of one scenario have done.

    ``anchor`` is the weight moved last, its siblings' weights before and after: while they still stand so,
    moving it on goes from before, so that small steps do not wear down the others' proportions. ``pushed``
    counts how often each weight was changed by another hand than its own slider (see :func:`key_of`).
    """

    anchor: tuple[str, Weights, Weights] | None = None
    pushed: Mapping[str, int] = field(default_factory=dict)

    def before(self, node: str, now: Weights, kept: Iterable[str]) -> Weights:
        """The siblings' weights from which a move of ``node`` goes, ``kept`` being held as they are now."""
        if self.anchor is not None and (self.anchor[0], self.anchor[2]) == (node, now):
            start = self.anchor[1]
            return start if all(start[each] == now[each] for each in kept) else now
        return now

    def push(self, nodes: tuple[str, ...]) -> Moves:
        """The sliders of these nodes drawn anew."""
        return replace(self, pushed={**self.pushed, **{each: self.pushed.get(each, 0) + 1 for each in nodes}})


def key_of(shown: view.View, node: str, weight: Fraction, class_: str = "") -> str:
    """The key of a weight's slider, with the weight as its position: a new one whenever the weight changed by
    another hand.

    Runs that newer moves cut short leave the browser with old positions of the other sliders; under the
    same key their late report would count as moving them back.
    """
    percent, key = round(weight * 100), _key(shown.id, node, class_)
    if st.session_state.get(key, percent) != percent:
        _keep(shown.id, class_, _moves(shown.id, class_).push((node,)))
        key = _key(shown.id, node, class_)
    st.session_state.setdefault(key, percent)
    return key


def refusal_key(scenario_id: str, node: str, class_: str = "") -> str:
    """Under what a refused move is remembered: the slider itself goes back and so gets another key."""
    return f"weight/{scenario_id}/{class_}/{node}"


def hold_key(scenario_id: str, class_: str, node: str) -> str:
    """The key of the box that keeps a weight as it is while others move."""
    return f"hold/{scenario_id}/{class_}/{node}"


def held(scenario_id: str, class_: str, nodes: Iterable[str]) -> set[str]:
    """The weights that are to stay as they are."""
    return {node for node in nodes if st.session_state.get(hold_key(scenario_id, class_, node))}


def take(scenario_id: str, node: str, key: str, class_: str = "") -> None:
    """Takes a slider's position as its weight, for a class or (blank) for all; those held stay. A late
    report, or one that says what already holds, changes nothing."""
    shown = view.standing()  # what holds by now, not when the slider was drawn
    if shown is None or shown.id != scenario_id or shown.case.criteria is None:
        return
    percent = int(st.session_state[key])
    if key != _key(shown.id, node, class_):
        return
    parent, now = _siblings(shown.case, node, class_)
    if percent == round(now[node] * 100):
        return
    moves = _moves(shown.id, class_)
    kept = held(shown.id, class_, now)
    before = moves.before(node, now, kept)
    after = moved(before, node, percent, kept)
    told = weighing.outright(shown.case, parent, class_, after)
    refusal, series = refusal_key(shown.id, node, class_), f"weights/{class_}/{node}"
    if state.attempt(shown, refusal, "weights", told, series=series):
        others = tuple(each for each in after if each != node)
        _keep(shown.id, class_, replace(moves.push(others), anchor=(node, before, after)))


def _siblings(case: Case, node: str, class_: str) -> tuple[str, dict[str, Fraction]]:
    """The node above, blank for the root, and the weights of the node and its siblings."""
    assert case.criteria is not None
    weights = pipeline.node_weights(case, class_)
    for parent, family in case.criteria.families():
        if any(each.id == node for each in family):
            return parent, {each.id: weights[each.id] for each in family}
    raise KeyError(node)


def _key(scenario_id: str, node: str, class_: str) -> str:
    pushed = _moves(scenario_id, class_).pushed.get(node, 0)
    of_class = f"{class_}/" if class_ else ""
    return f"weight/{scenario_id}/{of_class}{node}/{state.generation()}/{pushed}"


def _moves(scenario_id: str, class_: str) -> Moves:
    found: Moves = st.session_state.get(f"moves/{scenario_id}/{class_}", Moves())
    return found


def _keep(scenario_id: str, class_: str, moves: Moves) -> None:
    st.session_state[f"moves/{scenario_id}/{class_}"] = moves
