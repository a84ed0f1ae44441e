"""What two people changed, key by key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from prioritizer.errors import InputFaults
from prioritizer.store.disk import Disk
from prioritizer.store.editing import resolved
from prioritizer.store.outcomes import Conflict, Difference
from prioritizer.store.trees import Tree, at, differences
from prioritizer.store.versions import sha256_of, with_digest


def conflict(
    path: Path, on_disk: bytes, started_sha256: str | None, change: Callable[[Tree], Tree], disk: Disk
) -> Conflict:
    """The conflict between the file as it stands and what ``change`` makes of the version started from."""
    kept = None if started_sha256 is None else with_digest(path, started_sha256, disk)
    now = _tree(on_disk, path)
    start = now if kept is None else _tree(kept, path)
    theirs = change(start)
    places = dict.fromkeys((*differences(start, now), *differences(start, theirs)))
    found = tuple(Difference(place, *(at(tree, place) for tree in (start, now, theirs))) for place in places)
    return Conflict(path, sha256_of(on_disk), disk.since(path), kept is not None, found)


def _tree(content: bytes, path: Path) -> Tree:
    """What a version comes to; nothing where it can no longer be read."""
    try:
        return resolved(content, path)
    except InputFaults:
        return {}
