"""What people have been asked once: headings, styles of numbers, units; kept beside the tables per sender."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.documents import as_noun
from prioritizer.inputs.workbooks.folding import folded
from prioritizer.inputs.workbooks.numbers import Style
from prioritizer.inputs.yamltree import read_bytes, read_yaml
from prioritizer.model import Noun

MEMORY = "import.yaml"
Unit = Literal["bn", "million", "dong"]


class Answers(Noun):
    """What is known of one sender's files: a ministry, an assessor or, where neither is named, a file."""

    numbers: Style | None = None
    unit: Unit | None = None
    headings: dict[str, str] = Field(default_factory=dict)


class Memory(Noun):
    """The file of answers."""

    schema_: Literal["1"] = Field(alias="schema", default="1")
    answers: dict[str, Answers] = Field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """What the command itself answers; ``numbers`` and ``units`` by file name, or for all under a blank.

    ``sure`` are the files of which somebody has looked at amounts unlike the others and found them right. A
    unit of ``units`` is as good as that, and must contradict nothing in the file, where ``units_confirm``;
    else it is for columns that state none.
    """

    headings: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, Style], ...] = ()
    units: tuple[tuple[str, Unit], ...] = ()
    sure: tuple[str, ...] = ()
    units_confirm: bool = True

    @classmethod
    def of(
        cls,
        headings: Sequence[tuple[str, str]] = (),
        numbers: Sequence[tuple[str, str]] = (),
        units: Sequence[tuple[str, str]] = (),
    ) -> Given:
        """The answers as they were typed; a style or unit that there is not is left out."""
        return cls(tuple(headings), _known(numbers, get_args(Style)), _known(units, get_args(Unit)))

    def unit_of(self, file: str) -> Unit | None:
        """The unit that the command says a file's amounts are in."""
        units = dict(self.units)
        return units.get(file, units.get(""))

    def confirms(self, file: str) -> bool:
        """Whether amounts of a file are taken though they are unlike the others."""
        return file in self.sure or (self.units_confirm and self.unit_of(file) is not None)

    def over(self, known: Answers, file: str) -> Answers:
        """What is known of a sender, with what the command says of one of its files."""
        numbers = dict(self.numbers)
        return Answers(
            numbers=numbers.get(file, numbers.get("", known.numbers)),
            unit=self.unit_of(file) or known.unit,
            headings={**known.headings, **dict(self.headings)},
        )


def _known(answers: Sequence[tuple[str, str]], words: Sequence[str]) -> tuple[Any, ...]:
    return tuple((file, word) for file, word in answers if word in words)


def read_memory(folder: Path) -> Mapping[str, Answers]:
    """The answers kept in a folder, by sender; none where there is no such file.

    Raises :class:`InputFaults`.
    """
    path = folder / MEMORY
    if not path.is_file():
        return {}
    faults: list[Fault] = []
    memory, _ = as_noun(Memory, read_yaml(read_bytes(path, MEMORY), MEMORY, faults), faults)
    if memory is None or faults:
        raise InputFaults(faults)
    return memory.answers


def kept(known: Mapping[str, Answers], used: Sequence[tuple[str, Answers]]) -> dict[str, Answers]:
    """The answers to keep, by sender: those known before with those used now over them."""
    found = dict(known)
    for sender, each in used:
        before = found.get(sender, Answers())
        found[sender] = Answers(
            numbers=each.numbers or before.numbers,
            unit=each.unit or before.unit,
            headings={**before.headings, **each.headings},
        )
    return {sender: each for sender, each in sorted(found.items()) if each != Answers()}


def memory_bytes(answers: Mapping[str, Answers], headline: Sequence[str]) -> bytes:
    """The file of answers, the same bytes for the same answers."""
    lines = [*(f"# {line}" for line in headline), "schema: 1"]
    lines += ["answers:"] if answers else ["answers: {}"]
    for sender, each in sorted(answers.items()):
        lines.append(f"  {_quoted(sender)}:")
        lines += [
            f"    {key}: {value}" for key, value in (("numbers", each.numbers), ("unit", each.unit)) if value
        ]
        lines += ["    headings:"] if each.headings else []
        lines += [f"      {_quoted(text)}: {_quoted(name)}" for text, name in sorted(each.headings.items())]
    return ("\n".join(lines) + "\n").encode("utf-8")


def used_headings(answers: Answers, present: Sequence[str]) -> dict[str, str]:
    """Of the headings with an answer those that a file has."""
    there = {folded(text) for text in present}
    return {text: name for text, name in answers.headings.items() if folded(text) in there}


def remembered(used: Answers, known: Answers, given: Given, file: str, relied: bool) -> Answers:
    """Of the answers ``used`` for a file those that stem from an earlier import; ``relied``: a text could not
    have been read without the style of numbers."""
    now = given.over(Answers(), file)
    headings = {text: name for text, name in used.headings.items() if text not in now.headings}
    return Answers(
        numbers=known.numbers if relied and not now.numbers else None,
        unit=known.unit if used.unit and not now.unit else None,
        headings=headings,
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
