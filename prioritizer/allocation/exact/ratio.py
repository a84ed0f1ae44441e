"""The dual ratio test: which variable enters, so that all reduced costs keep their signs.

Thousands of columns are sifted by floating point with a bound on its error; what is left is compared exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Any

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.exact.elimination import plain, quotient
from prioritizer.allocation.exact.factor import Vector
from prioritizer.allocation.exact.merge import Merged
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import SAFE
from prioritizer.allocation.solvers.highs import AT_LOWER, AT_UPPER, Kinds
from prioritizer.model import Ints

_ROUNDING = 2.0**-52
Step = tuple[Exact, int, Exact]  # its size, the variable that enters, the step of the duals


class Ratios:
    """A program's columns, prepared for ratio tests."""

    def __init__(self, merged: Merged) -> None:
        self._program, self._kind, self._table = merged.program, merged.kind, merged.table
        self._able = merged.program.upper > 0
        self._float_table = merged.table.astype(np.float64)
        self._largest = np.abs(self._float_table).max(axis=1, initial=0.0)
        self._gain = merged.program.gain_num / merged.program.gain_den

    def column(self, variable: int) -> Vector:
        """The column of a variable in ``A x - activity = 0``, by row."""
        n = len(self._kind)
        if variable >= n:
            return {variable - n: -1}
        column = self._table[:, self._kind[variable]]
        return {row: int(column[row]) for row in np.flatnonzero(column).tolist()}

    def entering(
        self,
        row: Vector,
        way: int,
        dual: Vector,
        columns: Kinds,
        free: Mapping[int, int],
    ) -> tuple[int, Exact] | None:
        """The variable that enters, the one of least index among equals, and the step of the duals.

        ``row`` is the leaving variable's row of the inverse; it leaves upwards (``way`` 1) or downwards
        (-1). Of the rows only ``free`` may enter, each from its bound.
        """
        found = self._columns(row, way, dual, columns)
        for at, bound in free.items():
            if (row[at] * way > 0) == (bound == AT_UPPER):
                step = quotient(dual.get(at, 0), row[at])
                found.append((max(step, -step), len(self._kind) + at, step))
        if not found:
            return None
        _, variable, step = min(found)
        return variable, step

    def _columns(self, row: Vector, way: int, dual: Vector, columns: Kinds) -> list[Step]:
        scale = lcm(*(value.denominator for value in row.values()))
        pivot = self._combined({at: int(value * scale) for at, value in row.items()})
        heading = -way * np.sign(pivot)[self._kind]
        open_ = ((columns == AT_UPPER) & (heading > 0)) | ((columns == AT_LOWER) & (heading < 0))
        able = np.flatnonzero(open_ & self._able)
        return self._exact(self._sifted(able, dual, pivot), dual, pivot, scale)

    def _combined(self, weights: Mapping[int, int]) -> npt.NDArray[np.generic]:
        """``weights · A`` by kind of column, exact."""
        used = list(weights)
        size = sum(abs(weight) * int(self._largest[at]) for at, weight in weights.items())
        dtype: type = np.int64 if size < SAFE else object
        whole: npt.NDArray[Any] = np.array([weights[at] for at in used], dtype=dtype)
        combined: npt.NDArray[np.generic] = whole @ self._table[used].astype(dtype)
        return combined

    def _sifted(self, able: Ints, dual: Vector, pivot: npt.NDArray[np.generic]) -> Ints:
        """The columns that may have the least ratio, for all that rounding can do."""
        if len(able) < 2:
            return able
        y = np.zeros(len(self._table))
        y[list(dual)] = [float(value) for value in dual.values()]
        error = _ROUNDING * (len(y) + 8) * float(np.abs(y) @ self._largest)
        kinds = self._kind[able]
        reduced = np.abs(self._gain[able] - (y @ self._float_table)[kinds])
        doubt = error + 4 * _ROUNDING * np.abs(self._gain[able])
        size = np.abs(pivot.astype(np.float64))[kinds]
        cutoff = float(((reduced + doubt) / size).min()) * (1 + 8 * _ROUNDING)
        return able[~((reduced - doubt) / size > cutoff)]

    def _exact(self, able: Ints, dual: Vector, pivot: npt.NDArray[np.generic], scale: int) -> list[Step]:
        """The exact steps at which the reduced costs of a few columns become 0."""
        common = lcm(*(value.denominator for value in dual.values()))
        whole = {at: int(value * common) for at, value in dual.items() if value}
        found = self._table[list(whole)][:, self._kind[able]].T.tolist()
        steps = []
        for column, coefs in zip(able.tolist(), found, strict=True):
            kind, den = self._kind[column], int(self._program.gain_den[column])
            priced = sum(map(mul, whole.values(), coefs))
            reduced = int(self._program.gain_num[column]) * common - den * priced
            step = plain(Fraction(reduced * scale, -int(pivot[kind]) * den * common))
            steps.append((max(step, -step), column, step))
        return steps
