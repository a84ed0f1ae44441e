"""The same programs, carried by PuLP to CBC: to look first, and for a second opinion.

What it finds goes the same way as what HiGHS finds: only which answers are yes, or where a vertex stands, is
taken from it; all else is recomputed exactly.
"""

from __future__ import annotations

import shutil
import subprocess
import warnings
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import pulp

from prioritizer.allocation.exact.simplex import basis_at
from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers.highs import Basis, Search
from prioritizer.allocation.solvers.lptext import as_pulp
from prioritizer.errors import PrioritizerError

_EXACTLY = ("-ratio", "0", "-allow", "0", "-threads", "1", "-timeMode", "elapsed")
_TELL = ("-printingOptions", "all")
# So few rows leave few columns open in a relaxation, and cuts of such long ones cost more than they save.
_FEW_ROWS, _COLUMNS_EACH = 12, 5
_GRACE = 2.0  # seconds beyond its time after which CBC is ended: it looks at the clock only now and then


class CbcMissing(PrioritizerError):
    """There is no CBC on this machine: PuLP brings none for it, and none is on the path."""


def branch_and_bound(
    program: Program, seconds: float | None, nodes: int | None, least: float | None = None
) -> Search:
    """The best plan of a program with whole columns, at gap 0, within so many seconds and nodes; where CBC
    breaks down it has found nothing. That plans below ``least`` do not count is of no use to it.

    Raises :class:`CbcMissing`.
    """
    problem = _solved(program, seconds, nodes, *(("-cuts", "off") if has_few_rows(program) else ()))
    if problem is not None and problem.status == pulp.LpStatusInfeasible:
        # Its preprocessing has called programs impossible that are not; without it, it breaks down over some.
        problem = _solved(program, seconds, nodes, "-preprocess", "off") or problem
        if problem.status == pulp.LpStatusInfeasible:
            return Search(None, True, -float("inf"))
    if problem is None or problem.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        return Search(None, False, float("inf"))
    values = _values(problem)
    if problem.sol_status != pulp.LpSolutionOptimal:
        return Search(values, False, float("inf"))
    gains = (program.gain_num / program.gain_den).astype(np.float64)
    return Search(values, True, float(gains @ values))


def has_few_rows(program: Program) -> bool:
    """Whether rows are few beside columns, apart from those that make one answer wait for another."""
    weighty = sum(len(row.columns) > 2 or not program.whole[row.columns].all() for row in program.rows)
    return weighty <= min(_FEW_ROWS, len(program.columns) // _COLUMNS_EACH)


def last_basis(program: Program) -> Basis | None:
    """A basis near the optimum that CBC finds for the relaxation; ``None`` where it finds none.

    Raises :class:`CbcMissing`.
    """
    problem = _solved(replace(program, whole=np.zeros_like(program.whole)), None, None)
    if problem is None or problem.sol_status != pulp.LpSolutionOptimal:
        return None
    return basis_at(program, _values(problem).tolist())


def _solved(
    program: Program, seconds: float | None, nodes: int | None, *options: str
) -> pulp.LpProblem | None:
    """The program as CBC leaves it; ``None`` where CBC breaks down or does not end in time.

    What it is asked may be secret: its files stand in a folder of their own, which others cannot read, and
    are gone as soon as it has ended.
    """
    problem = as_pulp(replace(program, columns=_names(len(program.columns))))
    limits = [
        part for name, most in (("-sec", seconds), ("-maxNodes", nodes)) if most for part in (name, most)
    ]
    with TemporaryDirectory() as folder:
        model, solution = Path(folder) / "model.mps", Path(folder) / "model.sol"
        named = problem.writeMPS(str(model), rename=True)[:3]
        command = [binary(), model.name, "-max", *map(str, limits), *_EXACTLY, *options, "-solve", *_TELL]
        try:
            _run([*command, "-solution", solution.name], folder, seconds)
            status, values, *_, kind = pulp.COIN_CMD().readsol_MPS(solution, problem, *named)
        except (OSError, subprocess.SubprocessError):
            return None
    problem.assignVarsVals(values)
    problem.assignStatus(status, kind)
    return problem


def _run(command: list[str], folder: str, seconds: float | None) -> None:
    """Carry out a command. Its output is read, though not used: that it ends is told at once, where waiting
    for a process with a time limit looks only every twentieth of a second."""
    subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=None if seconds is None else seconds + _GRACE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        check=True,
    )


def _values(problem: pulp.LpProblem) -> npt.NDArray[np.float64]:
    """The values by column: PuLP keeps its variables in the order of their names."""
    found = {variable.name: variable.varValue or 0.0 for variable in problem.variables()}
    return np.array([found[name] for name in _names(len(found))], dtype=np.float64)


def _names(many: int) -> tuple[str, ...]:
    """Names of columns that PuLP, which sorts by them, leaves in our order."""
    return tuple(f"c{at:07}" for at in range(many))


def binary() -> str:
    """The CBC that PuLP brings for this machine, or one on the path."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # PuLP means to stop bringing one
        shipped = Path(pulp.apis.PULP_CBC_CMD.pulp_cbc_path)
    found = shutil.which(str(shipped)) or shutil.which("cbc")
    if found is None:
        raise CbcMissing
    return found
