"""Every hostile or broken workbook ends in its named fault, in time, with no number changed."""

import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange

from prioritizer import locale
from prioritizer.inputs.workbooks.lists import read_lists
from tests.books import (
    HEAD,
    PROJECTS,
    book,
    imported,
    more,
    parts,
    project,
    replaced,
    saved,
    table,
    zipped,
)

SHEET = "xl/worksheets/sheet1.xml"
SECONDS = 10
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'


@dataclass(frozen=True)
class Hostile:
    """A file with one thing wrong: the fault's code and cell, and whether the sound rows are still taken."""

    code: str
    make: Callable[[], bytes]
    cell: str = ""
    sound: bool = False
    beside: Callable[[], bytes] | None = None


def whole(code: str, make: Callable[[], bytes], cell: str = "") -> Hostile:
    """Nothing of the file can be taken."""
    return Hostile(code, make, cell)


def row(code: str, cell: str, **cells: Any) -> Hostile:
    """One project is wrong, the two above are taken."""
    return Hostile(code, lambda: book(project(**cells)), cell, sound=True)


def edited(code: str, cell: str, edit: Callable[[Workbook], None], sound: bool = True) -> Hostile:
    return Hostile(code, lambda: book(project(), edit=edit), cell, sound)


def cost(code: str, cell: str, *rows: list[Any]) -> Hostile:
    """Wrong costs; those of the sound projects stand first."""
    sound = (["MOIT-1", 2026, "", 120.5], ["MOIT-2", 2026, "", 250])
    return Hostile(code, lambda: book(project(), costs=[*sound, *rows]), cell, sound=True)


def score(code: str, cell: str, *rows: list[Any]) -> Hostile:
    return Hostile(code, lambda: book(scores=[["MOIT-1", "growth", "A1", 2], *rows]), cell, sound=True)


def set_cell(sheet: str, place: str, value: Any) -> Callable[[Workbook], None]:
    def edit(made: Workbook) -> None:
        made[sheet][place] = value

    return edit


def truncated() -> bytes:
    return book(project())[:-400]


def flipped() -> bytes:
    content = bytearray(book(project()))
    at = content.find(b"sheet1.xml") + 60
    content[at : at + 20] = bytes(20)
    return bytes(content)


def dense() -> bytes:
    return more(book(project()), ("xl/worksheets/sheet9.xml", b"<row/>" * 5_000_000))


def lying() -> bytes:
    """The directory says that a part is short; the part goes on."""
    content = bytearray(more(book(project()), ("xl/worksheets/sheet9.xml", b"<a/>" * 10_000)))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.rfind(mark, 0, content.rfind(b"xl/worksheets/sheet9.xml") if at == 24 else None)
        while content[place + (46 if at == 24 else 30) :][:24] != b"xl/worksheets/sheet9.xml":
            place = content.rfind(mark, 0, place)
        content[place + at : place + at + 4] = struct.pack("<I", 10)
    return bytes(content)


def with_password() -> bytes:
    content = bytearray(book(project()))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.find(mark) + at] |= 1
    return bytes(content)


def types(old: bytes, new: bytes) -> bytes:
    return replaced(book(project()), "[Content_Types].xml", old, new)


def far_away() -> bytes:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return replaced(book(project()), SHEET, b"</sheetData>", far)


def in_utf16() -> bytes:
    found = parts(book(project()))
    text = b'<?xml version="1.0" encoding="UTF-16"?>'.decode() + found[SHEET].decode()
    return zipped(*(found | {SHEET: text.encode("utf-16")}).items())


def without_sheet() -> bytes:
    return zipped(*((name, part) for name, part in parts(book(project())).items() if name != SHEET))


def docx() -> bytes:
    return zipped(("[Content_Types].xml", b"<Types>wordprocessingml</Types>"), ("word/document.xml", b"<w/>"))


def in_font(made: Workbook) -> None:
    made[PROJECTS]["B5"] = "§Ò ¸n"
    made[PROJECTS]["B5"].font = Font(name=".VnTime")


