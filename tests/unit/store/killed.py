"""Saves that are killed in the middle: ``python -m tests.unit.store.killed`` PATH TIMES.

A forked process saves without end; it tells when a save has begun to write, or to put the file in its place,
and is killed within milliseconds. Prints how often the file was whole, how often it was a new one, and how
often the kill left a file of the save behind.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

from prioritizer import inputs, store
from prioritizer.store.disk import Disk


class Telling(Disk):
    """A disk that tells through a pipe when ``moment`` comes."""

    def __init__(self, pipe: int, moment: str) -> None:
        self.pipe = pipe
        self.moment = moment

    def create(self, path):
        self._tell("create", path)
        return super().create(path)

    def replace(self, source, target):
        self._tell("replace", source)
        super().replace(source, target)

    def _tell(self, moment: str, path: Path) -> None:
        if moment == self.moment and path.name == "tiny.tmp":
            os.write(self.pipe, b".")


def save_without_end(path: Path, disk: Disk) -> None:
    amount = 1
    while True:
        amount = amount % 900 + 1
        content = path.read_bytes()
        store.save(path, {("funds", "fund", "amount_bn"): amount}, store.sha256_of(content), disk=disk)


def main(path: Path, times: int) -> dict[str, int]:
    seen = {"whole": 0, "changed": 0, "left_behind": 0}
    hear, tell = os.pipe()
    for at in range(times):
        before = path.read_bytes()
        child = os.fork()
        if child == 0:
            save_without_end(path, Telling(tell, ("create", "replace")[at % 2]))
        os.read(hear, 1)
        time.sleep(0.0001 * (at % 40))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        inputs.read_case(path, "networked")
        kept = {version.sha256 for version in store.versions(path)}
        seen["whole"] += path.read_bytes() == before or store.sha256_of(before) in kept
        seen["changed"] += path.read_bytes() != before
        seen["left_behind"] += path.with_suffix(".tmp").exists()
        if at % 10 == 9:
            store.prepare(path.parent)
    return seen


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
