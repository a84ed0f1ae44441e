"""A folder of scenarios made ready at start: what saves left behind goes, files of earlier versions are
brought up to date."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from prioritizer.errors import InputFaults
from prioritizer.model import ID_PATTERN
from prioritizer.store.disk import DISK, Disk
from prioritizer.store.drafts import DRAFTS
from prioritizer.store.editing import said, said_instead
from prioritizer.store.outcomes import Outcome, Prepared, Refused
from prioritizer.store.upgrades import STEPS, upgraded
from prioritizer.store.versions import FOLDER, TEMPORARY
from prioritizer.store.writing import folder_locked, guarded, write


def prepare(folder: Path, disk: Disk = DISK) -> Prepared:
    """Removes what saves that were cut off left behind, and saves scenarios of earlier versions as those of
    today, each version before kept. What cannot be done is left as it is."""
    swept = 0
    with contextlib.suppress(OSError):  # a folder that cannot be written to needs no sweeping
        swept = sweep(folder, disk)
    old = [path for path in _scenarios(folder, disk) if STEPS and _is_old(path, disk)]
    done: list[str] = []
    while True:  # what extends another can be read back only once that is up to date
        outcomes = {path: _upgrade(path, disk) for path in old}
        refused = {path: each for path, each in outcomes.items() if isinstance(each, Refused)}
        done += [path.stem for path in old if path not in refused]
        if len(refused) == len(old):
            return Prepared(tuple(done), tuple((path.stem, each) for path, each in refused.items()), swept)
        old = list(refused)


def sweep(folder: Path, disk: Disk = DISK) -> int:
    """Removes the files of saves that were cut off; how many. Raises ``OSError``."""
    with folder_locked(folder, disk):
        owns = (folder / FOLDER, folder / DRAFTS)
        places = [folder, *(own / name for own in owns for name in disk.names(own))]
        stray = [place / name for place in places for name in disk.names(place) if _is_stray(name)]
        for path in stray:
            disk.remove(path)
        return len(stray)


def _is_stray(name: str) -> bool:
    return name.endswith(TEMPORARY) and re.fullmatch(ID_PATTERN, name.removesuffix(TEMPORARY)) is not None


def _scenarios(folder: Path, disk: Disk) -> list[Path]:
    return [folder / name for name in disk.names(folder) if name.endswith(".yaml")]


def _is_old(path: Path, disk: Disk) -> bool:
    try:
        return str(said(disk.read(path), path.name).get("schema")) in STEPS
    except (InputFaults, OSError):
        return False


def _upgrade(path: Path, disk: Disk) -> Outcome:
    def work() -> Outcome:
        content = disk.read(path)
        return write(path, said_instead(content, path.name, upgraded(said(content, path.name))), disk)

    return guarded(path, disk, work)
