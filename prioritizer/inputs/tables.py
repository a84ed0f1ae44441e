"""Tables as files: a reader that keeps each distinct text once.

Reading is column by column over distinct
texts, so that a hundred thousand rows cost little more than splitting them.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

from prioritizer.errors import Fault, InputFaults, Misread
from prioritizer.inputs.columns import Column
from prioritizer.inputs.yamltree import decode, has_control_character
from prioritizer.model import Coded, Codes, Ints

LARGEST_TABLE_BYTES = 512 * 1024 * 1024
_CHUNK = 65_536
_COMPARED = 2_000  # words among which the nearest is looked for
_BLANKS = " \t\u00a0\u202f"
_RUN = re.compile(f"[{_BLANKS}]+")
# Letters and signs that are drawn as nothing: fillers of Hangul, a blank of Braille, a note without a head.
_UNDRAWN = "\u115f\u1160\u3164\uffa0\u2800\U0001d159"


@dataclass(frozen=True)
class Table:
    """A table as read: columns by name and the file's line of every row, int64[n]."""

    file: str
    columns: Mapping[str, Coded]
    lines: Ints

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> Coded:
        """The column, all blank where the file has none."""
        return self.columns.get(name) or Coded(("",), np.zeros(len(self), dtype=np.int32))

    def faults_at(self, code: str, rows: Iterable[int], column: str | None, **params: object) -> list[Fault]:
        """The same fault on several rows."""
        return [Fault(code, self.file, int(self.lines[row]), column, params) for row in rows]


def read_table(
    content: bytes, shown: str, columns: Sequence[Column], faults: list[Fault], may_be_empty: bool = False
) -> Table:
    """The table in a CSV file's bytes; what is wrong with its rows is added to ``faults``.

    Raises :class:`InputFaults` where there is no table to go on with.
    """
    text = decode(content, shown)
    if not text or text.isspace():
        raise InputFaults([Fault("empty_file", shown)])
    plain = '"' not in text
    # Read from bytes: a second copy of the text would take four bytes a character.
    lines = io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="")
    del text
    reader = csv.reader(lines, strict=True)
    try:
        spelled = {column.name.casefold(): column.name for column in columns}
        header = [spelled.get(cell.strip(_BLANKS).casefold(), cell.strip(_BLANKS)) for cell in next(reader)]
        faults += _header_faults(header, shown, columns)
        table = _read_rows(reader, header, shown, plain=plain, faults=faults)
    except csv.Error as error:
        long = "field larger" in str(error)  # the only words of its own that the reader is asked for
        fault = Fault("cell_too_long" if long else "csv_syntax", shown, reader.line_num)
        raise InputFaults([replace(fault, params={"most": csv.field_size_limit()} if long else {})]) from None
    if not len(table) and not may_be_empty:
        raise InputFaults([*faults, Fault("table_without_rows", shown)])
    filled = [column.name for column in columns if column.filled and column.name in table.columns]
    faults += [fault for name in filled for fault in _blanks(table, name)]
    return table


def _header_faults(header: list[str], shown: str, columns: Sequence[Column]) -> list[Fault]:
    """What is wrong with the heading. Raises :class:`InputFaults` where this is no heading of the table."""
    known = [column.name for column in columns]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        raise InputFaults([Fault("wrong_separator", shown, 1)])
    faults = [Fault("missing_column", shown, 1, c.name) for c in columns if c.needed and c.name not in header]
    for place, name in enumerate(header):
        if name in header[:place]:
            faults.append(Fault("duplicate_column", shown, 1, name))
        elif name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            faults.append(Fault("unknown_column", shown, 1, name, {"near": near[0] if near else "–"}))
    if not any(column.needed and column.name in header for column in columns):
        raise InputFaults(faults)
    return faults


def _read_rows(reader: Any, header: list[str], shown: str, plain: bool, faults: list[Fault]) -> Table:
    lexicons = [_lexicon() for _ in header]
    codes: list[list[Codes]] = [[] for _ in header]
    lines: list[Ints] = []
    for chunk, numbers in _chunks(reader, plain):
        kept = [place for place, row in enumerate(chunk) if any(row)]
        wrong = [place for place in kept if len(chunk[place]) != len(header)]
        for place in wrong:
            params = {"found": len(chunk[place]), "expected": len(header)}
            faults.append(Fault("row_width", shown, int(numbers[place]), None, params))
        if wrong or len(kept) < len(chunk):
            bad = set(wrong)
            kept = [place for place in kept if place not in bad]
            chunk, numbers = [chunk[place] for place in kept], numbers[kept]
        for lexicon, column, into in zip(lexicons, zip(*chunk, strict=True), codes, strict=False):
            into.append(np.fromiter(map(lexicon.__getitem__, column), dtype=np.int32, count=len(chunk)))
        lines.append(numbers)
    joined = [np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32) for parts in codes]
    columns = {
        name: _tidy(lexicon, part) for name, lexicon, part in zip(header, lexicons, joined, strict=True)
    }
    table = Table(shown, columns, np.concatenate(lines) if lines else np.zeros(0, dtype=np.int64))
    faults += [fault for name in columns for fault in _control_characters(table, name)]
    return table


