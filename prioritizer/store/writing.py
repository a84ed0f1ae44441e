"""A scenario's bytes to its place: written beside, read back, and only then put in the place of the old."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from filelock import Timeout

from prioritizer import inputs
from prioritizer.errors import Fault, InputFaults
from prioritizer.store.disk import Disk, write_whole
from prioritizer.store.editing import edited
from prioritizer.store.names import free_id, unsafe
from prioritizer.store.outcomes import Refused, Saved
from prioritizer.store.versions import FOLDER, TEMPORARY, keep, sha256_of

T = TypeVar("T")
# How long to wait for a program that holds the file, try after try: 3 seconds in all.
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.5)


def guarded(path: Path, disk: Disk, work: Callable[[], T]) -> T | Refused:
    """The work on a scenario while all other saves in its folder wait; what cannot be done is refused."""
    fault = unsafe(path)
    if fault is not None:
        return Refused((fault,))
    try:
        with folder_locked(path.parent, disk):
            return work()
    except InputFaults as found:
        return Refused(found.faults)
    except Timeout:
        return Refused((Fault("saving_busy", path.name),))
    except FileNotFoundError:
        return Refused((Fault("file_missing", path.name),))
    except OSError as error:
        problem = error.strerror or type(error).__name__
        return Refused((Fault("cannot_write", path.name, params={"problem": problem}),))


@contextlib.contextmanager
def folder_locked(folder: Path, disk: Disk) -> Iterator[None]:
    """Keeps all other saves in a folder of scenarios waiting.

    Raises ``FileNotFoundError`` where the folder is gone: to make it again would hide that a drive is."""
    if not disk.exists(folder):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    own = folder / FOLDER
    if not disk.exists(own):
        disk.make_folder(own)
    with disk.locked(own / ".lock"):
        if not disk.exists(own / ".gitignore"):
            write_whole(own / ".gitignore", b"*\n", disk)
        yield


def write(path: Path, content: bytes, disk: Disk) -> Saved:
    """The scenario at ``path`` with these bytes, if they can be read; the version before is kept.

    Raises :class:`InputFaults` for what would not load, ``OSError`` where the system refuses; then ``path``
    is as it was.
    """
    temporary = path.with_suffix(TEMPORARY)
    try:
        write_whole(temporary, content, disk)
        _read_back(temporary, path)
        if disk.exists(path):
            keep(path, disk.read(path), disk.since(path), disk)
        put_in_place(temporary, path, disk)
    except PermissionError:
        if not disk.exists(path):
            raise
        return write_beside(path, content, disk)
    finally:
        with contextlib.suppress(OSError):
            disk.remove(temporary)
    return Saved(path, sha256_of(content), path, _settled(path, content, disk))


def write_beside(path: Path, content: bytes, disk: Disk) -> Saved:
    """The scenario under an id of its own, since another program holds its file. Raises as :func:`write`."""
    other = path.with_name(f"{free_id(path.stem, taken(path.parent, disk))}.yaml")
    saved = write(other, edited(content, path, {("id",): other.stem}), disk)
    return replace(saved, asked=path)


def taken(folder: Path, disk: Disk) -> list[str]:
    """The ids that are not free in a folder."""
    return [Path(name).stem for name in disk.names(folder) if name.casefold().endswith(".yaml")]


def _read_back(temporary: Path, path: Path) -> None:
    """Raises :class:`InputFaults`, with the scenario's own name, where what was written would not load."""
    try:
        inputs.read_case(temporary, inputs.mode_of_operation())
    except InputFaults as found:
        named = (replace(f, file=path.name) if f.file == temporary.name else f for f in found.faults)
        raise InputFaults(named) from None


def put_in_place(temporary: Path, path: Path, disk: Disk) -> None:
    """Windows refuses while another program (Excel, a virus scanner) holds the file: wait, then give up."""
    for seconds in _WAITS:
        try:
            return disk.replace(temporary, path)
        except PermissionError:
            disk.pause(seconds)
    return disk.replace(temporary, path)


def _settled(path: Path, content: bytes, disk: Disk) -> bool:
    """Whether the new name is on the disk. The file is in its place by now: nothing that fails here undoes
    that. The new version is kept too, so that it is known even if the file is edited by hand."""
    with contextlib.suppress(OSError):
        keep(path, content, disk.now(), disk)
    try:
        disk.sync_folder(path.parent)
    except OSError:
        return False
    return True
