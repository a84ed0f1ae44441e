"""A second opinion: the same programs, carried by PuLP to CBC.

What it finds goes the same way as what HiGHS finds: only which answers are yes, or where a vertex stands, is
taken from it; all else is recomputed exactly.
"""

from __future__ import annotations

import shutil
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pulp

from prioritizer.allocation.exact.simplex import basis_at
from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers.highs import Basis, Search
from prioritizer.allocation.solvers.lptext import as_pulp
from prioritizer.errors import PrioritizerError


class CbcMissing(PrioritizerError):
    """There is no CBC on this machine: PuLP brings none for it, and none is on the path."""


def branch_and_bound(program: Program, seconds: float | None, nodes: int | None) -> Search:
    """The best plan of a program with whole columns, at gap 0, within so many seconds and nodes.

    Raises :class:`CbcMissing`.
    """
    problem = _solved(program, seconds, nodes)
    if problem.status == pulp.LpStatusInfeasible:
        problem = _doubted(program, seconds, nodes) or problem
    if problem.status == pulp.LpStatusInfeasible:
        return Search(None, True, -float("inf"))
    if problem.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        return Search(None, False, float("inf"))
    values = _values(problem)
    if problem.sol_status != pulp.LpSolutionOptimal:
        return Search(values, False, float("inf"))
    gains = (program.gain_num / program.gain_den).astype(np.float64)
    return Search(values, True, float(gains @ values))


def _doubted(program: Program, seconds: float | None, nodes: int | None) -> pulp.LpProblem | None:
    """The answer without preprocessing, which has called programs impossible that are not; ``None`` where
    CBC breaks down over that, as it does over some that are."""
    try:
        return _solved(program, seconds, nodes, "preprocess off")
    except pulp.PulpSolverError:
        return None


def last_basis(program: Program) -> Basis | None:
    """A basis near the optimum that CBC finds for the relaxation; ``None`` where it finds none.

    Raises :class:`CbcMissing`.
    """
    problem = _solved(replace(program, whole=np.zeros_like(program.whole)), None, None)
    if problem.sol_status != pulp.LpSolutionOptimal:
        return None
    return basis_at(program, _values(problem).tolist())


def _solved(program: Program, seconds: float | None, nodes: int | None, *options: str) -> pulp.LpProblem:
    labels = tuple(f"c{at}" for at in range(len(program.columns)))
    problem = as_pulp(replace(program, columns=labels))
    solver = pulp.COIN_CMD(
        path=binary(),
        msg=False,
        threads=1,
        gapRel=0.0,
        gapAbs=0.0,
        timeLimit=seconds,
        maxNodes=nodes,
        options=list(options),
    )
    problem.solve(solver)
    return problem


def _values(problem: pulp.LpProblem) -> npt.NDArray[np.float64]:
    """The values by column: PuLP keeps its variables in the order of their names."""
    found = {variable.name: variable.varValue or 0.0 for variable in problem.variables()}
    return np.array([found[f"c{at}"] for at in range(len(found))], dtype=np.float64)


def binary() -> str:
    """The CBC that PuLP brings for this machine, or one on the path."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # PuLP means to stop bringing one
        shipped = Path(pulp.apis.PULP_CBC_CMD.pulp_cbc_path)
    found = shutil.which(str(shipped)) or shutil.which("cbc")
    if found is None:
        raise CbcMissing
    return found
