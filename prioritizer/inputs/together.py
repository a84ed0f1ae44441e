"""Tables that belong together are put in place together: while some are still old, a note stands beside them.

Whoever reads a table beside such a note is told; the next import finishes what the note says first.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from errno import EISDIR
from pathlib import Path

NOTE = ".import-unfinished"


def is_unfinished(folder: Path) -> bool:
    """Whether an import into ``folder`` was cut off while its tables were put in place."""
    return (folder / NOTE).is_file()


def waiting_beside(path: Path) -> Path:
    """Where new content waits until it is put in place."""
    return path.with_name(f".{path.name}.part")


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of one folder, by name: all old or all new, or else a note that says which are waiting.

    Raises ``OSError``; where that happens before the note stands, nothing has changed.
    """
    finish(folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _make_ready(folder, files)
    except OSError:
        for name in (*files, NOTE):
            with suppress(OSError):  # what was not written is not there
                waiting_beside(folder / name).unlink()
        raise
    finish(folder)


def _make_ready(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write everything beside its place, and the note last."""
    for name, content in files.items():
        if (folder / name).is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(folder / name))
        waiting_beside(folder / name).write_bytes(content)
    ready = waiting_beside(folder / NOTE)
    ready.write_text("\n".join(files), encoding="utf-8")
    ready.replace(folder / NOTE)


def finish(folder: Path) -> None:
    """Put in place what waits, if a note says so. Raises ``OSError``; then the note stays."""
    if not is_unfinished(folder):
        return
    for name in (folder / NOTE).read_text(encoding="utf-8").splitlines():
        if waiting_beside(folder / name).is_file():
            waiting_beside(folder / name).replace(folder / name)
    (folder / NOTE).unlink()
