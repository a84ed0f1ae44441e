"""Workbooks for tests: sound ones, and ones that were changed by hand, part by part."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from prioritizer.inputs.workbooks.answers import Given
from prioritizer.inputs.workbooks.importing import Imported, import_workbooks
from prioritizer.inputs.workbooks.lists import Lists

PROJECTS, COSTS, SCORES = "Dự án", "Kinh phí", "Chấm điểm"
HEAD = (
    "Mã dự án",
    "Tên dự án/nhiệm vụ",
    "Cơ quan chủ trì",
    "Nhóm sản phẩm công nghệ chiến lược",
    "Phân nhóm đầu tư",
    "Tổng kinh phí (tỷ đồng)",
    "Độ mật",
)
COST_HEAD = ("Mã dự án", "Năm", "Loại chi", "Số tiền (tỷ đồng)")
SCORE_HEAD = ("Mã dự án", "Mã tiêu chí", "Mã người chấm", "Điểm", "Điểm thấp nhất", "Điểm cao nhất")
FIRST = 3  # the first row below the headings, counted from 1

Row = Sequence[Any]
Edit = Callable[[Workbook], None]


def project(
    id_: Any = "MOIT-9",
    name: Any = "Dự án thử",
    ministry: Any = "Bộ Công Thương",
    product: Any = "Trợ lý ảo",
    class_: Any = "Nhóm 1",
    ask: Any = 300,
    secrecy: Any = "công khai",
) -> list[Any]:
    """A row of the sheet of projects."""
    return [id_, name, ministry, product, class_, ask, secrecy]


SOUND = (project("MOIT-1", ask=120.5), project("MOIT-2", ask=250))


def sheet(book: Workbook, name: str, head: Row, rows: Sequence[Row]) -> None:
    """A sheet with a title over merged cells, headings, rows."""
    added = book.create_sheet(name)
    added.append([f"BẢNG {name.upper()}"])
    added.merge_cells(start_row=1, start_column=1, end_row=1, end_column=4)
    added.append(list(head))
    for row in rows:
        added.append(list(row))


def book(
    *rows: Row,
    head: Row = HEAD,
    costs: Sequence[Row] = (),
    scores: Sequence[Row] = (),
    edit: Edit | None = None,
    sound: Sequence[Row] = SOUND,
) -> bytes:
    """A workbook with ``rows`` below the ``sound`` projects (none of a sheet that has no rows at all)."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    if rows or sound:
        sheet(made, PROJECTS, head, [*sound, *rows])
    if costs:
        sheet(made, COSTS, COST_HEAD, costs)
    if scores:
        sheet(made, SCORES, SCORE_HEAD, scores)
    if edit:
        edit(made)
    return saved(made)


def saved(made: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """A zip of the entries, which may repeat."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with a piece of one part changed."""
    found = parts(content)
    assert old in found[part], found[part][:2000]
    return zipped(*(found | {part: found[part].replace(old, new, 1)}).items())


def more(content: bytes, *entries: tuple[str, bytes]) -> bytes:
    """The workbook with further parts."""
    return zipped(*parts(content).items(), *entries)


def imported(
    place: Path, files: dict[str, bytes], lists: Lists, given: Given | None = None, mode: str = "networked"
) -> Imported:
    """What an import of the files says; they are written into ``place``, its tables are in ``out`` there."""
    for name, content in files.items():
        (place / name).write_bytes(content)
    return import_workbooks([place / name for name in files], place / "out", lists, given or Given(), mode)


def keep(place: Path, done: Imported) -> None:
    """Write what an import made, as the command does."""
    (place / "out").mkdir(exist_ok=True)
    for name, content in done.files.items():
        (place / "out" / name).write_bytes(content)


def table(done: Imported, name: str = "register.csv") -> list[str]:
    """The lines of a table that an import made."""
    return done.files[name].decode().splitlines() if name in done.files else []
