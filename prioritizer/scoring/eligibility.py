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
    for row, names in blanks(case).items():
        found.setdefault(row, []).extend(Lack("dossier_blank", (("column", name),)) for name in names)
    return {row: tuple(found[row]) for row in sorted(found)}


def blanks(case: Case) -> dict[int, tuple[str, ...]]:
    """The columns of their dossiers that projects leave blank, by row: of all projects first, then of the
    classes. A column that the register cannot have is nobody's fault."""
    asked, register = case.scenario.eligibility, case.register
    found: dict[int, list[str]] = {}
    for class_ in ("", *asked.dossier_by_class):
        of_class = (
            register.columns["class"].among((class_,)) if class_ else np.ones(len(register), dtype=bool)
        )
        common = () if not class_ else asked.dossier
        for name in asked.dossier_of(class_):
            column = register.columns.get(name) if name not in common else None
            for row in np.flatnonzero(column.among(("",)) & of_class).tolist() if column else ():
                found.setdefault(row, []).append(name)
    return {row: tuple(found[row]) for row in sorted(found)}


def _below(factor: str, value_e4: int, least_e4: int) -> Lack:
    stated = ("factor", factor), ("value", _decimal(value_e4)), ("minimum", _decimal(least_e4))
    return Lack("factor_below_minimum", stated)


def _decimal(value_e4: int) -> str:
    """Points as the shortest decimal, the same in every language."""
    whole, part = divmod(value_e4, E4)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".")
