"""A pack opened for reading: proven first, then its inputs read again as a case."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prioritizer.errors import Fault, InputFaults
from prioritizer.exports.casefile import digests
from prioritizer.exports.pack_names import path_of
from prioritizer.inputs import read_case
from prioritizer.inputs.enclosed import Enclosed, laid_out
from prioritizer.inputs.yamltree import read_bytes
from prioritizer.model import Case
from prioritizer.verifier import DESCRIPTOR, FAILS, LARGEST_PACK, Pack, Verdict, parts_of, verify

_INPUTS, _EXPORTS = "inputs/", "exports/"


@dataclass(frozen=True)
class OpenedPack:
    """A pack that verifies: what was proven of it, the case that its inputs come to, its plan file's content,
    its input files and documents by name. Nothing of it is on disk."""

    sha256: str
    verdict: Verdict
    case: Case
    plan: Mapping[str, Any]
    inputs: tuple[Enclosed, ...]
    exports: Mapping[str, bytes]


def open_pack(path: Path, mode: str) -> OpenedPack:
    """The pack in a file, for reading.

    Raises :class:`InputFaults` where it does not verify (with the part's name), holds documents alone, its
    inputs cannot be read in this ``mode``, or lead to another case than its plan's.
    """
    return opened(read_bytes(path, path.name, LARGEST_PACK), path.name, mode)


def opened(content: bytes, shown: str, mode: str) -> OpenedPack:
    """As :func:`open_pack`, from a pack's bytes, called ``shown`` in faults."""
    verdict = verify(content)
    faults = _faults(verdict, shown)
    if faults:
        raise InputFaults(faults)
    pack = _taken_apart(content)
    inputs = _inputs(pack, shown)
    case, plan = _case(inputs, shown, mode), _plan(pack)
    apart = [part for part, same in same_case(case, plan).items() if not same]
    if apart:
        raise InputFaults([Fault("pack_inputs_differ", shown, params={"part": part}) for part in apart])
    return OpenedPack(hashlib.sha256(content).hexdigest(), verdict, case, plan, inputs, _documents(pack))


def documents(content: bytes) -> dict[str, bytes]:
    """The documents in a pack that verifies, by name."""
    return _documents(_taken_apart(content))


def reread(content: bytes, shown: str, mode: str) -> dict[str, bool]:
    """Part by part, whether the files enclosed in a pack that verifies lead to the case of its plan.

    Raises :class:`InputFaults` where they cannot be read in this ``mode``.
    """
    pack = _taken_apart(content)
    return same_case(_case(_inputs(pack, shown), shown, mode), _plan(pack))


def same_case(case: Case, plan: Mapping[str, Any]) -> dict[str, bool]:
    """Part by part, whether a case is the one that a plan file was decided from."""
    stated = plan.get("digests") or {}
    return {part: stated.get(part) == digest for part, digest in digests(case).items()}


def _faults(verdict: Verdict, shown: str) -> list[Fault]:
    if verdict.kind == "plan":
        return [Fault("not_a_pack", shown)]
    told = {
        (clause.name, str(each.params.get("part", "–")))
        for clause in verdict.clauses
        if clause.state == FAILS
        for each in clause.faults
    }
    faults = [Fault("pack_fails", shown, params={"clause": name, "part": part}) for name, part in told]
    return faults or ([Fault("pack_without_inputs", shown)] if verdict.kind == "exports" else [])


def _taken_apart(content: bytes) -> Pack:
    pack = Pack(content)
    pack.parts = parts_of(content)
    return pack


def _documents(pack: Pack) -> dict[str, bytes]:
    named = [each["path"] for each in pack.resources if each["role"] == "export"]
    return {_path_in(_EXPORTS, name, DESCRIPTOR): pack.parts[name] for name in named}


def _path_in(folder: str, name: str, shown: str) -> str:
    """The path that a part's name stands for, below its folder."""
    path = path_of(name.removeprefix(folder)) if name.startswith(folder) else None
    if path is None:
        raise InputFaults([Fault("pack_fails", shown, params={"clause": "archive", "part": name})])
    return path


def _plan(pack: Pack) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(pack.part_of("plan") or b"{}")
    return plan


def _inputs(pack: Pack, shown: str) -> tuple[Enclosed, ...]:
    """The input files, the scenario's own first."""
    own = f"{pack.descriptor['pack']['scenario']}.yaml"
    found = [
        Enclosed(
            each["role"],
            each["named"],
            _path_in(_INPUTS, each["path"], shown),
            pack.parts[each["path"]],
        )
        for each in pack.inputs
    ]
    return tuple(sorted(found, key=lambda each: (each.role, each.named) != ("scenario", own)))


def _case(inputs: tuple[Enclosed, ...], shown: str, mode: str) -> Case:
    """Read in a folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="prioritizer-pack-") as folder:
        try:
            return read_case(laid_out(inputs, Path(folder)), mode)
        except OSError as error:
            params = {"problem": error.strerror or type(error).__name__}
            raise InputFaults([Fault("cannot_write", shown, params=params)]) from None
