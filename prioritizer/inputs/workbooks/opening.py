"""A workbook's bytes become sheets: in a process of its own, under limits of time and memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.workbooks.csvsheet import csv_sheet, is_csv
from prioritizer.inputs.workbooks.sheet import Sheet
from prioritizer.inputs.yamltree import read_bytes

LARGEST_FILE = 25 * 1024 * 1024
SECONDS = 8  # of processor time; where that cannot be limited, of the clock
_PATIENCE = 1 if os.name == "nt" else 3  # a busy machine gives a process only part of its time
_TOO_HEAVY: dict[str, Any] = {"refused": "workbook_too_heavy", "params": {}}
_APART = Path(__file__).resolve().parent / "apart"
# The folder is loaded as a package of its own: nothing else of ours is imported, no search path is changed.
_LOAD = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
at = sys.argv[1]
spec = spec_from_file_location("apart", at + "/__init__.py", submodule_search_locations=[at])
sys.modules["apart"] = module_from_spec(spec)
from apart.child import main
"""
_RUN = "sys.exit(main(int(sys.argv[2])))"


def open_workbooks(paths: Sequence[Path]) -> list[list[Sheet] | InputFaults]:
    """The sheets of every file, or what is wrong with it, in the order of ``paths``."""
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        return list(pool.map(_tried, paths))


def _tried(path: Path) -> list[Sheet] | InputFaults:
    try:
        return open_workbook(path)
    except InputFaults as found:
        return found


def open_workbook(path: Path, seconds: int = SECONDS) -> list[Sheet]:
    """The sheets of one file. Raises :class:`InputFaults` with what keeps it from being read."""
    return open_content(path.name, read_bytes(path, path.name, LARGEST_FILE), seconds)


def open_content(name: str, content: bytes, seconds: int = SECONDS) -> list[Sheet]:
    """The sheets of a file of that name; a CSV file is one sheet of texts. Raises :class:`InputFaults`."""
    if is_csv(name, content):
        return [csv_sheet(name, content)]
    answer = _answer(content, seconds)
    if "refused" in answer:
        raise InputFaults([Fault(answer["refused"], name, params=answer["params"])])
    return [_sheet(name, each) for each in answer["sheets"]]


def _answer(content: bytes, seconds: int) -> dict[str, Any]:
    """What the other process says; where it was stopped or broke down, that."""
    command = [sys.executable, "-I", "-c", _LOAD + _RUN, str(_APART), str(seconds)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=_PATIENCE * seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return {"refused": "workbook_too_slow", "params": {"seconds": seconds}}
    if done.returncode:
        stopped = -done.returncode in (getattr(signal, name, None) for name in ("SIGXCPU", "SIGKILL"))
        return {"refused": "workbook_too_slow", "params": {"seconds": seconds}} if stopped else _TOO_HEAVY
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _sheet(file: str, read: dict[str, Any]) -> Sheet:
    hidden = (range(first, last + 1) for first, last in read["hidden_columns"])
    return Sheet(
        file,
        read["name"],
        read["shown"],
        read["rows"],
        tuple(((a, b), (c, d)) for (a, b), (c, d) in read["merged"]),
        {(row, column): text for row, column, text in read["errors"]},
        frozenset((row, column) for row, column in read["unset"]),
        len(read["formulas"]),
        frozenset(read["hidden_rows"]),
        frozenset(column for columns in hidden for column in columns),
        frozenset((row, column) for row, column in read["legacy"]),
        tuple((first, last, column, code) for first, last, column, code in read["scaled"]),
    )
