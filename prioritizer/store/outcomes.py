"""What comes of a save: done, refused with its faults, or a conflict to choose about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from prioritizer.errors import Fault
from prioritizer.store.trees import Place, Value


@dataclass(frozen=True)
class Saved:
    """The scenario stands in ``path`` with the digest ``sha256``.

    ``asked`` is where it was to go: another place than ``path`` where that file was held by another program
    for too long, and the scenario was saved beside it under an id of its own. ``durable`` is false where the
    system could not confirm that the new name of the file would outlive a power cut.
    """

    path: Path
    sha256: str
    asked: Path
    durable: bool = True

    @property
    def beside(self) -> bool:
        """Whether it had to be saved beside the file that was asked for."""
        return self.path != self.asked


@dataclass(frozen=True)
class Refused:
    """Nothing was replaced; why, fault by fault."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Difference:
    """One key at which the version they started from, the one on disk and theirs are not all the same;
    ``ABSENT`` where a version has nothing there."""

    place: Place
    started: Value
    on_disk: Value
    theirs: Value

    @property
    def clashes(self) -> bool:
        """Whether both changed it, and not to the same."""
        return bool(self.started != self.on_disk != self.theirs != self.started)


@dataclass(frozen=True)
class Conflict:
    """The file is not the one they started from; nothing was written.

    Where the version they started from is no longer known (``started_known`` is false), it is taken to be
    the one on disk, so that ``differences`` are theirs against that.
    """

    path: Path
    on_disk_sha256: str
    on_disk_since: datetime
    started_known: bool
    differences: tuple[Difference, ...]


Outcome = Saved | Refused | Conflict


@dataclass(frozen=True)
class Version:
    """A version of a scenario that was kept: since when it stood there, and its digest."""

    path: Path
    since: datetime
    sha256: str


@dataclass(frozen=True)
class Prepared:
    """What was done to a folder at start: ids of scenarios brought up to date, those that could not be with
    why, and how many files of saves that were cut off were removed."""

    upgraded: tuple[str, ...]
    refused: tuple[tuple[str, Refused], ...]
    swept: int