def _chunks(reader: Any, plain: bool) -> Iterator[tuple[list[list[str]], Ints]]:
    """Records with their first lines; without quotes a record is a line, which need not be asked for."""
    while True:
        before = reader.line_num
        rows: list[list[str]] = []
        first_lines: list[int] = []
        if plain:
            rows = list(islice(reader, _CHUNK))
            numbers = np.arange(before + 1, before + 1 + len(rows))
        else:
            for row in islice(reader, _CHUNK):
                first_lines.append(before + 1)
                rows.append(row)
                before = reader.line_num
            numbers = np.array(first_lines, dtype=np.int64)
        if not rows:
            return
        yield rows, numbers


def _lexicon() -> defaultdict[str, int]:
    lexicon: defaultdict[str, int] = defaultdict()
    lexicon.default_factory = lexicon.__len__
    return lexicon


def _tidy(lexicon: Mapping[str, int], codes: Codes) -> Coded:
    """Without blanks at the ends; in between any run of them is one space, so that equal looks equal. What
    nobody can see is blank."""
    return recode(Coded(tuple(lexicon), codes), _tidied)


def _tidied(text: str) -> str:
    return _RUN.sub(" ", text.strip(_BLANKS)) if is_visible(text) else ""


def is_visible(text: str) -> bool:
    """Whether anything of a text can be seen: not blanks, line breaks, controls, or marks on nothing."""
    return any(unicodedata.category(char)[0] not in "ZCM" and char not in _UNDRAWN for char in text)


def recode(column: Coded, rename: Callable[[str], str]) -> Coded:
    """The column with every distinct text renamed, equal texts under one code again."""
    lexicon = _lexicon()
    new = np.array([lexicon[rename(level)] for level in column.levels] or [0], dtype=np.int32)
    return Coded(tuple(lexicon), new[column.codes])


def _control_characters(table: Table, name: str) -> list[Fault]:
    column = table.columns[name]
    bad = [code for code, text in enumerate(column.levels) if has_control_character(text)]
    return table.faults_at("control_character", np.flatnonzero(np.isin(column.codes, bad)), name)


def _blanks(table: Table, name: str) -> list[Fault]:
    column = table.columns[name]
    return table.faults_at("blank_cell", np.flatnonzero(column.among(("",))), name)


def read_cells(table: Table, name: str, read: Callable[[str], Any], faults: list[Fault]) -> list[Any]:
    """What every distinct text of a column reads as (``None`` where blank or faulty), by code."""
    column = table.column(name)
    values: list[Any] = []
    for code, text in enumerate(column.levels):
        try:
            values.append(read(text) if text else None)
        except Misread as misread:
            values.append(None)
            rows = np.flatnonzero(column.codes == code)
            faults += table.faults_at(misread.code, rows, name, **misread.params)
    return values


def by_row(values: Sequence[int | None], column: Coded) -> Ints:
    """What was read from a column's distinct texts as whole numbers, row by row; -1 where there is none."""
    by_code = np.array([-1 if value is None else value for value in values] or [-1], dtype=np.int64)
    return by_code[column.codes]


def positions(table: Table, name: str, known: Sequence[str], code: str, faults: list[Fault]) -> Ints:
    """Where the ids of a column stand in ``known``, row by row; -1 where unknown, which is a fault."""
    place = {text.casefold(): at for at, text in enumerate(known)}
    spelled = read_cells(table, name, one_of(known, code), faults)
    return by_row([place[text.casefold()] if text else None for text in spelled], table.column(name))


def one_of(known: Iterable[str], code: str) -> Callable[[str], str]:
    """A reader of words from a list, ignoring case, that answers with the list's own spelling."""
    spelled = {word.casefold(): word for word in known}

    def read(text: str) -> str:
        if text.casefold() in spelled:
            return spelled[text.casefold()]
        raise Misread(code, **_unknown(text, spelled))

    return read


def nearest(text: str, known: Iterable[str]) -> dict[str, str]:
    """What to say of a word that is not known: the text, the nearest word, and the first words known."""
    return _unknown(text, {word.casefold(): word for word in known})


def _unknown(text: str, spelled: Mapping[str, str]) -> dict[str, str]:
    # A table of another register would compare all its ids with all of ours.
    near = difflib.get_close_matches(text.casefold(), spelled, n=1) if len(spelled) <= _COMPARED else []
    few = ", ".join(islice(spelled.values(), 12)) + (", …" if len(spelled) > 12 else "")
    return {"text": text[:80], "near": spelled[near[0]] if near else "–", "known": few or "–"}
