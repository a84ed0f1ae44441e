"""What a grid shows in place of its numbers: texts made once, handed over as Streamlit takes them.

Streamlit sends the numbers, which it sorts by, and beside them a text for each cell, which it takes from a
pandas ``Styler``. Left to itself a ``Styler`` makes a whole page of markup first, which for a thousand rows
took longer than all else that a page does; here it only passes the texts on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

MISSING = "–"
Read = Callable[[int], str]


def worded(frame: pd.DataFrame, reads: Mapping[str, Read]) -> Styler:
    """``frame`` with the text of every cell: numbers as ``reads`` has it for their column, the rest as it is,
    and a dash for what is missing."""
    cells = [
        {"id": f"row{row}_col{at}", "display_value": text}
        for at, column in enumerate(frame)
        for row, text in _texts(frame.iloc[:, at], reads.get(str(column)))
    ]
    styler = frame.style
    # What Streamlit asks of a Styler, in its own words; a test holds the two together.
    vars(styler)["_translate"] = lambda *_: {"body": [cells]}
    return styler


def _texts(column: pd.Series[Any], read: Read | None) -> list[tuple[int, str]]:
    """The rows of a column that do not show what they hold, each with its text."""
    missing = column.isna().tolist()
    if read is None:
        return [(row, MISSING) for row, gone in enumerate(missing) if gone]
    values = zip(column.tolist(), missing, strict=True)
    return [(row, MISSING if gone else read(int(value))) for row, (value, gone) in enumerate(values)]
