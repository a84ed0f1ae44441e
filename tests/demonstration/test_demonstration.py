"""The demonstration set goes from workbooks to a plan by the commands that the guides show."""

import csv
import io
import json
import re
import shlex
import shutil
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest

from prioritizer import cli, locale, pipeline
from prioritizer.errors import InputFaults
from prioritizer.inputs.columns import DOSSIER
from prioritizer.inputs.workbooks.opening import open_workbooks
from prioritizer.model import CLASSES, FUNDING_RULES, STATE_SECRETS
from tests.demonstration.__main__ import main
from tests.demonstration.judgements import ASSESSORS
from tests.demonstration.projects import MINISTRIES

ROOT = Path(__file__).resolve().parents[2]
SET, TABLES = ROOT / "scenarios" / "demonstration", ROOT / "scenarios" / "registers" / "demonstration"
SCENARIO = ROOT / "scenarios" / "demonstration.yaml"
DOSSIERS = {column.name for column in DOSSIER}
SHIPPED = {path.name: path.read_bytes() for path in TABLES.iterdir() if path.name != pipeline.REFUSED}
CHAPTERS = {
    lang: (ROOT / "docs" / f"guide.{lang}.md").read_text(encoding="utf-8").partition("\n## 13.")[2]
    for lang in locale.LANGS
}
COMMANDS = re.findall(r"^prioritizer (.+)$", CHAPTERS["en"], re.MULTILINE)
IMPORTS = [line for line in COMMANDS if line.startswith("import ")]


def rows(name):
    return list(csv.DictReader(io.StringIO(SHIPPED[name].decode("utf-8"))))


REGISTER, COSTS, ASSESSMENTS = rows("register.csv"), rows("costs.csv"), rows("assessments.csv")


# ------------------------------------------------------------------ what the set is


def test_everything_says_that_it_is_illustrative():
    for row in REGISTER:
        assert row["name_vi"].startswith("[Minh họa] ") and row["name_en"].startswith("[Illustrative] ")
        assert row["ask_basis"] == "illustrative" and row["class_basis"] != "stated"
        filled = {name: text for name, text in row.items() if text and name in DOSSIERS}
        assert all(text.startswith("Minh họa: ") for text in (*filled.values(), row["note"]))
    assert all(row["evidence"].startswith("Minh họa: ") for row in ASSESSMENTS)


def test_the_set_has_all_that_a_set_should_show():
    assert len({row["ministry"] for row in REGISTER}) == len(MINISTRIES) == 8
    assert len({row["product"] for row in REGISTER}) == 35
    assert {row["funding"] or "flexible" for row in REGISTER} == set(FUNDING_RULES)
    assert {row["year"] for row in COSTS} == {"2026", "2027", "2028"}
    assert {row["assessor"] for row in ASSESSMENTS} == set(ASSESSORS) and len(ASSESSORS) == 5
    assert any(row["score"] == "abstain" for row in ASSESSMENTS) and any(row["low"] for row in ASSESSMENTS)
    assert not {row["secrecy"] for row in REGISTER} & set(STATE_SECRETS)
    assert any(row["cofinance_bn"] for row in REGISTER) and any(row["received_bn"] for row in REGISTER)
    case = pipeline.load(SCENARIO)
    assert set(case.register.columns["class"].texts()) == set(CLASSES)


def test_about_twice_the_envelope_is_asked_for():
    own = {row["id"]: 1 - Fraction(row["cofinance_bn"] or 0) / Fraction(row["ask_bn"]) for row in REGISTER}
    asked = sum(own[row["project"]] * Fraction(row["amount_bn"]) for row in COSTS if row["year"] == "2026")
    assert Fraction(19, 10) < asked / Fraction("12253.4") < Fraction(22, 10)


def read(folder, names):
    """What people see in workbooks, their looks aside."""
    books = open_workbooks([folder / name for name in names])
    assert not any(isinstance(book, InputFaults) for book in books)
    seen = [[(sheet.name, sheet.rows, sheet.merged, sheet.hidden_rows) for sheet in book] for book in books]
    return dict(zip(names, seen, strict=True))


def test_the_workbooks_are_what_the_generator_writes(tmp_path):
    """Where the writer has changed: ``python -m tests.demonstration`` writes them anew."""
    main(tmp_path)
    names = sorted(path.relative_to(SET).as_posix() for path in SET.rglob("*.xlsx"))
    assert names == sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xlsx"))
    assert read(tmp_path, names) == read(SET, names)


