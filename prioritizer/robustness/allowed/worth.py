"""What projects can be worth over all allowed weights and scores, and how far one can fall behind another.

Allowed are the weights that are drawn, rounded to 1e-9 as draws are, and every score within its interval. A
sum over leaves is greatest where every set of siblings stands at a corner, so that sets are gone through one
by one from the leaves up, not all their corners together. It is done in floating point; bounds are moved
outwards by :attr:`Allowed.slack`, which is far more than that and the rounding of weights can amount to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

from prioritizer.model import CLASSES, FULL, Case, Codes, CriteriaTree, Criterion, Ints
from prioritizer.results import E4
from prioritizer.robustness.draws.sampling import whole
from prioritizer.robustness.draws.weights import Groups
from prioritizer.robustness.summary.nouns import FINEST, Floats
from prioritizer.scoring.values import exact_ends, rounded
from prioritizer.scoring.weights import UNCLASSED, exchange_rate

Where = Literal["interval", "low", "mid", "high"]
Corners = Mapping[str, tuple[tuple[str, ...], Floats]]  # by parent: the siblings, and corners [corners, k]
MOST_CORNERS = 64  # at which plans are tried
_LISTED = 4_096  # ways to put corners of sets of siblings together that are gone through


@dataclass(frozen=True)
class Allowed:
    """``low`` and ``high``, int64[leaves, n], are what every leaf is worth out of 100 at both ends of its
    score, exchange rates included, in whole parts of a point, of which there are ``scale``. ``group``,
    int32[n], is whose weights a project has; ``corners`` has every set of siblings, by group."""

    factors: tuple[Criterion, ...]
    low: Ints
    high: Ints
    scale: int
    group: Codes
    corners: tuple[Corners, ...]

    @property
    def slack(self) -> float:
        """By how much a difference of values may be off, in 1e-4 point: weights are whole parts of 1e-9."""
        most = max(float(np.abs(self.high).max(initial=0)) / self.scale, FULL)
        return 4 * E4 * most * len(self.low) / FINEST

    def ahead(self, row: int, times: Floats) -> Floats:
        """The least by which a project is ahead of each (negative: it falls behind), float64[n] in 1e-4
        point, values multiplied by ``times``, float64[n]; projects of one group have the same weights."""
        same = self.group == self.group[row]
        own = self.low[:, row, None].astype(np.float64) * times[row]
        others = self.high.astype(np.float64) * times
        found = np.empty(len(self.group))
        found[same] = self._least(own - others[:, same], int(self.group[row]))
        alone = float(self._least(own, int(self.group[row]))[0])
        for group in range(len(self.corners)):
            apart = (self.group == group) & ~same
            if apart.any():
                found[apart] = alone + self._least(-others[:, apart], group)
        return found * (E4 / self.scale)

    def least(self) -> Floats:
        """The least that projects can be worth, float64[n] in 1e-4 point."""
        return self._ends(self.low.astype(np.float64))

    def most(self) -> Floats:
        """The most that projects can be worth, float64[n] in 1e-4 point."""
        return -self._ends(-self.high.astype(np.float64))

    def _ends(self, points: Floats) -> Floats:
        found = np.empty(len(self.group))
        for group in range(len(self.corners)):
            own = self.group == group
            found[own] = self._least(points[:, own], group)
        return found * (E4 / self.scale)

    def _least(self, points: Floats, group: int) -> Floats:
        """The least weighted sum over the leaves, ``points`` float64[leaves, m]."""
        leaf_at = {leaf.id: at for at, leaf in enumerate(self._leaves())}

        def least(node: Criterion) -> Floats:
            return family(node.id, node.children) if node.children else points[leaf_at[node.id]]

        def family(parent: str, siblings: tuple[Criterion, ...]) -> Floats:
            names, places = self.corners[group][parent]
            by_name = {node.id: node for node in siblings}
            if not names:
                return np.zeros(points.shape[1])
            below = np.array([least(by_name[name]) for name in names])
            found: Floats = (places @ below).min(axis=0)
            return found

        return family("", self.factors)

    def _leaves(self) -> list[Criterion]:
        return [leaf for factor in self.factors for leaf in factor.leaves()]

    def values_e4(self, weights: Ints, at_high: np.ndarray) -> Ints:
        """What projects are worth at ``weights``, int64[groups, leaves], with scores at the low end, or at
        the high end where ``at_high``, bool[n], says so: int64[n], rounded once."""
        points = np.where(at_high, self.high, self.low).astype(object)
        total = (points * weights[self.group].T.astype(object)).sum(axis=0)
        return rounded(total, self.scale * FINEST)


def allowed_by(case: Case, found: Groups, scores: Where = "interval") -> Allowed:
    """What is allowed where ``found`` says which weights are drawn, scores anywhere in their intervals or all
    at one place; the case has criteria."""
    assert case.criteria is not None
    rates = {
        class_: dict.fromkeys((leaf.id for leaf in case.criteria.leaves), exchange_rate(case, class_))
        for class_ in (UNCLASSED, *CLASSES)
    }
    low, high, scale = exact_ends(case, rates)
    if scores != "interval":
        ends = {"low": (low, low), "mid": (low, high), "high": (high, high)}[scores]
        low = high = ends[0] + ends[1]
        scale *= 2
    corners = tuple({node.parent: (node.names, node.body.places) for node in nodes} for nodes in found.nodes)
    return Allowed(case.criteria.criteria, low, high, scale, found.of_project, corners)


def extremes(tree: CriteriaTree, found: Groups) -> list[Ints]:
    """Corners of all weights together, int64[groups, leaves] over :data:`FINEST` each, rounded as draws are;
    where there are more than :data:`MOST_CORNERS`, some of them, always the same."""
    nodes = list({(node.parent, node.class_): node for own in found.nodes for node in own}.values())
    sizes = [len(node.body.places) for node in nodes]
    if prod(sizes) <= _LISTED:
        chosen = np.indices(sizes).reshape(len(sizes), -1)
    else:
        chosen = np.random.default_rng(0).integers(0, np.array(sizes)[:, None], (len(sizes), _LISTED))
    by_node = {
        (node.parent, node.class_): dict(zip(node.names, node.body.places[at].T, strict=True))
        for node, at in zip(nodes, chosen, strict=True)
    }
    groups = []
    for own in found.nodes:
        columns = {name: w for node in own for name, w in by_node[node.parent, node.class_].items()}
        groups.append(whole(_along_branches(tree, columns, chosen.shape[1]), FINEST))
    table = np.unique(np.stack(groups, axis=1), axis=0)
    step = -(-len(table) // MOST_CORNERS)
    return list(table[::step])


def _along_branches(tree: CriteriaTree, own: Mapping[str, Floats], many: int) -> Floats:
    """The leaf weights, float64[many, leaves], of node weights; what is not there weighs nothing."""
    none, weights = np.zeros(many), dict[str, Floats]()
    branches = [(node, own.get(node.id, none)) for node in tree.criteria]
    while branches:
        node, weight = branches.pop()
        weights[node.id] = weight
        branches.extend((child, weight * own.get(child.id, none)) for child in node.children)
    return np.stack([weights[leaf.id] for leaf in tree.leaves], axis=1)
