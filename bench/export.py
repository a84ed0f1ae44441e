"""How long it takes to write everything that leaves a meeting, beside pandas writing the bare tables.

    python bench/export.py                       # 35 and 1,000 projects
    python bench/export.py --sizes 35 --repeats 10
    python bench/export.py --json

A made-up case (bench/generate.py) is planned once. pandas writes the same tables, already made, with
``to_excel(engine="xlsxwriter")``, a sheet each, and nothing else: no widths, no formats, no print set-up, no
pictures. The compared things take turns, each timed by the clock and by the processor: other work on the
machine lengthens the first. What the figures mean: bench/README.md.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import pandas as pd  # noqa: E402
from generate import generate  # noqa: E402

from prioritizer import cli, pipeline  # noqa: E402
from prioritizer.exports import pictures  # noqa: E402
from prioritizer.exports.papers.disclosure import disclose  # noqa: E402
from prioritizer.exports.papers.shortlist_book import around, shortlist_workbook, tables_of  # noqa: E402
from prioritizer.exports.papers.table import Table  # noqa: E402
from prioritizer.exports.papers.workbook import workbook  # noqa: E402

LANG = "vi"
Times = dict[str, list[tuple[float, float]]]


def bare(tables: list[Table]) -> bytes:
    """The tables as pandas writes them."""
    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="xlsxwriter") as writer:
        for table in tables:
            heads = [column.heading for column in table.columns]
            frame = pd.DataFrame([*table.rows, *table.totals], columns=heads)
            frame.to_excel(writer, sheet_name=table.name, index=False)
    return stream.getvalue()


def exported(path: Path, folder: Path) -> None:
    """Everything that the command writes, from files to files."""
    stdout, sys.stdout = sys.stdout, io.StringIO()
    try:
        status = cli.main(["export", str(path), "--to", str(folder), "--lang", LANG])
    finally:
        sys.stdout = stdout
    assert status == 0, status


def timed(run: Callable[[], object], into: list[tuple[float, float]]) -> None:
    clock, processor = time.perf_counter(), time.process_time()
    run()
    into.append((time.perf_counter() - clock, time.process_time() - processor))


def measured(projects: int, repeats: int, folder: Path) -> dict[str, Any]:
    """All times of one size, in seconds: median by the clock and least by the processor."""
    path = generate(folder / "case", projects)
    evaluation = pipeline.assess(pipeline.load(path))
    told = disclose(evaluation, pipeline.prices(evaluation), None)
    tables, frame = tables_of(told, LANG), around(told, LANG)
    runs: dict[str, Callable[[], object]] = {
        "pandas": lambda: bare(tables),
        "written": lambda: workbook("", tables, frame),
        "workbook": lambda: shortlist_workbook(told, LANG),
        "annex": lambda: pipeline.shortlist_docx(evaluation, LANG),
        "minutes": lambda: pipeline.minutes_docx(evaluation, LANG),
        "everything": lambda: exported(path, folder / "out"),
    }
    times: Times = {name: [] for name in runs}
    timed(runs["workbook"], first := [])
    for _ in range(repeats):
        for name, run in runs.items():
            pictures._drawn.cache_clear()
            timed(run, times[name])
    return {
        "projects": projects,
        "cells": sum(len(table.columns) * len(table.rows) for table in tables),
        "first_picture_s": round(first[0][0], 2),
        **{
            name: {"clock_s": statistics.median(c for c, _ in own), "processor_s": min(p for _, p in own)}
            for name, own in times.items()
        },
        "written_ratio": _ratio(times, "written"),
        "workbook_ratio": _ratio(times, "workbook"),
    }


def _ratio(times: Times, name: str) -> float:
    """Of the least processor times, which other work on the machine touches least."""
    ours, theirs = (min(processor for _, processor in times[each]) for each in (name, "pandas"))
    return round(ours / theirs, 2)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[35, 1000])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = [measured(size, options.repeats, Path(place) / str(size)) for size in options.sizes]
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for each in found:
        print(f"{each['projects']} projects, {each['cells']} cells")
        for name in ("pandas", "written", "workbook", "annex", "minutes", "everything"):
            own = each[name]
            print(
                f"  {name:<12}{own['clock_s']:8.2f} s by the clock {own['processor_s']:8.2f} s of processor"
            )
        print(f"  written / pandas {each['written_ratio']}, workbook / pandas {each['workbook_ratio']}")


if __name__ == "__main__":
    main()
