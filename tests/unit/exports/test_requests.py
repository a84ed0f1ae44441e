"""What ministries are asked for: a workbook that comes back, and the draft of a letter."""

import io
import zipfile

import pytest
from docx import Document
from openpyxl import load_workbook

from prioritizer import cli, locale, pipeline
from tests.build import ASSESSED, CRITERIA, assessed, table

HEAD = "id,name_vi,ministry,product,class,ask_bn,note,source,ask_basis"
ROWS = (
    "P1,=một,A,T1.1,group1,1.5,here,there,illustrative",
    "P2,hai,B,T1.1,group1,2,,there,",
    "P3,ba,A,,group1,1,,there,",
)
GATE = "eligibility: {dossier: [note, source]}\n"


@pytest.fixture
def scenario(tmp_path):
    question = "name: B1, question: {vi: Ra sao?, en: How?},"
    tree = CRITERIA.replace("name: B1,", question)
    files = {"register_csv": table(HEAD, ROWS), "benefits_yaml": tree}
    return assessed(tmp_path / "scenarios", tiny_yaml=ASSESSED + GATE, **files)


def tasks_in(content: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]


def text_of(content: bytes) -> str:
    """All that a letter says, tables with it."""
    letter = Document(io.BytesIO(content))
    cells = [cell.text for each in letter.tables for row in each.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in letter.paragraphs), *cells])


def test_every_body_gets_a_workbook_and_a_letter(scenario):
    names = [f"tiny-request-{body}.{ending}" for body in "AB" for ending in ("xlsx", "docx")]
    assert list(pipeline.requests(scenario, "vi")) == names


def test_the_tasks_name_the_project_what_and_how(scenario):
    files = pipeline.requests(scenario, "vi")
    asked = tasks_in(files["tiny-request-A.xlsx"])
    assert [row[0] for row in asked] == list(range(1, len(asked) + 1))
    told = {(row[1], row[2], row[3]) for row in asked}
    assert ("P3 – ba", "Hồ sơ bắt buộc", "Ghi chú") in told
    assert ("P3 – ba", "Minh chứng chấm điểm", "B1") in told
    assert not any(row[2] == "Hồ sơ bắt buộc" for row in asked if row[1].startswith("P1"))
    (leads,) = [row for row in asked if row[2] == "Trùng cơ quan chủ trì"]
    assert leads[1] == "P1 – =một" and "B" in leads[3] and "P2" in leads[3]
    evidence = next(row for row in asked if row[1:4] == ("P3 – ba", "Minh chứng chấm điểm", "B1"))
    assert evidence[4].endswith("Ra sao?")


def test_the_workbook_can_be_sent_back(scenario, tmp_path):
    for name, content in pipeline.requests(scenario, "vi").items():
        (tmp_path / name).write_bytes(content)
    sent = sorted(tmp_path.glob("*.xlsx"))
    done = pipeline.import_workbooks(sent, tmp_path / "back", scenario)
    assert [(fault.code, fault.sheet) for fault in done.faults] == []
    assert done.files["register.csv"].decode("utf-8-sig").count("\n") == 4


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_letter_asks_by_project_and_leaves_open_what_only_the_office_knows(scenario, lang):
    said = text_of(pipeline.requests(scenario, lang)["tiny-request-A.docx"])
    for key in (
        "nation",
        "motto",
        "subject",
        "number",
        "date",
        "authority",
        "signer",
        "recipients",
        "consequence",
    ):
        assert locale.say(f"requests.letter.{key}", lang) in said
    assert locale.say("requests.letter.to", lang, body="A") in said
    assert "ba (P3)" in said and locale.say("columns.register.note.heading", lang) in said
    assert "tiny-request-A.xlsx" in said
    for mark in ("illustrative_draft", "illustrative"):
        assert locale.say(f"requests.letter.{mark}", lang) in said