def test_no_workbook_says_when_it_was_made():
    for path in SET.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as package:
            assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}, path.name
            days = set(re.findall(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z", package.read("docProps/core.xml")))
            assert days == {b"2026-01-01T00:00:00Z"}, path.name


# ------------------------------------------------------------------ from workbooks to tables


def run(line, capsys, **places):
    """A command as the guide shows it, its folders somewhere else: exit status and what it printed."""
    words = shlex.split(line.replace("\\", "/"))
    status = cli.main([places.get(word, word) for word in words])
    return status, capsys.readouterr().out


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_without_answers_the_import_asks_and_writes_nothing(tmp_path, capsys):
    status, told = run(f"{IMPORTS[0]} --json", capsys, trial=str(tmp_path / "trial"))
    found = [fault["code"] for fault in json.loads(told)["faults"]]
    causes = [code for code in found if code not in ("project_refused", "cost_refused")]
    assert status == cli.BAD_INPUT and not (tmp_path / "trial").exists()
    assert sorted(causes) == [
        *["heading_missing"] * 2,
        *["heading_unknown"] * 3,
        "hidden_row",
        *["number_ambiguous"] * 3,
    ]


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The folder that the guide's import writes, with the answers that it shows."""
    place = tmp_path_factory.mktemp("import")
    words = shlex.split(IMPORTS[1].replace("\\", "/"))
    folder = {"scenarios/registers/demonstration": str(place), "scenarios/demonstration": str(SET)}
    words = [folder.get(word, word) for word in words]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert cli.main(words) == cli.DONE
    return place


def test_the_answers_of_the_guide_give_the_tables_that_are_shipped(imported):
    assert {name: (imported / name).read_bytes() for name in SHIPPED} == SHIPPED
    refused = (imported / pipeline.REFUSED).read_text(encoding="utf-8-sig").splitlines()
    assert len(refused) == 2 and "MOD-99" in refused[1]


def test_answers_are_remembered_and_the_order_of_files_does_not_matter(imported, capsys):
    files = sorted(map(str, SET.glob("*.xlsx")), reverse=True)
    line = shlex.join(["import", *files, "--to", str(imported), "--scenario", str(SCENARIO), "--json"])
    status, told = run(line, capsys)
    report = json.loads(told)
    assert status == cli.BAD_INPUT and report["changes"] == []
    assert [fault["code"] for fault in report["faults"]] == ["hidden_row"]


def test_out_and_in_again_changes_nothing(tmp_path, capsys):
    forms, tables = tmp_path / "forms", tmp_path / "tables"
    forms.mkdir()
    for ministry in MINISTRIES:
        line = f"template {ministry} --filled --scenario '{SCENARIO}' --to '{forms / ministry}.xlsx'"
        assert run(line, capsys)[0] == cli.DONE
    for name in ASSESSORS:
        line = f"template --assessor {name} --filled --scenario '{SCENARIO}' --to '{forms / name}.xlsx'"
        assert run(line, capsys)[0] == cli.DONE
    line = f"import '{forms}/*.xlsx' --to '{tables}' --scenario '{SCENARIO}'"
    assert run(line, capsys)[0] == cli.DONE
    names = [name for name in SHIPPED if name.endswith(".csv")]
    assert {name: (tables / name).read_bytes() for name in names} == {n: SHIPPED[n] for n in names}


def test_the_faulty_file_is_refused_and_its_good_project_named(tmp_path, capsys):
    status, told = run(f"{IMPORTS[2]} --json", capsys, trial=str(tmp_path / "trial"))
    report = json.loads(told)
    assert status == cli.BAD_INPUT and not (tmp_path / "trial").exists()
    codes = {fault["code"] for fault in report["faults"]}
    assert {"project_twice", "error_cell", "amount_unlike_others", "unknown_project"} <= codes
    assert report["files"][0]["projects"] == ["MOC-05"]


# ------------------------------------------------------------------ from tables to a plan


@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith("import ")])
def test_every_command_of_the_chapter_works(line, tmp_path, capsys):
    words = ("letters", "plan.json", "MOH.xlsx", "TECH.xlsx")
    places = {word: str(tmp_path / word) for word in words}
    if line.startswith("verify"):
        run(next(each for each in COMMANDS if each.startswith("plan ")), capsys, **places)
    status, told = run(line, capsys, **places)
    assert status == cli.DONE and told
    if line.startswith("requests"):
        assert len(list((tmp_path / "letters").iterdir())) == 2 * len(MINISTRIES)


def test_the_guides_show_the_same_commands():
    assert re.findall(r"^prioritizer (.+)$", CHAPTERS["vi"], re.MULTILINE) == COMMANDS


def test_the_plan_comes_out_as_the_guides_say():
    plan = pipeline.assess(pipeline.load(SCENARIO)).plan
    assert (plan.status, plan.total_mvnd, int((plan.amount_mvnd > 0).sum())) == ("optimal", 12_253_400, 28)
    held = {use.id for use in plan.limits if use.at_ceiling}
    assert held == {"most-ceiling", "commitments-2027", "one-traceability"}
    for text in CHAPTERS.values():
        assert str(len(REGISTER)) in text and "28 " in text and re.search("2[.,]177", text)
    assert len(ASSESSMENTS) == 2_177


def test_nobody_has_judged_yet(tmp_path):
    """The scenario can be read, and its assessors sent their sheets, before the first judgement is in."""
    place = tmp_path / "scenarios"
    shutil.copytree(TABLES, place / "registers" / "demonstration")
    shutil.copy(SCENARIO, place)
    path = place / "registers" / "demonstration" / "assessments.csv"
    path.write_bytes(SHIPPED["assessments.csv"].splitlines(keepends=True)[0])
    evaluation = pipeline.assess(pipeline.load(place / "demonstration.yaml"))
    assert not evaluation.scores.value_e4.any()
