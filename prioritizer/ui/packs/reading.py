"""What a worker makes of a pack's bytes: verified first, then opened if it may be. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from prioritizer import pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.pipeline import OpenedPack, Verdict
from prioritizer.results import Evaluation


@dataclass(frozen=True)
class Read:
    """The verdict on a pack. ``found`` and ``evaluation``, the plan enclosed, are ``None`` where ``faults``
    say why it is not opened; ``documents`` has the papers of one that is whole, by name."""

    verdict: Verdict
    found: OpenedPack | None = None
    evaluation: Evaluation | None = None
    documents: Mapping[str, bytes] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read(content: bytes, shown: str, mode: str) -> Read:
    """The pack ``content``, called ``shown`` in faults, on a machine that runs in ``mode``."""
    try:
        found = pipeline.opened_pack(content, shown, mode)
    except InputFaults as wrong:
        verdict = pipeline.verify(content)
        documents = pipeline.pack_documents(content) if verdict.ok and verdict.kind == "exports" else {}
        return Read(verdict, documents=documents, faults=tuple(wrong.faults))
    verdict = pipeline.with_reread(found.verdict, [])
    return Read(verdict, found, pipeline.enclosed_evaluation(found), found.exports)