def test_a_complete_body_is_told_so(tmp_path):
    scores = [
        f"{project},{leaf},x,50,," for project in ("P1", "P2", "P3") for leaf in ("B1", "B2", "B3", "B4")
    ]
    scores_csv = table("project,criterion,assessor,score,low,high", scores)
    rows = [row.replace("T1.1", "").replace("illustrative", "") for row in ROWS]
    tiny = ASSESSED + "eligibility: {dossier: [source]}\n"
    path = assessed(tmp_path, tiny_yaml=tiny, register_csv=table(HEAD, rows), scores_csv=scores_csv)
    files = pipeline.requests(path, "en")
    said = text_of(files["tiny-request-A.docx"])
    assert locale.say("requests.letter.nothing", "en") in said and "DRAFT" in said
    assert "ILLUSTRATIVE" not in said and tasks_in(files["tiny-request-A.xlsx"]) == []


def test_a_dossier_of_which_nothing_is_there_is_asked_for_in_one_line(tmp_path):
    path = assessed(
        tmp_path,
        register_csv=table(
            "id,name_vi,ministry,product,class,ask_bn",
            ("P1,một,A,,group1,1.5", "P2,hai,B,,group1,2", "P3,ba,A,,group1,1"),
        ),
    )
    said = text_of(pipeline.requests(path, "en")["tiny-request-A.docx"])
    assert "Send the whole dossier (20 entries" in said
    assert locale.say("requests.letter.consequence", "en") not in said


def test_letters_keep_rows_whole_repeat_headings_and_number_pages(scenario):
    with zipfile.ZipFile(io.BytesIO(pipeline.requests(scenario, "vi")["tiny-request-A.docx"])) as letter:
        body = letter.read("word/document.xml").decode()
        headers = "".join(letter.read(name).decode() for name in letter.namelist() if "header" in name)
        dates = {member.date_time for member in letter.infolist()}
    assert body.count("w:tblHeader") == 1 and body.count("w:cantSplit") == 2
    assert "PAGE" in headers and "w:titlePg" in body
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_content_makes_the_same_bytes_and_names_no_maker(scenario):
    one, other = (pipeline.requests(scenario, "vi") for _ in range(2))
    assert one == other
    about = Document(io.BytesIO(one["tiny-request-A.docx"])).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")


def test_the_command_writes_and_names_them(scenario, tmp_path, capsys):
    assert cli.main(["requests", str(scenario), "--to", str(tmp_path / "out"), "--lang", "en"]) == 0
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    said = capsys.readouterr().out
    assert len(written) == 4 and all(name in said for name in written)
    target = tmp_path / "out" / "a.xlsx"
    arguments = ["--scenario", str(scenario), "--to", str(target), "--json"]
    assert cli.main(["template", "A", "--filled", *arguments]) == 0 and target.exists()
    assert str(target) in capsys.readouterr().out
    assert cli.main(["template", "A", "--filled", *arguments]) == 0
    assert cli.main(["template", "--assessor", "x", *arguments]) == cli.BAD_INPUT
    assert "file_exists" in capsys.readouterr().out
    arguments[3] = str(tmp_path / "a.csv")
    assert cli.main(["template", "A", *arguments]) == cli.BAD_INPUT
    assert "not_a_workbook_name" in capsys.readouterr().out


def test_a_workbook_that_was_filled_in_is_not_written_over(scenario, tmp_path, capsys):
    arguments = ["requests", str(scenario), "--to", str(tmp_path / "out")]
    assert cli.main(arguments) == cli.main(arguments) == 0
    filled = next((tmp_path / "out").glob("*.xlsx"))
    filled.write_bytes(b"filled in")
    capsys.readouterr()
    assert cli.main([*arguments, "--json"]) == cli.BAD_INPUT
    assert "file_exists" in capsys.readouterr().out and filled.read_bytes() == b"filled in"


@pytest.mark.parametrize("given", [["template"], ["template", "A", "--assessor", "x"]])
def test_a_template_is_of_one_ministry_or_one_assessor(given, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([*given, "--to", str(tmp_path / "a.xlsx")])
    assert ended.value.code == 2 and "--assessor" in capsys.readouterr().err
