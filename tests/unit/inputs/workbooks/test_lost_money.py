"""No line with money is lost: odd years, lines without an id, costs that are nobody's."""

from pathlib import Path

import pytest

from prioritizer.inputs.workbooks.lists import read_lists
from tests.books import book, imported, project, table

ROOT = Path(__file__).resolve().parents[4]
FUNDED = ROOT / "scenarios" / "demonstration.yaml"


@pytest.fixture(scope="module")
def lists():
    return read_lists(None)


@pytest.fixture(scope="module")
def funded():
    return read_lists(FUNDED)


def codes(done) -> list[str]:
    return [fault.code for fault in done.faults]


def costed(year: object) -> dict[str, bytes]:
    return {"a.xlsx": book(sound=[project("A-1", ask=9)], costs=[["A-1", year, "chi đầu tư", 9]])}


@pytest.mark.parametrize(
    "year", ["26", 26, "2O26", "2026-2027", "12/2026", 2026.5, "2026,5", 1999, "2101", "cả giai đoạn"]
)
@pytest.mark.parametrize("with_funds", [False, True])
def test_an_odd_year_is_asked(tmp_path, lists, funded, year, with_funds):
    done = imported(tmp_path, costed(year), funded if with_funds else lists)
    assert "year_not_known" in codes(done) and table(done) == []


@pytest.mark.parametrize("year", ["2026.0", 2026.0, "Năm 2026", "2026"])
def test_a_year_with_a_point_zero_is_that_year(tmp_path, lists, year):
    done = imported(tmp_path, costed(year), lists)
    assert done.faults == () and table(done, "costs.csv")[1].split(",")[1] == "2026"


def test_a_year_without_a_fund_is_told(tmp_path, funded):
    done = imported(tmp_path, costed(2035), funded)
    assert done.faults == () and done.unfunded_years == (("2035", 1),)
    assert imported(tmp_path, costed(funded.funds[0].year), funded).unfunded_years == ()


@pytest.mark.parametrize("amount", [12, "12", "12 tỷ đồng", "một tỷ"])
@pytest.mark.parametrize("name", ["Dự án không mã", ""])
def test_a_line_with_an_amount_and_no_id_is_no_remark(tmp_path, lists, name, amount):
    done = imported(tmp_path, {"a.xlsx": book(["", name, "", "", "", amount, ""])}, lists)
    named = next(fault for fault in done.faults if fault.code == "amount_without_id")
    assert named.params["text"] == str(amount) and len(table(done)) == 3


def test_a_project_called_total_is_no_total(tmp_path, lists):
    named = project("", name="Tổng cộng hưởng từ hạt nhân", ask=120.5)
    assert codes(imported(tmp_path, {"a.xlsx": book(named)}, lists)) == ["amount_without_id"]


@pytest.mark.parametrize("lost", ["", "A-77"])
def test_costs_of_nobody_hold_back_projects_without_a_stated_ask(tmp_path, lists, lost):
    sound = [project("A-1", ask=""), project("A-2", ask=5)]
    costs = [["A-1", 2026, "", 9], ["A-2", 2026, "", 5], [lost, 2027, "", 3]]
    done = imported(tmp_path, {"a.xlsx": book(sound=sound, costs=costs)}, lists)
    assert [line.split(",")[0] for line in table(done)[1:]] == ["A-2"]
    assert "costs_unattributed" in codes(done)
