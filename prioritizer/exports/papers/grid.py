"""Ruled tables of documents: columns of fixed width, heads that come again on every page, rows kept whole.

They are written as they stand in the file, since a thousand rows made cell by cell would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from xml.sax.saxutils import escape

from docx.document import Document as Letter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from prioritizer.exports.papers.words import visible

Place = Literal["left", "center", "right"]
_TWIPS = 1440 / 25.4  # to the millimetre
_PADDING = 45  # twips left and right of a cell's text
_SIDES_MM = 2.2  # of a cell, without its text
_LEAST_MM, _SMALLER = 30.0, 4  # a column of names; how often the type may be a point smaller
_LETTERS = dict.fromkeys(".,()-–", 0.32) | {"%": 1.0}  # parts of the type's size; figures are half of it
_LONGEST_WHOLE = 1500  # letters of a cell up to which its row stays on one page
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True)
class Grid:
    """A table of texts: ``widths`` in millimetres, ``places`` where texts stand in their column; ``totals``
    are rows in bold below; ``size`` is that of the type in points."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    places: Sequence[Place]
    totals: Sequence[Sequence[str]] = ()
    size: float = 11


def add_grid(letter: Letter, grid: Grid) -> None:
    """A table at the end of a document, in which no number is broken over two lines."""
    grid = with_room(grid)
    parts = [f"<w:tbl {nsdecls('w')}>", *_set_up(grid), *_rows(grid), "</w:tbl>"]
    letter.element.body.insert_element_before(parse_xml("".join(parts)), "w:sectPr")
    letter.add_paragraph().paragraph_format.line_spacing = 0.5  # tables that touch would become one


def with_room(grid: Grid) -> Grid:
    """The table with columns of numbers as wide as their longest word needs, at the cost of its widest column
    of texts, and in smaller type where that one would get too narrow."""
    texts = [at for at, place in enumerate(grid.places) if place == "left"]
    if not texts:
        return grid
    widest, roomy = max(texts, key=lambda at: grid.widths[at]), grid
    for smaller in range(_SMALLER):
        size = grid.size - smaller
        widths = [
            width if place == "left" else max(width, _needed(grid, at, size))
            for at, (width, place) in enumerate(zip(grid.widths, grid.places, strict=True))
        ]
        widths[widest] -= sum(widths) - sum(grid.widths)
        roomy = replace(grid, widths=widths, size=size)
        if widths[widest] >= _LEAST_MM:
            break
    return roomy


def _needed(grid: Grid, at: int, size: float) -> float:
    """The millimetres that the longest word of a column takes."""
    cells = [grid.heads[at], *(row[at] for row in (*grid.rows, *grid.totals))]
    return max(map(_length, (word for cell in cells for word in cell.split())), default=0) * size + _SIDES_MM


def _length(word: str) -> float:
    """The millimetres that a word takes to the point of its type, which is a serif one, bold."""
    return sum(_LETTERS.get(letter, 0.52) for letter in word) * 25.4 / 72


def _set_up(grid: Grid) -> Iterator[str]:
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    margins = "".join(f'<w:{side} w:w="{_PADDING}" w:type="dxa"/>' for side in ("left", "right"))
    total = sum(map(_twips, grid.widths))
    yield (
        f'<w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
    )
    placed = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in grid.widths)
    yield f"<w:tblGrid>{placed}</w:tblGrid>"


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


def _rows(grid: Grid) -> Iterator[str]:
    centred: Sequence[Place] = ["center"] * len(grid.heads)
    yield _row(grid, grid.heads, centred, bold=True, head=True)
    for cells in grid.rows:
        yield _row(grid, cells, grid.places)
    for cells in grid.totals:
        yield _row(grid, cells, grid.places, bold=True)


def _row(
    grid: Grid, cells: Sequence[str], places: Sequence[Place], *, bold: bool = False, head: bool = False
) -> str:
    texts = [visible(cell) for cell in cells]
    whole = "<w:cantSplit/>" if max(map(len, texts)) <= _LONGEST_WHOLE else ""
    repeated = "<w:tblHeader/>" if head else ""
    strong, middle = "<w:b/>" if bold else "", '<w:vAlign w:val="center"/>' if head else ""
    parts = [
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
        f"{middle}</w:tcPr>"
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="{place}"/></w:pPr><w:r><w:rPr>{strong}<w:sz w:val="{round(2 * grid.size)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        for text, width, place in zip(texts, grid.widths, places, strict=True)
    ]
    return f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{''.join(parts)}</w:tr>"
