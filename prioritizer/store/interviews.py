"""Questionings about weights that are not finished: kept beside the scenarios, so that a reload loses no
answer.

They stand in ``.drafts/.questions/<scenario id>/<over>[.<class>].json``, one for each set of criteria and
class. Two windows that answer the same one do not write over each other: who comes second is shown what
stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from prioritizer.errors import Misread
from prioritizer.model import CLASSES
from prioritizer.scoring.interview import METHODS, Interview, answered
from prioritizer.store.disk import DISK, Disk, write_whole
from prioritizer.store.versions import TEMPORARY
from prioritizer.store.writing import folder_locked

FOLDER = ".drafts/.questions"
_SUFFIX = ".json"


def name_of(held: Interview) -> str:
    """What a questioning goes by: ``root``, ``root.group2-push``."""
    return ".".join(filter(None, (held.over, held.class_)))


def interviews_of(scenario: Path, disk: Disk = DISK) -> tuple[Interview, ...]:
    """The questionings of a scenario that are not finished, by name; files that are none are passed over."""
    folder = _folder(scenario)
    found = (_read(folder / name, disk) for name in disk.names(folder) if name.endswith(_SUFFIX))
    return tuple(held for held in found if held is not None)


def keep_interview(
    scenario: Path, held: Interview, was: Interview | None, disk: Disk = DISK
) -> Interview | None:
    """Keeps a questioning in the place of ``was`` (``None``: there is none yet) and returns what stands there
    then: ``held``, or another window's, which is left as it is; ``None`` where another window ended it.

    Raises ``OSError`` where the system refuses.
    """
    path = _folder(scenario) / f"{name_of(held)}{_SUFFIX}"
    with folder_locked(scenario.parent, disk):
        now = _read(path, disk)
        if now != was:
            return now
        _prepare(path.parent, disk)
        temporary = path.with_suffix(TEMPORARY)
        write_whole(temporary, _written(held), disk)
        disk.replace(temporary, path)
    return held


def drop_interview(scenario: Path, held: Interview, disk: Disk = DISK) -> None:
    """Lets go of a questioning that is finished or no longer wanted. Raises ``OSError``."""
    with folder_locked(scenario.parent, disk):
        disk.remove(_folder(scenario) / f"{name_of(held)}{_SUFFIX}")


def _folder(scenario: Path) -> Path:
    return scenario.parent / FOLDER / scenario.stem.casefold()


def _prepare(folder: Path, disk: Disk) -> None:
    disk.make_folder(folder)
    if not disk.exists(folder.parent / ".gitignore"):
        write_whole(folder.parent / ".gitignore", b"*\n", disk)


def _written(held: Interview) -> bytes:
    return (json.dumps({"schema": 1, **asdict(held)}, ensure_ascii=False, indent=1) + "\n").encode()


def _read(path: Path, disk: Disk) -> Interview | None:
    """The questioning of a file; ``None`` where there is none, or what stands there is no such thing."""
    try:
        tree = json.loads(disk.read(path).decode())
        return _replayed(tree) if tree["schema"] == 1 else None
    except (OSError, ValueError, KeyError, TypeError, Misread):
        return None


def _replayed(tree: Mapping[str, Any]) -> Interview:
    """The questioning with every answer given again, so that none stands that would be refused."""
    texts = {
        each.name: str(tree[each.name]) for each in fields(Interview) if isinstance(tree[each.name], str)
    }
    lists = {name: tuple(map(str, tree[name])) for name in ("asked", "left_out")}
    held = Interview(**texts, **lists)  # type: ignore[arg-type]  # the method is looked at next
    if held.method not in METHODS or held.class_ not in ("", *CLASSES):
        raise ValueError(held.method)
    for answer in tree["answers"]:
        held = answered(held, tuple(map(str, answer)))
    return held
