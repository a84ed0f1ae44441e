"""The one place that speaks to HiGHS: a program goes in as arrays, a basis comes out.

A basis says which columns and rows are at a bound; everything else (amounts, duals, proof) is recomputed
from it exactly elsewhere, so that no rounding of the solver reaches an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd

import highspy
import numpy as np
import numpy.typing as npt

from prioritizer.allocation.program import FREE, Mask, Program
from prioritizer.errors import Defect, PrioritizerError

Kinds = npt.NDArray[np.int8]
AT_LOWER, BASIC, AT_UPPER = 0, 1, 2
_STATUSES = (
    highspy.HighsBasisStatus.kLower,
    highspy.HighsBasisStatus.kBasic,
    highspy.HighsBasisStatus.kUpper,
)
UNLIMITED = 2**31 - 1
WHOLE_NODES = 3_000  # a bound by work, not by time: the answer is the same on every machine

_CLOSE = 0.1  # of what gains are multiplied up to: whole gains are 1 apart, the dearest others some 1,000
_TELLABLE = 2**24  # whole gains up to this size are left whole

# Presolve costs more than it saves on programs with few rows; tight tolerances keep near-ties apart.
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "presolve": "off",
    "simplex_strategy": 1,
    "dual_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}


# What pays off in long searches takes most of the time of short ones.
_SHORT_SEARCH: dict[str, bool | int | float | str] = {
    "mip_allow_restart": False,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_detect_symmetry": False,
}
_FEW_ANSWERS, _FEW_TO_REFUTE = 150, 400  # the latter where plans must gain so much: there is little to find
_FEW_COLUMNS = 100  # up to which a start of ours saves no time


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
    scale = _moderate(program)
    highs.passModel(_model(program, scale, _steepness(program, scale)))
    start = _greedy(program) if len(program.columns) > _FEW_COLUMNS else None
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


@dataclass(frozen=True)
class Search:
    """What a search for whole numbers found: the columns' values as HiGHS has them, float64[n], or ``None``;
    whether it was ``finished``, so that they are best, or that there are none; and its ``bound`` on the gain,
    in the program's units."""

    values: npt.NDArray[np.float64] | None
    finished: bool
    bound: float


def search(
    program: Program,
    whole: Mask,
    scale: npt.NDArray[np.float64] | None = None,
    bounds: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None = None,
    clearance: float = 0.0,
    options: Mapping[str, bool | int | float | str] | None = None,
    known: npt.NDArray[np.float64] | None = None,
    least: float | None = None,
) -> Search:
    """The best plan in which the ``whole`` columns, after division by ``scale``, are whole numbers.

    ``bounds``, after that division, replace those of the columns.
    The caller checks it in integers: the solver's tolerance is not ours. ``clearance`` keeps it away from the
    bounds of rows that are not all ones, in parts of their greatest coefficients. ``known`` is a plan to
    start from; plans that gain less than ``least`` do not count.
    """
    gap: dict[str, bool | int | float | str] = {
        "presolve": "on",
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.0,
        "mip_max_nodes": WHOLE_NODES,
    }
    highs = _highs({**gap, **(options or {})})
    scale = _moderate(program) if scale is None else scale
    steepness = _whole_steepness(program, scale)
    lp = _model(program, scale, steepness, clearance)
    if bounds is not None:
        lp.col_lower_, lp.col_upper_ = bounds
    kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
    lp.integrality_ = [kinds[each] for each in whole.tolist()]
    highs.passModel(lp)
    if least is not None:
        least -= _CLOSE / steepness
        # Within a search for whole numbers HiGHS minimises, and takes this for its first upper bound.
        highs.setOptionValue("objective_bound", -least * steepness)
    if known is not None:
        start = highspy.HighsSolution()
        start.col_value = (known / scale).tolist()
        highs.setSolution(start)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    reached = info.mip_dual_bound if whole.any() else info.objective_function_value
    bound = reached / steepness
    ended = status == highspy.HighsModelStatus.kOptimal
    too_little = least is not None and info.objective_function_value < least * steepness
    if status == highspy.HighsModelStatus.kInfeasible or (ended and too_little):
        return Search(None, True, -float("inf"))
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Search(None, False, bound)
    found = np.array(highs.getSolution().col_value) * scale
    return Search(found, ended, bound)


