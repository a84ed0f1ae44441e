"""A workbook's bytes on standard input, its sheets or why it is refused as JSON on standard output."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date, datetime
from typing import Any
from xml.sax import SAXException

from defusedxml import ElementTree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .marks import MOST_CELLS, legacy_styles, marks_of, scaling_styles, spans_too_much
from .package import packed, parts_of
from .refusal import Refused

_BROKEN = (
    CalamineError,
    ElementTree.ParseError,
    SAXException,
    LookupError,
    ValueError,
    TypeError,
    StopIteration,
)
MOST_ODD = 100_000  # errors, unset formulas, hidden rows, cells in old fonts, rows of merged cells
MEMORY_BYTES = 1024 * 1024 * 1024


def main(seconds: int) -> int:
    """Answer once; ``seconds`` of processor time and a gigabyte of memory at most, where that can be set."""
    _limit(seconds)
    try:
        answer: dict[str, Any] = {"sheets": sheets_of(sys.stdin.buffer.read())}
    except Refused as refused:
        answer = {"refused": refused.code, "params": refused.params}
    except MemoryError:
        answer = {"refused": "workbook_too_heavy", "params": {}}
    except BaseException as error:  # noqa: BLE001  a panic of calamine's is no Exception
        answer = {"refused": "workbook_damaged", "params": {"problem": type(error).__name__}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return 0


def _limit(seconds: int) -> None:
    try:
        import resource  # there is none on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def sheets_of(content: bytes) -> list[dict[str, Any]]:
    """Every worksheet: name, whether it is shown, rows from A1 on, merged ranges and marks.

    Raises :class:`Refused`.
    """
    parts = parts_of(content)
    try:
        paths = _paths(parts)
        legacy = legacy_styles(parts.get("xl/styles.xml", b""))
        scaling = scaling_styles(parts.get("xl/styles.xml", b""))
        for name, path in paths.items():
            if spans_too_much(parts[path]):
                raise Refused("sheet_too_large", sheet=name[:80])
        with CalamineWorkbook.from_filelike(io.BytesIO(packed(parts))) as book:
            shown = {each.name: each.visible == SheetVisibleEnum.Visible for each in book.sheets_metadata}
            tables = [each.name for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            return [
                _sheet(
                    book, name, shown[name], marks_of(parts.get(paths.get(name, ""), b""), legacy, scaling)
                )
                for name in tables
            ]
    except _BROKEN as error:
        raise Refused("workbook_damaged", problem=type(error).__name__) from None


def _paths(parts: dict[str, bytes]) -> dict[str, str]:
    """The part of every sheet, by the sheet's name."""
    book = next(name for name in parts if re.fullmatch(r"xl/workbook\d*\.xml", name))
    folder, _, file = book.rpartition("/")
    relations = ElementTree.fromstring(parts[f"{folder}/_rels/{file}.rels"], forbid_dtd=True)
    target = {each.get("Id"): each.get("Target", "") for each in relations}
    root = ElementTree.fromstring(parts[book], forbid_dtd=True)
    found: dict[str, str] = {}
    for each in root.iter():
        if each.tag.rpartition("}")[2] == "sheet":
            key = next(value for name, value in each.attrib.items() if name.endswith("}id"))
            path = target[key]
            found[each.get("name")] = path.lstrip("/") if path.startswith("/") else f"{folder}/{path}"
    return {name: path for name, path in found.items() if path in parts}


def _sheet(book: CalamineWorkbook, name: str, shown: bool, marks: dict[str, list[Any]]) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(name)
    rows = [_cells(row) for row in sheet.to_python(skip_empty_area=False)]
    while rows and not rows[-1]:
        rows.pop()
    merged = sheet.merged_cell_ranges or []
    if sum(map(len, rows)) > MOST_CELLS:
        raise Refused("sheet_too_large", sheet=name[:80])
    odd = sum(map(len, marks.values())) - len(marks["formulas"])
    odd += sum(max(min(bottom, len(rows)) - top + 1, 1) for (top, _), (bottom, _) in merged)
    if odd > MOST_ODD:
        raise Refused("sheet_overloaded", sheet=name[:80], count=odd)
    return {"name": name, "shown": shown, "rows": rows, "merged": merged, **marks}


def _cells(row: list[Any]) -> list[Any]:
    """Plain values: what is whole is an int, dates become a pair, what is behind the last one is left out."""
    last = len(row)
    while last and row[last - 1] == "":
        last -= 1
    return [value if type(value) is str else _plain(value) for value in row[:last]]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    kind = "date" if isinstance(value, date) else "time"
    return {kind: value.isoformat() if isinstance(value, date) else str(value)}
