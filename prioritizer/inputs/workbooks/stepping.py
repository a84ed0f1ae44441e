"""An import's tables go in together with what stood there before, so that one step back is possible.

What stood there lies in one file beside the tables, which is put in place with them: there is never a table
of one import and the way back from another.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from prioritizer.inputs.together import standing, write_together

BEFORE = ".import-before"
_ABOUT = "about.json"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same tables


@dataclass(frozen=True)
class Step:
    """The last import into a folder, or the last step back: ``at`` when (as ISO 8601), whose files it was
    (``senders``), and whether it is ``undone``; ``names`` are those of the files it wrote.

    ``untouched``: the files are still as it wrote them, so that it can be taken back.
    """

    at: str
    senders: tuple[str, ...]
    undone: bool
    names: tuple[str, ...]
    untouched: bool


def seen(folder: Path, names: Sequence[str]) -> str:
    """A digest of what stands under the names, by which it is known again. Raises ``OSError``."""
    return _digest_of(standing(folder, dict.fromkeys(names)))


def put_in(
    folder: Path,
    files: Mapping[str, bytes | None],
    known: str,
    names: Sequence[str],
    at: str,
    senders: Sequence[str],
) -> bool:
    """Write an import's files together, the way back among them; ``None``: the file goes.

    False, and nothing is written, where under ``names`` something else stands than what was ``known``.
    Raises ``OSError`` as :func:`~prioritizer.inputs.together.write_together` does.
    """
    if seen(folder, names) != known:
        return False
    _step(folder, files, at, senders, undone=False)
    return True


def step_of(folder: Path) -> Step | None:
    """The step that can be taken back in a folder, if there is one that can be read."""
    found = _read(folder)
    return None if found is None else found[0]


def step_back(folder: Path, at: str) -> bool:
    """Put back what stood there before the last import; after that, the import again.

    False where there is nothing to put back, or where the tables are not as the step left them. Raises
    ``OSError``.
    """
    found = _read(folder)
    if found is None or not found[0].untouched:
        return False
    step, before = found
    _step(folder, before, at, step.senders, undone=not step.undone)
    return True


def _step(
    folder: Path, files: Mapping[str, bytes | None], at: str, senders: Sequence[str], *, undone: bool
) -> None:
    before = standing(folder, files)
    about = {"schema": "1", "at": at, "senders": [*senders], "undone": undone}
    about |= {"names": [*files], "after": _digest_of(files)}
    write_together(folder, {**files, BEFORE: _packed(about, before)})


def _packed(about: Mapping[str, object], before: Mapping[str, bytes | None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        entries = {_ABOUT: json.dumps(about, ensure_ascii=False).encode("utf-8")}
        entries |= {name: content for name, content in before.items() if content is not None}
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _read(folder: Path) -> tuple[Step, dict[str, bytes | None]] | None:
    """The last step and what stood there before it, or ``None`` where there is nothing of ours."""
    try:
        with zipfile.ZipFile(folder / BEFORE) as archive:
            about = json.loads(archive.read(_ABOUT))
            there = {*archive.namelist()}
            names = tuple(str(name) for name in about["names"] if Path(name).name == name)
            before = {name: archive.read(name) if name in there else None for name in names}
        untouched = seen(folder, names) == about["after"]
        senders = tuple(str(sender) for sender in about["senders"])
        return Step(str(about["at"]), senders, bool(about["undone"]), names, untouched), before
    except (OSError, ValueError, LookupError, TypeError, zipfile.BadZipFile):
        return None


def _digest_of(files: Mapping[str, bytes | None]) -> str:
    marks = [
        (name, None if content is None else hashlib.sha256(content).hexdigest())
        for name, content in sorted(files.items())
    ]
    return hashlib.sha256(repr(marks).encode("utf-8")).hexdigest()
