"""How long it takes to explain and to check a plan: reasons, prices, sentences, the plan file, the verifier.

    python bench/proof.py                       # 35 and 1,000 projects
    python bench/proof.py --sizes 35 300 --scores coarse
    python bench/proof.py --json                # the same figures as one JSON object

Every size runs in a process of its own, with the case of bench/generate.py. In it the measured things take
turns; each begins with a plan of which nothing has been asked yet. What the figures mean: bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from allocate import Seconds, _bare, _ready, _timed, derived  # noqa: E402  stands beside this file
from generate import BASES, SCORES, generate  # noqa: E402

from prioritizer import allocation, explanation, inputs, scoring, verifier  # noqa: E402
from prioritizer.analysis.pricelist import price_list  # noqa: E402
from prioritizer.exports import planfile  # noqa: E402
from prioritizer.exports.prices import with_prices  # noqa: E402
from prioritizer.results import Evaluation, Prices  # noqa: E402

SIZES = (35, 1_000)
AIMS = {"verify": 1.0, "explained": 2.0}  # seconds at 1,000 projects; explained: reasons, prices, sentences
LANG = "vi"


# ------------------------------------------------------------------ one size, in a process of its own
def measure(projects: int, repeats: int, scores: str, basis: str, seed: int) -> dict[str, Any]:
    """All figures of one size; times are lists in seconds, in the order they were taken."""
    times: Seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        case = inputs.read_case(generate(Path(folder), projects, seed, scores, basis), "networked")
        path = Path(folder) / "plan.json"
        values = scoring.score(case)
        ready = _ready(allocation.formulate(case, values).program, basis)
        for _ in range(repeats):
            plan = _timed(times, "allocate", lambda: allocation.allocate(case, values))
            _timed(times, "bare", lambda: _bare(ready, {"output_flag": False}))
            given = Evaluation(case, values, plan)
            _timed(times, "reasons", lambda given=given: derived(given.plan))
            prices = _timed(times, "prices", lambda given=given: priced(given))
            said = _timed(times, "sentences", lambda given=given, prices=prices: sentences(given, prices))
            content = _timed(times, "file", lambda given=given, prices=prices: plan_file(given, prices))
            verdict = _timed(times, "verify", lambda content=content: verifier.verify(content))
            assert verdict.ok, [clause for clause in verdict.clauses if clause.faults]
            path.write_bytes(content)
            _timed(times, "command", lambda: by_itself(path))
    return {
        "projects": projects,
        "scores": scores,
        "basis": basis,
        "rows": len(ready.row_lower_),
        "prices": len(prices.limits),
        "needed": len(prices.needed_e4),
        "sentences": said,
        "file_mb": len(content) / 1e6,
        "seconds": times,
    }


def priced(given: Evaluation) -> Prices:
    """The prices of all limits and funds with their ranges, and the value that every project lacks."""
    found = price_list(given.case, given.scores, given.plan)
    assert found is not None, "the made-up case is linear"
    return found


def sentences(given: Evaluation, prices: Prices) -> int:
    """Every project, limit and price in words; how many sentences that makes."""
    projects = [
        explanation.describe_project(given, row, LANG, prices) for row in range(len(given.case.register))
    ]
    limits = explanation.describe_every_limit(given, LANG)
    said = [each for own in limits.values() for each in own]
    return len([*projects, *said, *explanation.describe_prices(given.case, prices, LANG)])


def plan_file(given: Evaluation, prices: Prices) -> bytes:
    """The plan file with its certificate, as ``prioritizer plan --out`` writes it."""
    content = with_prices(planfile.plan_object(given), given, prices)
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def by_itself(path: Path) -> None:
    """The verifier as a program of its own, from its start to its verdict."""
    command = [sys.executable, str(verifier.__file__), str(path), "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


# ------------------------------------------------------------------ all sizes, and what they say
def apart(projects: int, scores: str, basis: str, seed: int) -> dict[str, Any]:
    """One size, measured in a process of its own, with the medians."""
    asked = {
        "projects": projects,
        "repeats": 20 if projects <= 100 else 5,
        "scores": scores,
        "basis": basis,
        "seed": seed,
    }
    command = [sys.executable, str(Path(__file__).resolve()), "--one", json.dumps(asked)]
    figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    median = {name: statistics.median(taken) for name, taken in figures["seconds"].items()}
    median["explained"] = median["reasons"] + median["prices"] + median["sentences"]
    return figures | {"median": median}


def _seconds(name: str, heading: str | None = None) -> tuple[str, Callable[[dict[str, Any]], str]]:
    return f"{heading or name} s", lambda f: f"{f['median'][name]:.4f}"


COLUMNS: tuple[tuple[str, Callable[[dict[str, Any]], str]], ...] = (
    ("projects", lambda f: f"{f['projects']:,}"),
    ("scores", lambda f: f["scores"]),
    ("rows", lambda f: f"{f['rows']:,}"),
    _seconds("bare"),
    _seconds("allocate"),
    _seconds("reasons"),
    _seconds("prices"),
    ("prices", lambda f: f"{f['prices']:,}"),
    ("lacking", lambda f: f"{f['needed']:,}"),
    _seconds("sentences"),
    ("sentences", lambda f: f"{f['sentences']:,}"),
    _seconds("explained"),
    ("of bare", lambda f: f"{f['median']['explained'] / f['median']['bare']:.1f}"),
    _seconds("file"),
    ("file MB", lambda f: f"{f['file_mb']:.2f}"),
    _seconds("verify"),
    ("of bare", lambda f: f"{f['median']['verify'] / f['median']['bare']:.1f}"),
    _seconds("command"),
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
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of projects")
    parser.add_argument("--scores", choices=SCORES, default="fine")
    parser.add_argument("--basis", choices=BASES, default="funding")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(**given.one)))
        return
    every = []
    for projects in given.sizes:
        print(f"{projects:,} projects, scores {given.scores} …", file=sys.stderr, flush=True)
        every.append(apart(projects, given.scores, given.basis, given.seed))
    if given.json:
        print(json.dumps({"figures": every, "aims_s": AIMS}, indent=1))
        return
    print(table(every))
    print("\nAimed at with 1,000 projects, in seconds: " + ", ".join(f"{k} {v:g}" for k, v in AIMS.items()))


if __name__ == "__main__":
    main()
