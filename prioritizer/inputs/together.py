"""Tables that belong together are put in place together: while some are still old, a note stands beside them.

Whoever reads a table beside such a note is told; the next import finishes what the note says first. What
stood there before can be kept with the new tables, so that one step back is possible.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from errno import EISDIR
from pathlib import Path

NOTE = ".import-unfinished"
_NEW, _OLD = "part", "back"  # what waits, by the ends of its names: new content, or what stood there before
_GONE = "gone"  # there is to be no such file
# How long to wait for a program (Excel) that holds a file on Windows, try after try: 3 seconds in all.
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.5)


def is_unfinished(folder: Path) -> bool:
    """Whether an import into ``folder`` was cut off while its tables were put in place."""
    return (folder / NOTE).is_file()


def waiting_beside(path: Path, kind: str = _NEW) -> Path:
    """Where content waits until it is put in place."""
    return path.with_name(f".{path.name.removeprefix('.')}.{kind}")


def standing(folder: Path, names: Mapping[str, object]) -> dict[str, bytes | None]:
    """What stands under the names; ``None`` where there is no file. Raises ``OSError``."""
    paths = {name: folder / name for name in names}
    return {name: path.read_bytes() if path.is_file() else None for name, path in paths.items()}


def write_together(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Write files of one folder, by name, and remove those that are ``None``: all old or all new, or else a
    note that says which are waiting.

    Raises ``OSError``; then everything is as it was, unless not even that could be put back: then the note
    stands.
    """
    finish(folder)
    folder.mkdir(parents=True, exist_ok=True)
    before = standing(folder, files)
    try:
        _make_ready(folder, files, _NEW)
        finish(folder)
    except OSError:
        if is_unfinished(folder):
            _put_back(folder, before)
        _clear(folder, files)
        raise


def _make_ready(folder: Path, files: Mapping[str, bytes | None], kind: str) -> None:
    """Write everything beside its place, and the note last."""
    for name, content in files.items():
        if (folder / name).is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(folder / name))
        if content is not None:
            _write(waiting_beside(folder / name, kind), content)
    lines = [f"{name}\t{_GONE if content is None else kind}" for name, content in files.items()]
    ready = waiting_beside(folder / NOTE)
    _write(ready, "\n".join(lines).encode("utf-8"))
    ready.replace(folder / NOTE)


def _put_back(folder: Path, before: Mapping[str, bytes | None]) -> None:
    """What stood there before. The note is replaced at once by one that says so: whatever comes between, what
    is finished then is the way back."""
    now = standing(folder, before)
    with suppress(OSError):
        _make_ready(folder, {name: old for name, old in before.items() if now[name] != old}, _OLD)
        finish(folder)


def _write(path: Path, content: bytes) -> None:
    """A file with all its bytes on the disk: the note must never outlive what it speaks of."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _clear(folder: Path, names: Mapping[str, object]) -> None:
    """Remove what waits for nothing; while a note stands everything may be waited for."""
    for name in (*names, NOTE) if not is_unfinished(folder) else ():
        for kind in (_NEW, _OLD):
            with suppress(OSError):  # what was not written is not there
                waiting_beside(folder / name, kind).unlink()


def finish(folder: Path) -> None:
    """Put in place what waits, if a note says so. Raises ``OSError``; then the note stays."""
    if not is_unfinished(folder):
        return
    for line in (folder / NOTE).read_text(encoding="utf-8").splitlines():
        name, _, kind = line.partition("\t")
        if kind == _GONE:
            (folder / name).unlink(missing_ok=True)
        elif waiting_beside(folder / name, kind or _NEW).is_file():
            _replace(waiting_beside(folder / name, kind or _NEW), folder / name)
    (folder / NOTE).unlink()


def _replace(waiting: Path, path: Path) -> None:
    for seconds in _WAITS if os.name == "nt" else ():
        try:
            waiting.replace(path)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    waiting.replace(path)
