"""How long loading, scoring and allocating take, beside a bare solve of the same linear program.

    python bench/allocate.py                     # 35, 1,000, 10,000 and 100,000 projects
    python bench/allocate.py --sizes 35 1000     # some sizes only
    python bench/allocate.py --kinds             # ties, the other objective, given values: 1,000 and 10,000
    python bench/allocate.py --json              # the same figures as one JSON object

Every size runs in a process of its own. In it the compared things take turns (ours, bare, bare with our
options, PuLP with HiGHS, PuLP with CBC, ours, ...),
so that whatever else the machine does falls on all of them. What the figures mean:
bench/README.md.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from math import isclose, log
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import highspy  # noqa: E402  the package stands beside this folder, installed or not
import numpy as np  # noqa: E402
import pulp  # noqa: E402
from generate import BASES, SCORES, generate, rows_of  # noqa: E402

from prioritizer import allocation, inputs, scoring  # noqa: E402
from prioritizer.allocation.program import FREE, Program  # noqa: E402
from prioritizer.allocation.solvers import cbc, highs  # noqa: E402
from prioritizer.allocation.solvers.lptext import as_pulp  # noqa: E402
from prioritizer.inputs import case as reading  # noqa: E402
from prioritizer.inputs import yamltree  # noqa: E402
from prioritizer.inputs.remembered import Shelf  # noqa: E402
from prioritizer.results import Plan  # noqa: E402

SIZES = (35, 1_000, 10_000, 100_000)
KINDS = (("coarse", "funding"), ("same", "funding"), ("fine", "project"), ("given", "funding"))
KIND_SIZES = (1_000, 10_000)
LARGEST_PULP = 10_000
BN, FULL = 1e3, 1e6  # million VND in a billion; 1e-4 points in the full value
Seconds = dict[str, list[float]]


class Stopwatch:
    """Adds up the time spent inside one function of an object, which it replaces."""

    def __init__(self, owner: Any, name: str) -> None:
        self.total, self.calls = 0.0, 0
        inner = getattr(owner, name)

        def timed(*given: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return inner(*given, **named)
            finally:
                self.total += time.perf_counter() - start
                self.calls += 1

        setattr(owner, name, timed)


# ------------------------------------------------------------------ one size, in a process of its own
def measure(projects: int, repeats: int, scores: str, basis: str, seed: int) -> dict[str, Any]:
    """All figures of one size and kind of case; times are lists in seconds, in the order they were taken."""
    before = _peak_mb()
    with tempfile.TemporaryDirectory() as folder:
        path = generate(Path(folder), projects, seed, scores, basis)
        tables = [Stopwatch(reading, name) for name in ("read_register", "read_assessments")]
        # Every pass reads its files anew, as the first one in a process does.
        reading.DOCUMENTS = reading.TABLES = yamltree.TREES = Shelf(0)
        times: Seconds = {"load": [], "tables": []}
        for _ in range(min(repeats, 5)):
            start = sum(watch.total for watch in tables)
            case = _timed(times, "load", lambda: inputs.read_case(path, "networked"))
            times["tables"].append(sum(watch.total for watch in tables) - start)
    runs = Stopwatch(highspy.Highs, "run")
    plan = _ours(case, times, runs)  # the first pass is cold: it gives the memory, and counts only if alone
    peak = _peak_mb()
    program = allocation.formulate(case, scoring.score(case)).program
    worth = float(plan.objective or 0) * (1e-2 if basis == "project" else 1)
    ready = _ready(program, basis)
    rivals: dict[str, Callable[[], float]] = {
        "bare": lambda: _bare(ready, {"output_flag": False}),
        "bare_our_options": lambda: _bare(ready, highs._OPTIONS),
    }
    if projects <= LARGEST_PULP:
        rivals["pulp"] = lambda: _pulp(program, basis, times, pulp.HiGHS(msg=False))
        rivals["pulp_cbc"] = lambda: _pulp(program, basis, times, pulp.COIN_CMD(path=cbc.binary(), msg=False))
    for _ in range(repeats):
        _ours(case, times, runs)
        for name, rival in rivals.items():
            found = _timed(times, name, rival)
            assert isclose(found, worth, rel_tol=1e-6), (name, found, worth)
    if repeats > 1:
        for name in OURS:
            times[name].pop(0)
    return {
        "projects": projects,
        "scores": scores,
        "basis": basis,
        "rows": rows_of(projects, scores),
        "status": plan.status,
        "unique": plan.unique,
        "tied": int(plan.tied.sum()),
        "memory_before_mb": before,
        "memory_peak_mb": peak,
        "seconds": times,
    }


OURS = ("score", "allocate", "reasons", "solver", "less_solver", "runs")
DERIVED = ("reason", "held_by", "limits", "unspent", "payments")


def _ours(case: Any, times: Seconds, runs: Stopwatch) -> Any:
    for name in OURS:
        times.setdefault(name, [])
    total, calls = runs.total, runs.calls
    scores = _timed(times, "score", lambda: scoring.score(case))
    plan = _timed(times, "allocate", lambda: allocation.allocate(case, scores))
    spent = runs.total - total
    _timed(times, "reasons", lambda: derived(plan))
    times["solver"].append(spent)
    times["less_solver"].append(times["score"][-1] + times["allocate"][-1] - spent)
    times["runs"].append(runs.calls - calls)
    return plan


def derived(plan: Plan) -> tuple[Any, ...]:
    """What a plan works out on demand: reasons, what holds projects, limits, what is left, payments."""
    return tuple(getattr(plan, name) for name in DERIVED)


def _timed(times: Seconds, name: str, act: Callable[[], Any]) -> Any:
    gc.collect()
    start = time.perf_counter()
    result = act()
    times.setdefault(name, []).append(time.perf_counter() - start)
    return result


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _ready(program: Program, basis: str) -> highspy.HighsLp:
    """The program in plain units, billion VND and shares of the full value, as arrays for HiGHS."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.columns), len(program.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = (program.gain_num / program.gain_den).astype(np.float64) * _unit(basis)
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), program.upper / BN
    lp.row_lower_ = np.array([-np.inf if row.lower <= -FREE else row.lower / BN for row in program.rows])
    lp.row_upper_ = np.array([np.inf if row.upper >= FREE else row.upper / BN for row in program.rows])
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.columns) for row in program.rows)])
    matrix.index_ = np.concatenate([row.columns for row in program.rows])
    matrix.value_ = np.concatenate([row.coefs for row in program.rows]).astype(np.float64)
    return lp


