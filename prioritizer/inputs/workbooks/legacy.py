"""Text in TCVN3 or VNI: old encodings that fonts made readable, recognised by their odd letters.

They are refused, not converted: what such a file says is only sure once its author has seen it in Unicode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.sheet import Sheet, letters

# TCVN3 puts letters on signs and on capitals, which then stand inside small words: ``C«ng``, ``vËt``.
_SIGNS = "¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹»¼½¾¿×ß÷þ"
_TCVN3 = re.compile(rf"[A-Za-zÀ-ÿ][{_SIGNS}]|[{_SIGNS}][A-Za-z]|[a-zà-ÿ][À-ÖØ-Þ]")
# VNI writes a mark behind its vowel, as a letter that no Vietnamese word has there: ``Boä``, ``Coâng``.
_VNI = re.compile(
    r"[aeo][äåïûø]|a[ëúü]|[uöy][ïûø]|[bcdghklmnpqrstvx]ö|\bñ[aeiouyöô]|[aeo]â|aê|\bÑ[aeiouyAEIOUYöÖôÔ]"
    r"|[AEO][ÄÅÏÛØ]|[AEO]Â|[UÖY][ÏÛØ]",
)
_PROPER = re.compile(r"[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
_SHARE_OF_WORDS = 0.5


def legacy_faults(sheets: list[Sheet]) -> list[Fault]:
    """One fault for each sheet in an old encoding, at its first such cell."""
    return [fault for sheet in sheets for fault in _of_sheet(sheet)]


def _of_sheet(sheet: Sheet) -> Iterator[Fault]:
    kinds: dict[str, str | None] = {}
    found: list[tuple[int, int, str]] = []
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if type(value) is not str or value.isascii():
                continue
            if value not in kinds:
                kinds[value] = encoding_of(value)
            kind = kinds[value] or ("TCVN3" if (row, column) in sheet.legacy and _suspect(value) else None)
            if kind:
                found.append((row, column, kind))
    if found:
        row, column, kind = found[0]
        text = str(sheet.cell(row, column))[:60]
        cell = f"{letters(column)}{row + 1}"
        yield sheet.fault(
            "legacy_text", row, column, encoding=kind, count=len(found), text=text, example=cell
        )


def encoding_of(text: str) -> str | None:
    """``TCVN3`` or ``VNI`` where the letters of most words say so; ``None`` for Unicode and foreign names."""
    if _PROPER.search(text):
        return None
    words = text.split()
    for name, odd in (("TCVN3", _TCVN3), ("VNI", _VNI)):
        found = sum(1 for word in words if odd.search(word))
        if found >= 2 and found >= _SHARE_OF_WORDS * len(words):
            return name
    return None


def _suspect(text: str) -> bool:
    """In a font of that kind one odd letter is enough, and any accented one without a proper letter."""
    return not _PROPER.search(text) and bool(re.search("[\u00a1-\u00ff]", text))
