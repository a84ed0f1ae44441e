"""Which column of which table a heading means, in either language and however it is written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from prioritizer.inputs.columns import ASSESSMENTS, COSTS, REGISTER, Column
from prioritizer.inputs.workbooks.folding import folded
from prioritizer.inputs.workbooks.numbers import unit_named
from prioritizer.inputs.workbooks.sheet import TableName
from prioritizer.locale import LANGS, sentences

LEFT_OUT = "-"  # what a heading is mapped to whose column nobody wants
_COLUMNS: Mapping[TableName, tuple[Column, ...]] = {
    "register": REGISTER,
    "costs": COSTS,
    "assessments": ASSESSMENTS,
}
_KEYS: Mapping[TableName, str] = {"register": "id", "costs": "project", "assessments": "project"}
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_UNIT_SAID = re.compile(r"^(?:đơn vị(?: tính| tiền)?|đvt|unit)\s*:?\s*", re.IGNORECASE)
_LIKE = 0.55
_LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Heading:
    """A heading as it was understood: its column (``-``: left out; ``None``: unknown) and its unit."""

    column: str | None
    unit: str | None


@dataclass(frozen=True)
class Lexicon:
    """The headings of one table: its columns, ``fields`` that a scenario adds, and what has been ``mapped``.

    ``mapped`` are the headings that somebody has given a meaning, as they were written.
    """

    table: TableName
    fields: tuple[str, ...] = ()
    mapped: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table, the scenario's fields last."""
        more = self.fields if self.table == "register" else ()
        return (*_COLUMNS[self.table], *(Column(name) for name in more))

    @property
    def key(self) -> str:
        """The column by which a row says what it is about."""
        return _KEYS[self.table]

    @cached_property
    def _known(self) -> dict[str, str]:
        known = {folded(bare_heading(text)[0]): LEFT_OUT for text in _aside(self.table)}
        for column in self.columns:
            for text in _names_of(self.table, column.name):
                known[folded(bare_heading(text)[0])] = column.name
        return known

    @cached_property
    def _answers(self) -> dict[str, str]:
        own = {column.name for column in self.columns} | {LEFT_OUT}
        return {folded(heading): column for heading, column in self.mapped if column in own}

    def read(self, text: str) -> Heading:
        """What a heading means."""
        bare, unit = bare_heading(text)
        for form in (text, bare, _BRACKETS.sub(" ", bare), short_heading(text)):
            found = self._answers.get(folded(form)) or self._known.get(folded(form))
            if found:
                return Heading(found, unit)
        return Heading(None, unit)

    def is_answered(self, text: str) -> bool:
        """Whether somebody has said what this heading means."""
        return any(folded(form) in self._answers for form in _forms(text))

    def nearest(self, text: str, taken: Iterable[str]) -> str | None:
        """The column whose heading is most like a text, none of those ``taken``."""
        free = {name: column for name, column in self._known.items() if column not in {*taken, LEFT_OUT}}
        near = difflib.get_close_matches(folded(bare_heading(text)[0]), free, n=1, cutoff=_LIKE)
        return free[near[0]] if near else None


def _forms(text: str) -> tuple[str, ...]:
    """A heading as it may have been answered about: whole, without its unit, cut off."""
    return text, bare_heading(text)[0], short_heading(text)


def short_heading(text: str) -> str:
    """A heading as it is shown to people, on one line and not too long; answers may be about this."""
    return " ".join(text.split())[:_LONGEST_SHOWN]


def bare_heading(text: str) -> tuple[str, str | None]:
    """A heading without its unit, and the unit: ``Tổng kinh phí (tỷ đồng)`` is in ``bn``."""
    for found in _BRACKETS.finditer(text):
        unit = unit_named(_UNIT_SAID.sub("", found[1].strip()))
        if unit:
            return text[: found.start()] + " " + text[found.end() :], unit
    head, mark, tail = text.rpartition(",") if "," in text else text.rpartition(" - ")
    unit = unit_named(_UNIT_SAID.sub("", tail.strip())) if mark else None
    return (head, unit) if unit else (text, None)


def heading_of(table: TableName, column: str, lang: str = "vi") -> str:
    """The heading of a column for people; a scenario's own field is called by its name."""
    return sentences(lang).get(f"columns.{table}.{column}.heading", column)


def _names_of(table: TableName, column: str) -> list[str]:
    names = [column, *(heading_of(table, column, lang) for lang in LANGS)]
    if table == "register":  # as our own lists call them
        key = f"terms.field.{column.removesuffix('_bn')}"
        names += [sentences(lang)[key] for lang in LANGS if key in sentences(lang)]
    return names


def _aside(table: TableName) -> list[str]:
    """Headings of columns that are there for the reader: numbers of rows, names beside ids."""
    texts = [text for lang in LANGS for text in sentences(lang)["imports.headings.left_out"].split("|")]
    if table != "register":
        keys = [key for key in sentences("vi") if key.startswith("columns.aid.")]
        texts += [sentences(lang)[key] for lang in LANGS for key in keys]
    return texts
