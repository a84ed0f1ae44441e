"""Papers and pack of one plan, made by a worker in one go. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from prioritizer import pipeline
from prioritizer.results import Evaluation

PAPERS = ("shortlist.xlsx", "shortlist.docx", "comparison.docx", "minutes.docx")  # ends of their names


@dataclass(frozen=True)
class Order:
    """What is asked for: ``lang`` of the papers, the scenario's file and what it is taken to hold where that
    is not saved, the plan compared with, the highest grade of secrecy that is shown, and for the minutes what
    stays true of the plan, where that has been tried."""

    lang: str
    scenario: Path
    content: bytes | None = None
    against: Evaluation | None = None
    redact: str | None = None
    firm: pipeline.Robustness | None = None


@dataclass(frozen=True)
class Made:
    """Papers by name, and the pack with its name."""

    papers: Mapping[str, bytes]
    pack: bytes
    pack_name: str

    @property
    def sha256(self) -> str:
        """The digest of the pack."""
        return hashlib.sha256(self.pack).hexdigest()


def make(evaluation: Evaluation, order: Order, progress: Callable[[int, int], None] | None = None) -> Made:
    """The papers and the pack; ``progress`` is told how many of all files are made, the pack being the last.

    Raises :class:`~prioritizer.errors.InputFaults` where files have changed since the case was read.
    """

    def tell(done: int, whole: int) -> None:
        if progress is not None:
            progress(done, whole + 1)

    redact = order.redact
    files = pipeline.takeaway(evaluation, order.lang, order.against, redact, order.firm, progress=tell)
    if redact is None:
        pack = pipeline.meeting_pack(evaluation, order.scenario, files, order.lang, order.content)
    else:
        pack = pipeline.redacted_pack(evaluation, files, redact, order.lang)
    papers = {name: content for name, content in files.items() if name.endswith(PAPERS)}
    return Made(papers, pack, pipeline.pack_name(pack))
