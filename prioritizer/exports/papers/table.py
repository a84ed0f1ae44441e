"""The tables of papers, before they become sheets or pages: typed cells under typed columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from prioritizer import locale

Kind = Literal["text", "whole", "amount", "points", "share", "number"]
Cell = str | int | Fraction | None


@dataclass(frozen=True)
class Column:
    """One column: ``width`` in characters.

    Cells of an ``amount`` are million VND, of ``points`` 1e-4 point, of a ``share`` fractions of one, of a
    ``number`` exact fractions; ``None`` is absent, which is not zero.
    """

    heading: str
    kind: Kind = "text"
    width: int = 14


@dataclass(frozen=True)
class Table:
    """A table with its title; ``totals`` are rows that stand below and are not sorted with the others;
    ``keep`` columns stay in sight and ``notes`` follow the table."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Sequence[Cell]] = ()
    notes: Sequence[str] = ()
    keep: int = 1


def cell_text(cell: Cell, kind: Kind, lang: str) -> str:
    """A cell as it is read: amounts in billions, exact to the million."""
    if cell is None:
        return ""
    if isinstance(cell, str) or kind == "text":
        return str(cell)
    if kind == "amount":
        return locale.bn(int(cell), lang)
    if kind == "points":
        return locale.points(int(cell), lang, 2)
    if kind == "share":
        return locale.percent(Fraction(cell), lang)
    return locale.number(cell, lang, 0 if kind == "whole" else locale.digits_needed(Fraction(cell)))
