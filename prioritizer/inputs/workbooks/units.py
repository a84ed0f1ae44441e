"""Which unit a column's amounts are in: what its heading says, the lines above the table, or an answer."""

from __future__ import annotations

import re
from collections.abc import Set

from prioritizer.inputs.workbooks.folding import folded, visible
from prioritizer.inputs.workbooks.headings import bare_heading
from prioritizer.inputs.workbooks.numbers import unit_named
from prioritizer.inputs.workbooks.sheet import Sheet

_WORD = re.compile(r"[^\W_]+")
_GROUP_MARK = re.compile(r"(?<=[0-9])[.,\s](?=000)")
_CALLED = (("đơn", "vị"), ("đvt",), ("unit",), ("units",))
_BETWEEN = ("tính", "tiền", "tệ", "là", "số", "of", "money", "amounts", "are", "in", "currency")
_MOST_WORDS = 4


def unit_of_column(
    own: str | None, above: Set[str], known: str | None, given: str | None
) -> tuple[str | None, str | None]:
    """The unit, and the code of what is wrong with it.

    ``own`` is what the heading says, ``above`` what lines above the table say: what a file states counts
    before what was ``known`` of its sender, and what is ``given`` with the command must not contradict it.
    """
    stated = {own} - {None} | above
    if len(stated) > 1:
        return own, "units_contradict"
    unit = next(iter(stated), None)
    if unit and given and given != unit:
        return unit, "unit_against_answer"
    unit = unit or given or known
    return unit, None if unit else "unit_not_stated"


def units_above(sheet: Sheet, row: int) -> frozenset[str]:
    """The units that lines above the headings state (``Đơn vị tính: triệu đồng``), wherever in the line."""
    found = (unit_stated(cell) for cells in sheet.rows[:row] for cell in cells if isinstance(cell, str))
    return frozenset(unit for unit in found if unit)


def unit_stated(text: str) -> str | None:
    """The unit that a line states, or ``None``."""
    plain = _GROUP_MARK.sub("", visible(text))
    words = list(_WORD.finditer(plain))
    said = [folded(word[0]) for word in words]
    for called in _CALLED:
        name = [folded(word) for word in called]
        for at in range(len(said) - len(name) + 1):
            if said[at : at + len(name)] == name:
                unit = _unit_behind(plain, words, at + len(name))
                if unit:
                    return unit
    return bare_heading(text)[1]


def _unit_behind(text: str, words: list[re.Match[str]], at: int) -> str | None:
    """The unit that the words from ``at`` on name; one word alone (``đồng``) must end its phrase."""
    while at < len(words) and folded(words[at][0]) in {folded(word) for word in _BETWEEN}:
        at += 1
    for count in range(_MOST_WORDS, 0, -1):
        chosen = words[at : at + count]
        unit = unit_named(" ".join(word[0] for word in chosen)) if len(chosen) == count else None
        if unit and (count > 1 or re.match(r"\s*(?:[^\w\s]|$)", text[chosen[-1].end() :])):
            return unit
    return None
