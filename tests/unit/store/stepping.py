"""Adds steps to a draft beside others: ``python -m tests.unit.store.stepping`` PATH DRAFT NAME TIMES."""

import sys
from pathlib import Path

from prioritizer import store


def main(path: Path, draft: str, name: str, times: int) -> None:
    for number in range(times):
        limit = {"where": {}, "at_most": {"amount_bn": "3"}}
        made = store.try_step(path, draft, "", "limits", {("limits", f"{name}-{number}"): limit})
        assert isinstance(made, store.Draft), made


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
