"""What the weight of one criterion does to one project's money."""

from __future__ import annotations

from dataclasses import dataclass

from prioritizer.robustness.draws.weights import groups
from prioritizer.robustness.stress import Robustness


@dataclass(frozen=True)
class Swing:
    """A project's mean money in million VND where a leaf (its id) weighs least, and where it weighs most: in
    the lowest and in the highest fifth of the draws."""

    criterion: str
    low_mvnd: float
    high_mvnd: float

    @property
    def width_mvnd(self) -> float:
        """How far the two are apart."""
        return abs(self.high_mvnd - self.low_mvnd)


def swings(found: Robustness, row: int) -> tuple[Swing, ...]:
    """The leaves whose weight moves the money of a project (its row), those that move most first; none where
    values are given."""
    case, by_weight = found.evaluation.case, found.main.by_weight
    tree = case.criteria
    if tree is None or not by_weight.low_mvnd.size:
        return ()
    group = int(groups(case, found.asked.allowed).of_project[row])
    ends = (each[group, :, row].tolist() for each in (by_weight.low_mvnd, by_weight.high_mvnd))
    listed = [Swing(leaf.id, low, high) for leaf, low, high in zip(tree.leaves, *ends, strict=True)]
    return tuple(sorted((each for each in listed if each.width_mvnd > 0), key=lambda each: -each.width_mvnd))
