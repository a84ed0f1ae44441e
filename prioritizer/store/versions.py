"""Versions of scenarios that were saved over: kept beside them, listed, bounded in number.

They stand in ``.versions/<id>/<time>-<first 8 of the SHA-256>.yaml``, the time in UTC being since when a
version was the scenario. Of each scenario the newest 50 stay, and of every day before the last of the day, up
to 365 in all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from prioritizer.store.disk import DISK, Disk, write_whole
from prioritizer.store.outcomes import Version

FOLDER = ".versions"
TEMPORARY = ".tmp"
NEWEST, MOST = 50, 365
_TIME = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(r"([0-9]{8}T[0-9]{6}\.[0-9]{6}Z)-([0-9a-f]{8})\.yaml")


def sha256_of(content: bytes) -> str:
    """The digest that versions are told apart by."""
    return hashlib.sha256(content).hexdigest()


def folder_of(scenario: Path) -> Path:
    """Where the versions of a scenario are kept; its id in small letters, since ids differ by more."""
    return scenario.parent / FOLDER / scenario.stem.casefold()


def versions(scenario: Path, disk: Disk = DISK) -> tuple[Version, ...]:
    """The versions of a scenario that are kept, the newest first, the one of now perhaps among them."""
    folder = folder_of(scenario)
    found = [_version(folder / name, disk) for name in _names(folder, disk)]
    return tuple(reversed(found))


def content_of(version: Version, disk: Disk = DISK) -> bytes:
    """A version's bytes."""
    return disk.read(version.path)


def with_digest(scenario: Path, sha256: str, disk: Disk = DISK) -> bytes | None:
    """The bytes of the scenario's version with a digest: the file as it stands, or one that is kept."""
    kept = [folder_of(scenario) / name for name in _names(folder_of(scenario), disk) if sha256[:8] in name]
    for path in (scenario, *kept):
        content = disk.read(path) if disk.exists(path) else b""
        if sha256_of(content) == sha256:
            return content
    return None


def keep(scenario: Path, content: bytes, since: datetime, disk: Disk) -> None:
    """Keeps a version, unless it is the newest kept already; then lets go of those beyond the rule."""
    folder, digest = folder_of(scenario), sha256_of(content)
    names = _names(folder, disk)
    if names and disk.read(folder / names[-1]) == content:
        return
    name = f"{_after(since, names)}-{digest[:8]}.yaml"
    disk.make_folder(folder)
    temporary = (folder / name).with_suffix(TEMPORARY)
    write_whole(temporary, content, disk)
    disk.replace(temporary, folder / name)
    for old in beyond_the_rule([*names, name]):
        disk.remove(folder / old)


def beyond_the_rule(names: Sequence[str]) -> list[str]:
    """The names, in order of time, that do not stay."""
    last_of_day = {name[:8]: name for name in names}
    stay = set(sorted({*names[-NEWEST:], *last_of_day.values()})[-MOST:])
    return [name for name in names if name not in stay]


def _after(since: datetime, names: Sequence[str]) -> str:
    """A time as names have it; a clock that was put back does not put a version before older ones."""
    text = since.astimezone(UTC).strftime(_TIME)
    newest = names[-1].rpartition("-")[0] if names else ""
    return text if text > newest else f"{newest[:-7]}{int(newest[-7:-1]) + 1:06d}Z"


def _names(folder: Path, disk: Disk) -> list[str]:
    return [name for name in disk.names(folder) if _NAME.fullmatch(name)]


def _version(path: Path, disk: Disk) -> Version:
    since = datetime.strptime(path.name.rpartition("-")[0], _TIME).replace(tzinfo=UTC)
    return Version(path, since, sha256_of(disk.read(path)))