def _unit(basis: str) -> float:
    """From a gain of the program to what a billion VND adds, a project or a billion at full value being 1."""
    return (BN if basis == "project" else 1) / FULL


def _bare(ready: highspy.HighsLp, options: dict[str, Any]) -> float:
    """A new solver, the model, the run: nothing read back but the objective."""
    highs = highspy.Highs()
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(ready)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getObjectiveValue())


def _pulp(program: Program, basis: str, times: Seconds, other: pulp.LpSolver) -> float:
    start = time.perf_counter()
    problem = as_pulp(program)
    times.setdefault("pulp_build", []).append(time.perf_counter() - start)
    problem.solve(other)
    assert problem.sol_status == pulp.LpSolutionOptimal
    return float(pulp.value(problem.objective)) * _unit(basis) / BN


# ------------------------------------------------------------------ all sizes, and what they say
def apart(projects: int, scores: str, basis: str, seed: int, longest: float) -> dict[str, Any] | None:
    """One size and kind, measured in a process of its own; ``None`` where ``longest`` seconds do not do."""
    asked = {
        "projects": projects,
        "repeats": _repeats(projects, scores),
        "scores": scores,
        "basis": basis,
        "seed": seed,
    }
    command = [sys.executable, str(Path(__file__).resolve()), "--one", json.dumps(asked)]
    try:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=longest)
    except subprocess.TimeoutExpired:
        return None
    return summed(json.loads(done.stdout))


def _repeats(projects: int, scores: str) -> int:
    often = 50 if projects <= 100 else 10 if projects <= 1_000 else 3 if projects <= 10_000 else 1
    return min(often, 3) if scores == "same" else often


