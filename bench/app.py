"""How long the app takes from moving a weight to its effect drawn in a browser.

    python bench/app.py                          # 35 and 1,000 projects, 40 moves each
    python bench/app.py --sizes 35 --moves 10
    python bench/app.py --json

The app serves a made-up case (generate.py); a headless Chromium moves a slider of the page of weights by a
key, waits until nothing is drawn any more, and moves it again. What the figures mean: bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import MethodType
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import generate  # noqa: E402  stands beside
from playwright.sync_api import Page, sync_playwright  # noqa: E402

PAGE = "tieu-chi"
QUIET_MS = 1_200  # nothing sent, received or drawn for so long: the page is done
WARM_UP = 3  # moves that are not counted
MOST_MOVES = 45  # from 50 per cent on, warm-up included, there is room for no more
PATIENCE_MS = 60_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# In the page: when a key was pressed, when anything was sent, received, changed or painted on a canvas.
_WATCH = """
window.seen = {};
const now = () => performance.timeOrigin + performance.now();
const note = name => { window.seen[name] = now(); window.seen.last = now(); };
addEventListener('keydown', () => { window.seen = {}; note('pressed'); }, true);
const Plain = WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', () => note('received'));
  }
  send(content) { note('sent'); super.send(content); }
};
for (const name of ['fillText', 'fillRect', 'drawImage']) {
  const paint = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...given) {
    note('drawn');
    return paint.apply(this, given);
  };
}
// Inside a canvas stands the grid's text for screen readers, which it renews a fifth of a second later.
const visible = ({target}) => !(target.parentElement ?? target).closest?.('canvas');
addEventListener('DOMContentLoaded', () => new MutationObserver(
  changes => { if (changes.some(visible)) note('drawn'); })
  .observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true}));
