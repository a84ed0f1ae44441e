"""Files into the app: what was understood, what is asked, what is written, and one step back."""

import shutil

import pytest

from prioritizer import locale, pipeline
from prioritizer.inputs import together
from prioritizer.inputs.workbooks.lists import read_lists
from prioritizer.ui import texts
from prioritizer.ui.office import progress
from tests.app.opening import ROOT, opened, said, tables
from tests.books import COST_HEAD, HEAD, book, imported, project

LANGS = pytest.mark.parametrize("lang", locale.LANGS)
SCENARIO = """schema: 1
id: small
title: {vi: "Thử (minh họa)", en: "Trial (illustrative)"}
register: registers/register.csv
costs: registers/costs.csv
assessments: registers/assessments.csv
criteria: notice-22
ministries: ministries
products: decision-1131
assessors: [{id: A1, name: {vi: "Người chấm một", en: "First assessor"}}]
funds: [{id: fund, year: 2026, amount_bn: "5000"}]
"""
OTHER = """schema: 1
id: other
title: {vi: "Kịch bản khác", en: "Another scenario"}
extends: small
funds: [{id: fund, year: 2026, amount_bn: "6000"}]
"""
FIRST = [project("MOIT-1", ask=120.5), project("MOIT-2", ask=250)]
COSTS = [["MOIT-1", 2026, "", 120.5], ["MOIT-2", 2026, "", 250]]
SCORES = [["MOIT-1", "growth", "A1", 3, "", ""]]
NEXT = book(
    project("MOIT-3", ask=80),
    sound=[project("MOIT-1", ask=130), project("MOIT-2", ask=250)],
    costs=[["MOIT-1", 2026, "", 130], ["MOIT-2", 2026, "", 250], ["MOIT-3", 2026, "", 80]],
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of two scenarios on the same small tables, which the app shows instead of the shipped ones."""
    scenarios = tmp_path / "scenarios"
    registers = scenarios / "registers"
    registers.mkdir(parents=True)
    done = imported(tmp_path, {"moit.xlsx": book(sound=FIRST, costs=COSTS, scores=SCORES)}, read_lists(None))
    assert not done.faults
    for name, content in done.files.items():
        (registers / name).write_bytes(content)
    for name, text in (("small", SCENARIO), ("other", OTHER)):
        (scenarios / f"{name}.yaml").write_text(text, encoding="utf-8")
    paths = [scenarios / "small.yaml", scenarios / "other.yaml"]
    monkeypatch.setattr(pipeline, "scenario_paths", lambda folder=None: paths)
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", 120)
    return registers


def say(key, lang="vi", **params):
    return texts.phrase(f"bringing.{key}", lang, **params)


def bring(*files, lang="vi", scenario="small"):
    """The part Import after files were dropped into it."""
    app = opened("register", "import", lang=lang, scenario=scenario)
    return drop(app, *files)


def drop(app, *files):
    app.file_uploader[0].set_value([(name, content, XLSX) for name, content in files]).run()
    assert not app.exception and "Mã lỗi" not in said(app)
    return app


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception and "Mã lỗi" not in said(app)
    return app


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def blocked(app):
    return app.button(key="import-put").disabled


@LANGS
def test_with_nothing_to_import_the_page_says_what_to_do_and_has_the_forms(place, lang):
    app = opened("register", "import", lang=lang, scenario="small")
    assert say("empty.title", lang) in said(app) and say("empty.next", lang) in said(app)
    assert locale.say("ui.templates.title", lang) in said(app)
    other = {"vi": "Kịch bản khác", "en": "Another scenario"}[lang]
    assert other in said(app), "whose tables these are too"


@LANGS
def test_good_files_are_shown_before_anything_is_written(place, lang):
    before = held(place)
    app = bring(("moit.xlsx", NEXT), lang=lang)
    text = said(app)
    assert say("changes.title", lang, added=2, removed=0, changed=2) in text
    body = {"vi": "Bộ Công Thương", "en": "Ministry of Industry and Trade"}[lang]
    assert next(e.label for e in app.expander) == say(
        "file.title", lang, sender=body, file="moit.xlsx", accepted=6, refused=0
    )
    (totals,) = tables(app, "before_count", "after_count")
    assert totals.iloc[0].tolist()[1:] == [2, 3, 370_500, 460_000, 89_500]
    (changes,) = tables(app, "kind", "before", "after")
    register = locale.say("imports.table.register", lang)
    cells = changes[(changes["table"] == register) & (changes["before"] != "")]
    assert cells[["before", "after"]].to_numpy().tolist() == [["120.5", "130"]]
    assert not blocked(app) and held(place) == before


@LANGS
def test_put_in_the_scenario_reads_anew_and_one_step_back_is_possible(place, lang):
    before = held(place)
    app = bring(("moit.xlsx", NEXT), lang=lang)
    press(app, "import-put")
    body = {"vi": "Bộ Công Thương", "en": "Ministry of Industry and Trade"}[lang]
    assert say("put.done", lang, added=2, removed=0, changed=2, senders=body) in said(app)
    assert b"MOIT-3" in held(place)["register.csv"]
    assert say("empty.title", lang) in said(app)
    app.segmented_control(key="register-part").set_value("projects").run()
    assert "MOIT-3" in tables(app, "id")[0]["id"].tolist()
    app.segmented_control(key="register-part").set_value("import").run()
    press(app, "import-undo")
    assert say("undo.done", lang) in said(app) and held(place) == before
    press(app, "import-undo")
    assert say("undo.redone", lang) in said(app) and b"MOIT-3" in held(place)["register.csv"]


@LANGS
def test_a_faulty_file_has_its_faults_beside_their_rows_and_the_rest_can_be_taken(place, lang):
    faulty = book(
        project("MOIT-3", product="Không có"), sound=FIRST, costs=[*COSTS, ["MOIT-3", 2026, "", 300]]
    )
    app = bring(("moit.xlsx", faulty), lang=lang)
    (faults,) = tables(app, "place", "row", "column", "id", "message", "remedy")
    assert faults.iloc[0].tolist()[:4] == ["Dự án", "5", "D", "MOIT-3"]
    assert "Không có" in faults["message"].iloc[0]
    assert say("faults.following", lang, count=1) in said(app)
    assert blocked(app)
    app.checkbox[0].set_value(True).run()
    assert not blocked(app)
    press(app, "import-put")
    assert b"MOIT-3" not in held(place)["register.csv"]


def test_what_is_taken_away_to_be_sent_back_names_places_and_starts_no_formula(place):
    from prioritizer.ui.bringing.report import faults_csv

    lists = read_lists(None)
    rows = book(project("=1+1", product="Lạ"), project("MOIT-9", product="Lạ"))
    done = imported(place.parent, {"a.xlsx": rows}, lists)
    text = faults_csv(done, done.faults, "vi").decode("utf-8-sig")
    assert text.splitlines()[0].startswith('"Tệp";"Trang";"Dòng"')
    assert '"a.xlsx";"Dự án";"6";"D";"MOIT-9"' in text
    assert not [cell for cell in text.replace("\r\n", ";").split(";") if cell.startswith('"=')]


@LANGS
def test_questions_are_asked_once_answered_together_and_remembered(place, lang):
    head = [*HEAD[:1], "Tên gọi nhiệm vụ lạ", *HEAD[2:5], "Tổng kinh phí", HEAD[6]]
    asked = book(
        head=head,
        sound=[project("MOIT-1", ask="1.205"), project("MOIT-2", ask=250)],
        costs=[["MOIT-1", 2026, "", 1205], COSTS[1]],
    )
    app = bring(("moit.xlsx", asked), lang=lang)
    assert say("questions.title", lang, count=3) in said(app)
    (column,) = [each for each in app.selectbox if "Tên gọi" in each.label]
    column.select("name_vi")
    unit, number = app.radio
    assert "1.205" in number.label
    number.set_value("vi")
    unit.set_value("bn")
    press(app, "import-answer")
    assert say("questions.title", lang, count=1) not in said(app)
    assert not tables(app, "place", "message")
    assert any("name_vi" not in each.value and "Tên gọi" in each.value for each in app.caption)
    press(app, "import-put")
    kept = held(place)["import.yaml"].decode()
    assert '"Tên gọi nhiệm vụ lạ": "name_vi"' in kept and "unit: bn" in kept and "numbers: vi" in kept
    drop(app, ("moit.xlsx", asked))
    assert say("put.unchanged", lang) in said(app), "nothing is asked again"


def test_amounts_unlike_the_others_are_taken_only_once_confirmed_and_told(place):
    odd = book(project("MOIT-3", ask=900_000), sound=FIRST, costs=[*COSTS, ["MOIT-3", 2026, "", 900_000]])
    app = bring(("moit.xlsx", odd))
    assert blocked(app)
    (box,) = [each for each in app.checkbox if "900.000,0" in each.label]
    box.check()
    press(app, "import-answer")
    assert say("file.confirmed", place="Dự án F5", amount="900.000,0") in said(app)
    assert not blocked(app)


def test_answers_and_files_stay_when_page_and_language_change_until_cancelled(place):
    head = [*HEAD[:1], "Tên gọi nhiệm vụ lạ", *HEAD[2:]]
    app = bring(("moit.xlsx", book(head=head, sound=FIRST, costs=COSTS)))
    app.selectbox(key="import-question/0/headings/Tên gọi nhiệm vụ lạ").select("name_vi")
    press(app, "import-answer")
    app.segmented_control(key="register-part").set_value("dossiers").run()
    app.switch_page("prioritizer/ui/pages/overview.py").run()
    app.switch_page("prioritizer/ui/pages/register.py").run()
    app.segmented_control(key="register-part").set_value("import").run()
    assert "moit.xlsx" in next(e.label for e in app.expander).replace("\\", "")
    assert not tables(app, "place", "message")
    press(app, "import-cancel")
    assert say("empty.title") in said(app)


def test_a_mended_file_takes_the_place_of_the_one_of_its_name(place):
    faulty = book(project("MOIT-3", product="Không có"), sound=FIRST, costs=COSTS)
    app = bring(("moit.xlsx", faulty))
    assert tables(app, "place", "message")
    drop(app, ("moit.xlsx", NEXT))
    assert say("file.replaced", file="moit.xlsx") in said(app)
    assert not tables(app, "place", "message") and not blocked(app)
    drop(app, ("moit.xlsx", NEXT))
    assert say("file.same", file="moit.xlsx") in said(app)


def test_many_files_at_once_and_one_taken_out_again(place):
    judged = book(sound=(), scores=[["MOIT-2", "growth", "A1", 2, "", ""]])
    app = bring(("moit.xlsx", NEXT), ("a1.xlsx", judged))
    titles = [e.label.replace("\\", "") for e in app.expander]
    assert titles[0].startswith("Người chấm một – a1.xlsx") and titles[1].startswith("Bộ Công Thương")
    press(app, "import-out/a1.xlsx")
    assert "a1.xlsx" not in "".join(e.label.replace("\\", "") for e in app.expander)


def test_a_csv_file_is_read_as_a_sheet(place):
    lines = [";".join(HEAD), "MOIT-1;Dự án;Bộ Công Thương;Trợ lý ảo;Nhóm 1;120,5;công khai"]
    costs = [";".join(COST_HEAD), "MOIT-1;2026;;120,5"]
    app = bring(
        ("moit.csv", "\n".join(lines).encode("utf-8-sig")), ("kinh-phi.csv", "\n".join(costs).encode())
    )
    assert [e.label.replace("\\", "") for e in app.expander][1].startswith("Bộ Công Thương – moit.csv")
    assert not tables(app, "place", "message")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("virus.xlsx", b"MZ", "not_a_workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_xls"),
        ("empty.xlsx", b"", "empty_file"),
        ("cut.xlsx", NEXT[:3000], "workbook_damaged"),
        ("latin.csv", "Mã dự án;Tên\nA;Đ".encode("utf-16"), "not_utf8"),
        ("quote.csv", b'a;b\n"' + b"x" * 200_000, "cell_too_long"),
    ],
)
def test_hostile_files_end_in_their_named_fault(place, name, content, code):
    before = held(place)
    app = bring((name, content))
    found = [message for frame in tables(app, "place", "message") for message in frame["message"]]
    sentence = locale.sentences("vi")[f"faults.{code}.message"]
    assert any(message[:12] == sentence[:12] for message in found), found
    assert held(place) == before


def test_a_sender_can_be_dropped_for_good(place):
    app = opened("register", "import", scenario="small")
    drop(
        app,
        (
            "vast.xlsx",
            book(sound=[project("VAST-1", ministry="VAST", ask=10)], costs=[["VAST-1", 2026, "", 10]]),
        ),
    )
    app.multiselect[0].set_value(["MOIT"]).run()
    assert say("changes.title", added=2, removed=5, changed=0) in said(app)
    press(app, "import-put")
    register = held(place)["register.csv"]
    assert b"VAST-1" in register and b"MOIT-1" not in register


def test_what_would_break_the_scenario_is_not_written(place):
    scenario = place.parent / "small.yaml"
    decided = (
        'decisions: [{project: MOIT-2, fund_at_least_bn: "1", by: "Tổ", at: 2026-04-20, why: "Đã có"}]\n'
    )
    scenario.write_text(SCENARIO + decided, encoding="utf-8")
    app = bring(("moit.xlsx", book(sound=FIRST[:1], costs=COSTS[:1])))
    assert blocked(app) and say("put.unusable", count=1) in said(app)
    assert "MOIT" in said(app)


def test_tables_that_changed_meanwhile_are_not_written_over(place, monkeypatch):
    from prioritizer.ui.bringing import writing

    app = bring(("moit.xlsx", NEXT))
    real = writing.put_in

    def meanwhile(folder, *arguments):
        (folder / "register.csv").write_bytes((folder / "register.csv").read_bytes() + b"\n")
        return real(folder, *arguments)

    monkeypatch.setattr(writing, "put_in", meanwhile)
    press(app, "import-put")
    assert say("put.changed") in said(app) and b"MOIT-3" not in held(place)["register.csv"]


def test_where_the_system_refuses_it_is_said_and_nothing_has_changed(place, monkeypatch):
    before = held(place)
    app = bring(("moit.xlsx", NEXT))

    def refused(path, content):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(together, "_write", refused)
    press(app, "import-put")
    assert say("put.failed", problem="Permission denied") in said(app) and held(place) == before
    monkeypatch.undo()


def test_an_import_that_was_cut_off_is_told_and_finished_from_another_scenario(place, monkeypatch):
    scenarios = place.parent
    elsewhere = scenarios / "elsewhere"
    shutil.copytree(place, elsewhere)
    text = SCENARIO.replace("id: small", "id: apart").replace("registers/", "elsewhere/")
    (scenarios / "apart.yaml").write_text(text, encoding="utf-8")
    paths = [scenarios / "apart.yaml", scenarios / "small.yaml"]
    monkeypatch.setattr(pipeline, "scenario_paths", lambda folder=None: paths)
    (place / together.NOTE).write_text("register.csv\tpart", encoding="utf-8")
    (place / ".register.csv.part").write_bytes(
        (place / "register.csv").read_bytes().replace(b"MOIT-2", b"MOIT-2")
    )
    app = opened("register", "import", scenario="apart")
    assert say("unfinished.told", folder="registers", scenarios="small") in said(app)
    press(app, "import-finish/registers")
    assert say("unfinished.done", folder="registers") in said(app)
    assert not together.is_unfinished(place) and not list(place.glob(".*.part"))


def test_an_import_that_was_cut_off_is_finished_by_opening_its_scenario(place):
    new = (place / "register.csv").read_bytes() + b"\r\n"
    (place / together.NOTE).write_text("register.csv\tpart", encoding="utf-8")
    (place / ".register.csv.part").write_bytes(new)
    app = opened("register", "import", scenario="small")
    assert (place / "register.csv").read_bytes() == new and not together.is_unfinished(place)
    assert app.segmented_control(key="register-part").value == "import"


def test_the_demonstration_files_are_read_with_their_faults(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", 120)
    folder = ROOT / "scenarios/demonstration"
    faulty = folder / "faulty/ministry-MOC.xlsx"
    app = bring((faulty.name, faulty.read_bytes()), scenario="demonstration")
    assert {"A5", "A6", "E7", "O7", "G8"} <= {
        f"{row.column}{row.row}" for frame in tables(app, "place", "message") for row in frame.itertuples()
    }
