"""Lines below the headings that are no rows of the table: totals, headings of groups, remarks, numbers of
columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from prioritizer.inputs.workbooks.folding import folded
from prioritizer.inputs.workbooks.sheet import Sheet
from prioritizer.locale import LANGS, sentences

_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2}|[A-Z])\)?(?:\s*=.*)?")
_AMOUNT = re.compile(
    r"[0-9]|\b(?:tỷ|tỉ|triệu|nghìn|ngàn|trăm|mươi|mười|bn|billion|million|thousand|hundred)\b", re.IGNORECASE
)
# What a project has and a line of totals has not.
_OF_PROJECTS = {"product", "class", "funding", "secrecy", "class_basis", "ask_basis"}
_REMARK = 2  # filled cells, at most, of a line that is no row of the table


def aside(
    sheet: Sheet,
    at: int,
    row: int,
    values: Mapping[str, Any],
    filled: Collection[str],
    key: str,
    across: bool,
) -> str | None:
    """What a line is (total, numbering, section, remark), or ``None`` for a row of the table.

    It is line ``at`` below the headings and ``row`` of the sheet; ``values`` are its cells in the table's
    columns, ``filled`` those that are not blank; ``across``: three of them or more are merged.
    """
    cells = sheet.rows[row]
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if texts and (key not in filled or values[key] == texts[0]) and _is_total(texts):
        return None if _OF_PROJECTS & set(filled) else "total"
    if at <= 1 and _are_numbers_of_columns([cell for cell in cells if cell != ""]):
        return "numbering"
    if key in filled and not across:
        return None
    if amounts_in(values, filled):
        return None
    if len(filled) <= _REMARK and all(isinstance(values[name], str) for name in filled):
        return "section" if across else "remark"
    return None


def amounts_in(values: Mapping[str, Any], filled: Collection[str]) -> list[str]:
    """The columns of amounts that hold one, as a number or as a text that says one."""
    own = [name for name in filled if name.endswith("_bn")]
    return [name for name in own if not isinstance(values[name], str) or _AMOUNT.search(values[name])]


@cache
def _total_words() -> tuple[str, ...]:
    words = [word for lang in LANGS for word in sentences(lang)["imports.headings.total"].split("|")]
    return tuple(dict.fromkeys(folded(word) for word in words))


def _is_total(texts: list[str]) -> bool:
    words = _total_words()
    said = [folded(text) for text in texts[:2] if len(text) < 200]
    return any(text in words or text.startswith(words[:2]) for text in said)


def _are_numbers_of_columns(cells: list[Any]) -> bool:
    found = [_COLUMN_NUMBER.fullmatch(str(cell).strip()) for cell in cells]
    counted = [int(each[1]) for each in found if each and each[1].isdigit()]
    in_turn = counted == list(range(counted[0], counted[0] + len(counted))) if counted else False
    return len(cells) >= 3 and all(found) and len(counted) >= 2 and in_turn
