"""A CSV file as a sheet of texts, as Excel saves it: commas, semicolons or tabs between the cells."""

from __future__ import annotations

import csv
import io
from itertools import islice
from pathlib import Path

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.workbooks.apart.marks import MOST_CELLS
from prioritizer.inputs.workbooks.sheet import Sheet
from prioritizer.inputs.yamltree import decode

_MARKS = (";", ",", "\t")
_LOOKED_AT = 40  # lines among which the one with most cells shows the mark
_ZIP, _LEGACY = b"PK", b"\xd0\xcf\x11\xe0"


def is_csv(name: str, content: bytes) -> bool:
    """Whether a file is called CSV and is not a workbook under a wrong name."""
    return name.casefold().endswith(".csv") and not content.startswith((_ZIP, _LEGACY))


def csv_sheet(name: str, content: bytes) -> Sheet:
    """The file as one sheet. Raises :class:`InputFaults` where it is no text in Unicode or no table."""
    text = decode(content, name)
    if not text.strip():
        raise InputFaults([Fault("empty_file", name)])
    rows: list[list[str]] = []
    cells, reader = 0, csv.reader(io.StringIO(text, newline=""), delimiter=_mark_of(text))
    try:
        for row in reader:
            while row and not row[-1]:
                row.pop()
            rows.append(row)
            cells += len(row)
            if cells > MOST_CELLS:
                raise InputFaults([Fault("sheet_too_large", name, params={"sheet": Path(name).stem[:80]})])
    except csv.Error as error:
        long = "field larger" in str(error)
        params = {"most": csv.field_size_limit()} if long else {}
        code = "cell_too_long" if long else "csv_syntax"
        raise InputFaults([Fault(code, name, reader.line_num, params=params)]) from None
    return Sheet(name, Path(name).stem[:31], True, rows)


def _mark_of(text: str) -> str:
    """What stands between the cells: the mark that splits one of the first lines into most of them."""
    lines = list(islice(io.StringIO(text), _LOOKED_AT))
    return max(_MARKS, key=lambda mark: max(line.count(mark) for line in lines))
