"""Draws for tests of sweeps: a table of values made beforehand, which can be sent to workers."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from prioritizer.model import Case
from prioritizer.robustness.nouns import Sweep


@dataclass(frozen=True)
class Table:
    """``values``, int64[draws, n]; ``cases`` are those whose asks or envelope are drawn too."""

    values: np.ndarray
    cases: Mapping[int, Case] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.values)

    def values_e4(self, rows: np.ndarray) -> np.ndarray:
        return self.values[rows]

    def case_of(self, row: int) -> Case | None:
        return self.cases.get(row)


@dataclass(frozen=True)
class Deadly(Table):
    """A table that ends the process which asks for row ``of``: the first ``times``, as marks in a folder."""

    of: int = 0
    times: int = 1
    folder: Path = Path()

    def values_e4(self, rows: np.ndarray) -> np.ndarray:
        (self.folder / f"{os.getpid()}-{rows[0]}").touch()
        if self.of in rows:
            dead = len(list(self.folder.glob("dead-*")))
            if dead < self.times:
                (self.folder / f"dead-{dead}").touch()
                os._exit(9)
        return self.values[rows]


def levels(case: Case, draws: int, seed: int) -> Table:
    """Values of a few levels, so that ties abound, and some of any size."""
    rng = np.random.default_rng(seed)
    shape = draws, len(case.register)
    few = rng.choice([0, 100_000, 200_000, 200_000, 400_000, 500_000], shape)
    return Table(np.where(rng.random(shape) < 0.3, rng.integers(0, 1_000_001, shape), few))


def same(one: Sweep, other: Sweep) -> bool:
    """Whether two sweeps are equal in every byte."""
    tables = (
        np.array_equal(one.amount_mvnd, other.amount_mvnd),
        np.array_equal(one.status, other.status),
        np.array_equal(one.gap, other.gap, equal_nan=True),
    )
    return all(tables) and one.why == other.why