"""
_SEEN = "({seen: window.seen, now: performance.timeOrigin + performance.now()})"


@dataclass(frozen=True)
class Move:
    """One move of a weight, in milliseconds: in all; the run of the script with the jobs it waited for, and
    of that the processor's time; of the run what is ours, and of that the wait for jobs; what is Streamlit's:
    its commands in the script and the way there and back; what the browser does after the last message."""

    whole: float
    script: float
    busy: float
    ours: float
    job: float
    streamlit: float
    browser: float


def served(port: int, folder: Path, log: Path) -> None:
    """Serves the app as a user starts it, and notes every run of its script and every job."""
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

    from prioritizer.ui.office import jobs
    from prioritizer.ui.serving.serve import serve

    run, wait = ScriptRunner._run_script, jobs.Job.wait
    waited, commands = list[float](), _commands_timed()

    def waiting(job: jobs.Job, seconds: float) -> bool:
        begun = time.perf_counter()
        over = wait(job, seconds)
        waited.append(time.perf_counter() - begun)
        return over

    def timed(runner: Any, rerun: Any) -> None:
        waited.clear()
        commands.clear()
        begun, busy = time.time(), time.thread_time()
        try:
            run(runner, rerun)
        finally:
            line = {
                "begun": begun,
                "ended": time.time(),
                "busy": time.thread_time() - busy,
                "job": sum(waited),
                "commands": sum(commands),
            }
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    ScriptRunner._run_script = timed
    jobs.Job.wait = waiting  # type: ignore[method-assign]
    raise SystemExit(serve(port, browser=False, scenarios=folder))


def _commands_timed() -> list[float]:
    """Where every command of Streamlit's that draws puts down the seconds it took."""
    import streamlit as st
    from streamlit.delta_generator import DeltaGenerator

    spent, inside = list[float](), list[str]()

    def timed(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def noted(*given: Any, **named: Any) -> Any:
            if inside:
                return command(*given, **named)
            inside.append(command.__name__)
            begun = time.perf_counter()
            try:
                return command(*given, **named)
            finally:
                inside.clear()
                spent.append(time.perf_counter() - begun)

        return noted

    for name in dir(DeltaGenerator):
        if hasattr(command := getattr(DeltaGenerator, name), "__wrapped__"):
            setattr(DeltaGenerator, name, timed(command))
            if isinstance(bound := getattr(st, name, None), MethodType):
                setattr(st, name, getattr(bound.__self__, name))
    return spent


@contextmanager
def serving(folder: Path, log: Path) -> Iterator[str]:
    """The app's address while it serves a folder of scenarios."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, __file__, "--serve", str(port), str(folder), str(log)]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/suc-khoe", server)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < until and server.poll() is None:
        try:
            with opener.open(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the app did not start")


def moves(address: str, log: Path, count: int) -> list[Move]:
    """So many moves of the first weight, a step at a time and each to where it has not been: nothing that was
    read or worked out before answers it."""
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(_WATCH)
        page.goto(f"{address}/{PAGE}")
        page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
        _settled(page, log, 0, {"drawn"})
        taken = [_moved(page, log, at) for at in range(WARM_UP + count)]
        browser.close()
    return taken[WARM_UP:]


def _moved(page: Page, log: Path, at: int) -> Move:
    runs = len(_runs(log))
    thumb = page.get_by_role("slider").first
    thumb.focus()
    thumb.press("ArrowRight")
    seen = _settled(page, log, runs, {"pressed", "sent", "received", "drawn"})
    own = _runs(log)[runs:]
    script = sum(run["ended"] - run["begun"] for run in own) * 1000
    busy, job, commands = (sum(run[name] for run in own) * 1000 for name in ("busy", "job", "commands"))
    browser = max(0.0, seen["drawn"] - seen["received"])
    whole = max(seen["drawn"], seen["received"]) - seen["pressed"]
    ours = script - commands
    return Move(whole, script, busy, ours, job, whole - ours - browser, browser)


def _settled(page: Page, log: Path, runs: int, all_of: set[str]) -> dict[str, float]:
    """What the page noted, once the script has run more than ``runs`` times and nothing happens any more.
    (The app's policy of contents forbids what Playwright would wait with.)"""
    until = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < until:
        found = page.evaluate(_SEEN)
        quiet = set(found["seen"]) >= all_of and found["now"] - found["seen"]["last"] > QUIET_MS
        if quiet and len(_runs(log)) > runs:
            seen: dict[str, float] = found["seen"]
            return seen
        page.wait_for_timeout(50)
    raise SystemExit(f"the page did not come to rest: {page.evaluate(_SEEN)}, {len(_runs(log))} runs")


def _runs(log: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []


def figures(size: int, count: int) -> dict[str, float]:
    """What one size of case takes: least times, medians and 95th percentiles in milliseconds."""
    # The notes stand apart: the app reads a scenario anew when any file beside it changes.
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as notes:
        generate.generate(Path(folder), size)
        log = Path(notes) / "runs.jsonl"
        with serving(Path(folder), log) as address:
            taken = moves(address, log, count)
    found: dict[str, float] = {"projects": size, "moves": count}
    for name in Move.__dataclass_fields__:
        times = sorted(getattr(move, name) for move in taken)
        found[f"{name}_least_ms"] = round(times[0], 1)
        found[f"{name}_median_ms"] = round(statistics.median(times), 1)
        found[f"{name}_95_ms"] = round(times[min(len(times) - 1, int(0.95 * len(times)))], 1)
    return found


def main() -> None:
    """Measures, and prints a table."""
    if sys.argv[1:2] == ["--serve"]:
        port, folder, log = sys.argv[2:]
        served(int(port), Path(folder), Path(log))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[35, 1000])
    parser.add_argument("--moves", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.moves > MOST_MOVES:
        parser.error(f"at most {MOST_MOVES} moves: the slider has no room for more")
    rows = [figures(size, options.moves) for size in options.sizes]
    if options.json:
        print(json.dumps({"load": os.getloadavg(), "rows": rows}, indent=1))
        return
    print("projects  " + "".join(f"{name + ' ms':>24}" for name in Move.__dataclass_fields__))
    print(" " * 10 + f"{'least / median / 95 %':>24}" * len(Move.__dataclass_fields__))
    for row in rows:
        three = (
            [row[f"{name}_{which}_ms"] for which in ("least", "median", "95")]
            for name in Move.__dataclass_fields__
        )
        cells = (" / ".join(f"{each:.0f}" for each in times) for times in three)
        print(f"{row['projects']:>8}  " + "".join(f"{cell:>24}" for cell in cells))


if __name__ == "__main__":
    main()
