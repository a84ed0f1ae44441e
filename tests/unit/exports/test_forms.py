"""Workbooks that ministries and assessors fill in, read back as Excel would read them."""

import csv
import io
from fractions import Fraction

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from prioritizer import locale, pipeline
from prioritizer.errors import InputFaults
from prioritizer.exports.workbooks.book import LONGEST_CELL
from prioritizer.exports.workbooks.sheets import HEADING_ROW
from prioritizer.inputs import vocabulary
from prioritizer.inputs.columns import COSTS, DOSSIER, REGISTER
from prioritizer.inputs.workbooks.lists import read_lists
from tests.build import ASSESSED, COSTS_HEAD, CRITERIA, PRODUCTS, SCORES, SCORES_HEAD, assessed, folder, table

HEADING = HEADING_ROW + 1
FIRST = HEADING + 1
FILLED_HEAD = (
    "id,name_vi,name_en,ministry,product,class,ask_bn,funding,minimum_bn,secrecy,objective,specification"
)
FILLED_ROWS = (
    "P1,=1+1,@two,A,T1.1,,1.534,minimum,0.5,nội bộ,-3 độ C,",
    "P2,+hai,,A,,group2-pull,2,whole,,,,Đặc tính",
    "P3,ba,,B,,group1,1,,,,,",
)
FILLED_COSTS = ("P1,2026,recurrent,1,,", "P1,2027,loan,0.534,,", "P2,2026,,2,,", "P3,2026,,1,,")


@pytest.fixture
def scenario(tmp_path):
    """Two projects of body A and one of B, with costs and judgements."""
    tiny = ASSESSED + "costs: costs.csv\n"
    files = {"register_csv": table(FILLED_HEAD, FILLED_ROWS), "costs_csv": table(COSTS_HEAD, FILLED_COSTS)}
    return assessed(tmp_path / "scenarios", tiny_yaml=tiny, **files)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def sheet(book: Workbook, name: str, lang: str = "vi") -> Worksheet:
    return book[locale.say(f"columns.sheet.{name}", lang)]


def headings(of: Worksheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in of[HEADING] if cell.value}


def heading(table: str, name: str, lang: str = "vi") -> str:
    return locale.say(f"columns.{table}.{name}.heading", lang)


def choices(book: Workbook, of: Worksheet, name: str) -> list[object]:
    """The words of the drop-down in the first row of a column."""
    cell = of.cell(FIRST, headings(of)[name]).coordinate
    rules = [rule for rule in of.data_validations.dataValidation if cell in rule.sqref]
    (source,) = [rule.formula1 for rule in rules if rule.type == "list"]
    title, _, span = source.partition("!")
    return [line[0].value for line in book[title.strip("='")][span.replace("$", "")]]


def cells(of: Worksheet) -> list[dict[str, object]]:
    """The filled rows by heading."""
    at = headings(of)
    rows = of.iter_rows(min_row=FIRST, max_row=of.max_row)
    found = [{name: row[column - 1].value for name, column in at.items()} for row in rows]
    return [row for row in found if any(value is not None for value in row.values())]


# ------------------------------------------------------------------ a ministry's workbook


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize(
    "table, columns, name", [("register", REGISTER, "projects"), ("costs", COSTS, "costs")]
)
def test_every_column_has_its_heading_and_its_note(lang, table, columns, name):
    of = sheet(opened(pipeline.ministry_template("MOIT", lang, filled=False)), name, lang)
    shown = [column.name for column in columns if column.name != "value"]
    assert list(headings(of)) == [heading(table, each, lang) for each in shown]
    notes = [of.cell(HEADING, at).comment.text for at in headings(of).values()]
    assert notes == [locale.say(f"columns.{table}.{each}.note", lang) for each in shown]
    assert of.cell(FIRST, 1).value is None


@pytest.mark.parametrize("lang", locale.LANGS)
def test_drop_downs_offer_every_id_by_its_word(lang):
    lists, book = read_lists(None), opened(pipeline.ministry_template("MOIT", lang, filled=False))
    projects, costs = sheet(book, "projects", lang), sheet(book, "costs", lang)
    for name, of in {
        "product": "product",
        "class": "class",
        "funding": "funding",
        "class_basis": "basis",
    }.items():
        words = vocabulary.labels(of, lang, lists.ministries, lists.products)
        assert choices(book, projects, heading("register", name, lang)) == list(words.values())
    assert len(choices(book, projects, heading("register", "secrecy", lang))) == 5
    assert len(choices(book, costs, heading("costs", "kind", lang))) == 2
    (own,) = choices(book, projects, heading("register", "ministry", lang))
    assert own.startswith("MOIT – ")


