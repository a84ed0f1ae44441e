"""What projects lack to be eligible by their scores and dossiers."""

from __future__ import annotations

import numpy as np

from prioritizer.model import Case
from prioritizer.results import E4, Lack
from prioritizer.scoring.values import factor_values


def lacks(case: Case) -> dict[int, tuple[Lack, ...]]:
    """What projects lack to be eligible by their scores and dossiers, by row, in the order of rows."""
    asked = case.scenario.eligibility
    found: dict[int, list[Lack]] = {}
    if asked.minimum_by_factor and case.criteria is not None:
        values = factor_values(case)
        for at, factor in enumerate(case.criteria.criteria):
            least = asked.minimum_by_factor.get(factor.id, 0)
            below = np.flatnonzero(values[:, at] < least)
            of_value = {value: _below(factor.id, value, least) for value in set(values[below, at].tolist())}
            for row, value in zip(below.tolist(), values[below, at].tolist(), strict=True):
                found.setdefault(row, []).append(of_value[value])
    for name in asked.dossier:
        column, lack = case.register.columns.get(name), Lack("dossier_blank", (("column", name),))
        for row in np.flatnonzero(column.among(("",))).tolist() if column else ():
            found.setdefault(row, []).append(lack)
    return {row: tuple(found[row]) for row in sorted(found)}


def _below(factor: str, value_e4: int, least_e4: int) -> Lack:
    stated = ("factor", factor), ("value", _decimal(value_e4)), ("minimum", _decimal(least_e4))
    return Lack("factor_below_minimum", stated)


def _decimal(value_e4: int) -> str:
    """Points as the shortest decimal, the same in every language."""
    whole, part = divmod(value_e4, E4)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".")
