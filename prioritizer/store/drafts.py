"""Drafts on disk: what people try on a scenario, kept beside it until it is saved or dropped.

A draft stands in ``.drafts/<scenario id>/<draft id>.json``. Before every step it is read anew under the lock
that saves take too, so that two windows on one draft lose nothing. The version it started from is kept.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from prioritizer import inputs
from prioritizer.errors import Fault, InputFaults
from prioritizer.model import Case
from prioritizer.store.disk import DISK, Disk, write_whole
from prioritizer.store.drafting import LARGEST_BYTES, Draft, Step, is_draft_id, new_id, read, written
from prioritizer.store.editing import edited, resolved
from prioritizer.store.outcomes import Refused
from prioritizer.store.trees import Place, Value, at, plain
from prioritizer.store.versions import TEMPORARY, keep, sha256_of, with_digest
from prioritizer.store.writing import guarded, put_in_place

DRAFTS = ".drafts"


@dataclass(frozen=True)
class Drafts:
    """The drafts of a scenario that have something in them, the newest first, and files that are none."""

    found: tuple[Draft, ...]
    broken: tuple[Path, ...]


def drafts_of(scenario: Path, disk: Disk = DISK) -> Drafts:
    """What is kept of drafts of a scenario."""
    found, broken = list[Draft](), list[Path]()
    for name in disk.names(_folder(scenario)):
        if name.endswith(TEMPORARY):
            continue
        try:
            found.append(_read(_folder(scenario) / name, scenario, disk))
        except FileNotFoundError:
            continue  # gone since it was listed
        except (ValueError, OSError):
            broken.append(_folder(scenario) / name)
    open_ones = [each for each in found if each.done]
    return Drafts(tuple(sorted(open_ones, key=lambda each: each.steps[-1].at, reverse=True)), tuple(broken))


def draft_of(scenario: Path, draft_id: str, disk: Disk = DISK) -> Draft | None:
    """A draft of a scenario; ``None`` where there is none. Raises :class:`InputFaults` where its file cannot
    be read as one."""
    if not is_draft_id(draft_id):
        return None
    path = _path(scenario, draft_id)
    try:
        return _read(path, scenario, disk)
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise InputFaults([_broken(path, error)]) from None


def content_under(scenario: Path, draft: Draft, disk: Disk = DISK) -> bytes:
    """What the scenario's file would hold if the draft were saved on the version that it started from; where
    that is not known any more, on the file as it stands. Raises :class:`InputFaults`."""
    try:
        start = with_digest(scenario, draft.started_sha256, disk) or disk.read(scenario)
    except FileNotFoundError:
        raise InputFaults([Fault("file_missing", scenario.name)]) from None
    return _laid_over(start, scenario, draft)


def try_step(
    scenario: Path,
    draft_id: str | None,
    started_sha256: str,
    what: str,
    changes: Mapping[Place, object],
    series: str = "",
    disk: Disk = DISK,
    *,
    seen: Draft | None = None,
    meanwhile: Callable[[Case], object] | None = None,
) -> Draft | Refused:
    """The draft with one more step, if the scenario can be read with it; ``None`` begins a draft.

    ``started_sha256``: the file that a new draft starts from. A step that changes nothing is not kept, and a
    draft without steps is not kept either. ``seen``: the draft as its author saw it; a step is refused where
    another has since changed what it changes. ``meanwhile`` is given the new case before the step is written.
    """

    def work() -> Draft | Refused:
        held = _begun(scenario, started_sha256, disk) if draft_id is None else _held(scenario, draft_id, disk)
        made = {place: plain(value) for place, value in changes.items()}
        if seen is not None:
            _nothing_overtaken(scenario, seen, held, made, disk)
        now = held.with_step(Step(what, disk.now(), made, series))
        before = replace(now, steps=now.steps[:-1], done=now.done - 1)
        content = content_under(scenario, now, disk)
        if content == content_under(scenario, before, disk):
            return held if before.counted == held.counted else _kept(scenario, before, disk)
        case = inputs.read_case(scenario, inputs.mode_of_operation(), content)
        if meanwhile is not None:
            meanwhile(case)
        return _kept(scenario, now, disk)

    return guarded(scenario, disk, work)


def undo_step(scenario: Path, draft_id: str, disk: Disk = DISK) -> Draft | Refused:
    """The draft with its last step taken back."""
    return guarded(scenario, disk, lambda: _kept(scenario, _held(scenario, draft_id, disk).moved(-1), disk))


def redo_step(scenario: Path, draft_id: str, disk: Disk = DISK) -> Draft | Refused:
    """The draft with the step done again that was taken back last."""
    return guarded(scenario, disk, lambda: _kept(scenario, _held(scenario, draft_id, disk).moved(1), disk))


def discard_draft(scenario: Path, draft_id: str, disk: Disk = DISK) -> Refused | None:
    """Drops a draft, even one that cannot be read; why not, where that fails or it is gone already."""
    gone = Refused((Fault("draft_gone", scenario.name),))

    def work() -> Refused | None:
        path = _path(scenario, draft_id)
        if not path.is_file():
            return gone
        disk.remove(path)
        return None

    return guarded(scenario, disk, work) if is_draft_id(draft_id) else gone


def put_away(
    scenario: Path, saved: Draft, saved_sha256: str | None, disk: Disk = DISK
) -> Draft | Refused | None:
    """Drops a draft that was saved as ``saved`` has it. Steps made since, in another window, stay: on the
    file with the digest ``saved_sha256``, or with all before them where the draft was saved as a scenario of
    its own (``None``). What is left of the draft, if anything."""

    def work() -> Draft | None:
        now = draft_of(scenario, saved.id, disk)
        since = () if now is None else _since(now, saved)
        if now is None or not since:
            disk.remove(_path(scenario, saved.id))
            return None
        if saved_sha256 is None:
            return now
        left = replace(now, started_sha256=saved_sha256, steps=since, done=len(since))
        return _kept(scenario, left, disk)

    return guarded(scenario, disk, work)


# ------------------------------------------------------------------ files


def _since(now: Draft, before: Draft) -> tuple[Step, ...]:
    """The steps that count now and did not then; one that went on is among them."""
    pairs = zip(now.counted, before.counted, strict=False)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return now.counted[same:]


def _begun(scenario: Path, started_sha256: str, disk: Disk) -> Draft:
    """A new draft, the version it starts from kept."""
    try:
        content = disk.read(scenario)
    except FileNotFoundError:
        raise InputFaults([Fault("file_missing", scenario.name)]) from None
    if with_digest(scenario, started_sha256, disk) in (None, content):
        keep(scenario, content, disk.since(scenario), disk)
        started_sha256 = sha256_of(content)
    return Draft(new_id(), scenario.stem, started_sha256)


def _held(scenario: Path, draft_id: str, disk: Disk) -> Draft:
    draft = draft_of(scenario, draft_id, disk)
    if draft is None:
        raise InputFaults([Fault("draft_gone", scenario.name)])
    return draft


def _nothing_overtaken(
    scenario: Path, seen: Draft, held: Draft, changes: Mapping[Place, Value], disk: Disk
) -> None:
    """Raises :class:`InputFaults` where something stands at a place of ``changes`` by now that neither stood
    there in the draft ``seen`` nor is what is to stand there."""
    if seen.counted == held.counted and seen.started_sha256 == held.started_sha256:
        return
    then, now = (resolved(content_under(scenario, each, disk), scenario) for each in (seen, held))
    if any(at(then, place) != at(now, place) != value for place, value in changes.items()):
        raise InputFaults([Fault("step_overtaken", scenario.name)])


def _laid_over(start: bytes, scenario: Path, draft: Draft) -> bytes:
    try:
        return edited(start, scenario, draft.changes)
    except ValueError:
        raise InputFaults([Fault("draft_does_not_fit", scenario.name)]) from None


def _kept(scenario: Path, draft: Draft, disk: Disk) -> Draft:
    path = _path(scenario, draft.id)
    if not draft.steps:
        disk.remove(path)
        return draft
    content = written(draft)
    if len(content) > LARGEST_BYTES:
        raise InputFaults([Fault("file_too_large", path.name, params={"limit_kb": LARGEST_BYTES // 1024})])
    _make_folder(path.parent, disk)
    temporary = path.with_suffix(TEMPORARY)
    try:
        write_whole(temporary, content, disk)
        put_in_place(temporary, path, disk)
        disk.sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            disk.remove(temporary)
    return draft


def _make_folder(folder: Path, disk: Disk) -> None:
    if not disk.exists(folder):
        disk.make_folder(folder)
    ignore = folder.parent / ".gitignore"
    if not disk.exists(ignore):
        write_whole(ignore, b"*\n", disk)


def _read(path: Path, scenario: Path, disk: Disk) -> Draft:
    """Raises ``ValueError`` or ``OSError``."""
    content = disk.read(path)
    if len(content) > LARGEST_BYTES or not is_draft_id(path.stem) or path.suffix != ".json":
        raise ValueError("not a draft")
    return read(content, scenario.stem, path.stem)


def _broken(path: Path, error: Exception) -> Fault:
    return Fault(
        "draft_broken", f"{DRAFTS}/{path.parent.name}/{path.name}", params={"problem": str(error)[:80]}
    )


def _folder(scenario: Path) -> Path:
    return scenario.parent / DRAFTS / scenario.stem.casefold()


def _path(scenario: Path, draft_id: str) -> Path:
    return _folder(scenario) / f"{draft_id}.json"
