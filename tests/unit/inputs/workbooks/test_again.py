"""A second table beneath the first is not read with the first one's headings and unit."""

import pytest

from prioritizer.inputs.workbooks.lists import read_lists
from tests.books import HEAD, book, imported, project, table

ROWS = [project(f"B-{at}", ask=5000) for at in range(3)]


@pytest.mark.parametrize(
    "between",
    [
        [[*HEAD[:5], "Tổng kinh phí (triệu đồng)", HEAD[6]]],
        [[], ["Bảng 2"], list(HEAD)],
        [["Đơn vị tính: triệu đồng"]],
    ],
)
def test_rows_below_headings_met_again_are_refused(tmp_path, between):
    done = imported(tmp_path, {"a.xlsx": book(*between, *ROWS)}, read_lists(None))
    assert [line.split(",")[0] for line in table(done)[1:]] == ["MOIT-1", "MOIT-2"]
    at = {fault.row for fault in done.faults if fault.code == "table_begins_anew"}
    assert at == {4 + len(between)}
    refused = {each.row.project for each in done.refused}
    assert {"B-0", "B-1", "B-2"} <= refused


def test_a_remark_that_states_the_same_unit_changes_nothing(tmp_path):
    done = imported(tmp_path, {"a.xlsx": book(["Đơn vị tính: tỷ đồng"], *ROWS[:1])}, read_lists(None))
    assert "table_begins_anew" not in {fault.code for fault in done.faults}
