"""How far two scenarios agree on the order of projects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from prioritizer.analysis.agreement import kendall_tau_b
from prioritizer.comparison.nouns import Agreement, ProjectLine
from prioritizer.results import Evaluation


def agreements(evaluations: Sequence[Evaluation], projects: Sequence[ProjectLine]) -> tuple[Agreement, ...]:
    """Kendall's tau-b of the values of every two scenarios, over the projects that both list."""
    return tuple(_agreement(one, other, projects) for one, other in combinations(range(len(evaluations)), 2))


def _agreement(one: int, other: int, projects: Sequence[ProjectLine]) -> Agreement:
    values = [(line.values_e4[one], line.values_e4[other]) for line in projects]
    both = np.array([pair for pair in values if None not in pair], dtype=np.int64).reshape(-1, 2)
    return Agreement(one, other, len(both), kendall_tau_b(both[:, 0], both[:, 1]))
