"""How long a plan for every draw takes, beside four other ways to solve the same linear program again.

    python bench/stress.py                              # 35, 100 and 1,000 projects, 3 and 12 leaves
    python bench/stress.py --sizes 1000 --leaves 3 --kinds nested --rounds 5
    python bench/stress.py --json                       # the same figures as one JSON object
    python bench/stress.py --dask                       # beside them a Dask cluster of two processes
    python bench/stress.py --memory --sizes 1000        # memory with ever more draws

Every size, kind and number of leaves runs in a process of its own; in it all take turns. What the figures
mean: bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import distributed  # noqa: E402
import highspy  # noqa: E402  the package stands beside this folder, installed or not
import numpy as np  # noqa: E402
import pulp  # noqa: E402
from generate import generate  # noqa: E402
from scipy.optimize import linprog  # noqa: E402
from scipy.sparse import csr_array, vstack  # noqa: E402

from prioritizer import allocation, inputs, scoring  # noqa: E402
from prioritizer.allocation.program import FREE, Program  # noqa: E402
from prioritizer.allocation.solvers import cbc  # noqa: E402
from prioritizer.allocation.solvers.lptext import as_pulp  # noqa: E402
from prioritizer.model import Case, Ints  # noqa: E402
from prioritizer.robustness.sweeping.chunks import Question  # noqa: E402
from prioritizer.robustness.sweeping.cluster import Cluster, on_cluster  # noqa: E402
from prioritizer.robustness.sweeping.sweep import gathered, sweep  # noqa: E402

SIZES, LEAVES, KINDS = (35, 100, 1_000), (3, 12), ("nested", "share")
DRAWS, CHUNKS = 10_000, 12
MEMORY = (2_500, 5_000, 10_000)  # draws
OTHERS = {"pulp_cbc": 10, "pulp_highs": 10, "linprog": 10, "warm_highs": 200}  # draws that each is timed on
Seconds = dict[str, float]


@dataclass(frozen=True)
class Weighted:
    """Draws of weights: ``weights``, [draws, leaves], ``points``, [leaves, n] of 400 steps each."""

    weights: np.ndarray
    points: np.ndarray

    def __len__(self) -> int:
        return len(self.weights)

    def values_e4(self, rows: Ints) -> Ints:
        return np.rint(np.einsum("ij,jk->ik", self.weights[rows], self.points) * 2_500).astype(np.int64)

    def case_of(self, row: int) -> Case | None:
        return None


def drawn(projects: int, leaves: int, draws: int, seed: int) -> Weighted:
    """Weights uniform on the simplex; every project has a score of its own on every leaf."""
    rng = np.random.default_rng(seed)
    return Weighted(rng.dirichlet(np.ones(leaves), draws), rng.integers(0, 401, (leaves, projects)))


def made_up(projects: int, kind: str, seed: int) -> Case:
    """The case of ``generate.py``; ``nested`` leaves out the limit that is a share of what is allocated,
    which cuts across the others and leads to parts of a million."""
    with tempfile.TemporaryDirectory() as folder:
        case = inputs.read_case(generate(Path(folder), projects, seed), "networked")
    limits = [each for each in case.scenario.limits if kind != "nested" or each.id != "push-share"]
    return case.revised(limits=tuple(limits))


# ------------------------------------------------------------------ the others, one draw at a time
def _with_gain(program: Program, values: Ints) -> Program:
    return replace(program, gain_num=values, gain_den=np.ones_like(values))


def _pulp(program: Program, solver: Callable[[], pulp.LpSolver], values: Ints) -> float:
    problem = as_pulp(_with_gain(program, values))
    problem.solve(solver())
    assert problem.sol_status == pulp.LpSolutionOptimal
    return float(pulp.value(problem.objective))


def _linprog(program: Program) -> Callable[[Ints], float]:
    stack, shape = program.stack, (len(program.rows), len(program.columns))
    A = csr_array((stack.coef.astype(float), (stack.row, stack.column)), shape=shape)
    low, high = (np.array([float(getattr(row, side)) for row in program.rows]) for side in ("lower", "upper"))
    over, under = high < FREE, low > -FREE
    left, right = vstack([A[over], -A[under]]).tocsr(), np.concatenate([high[over], -low[under]])
    bounds = np.column_stack([np.zeros(shape[1]), program.upper])

    def solve(values: Ints) -> float:
        found = linprog(-values.astype(float), left, right, bounds=bounds, method="highs")
        assert found.status == 0
        return -float(found.fun)

    return solve


def _warm_highs(program: Program) -> Callable[[Ints], float]:
    """One model, one thread, primal simplex from the last optimum, new costs in whatever order they come."""
    lp, stack, many = highspy.HighsLp(), program.stack, len(program.columns)
    lp.num_col_, lp.num_row_, lp.sense_ = many, len(program.rows), highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(many), np.zeros(many), program.upper.astype(float)
    lp.row_lower_ = np.array([-np.inf if row.lower <= -FREE else float(row.lower) for row in program.rows])
    lp.row_upper_ = np.array([np.inf if row.upper >= FREE else float(row.upper) for row in program.rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = [0, *stack.ends.tolist()]
    lp.a_matrix_.index_, lp.a_matrix_.value_ = stack.column.tolist(), stack.coef.astype(float).tolist()
    highs, columns = highspy.Highs(), np.arange(many, dtype=np.int32)
    options = {"output_flag": False, "presolve": "off", "simplex_strategy": 4, "threads": 1}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    highs.run()

    def solve(values: Ints) -> float:
        highs.changeColsCost(many, columns, values / 1e3)
        highs.run()
        return float(highs.getInfo().objective_function_value) * 1e3

    return solve


# ------------------------------------------------------------------ one case, in a process of its own
def measure(
    projects: int, leaves: int, kind: str, draws: int, rounds: int, seed: int, dask: bool
) -> dict[str, Any]:
    """Seconds a draw of every way, the least of all rounds; ours with one worker and with two, with the start
    of the workers and without, and on a cluster of two processes, once it has answered."""
    case, table = made_up(projects, kind, seed), drawn(projects, leaves, draws, seed)
    program = allocation.formulate(case, scoring.score(case)).program
    order = np.random.default_rng(seed).permutation(draws)
    ways: dict[str, Callable[[Ints], float]] = {
        "pulp_cbc": partial(_pulp, program, lambda: pulp.COIN_CMD(path=cbc.binary(), msg=False)),
        "pulp_highs": partial(_pulp, program, lambda: pulp.HiGHS(msg=False, threads=1)),
        "linprog": _linprog(program),
        "warm_highs": _warm_highs(program),
    }
    least: Seconds = {}
    amount = None
    for turn in range(rounds):
        for workers in (1, 2):
            amount, taken = _ours(case, table, workers)
            for name, seconds in taken.items():
                _keep(least, name, seconds)
        assert amount is not None
        if dask:
            on_two = _clustered(case, table)
            assert np.array_equal(on_two[0], amount)
            _keep(least, "ours_dask", on_two[1])
        for name, solve in ways.items():
            first = turn * OTHERS[name]
            for row in order[first : first + OTHERS[name]]:
                values = table.values_e4(np.array([row]))[0]
                start = time.perf_counter()
                worth = solve(values)
                least[f"{name}_sum"] = least.get(f"{name}_sum", 0.0) + time.perf_counter() - start
                ours = float(values @ amount[row])
                assert worth * (1 - 1e-5) <= ours <= worth * (1 + 1e-7), (name, row, worth, ours)
            _keep(least, name, least.pop(f"{name}_sum") / OTHERS[name])
    return {"projects": projects, "leaves": leaves, "kind": kind, "draws": draws, "seconds": least}


def _ours(case: Case, table: Weighted, workers: int) -> tuple[Ints, Seconds]:
    """Our plans and what a draw takes: in all, and after the workers' first answers."""
    marks: list[tuple[int, float]] = []
    start = time.perf_counter()
    told = partial(_mark, marks)
    found = sweep(case, table, workers, told, size=_chunk(table) if workers > 1 else None)
    taken = {f"ours_{workers}_all": (time.perf_counter() - start) / len(table)}
    assert found.found.all(), found.why
    if workers > 1:
        taken[f"ours_{workers}"] = _once_started(marks)
    return found.amount_mvnd, taken


