"""How the cells of each column become texts that the table's CSV may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prioritizer.errors import Misread
from prioritizer.inputs.columns import Column
from prioritizer.inputs.workbooks.folding import visible
from prioritizer.inputs.workbooks.numbers import Reading
from prioritizer.inputs.workbooks.vocabulary import Vocabulary
from prioritizer.inputs.workbooks.years import Years

Reader = Callable[[Any], str]
_LEVEL = re.compile(r"(-?[0-9]+(?:[.,][0-9]{1,2})?)\s*[–—:-]\s+\S.*", re.DOTALL)
_VOCABULARY_OF = {"criterion": "criterion", "assessor": "assessor"}


@dataclass
class Cells:
    """The reader of one column: every distinct value is read once, or, where ``known`` is ``None``, every
    cell. ``own_unit`` are the amounts whose cells say their unit themselves."""

    read: Reader
    known: dict[Any, str | Misread] | None
    own_unit: set[Any]

    def __call__(self, value: Any) -> str | Misread:
        """The text of a cell, or why it cannot be read."""
        if self.known is None:
            return self._tried(value)
        # 1, 1.0 and True are one key of a dict but three cells.
        key = value if type(value) is str else (type(value), str(value))
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._tried(value)
        return found

    def _tried(self, value: Any) -> str | Misread:
        try:
            return self.read(value)
        except Misread as misread:
            return misread


def cells_of(
    column: Column,
    reading: Reading,
    words: Mapping[str, Vocabulary],
    unit: str,
    levels: Vocabulary | None,
    years: Years,
) -> Cells:
    """The reader of a column whose amounts, if it has any, are in ``unit``; ``levels`` are what a score may
    be besides a number."""
    own: set[Any] = set()
    vocabulary = words.get(column.words or _VOCABULARY_OF.get(column.name, ""))
    if column.kind == "amount":
        return Cells(_amounts(reading, unit, own), {}, own)
    if column.name == "score" and levels is not None:
        return Cells(_scores(reading, words["abstain"], levels), {}, own)
    if column.kind in ("number", "share"):
        return Cells(_blank_or(reading.share if column.kind == "share" else reading.number), {}, own)
    if vocabulary is not None:
        return Cells(_blank_or(lambda value: vocabulary.read(_text(value))), {}, own)
    if column.name == "year":
        return Cells(lambda value: years.read(_strict_text(value)), {}, own)
    return Cells(_strict_text if column.kind == "id" else _text, None, own)


def _blank_or(read: Reader) -> Reader:
    def reader(value: Any) -> str:
        return read(value) if not isinstance(value, str) or visible(value) else ""

    return reader


def _amounts(reading: Reading, unit: str, own: set[Any]) -> Reader:
    def reader(value: Any) -> str:
        text, said = reading.amount(value, unit)
        if said:
            own.add(value)
        return text

    return _blank_or(reader)


def _scores(reading: Reading, abstain: Vocabulary, levels: Vocabulary) -> Reader:
    """A number, a level of a drop-down (``3 – running``), a category, or the word for abstention."""

    def reader(value: Any) -> str:
        if not isinstance(value, str):
            return reading.number(value)
        for vocabulary in (abstain, levels):
            try:
                return vocabulary.read(value)
            except Misread:
                continue
        level = _LEVEL.fullmatch(visible(value))
        return reading.number(level[1] if level else visible(value))

    return _blank_or(reader)


def _text(value: Any) -> str:
    """A text as it is kept; a number or a day as a person would write it."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dict):
        kind, said = next(iter(value.items()))
        return date.fromisoformat(said[:10]).strftime("%d/%m/%Y") if kind == "date" else str(said)
    return Reading().number(value)


def _strict_text(value: Any) -> str:
    """An id or a year: what Excel has turned into a day or a truth value is no longer what was typed."""
    if isinstance(value, bool | dict):
        raise Misread("date_not_expected", text=_text(value))
    return _text(value)