def test_years_and_kinds_are_those_of_the_funds_and_costs(scenario):
    book = opened(pipeline.ministry_template("a", "vi", scenario, filled=True))
    costs = sheet(book, "costs")
    assert choices(book, costs, heading("costs", "year")) == ["2026", "2027"]
    assert choices(book, costs, heading("costs", "kind")) == ["chi thường xuyên", "chi đầu tư", "loan"]


def test_only_the_ministrys_own_rows_are_filled_in(scenario):
    book = opened(pipeline.ministry_template("A", "vi", scenario, filled=True))
    rows, costs = cells(sheet(book, "projects")), cells(sheet(book, "costs"))
    assert [row[heading("register", "id")] for row in rows] == ["P1", "P2"]
    assert [row[heading("costs", "project")] for row in costs] == ["P1", "P1", "P2"]
    assert rows[0][heading("register", "product")] == "T1.1 – Goods"
    assert rows[0][heading("register", "funding")] == "từ mức tối thiểu trở lên"
    assert rows[1][heading("register", "class")] == "Nhóm 2 – đầu tư “kéo”"
    assert Fraction(str(rows[0][heading("register", "ask_bn")])) == Fraction("1.534")


def test_no_text_is_ever_a_formula(scenario):
    book = opened(pipeline.ministry_template("A", "vi", scenario, filled=True))
    assert [cell for each in book for row in each.rows for cell in row if cell.data_type == "f"] == []
    of = sheet(book, "projects")
    dangerous = {of.cell(FIRST, headings(of)[heading("register", name)]) for name in ("name_vi", "objective")}
    assert {cell.value for cell in dangerous} == {"=1+1", "-3 độ C"}
    assert all(cell.quotePrefix for cell in dangerous)


def test_what_a_class_must_state_is_shaded_where_it_is_blank(scenario):
    of = sheet(opened(pipeline.ministry_template("A", "vi", scenario, filled=True)), "projects")
    column = of.cell(FIRST, headings(of)[heading("register", "specification")]).column_letter
    rules = {str(each.sqref): rule for each in of.conditional_formatting for rule in each.rules}
    (formula,) = next(rule for place, rule in rules.items() if place.startswith(f"{column}{FIRST}")).formula
    assert "“kéo”" in formula and "“thúc đẩy”" not in formula and "VLOOKUP" in formula
    shaded = {place.rstrip("0123456789").split(":")[0] for place in rules}
    assert len(shaded) >= len(DOSSIER)


def test_a_workbook_is_set_up_for_paper(scenario):
    of = sheet(opened(pipeline.ministry_template("A", "vi", scenario, filled=True)), "projects")
    assert (of.page_setup.orientation, of.page_setup.paperSize) == ("landscape", 9)
    assert (of.print_title_rows, of.print_title_cols) == (f"${HEADING}:${HEADING}", "$A:$B")
    assert of.freeze_panes == f"C{FIRST}"


def test_the_same_content_makes_the_same_bytes(scenario):
    one, other = (pipeline.ministry_template("A", "vi", scenario, filled=True) for _ in range(2))
    assert one == other
    assert opened(one).properties.creator in ("", None)


def test_numbers_that_a_spreadsheet_cannot_hold_stay_texts(tmp_path):
    rows = ["P1,một,A,,group1,9007199254740993.001", *FILLED_ROWS[2:]]
    path = assessed(tmp_path, register_csv=table("id,name_vi,ministry,product,class,ask_bn", rows[:1]))
    (row,) = cells(sheet(opened(pipeline.ministry_template("A", "vi", path, filled=True)), "projects"))
    assert row[heading("register", "ask_bn")] == "9007199254740993.001"


def test_illustrative_figures_are_called_so(tmp_path):
    head, line = "id,name_vi,ministry,product,class,ask_bn,ask_basis", "P1,một,A,,group1,1,illustrative"
    path = assessed(tmp_path, register_csv=table(head, [line]))
    texts = [
        [row[0].value for row in sheet(opened(content), "projects").iter_rows(max_row=HEADING_ROW)]
        for content in (
            pipeline.ministry_template("A", "vi", path, filled=True),
            pipeline.ministry_template("A", "vi", path, filled=False),
        )
    ]
    assert "MINH HỌA" in texts[0][2] and texts[1][2] is None


