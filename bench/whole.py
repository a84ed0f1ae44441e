"""How long whole-project selection over five yearly budgets takes, beside bare HiGHS and PuLP with CBC.

    python bench/whole.py                       # 35, 200 and 1,000 projects
    python bench/whole.py --sizes 35 200 --seconds 60 --repeats 5
    python bench/whole.py --sizes 200 --ceilings 25

All get the same program and the same time; a search that does not end by then has a value and a gap. What
the figures mean: bench/README.md.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import highspy  # noqa: E402  the package stands beside this folder, installed or not
import numpy as np  # noqa: E402
import pulp  # noqa: E402
from allocate import Stopwatch  # noqa: E402

from prioritizer import allocation, scoring  # noqa: E402
from prioritizer.allocation.choice import mixed  # noqa: E402
from prioritizer.allocation.choice.mixed import Effort  # noqa: E402
from prioritizer.allocation.program import Program  # noqa: E402
from prioritizer.allocation.solvers import cbc  # noqa: E402
from prioritizer.allocation.solvers.lptext import as_pulp  # noqa: E402
from prioritizer.model import Case, Coded, Costs, MinistryList, ProductList, Register, Scenario  # noqa: E402

YEARS = ("2026", "2027", "2028", "2029", "2030")
BUDGET_SHARE = 0.4  # of what is asked in each year
CEILING_SHARE = 0.45  # of what the projects of a body ask


def made_up(projects: int, seed: int, ceilings: int = 0) -> Case:
    """Whole projects with given values and costs in five years, each year with a budget of its own; so many
    bodies lead them, each with a ceiling."""
    rng = np.random.default_rng(seed)
    total = np.maximum(10, np.rint(rng.lognormal(5.0, 0.9, projects) * 10)).astype(np.int64) * 100
    parts = np.rint(total[:, None] * rng.dirichlet(np.ones(5), projects) / 100).astype(np.int64) * 100
    parts[:, 0] += 100  # so that no project costs nothing
    ids = tuple(f"P{at:05d}" for at in range(projects))
    same, values = np.zeros(projects, dtype=np.int32), rng.integers(200_000, 900_000, projects)
    bodies = tuple(f"B{at:02d}" for at in range(max(1, ceilings)))
    led = rng.integers(0, len(bodies), projects).astype(np.int32)
    texts = {"name_vi": "–", "product": "", "class": "group1", "funding": "whole"}
    columns = {name: Coded((text,), same) for name, text in texts.items()}
    asked = parts.sum(axis=1)
    register = Register(ids, asked, values, columns | {"ministry": Coded(bodies, led)})
    project, year = np.nonzero(parts)
    costs = Costs(
        project,
        np.zeros_like(project),
        Coded(YEARS, year.astype(np.int32)),
        Coded(("",), np.zeros(len(project), dtype=np.int32)),
        parts[project, year],
        {},
    )
    funds = [
        {"id": f"budget-{label}", "year": label, "amount_bn": int(BUDGET_SHARE * asked)}
        for label, asked in zip(YEARS, parts.sum(axis=0), strict=True)
    ]
    scenario = Scenario.model_validate(
        {
            "schema": "1",
            "id": "whole",
            "title": "Whole projects",
            "register": "register.csv",
            "funds": funds,
            "objective": {"basis": "project"},
            "limits": [
                {
                    "id": f"ceiling-{body}",
                    "where": {"ministry": body},
                    "at_most": {"amount_bn": int(CEILING_SHARE * asked[led == at].sum())},
                }
                for at, body in enumerate(bodies[:ceilings])
            ],
        }
    )
    listed = MinistryList.model_validate(
        {"schema": "1", "id": "bodies", "bodies": [{"id": body, "name": body} for body in bodies]}
    )
    technology = {"id": "T", "name": "T", "products": [{"id": "T.1", "name": "T.1"}]}
    products = ProductList.model_validate({"schema": "1", "id": "goods", "technologies": [technology]})
    return Case(scenario, None, listed, products, register, None, (), costs)


def measure(projects: int, ceilings: int, seed: int, seconds: float, repeats: int) -> dict[str, Any]:
    """The figures of one size; times are lists in seconds, in the order they were taken."""
    case = made_up(projects, seed, ceilings)
    scores = scoring.score(case)
    program = allocation.formulate(case, scores).program
    ready = _ready(program)
    watches = Stopwatch(allocation, "settle_mixed"), Stopwatch(mixed, "_settled")
    times: dict[str, list[float]] = {"search": [], "ties": []}
    values: dict[str, float] = {}
    done: dict[str, bool] = {}
    rivals: dict[str, Callable[[], tuple[float, bool]]] = {
        "everything": lambda: _ours(case, scores, seconds, watches, times),
        "bare": lambda: _bare(ready, seconds),
        "pulp_cbc": lambda: _pulp_cbc(program, seconds),
    }
    for _ in range(repeats):
        for name, rival in rivals.items():
            gc.collect()
            start = time.perf_counter()
            values[name], done[name] = rival()
            times.setdefault(name, []).append(time.perf_counter() - start)
    ours = ("search", "ties")
    return {
        "projects": projects,
        "seconds": times,
        "values": dict.fromkeys(ours, values["everything"]) | values,
        "finished": dict.fromkeys(ours, done["everything"]) | done,
    }


def _ours(
    case: Case,
    scores: Any,
    seconds: float,
    watches: tuple[Stopwatch, Stopwatch],
    times: dict[str, list[float]],
) -> tuple[float, bool]:
    settling, ties = (watch.total for watch in watches)
    plan = allocation.allocate(case, scores, effort=Effort(seconds=seconds))
    times["ties"].append(watches[1].total - ties)
    times["search"].append(watches[0].total - settling - times["ties"][-1])
    return float(plan.objective or 0), plan.status == "optimal"


def _ready(program: Program) -> highspy.HighsLp:
    """The program as arrays for HiGHS, money in billion VND and gains in points."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.columns), len(program.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = program.gain_num / program.gain_den / 1e4
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), program.upper.astype(np.float64)
    lp.row_lower_ = np.full(lp.num_row_, -np.inf)
    lp.row_upper_ = np.array([row.upper / 1e3 for row in program.rows])
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.columns) for row in program.rows)])
    matrix.index_ = np.concatenate([row.columns for row in program.rows])
    matrix.value_ = np.concatenate([row.coefs / 1e3 for row in program.rows])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    return lp


