"""A table of the app as CSV: one that Excel opens right in a Vietnamese region, one for machines.

A column's name says its unit, as on the screen: ``_mvnd`` is million VND, ``_e4`` a value in 1e-4 point.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from prioritizer.exports.shortlist import decimal_text, inert
from prioritizer.results import E4

Style = Literal["excel", "machine"]


def frame_csv(
    frame: pd.DataFrame, names: Mapping[str, str], lang: str, style: Style, heading: Sequence[str] = ()
) -> bytes:
    """``excel``: semicolons, BOM, the language's decimal sign, billions, columns called as ``names`` says,
    below the lines of ``heading``. ``machine``: RFC 4180, UTF-8, million VND, the columns' own names.

    What is missing is blank, which is not 0.
    """
    stream = io.StringIO(newline="")
    columns = [str(column) for column in frame]
    if style == "machine":
        plain = csv.writer(stream, lineterminator="\r\n")
        plain.writerow([column.removesuffix("_e4") for column in columns])
        plain.writerows(_row(row, columns, _machine) for row in frame.itertuples(index=False))
        return stream.getvalue().encode("utf-8")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([inert(line)] for line in heading)
    writer.writerow([inert(names[column]) for column in columns])
    for row in frame.itertuples(index=False):
        writer.writerow(_row(row, columns, lambda value, column: _excel(value, column, lang)))
    return stream.getvalue().encode("utf-8-sig")


def _row(row: Sequence[Any], columns: Sequence[str], cell: Any) -> list[str]:
    return ["" if pd.isna(value) else cell(value, column) for value, column in zip(row, columns, strict=True)]


def _machine(value: Any, column: str) -> str:
    if column.endswith("_e4"):
        return decimal_text(Fraction(int(value), E4), "en", 4)
    return inert(value) if isinstance(value, str) else str(value)


def _excel(value: Any, column: str, lang: str) -> str:
    if column.endswith("_mvnd"):
        return decimal_text(Fraction(int(value), 1000), lang, 3)
    if column.endswith("_e4"):
        return decimal_text(Fraction(int(value), E4), lang, 4)
    return inert(value) if isinstance(value, str) else str(value)
