"""What saving asks of the file system, call by call, so that a test can let any of them fail."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock

WAIT_SECONDS = 15.0  # for the others' saves; one takes a fraction of a second


class Disk:
    """The file system of this machine."""

    def read(self, path: Path) -> bytes:
        """All bytes of a file."""
        return path.read_bytes()

    def exists(self, path: Path) -> bool:
        """Whether there is something at a path."""
        return path.exists()

    def since(self, path: Path) -> datetime:
        """When a file was last written."""
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def now(self) -> datetime:
        """What the clock says."""
        return datetime.now(UTC)

    def names(self, folder: Path) -> list[str]:
        """The names of what is in a folder; none where there is no folder."""
        return sorted(os.listdir(folder)) if folder.is_dir() else []  # noqa: PTH208  # names, not paths

    def make_folder(self, folder: Path) -> None:
        """A folder with those above it, if it is not there yet."""
        folder.mkdir(parents=True, exist_ok=True)

    def create(self, path: Path) -> BinaryIO:
        """A new file, open for writing; what a save that was cut off left there goes."""
        path.unlink(missing_ok=True)
        return path.open("xb")

    def put(self, stream: BinaryIO, content: bytes) -> None:
        """Hands bytes to the system."""
        stream.write(content)
        stream.flush()

    def sync(self, stream: BinaryIO) -> None:
        """Waits until the system has a file's bytes on the disk."""
        os.fsync(stream.fileno())

    def replace(self, source: Path, target: Path) -> None:
        """Puts one file in the place of another, at once."""
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Waits until the names in a folder are on the disk; Windows has no such call and needs none."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        """Removes a file, if it is there."""
        path.unlink(missing_ok=True)

    def pause(self, seconds: float) -> None:
        """Lets another program finish."""
        time.sleep(seconds)

    @contextlib.contextmanager
    def locked(self, path: Path) -> Iterator[None]:
        """Keeps all others out who ask for the same lock; the system lets go of it when a process ends.

        Raises ``TimeoutError`` (of filelock) where it was not free in time.
        """
        with FileLock(path, timeout=WAIT_SECONDS, poll_interval=0.01):
            yield


DISK = Disk()


def write_whole(path: Path, content: bytes, disk: Disk) -> None:
    """A new file with all its bytes on the disk."""
    with disk.create(path) as stream:
        disk.put(stream, content)
        disk.sync(stream)