def summed(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures with the medians, the least times and the ratios that follow from them."""
    seconds = figures["seconds"]
    median = {name: statistics.median(taken) for name, taken in seconds.items()}
    least = {name: min(taken) for name, taken in seconds.items()}
    ours = seconds["allocate"]
    return figures | {
        "median": median,
        "least": least,
        "ours": {"median": statistics.median(ours), "least": min(ours)},
        "rows_per_second": figures["rows"] / median["tables"],
        "ratio": {
            name: {
                "median": statistics.median(ours) / median[name],
                "least": min(ours) / least[name],
            }
            for name in ("bare", "bare_our_options", "pulp", "pulp_cbc")
            if name in median
        },
    }


def growth(all_figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Between neighbouring sizes, the power of the size with which our own time grows: 1 is linear."""
    return [
        {
            "from": small["projects"],
            "to": large["projects"],
            "exponent": log(large["least"]["less_solver"] / small["least"]["less_solver"])
            / log(large["projects"] / small["projects"]),
        }
        for small, large in pairwise(all_figures)
    ]


COLUMNS: tuple[tuple[str, Callable[[dict[str, Any]], str]], ...] = (
    ("projects", lambda f: f"{f['projects']:,}"),
    ("scores", lambda f: f["scores"]),
    ("basis", lambda f: f["basis"]),
    ("tied", lambda f: f"{f['tied']:,}"),
    ("load s", lambda f: f"{f['median']['load']:.2f}"),
    ("rows/s", lambda f: f"{f['rows_per_second']:,.0f}"),
    ("score s", lambda f: f"{f['median']['score']:.4f}"),
    ("allocate s", lambda f: f"{f['median']['allocate']:.4f}"),
    ("reasons s", lambda f: f"{f['median']['reasons']:.4f}"),
    ("bare s", lambda f: f"{f['median']['bare']:.4f}"),
    ("ratio", lambda f: f"{f['ratio']['bare']['median']:.2f}"),
    ("(least)", lambda f: f"{f['ratio']['bare']['least']:.2f}"),
    ("bare, our options s", lambda f: f"{f['median']['bare_our_options']:.4f}"),
    ("ratio", lambda f: f"{f['ratio']['bare_our_options']['median']:.2f}"),
    ("PuLP s", lambda f: f"{f['median']['pulp']:.4f}" if "pulp" in f["median"] else "–"),
    ("PuLP, CBC s", lambda f: f"{f['median']['pulp_cbc']:.4f}" if "pulp_cbc" in f["median"] else "–"),
    ("ratio", lambda f: f"{f['ratio']['pulp_cbc']['median']:.2f}" if "pulp_cbc" in f["ratio"] else "–"),
    ("solver s", lambda f: f"{f['median']['solver']:.4f}"),
    ("runs", lambda f: f"{f['median']['runs']:.0f}"),
    ("less solver s", lambda f: f"{f['median']['less_solver']:.4f}"),
    ("peak MB", lambda f: f"{f['memory_peak_mb']:.0f}"),
)


def table(all_figures: list[dict[str, Any]]) -> str:
    """The figures as aligned text."""
    rows = [[name for name, _ in COLUMNS], *([show(f) for _, show in COLUMNS] for f in all_figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", help="numbers of projects")
    parser.add_argument(
        "--kinds", action="store_true", help="the other kinds of case instead of the usual one"
    )
    parser.add_argument("--scores", choices=SCORES, default="fine")
    parser.add_argument("--basis", choices=BASES, default="funding")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=900.0, help="seconds before a size is given up")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(**given.one)))
        return
    kinds = KINDS if given.kinds else ((given.scores, given.basis),)
    sizes = given.sizes or (KIND_SIZES if given.kinds else SIZES)
    every = []
    for scores, basis in kinds:
        for projects in sizes:
            print(f"{projects:,} projects, scores {scores}, basis {basis} …", file=sys.stderr, flush=True)
            found = apart(projects, scores, basis, given.seed, given.longest)
            if found is None:
                print(f"  given up after {given.longest:g} s", file=sys.stderr)
            else:
                every.append(found)
    grown = [
        entry | {"scores": scores, "basis": basis}
        for scores, basis in kinds
        for entry in growth([f for f in every if (f["scores"], f["basis"]) == (scores, basis)])
    ]
    if given.json:
        print(json.dumps({"figures": every, "growth": grown}, indent=1))
        return
    print(table(every))
    if grown:
        print("\nOur time less the solver's own grows with the number of projects to the power of")
    for g in grown:
        kind = f"scores {g['scores']}, basis {g['basis']}"
        print(f"  {g['exponent']:.2f} from {g['from']:,} to {g['to']:,} ({kind})")


if __name__ == "__main__":
    main()
