"""The files that a case was read from, read once more as they are, so that they can be enclosed elsewhere.

Inside a pack they keep their places to each other: what lay beside the scenario lies in ``scenarios/``, what
it found by an id in ``scenarios/criteria/``. So the scenario reads there as it did at home.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.case import criteria_folders
from prioritizer.inputs.documents import inside, locate
from prioritizer.inputs.remembered import digest_of
from prioritizer.inputs.tables import LARGEST_TABLE_BYTES
from prioritizer.inputs.yamltree import read_bytes
from prioritizer.model import Case, InputFile

TABLES = ("register", "costs", "assessments")
LISTS = ("criteria", "ministries", "products")
HOME = "scenarios"


@dataclass(frozen=True)
class Enclosed:
    """A file with its role and the name that the scenario gives it; ``path`` is its place in a folder of
    which :data:`HOME`, the folder of scenarios, is one."""

    role: str
    named: str
    path: str
    content: bytes


def enclosed(case: Case, scenario: Path, content: bytes | None = None) -> tuple[Enclosed, ...]:
    """All files of a case that was read from ``scenario``, the scenario's own first.

    ``content``: what the scenario's own file was taken to hold. Raises :class:`InputFaults` for a file that
    is another by now, or that lies where no pack can hold it.
    """
    files = [_enclosed(case, file, scenario, content) for file in case.inputs]
    faults = [Fault("pack_odd_place", each.named) for each in files if not _is_home(each.path)]
    changed = [
        Fault("changed_meanwhile", file.path)
        for file, each in zip(case.inputs, files, strict=True)
        if digest_of(each.content) != file.sha256
    ]
    if faults or changed:
        raise InputFaults([*faults, *changed])
    return tuple(files)


def _enclosed(case: Case, file: InputFile, scenario: Path, content: bytes | None) -> Enclosed:
    if file.role == "scenario":
        own = content if file.path == scenario.name else None
        found: Path | None = scenario.parent / file.path
        place = posixpath.join(HOME, file.path)
    else:
        own, name = None, name_in(case, file.role)
        find = inside if file.role in TABLES else locate
        found, place = find(name, scenario, criteria_folders(scenario)), _place(file.role, name)
    if own is None:
        own = b"" if found is None else read_bytes(found, file.path, LARGEST_TABLE_BYTES)
    return Enclosed(file.role, file.path, place, own)


def name_in(case: Case, role: str) -> str:
    """What the scenario calls the file of a role."""
    name = case.scenario.register_ if role == "register" else getattr(case.scenario, role)
    return str(name)


def _place(role: str, name: str) -> str:
    """Where a scenario finds what it calls so: beside it, or by its id among the criteria."""
    if role in LISTS and not any(mark in name for mark in "/\\") and not name.endswith(".yaml"):
        return f"{HOME}/criteria/{name}.yaml"
    return posixpath.normpath(posixpath.join(HOME, name.replace("\\", "/")))


def _is_home(place: str) -> bool:
    return place.startswith((f"{HOME}/", "criteria/"))


def laid_out(files: Sequence[Enclosed], folder: Path) -> Path:
    """Write enclosed files to an empty folder; the path of the scenario there. Raises ``OSError``."""
    for each in files:
        path = folder / each.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.content)
    return folder / next(each.path for each in files if each.role == "scenario")