def _bare(ready: highspy.HighsLp, seconds: float) -> tuple[float, bool]:
    highs = highspy.Highs()
    options = {"output_flag": False, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0, "time_limit": seconds}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(ready)
    highs.run()
    return highs.getObjectiveValue(), highs.getModelStatus() == highspy.HighsModelStatus.kOptimal


def _pulp_cbc(program: Program, seconds: float) -> tuple[float, bool]:
    problem = as_pulp(program)
    problem.solve(
        pulp.COIN_CMD(path=cbc.binary(), msg=False, gapRel=0.0, gapAbs=0.0, timeLimit=seconds, threads=1)
    )
    return float(pulp.value(problem.objective)) / 1e4, problem.sol_status == pulp.LpSolutionOptimal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[35, 200, 1_000])
    parser.add_argument("--ceilings", type=int, default=0, help="bodies, each with a ceiling")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0, help="time that each search may take")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    every = [measure(size, given.ceilings, given.seed, given.seconds, given.repeats) for size in given.sizes]
    if given.json:
        print(json.dumps(every, indent=1))
        return
    for figures in every:
        bare, cbc_ = (min(figures["seconds"][name]) for name in ("bare", "pulp_cbc"))
        print(f"{figures['projects']:,} projects")
        for name, taken in figures["seconds"].items():
            least = min(taken)
            ratios = f"{least / bare:6.2f} x bare  {least / cbc_:6.2f} x pulp_cbc"
            ended = "to the end" if figures["finished"][name] else "stopped"
            value = figures["values"][name]
            print(f"  {name:10} {least:9.3f} s  {ratios}  {ended:10}  {value:,.4f}")


if __name__ == "__main__":
    main()