def branch_and_bound(
    program: Program,
    seconds: float | None,
    nodes: int | None,
    least: float | None = None,
    known: npt.NDArray[np.float64] | None = None,
) -> Search:
    """The best plan of a program with whole columns that gains ``least`` or more, at gap 0, within so many
    seconds and nodes; ``known`` is a plan to start from."""
    # Finer tolerances than this kept the root from being solved; what is found is checked exactly anyway.
    limits: dict[str, bool | int | float | str] = {"mip_feasibility_tolerance": 1e-7}
    limits["mip_max_nodes"] = UNLIMITED if nodes is None else nodes
    if np.count_nonzero(program.whole) <= (_FEW_ANSWERS if least is None else _FEW_TO_REFUTE):
        limits |= _SHORT_SEARCH
    if seconds is not None:
        limits["time_limit"] = float(seconds)
    return search(program, program.whole, options=limits, known=known, least=least)


def _highs(options: Mapping[str, bool | int | float | str]) -> highspy.Highs:
    highs = highspy.Highs()
    for name, value in {**_OPTIONS, **options}.items():
        highs.setOptionValue(name, value)
    return highs


def _kinds(statuses: list[highspy.HighsBasisStatus]) -> Kinds:
    kinds = np.frombuffer(bytes(statuses), dtype=np.int8)
    if kinds.max(initial=0) > AT_UPPER:
        raise Defect("HiGHS left a variable at no bound")
    return kinds


def _moderate(program: Program) -> npt.NDArray[np.float64]:
    """What to divide columns by so that money has a moderate size: a basis has no unit.

    Powers of two, so that whole numbers stay what they are.
    """
    money = 2.0 ** max(0, int(program.upper.max(initial=1)).bit_length() - 20)
    return np.where(program.whole, 1.0, money)


def _steepness(program: Program, scale: npt.NDArray[np.float64]) -> float:
    """What gains are multiplied by, so that they too have a moderate size."""
    gain = np.abs((program.gain_num / program.gain_den).astype(np.float64) * scale)
    return 1e3 / max(float(gain.max(initial=0.0)), 1e-30)


def _whole_steepness(program: Program, scale: npt.NDArray[np.float64]) -> float:
    """What gains are multiplied by in a search for whole numbers: whole gains of whole columns stay whole if
    they can, so that the solver knows that no plan lies between two whole numbers."""
    paying = program.gain_num != 0
    if paying.any() and program.whole[paying].all() and (program.gain_den[paying] == 1).all():
        common = gcd(*program.gain_num[paying].tolist())
        if int(np.abs(program.gain_num).max()) // common <= _TELLABLE:
            return 1.0 / common
    return _steepness(program, scale)


def _model(
    program: Program, scale: npt.NDArray[np.float64], steepness: float, clearance: float = 0.0
) -> highspy.HighsLp:
    """The program as HiGHS takes it, columns divided by ``scale``, rows by their greatest coefficients, gains
    times ``steepness``."""
    gain = (program.gain_num / program.gain_den).astype(np.float64) * scale
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.columns), len(program.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = gain * steepness
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = program.upper / scale
    stack, sizes = program.stack, np.ones(lp.num_row_)
    starts = np.concatenate([[0], stack.ends])
    # The matrix takes lists many times faster than arrays.
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = starts.tolist()
    if len(stack.coef):
        values = stack.coef.astype(np.float64) * scale[stack.column]
        filled = starts[1:] > starts[:-1]
        sizes[filled] = np.maximum.reduceat(np.abs(values), starts[:-1][filled])
        sizes[sizes == 0] = 1.0
        matrix.index_, matrix.value_ = stack.column.tolist(), (values / sizes[stack.row]).tolist()
    # Rows of ones are whole already: a whole plan cannot overstep them by a little.
    away = np.where(stack.sizes <= 1, 0.0, clearance)
    lp.row_lower_ = np.array([_bound(row.lower) for row in program.rows]) / sizes + away
    lp.row_upper_ = np.array([_bound(row.upper) for row in program.rows]) / sizes - away
    return lp


def _bound(bound: int) -> float:
    return float(bound) if -FREE < bound < FREE else float("inf") if bound > 0 else -float("inf")
