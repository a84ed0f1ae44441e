"""A scenario out of a pack: with its tables and lists into a folder of scenarios, over nothing that is there.

What it extended is laid into it, so that it stands alone. Tables are copied; a list that the folder finds by
the same name is copied only where it says something else.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.case import criteria_folders
from prioritizer.inputs.documents import locate
from prioritizer.inputs.enclosed import LISTS, TABLES, Enclosed, laid_out
from prioritizer.store.disk import DISK, Disk, write_whole
from prioritizer.store.editing import edited, resolved, said
from prioritizer.store.names import is_id, unsafe_name
from prioritizer.store.outcomes import Outcome, Refused
from prioritizer.store.rendering import document
from prioritizer.store.trees import THINGS, Place, listed, plain
from prioritizer.store.writing import guarded, taken, write

HOME = "registers"  # where tables lie in a folder of scenarios


@dataclass(frozen=True)
class _Copy:
    """A file that goes along: its place in the folder of scenarios."""

    place: str
    content: bytes


def unpack(
    files: Sequence[Enclosed],
    names: Mapping[str, str],
    folder: Path,
    name: str,
    disk: Disk = DISK,
    title: Mapping[str, str] | str | None = None,
) -> Outcome:
    """The scenario of enclosed files as ``name`` in a folder of scenarios, to be edited like any other.

    ``names``: what the scenario calls its lists, by role; ``title``: another than it has. Refused where the
    id is taken, or where a file of another content stands in the place of a table; then nothing is written.
    """
    if not is_id(name):
        return Refused((unsafe_name(name),))
    path = folder / f"{name}.yaml"

    def work() -> Outcome:
        if name.casefold() in map(str.casefold, taken(folder, disk)):
            raise InputFaults([Fault("scenario_id_taken", path.name, params={"text": name})])
        copies = _copies(files, names, path)
        clashes = [each.place for each in copies.values() if _is_other(folder / each.place, each, disk)]
        if clashes:
            raise InputFaults([Fault("table_in_the_way", place) for place in clashes])
        changes: dict[Place, object] = {(role,): each.place for role, each in copies.items()}
        changes |= {} if title is None else {("title",): plain(title)}
        content = edited(_alone(files), path, {("id",): name} | changes)
        with _put(copies, folder, disk):
            return write(path, content, disk)

    return guarded(path, disk, work)


def _alone(files: Sequence[Enclosed]) -> bytes:
    """The scenario's own file, what it extends laid into it."""
    own = next(each for each in files if each.role == "scenario")
    if not isinstance(said(own.content, own.named).get("extends"), str):
        return own.content
    with tempfile.TemporaryDirectory(prefix="prioritizer-pack-") as folder:
        tree = resolved(own.content, laid_out(files, Path(folder)))
    things = {kind: listed(kind, tree[kind]) for kind in THINGS if isinstance(tree.get(kind), dict)}
    whole = {key: each for key, each in (tree | things).items() if key != "extends"}
    return document(whole).encode()


def _copies(files: Sequence[Enclosed], names: Mapping[str, str], path: Path) -> dict[str, _Copy]:
    """By role, what has to be copied: tables, and lists that the folder does not find as they are."""
    copies: dict[str, _Copy] = {}
    for each in files:
        if each.role in TABLES or (each.role in LISTS and not _is_found(each, names, path)):
            own = each.path.rpartition("/")[2]
            used = {copy.place.rpartition("/")[2].casefold() for copy in copies.values()}
            own = f"{each.role}-{own}" if own.casefold() in used else own
            copies[each.role] = _Copy(f"{HOME}/{path.stem}/{own}", each.content)
    return copies


def _is_found(file: Enclosed, names: Mapping[str, str], path: Path) -> bool:
    found = locate(names[file.role], path, criteria_folders(path))
    return found is not None and found.read_bytes() == file.content


def _is_other(path: Path, copy: _Copy, disk: Disk) -> bool:
    return disk.exists(path) and (not path.is_file() or disk.read(path) != copy.content)


@contextlib.contextmanager
def _put(copies: Mapping[str, _Copy], folder: Path, disk: Disk) -> Iterator[None]:
    """The copies in their places; gone again where the scenario cannot be written."""
    new: list[Path] = []
    try:
        for each in copies.values():
            place = folder / each.place
            if not disk.exists(place):
                disk.make_folder(place.parent)
                new.append(place)
                write_whole(place, each.content, disk)
        yield
    except BaseException:
        for place in new:
            with contextlib.suppress(OSError):
                disk.remove(place)
        for parent in {place.parent for place in new}:
            with contextlib.suppress(OSError):  # something else is in it
                parent.rmdir()
        raise
