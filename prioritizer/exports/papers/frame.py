"""What official papers share: page, marks on every page, heading block, titles, signatures, pictures.

Sizes and places are those of Decree 30/2020/NĐ-CP, Appendix I.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx.document import Document as Letter
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph

from prioritizer import locale
from prioritizer.charts import Figure
from prioritizer.exports.letters.document import (
    body,
    columns,
    keep_together,
    new_letter,
    rule,
    write,
)
from prioritizer.exports.papers.words import say, visible
from prioritizer.exports.pictures import picture, size_of

TEXT_MM = 165  # between the margins
_HEAD: tuple[Length, ...] = (Mm(67), Mm(98))
_SIGNED: tuple[Length, ...] = (Mm(75), Mm(90))
_HIGHEST_MM = 200  # a picture with its title on one page


def new_paper(title: str, lang: str, marks: str) -> Letter:
    """An empty paper; ``marks`` (illustrative, redacted) stand on top of every page."""
    paper = new_letter(title, lang)
    section = paper.sections[0]
    section.right_margin = Mm(15)
    if marks:
        write(section.first_page_header.paragraphs[0], marks, 11, "centre", bold=True)
        write(section.header.add_paragraph(), marks, 11, "centre", bold=True)
    return paper


def heading_block(paper: Letter, lang: str, number: str | None = None) -> None:
    """Who issues it, to the left; the nation, to the right; below place and day, all left to be filled in."""
    table = columns(paper, _HEAD, ruled=False)
    left, right = table.rows[0].cells
    write(left.paragraphs[0], _letter("parent", lang), 12, "centre")
    write(left.add_paragraph(), _letter("issuer", lang), 12, "centre", bold=True)
    rule(left.add_paragraph(), Mm(22))
    if number is not None:
        write(left.add_paragraph(), say(f"annex.number.{number}", lang), 13, "centre")
    write(right.paragraphs[0], _letter("nation", lang), 12, "centre", bold=True)
    write(right.add_paragraph(), _letter("motto", lang), 13, "centre", bold=True)
    rule(right.add_paragraph(), Mm(25))
    write(right.add_paragraph(), _letter("date", lang), 13, "centre", italic=True)
    write(paper.add_paragraph(), "", 13, after=2)


def _letter(key: str, lang: str) -> str:
    return locale.say(f"requests.letter.{key}", lang)


def title(paper: Letter, text: str, about: str = "") -> None:
    """The kind of paper in capitals, what it is about below, and a rule."""
    write(paper.add_paragraph(), text, 14, "centre", bold=True)
    if about:
        write(paper.add_paragraph(), about, 14, "centre", bold=True)
    rule(paper.add_paragraph(), Mm(62))
    write(paper.add_paragraph(), "", 6)


def section(paper: Letter, number: int, text: str, lang: str) -> None:
    """A numbered heading, kept with what follows."""
    said = say("outline.item", lang, number=number, text=text)
    paragraph = write(paper.add_paragraph(), said, 14, "left", bold=True, after=4)
    paragraph.paragraph_format.space_before = Mm(3)
    paragraph.paragraph_format.keep_with_next = True


def sentences(paper: Letter, said: Iterable[str], *, dashed: bool = False) -> list[Paragraph]:
    """Paragraphs of the body; ``dashed`` as items of a list."""
    return [body(paper, f"{'- ' if dashed else ''}{visible(each)}") for each in said]


def small(paper: Letter, text: str, place: str = "justify") -> None:
    """A note under a table."""
    write(paper.add_paragraph(), visible(text), 11, place, italic=True, after=3)


def pictures(paper: Letter, figures: Sequence[Figure]) -> None:
    """Charts across the page, each with its text alternative."""
    for figure in figures:
        png = picture(figure)
        width, height = size_of(png)
        across = min(TEXT_MM, _HIGHEST_MM * width / height)
        shape = paper.add_picture(BytesIO(png), width=Mm(across))
        shape._inline.docPr.set("descr", visible(figure.alt))
        last = paper.paragraphs[-1]
        write(last, "", 11, "centre", after=6)


def recipients(paper: Letter, lang: str) -> None:
    """Who gets it, to the left; who signs, to the right; both left to be filled in."""
    left, right = _closing(paper)
    write(left[0], _letter("recipients", lang), 12, bold=True, italic=True)
    for paragraph, line in zip(left[1:], ("above", "filed"), strict=True):
        write(paragraph, _letter(line, lang), 11)
    write(right[0], _letter("authority", lang), 14, "centre", bold=True, after=24)
    write(right[1], _letter("signature", lang), 14, "centre", italic=True, after=24)
    write(right[2], _letter("signer", lang), 14, "centre", bold=True)


def signatures(paper: Letter, left_role: str, right_role: str, lang: str) -> None:
    """Two who sign beside each other."""
    for side, role in zip(_closing(paper), (left_role, right_role), strict=True):
        write(side[0], role, 14, "centre", bold=True, after=24)
        write(side[1], _letter("signature", lang), 14, "centre", italic=True, after=24)
        write(side[2], _letter("signer", lang), 14, "centre", bold=True)


def _closing(paper: Letter) -> tuple[list[Paragraph], list[Paragraph]]:
    write(paper.add_paragraph(), "", 6)
    for last in paper.paragraphs[-2:]:  # nobody signs on a page with nothing else on it
        last.paragraph_format.keep_with_next = True
    table = columns(paper, _SIGNED, ruled=False)
    keep_together(table.rows[0])
    left, right = table.rows[0].cells
    return (
        [left.paragraphs[0], left.add_paragraph(), left.add_paragraph()],
        [right.paragraphs[0], right.add_paragraph(), right.add_paragraph()],
    )
