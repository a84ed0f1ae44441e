"""Another table beside or below the first is told, never dropped; so is an amount in words."""

import pytest

from prioritizer.inputs.workbooks.answers import Given
from prioritizer.inputs.workbooks.lists import read_lists
from tests.books import HEAD, PROJECTS, book, imported, project, table

SOUND = ["MOIT-1", "MOIT-2"]


def beside(*lines):
    """Puts lines into the sheet from column J on, by their rows."""

    def edit(made):
        for row, cells in lines:
            for at, value in enumerate(cells):
                made[PROJECTS].cell(row, 10 + at, value)

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        beside((8, ["MOIT-7", "Dự án bảy", 700]), (9, ["MOIT-8", "Dự án tám", 800])),
        beside((7, HEAD), (8, project("MOIT-7"))),
        beside((7, HEAD), (8, project("MOIT-7", ask="7 tỷ đồng"))),
        beside((3, ["MOIT-7", 700])),
    ],
)
def test_a_table_beside_the_first_keeps_the_sheet_out_until_it_is_mended(tmp_path, edit):
    done = imported(tmp_path, {"a.xlsx": book(edit=edit)}, read_lists(None))
    assert {fault.code for fault in done.faults} == {"cell_without_heading"}
    assert min(fault.column for fault in done.faults) == "J"
    assert table(done) == []


def test_a_signature_beside_the_table_is_a_remark(tmp_path):
    edit = beside((7, ["Hà Nội, ngày 5 tháng 5 năm 2026"]), (8, ["NGƯỜI LẬP BIỂU", "", "THỦ TRƯỞNG ĐƠN VỊ"]))
    done = imported(tmp_path, {"a.xlsx": book(edit=edit)}, read_lists(None))
    assert not done.faults and [line.split(",")[0] for line in table(done)[1:]] == SOUND
    assert [line.line for report in done.reports for line in report.left_out] == [7, 8]


@pytest.mark.parametrize("amount", ["năm trăm", "hai mươi", "Mười", "five hundred", "năm trăm tỷ"])
def test_an_amount_in_words_without_a_project_is_no_remark(tmp_path, amount):
    done = imported(tmp_path, {"a.xlsx": book([None, "Dự án X", None, None, None, amount])}, read_lists(None))
    assert "amount_without_id" in {fault.code for fault in done.faults}


def test_a_unit_that_is_stated_confirms_odd_amounts_but_they_are_told(tmp_path):
    files = {"a.xlsx": book(project("MOIT-3", ask=900_000))}
    asked = imported(tmp_path, files, read_lists(None))
    assert {fault.code for fault in asked.faults} == {"amount_unlike_others"} and not asked.confirmed
    done = imported(tmp_path, files, read_lists(None), Given.of(units=[("a.xlsx", "bn")]))
    assert not done.faults
    (told,) = done.confirmed
    assert (told.code, told.row, told.params["amount_mvnd"]) == ("amount_unlike_others", 5, 900_000_000)
