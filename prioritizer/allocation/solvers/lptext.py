"""The program as PuLP states it: readable LP text, and the way to any solver PuLP knows."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pulp

from prioritizer.allocation.program import FREE, Program

LONGEST_NAME = 255  # what readers of LP files take; PuLP's own default is shorter than two ids


def as_pulp(program: Program) -> pulp.LpProblem:
    """The program in PuLP, its gain per million VND as floats; names are made safe and stay unique."""
    problem = pulp.LpProblem("allocation", pulp.LpMaximize)
    names = _safe(program.columns)
    amounts = [
        problem.add_variable(name, lowBound=0, upBound=int(upper), cat="Integer" if whole else "Continuous")
        for name, upper, whole in zip(names, program.upper, program.whole.tolist(), strict=True)
    ]
    gains = (program.gain_num / program.gain_den).tolist()
    problem.setObjective(pulp.LpAffineExpression(list(zip(amounts, gains, strict=True))))
    for row, name in zip(program.rows, _safe(row.name for row in program.rows), strict=True):
        terms = [
            (amounts[column], coef)
            for column, coef in zip(row.columns.tolist(), row.coefs.tolist(), strict=True)
        ]
        left = pulp.LpAffineExpression(terms)
        if row.upper < FREE:
            problem += left <= row.upper, name if row.lower <= -FREE else f"{name}_upper"
        if row.lower > -FREE:
            problem += left >= row.lower, name if row.upper >= FREE else f"{name}_lower"
    return problem


def lp_text(program: Program) -> str:
    """The program in CPLEX LP format."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.lp"
        as_pulp(program).writeLP(str(path), max_length=LONGEST_NAME)
        return path.read_text(encoding="utf-8")


def _safe(names: Iterable[str]) -> list[str]:
    """Names of letters, digits and underscores; where two would become one, a number keeps them apart."""
    taken: dict[str, None] = {}
    for name in names:
        plain = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")
        safe, number = plain, 1
        while safe in taken:
            number += 1
            safe = f"{plain}__{number}"
        taken[safe] = None
    return list(taken)
