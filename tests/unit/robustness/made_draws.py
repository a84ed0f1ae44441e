"""Draws made by hand for tests of what is read off them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prioritizer.model import Case
from prioritizer.robustness.nouns import Sweep
from prioritizer.robustness.summary_nouns import FINEST


@dataclass(frozen=True)
class Made:
    """A table of values, int64[draws, n], of weights, int64[draws, leaves], and of points of unknowns."""

    values: np.ndarray
    weight: np.ndarray
    replicate: np.ndarray
    unknowns: Sequence[tuple[int, int]] = ()
    points: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.values)

    def values_e4(self, rows: np.ndarray) -> np.ndarray:
        return self.values[rows]

    def case_of(self, row: int) -> Case | None:
        return None

    def weights(self, rows: np.ndarray) -> np.ndarray:
        return self.weight[rows]

    def unknown_points(self, rows: np.ndarray) -> np.ndarray:
        assert self.points is not None
        return self.points[rows]


def made(values: Sequence[Sequence[int]], replicates: int = 1, **more) -> Made:
    table = np.array(values, dtype=np.int64)
    even = np.full((len(table), 2), FINEST // 2)
    return Made(
        table, **{"weight": even, "replicate": np.arange(len(table)) * replicates // len(table)} | more
    )


def swept(amounts: Sequence[Sequence[int]], status: Sequence[str] = (), why: dict[int, str] | None = None):
    table = np.array(amounts, dtype=np.int64)
    said = np.array(list(status) or ["optimal"] * len(table))
    return Sweep(table, said, np.where(said == "failed", np.nan, 0.0), why or {})
