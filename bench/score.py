"""How long scoring takes beside a bare weighted sum, with many assessors.

    python bench/score.py                        # 100,000 projects, 12 criteria, 10 assessors
    python bench/score.py --projects 1000 --repeats 50
    python bench/score.py --peers /tmp/peers/bin/python
    python bench/score.py --json

Everything starts from arrays already read: all judgements of all assessors. Ours forms the consensus, applies
the value functions and weights, and rounds once, all exact. numpy's bare weighted sum goes over the same
numbers, in float64: each judgement times its criterion's weight, divided by the number of assessors. The
libraries get the same numbers as criteria of one matrix. The compared things take turns; each is timed by the
clock and by the processor, since other work on the machine lengthens the first. ``--peers`` names a
Python that has scikit-criteria, in a process of its own. What the figures mean: bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import numpy as np  # noqa: E402

CRITERIA, FACTORS, TOP = 12, 3, 400  # scores are whole hundredths from 0 to 4
WEIGHTS = ("0.37", "0.29", "0.21", "0.13")
FACTOR_WEIGHTS = ("0.5", "0.3", "0.2")
INTERVALS, MISSING = 0.15, 0.1
FEW = 2
Run = Callable[[], np.ndarray]
Times = dict[str, list[tuple[float, float]]]


def leaf_weights() -> list[Fraction]:
    """The weight of every criterion in the value."""
    return [Fraction(factor) * Fraction(own) for factor in FACTOR_WEIGHTS for own in WEIGHTS]


def judgements(projects: int, assessors: int, seed: int) -> np.ndarray:
    """Scores in hundredths, int16[assessors, criteria, projects]: near what most think, but not equal."""
    rng = np.random.default_rng(seed)
    middle = rng.normal(0.55, 0.2, (1, CRITERIA, projects))
    spread = rng.normal(0, 0.12, (assessors, CRITERIA, projects))
    return np.rint(np.clip(middle + spread, 0, 1) * TOP).astype(np.int16)


def case_of(low: np.ndarray, high: np.ndarray, rule: str) -> Any:
    """A case of these judgements, -1 where there is none."""
    from prioritizer.model import (
        Assessments,
        Case,
        Coded,
        CriteriaTree,
        MinistryList,
        ProductList,
        Register,
        Scenario,
    )

    each = CRITERIA // FACTORS
    leaf = [{"id": f"C{at}", "name": "n", "scale": {"worst": "0", "best": "4"}} for at in range(CRITERIA)]
    factors = [
        {"id": f"F{at}", "name": "n", "children": leaf[at * each : (at + 1) * each]} for at in range(FACTORS)
    ]
    tree = CriteriaTree.model_validate({"schema": "1", "id": "t", "title": "t", "criteria": factors})
    weights = {f"F{at}": own for at, own in enumerate(FACTOR_WEIGHTS)}
    weights |= {f"C{at}": WEIGHTS[at % each] for at in range(CRITERIA)}
    scenario = Scenario.model_validate(
        {
            "schema": "1",
            "id": "s",
            "title": "t",
            "register": "r",
            "funds": [{"id": "f", "year": "1", "amount_bn": "1"}],
            "weights": weights,
            "consensus": {"rule": rule},
        }
    )
    bodies = MinistryList.model_validate({"schema": "1", "id": "b", "bodies": [{"id": "A", "name": "A"}]})
    goods = {"id": "T", "name": "T", "products": [{"id": "T1", "name": "T1"}]}
    products = ProductList.model_validate({"schema": "1", "id": "p", "technologies": [goods]})
    n, none = low.shape[2], np.zeros(low.shape[2], dtype=np.int32)
    ids = tuple(f"P{at:06d}" for at in range(n))
    register = Register(ids, np.ones(n, dtype=np.int64), None, {"class": Coded(("",), none)})
    levels = tuple(Fraction(at, TOP // 4) for at in range(TOP + 1))
    names = tuple(f"a{at}" for at in range(len(low)))
    held = Assessments(names, levels, low, high, {}, complete=bool(low.min() >= 0))  # as reading knows it
    return Case(scenario, tree, bodies, products, register, held, ())


def ours(low: np.ndarray, rule: str, high: np.ndarray | None = None) -> Run:
    """From judgements to values, rounded to 1e-4 point."""
    from prioritizer.scoring.values import value_ends

    case = case_of(low, low if high is None else high, rule)
    return lambda: value_ends(case)[0]


def bare(scores: np.ndarray) -> dict[str, Run]:
    """numpy's weighted sum of the same numbers in float64, three ways of writing it."""
    assessors, _, n = scores.shape
    flat = np.ascontiguousarray(scores.reshape(-1, n).T, dtype=np.float64)  # [projects, assessors x criteria]
    across = np.ascontiguousarray(scores.reshape(-1, n), dtype=np.float64)
    weights = np.tile([float(own) / TOP * 100 / assessors for own in leaf_weights()], assessors)
    return {
        "numpy, projects @ weights": lambda: flat @ weights,
        "numpy, weights @ criteria": lambda: weights @ across,
        "numpy, (projects * weights).sum": lambda: (flat * weights).sum(axis=1),
    }


