"""Adds 1 to a fund against others who do so: ``python -m tests.unit.store.adding`` PATH TIMES.

Prints how many conflicts it met.
"""

import sys
from pathlib import Path

from prioritizer import store
from prioritizer.store.editing import said


def main(path: Path, times: int) -> int:
    conflicts, done = 0, 0
    while done < times:
        content = path.read_bytes()
        amount = int(said(content, path.name)["funds"][0]["amount_bn"])
        outcome = store.save(path, {("funds", "fund", "amount_bn"): amount + 1}, store.sha256_of(content))
        assert not isinstance(outcome, store.Refused), outcome
        done += isinstance(outcome, store.Saved)
        conflicts += isinstance(outcome, store.Conflict)
    return conflicts


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), int(sys.argv[2])))
