"""The corners of all allowed weights of a criteria tree, exact.

A difference of values is linear in the weights of every set of siblings by itself, so it is least, and
greatest, where each set stands at a corner. A set below something that weighs nothing does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from prioritizer.errors import Fault, InputFaults
from prioritizer.model import Case, Codes, Criterion
from prioritizer.robustness.draws.polytope import corners
from prioritizer.robustness.draws.statements import said
from prioritizer.robustness.draws.weights import Allowed, Groups, Node, groups
from prioritizer.scoring.weights import UNCLASSED

MOST_CORNERS = 500

Weights = Mapping[str, Fraction]
Place = dict[tuple[int, str], Fraction]  # the weights of leaves, by group of classes and leaf


@dataclass(frozen=True)
class Corners:
    """``weights`` has, for every corner, those of every leaf by group; what is not there weighs nothing.
    ``of_project``, int32[n], is the group of every project."""

    weights: tuple[tuple[Weights, ...], ...]
    of_project: Codes


def weight_corners(case: Case, allowed: Allowed) -> Corners:
    """The corners of the weights of those classes that have projects.

    Raises :class:`InputFaults` where no weights fit what was said, or more than :data:`MOST_CORNERS` do.
    """
    assert case.criteria is not None
    found = groups(case, allowed)
    own = _own_corners(case, found, allowed)
    present = sorted(set(found.of_project.tolist()))
    places = _family(own, "", case.criteria.criteria, present)
    different = {tuple(sorted(place.items())): place for place in places}
    weights = (tuple(_of_group(place, at) for at in range(len(own))) for place in different.values())
    return Corners(tuple(weights), found.of_project)


def _of_group(place: Place, group: int) -> Weights:
    return {leaf: weight for (own, leaf), weight in place.items() if own == group}


OwnCorners = Sequence[Mapping[str, tuple[int, Sequence[Weights]]]]


def _own_corners(case: Case, found: Groups, allowed: Allowed) -> OwnCorners:
    """By group and parent: the number of the set of siblings, and its corners."""
    nodes = list({(node.parent, node.class_): node for own in found.nodes for node in own}.values())
    number = {(node.parent, node.class_): at for at, node in enumerate(nodes)}
    each = [_of_node(case, node, allowed) for node in nodes]
    return [
        {
            node.parent: (number[node.parent, node.class_], each[number[node.parent, node.class_]])
            for node in own
        }
        for own in found.nodes
    ]


def _of_node(case: Case, node: Node, allowed: Allowed) -> list[Weights]:
    kept = (*(case.scenario.elicitation if allowed.stated else ()), *allowed.further)
    told = [each for each in kept if (each.parent, each.class_ or UNCLASSED) == (node.parent, node.class_)]
    rows = [row for each in told for row in said(each, node.names, allowed.room)]
    return [dict(zip(node.names, each.weights, strict=True)) for each in corners(len(node.names), rows)]


def _family(
    own: OwnCorners, parent: str, siblings: Sequence[Criterion], present: Sequence[int]
) -> list[Place]:
    """The corners of the leaves below a node, in the groups where it weighs something, out of one each."""
    sets = {own[group][parent][0]: own[group][parent][1] for group in present}
    _few(prod(len(each) for each in sets.values()))
    found: dict[tuple[tuple[tuple[int, str], Fraction], ...], Place] = {}
    for chosen in product(*sets.values()):
        at = dict(zip(sets, chosen, strict=True))
        weights = {group: at[own[group][parent][0]] for group in present}
        for place in _along(own, siblings, weights):
            found[tuple(sorted(place.items()))] = place
            _few(len(found))
    return list(found.values())


def _along(own: OwnCorners, siblings: Sequence[Criterion], weights: Mapping[int, Weights]) -> list[Place]:
    """The corners below siblings that stand at one corner of their own."""
    parts: list[list[Place]] = []
    for node in siblings:
        heavy = {group: held[node.id] for group, held in weights.items() if held.get(node.id)}
        if heavy and not node.children:
            parts.append([{(group, node.id): weight for group, weight in heavy.items()}])
        elif heavy:
            below = _family(own, node.id, node.children, list(heavy))
            parts.append([_times(place, heavy) for place in below])
    _few(prod(map(len, parts)))
    return [{leaf: weight for part in each for leaf, weight in part.items()} for each in product(*parts)]


def _times(place: Place, heavy: Mapping[int, Fraction]) -> Place:
    return {(group, leaf): weight * heavy[group] for (group, leaf), weight in place.items()}


def _few(many: int) -> None:
    if many > MOST_CORNERS:
        raise InputFaults([Fault("portfolios_too_many_corners", params={"most": MOST_CORNERS})])
