"""What a reader of values does not say of a sheet: errors, formulas without values, what is hidden, fonts.

A scan of the bytes tells whether there is anything of the kind; only then is the sheet parsed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Set
from functools import lru_cache
from typing import Any
from xml.sax.handler import ContentHandler

from defusedxml import ElementTree
from defusedxml.sax import parse

# Plain texts: to find one of them takes a fiftieth of what a pattern takes.
_TELLING = (b'"e"', b"'e'", b"hidden", b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/", b" =", b"= ")
_LEGACY_FONT = re.compile(rb"""val\s*=\s*["'](?:\.Vn|VNI|VN-|\.VN)""", re.IGNORECASE)
_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*?)(/?)>""")
_REF = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
MOST_CELLS = 1_000_000  # of the rectangle that a sheet's filled cells span
_FAR = re.compile(rb"""r=["'](?:[A-Z]{3}[0-9]|[A-Z]{1,2}[0-9]{5}|[0-9]{6})""")
# A reader makes a column of any letters before a number.
_ODD = re.compile(rb"""r=["'](?![A-Z]{1,3}[0-9]{1,7}["']|[0-9]{1,7}["'])""")
_ODD_CELL = re.compile(rb"""<(?:\w+:)?(?:c|row)\s[^>]*?\br=["'](?![A-Z]{1,3}[0-9]{1,7}["']|[0-9]{1,7}["'])""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']([0-9]+)""")

Place = tuple[int, int]


