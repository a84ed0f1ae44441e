"""Whatever text people write, a workbook gives it back as a text, and never as a formula or a link."""

import io
from decimal import Decimal

from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from prioritizer.exports.letters.document import body, content, new_letter
from prioritizer.exports.workbooks.book import FORMULA_STARTS, Book
from tests.build import steady

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"))
TEXTS = st.builds(
    lambda start, rest: (start + rest).strip(),
    st.sampled_from(
        ("", "=", "+", "-", "@", "＝", "http://", "_x0041_", "{=1+1}", "'", "<b>", "&amp;", "1.234,5")
    ),
    st.text(LETTERS, max_size=40),
)


def written(texts: list[str]) -> bytes:
    book = Book("t")
    sheet = book.sheet("s")
    for row, text in enumerate(texts):
        book.put(sheet, row, 0, text, "text")
    return book.content()


@steady(60)
@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=8))
def test_texts_come_back_as_they_were(texts):
    file = written(texts)
    cells = [row[0] for row in load_workbook(io.BytesIO(file))["s"].iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert [cell.quotePrefix for cell in cells] == [text.startswith(FORMULA_STARTS) for text in texts]
    read = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name("s").to_python()
    assert [row[0] for row in read] == texts


@steady(60)
@given(st.decimals(0, 10**7, places=3))
def test_amounts_come_back_as_they_were(amount):
    book = Book("t")
    sheet = book.sheet("s")
    book.put(sheet, 0, 0, str(amount), "amount")
    read = CalamineWorkbook.from_filelike(io.BytesIO(book.content())).get_sheet_by_name("s").to_python()
    assert Decimal(repr(read[0][0])) == amount


@steady(40)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30))
def test_whatever_characters_there_are_the_files_open(text):
    letter = new_letter("t", "vi")
    body(letter, text)
    assert Document(io.BytesIO(content(letter))).paragraphs
    assert load_workbook(io.BytesIO(written([text])))["s"].cell(1, 1).data_type == "s"
