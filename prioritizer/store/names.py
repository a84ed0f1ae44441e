"""Ids for new scenarios: from a title to a name of a file that is safe on every system."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from prioritizer import locale
from prioritizer.errors import Fault
from prioritizer.model import ID_PATTERN

LONGEST = 48  # characters of a made id, so that a number behind it still fits
# Devices on Windows, whatever stands behind their first dot.
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"}
_DEVICES |= {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}


def slug(title: str) -> str:
    """A title in small letters without marks, words joined by hyphens; ``scenario`` where nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", locale.fold(title)).strip("-")[:LONGEST].strip("-")
    if is_device(plain):
        return f"scenario-{plain}"
    return plain or "scenario"


def free_id(title: str, taken: Collection[str]) -> str:
    """An id made of a title that no other has, whatever its capitals: ``few``, ``few-2``, ``few-3``, …"""
    wanted, used = slug(title), {name.casefold() for name in taken}
    number = 2
    free = wanted
    while free in used:
        free = f"{wanted}-{number}"
        number += 1
    return free


def is_device(name: str) -> bool:
    """Whether Windows takes a file of that name for a device."""
    return name.split(".")[0].casefold() in _DEVICES


def unsafe(path: Path) -> Fault | None:
    """Why a scenario must not be written at ``path``: not an id, a device, a dot at the end, another kind of
    file, or a folder that the name leads out of or that is not there."""
    if path.suffix != ".yaml" or ".." in path.parts or not is_id(path.stem):
        return unsafe_name(path.stem)
    return None if path.parent.is_dir() else Fault("file_missing", path.name)


def is_id(name: str) -> bool:
    """Whether a scenario may be called so: every system takes a file of that name."""
    return bool(re.fullmatch(ID_PATTERN, name)) and not name.endswith(".") and not is_device(name)


def unsafe_name(name: str) -> Fault:
    """That a scenario cannot be called so."""
    return Fault("unsafe_name", None, None, "id", {"text": ascii(name)[1:-1][:80]})
