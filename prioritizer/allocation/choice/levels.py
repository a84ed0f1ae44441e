"""The program in million VND: a column's level is what it pays, or its answer.

In the program that is solved a unit is the greatest common divisor of a project's costs. In whole millions
every level counts, so rows are multiplied up until the coefficients of levels are whole numbers.
"""

from __future__ import annotations

from dataclasses import replace
from math import gcd, lcm

import numpy as np

from prioritizer.allocation.program import FREE, Formulation, Program, Row

_LARGEST = 2**50  # of a coefficient: beyond it units of a row are too fine to be gone through


def over_levels(form: Formulation) -> Program | None:
    """The program over levels, costs in exact proportion; ``None`` where its numbers would be too large."""
    program, per_unit = form.program, form.levels_per_unit
    if (per_unit == 1).all():
        return program
    rows = []
    for row in program.rows:
        own = per_unit[row.columns].tolist()
        times = lcm(*(each // gcd(each, coef) for each, coef in zip(own, row.coefs.tolist(), strict=True)))
        if times * max(1, row.largest) >= _LARGEST:
            return None
        rows.append(_scaled(row, own, times))
    return replace(
        program,
        upper=program.upper * per_unit,
        gain_den=program.gain_den * per_unit,
        rows=tuple(rows),
    )


def _scaled(row: Row, per_unit: list[int], times: int) -> Row:
    coefs = [coef * times // each for coef, each in zip(row.coefs.tolist(), per_unit, strict=True)]
    lower = row.lower if row.lower <= -FREE else row.lower * times
    upper = row.upper if row.upper >= FREE else row.upper * times
    return Row(row.name, row.columns, np.array(coefs, dtype=np.int64), lower, upper)
