"""Cases for the papers to take away, and what stands in them, read back by other libraries."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
from docx import Document

from prioritizer import pipeline
from prioritizer.results import Evaluation
from tests.build import ASSESSED, SCORES_HEAD, assessed, table

HEAD = "id,name_vi,name_en,ministry,product,class,ask_bn,secrecy,ask_basis"
ROWS = (
    "P1,một,one,A,T1.1,group1,1.5,công khai,illustrative",
    "P2,hai,two,B,T1.1,group1,2,nội bộ,stated",
    "P3,ba,three,A,T1.1,group1,1.001,,proposed",
    "P4,Rada bí ẩn,Hidden radar,C,T1.1,group2-push,1.234,mật,stated",
    "P5,năm,five,B,T1.1,group1,0.7,công khai,stated",
)
SCORES = tuple(
    f"P{at},B{leaf},x,{score},,"
    for at, own in enumerate(
        ((90, 90, 80, 70), (60, 50, 40, 30), (60, 50, 40, 30), (80, 70, 75, 60), (20,)), 1
    )
    for leaf, score in enumerate(own, 1)
)
CHOICES = (
    "limits:\n"
    "  - {id: of-a, where: {ministry: A}, at_most: {amount_bn: 2}, basis: illustrative, why: Trần của A}\n"
    "  - {id: of-c, where: {ministry: C}, at_least: {amount_bn: '0.5'}, why: Vì rada}\n"
    "decisions:\n"
    "  - {id: d5, project: P5, fund_at_least_bn: '0.2', by: Tổ công tác, at: 2026-04-20, why: Đã hứa}\n"
    "  - {id: d4, project: P4, fund_at_least_bn: '0.5', by: Nhóm mật, at: 2026-04-21, why: Vì rada}\n"
    "reserves:\n"
    "  - {id: kept, amount_bn: '0.1', name: Dự phòng}\n"
)
NO_PLAN = (
    "limits:\n"
    "  - {id: least, where: {ministry: A}, at_least: {amount_bn: 1}}\n"
    "  - {id: most, where: {ministry: A}, at_most: {amount_bn: '0.5'}}\n"
)


def case_file(place: Path, more: str = CHOICES, rows: Iterable[str] = ROWS) -> Path:
    """A small case with ties, limits, decisions, a reserve, secrecy and illustrative asks."""
    tiny = (ASSESSED + more).replace('amount_bn: "3"', 'amount_bn: "4.5"')
    return assessed(
        place, tiny_yaml=tiny, register_csv=table(HEAD, rows), scores_csv=table(SCORES_HEAD, SCORES)
    )


def evaluated(path: Path) -> Evaluation:
    return pipeline.assess(pipeline.load(path, "isolated"))


def papers_of(
    evaluation: Evaluation, lang: str, against: Evaluation | None = None, redact: str | None = None
) -> dict[str, bytes]:
    """The workbook and the documents of a takeaway, by name."""
    made = pipeline.takeaway(evaluation, lang, against, redact)
    return {name: content for name, content in made.items() if name.endswith((".xlsx", ".docx"))}


def sheets(content: bytes) -> dict[str, openpyxl.worksheet.worksheet.Worksheet]:
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets}


def rows_of(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[dict[str, object]]:
    """A sheet's rows below its heading, which is where the panes are frozen, by heading."""
    first = sheet[sheet.freeze_panes].row
    heads = [cell.value for cell in sheet[first - 1]]
    return [
        dict(zip(heads, values, strict=True)) for values in sheet.iter_rows(min_row=first, values_only=True)
    ]


def tables(content: bytes) -> list[list[list[str]]]:
    """The tables of a document as texts."""
    return [
        [[cell.text for cell in row.cells] for row in each.rows]
        for each in Document(io.BytesIO(content)).tables
    ]


def parts(content: bytes) -> dict[str, str]:
    """The parts of a file that are texts, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: archive.read(name).decode("utf-8") for name in names}


def text_of(content: bytes) -> str:
    """All that a document says, tables with it."""
    paper = Document(io.BytesIO(content))
    cells = [cell for each in tables(content) for row in each for cell in row]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
