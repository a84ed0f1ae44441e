"""The parts of an official letter: page, type, rules, tables; the same bytes for the same content.

Sizes and margins are those of Decree 30/2020/NĐ-CP, Appendix I.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as Letter
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from prioritizer.exports.xmltext import xml_text

FACE = "Times New Roman"
_MADE = datetime(2026, 1, 1)  # a file must not depend on the day it is written
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_PLACES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def new_letter(title: str, lang: str) -> Letter:
    """An empty letter on A4: margins, type, page numbers from the second page on, no traces of the maker."""
    letter = Document()
    section = letter.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.start_type = WD_SECTION.NEW_PAGE
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    style = letter.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(script), FACE)
    style.element.get_or_add_rPr().append(_element("w:lang", val="vi-VN" if lang == "vi" else "en-GB"))
    about = letter.core_properties
    about.title, about.author, about.comments, about.last_modified_by = title, "", "", ""
    about.created = about.modified = _MADE
    about.language = "vi-VN" if lang == "vi" else "en-GB"
    return letter


def content(letter: Letter) -> bytes:
    """The letter as a file, its members dated alike."""
    written, dated = io.BytesIO(), io.BytesIO()
    letter.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _ZIPPED)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return dated.getvalue()


def write(
    paragraph: Paragraph,
    text: str,
    size: float = 14,
    place: str = "left",
    *,
    bold: bool = False,
    italic: bool = False,
    after: float = 0,
    first_line: Length | None = None,
) -> Paragraph:
    """Text into a paragraph, with its type and place."""
    run = paragraph.add_run(xml_text(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    paragraph.alignment = _PLACES[place]
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(0), Pt(after), 1.0
    layout.first_line_indent = first_line
    return paragraph


def body(letter: Letter, text: str) -> Paragraph:
    """A paragraph of the letter's body."""
    return write(letter.add_paragraph(), text, 14, "justify", after=6, first_line=Cm(1.27))


def rule(paragraph: Paragraph, inset: Length) -> None:
    """A line below a paragraph, drawn in by ``inset`` on both sides."""
    write(paragraph, "", 2, "centre").paragraph_format.space_before = Pt(3)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    borders = _element("w:pBdr")
    borders.append(_element("w:top", val="single", sz="6", space="1", color="000000"))
    paragraph._p.get_or_add_pPr().append(borders)


def columns(letter: Letter, widths: Sequence[Length], *, ruled: bool) -> Table:
    """A table with columns of fixed width, one row so far; without rules it only places what stands beside
    each other."""
    table: Table = letter.add_table(rows=1, cols=len(widths))
    table.style = "Table Grid" if ruled else "Normal Table"
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _widen(table.rows[0].cells, widths)
    return table


def add_row(table: Table, widths: Sequence[Length]) -> tuple[_Cell, ...]:
    """A further row; it may go on overleaf, or a long one would leave half a page empty."""
    table.add_row()  # type: ignore[no-untyped-call]
    row = table.rows[-1]
    _widen(row.cells, widths)
    return tuple(row.cells)


def keep_together(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def repeat_heading(table: Table) -> None:
    """Let the first row come again on every page."""
    keep_together(table.rows[0])
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _widen(cells: Sequence[_Cell], widths: Sequence[Length]) -> None:
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width


def _page_number(paragraph: Paragraph) -> None:
    """The number of the page, centred in the upper margin."""
    write(paragraph, "", 13, "centre")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        part = _element("w:fldChar", fldCharType=kind) if kind else _element("w:instrText")
        part.text = text or None
        run._r.append(part)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