def column_number(letters: str) -> int:
    """``A`` is 0, ``Z`` 25, ``AA`` 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def spans_too_much(sheet: bytes) -> bool:
    """Whether a few cells far apart would make a rectangle beyond any table."""
    if _ODD.search(sheet) and _ODD_CELL.search(sheet):
        return True
    if not _FAR.search(sheet) and b"r =" not in sheet and b"= " not in sheet:
        return False
    rows = columns = 0
    for attributes, empty in _CELL.findall(sheet):
        found = None if empty else _REF.search(attributes)
        if found:
            rows = max(rows, int(found[2]))
            columns = max(columns, column_number(found[1].decode()) + 1)
        elif not empty:
            rows = max(rows, _last_row(sheet))
    return rows * max(columns, 1) > MOST_CELLS


@lru_cache(maxsize=1)
def _last_row(sheet: bytes) -> int:
    """The greatest number of a row, where cells do not say their own."""
    return max((int(number) for number in _ROW.findall(sheet)), default=0)


def legacy_styles(styles: bytes) -> set[str]:
    """The numbers of cell styles whose font is made for TCVN3 or VNI."""
    if not _LEGACY_FONT.search(styles):
        return set()
    root = ElementTree.fromstring(styles, forbid_dtd=True)
    fonts = [_font_name(font) for parent in _named(root, "fonts") for font in parent]
    legacy = {str(at) for at, name in enumerate(fonts) if re.match(r"\.vn|vni|vn-", name, re.IGNORECASE)}
    formats = [each for parent in _named(root, "cellXfs") for each in parent]
    return {str(at) for at, each in enumerate(formats) if each.get("fontId", "0") in legacy}


# What stands before a ; counts: a format for numbers above zero. Quoted or escaped is what is written out.
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
_WRITTEN = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_PERCENT_STYLES = {"9": "0%", "10": "0.00%"}


def scaling_styles(styles: bytes) -> dict[str, str]:
    """The numbers of cell styles that show a number otherwise than it is, or with words, and their formats:
    as a percentage, in thousands, with a unit."""
    root = ElementTree.fromstring(styles, forbid_dtd=True) if styles else ()
    own = {
        each.get("numFmtId", ""): each.get("formatCode", "")
        for parent in _named(root, "numFmts")
        for each in parent
    }
    codes = {**_PERCENT_STYLES, **own}
    odd = {number: code for number, code in codes.items() if _shows_otherwise(code)}
    formats = [each.get("numFmtId", "") for parent in _named(root, "cellXfs") for each in parent]
    return {str(at): odd[number][:80] for at, number in enumerate(formats) if number in odd}


def _shows_otherwise(code: str) -> bool:
    found = _SECTION.match(code)
    section = found[0] if found else code
    written = "".join("".join(each) for each in _WRITTEN.findall(section))
    bare = _WRITTEN.sub("", section)
    said = any(char.isalpha() or char in "%\u20ab" for char in written)
    return (
        "%" in bare
        or bool(re.search(r"[0#?],+(?![0#?,])", bare))
        or (said and bool(re.search("[0#?]", bare)))
    )


def _named(root: Any, name: str) -> list[Any]:
    return [each for each in root if each.tag.rpartition("}")[2] == name]


def _font_name(font: Any) -> str:
    return next((each.get("val", "") for each in _named(font, "name")), "")


def marks_of(sheet: bytes, legacy: Set[str], scaling: Mapping[str, str]) -> dict[str, list[Any]]:
    """The marks of a sheet, places as (row, column) from 0; hidden rows and columns by number.

    ``scaled``: runs of cells below each other (first row, last row, column) with their format.
    """
    looking = _Looking(legacy, scaling)
    if legacy or scaling or any(mark in sheet for mark in _TELLING):
        parse(io.BytesIO(sheet), looking, forbid_dtd=True)
    return looking.found


class _Looking(ContentHandler):
    """Goes through a sheet's cells in the order of the file."""

    def __init__(self, legacy: Set[str], scaling: Mapping[str, str]) -> None:
        super().__init__()
        self.legacy, self.scaling = legacy, scaling
        self.runs: dict[int, list[Any]] = {}
        names = ("errors", "unset", "formulas", "hidden_rows", "hidden_columns", "legacy", "scaled")
        self.found: dict[str, list[Any]] = {name: [] for name in names}
        self.row = self.column = -1
        self.kind = ""
        self.formula = False
        self.value: list[str] | None = None

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  the name is SAX's
        begin = getattr(self, f"_begin_{name.rpartition(':')[2]}", None)
        if begin:
            begin(attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        if name.rpartition(":")[2] == "c":
            self._end_cell()
        elif name.rpartition(":")[2] == "v" and self.value is None:
            self.value = []

    def characters(self, content: str) -> None:
        if self.value is not None:
            self.value.append(content)

    def _begin_row(self, attrs: Any) -> None:
        self.row = int(attrs.get("r", self.row + 2)) - 1
        self.column = -1
        if attrs.get("hidden") in ("1", "true"):
            self.found["hidden_rows"].append(self.row)

    def _begin_col(self, attrs: Any) -> None:
        if attrs.get("hidden") in ("1", "true"):
            self.found["hidden_columns"].append((int(attrs["min"]) - 1, min(int(attrs["max"]), 16_384) - 1))

    def _begin_c(self, attrs: Any) -> None:
        letters = re.match(r"[A-Z]{1,3}", attrs.get("r", ""))
        self.column = column_number(letters[0]) if letters else self.column + 1
        self.kind, self.formula, self.value = attrs.get("t", "n"), False, None
        if attrs.get("s") in self.legacy:
            self._note("legacy", (self.row, self.column))

        if self.kind == "n" and attrs.get("s") in self.scaling:
            self._run(self.scaling[attrs["s"]])

    def _run(self, code: str) -> None:
        last = self.runs.get(self.column)
        if last and last[1] == self.row - 1 and last[3] == code:
            last[1] = self.row
        else:
            self.runs[self.column] = [self.row, self.row, self.column, code]
            self.found["scaled"].append(self.runs[self.column])

    def _begin_f(self, attrs: Any) -> None:
        self.formula = True

    def _begin_v(self, attrs: Any) -> None:
        self.value = []

    def _end_cell(self) -> None:
        text = "".join(self.value or []).strip()
        place = (self.row, self.column)
        if self.kind == "e":
            self._note("errors", (*place, text[:20]))
        elif self.formula and not text and (self.kind != "str" or self.value is None):
            self._note("unset", place)
        elif self.formula:
            self._note("formulas", place)
        self.value = None

    def _note(self, name: str, found: tuple[Any, ...]) -> None:
        self.found[name].append(found)