def hide_row(made: Workbook) -> None:
    made[PROJECTS].row_dimensions[5].hidden = True


def hide_column(made: Workbook) -> None:
    made[PROJECTS].column_dimensions["F"].hidden = True


def hide_sheet(made: Workbook) -> None:
    made.create_sheet("Bìa")
    made[PROJECTS].sheet_state = "hidden"


def merge_amount(made: Workbook) -> None:
    made[PROJECTS]["F6"] = None
    made[PROJECTS].append(project("MOIT-10", ask=None))
    made[PROJECTS].merge_cells("F5:F6")


def merge_much(made: Workbook) -> None:
    """Ranges over each other, as no spreadsheet makes them."""
    sheet = made[PROJECTS]
    sheet["A3000"] = "x"
    sheet.merged_cells.ranges = {CellRange(f"A4:{get_column_letter(at)}2900") for at in range(2, 60)}


def rename(place: str, heading: str) -> Callable[[], bytes]:
    return lambda: book(project(), edit=set_cell(PROJECTS, place, heading))


def titled(text: str) -> Callable[[Workbook], None]:
    return set_cell(PROJECTS, "A1", text)


def wrong_sheet() -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["Tháng", "Doanh thu"])
    made.active.append([1, 2])
    return saved(made)


def value(text: bytes) -> Callable[[], bytes]:
    """The ask of the third project as other programs write it."""
    return lambda: replaced(book(project(ask=7777)), SHEET, b"<v>7777</v>", b"<v>" + text + b"</v>")


