"""The command ``import``: nothing half written, a report in both languages, and the way there and back."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from prioritizer import cli, locale, pipeline
from prioritizer.inputs.workbooks.headings import heading_of
from tests.books import book, project

COSTS = [["MOIT-1", 2026, "chi đầu tư", 120.5], ["MOIT-2", 2026, "", 250]]
SCENARIO = """schema: 1
id: back
title: Thử
register: out/register.csv
costs: out/costs.csv
assessments: out/assessments.csv
criteria: notice-22
ministries: ministries
products: decision-1131
assessors: [{id: A1, name: {vi: "Một", en: "One"}}, {id: A2, name: {vi: "Hai", en: "Two"}}]
funds: [{id: fund, year: 2026, amount_bn: "1000"}, {id: next, year: 2027, amount_bn: "1000"}]
"""
FILLED = (
    {"id": "MOIT-1", "name_vi": "=Dự án “một”", "product": "T01.2", "class": "group1", "ask_bn": 30.125},
    {"id": "MOIT-2", "name_vi": "Dự án hai,\nnối dòng", "ask_bn": "12.253,4 tỷ đồng", "secrecy": "nội bộ"},
)
SPENT = (
    {"project": "MOIT-1", "year": 2026, "kind": "investment", "amount_bn": 30.125},
    {"project": "MOIT-2", "year": 2026, "kind": "", "amount_bn": 12_253},
    {"project": "MOIT-2", "year": 2027, "kind": "recurrent", "amount_bn": "0,4"},
)


def run(capsys, *arguments: object) -> tuple[int, str]:
    status = cli.main([str(argument) for argument in arguments])
    return status, capsys.readouterr().out


@pytest.fixture
def files(tmp_path):
    (tmp_path / "moit.xlsx").write_bytes(book(costs=COSTS))
    (tmp_path / "bad.xlsx").write_bytes(book(sound=[project("MOH-1", ministry="MOH", ask="1.234")]))
    (tmp_path / "virus.xlsx").write_bytes(b"MZ")
    return tmp_path


def test_a_sound_import_writes_its_tables(files, capsys):
    status, out = run(capsys, "import", files / "moit.xlsx", "--to", files / "out", "--json")
    told = json.loads(out)
    assert (status, told["status"], told["faults"]) == (0, "imported", [])
    assert {Path(path).name for path in told["written"]} == {"register.csv", "costs.csv", "import.yaml"}
    assert told["rows"] == {"register": 2, "costs": 2, "assessments": 0}
    assert told["totals"] == [
        {"ministry": "MOIT", "rows_before": 0, "rows": 2, "ask_before_mvnd": 0, "ask_mvnd": 370_500}
    ]
    assert run(capsys, "check", files / "out" / "register.csv")[0] == 0


def test_a_folder_stands_for_its_workbooks_and_what_is_not_read_is_named(files, capsys):
    (files / "bad.xlsx").unlink()
    (files / "virus.xlsx").rename(files / "old.xls")
    (files / "moit.xlsx").rename(files / "moit.XLSX")
    (files / "inner").mkdir()
    (files / ".hidden.xlsx").write_bytes(b"")
    status, out = run(capsys, "import", files, "--to", files / "inner" / "out", "--json")
    told = json.loads(out)
    assert (status, told["skipped"], [each["file"] for each in told["files"]]) == (
        0,
        ["inner", "old.xls"],
        ["moit.XLSX"],
    )
    assert "inner, old.xls" in run(capsys, "import", files, "--to", files / "inner" / "out")[1]
    status, out = run(capsys, "import", files / "inner", "--to", files / "inner" / "out", "--json")
    assert status == 2 and [each["code"] for each in json.loads(out)["faults"]] == [
        "folder_without_workbooks"
    ]


def test_with_a_fault_nothing_is_written_unless_that_is_accepted(files, capsys):
    names = ("import", files / "moit.xlsx", files / "bad.xlsx", files / "virus.xlsx", "--to", files / "out")
    status, out = run(capsys, *names, "--json")
    told = json.loads(out)
    assert (status, told["status"], told["written"]) == (2, "invalid", [])
    assert not (files / "out").exists()
    assert {fault["code"] for fault in told["faults"]} == {"number_ambiguous", "not_a_workbook"}
    assert [report["projects"] for report in told["files"]] == [[], ["MOIT-1", "MOIT-2"], []]
    status, out = run(capsys, *names, "--accept", "--json")
    told = json.loads(out)
    assert (status, told["status"]) == (0, "partly_imported")
    refused = (files / "out" / "refused.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(refused), delimiter=";"))
    assert [row[:4] for row in rows[1:]] == [["bad.xlsx", "Dự án", "F3", "MOH-1"], ["virus.xlsx", "", "", ""]]
    run(capsys, "import", files / "moit.xlsx", "--to", files / "out")
    assert not (files / "out" / "refused.csv").exists()


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_report_names_files_faults_totals_and_changes(files, capsys, lang):
    names = ("import", files / "moit.xlsx", files / "bad.xlsx", "--to", files / "out", "--lang", lang)
    status, out = run(capsys, *names)
    body = {"vi": "Bộ Công Thương", "en": "Ministry of Industry and Trade"}[lang]
    total = {"vi": "370,5", "en": "370.5"}[lang]
    assert status == 2 and "bad.xlsx › Dự án › F3" in out and f"moit.xlsx – {body}" in out and total in out
    assert "--numbers vi" in out and "--accept" in out
    run(capsys, *names, "--accept")
    (files / "moit.xlsx").write_bytes(book(project("MOIT-3", ask=5), costs=[*COSTS, ["MOIT-3", 2026, "", 5]]))
    status, out = run(capsys, *names, "--numbers", "bad.xlsx=vi", "--accept")
    assert "MOIT-3" in out and status == 0


def test_a_place_that_cannot_be_written_leaves_what_was_there(files, capsys):
    run(capsys, "import", files / "moit.xlsx", "--to", files / "out")
    (files / "out" / "costs.csv").unlink()
    (files / "out" / "costs.csv").mkdir()
    before = (files / "out" / "register.csv").read_bytes()
    (files / "moit.xlsx").write_bytes(book(project("MOIT-3"), costs=[*COSTS, ["MOIT-3", 2026, "", 300]]))
    assert run(capsys, "import", files / "moit.xlsx", "--to", files / "out")[0] == 2
    assert (files / "out" / "register.csv").read_bytes() == before
    assert not list((files / "out").glob("*.part"))


@pytest.mark.parametrize(
    "option", [("--map", "x"), ("--map", "=id"), ("--numbers", "fr"), ("--units", "usd")]
)
def test_answers_that_say_nothing_are_refused(files, capsys, option):
    with pytest.raises(SystemExit) as ended:
        run(capsys, "import", files / "moit.xlsx", "--to", files / "out", *option)
    assert ended.value.code == 2


def test_a_column_that_there_is_not_is_named(files, capsys):
    status, out = run(capsys, "import", files / "moit.xlsx", "--to", files / "out", "--map", "Tên=name_vn")
    assert status == 2 and "“name_vn”" in out and "name_vi" in out


def test_what_a_terminal_would_obey_is_not_printed(files, capsys):
    noisy = book(project("MOIT-3", ministry="Bộ \u202e\u2028Lạ"))
    (files / "noisy.xlsx").write_bytes(noisy)
    status, out = run(capsys, "import", files / "noisy.xlsx", "--to", files / "out")
    assert status == 2 and "Lạ" in out and not {"\u202e", "\u2028"} & set(out)


# ------------------------------------------------------------ there and back


def fill(content: bytes, table: str, rows: tuple[dict[str, object], ...], lang: str) -> bytes:
    """The template with rows typed below the headings of the sheet of ``table``."""
    made = openpyxl.load_workbook(io.BytesIO(content))
    headings = {name: heading_of(table, name, lang) for name in {key for row in rows for key in row}}
    for sheet in made.worksheets:
        for cells in sheet.iter_rows(max_row=8):
            at = {cell.value: cell.column for cell in cells}
            if set(headings.values()) <= at.keys():
                for line, row in enumerate(rows, cells[0].row + 1):
                    for name, value in row.items():
                        cell = sheet.cell(line, at[headings[name]], value)
                        cell.data_type = "s" if isinstance(value, str) else cell.data_type
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("lang", locale.LANGS)
def test_template_filled_imported_exported_and_imported_changes_nothing(tmp_path, lang):
    out, scenario = tmp_path / "out", tmp_path / "back.yaml"
    out.mkdir()
    scenario.write_text(SCENARIO, encoding="utf-8")
    typed = [{"ministry": "MOIT", **row} for row in FILLED]
    content = fill(pipeline.ministry_template("MOIT", lang, filled=False), "register", tuple(typed), lang)
    (tmp_path / "moit.xlsx").write_bytes(fill(content, "costs", SPENT, lang))
    judged = "project,criterion,assessor,score,low,high,evidence\nMOIT-1,growth,A1,2,,,a\n"
    judged += "MOIT-1,speed,A1,,1,3,\nMOIT-2,growth,A1,abstain,,,\nMOIT-2,growth,A2,0,,,“b”\n"
    (out / "assessments.csv").write_text(judged, encoding="utf-8")
    units = ((), (), (("moit.xlsx", "bn"),))  # 12.253,4 beside 30.125 is what it says
    first = pipeline.import_workbooks([tmp_path / "moit.xlsx"], out, None, units)
    assert first.faults == () and first.rows == {"register": 2, "costs": 3, "assessments": 4}
    write(out, first.files)
    again = tmp_path / "again"
    again.mkdir()
    (again / "moit.xlsx").write_bytes(pipeline.ministry_template("MOIT", lang, scenario, filled=True))
    for assessor in ("A1", "A2"):
        sheet = pipeline.assessor_template(assessor, lang, scenario, filled=True)
        (again / f"{assessor}.xlsx").write_bytes(sheet)
    back = pipeline.import_workbooks(sorted(again.iterdir()), out, None)
    assert back.faults == () and back.changes == ()
    tables = ("register.csv", "costs.csv", "assessments.csv")
    assert {name: back.files[name] for name in tables} == {name: (out / name).read_bytes() for name in tables}


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)
