"""The meeting pack: one .zip that holds everything a meeting decided from and all that left it.

A pack is a Frictionless Data Package. Whoever has only Python can verify it with the ``verifier.py`` inside;
the same content gives the same bytes on every machine.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from prioritizer import locale, verifier
from prioritizer.exports.casefile import canonical
from prioritizer.exports.pack_archive import archive
from prioritizer.exports.pack_descriptor import Part, descriptor
from prioritizer.exports.pack_names import part_name
from prioritizer.inputs.enclosed import Enclosed
from prioritizer.model import Case, Scenario
from prioritizer.verifier import CASE_PART, DESCRIPTOR, PLAN_PART, VERIFIER_PART

DOCS = Path(__file__).resolve().parents[2] / "docs"
# What decides figures, files and documents.
_PACKAGES = (
    *("altair", "babel", "highspy", "numpy", "pandas", "prioritizer", "pulp", "pydantic", "python-docx"),
    *("ruamel.yaml", "vl-convert-python", "xlsxwriter"),
)


def pack(
    case: Case,
    plan: Mapping[str, Any],
    inputs: Sequence[Enclosed],
    exports: Mapping[str, bytes],
    lang: str,
    papers: Mapping[str, bytes] | None = None,
) -> bytes:
    """The pack of a plan file's content with the files it was decided from and documents by their names.

    ``papers``: verifier, guides and versions instead of those that stand in every pack. Raises
    :class:`~prioritizer.errors.InputFaults` where it would be more than a pack may hold.
    """
    parts = [
        Part(PLAN_PART, "plan", plan_bytes(plan)),
        Part(CASE_PART, "case", canonical(plan["case"])),
        *(Part(part_name(f"inputs/{each.path}"), each.role, each.content, each.named) for each in inputs),
        *_exports(exports),
        *_papers(standing_papers("pack") if papers is None else papers),
    ]
    about = {"illustrative": case.illustrative, "status": plan["status"]}
    return _closed("pack", case.scenario, about, parts, lang)


def pack_of_exports(case: Case, exports: Mapping[str, bytes], grade: str, lang: str) -> bytes:
    """A pack of documents alone, in which projects above the secrecy ``grade`` are masked.

    Inputs and plan would tell what is masked, so none is in it: it can be shown to be whole, not proven.
    """
    parts = [*_exports(exports), *_papers(standing_papers("exports"))]
    about = {"illustrative": case.illustrative, "redacted_above": grade}
    return _closed("exports", case.scenario, about, parts, lang)


def plan_bytes(plan: Mapping[str, Any]) -> bytes:
    """A plan file's bytes."""
    return (json.dumps(plan, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def pack_name(content: bytes) -> str:
    """The name of a pack's file: its scenario, whether it is redacted, and the beginning of its SHA-256."""
    about = json.loads(verifier.parts_of(content)[DESCRIPTOR])["pack"]
    masked = "-redacted" if about["kind"] == "exports" else ""
    return f"{about['scenario']}{masked}-{hashlib.sha256(content).hexdigest()[:12]}.zip"


def _closed(
    kind: str, scenario: Scenario, about: Mapping[str, Any], parts: Sequence[Part], lang: str
) -> bytes:
    about = {"schema": 1, "kind": kind, "scenario": scenario.id, **about}
    title = locale.say(f"pack.title.{kind}", lang, title=scenario.title.into(lang))
    listed = descriptor(parts, about, title, lang)
    return archive(listed, {part.name: part.content for part in parts})


def _exports(exports: Mapping[str, bytes]) -> Iterator[Part]:
    return (Part(part_name(f"exports/{name}"), "export", content) for name, content in exports.items())


def _papers(papers: Mapping[str, bytes]) -> Iterator[Part]:
    roles = {VERIFIER_PART: "verifier", "versions.json": "versions"}
    return (Part(name, roles.get(name, "guide"), content) for name, content in papers.items())


def standing_papers(kind: str) -> dict[str, bytes]:
    """What stands in every pack of a kind: how to verify it, in both languages, and by which versions it was
    made; in a whole one the verifier as it is."""
    guide = "\n".join(locale.say(f"pack.guide.{kind}", lang) for lang in locale.LANGS)
    papers = {"README.md": guide.encode("utf-8"), "versions.json": _versions()}
    if kind == "pack":
        papers[VERIFIER_PART] = Path(verifier.__file__).read_bytes()
        papers |= {f"docs/{name}": (DOCS / name).read_bytes() for name in ("verify.md", "verify.vi.md")}
    return papers


def _versions() -> bytes:
    packages = {name: metadata.version(name) for name in _PACKAGES}
    content = {"schema": 1, "python": platform.python_version(), "packages": packages}
    return (json.dumps(content, indent=1) + "\n").encode("ascii")
