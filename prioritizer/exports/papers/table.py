"""The tables of papers, before they become sheets or pages: typed cells under typed columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def digits_of(amounts: Iterable[Cell]) -> int:
    """The decimals, in billions, that every one of some amounts has room in."""
    return max((locale.bn_digits(each) for each in amounts if isinstance(each, int)), default=1)


def cell_text(cell: Cell, kind: Kind, lang: str, digits: int | None = None) -> str:
    """A cell as it is read: amounts in billions, exact to the million, with ``digits`` decimals if given."""
    if cell is None:
        return ""
    if isinstance(cell, str) or kind == "text":
        return str(cell)
    if kind == "amount":
        return locale.bn(int(cell), lang, digits)
    if kind == "points":
        return locale.points(int(cell), lang, 2)
    if kind == "share":
        return locale.percent(Fraction(cell), lang)
    return locale.number(cell, lang, 0 if kind == "whole" else locale.digits_needed(Fraction(cell)))
