"""How long the import of a workbook takes beside openpyxl merely reading it.

    python bench/import.py                       # 5,000 projects x 30 columns
    python bench/import.py --projects 500 --repeats 5
    python bench/import.py --json

Ours is the whole import: the checks of the package, a process of its own, recognition, conversion, the
readers of the CSV files, the report; the lists of bodies and products, read once for all files, are a figure
of their own. openpyxl reads the cells' values and does nothing with them, in read-only mode and in its usual
one. The compared things take turns. What the figures mean: bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

import openpyxl  # noqa: E402  the package stands beside this folder, installed or not
import xlsxwriter  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from prioritizer.inputs.columns import REGISTER  # noqa: E402
from prioritizer.inputs.workbooks.answers import Given  # noqa: E402
from prioritizer.inputs.workbooks.headings import heading_of  # noqa: E402
from prioritizer.inputs.workbooks.importing import import_workbooks  # noqa: E402
from prioritizer.inputs.workbooks.lists import Lists, read_lists  # noqa: E402

COLUMNS = 30
WORDS = {
    "ministry": "Bộ Công Thương",
    "product": "T01.2 – Trợ lý ảo",
    "class": "Nhóm 1",
    "secrecy": "công khai",
    "class_basis": "đề xuất",
    "ask_basis": "minh họa",
    "received_bn": 0.5,
}
BLANK = ("value", "funding", "minimum_bn", "cofinance_bn")


def write_workbook(path: Path, projects: int) -> None:
    """A ministry's workbook as Excel writes it: shared texts, typed numbers."""
    rng = random.Random(projects)
    names = [column.name for column in REGISTER if column.name not in BLANK][:COLUMNS]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Dự án")
        sheet.write_row(0, 0, [heading_of("register", name) for name in names])
        for row in range(1, projects + 1):
            own = {"id": f"P{row:05d}", "ask_bn": rng.randrange(1_000, 900_000) / 100}
            cells = [own.get(name) or WORDS.get(name) or f"Nội dung {name} của dự án {row}" for name in names]
            sheet.write_row(row, 0, cells)


def ours(path: Path, lists: Lists, projects: int) -> None:
    """The whole import; every project is taken."""
    done = import_workbooks([path], path.parent / "none", lists, Given(), "networked")
    if done.faults or done.rows["register"] != projects:
        raise SystemExit(f"import: {done.faults[:3]}, {done.rows}")


def bare_openpyxl(path: Path, read_only: bool) -> int:
    """All values of the sheet, looked at once."""
    book = openpyxl.load_workbook(path, read_only=read_only)
    found = sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return found


def bare_calamine(path: Path) -> int:
    """The same by the reader that ours uses, without a process and checks."""
    return sum(map(len, CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()))


def measured(runs: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """The median seconds of each, taking turns."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeats):
        for name, run in runs.items():
            begun = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - begun)
    return {name: statistics.median(each) for name, each in seconds.items()}


def main() -> None:
    """Write the workbook, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, default=5_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ministry.xlsx"
        write_workbook(path, options.projects)
        lists = read_lists(None)
        figures = measured(
            {
                "import": lambda: ours(path, lists, options.projects),
                "lists": lambda: read_lists(None),
                "openpyxl, read-only": lambda: bare_openpyxl(path, read_only=True),
                "openpyxl": lambda: bare_openpyxl(path, read_only=False),
                "calamine": lambda: bare_calamine(path),
            },
            options.repeats,
        )
    ratio = figures["import"] / min(figures["openpyxl, read-only"], figures["openpyxl"])
    if options.json:
        print(json.dumps({"projects": options.projects, "seconds": figures, "ratio": ratio}, indent=1))
        return
    print(f"{options.projects} projects x {COLUMNS} columns, median of {options.repeats}")
    for name, seconds in figures.items():
        print(f"  {name:<22}{seconds:8.3f} s")
    print(f"  import / openpyxl at its faster: {ratio:.2f}")


if __name__ == "__main__":
    main()
