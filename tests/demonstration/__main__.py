"""Write the demonstration set's workbooks: ``python -m tests.demonstration [FOLDER]``.

It stands with the tests, not with the scenarios: it needs openpyxl, which only tests have, and people who use
the set open the workbooks it made.
"""

from __future__ import annotations

import sys
from pathlib import Path

from prioritizer import pipeline
from tests.demonstration.filled import of_assessor, of_ministry
from tests.demonstration.sheets import edited
from tests.demonstration.slips import ASSESSORS, MINISTRIES, faulty


def workbooks() -> dict[str, bytes]:
    """Every workbook of the set by its path below the set's folder."""
    made = {f"ministry-{name}.xlsx": edited(of_ministry(name), slip) for name, slip in MINISTRIES.items()}
    made |= {f"assessor-{name}.xlsx": edited(of_assessor(name), slip) for name, slip in ASSESSORS.items()}
    return made | {"faulty/ministry-MOC.xlsx": edited(of_ministry("MOC"), faulty)}


def main(folder: Path) -> None:
    """Write them all."""
    for name, content in workbooks().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else pipeline.SCENARIOS / "demonstration")
