"""Weights drawn over the whole criteria tree: by set of siblings, and by class where classes have words of
their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, log2

import numpy as np
from scipy.stats import qmc

from prioritizer.errors import Fault, InputFaults
from prioritizer.model import CLASSES, ROOT, Case, Codes, CriteriaTree, Elicitation, Ints
from prioritizer.robustness.draws.polytope import TooManyCorners
from prioritizer.robustness.draws.sampling import Body, body, whole
from prioritizer.robustness.draws.statements import clash_of, said
from prioritizer.robustness.draws.triangulation import Floats
from prioritizer.scoring.elicitation import FINEST
from prioritizer.scoring.weights import UNCLASSED, Weighing, weighings

_OWN = ("by_class", "elicited_by_class")  # weights that a class has for itself


@dataclass(frozen=True)
class Allowed:
    """Which weights are drawn.

    ``stated``: those that fit what the group said about weights where it did, else any. ``further`` are
    statements to be kept besides those of the scenario; they are kept in either case. Ratios may be off by
    the factor ``1 + room``. Criteria that weigh nothing stay at zero.
    """

    stated: bool = False
    further: tuple[Elicitation, ...] = ()
    room: Fraction = Fraction(0)


ANY = Allowed()


@dataclass(frozen=True)
class Node:
    """A set of siblings for a class, blank for all without weights of their own: ``names`` are those that
    weigh something."""

    parent: str
    class_: str
    names: tuple[str, ...]
    body: Body


@dataclass(frozen=True)
class Groups:
    """Classes that weigh alike: ``of_class`` has their group, that of the blank class 0, ``of_project`` that
    of every project, int32[n]."""

    nodes: tuple[tuple[Node, ...], ...]  # by group
    of_class: dict[str, int]
    of_project: Codes


def groups(case: Case, allowed: Allowed) -> Groups:
    """What is to be drawn. Raises :class:`InputFaults` where no weights fit what was said."""
    column = case.register.columns["class"]
    present = [name for name in CLASSES if name in column.levels]
    made: dict[tuple[str, str], Node] = {}
    by_class = {name: _nodes(case, name, allowed, made) for name in (UNCLASSED, *present)}
    different = list(dict.fromkeys(by_class.values()))
    sets = tuple(tuple(made[key] for key in keys) for keys in different)
    of_class = {name: different.index(keys) for name, keys in by_class.items()}
    codes = np.array([of_class.get(level, 0) for level in column.levels] or [0], dtype=np.int32)
    return Groups(sets, of_class, codes[column.codes])


Keys = tuple[tuple[str, str], ...]


def _nodes(case: Case, class_: str, allowed: Allowed, made: dict[tuple[str, str], Node]) -> Keys:
    """The sets of siblings of a class by their keys; new ones are added to ``made``."""
    keys = []
    for weighing in weighings(case, class_):
        told = _statements(case, weighing.parent, class_, allowed)
        own = class_ != UNCLASSED and (weighing.origin in _OWN or bool(told))
        key = weighing.parent, class_ if own else UNCLASSED
        if key not in made:
            made[key] = _node(weighing, key, told, allowed.room)
        keys.append(key)
    return tuple(keys)


def _statements(case: Case, parent: str, class_: str, allowed: Allowed) -> list[Elicitation]:
    kept = (*(case.scenario.elicitation if allowed.stated else ()), *allowed.further)
    return [each for each in kept if (each.parent, each.class_ or UNCLASSED) == (parent, class_)]


def _node(weighing: Weighing, key: tuple[str, str], told: Sequence[Elicitation], room: Fraction) -> Node:
    nothing = {name for each in told for name in each.leave_out}
    names = tuple(name for name, own in weighing.weights.items() if own > 0 and name not in nothing)
    about = {"over": key[0] or ROOT, "class": key[1] or "–"}
    try:
        found = body(len(names), [row for each in told for row in said(each, names, room)])
    except TooManyCorners:
        raise InputFaults([Fault("weights_too_many_corners", params=about)]) from None
    if found is None:
        clash = "; ".join(each.text for each in clash_of(told, names, room))
        raise InputFaults([Fault("weights_clash", params={**about, "clash": clash})])
    return Node(*key, names, found)


def drawn_weights(tree: CriteriaTree, found: Groups, sizes: Sequence[int], seed: int) -> Ints:
    """The weights of every leaf, int64[draws, groups, leaves] in 1e-9, each row summing to 10**9.

    ``sizes`` are the draws of each replicate, which has a scramble of its own.
    """
    different = list({(node.parent, node.class_): node for own in found.nodes for node in own}.values())
    parts = [_replicate(tree, found, different, size, [seed, at]) for at, size in enumerate(sizes)]
    return np.concatenate(parts)


def _replicate(
    tree: CriteriaTree, found: Groups, nodes: Sequence[Node], size: int, seed: Sequence[int]
) -> Ints:
    random = np.random.default_rng(seed)
    uniform = _uniform(size, sum(node.body.dimensions for node in nodes), random)
    drawn, first = dict[tuple[str, str], dict[str, Floats]](), 0
    for node in nodes:
        last = first + node.body.dimensions
        columns = node.body.drawn(uniform[:, first:last], random).T
        drawn[node.parent, node.class_] = dict(zip(node.names, columns, strict=True))
        first = last
    by_group = [
        {name: column for node in own for name, column in drawn[node.parent, node.class_].items()}
        for own in found.nodes
    ]
    shares = (_of_leaves(tree, own, size) for own in by_group)
    return np.stack([whole(each, FINEST) for each in shares], axis=1)


def _uniform(size: int, dimensions: int, random: np.random.Generator) -> Floats:
    """Scrambled Sobol points, float64[size, dimensions]."""
    if not dimensions:
        return np.zeros((size, 0))
    points: Floats = qmc.Sobol(dimensions, scramble=True, rng=random).random_base2(ceil(log2(max(1, size))))
    return points[:size]


def _of_leaves(tree: CriteriaTree, own: dict[str, Floats], size: int) -> Floats:
    """The products along the branches, float64[size, leaves]."""
    none = np.zeros(size)
    branches = [(node, own.get(node.id, none)) for node in tree.criteria]
    leaves: dict[str, Floats] = {}
    while branches:
        node, weight = branches.pop()
        leaves[node.id] = weight
        branches.extend((child, weight * own.get(child.id, none)) for child in node.children)
    return np.stack([leaves[leaf.id] for leaf in tree.leaves], axis=1)
