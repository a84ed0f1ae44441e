"""Whether scenarios can still be read once an import is written: tried on copies, before anything is."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.case import read_case
from prioritizer.inputs.workbooks.home import Home, home_of

_READ = (".yaml", ".yml", ".csv")


def users_of(home: Home, scenarios: Sequence[Path]) -> list[Path]:
    """The scenarios that refer to one of these tables at least."""
    return [
        path for path in scenarios if _tables(path) & {home.folder / name for name in home.names.values()}
    ]


def _tables(scenario: Path) -> set[Path]:
    try:
        home = home_of(scenario)
    except InputFaults:
        return set()
    return {home.folder / name for name in home.names.values()} if home else set()


def rehearse(
    scenarios: Sequence[Path], home: Home, files: Mapping[str, bytes], mode: str
) -> dict[Path, tuple[Fault, ...]]:
    """What would be wrong with each of the scenarios, all of one folder, after the ``files`` are written."""
    if not scenarios:
        return {}
    own = scenarios[0].parent.resolve()
    with TemporaryDirectory() as made:
        place = Path(made).resolve()
        _copy(own, place / own.name)
        if (own.parent / "criteria").is_dir():
            _copy(own.parent / "criteria", place / "criteria")
        for name, content in files.items():
            (place / home.folder.resolve().relative_to(own.parent) / name).write_bytes(content)
        return {path: _faults(place / own.name / path.name, mode) for path in scenarios}


def _copy(folder: Path, to: Path) -> None:
    """Copies what may be read; the copy can be written, whatever the folder itself allows."""
    to.mkdir(exist_ok=True)
    left_out = _not_read(str(folder), [each.name for each in folder.iterdir()])
    for each in folder.iterdir():
        if each.name not in left_out:
            _copy(each, to / each.name) if each.is_dir() else shutil.copyfile(each, to / each.name)


def _not_read(folder: str, names: list[str]) -> set[str]:
    """What no scenario refers to: old versions, drafts, workbooks."""
    files = (name for name in names if not (Path(folder) / name).is_dir())
    return {name for name in names if name.startswith(".")} | {
        name for name in files if Path(name).suffix.casefold() not in _READ
    }


def _faults(scenario: Path, mode: str) -> tuple[Fault, ...]:
    try:
        read_case(scenario, mode)
    except InputFaults as found:
        return found.faults
    return ()