HOSTILE = [
    # ------------------------------------------------------------ not what the name says
    whole("empty_file", lambda: b""),
    whole("empty_file", lambda: b" \n"),
    whole("not_a_workbook", lambda: "id;tên\n1;một\n".encode()),
    whole("not_a_workbook", lambda: b"%PDF-1.7"),
    whole("not_a_workbook", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    whole("not_a_workbook", docx),
    whole("not_a_workbook", lambda: zipped(("a.txt", b"a"))),
    whole("workbook_xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    whole(
        "workbook_encrypted",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    ),
    whole("workbook_encrypted", with_password),
    whole("workbook_xlsb", lambda: types(b"spreadsheetml.sheet.main+xml", b"sheet.binary.macroEnabled.main")),
    whole("workbook_macros", lambda: more(book(project()), ("xl/vbaProject.bin", b"\0"))),
    whole("workbook_macros", lambda: types(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")),
    whole("workbook_macros", lambda: more(book(project()), ("xl/macrosheets/sheet1.xml", b"<x/>"))),
    # ------------------------------------------------------------ the package
    whole("workbook_damaged", truncated),
    whole("workbook_damaged", flipped),
    whole("workbook_damaged", lying),
    whole("workbook_damaged", without_sheet),
    whole("workbook_damaged", lambda: b"PK\x03\x04" + bytes(100)),
    whole("workbook_bomb", dense),
    whole("workbook_bomb", lambda: more(book(project()), *((f"xl/{at}.xml", b"") for at in range(2_001)))),
    whole("workbook_nested", lambda: more(book(project()), ("xl/embeddings/a.zip", b"x"))),
    whole("workbook_nested", lambda: more(book(project()), ("xl/media/image1.png", zipped(("a", b"a"))))),
    whole("workbook_part_path", lambda: more(book(project()), ("../../evil.xml", b"<x/>"))),
    whole("workbook_part_path", lambda: more(book(project()), ("/etc/evil.xml", b"<x/>"))),
    whole("workbook_part_path", lambda: more(book(project()), ("xl\\..\\..\\evil.xml", b"<x/>"))),
    whole("workbook_part_twice", lambda: more(book(project()), ("XL/Workbook.xml", b"<x/>"))),
    # ------------------------------------------------------------ its XML
    whole(
        "workbook_xml_entities",
        lambda: replaced(book(project()), SHEET, b"<worksheet", LAUGHS + b"<worksheet"),
    ),
    whole(
        "workbook_xml_entities",
        lambda: replaced(book(project()), "xl/workbook.xml", b"<workbook", OUTSIDE + b"<workbook"),
    ),
    whole("workbook_not_utf8", in_utf16),
    whole("workbook_not_utf8", lambda: replaced(book(project()), SHEET, b"MOIT-9", b"MOIT-\xe9")),
    whole("workbook_damaged", lambda: replaced(book(project()), SHEET, b"</sheetData>", b"")),
    whole("sheet_too_large", far_away),
    whole("sheet_too_large", lambda: replaced(book(project()), SHEET, b'r="A5"', b'r="SHEETA5"')),
    whole(
        "sheet_too_large", lambda: replaced(book(project()), SHEET, b'<row r="5">', b'<row r="999999999">')
    ),
    whole("sheet_overloaded", lambda: book(project(), edit=merge_much)),
    # ------------------------------------------------------------ sheets
    whole("no_table_found", wrong_sheet),
    whole("sheet_without_rows", lambda: book(["", "", "Bộ Công Thương"], sound=()), "2"),
    edited("hidden_sheet", "", hide_sheet, sound=False),
    edited("hidden_column", "F", hide_column, sound=False),
    edited("hidden_row", "5", hide_row),
    edited("merged_amount", "F5", merge_amount),
    # ------------------------------------------------------------ headings
    whole("heading_unknown", rename("B2", "Tên gọi chính thức của dự án"), "B2"),
    whole("heading_missing", lambda: book(head=[*HEAD[:5], "", HEAD[6]], sound=[project(ask="")]), "2"),
    whole("heading_twice", rename("G2", HEAD[1]), "G2"),
    whole("unit_not_stated", rename("F2", "Tổng kinh phí"), "F2"),
    edited("units_contradict", "F2", titled("Đơn vị tính: triệu đồng"), sound=False),
    edited("cell_without_heading", "I5", set_cell(PROJECTS, "I5", "ngoài bảng"), sound=False),
    # ------------------------------------------------------------ cells
    edited("error_cell", "F5", set_cell(PROJECTS, "F5", "#N/A")),
    edited("error_cell", "B5", set_cell(PROJECTS, "B5", "#REF!")),
    edited("formula_without_value", "F5", set_cell(PROJECTS, "F5", "=SUM(F3:F4)")),
    row("number_ambiguous", "F5", ask="1.234"),
    row("number_ambiguous", "F5", ask="1,234"),
    row("number_ambiguous", "F5", ask="1.234 tỷ đồng"),
    row("not_a_number", "F5", ask="khoảng 5 tỷ"),
    row("not_a_number", "F5", ask="1.23.4"),
    row("not_a_number", "F5", ask="1 2"),
    Hostile("not_a_number", value(b"NaN"), "F5", sound=True),
    Hostile("not_a_number", value(b"1e999"), "F5", sound=True),
    row("number_expected", "F5", ask=date(2026, 4, 20)),
    row("number_expected", "F5", ask=True),
    row("date_not_expected", "A5", id_=date(2026, 1, 2)),
    row("number_too_long", "F5", ask="1" * 60),
    row("amount_too_fine", "F5", ask=0.1234),
    row("amount_too_fine", "F5", ask="1.000.500 đồng"),
    row("negative_number", "F5", ask=-5),
    row("ask_is_zero", "F5", ask=0),
    row("amount_unlike_others", "F5", ask=300_000),
    row("blank_cell", "B5", name=""),
    row("bad_id", "A5", id_="MOIT 9"),
    row("control_character", "B5", name="Dự án \u202egnuhc"),
    row("unknown_ministry", "C5", ministry="Bộ Công Thươg"),
    row("unknown_product", "D5", product="Trợ lý thật"),
    row("unknown_word", "E5", class_="Nhóm 3"),
    whole("state_secret_on_network", lambda: book(project(secrecy="MẬT")), "G5"),
    # ------------------------------------------------------------ old encodings
    edited("legacy_text", "B5", in_font, sound=False),
    whole("legacy_text", lambda: book(project(name="Bé C«ng Th­¬ng vµ nghiªn cøu")), "B5"),
    whole("legacy_text", lambda: book(project(name="Boä Coâng Thöông nghieân cöùu")), "B5"),
    # ------------------------------------------------------------ rows that contradict others
    row("project_twice", "A5", id_="moit-1"),
    row("project_of_other_ministry", "C5", ministry="Bộ Y tế"),
    Hostile("total_differs", lambda: book(["Tổng cộng", "", "", "", "", 999, ""]), "F5", sound=True),
    cost("cost_twice", "A5", ["MOIT-9", 2026, "", 100], ["MOIT-9", 2026, "", 200]),
    cost("unknown_project", "A5", ["MOIT-77", 2026, "", 100], ["MOIT-9", 2026, "", 300]),
    cost("ask_differs_from_costs", "F5", ["MOIT-9", 2026, "", 100]),
    cost("unknown_kind", "C5", ["MOIT-9", 2026, "chi tiêu vặt", 300]),
    cost("project_without_costs", "A5"),
    score("unknown_project", "A4", ["MOIT-77", "growth", "A1", 2]),
    score("unknown_criterion", "B4", ["MOIT-2", "grwth", "A1", 2]),
    score("score_off_scale", "D4", ["MOIT-2", "growth", "A1", 9]),
    score("judgement_twice", "B4", ["MOIT-2", "growth", "A1", 2], ["MOIT-2", "growth", "a1", 3]),
    score("not_a_number", "D4", ["MOIT-2", "growth", "A1", "khá"]),
]


@pytest.fixture(scope="module")
def lists():
    return read_lists(None)


def cells(done: Any, code: str) -> set[str]:
    """Where a fault was found: ``F5``, or the row or the column alone."""
    found = (fault for fault in done.faults if fault.code == code)
    return {f"{fault.column or ''}{fault.row or ''}" for fault in found}


def sound_lines(done: Any) -> list[str]:
    """Id and ask of the rows taken."""
    lines = [line.split(",") for line in table(done)]
    at = lines[0].index("ask_bn") if lines else 0
    return [f"{line[0]} {line[at]}" for line in lines[1:]]


@pytest.mark.parametrize(
    "hostile", HOSTILE, ids=[f"{at:02d}-{hostile.code}" for at, hostile in enumerate(HOSTILE)]
)
def test_a_hostile_file_ends_in_its_named_fault(tmp_path, lists, hostile):
    content = hostile.make()
    begun = time.monotonic()
    done = imported(tmp_path, {"hostile.xlsx": content}, lists)
    assert time.monotonic() - begun < SECONDS
    assert hostile.cell in cells(done, hostile.code), [(f.code, f.row, f.column) for f in done.faults]
    assert {fault.file for fault in done.faults} == {"hostile.xlsx"}
    for lang in locale.LANGS:
        assert all(locale.fault_message(f, lang) and locale.fault_remedy(f, lang) for f in done.faults)
    taken = ["MOIT-1 120.5", "MOIT-2 250"] if hostile.sound else []
    assert [line for line in sound_lines(done) if not line.startswith("MOIT-9")] == [
        line for line in taken if hostile.code != "project_twice" or "MOIT-1" not in line
    ]


def test_a_corpus_of_forty_at_least():
    assert len(HOSTILE) >= 40


def test_a_sound_file_is_taken_beside_hostile_ones(tmp_path, lists):
    files = {f"h{at}.xlsx": hostile.make() for at, hostile in enumerate(HOSTILE[:12])}
    done = imported(tmp_path, files | {"sound.xlsx": book()}, lists)
    assert sound_lines(done) == ["MOIT-1 120.5", "MOIT-2 250"]
    assert {fault.file for fault in done.faults} == set(files)


def test_the_sound_file_has_no_fault(tmp_path, lists):
    done = imported(tmp_path, {"sound.xlsx": book(project(), scores=[["MOIT-1", "growth", "A1", 2]])}, lists)
    assert done.faults == () and done.rows == {"register": 3, "costs": 0, "assessments": 1}