def pymcdm_sum(scores: np.ndarray) -> Run:
    """pymcdm's weighted sum of the same numbers, all criteria of profit."""
    from pymcdm.methods import WSM

    n = scores.shape[2]
    flat = np.ascontiguousarray(scores.reshape(-1, n).T, dtype=np.float64)
    weights, types = _flat_weights(len(scores)), np.ones(flat.shape[1])
    method = WSM(lambda column, cost: column)  # its own normalising would only cost more
    return lambda: np.asarray(method(flat, weights, types))


def skcriteria_sum(scores: np.ndarray) -> Run:
    """scikit-criteria's weighted sum of the same numbers."""
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    n = scores.shape[2]
    flat = np.ascontiguousarray(scores.reshape(-1, n).T, dtype=np.float64)
    matrix = skcriteria.mkdm(flat, [max] * flat.shape[1], weights=_flat_weights(len(scores)))
    method = WeightedSumModel()
    return lambda: np.asarray(method.evaluate(matrix).e_.score)


def _flat_weights(assessors: int) -> np.ndarray:
    weights = np.tile([float(own) for own in leaf_weights()], assessors)
    return weights / weights.sum()


def timed(runs: dict[str, Run], repeats: int) -> Times:
    """Seconds of every run by the clock and by the processor; they take turns, a cold pass of each before."""
    times: Times = {name: [] for name in runs}
    for run in runs.values():
        run()
    for turn in range(repeats):
        for name, run in runs.items():
            if turn >= FEW and name.startswith("pymcdm"):  # it takes seconds
                continue
            start, busy = time.perf_counter(), time.process_time()
            run()
            times[name].append((time.perf_counter() - start, time.process_time() - busy))
    return times


def measure(given: argparse.Namespace) -> Times:
    """All that is compared in this process."""
    low = judgements(given.projects, given.assessors, given.seed)
    rng = np.random.default_rng(given.seed + 1)
    wider = np.where(rng.random(low.shape) < INTERVALS, rng.integers(1, TOP // 4, low.shape), 0)
    high = np.minimum(low + wider, TOP).astype(np.int16)
    gaps = np.where(rng.random(low.shape) < MISSING, -1, low).astype(np.int16)
    runs = {f"ours, {rule}": ours(low, rule) for rule in ("mean", "median", "trimmed")}
    runs |= {f"ours, {rule}, intervals": ours(low, rule, high) for rule in ("mean", "median")}
    runs |= {f"ours, {rule}, not all judged": ours(gaps, rule) for rule in ("mean", "median")}
    runs |= bare(low)
    agree(runs)
    if _has("pymcdm"):
        runs["pymcdm WSM"] = pymcdm_sum(low)
    if _has("skcriteria"):
        runs["scikit-criteria WeightedSumModel"] = skcriteria_sum(low)
    return timed(runs, given.repeats)


def agree(runs: dict[str, Run]) -> None:
    """Stop where ours is not the bare sum, rounded."""
    exact, floats = runs["ours, mean"](), runs["numpy, projects @ weights"]()
    if np.abs(exact / 10_000 - floats).max() > 0.5001e-4:
        raise SystemExit("ours and numpy's weighted sum disagree")


def _has(library: str) -> bool:
    try:
        __import__(library)
    except ImportError:
        return False
    return True


def peers(given: argparse.Namespace) -> Times:
    """The same with scikit-criteria, measured by another Python in this same run."""
    if given.peers is None:
        return {}
    command = [given.peers, str(HERE / "score.py"), "--only-peers", "--json"]
    command += ["--projects", str(given.projects), "--assessors", str(given.assessors)]
    command += ["--repeats", str(given.repeats), "--seed", str(given.seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"peers could not run: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return {}
    return {f"{name} (other process)": own for name, own in json.loads(done.stdout)["seconds"].items()}


def only_peers(given: argparse.Namespace) -> Times:
    """What a Python with scikit-criteria measures: it, and numpy beside it."""
    low = judgements(given.projects, given.assessors, given.seed)
    runs = {"numpy, projects @ weights": bare(low)["numpy, projects @ weights"]}
    runs["scikit-criteria WeightedSumModel"] = skcriteria_sum(low)
    return timed(runs, given.repeats)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--assessors", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has scikit-criteria")
    parser.add_argument("--only-peers", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    seconds = only_peers(given) if given.only_peers else measure(given) | peers(given)
    if given.json:
        print(json.dumps({"projects": given.projects, "assessors": given.assessors, "seconds": seconds}))
        return
    print(f"{given.projects:,} projects, {CRITERIA} criteria, {given.assessors} assessors; ms")
    print(f"{'':46} {'median':>9} {'least':>9} {'ratio':>7} {'processor':>10} {'ratio':>7}")
    base = [min(each) for each in zip(*seconds["numpy, projects @ weights"], strict=True)]
    for name, own in seconds.items():
        least = [min(each) for each in zip(*own, strict=True)]
        clock, busy = least[0] / base[0], least[1] / base[1]
        middle = statistics.median(each for each, _ in own)
        print(
            f"{name:46} {middle * 1e3:9.2f} {least[0] * 1e3:9.2f} {clock:7.2f}"
            f" {least[1] * 1e3:10.2f} {busy:7.2f}"
        )
    for library in ("pymcdm", "scikit-criteria"):
        if not any(name.startswith(library) for name in seconds):
            print(f"{library} is not installed here: skipped")


if __name__ == "__main__":
    main()
