"""In which unit amounts are: what a file states counts, an answer fills in, and doubts outlive answers."""

import pytest

from prioritizer.inputs.workbooks.answers import Given
from prioritizer.inputs.workbooks.lists import read_lists
from prioritizer.inputs.workbooks.units import unit_stated
from tests.books import HEAD, PROJECTS, book, imported, keep, project, table

NAMELESS = [*HEAD[:5], "Tổng kinh phí", HEAD[6]]
MILLION = Given.of((), (), (("", "million"),))


@pytest.fixture(scope="module")
def lists():
    return read_lists(None)


def codes(done) -> list[str]:
    return [fault.code for fault in done.faults]


def asks(done) -> list[str]:
    return [line.split(",")[5] for line in table(done)[1:]]


def test_a_unit_stated_in_the_heading_counts_before_a_remembered_answer(tmp_path, lists):
    first = imported(tmp_path, {"a.xlsx": book(sound=[project(ask=840_000)], head=NAMELESS)}, lists, MILLION)
    assert first.faults == () and asks(first) == ["840"]
    keep(tmp_path, first)
    again = imported(tmp_path, {"a.xlsx": book(sound=[project(ask=840)])}, lists)
    assert again.faults == () and asks(again) == ["840"]
    assert again.reports[0].remembered.unit is None


def test_a_remembered_answer_is_named_in_the_report(tmp_path, lists):
    files = {"a.xlsx": book(sound=[project(ask=840_000)], head=NAMELESS)}
    given = imported(tmp_path, files, lists, MILLION)
    assert given.reports[0].remembered.unit is None
    keep(tmp_path, given)
    assert imported(tmp_path, files, lists).reports[0].remembered.unit == "million"


def test_an_answer_against_a_stated_unit_is_a_fault(tmp_path, lists):
    done = imported(tmp_path, {"a.xlsx": book()}, lists, MILLION)
    assert codes(done) == ["unit_against_answer"] and table(done) == []


def test_a_remembered_unit_does_not_silence_doubts(tmp_path, lists):
    sound = [project("A-1", ask=120_000), project("A-2", ask=250_000)]
    keep(tmp_path, imported(tmp_path, {"a.xlsx": book(sound=sound, head=NAMELESS)}, lists, MILLION))
    odd = book(project("A-3", ask=300_000_000), sound=sound, head=NAMELESS)
    assert codes(imported(tmp_path, {"a.xlsx": odd}, lists)) == ["amount_unlike_others"]
    assert codes(imported(tmp_path, {"a.xlsx": odd}, lists, MILLION)) == []


def test_a_mapped_heading_does_not_say_its_unit(tmp_path, lists):
    content = book(head=[*HEAD[:5], "Nhu cầu vốn", HEAD[6]])
    mapped = (("Nhu cầu vốn", "ask_bn"),)
    assert codes(imported(tmp_path, {"a.xlsx": content}, lists, Given(headings=mapped))) == [
        "unit_not_stated"
    ]
    done = imported(tmp_path, {"a.xlsx": content}, lists, Given.of(mapped, (), (("", "bn"),)))
    assert done.faults == () and asks(done) == ["120.5", "250"]


@pytest.mark.parametrize(
    "line, unit",
    [
        ("Đơn vị tính: triệu đồng", "million"),
        ("Phụ lục kèm công văn. Đơn vị tiền: triệu đồng.", "million"),
        ("(ĐVT: tỷ đồng)", "bn"),
        ("Đơn vị tính là triệu đồng năm 2026", "million"),
        ("BẢNG KINH PHÍ (triệu đồng)", "million"),
        ("Đơn vị: 1.000 đồng", "thousand"),
        ("Unit: million VND", "million"),
        ("Đơn vị chủ trì: Bộ Công Thương", None),
        ("Đơn vị đồng chủ trì: Bộ Y tế", None),
        ("Danh mục dự án", None),
    ],
)
def test_a_line_above_the_table_may_state_the_unit(line, unit):
    assert unit_stated(line) == unit


def test_a_unit_above_that_contradicts_the_heading_is_a_fault(tmp_path, lists):
    def edit(made):
        made[PROJECTS]["A1"] = "Danh mục năm 2026. Đơn vị tiền: triệu đồng."

    assert codes(imported(tmp_path, {"a.xlsx": book(edit=edit)}, lists)) == ["units_contradict"]
    done = imported(tmp_path, {"a.xlsx": book(edit=edit, head=NAMELESS, sound=[project(ask=5000)])}, lists)
    assert done.faults == () and asks(done) == ["5"]


@pytest.mark.parametrize("ask, told", [(99_999, []), (100_000, ["amount_beyond_budgets"])])
def test_without_funds_an_amount_beyond_any_budget_is_asked(tmp_path, lists, ask, told):
    assert codes(imported(tmp_path, {"a.xlsx": book(sound=[project(ask=ask)])}, lists)) == told