def _clustered(case: Case, table: Weighted) -> tuple[Ints, float]:
    """The plans on a Dask cluster of two processes, and what a draw takes after their first answers."""
    marks: list[tuple[int, float]] = []
    question = Question(case, table)
    chunks = question.chunks(_chunk(table))
    two = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**two) as cluster:
        there = Cluster(cluster.scheduler_address)
        answers = on_cluster(question, chunks, there, lambda: False)
        found = gathered(len(table), len(case.register), chunks, answers, partial(_mark, marks))
    return found.amount_mvnd, _once_started(marks)


def _chunk(table: Weighted) -> int:
    return max(16, len(table) // CHUNKS)


def _once_started(marks: list[tuple[int, float]]) -> float:
    (first, began), (last, ended) = marks[1], marks[-1]
    return (ended - began) / (last - first)


def _mark(marks: list[tuple[int, float]], done: int, _: int) -> None:
    marks.append((done, time.perf_counter()))


def _keep(least: Seconds, name: str, seconds: float) -> None:
    least[name] = min(least.get(name, seconds), seconds)


def remember(projects: int, leaves: int, kind: str, draws: int, seed: int) -> dict[str, Any]:
    """The greatest memory of a sweep in one process, beyond what there was and the table of plans, in MB."""
    case, table = made_up(projects, kind, seed), drawn(projects, leaves, draws, seed)
    sweep(case, drawn(projects, leaves, 16, seed), 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = sweep(case, table, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    plans = (found.amount_mvnd.nbytes + found.status.nbytes + found.gap.nbytes) / 2**20
    return {"draws": draws, "plans": plans, "beyond": (peak - before) / 2**10 - plans}


# ------------------------------------------------------------------ all of them, and what they say
def apart(asked: dict[str, Any], how: str = "--one") -> dict[str, Any]:
    """One case, measured in a process of its own, one thread for numpy's products."""
    command = [sys.executable, str(Path(__file__).resolve()), how, json.dumps(asked)]
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=alone).stdout))


