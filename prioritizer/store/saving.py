"""Saving scenarios: changes to one, a new one, an earlier version again.

A save begins with the digest of the file that its author started from. Where another file stands there by
now, nothing is written and the answer is a :class:`Conflict`. Its author may then

- put the same changes on the file as it stands: ``save(path, changes, conflict.on_disk_sha256)``;
- make the file what they meant, without the other's changes: the same with ``onto=`` what they started from;
- save as new: ``save_new(path, title, changes, onto=`` what they started from ``)``;
- drop their changes and load the file again.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from prioritizer.errors import Fault, InputFaults
from prioritizer.store.conflicts import conflict
from prioritizer.store.disk import DISK, Disk
from prioritizer.store.editing import edited, resolved
from prioritizer.store.names import free_id
from prioritizer.store.outcomes import Outcome, Saved, Version
from prioritizer.store.rendering import document
from prioritizer.store.trees import Place, changed, plain
from prioritizer.store.upgrades import CURRENT
from prioritizer.store.versions import content_of, sha256_of, with_digest
from prioritizer.store.writing import guarded, taken, write

_FOR_EDITORS = "# yaml-language-server: $schema=scenario.schema.json\n"
Changes = Mapping[Place, object]


def save(
    path: Path, changes: Changes, expected_sha256: str, onto: str | None = None, disk: Disk = DISK
) -> Outcome:
    """The scenario at ``path`` with changes, if its file still has the digest ``expected_sha256``.

    ``changes``: values (text, whole numbers, fractions, maps, lists) by their places in what the scenario
    comes to after ``extends``; ``ABSENT`` takes away. ``onto``: the digest of an earlier version that they
    are made to instead. Raises ``ValueError`` for a place below something that holds nothing.
    """

    def work() -> Outcome:
        content = _read(path, disk)
        if sha256_of(content) != expected_sha256:
            return conflict(path, content, expected_sha256, lambda start: changed(start, changes), disk)
        start = content if onto is None else _known(path, onto, disk)
        return _saved(path, edited(start, path, changes), content, disk)

    return guarded(path, disk, work)


def save_new(
    source: Path,
    title: Mapping[str, str] | str,
    changes: Changes | None = None,
    how: Literal["copy", "extends"] = "copy",
    onto: str | None = None,
    disk: Disk = DISK,
) -> Outcome:
    """A new scenario beside ``source`` under an id made of its title: a copy of it with changes, or one that
    extends it, in which only the changes stand.

    ``onto``: the digest of an earlier version of the source to copy.
    """

    def work() -> Outcome:
        words = plain(title)
        shown = words if isinstance(words, str) else words["vi"]
        name = free_id(shown, taken(source.parent, disk))
        path = source.with_name(f"{name}.yaml")
        own = {("id",): name, ("title",): words, **(changes or {})}
        if how == "extends":
            return write(path, edited(_extending(source, name, words), path, own), disk)
        content = _read(source, disk) if onto is None else _known(source, onto, disk)
        return write(path, edited(content, source, own), disk)

    return guarded(source, disk, work)


def restore(path: Path, version: Version, expected_sha256: str | None, disk: Disk = DISK) -> Outcome:
    """The scenario as it was in a version, saved like any other; ``None``: there is no file to replace."""

    def work() -> Outcome:
        old = content_of(version, disk)
        content = _read(path, disk) if disk.exists(path) else None
        if content is None and expected_sha256 is None:
            return write(path, old, disk)
        content = _read(path, disk) if content is None else content
        if sha256_of(content) != expected_sha256:
            return conflict(path, content, expected_sha256, lambda _: resolved(old, path), disk)
        return _saved(path, old, content, disk)

    return guarded(path, disk, work)


def _saved(path: Path, new: bytes, content: bytes, disk: Disk) -> Saved:
    return Saved(path, sha256_of(content), path) if new == content else write(path, new, disk)


def _extending(source: Path, name: str, title: object) -> bytes:
    tree = {"schema": CURRENT, "id": name, "extends": source.stem, "title": title}
    return (_FOR_EDITORS + document(tree)).encode()


def _read(path: Path, disk: Disk) -> bytes:
    """Raises :class:`InputFaults` where there is no file."""
    try:
        return disk.read(path)
    except FileNotFoundError:
        raise InputFaults([Fault("file_missing", path.name)]) from None


def _known(path: Path, sha256: str, disk: Disk) -> bytes:
    """Raises :class:`InputFaults` for a version that is not kept."""
    content = with_digest(path, sha256, disk)
    if content is None:
        raise InputFaults([Fault("version_unknown", path.name)])
    return content
