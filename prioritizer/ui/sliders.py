"""Weights moved by sliders: one move is one change of the draft, and a row of moves of one weight one step.

What stands here in the session is about the widgets alone: which weight was moved last, from where, and
which sliders have to be drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import streamlit as st

from prioritizer import pipeline
from prioritizer.model import Case
from prioritizer.ui import state, view, weighing
from prioritizer.ui.weights import moved

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

    def before(self, node: str, now: Weights) -> Weights:
        """The siblings' weights from which a move of ``node`` goes."""
        if self.anchor is not None and (self.anchor[0], self.anchor[2]) == (node, now):
            return self.anchor[1]
        return now

    def push(self, nodes: tuple[str, ...]) -> Moves:
        """The sliders of these nodes drawn anew."""
        return replace(self, pushed={**self.pushed, **{each: self.pushed.get(each, 0) + 1 for each in nodes}})


def key_of(shown: view.View, node: str, weight: Fraction) -> str:
    """The key of a weight's slider, with the weight as its position: a new one whenever the weight changed by
    another hand.

    Runs that newer moves cut short leave the browser with old positions of the other sliders; under the
    same key their late report would count as moving them back.
    """
    percent, key = round(weight * 100), _key(shown.id, node)
    if st.session_state.get(key, percent) != percent:
        _keep(shown.id, _moves(shown.id).push((node,)))
        key = _key(shown.id, node)
    st.session_state.setdefault(key, percent)
    return key


def take(scenario_id: str, node: str, key: str) -> None:
    """Takes a slider's position as its weight. A late report, or one that says what already holds, changes
    nothing."""
    shown = view.current()  # what holds by now, not when the slider was drawn
    percent = int(st.session_state[key])
    if shown.id != scenario_id or shown.case.criteria is None or key != _key(shown.id, node):
        return
    parent, now = _siblings(shown.case, node)
    if percent == round(now[node] * 100):
        return
    moves = _moves(shown.id)
    before = moves.before(node, now)
    after = moved(before, node, percent)
    told = weighing.outright(shown.case, parent, "", after)
    if state.attempt(shown, key, "weights", told, series=f"weights/{node}"):
        others = tuple(each for each in after if each != node)
        _keep(shown.id, replace(moves.push(others), anchor=(node, before, after)))


def _siblings(case: Case, node: str) -> tuple[str, dict[str, Fraction]]:
    """The node above, blank for the root, and the weights of the node and its siblings."""
    assert case.criteria is not None
    weights = pipeline.node_weights(case)
    for parent, family in case.criteria.families():
        if any(each.id == node for each in family):
            return parent, {each.id: weights[each.id] for each in family}
    raise KeyError(node)


def _key(scenario_id: str, node: str) -> str:
    return f"weight/{scenario_id}/{node}/{state.generation()}/{_moves(scenario_id).pushed.get(node, 0)}"


def _moves(scenario_id: str) -> Moves:
    found: Moves = st.session_state.get(f"moves/{scenario_id}", Moves())
    return found


def _keep(scenario_id: str, moves: Moves) -> None:
    st.session_state[f"moves/{scenario_id}"] = moves