def line(figures: dict[str, Any]) -> str:
    seconds = figures["seconds"]
    ours = seconds["ours_2"]
    cells = [f"{figures['projects']:>6,}", f"{figures['leaves']:>3}", f"{figures['kind']:>7}"]
    cells += [f"{1e3 * seconds[name]:>8.3f}" for name in ("ours_1_all", "ours_2_all")]
    cells += [f"{1e3 * ours:>8.3f}"]
    if "ours_dask" in seconds:
        cells.append(f"{1e3 * seconds['ours_dask']:>8.3f} {ours / seconds['ours_dask']:>7.2f}")
    for name in OTHERS:
        best = min(ours, seconds["ours_1_all"], seconds["ours_2_all"])
        cells.append(f"{1e3 * seconds[name]:>9.3f} {seconds[name] / best:>7.1f}")
    return " ".join(cells)


HEAD = (
    "projects leaves kind | ours, ms a draw: one process, two, two once started, and as part of it Dask"
    " | ms a draw and times ours: " + ", ".join(OTHERS)
)


def memory(given: argparse.Namespace) -> None:
    """Print what a sweep takes beyond its table of plans, with ever more draws."""
    for projects in given.sizes:
        for kind in given.kinds:
            for draws in MEMORY:
                asked = {"projects": projects, "leaves": 3, "kind": kind, "draws": draws, "seed": given.seed}
                found = apart(asked, "--one-memory")
                cells = f"{projects:>6,} {kind:>7} {draws:>7,}"
                print(
                    f"{cells} {found['plans']:>7.1f} MB of plans, {found['beyond']:>7.1f} MB beyond",
                    flush=True,
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--leaves", type=int, nargs="+", default=LEAVES)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    parser.add_argument("--one-memory", type=json.loads, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one or given.one_memory:
        print(json.dumps(measure(**given.one) if given.one else remember(**given.one_memory)))
        return
    if given.memory:
        memory(given)
        return
    same = {"draws": given.draws, "rounds": given.rounds, "seed": given.seed, "dask": given.dask}
    every = []
    print(HEAD, file=sys.stderr)
    for projects in given.sizes:
        for leaves in given.leaves:
            for kind in given.kinds:
                every.append(apart({"projects": projects, "leaves": leaves, "kind": kind, **same}))
                print(line(every[-1]), file=sys.stderr if given.json else sys.stdout, flush=True)
    if given.json:
        print(json.dumps(every, indent=1))


if __name__ == "__main__":
    main()
