"""The shortlist as a workbook: figures read back, typed cells, print set-up, texts that stay texts."""

import io
import zipfile

import openpyxl
import pytest

from prioritizer import locale, pipeline
from prioritizer.exports.papers.words import visible
from prioritizer.exports.papers.workbook import fitted
from tests.papers import NO_PLAN, ROWS, case_file, evaluated, parts, rows_of, sheets

HOSTILE = ("=1+1", "+1+1", "-2+3|cmd", "@SUM(A1)", "＝1+1")


def say(key, lang="vi"):
    return locale.say(f"documents.{key}", lang)


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    return evaluated(case_file(tmp_path_factory.mktemp("papers")))


@pytest.fixture(scope="module")
def book(evaluation):
    return pipeline.shortlist_xlsx(evaluation, "vi")


def mvnd(value):
    assert isinstance(value, int | float)
    return round(value * 1000)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_figures_are_the_plans_to_the_million(evaluation, lang):
    found = rows_of(sheets(pipeline.shortlist_xlsx(evaluation, lang))[say("sheet.shortlist", lang)])
    register, plan = evaluation.case.register, evaluation.plan
    by_id = {row[say("head.id", lang)]: row for row in found if row[say("head.id", lang)] in register.ids}
    assert set(by_id) == set(register.ids)
    for at, name in enumerate(register.ids):
        row = by_id[name]
        assert row[say("head.rank", lang)] == evaluation.scores.rank[at]
        assert mvnd(row[say("head.ask", lang)]) == register.ask_mvnd[at]
        assert mvnd(row[say("head.amount", lang)]) == plan.amount_mvnd[at]
        assert round(row[say("head.value", lang)] * 10_000) == evaluation.scores.value_e4[at]


def test_sums_and_reserves_stand_below_and_add_up_to_the_envelope(evaluation, book):
    found = rows_of(sheets(book)[say("sheet.shortlist")])[len(ROWS) :]
    amount = {
        row[say("head.name")]: mvnd(row[say("head.amount")])
        for row in found
        if row[say("head.amount")] is not None
    }
    placed, kept, left, envelope = amount.values()
    assert placed == evaluation.plan.total_mvnd and kept == 100 and envelope == 4500
    assert placed + kept + left == envelope


def test_equals_share_a_rank(evaluation, book):
    ranks = [row[say("head.rank")] for row in rows_of(sheets(book)[say("sheet.shortlist")])[: len(ROWS)]]
    assert ranks == [1, 2, 3, 3, 5]
    assert say("ties") in [cell.value for cell in sheets(book)[say("sheet.shortlist")]["A"]]


def test_money_by_ministry_adds_up_and_names_the_bounds(evaluation, book):
    *rows, total = [
        row for row in rows_of(sheets(book)[say("sheet.ministries")]) if row[say("head.projects")] is not None
    ]
    assert sum(mvnd(row[say("head.amount")]) for row in rows) == mvnd(total[say("head.amount")])
    assert mvnd(total[say("head.amount")]) == evaluation.plan.total_mvnd
    of_a = next(row for row in rows if row[say("head.ministry")] == "A")
    assert mvnd(of_a[say("head.ceiling")]) == 2000 and of_a[say("head.floor")] is None


def test_contributions_add_up_to_values(evaluation, book):
    for row in rows_of(sheets(book)[say("sheet.contributions")])[: len(ROWS)]:
        adds = [row[f"B{leaf}"] for leaf in (1, 2, 3, 4)]
        assert sum(adds) == pytest.approx(row[say("head.value")], abs=4e-4)


def test_every_project_has_its_reason(evaluation, book):
    found = {row[say("head.id")]: row for row in rows_of(sheets(book)[say("sheet.reasons")])}
    told = pipeline.describe_project(evaluation, 0, "vi", pipeline.prices(evaluation))
    assert found["P1"][locale.say("terms.field.reason", "vi")] == told


def test_limits_have_their_prices_as_numbers(evaluation, book):
    found = rows_of(sheets(book)[say("sheet.limits")])
    prices = pipeline.prices(evaluation)
    fund, of_a, of_c = found[:3]
    heads = list(of_a)
    gain = next(head for head in heads if head and head.startswith("Nới một đơn vị"))
    price = next(each for each in prices.limits if each.id == "of-a")
    assert of_a[gain] == pytest.approx(float(price.relax.per_unit))
    assert mvnd(of_a[say("head.bound")]) == 2000 and "Trần của A" in of_a.values()
    assert mvnd(fund[say("head.bound")]) == 4500 and mvnd(of_c[say("head.bound")]) == 500


def test_differences_from_another_scenario(evaluation, tmp_path):
    other = evaluated(case_file(tmp_path, ""))
    found = sheets(pipeline.shortlist_xlsx(evaluation, "vi", other))
    rows = rows_of(found[say("sheet.differences")])
    by_id = {row[say("head.id")]: row for row in rows if row[say("head.id")]}
    for at, name in enumerate(evaluation.case.register.ids):
        moved = int(evaluation.plan.amount_mvnd[at] - other.plan.amount_mvnd[at])
        assert mvnd(by_id[name][say("head.change")]) == moved
    assert any("of-a" in str(row) for row in rows_of(found[say("sheet.inputs")]))
    without = sheets(pipeline.shortlist_xlsx(evaluation, "vi"))
    assert say("sheet.differences") not in without and say("sheet.inputs") not in without


def test_provenance_has_digests_bases_and_no_clock(evaluation, book):
    said = str(rows_of(sheets(book)[say("sheet.provenance")]))
    assert pipeline.plan_object(evaluation)["digests"]["case"] in said
    assert all(file.sha256 in said for file in evaluation.case.inputs)
    assert "1 dự án, 1,5 tỷ đồng đề nghị" in said and say("fact.at") not in said
    dated = pipeline.shortlist_xlsx(evaluation, "vi", at="9 giờ ngày 20/4/2026")
    assert "9 giờ ngày 20/4/2026" in str(rows_of(sheets(dated)[say("sheet.provenance")]))


