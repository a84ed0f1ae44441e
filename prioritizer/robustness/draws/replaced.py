"""A case with weights and scores put in place of its own: what a draw stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from prioritizer.model import CLASSES, Case, Consensus, CriteriaTree, Criterion, Ints
from prioritizer.robustness.draws.values import Table
from prioritizer.scoring.weights import UNCLASSED


def with_weights(case: Case, of_class: Mapping[str, Sequence[int]]) -> Case:
    """The case with weights of the leaves as stated, in whole parts of whatever they sum to.

    ``of_class`` has them by class; those of the blank class are of all that are not named.
    """
    assert case.criteria is not None
    by_class = {
        name: _of_nodes(case.criteria, of_class.get(name, of_class[UNCLASSED]))
        for name in (UNCLASSED, *CLASSES)
    }
    general = by_class.pop(UNCLASSED)
    return case.revised(weights=general, weights_by_class=by_class, elicitation=())


def _of_nodes(tree: CriteriaTree, leaves: Sequence[int]) -> dict[str, Fraction]:
    """The weight of every node among its siblings; siblings that weigh nothing together weigh the same."""
    own = {leaf.id: int(weight) for leaf, weight in zip(tree.leaves, leaves, strict=True)}

    def total(node: Criterion) -> int:
        return sum(own[leaf.id] for leaf in node.leaves())

    found: dict[str, Fraction] = {}
    for siblings in tree.sibling_sets():
        together = sum(map(total, siblings))
        for node in siblings:
            found[node.id] = Fraction(total(node), together) if together else Fraction(1, len(siblings))
    return found


def with_scores(case: Case, table: Table, quantile: Ints) -> Case:
    """The case where every score that is not certain stands at its quantile, int64[unknown scores]."""
    low: Any = table.held.low.copy()
    for at, own in enumerate(table.unknown):
        low[at, own.rows] = own.steps(quantile[own.place : own.place + len(own.rows)])
    return replace(case, agreed=Consensus(table.held.base, table.held.step, low, low))