def test_a_field_of_the_scenarios_own_has_a_column(tmp_path):
    head, line = "id,name_vi,ministry,product,class,ask_bn,region", "P1,một,A,,group1,1,Bắc"
    path = assessed(tmp_path, tiny_yaml=ASSESSED + "fields: [region]\n", register_csv=table(head, [line]))
    (row,) = cells(sheet(opened(pipeline.ministry_template("A", "vi", path, filled=True)), "projects"))
    assert row["region"] == "Bắc"


def test_given_values_have_a_column_where_there_are_any(tmp_path):
    rows = cells(
        sheet(opened(pipeline.ministry_template("A", "vi", folder(tmp_path), filled=True)), "projects")
    )
    assert [row[heading("register", "value")] for row in rows] == [80, 40]


# ------------------------------------------------------------------ an assessor's workbook


def test_an_assessor_gets_every_project_on_every_criterion(scenario):
    book = opened(pipeline.assessor_template("x", "vi", scenario, filled=True))
    rows = cells(sheet(book, "assessments"))
    assert [(row["Mã dự án"], row["Mã tiêu chí"]) for row in rows] == [
        (project, leaf) for project in ("P1", "P2", "P3") for leaf in ("B1", "B2", "B3", "B4")
    ]
    assert {row["Mã người chấm"] for row in rows} == {"x"}
    assert (rows[0]["Điểm"], rows[4]["Điểm thấp nhất"], rows[4]["Điểm cao nhất"]) == (50, 10, 90)
    assert rows[0]["Các mức điểm"].startswith("Thang điểm: 0")
    blank = cells(sheet(opened(pipeline.assessor_template("x", "vi", scenario, filled=False)), "assessments"))
    assert all(row["Điểm"] is None for row in blank)


def test_scores_are_chosen_among_the_levels_or_not_given(tmp_path):
    levels = "levels: [{score: 0, vi: không, en: none}, {score: 2.5, vi: có, en: some}]"
    tree = CRITERIA.replace("name: B1, weight: 0.31,", f"name: B1, weight: 0.31, {levels},")
    scores = [*SCORES[1:], "P1,B1,x,abstain,,"]
    path = assessed(tmp_path, benefits_yaml=tree, scores_csv=table(SCORES_HEAD, scores))
    book = opened(pipeline.assessor_template("x", "en", path, filled=True))
    of = sheet(book, "assessments", "en")
    assert choices(book, of, "Score") == [0, 2.5, "Abstain"]
    assert cells(of)[0]["Score"] == "Abstain"
    assert cells(of)[0]["Levels"].splitlines()[:2] == ["0: none", "2.5: some"]
    rules = [rule for rule in of.data_validations.dataValidation if rule.type == "list"]
    assert sorted(str(rule.sqref).count(":") for rule in rules) == [0, 3]


def test_categories_are_chosen_by_their_ids_and_those_of_the_register_are_not_asked(tmp_path):
    level = "{{category: {0}, value: {1}, vi: {0}, en: {0}}}"
    levels = f"levels: [{level.format('kém', 0)}, {level.format('tốt', 100)}]"
    of_class = f"levels: [{level.format('group1', 0)}, {level.format('group2-push', 50)}"
    of_class += f", {level.format('group2-pull', 100)}]"
    tree = CRITERIA.replace(
        "weight: 0.31, scale: {worst: 0, best: 100}", f"weight: 0.31, value: categorical, {levels}"
    )
    tree = tree.replace(
        "weight: 0.19, scale: {worst: 0, best: 100}",
        f"weight: 0.19, value: categorical, of: class, {of_class}",
    )
    path = assessed(tmp_path, benefits_yaml=tree, scores_csv=table(SCORES_HEAD, SCORES[3:]))
    book = opened(pipeline.assessor_template("x", "vi", path, filled=False))
    of = sheet(book, "assessments")
    assert choices(book, of, "Điểm") == ["kém", "tốt", "Không chấm"]
    assert {row["Mã tiêu chí"] for row in cells(of)} == {"B1", "B3", "B4"}