def test_every_sheet_is_set_up_for_paper(book):
    marked = say("mark.illustrative")
    for name, sheet in sheets(book).items():
        setup = sheet.page_setup
        assert (setup.orientation, str(setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and setup.fitToWidth in (None, 1)
        assert locale.say("exports.proposal", "vi") in sheet.oddHeader.left.text
        assert sheet.oddHeader.right.text.endswith(marked), name
        assert "&P" in (sheet.oddFooter.center.text or "") or sheet.oddFooter.center.text.count("Page")
        if not name.startswith(say("sheet.pictures")):
            head = sheet[sheet.freeze_panes].row - 1
            assert sheet.print_title_rows == f"${head}:${head}" and sheet.auto_filter.ref
            assert sheet.print_area


def test_numbers_are_numbers_with_their_formats(book):
    sheet = sheets(book)[say("sheet.shortlist")]
    first = sheet[sheet.freeze_panes].row
    heads = {cell.value: cell.column for cell in sheet[first - 1]}
    amount = sheet.cell(first, heads[say("head.amount")])
    assert amount.number_format == "#,##0.000" and amount.data_type == "n"
    assert sheet.cell(first, heads[say("head.share")]).number_format == "0.0%"


def test_large_amounts_have_room(tmp_path):
    rows = ["P1,một,,A,T1.1,group1,123456789.5,,stated", *ROWS[1:]]
    book = pipeline.shortlist_xlsx(evaluated(case_file(tmp_path, "", rows)), "vi")
    sheet = sheets(book)[say("sheet.shortlist")]
    heads = {cell.value: cell.column_letter for cell in sheet[sheet[sheet.freeze_panes].row - 1]}
    assert sheet.column_dimensions[heads[say("head.ask")]].width > len("123,456,789.500")


def test_charts_are_pictures_with_a_text(book):
    found = sheets(book)
    pictures = [name for name in found if name.startswith(say("sheet.pictures"))]
    assert len(pictures) == 2
    drawings = [text for name, text in parts(book).items() if name.startswith("xl/drawings/drawing")]
    assert len(drawings) == 2 and all('descr="Biểu đồ' in text for text in drawings)


def test_names_never_become_formulas(tmp_path):
    for name in HOSTILE:
        rows = [f"P1,{name},,A,T1.1,group1,1.5,công khai,stated", *ROWS[1:]]
        content = pipeline.shortlist_xlsx(evaluated(case_file(tmp_path / str(ord(name[0])), "", rows)), "vi")
        found = [row[say("head.name")] for row in rows_of(sheets(content)[say("sheet.shortlist")])]
        assert name in found
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert not any(b"<f>" in archive.read(part) for part in archive.namelist())


def test_what_cannot_be_seen_in_a_name_is_shown():
    assert visible("tên\u202egpj.exe") == "tên\ufffdgpj.exe"
    assert visible("a\u200bb\ufeffc\x07d") == "a\ufffdb\ufffdc\ufffdd"
    assert visible("hai\ndòng\u2028ba") == "hai dòng ba"
    assert visible("Đường dài, ưỡn ẹo – №") == "Đường dài, ưỡn ẹo – №"


@pytest.mark.parametrize("length", [10, 200, 5_000, 40_000])
def test_a_text_that_a_cell_cannot_show_is_seen_to_be_cut(length):
    text = "từ " * (length // 3)
    shown, lines = fitted(text.strip(), 40)
    assert lines <= 27 and (shown == text.strip() or (shown.endswith("…") and text.startswith(shown[:-1])))
    assert (length > 1_500) == shown.endswith("…")


@pytest.mark.parametrize(("text", "needed"), [("＠ " + "W" * 120 + " 276", 7), ("=1 " + "b" * 90 + " 5", 4)])
def test_a_row_is_as_high_as_broad_letters_and_long_words_need(text, needed):
    """As many lines as LibreOffice breaks these texts into, in a column of names."""
    assert needed <= fitted(text, 38)[1] <= needed + 2


def test_five_thousand_rows_have_a_heading_on_every_page(tmp_path):
    rows = [f"Q{at:04d},dự án {at},,A,T1.1,group1,0.5,,stated" for at in range(5_000)]
    scores = [f"Q{at:04d},B1,x,{at % 100},," for at in range(5_000)]
    path = case_file(tmp_path, "", rows)
    path.with_name("scores.csv").write_text("project,criterion,assessor,score,low,high\n" + "\n".join(scores))
    evaluation = evaluated(path)
    sheet = sheets(pipeline.shortlist_xlsx(evaluation, "vi"))[say("sheet.shortlist")]
    amounts = [mvnd(row[say("head.amount")]) for row in rows_of(sheet)[:5_000]]
    assert sum(amounts) == evaluation.plan.total_mvnd and sheet.print_title_rows


def test_without_a_plan_amounts_are_blank(tmp_path):
    evaluation = evaluated(case_file(tmp_path, NO_PLAN))
    assert not evaluation.plan.found
    found = sheets(pipeline.shortlist_xlsx(evaluation, "vi"))
    assert all(row[say("head.amount")] is None for row in rows_of(found[say("sheet.shortlist")])[: len(ROWS)])
    assert not [name for name in found if name.startswith(say("sheet.pictures"))]


def test_the_same_content_gives_the_same_bytes(evaluation, book):
    assert pipeline.shortlist_xlsx(evaluation, "vi") == book
    assert openpyxl.load_workbook(io.BytesIO(book)).properties.creator in (None, "")
