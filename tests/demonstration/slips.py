"""What real files look like: the slips of every ministry's and assessor's workbook, one function each."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from tests.demonstration.sheets import change, column, decompose, first_blank, rename

PROJECTS, COSTS = "Dự án", "Kinh phí"
JUDGEMENTS, SCORE = "Chấm điểm", "Điểm"
ASK, AMOUNT, ID = "Tổng kinh phí (tỷ đồng)", "Số tiền (tỷ đồng)", "Mã dự án"


def vietnamese(number: str) -> str:
    """A whole number as people type it: points between groups of three."""
    return f"{int(number):,}".replace(",", ".")


def most(book: Workbook) -> None:
    """A class typed by hand; ids in small letters among the costs."""
    change(book[PROJECTS], "Phân nhóm đầu tư", lambda _: "nhóm 2 - đầu tư “KÉO”", only=("MOST-01",))
    change(book[COSTS], ID, str.lower, only=("MOST-04", "MOST-07"))


def moit(book: Workbook) -> None:
    """Amounts as texts, some of which two styles read differently."""
    change(book[PROJECTS], ASK, vietnamese, only=("MOIT-05", "MOIT-07", "MOIT-09"))
    change(book[PROJECTS], ASK, lambda text: f"{vietnamese(text)},0", only=("MOIT-08",))
    change(book[PROJECTS], ASK, lambda text: f"{text} tỷ đồng", only=("MOIT-10",))


def mod(book: Workbook) -> None:
    """A project withdrawn before sending: its row was hidden, not deleted."""
    sheet = book[PROJECTS]
    row = first_blank(sheet)
    for at in range(1, sheet.max_column + 1):
        sheet.cell(row, at).value = sheet.cell(row - 1, at).value
    sheet.cell(row, 1).value = "MOD-99"
    sheet.cell(row, column(sheet, "Tên dự án/nhiệm vụ")).value = "[Minh họa] Đề xuất đã rút"
    sheet.row_dimensions[row].hidden = True


def mps(book: Workbook) -> None:
    """Ids in small letters, with blanks around them."""
    change(book[COSTS], ID, lambda text: f" {text.lower()} ", only=("MPS-03",))


def moc(book: Workbook) -> None:
    """A total row below each table."""
    for name, heading in ((PROJECTS, ASK), (COSTS, AMOUNT)):
        sheet = book[name]
        at, row = column(sheet, heading), first_blank(sheet)
        total = sum(sheet.cell(each, at).value for each in range(5, row))
        sheet.cell(row, 1).value, sheet.cell(row, at).value = "Tổng cộng", total


def mae(book: Workbook) -> None:
    """Headings in the ministry's own words, titles over merged cells."""
    sheet = book[PROJECTS]
    rename(sheet, {"Tên dự án/nhiệm vụ": "Tên nhiệm vụ", ASK: "Tổng nhu cầu kinh phí (tỷ đồng)"})
    rename(sheet, {"Đơn vị sử dụng cuối": "Đơn vị tiếp nhận, sử dụng"})
    for line in (1, 2, 3):
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=12)


def moh(book: Workbook) -> None:
    """Letters and marks apart; a sheet of notes that nobody asked for."""
    decompose(book[PROJECTS])
    decompose(book[COSTS])
    notes = book.create_sheet("Ghi chú nội bộ")
    notes["A1"] = "Minh họa: đã rà soát số liệu ngày 05/5; chờ ý kiến của các đơn vị."


def vast(book: Workbook) -> None:
    """The sheet of projects under a name of its own, and a summary beside it."""
    book[PROJECTS].title = "Danh mục dự án của Viện"
    summary = book.create_sheet("Tổng hợp theo năm")
    for row in (["Năm", "Số tiền"], ["2026", 1893], ["2027", 1200]):
        summary.append(row)


def fin(book: Workbook) -> None:
    """Scores typed as texts with a decimal comma."""
    change(book[JUDGEMENTS], SCORE, lambda text: f"{text},0" if text.isdigit() else text)


def user(book: Workbook) -> None:
    """Ids in small letters."""
    change(book[JUDGEMENTS], ID, str.lower)


def sec(book: Workbook) -> None:
    """Letters and marks apart."""
    decompose(book[JUDGEMENTS])


MINISTRIES = {
    "MOST": most,
    "MOIT": moit,
    "MOD": mod,
    "MPS": mps,
    "MOC": moc,
    "MAE": mae,
    "MOH": moh,
    "VAST": vast,
}
ASSESSORS = {"TECH": None, "FIN": fin, "USER": user, "SEC": sec, "SYN": None}  # some are careful


def faulty(book: Workbook) -> None:
    """What is refused: an id given twice, an error and a word of no list, đồng for tỷ, a cost of nobody's."""
    projects, costs = book[PROJECTS], book[COSTS]
    change(projects, ID, lambda _: "MOC-01", only=("MOC-02",))
    change(projects, "Vốn đối ứng (tỷ đồng)", lambda _: "#N/A", only=("MOC-03",))
    change(projects, "Nhóm sản phẩm công nghệ chiến lược", lambda _: "Nhà thông minh", only=("MOC-03",))
    change(projects, ASK, lambda text: int(text) * 10**9, only=("MOC-04",))
    costs.cell(first_blank(costs), 1).value = "MOC-50"
    for at, value in enumerate(("2026", "chi đầu tư", 20), 2):
        costs.cell(first_blank(costs) - 1, at).value = value