def test_an_assessor_is_called_by_the_name_that_the_scenario_has(tmp_path):
    listed = "assessors: [{id: x, name: {vi: Chuyên gia, en: Expert}}]\n"
    path = assessed(tmp_path, tiny_yaml=ASSESSED + listed)
    of = sheet(opened(pipeline.assessor_template("X", "en", path, filled=False)), "assessments", "en")
    assert "Expert (x)" in of.cell(2, 1).value


# ------------------------------------------------------------------ what is refused


def refused(write) -> tuple[str, ...]:
    with pytest.raises(InputFaults) as found:
        write()
    for fault in found.value.faults:
        assert all(
            locale.fault_message(fault, lang) + locale.fault_remedy(fault, lang) for lang in locale.LANGS
        )
    return tuple(fault.code for fault in found.value.faults)


def test_what_is_not_known_is_refused(tmp_path):
    path = assessed(tmp_path, tiny_yaml=ASSESSED + "assessors: [{id: x}]\n")
    assert refused(lambda: pipeline.ministry_template("Z", "vi", path, filled=False)) == ("unknown_ministry",)
    assert refused(lambda: pipeline.assessor_template("z", "vi", path, filled=False)) == ("unknown_assessor",)
    assert refused(lambda: pipeline.assessor_template("=1", "vi", path, filled=False)) == ("bad_id",)


def test_what_needs_a_scenario_says_so():
    assert refused(lambda: pipeline.ministry_template("MOIT", "vi", filled=True)) == ("scenario_needed",)
    assert refused(lambda: pipeline.assessor_template("x", "vi", filled=False)) == ("scenario_needed",)


def test_state_secrets_leave_no_networked_machine(tmp_path, monkeypatch):
    head, line = "id,name_vi,ministry,product,class,ask_bn,secrecy", "P1,một,A,,group1,1,Mật"
    path = assessed(tmp_path, register_csv=table(head, [line]))
    found = refused(lambda: pipeline.ministry_template("A", "vi", path, filled=True))
    assert found == refused(lambda: pipeline.assessor_template("x", "vi", path, filled=False))
    assert found == ("state_secret_on_network",)
    monkeypatch.setenv("PRIORITIZER_MODE", "isolated")
    assert pipeline.ministry_template("A", "vi", path, filled=True)


def test_a_text_that_would_be_cut_off_is_refused(tmp_path):
    head, line = (
        "id,name_vi,ministry,product,class,ask_bn,note",
        f"P1,một,A,,group1,1,{'n' * (LONGEST_CELL + 1)}",
    )
    path = assessed(tmp_path, register_csv=table(head, [line]))
    found = refused(lambda: pipeline.ministry_template("A", "vi", path, filled=True))
    assert found == ("text_too_long_for_a_cell",)


# ------------------------------------------------------------------ there and back


@pytest.mark.parametrize("lang", locale.LANGS)
def test_what_is_sent_out_and_sent_back_untouched_changes_nothing(scenario, tmp_path, lang):
    sent = tmp_path / "sent"
    sent.mkdir()
    for body in ("A", "B"):
        content = pipeline.ministry_template(body, lang, scenario, filled=True)
        (sent / f"{body}.xlsx").write_bytes(content)
    (sent / "x.xlsx").write_bytes(pipeline.assessor_template("x", lang, scenario, filled=True))
    done = pipeline.import_workbooks(sorted(sent.iterdir()), tmp_path / "back", scenario)
    assert [(fault.code, fault.sheet, fault.column, fault.params) for fault in done.faults] == []
    for name, own in (("register", "register"), ("costs", "costs"), ("assessments", "scores")):
        before = (scenario.parent / f"{own}.csv").read_text(encoding="utf-8")
        assert told(done.files[f"{name}.csv"].decode("utf-8-sig")) == told(before)


def told(text: str) -> list[dict[str, str]]:
    """The rows of a table without their blanks, in any order."""
    rows = [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(io.StringIO(text))]
    return sorted(rows, key=lambda row: sorted(row.items()))


def test_products_stand_beside_their_class(tmp_path):
    path = assessed(tmp_path, goods_yaml=PRODUCTS)
    lists = opened(pipeline.ministry_template("A", "vi", path, filled=False))["Danh mục chọn"]
    assert [cell.value for cell in lists[2]][:2] == ["T1.1 – Goods", "Nhóm 2 – đầu tư “thúc đẩy”"]
