"""The one place that speaks to HiGHS: a program goes in as arrays, a basis comes out.

A basis says which columns and rows are at a bound; everything else (amounts, duals, proof) is recomputed
from it exactly elsewhere, so that no rounding of the solver reaches an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from prioritizer.allocation.program import FREE, Program, Row
from prioritizer.errors import Defect, PrioritizerError
from prioritizer.model import Ints

Kinds = npt.NDArray[np.int8]
AT_LOWER, BASIC, AT_UPPER = 0, 1, 2
_STATUSES = (
    highspy.HighsBasisStatus.kLower,
    highspy.HighsBasisStatus.kBasic,
    highspy.HighsBasisStatus.kUpper,
)
WHOLE_NODES = 3_000  # a bound by work, not by time: the answer is the same on every machine

# Presolve costs more than it saves on programs with few rows; tight tolerances keep near-ties apart.
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "presolve": "off",
    "simplex_strategy": 1,
    "dual_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}


class Stopped(PrioritizerError):
    """A search for whole numbers was given up after :data:`WHOLE_NODES`."""


@dataclass(frozen=True)
class Basis:
    """Where a vertex stands: int8 per column and per row, at lower bound, basic, at upper bound."""

    columns: Kinds
    rows: Kinds


def last_basis(program: Program) -> Basis:
    """The basis at which the solver stopped: within its tolerance optimal, or proving infeasibility.

    Where it refuses a program (a coefficient of 1e-9 is too small for it), the basis of all slacks: exact
    steps get there from anywhere.
    """
    highs = _highs({})
    highs.passModel(_model(program))
    start = _greedy(program)
    if start is not None:
        highs.setBasis(start)
    highs.run()
    basis = highs.getBasis()
    if not basis.valid:
        return Basis(
            np.full(len(program.columns), AT_LOWER, np.int8), np.full(len(program.rows), BASIC, np.int8)
        )
    return Basis(_kinds(basis.col_status), _kinds(basis.row_status))


def _greedy(program: Program) -> highspy.HighsBasis | None:
    """A basis to start from: the best columns up to what the envelope holds, as if there were no other row.

    The dual simplex would find it in its first step, but takes long over that with very many columns.
    """
    envelope = program.rows[0] if program.rows else None
    if envelope is None or len(envelope.columns) < len(program.columns) or (envelope.coefs != 1).any():
        return None
    gain = (program.gain_num / program.gain_den).astype(np.float64)
    best_first = np.argsort(-gain, kind="stable")
    filled = int(np.searchsorted(np.cumsum(program.upper[best_first]), envelope.upper))
    columns, rows = np.full(len(gain), AT_LOWER, np.int8), np.full(len(program.rows), BASIC, np.int8)
    if filled < len(gain) and gain[best_first[filled]] > 0:
        columns[best_first[:filled]] = AT_UPPER
        columns[best_first[filled]], rows[0] = BASIC, AT_UPPER
    else:
        columns[gain > 0] = AT_UPPER
    basis = highspy.HighsBasis()
    basis.col_status = [_STATUSES[kind] for kind in columns.tolist()]
    basis.row_status = [_STATUSES[kind] for kind in rows.tolist()]
    basis.valid = True
    return basis


def whole_optimum(program: Program, lower: Ints, upper: Ints, clearance: float) -> tuple[Ints | None, bool]:
    """A whole-number plan between two bounds, int64[n], as HiGHS finds it, or ``None``; and whether its
    search was finished, so that the plan is a best one, or that there is none.

    The caller checks it in integers: the solver's tolerance is not ours. ``clearance`` keeps it away from the
    bounds of rows that are not all ones, in parts of their greatest coefficients.
    """
    free = np.flatnonzero(lower < upper)
    position = np.full(len(upper), -1)
    position[free] = np.arange(len(free))
    rows = []
    for row in program.rows:
        held = row.activity(np.where(lower < upper, 0, lower))
        kept = position[row.columns] >= 0
        bounds = (b if abs(b) >= FREE else b - held for b in (row.lower, row.upper))
        if kept.any():
            rows.append(Row(row.name, position[row.columns[kept]], row.coefs[kept], *bounds))
    chosen = tuple(program.columns[column] for column in free.tolist())
    smaller = Program(chosen, upper[free], program.gain_num[free], program.gain_den[free], tuple(rows))
    highs = _highs({"presolve": "on", "mip_rel_gap": 0.0, "mip_abs_gap": 0.0, "mip_max_nodes": WHOLE_NODES})
    lp = _model(smaller, money=1.0, clearance=clearance)
    lp.col_lower_ = lower[free].astype(np.float64)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(free)
    highs.passModel(lp)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None, True
    if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None, False
    found = lower.copy()
    found[free] = np.rint(highs.getSolution().col_value).astype(np.int64)
    return found, status == highspy.HighsModelStatus.kOptimal


def _highs(options: Mapping[str, bool | int | float | str]) -> highspy.Highs:
    highs = highspy.Highs()
    for name, value in {**_OPTIONS, **options}.items():
        highs.setOptionValue(name, value)
    return highs


def _kinds(statuses: list[highspy.HighsBasisStatus]) -> Kinds:
    kinds = np.fromiter(map(int, statuses), dtype=np.int8, count=len(statuses))
    if kinds.max(initial=0) > AT_UPPER:
        raise Defect("HiGHS left a variable at no bound")
    return kinds


def _model(program: Program, money: float | None = None, clearance: float = 0.0) -> highspy.HighsLp:
    """The program as HiGHS takes it. Money and gains are scaled to moderate sizes: a basis has no unit.

    Powers of two, so that whole numbers stay what they are.
    """
    money = money or 2.0 ** max(0, int(program.upper.max(initial=1)).bit_length() - 20)
    gain = (program.gain_num / program.gain_den).astype(np.float64)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.columns), len(program.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = gain * (1e3 / max(float(np.abs(gain).max(initial=0.0)), 1e-30))
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = program.upper / money
    sizes = [float(max(1, row.largest)) for row in program.rows]
    # Rows of ones are whole already: a whole plan cannot overstep them by a little.
    clear = [clearance if size > 1 else 0.0 for size in sizes]
    rows = list(zip(program.rows, sizes, clear, strict=True))
    lp.row_lower_ = np.array([_bound(row.lower, money * size) + away for row, size, away in rows])
    lp.row_upper_ = np.array([_bound(row.upper, money * size) - away for row, size, away in rows])
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.columns) for row in program.rows)])
    matrix.index_ = np.concatenate([row.columns for row in program.rows])
    matrix.value_ = np.concatenate([row.coefs / size for row, size in zip(program.rows, sizes, strict=True)])
    return lp


def _bound(bound: int, scale: float) -> float:
    if abs(bound) >= FREE:
        return float("inf") if bound > 0 else -float("inf")
    return bound / scale
