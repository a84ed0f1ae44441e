"""Draws made by hand for tests of what is read off them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prioritizer.model import Case
from prioritizer.robustness.nouns import Sweep
from prioritizer.robustness.summary.nouns import FINEST


@dataclass(frozen=True)
class Made:
    """Tables of values, int64[draws, n], of weights, int64[draws, groups, leaves], and of points."""

    values: np.ndarray
    table: np.ndarray
    replicate: np.ndarray
    unknowns: np.ndarray
    of_class: dict[str, int]
    points: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.values)

    def values_e4(self, rows: np.ndarray) -> np.ndarray:
        return self.values[rows]

    def case_of(self, row: int) -> Case | None:
        return None

    def unknown_points(self, rows: np.ndarray) -> np.ndarray:
        assert self.points is not None
        return self.points[rows]


def made(values, replicates=1, weight=None, unknowns=(), points=None) -> Made:
    """Draws of these values; ``weight`` by draw and leaf, or by draw, group and leaf."""
    table = np.array(values, dtype=np.int64)
    weights = np.full((len(table), 2), FINEST // 2) if weight is None else np.asarray(weight)
    by_group = weights[:, None] if weights.ndim == 2 else weights
    return Made(
        table,
        by_group,
        np.arange(len(table)) * replicates // len(table),
        np.array(unknowns, dtype=np.int64).reshape(-1, 2),
        {"": 0},
        points,
    )


def swept(amounts: Sequence[Sequence[int]], status: Sequence[str] = (), why: dict[int, str] | None = None):
    table = np.array(amounts, dtype=np.int64)
    said = np.array(list(status) or ["optimal"] * len(table))
    return Sweep(table, said, np.where(said == "failed", np.nan, 0.0), why or {})
