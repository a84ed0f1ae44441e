"""Weights: of every node among its siblings, and of every leaf in a project's value."""

from __future__ import annotations

from fractions import Fraction

from prioritizer.model import Case, CriteriaTree


def node_weights(case: Case) -> dict[str, Fraction]:
    """The weight of every node among its siblings: the scenario's, else the criteria file's, else equal."""
    assert case.criteria is not None
    weights: dict[str, Fraction] = {}
    for siblings in case.criteria.sibling_sets():
        for node in siblings:
            given = case.scenario.weights.get(node.id, node.weight)
            weights[node.id] = Fraction(1, len(siblings)) if given is None else given
    return weights


def leaf_weights(case: Case) -> dict[str, Fraction]:
    """The weight of every leaf in a project's value: the product along its branch. They sum to one."""
    assert case.criteria is not None
    own = node_weights(case)
    return along_branches(
        case.criteria, own, {factor.id: own[factor.id] for factor in case.criteria.criteria}
    )


def along_branches(
    tree: CriteriaTree, own: dict[str, Fraction], of_factor: dict[str, Fraction]
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
