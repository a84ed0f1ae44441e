"""Weights: of every node among its siblings, and of every leaf in a project's value, class by class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from prioritizer.model import CLASSES, Case, Codes, CriteriaTree, Criterion
from prioritizer.scoring.elicitation import Heard, heard

UNCLASSED = ""  # projects without a class; what holds for them holds for every class with no word of its own

Origin = Literal["by_class", "elicited_by_class", "direct", "elicited", "criteria", "equal"]


@dataclass(frozen=True)
class Weighing:
    """What one set of siblings weighs for one class, and on whose word.

    ``parent`` is the id of the node above, blank for the factors; ``heard`` the statement, where it is
    elicited. The weights sum to one.
    """

    parent: str
    siblings: tuple[Criterion, ...]
    weights: Mapping[str, Fraction]
    origin: Origin
    heard: Heard | None = None


def weighings(case: Case, class_: str = UNCLASSED) -> tuple[Weighing, ...]:
    """Every set of siblings as it weighs for a class, in the order of :meth:`CriteriaTree.families`.

    What is said of the class comes before what is said of all, what is stated before what is elicited; then
    the criteria file; else siblings weigh the same.
    """
    assert case.criteria is not None
    return tuple(_weighing(case, class_, *family) for family in case.criteria.families())


def _weighing(case: Case, class_: str, parent: str, siblings: tuple[Criterion, ...]) -> Weighing:
    scenario, names = case.scenario, [node.id for node in siblings]
    stated = {str(name): weights for name, weights in scenario.weights_by_class.items()}
    elicited = {each.class_ or UNCLASSED: each for each in scenario.elicitation if each.parent == parent}
    general_word = UNCLASSED, dict(scenario.weights)
    own_word = () if class_ == UNCLASSED else ((class_, stated.get(class_, {})),)
    for word, given in (*own_word, general_word):
        general = word == UNCLASSED
        if names[0] in given:
            own = {name: given[name] for name in names}
            return Weighing(parent, siblings, own, "direct" if general else "by_class")
        if word in elicited:
            said = heard(elicited[word])
            own = {name: said.weights[name] for name in names}
            return Weighing(parent, siblings, own, "elicited" if general else "elicited_by_class", said)
    filed = {node.id: node.weight for node in siblings if node.weight is not None}
    if filed:
        return Weighing(parent, siblings, filed, "criteria")
    return Weighing(parent, siblings, dict.fromkeys(names, Fraction(1, len(names))), "equal")


def node_weights(case: Case, class_: str = UNCLASSED) -> dict[str, Fraction]:
    """The weight of every node among its siblings, for projects of a class."""
    return {name: own for each in weighings(case, class_) for name, own in each.weights.items()}


def leaf_weights(case: Case, class_: str = UNCLASSED) -> dict[str, Fraction]:
    """The weight of every leaf in the value of a project of a class: the product along its branch. They sum
    to one, before any exchange rate."""
    assert case.criteria is not None
    own = node_weights(case, class_)
    return along_branches(
        case.criteria, own, {factor.id: own[factor.id] for factor in case.criteria.criteria}
    )


def exchange_rate(case: Case, class_: str) -> Fraction:
    """What a point of a class is worth in points of classes without a rate."""
    return {str(name): rate for name, rate in case.scenario.exchange_rate.items()}.get(class_, Fraction(1))


def value_weights(case: Case) -> dict[str, dict[str, Fraction]]:
    """By class, the blank one too: what every leaf weighs in a project's value, exchange rate included.
    Classes of which nothing is said of their own share one mapping."""
    general, spoken_of = leaf_weights(case), _spoken_of(case)
    return {UNCLASSED: general} | {
        class_: _exchanged(case, class_) if class_ in spoken_of else general for class_ in CLASSES
    }


def _spoken_of(case: Case) -> set[str]:
    """The classes with weights or a rate of their own."""
    scenario = case.scenario
    heard = (each.class_ for each in scenario.elicitation if each.class_)
    return {*map(str, scenario.weights_by_class), *map(str, scenario.exchange_rate), *heard}


def _exchanged(case: Case, class_: str) -> dict[str, Fraction]:
    rate = exchange_rate(case, class_)
    return {leaf: weight * rate for leaf, weight in leaf_weights(case, class_).items()}


def factor_weights(case: Case) -> dict[str, dict[str, Fraction]]:
    """By class, the blank one too: what every leaf weighs on its factor, whatever the factor weighs."""
    assert case.criteria is not None
    tree, alone = case.criteria, {factor.id: Fraction(1) for factor in case.criteria.criteria}
    return {
        class_: along_branches(tree, node_weights(case, class_), alone) for class_ in (UNCLASSED, *CLASSES)
    }


def weighed_alike(
    case: Case, weights: Mapping[str, Mapping[str, Fraction]]
) -> tuple[list[Mapping[str, Fraction]], Codes]:
    """The different weights that projects have by their classes, and by project which: int32[n]."""
    classes = case.register.columns["class"]
    own = [weights.get(level, weights[UNCLASSED]) for level in classes.levels]
    alike = [each for at, each in enumerate(own) if each not in own[:at]] or [weights[UNCLASSED]]
    return alike, np.array([alike.index(each) for each in own] or [0], dtype=np.int32)[classes.codes]


def along_branches(
    tree: CriteriaTree, own: Mapping[str, Fraction], of_factor: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """The weight of every leaf, where its factor has the weight ``of_factor`` and all below its ``own``."""
    weights: dict[str, Fraction] = {}
    branches = [(node, of_factor[node.id]) for node in tree.criteria]
    while branches:
        node, weight = branches.pop(0)
        if not node.children:
            weights[node.id] = weight
        branches.extend((child, weight * own[child.id]) for child in node.children)
    return {leaf.id: weights[leaf.id] for leaf in tree.leaves}
