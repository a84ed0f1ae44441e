"""Tables taken away: numbers as their reader reads them, what is missing blank, no formulas."""

import csv
import io

import pandas as pd
import pytest

from prioritizer.exports.frame_csv import frame_csv

FRAME = pd.DataFrame(
    {
        "name": ["Ô tô điện", "=1+1"],
        "amount_mvnd": pd.Series([1_234_500, None], dtype="Int64"),
        "value_e4": [123_456, 0],
        "project_count": [2, 0],
    }
)
NAMES = {"name": "Tên", "amount_mvnd": "Phân bổ", "value_e4": "Giá trị", "project_count": "Số dự án"}


@pytest.mark.parametrize(
    ("lang", "amount", "value"), [("vi", "1234,5", "12,3456"), ("en", "1234.5", "12.3456")]
)
def test_excel_gets_billions_with_the_decimal_sign_of_the_language(lang, amount, value):
    content = frame_csv(FRAME, NAMES, lang, "excel", ["Đề xuất"])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Đề xuất"],
        list(NAMES.values()),
        ["Ô tô điện", amount, value, "2"],
        ["'=1+1", "", "0", "0"],
    ]


def test_machines_get_whole_millions_under_the_columns_own_names():
    rows = list(csv.reader(io.StringIO(frame_csv(FRAME, NAMES, "vi", "machine").decode("utf-8"))))
    assert rows == [
        ["name", "amount_mvnd", "value", "project_count"],
        ["Ô tô điện", "1234500", "12.3456", "2"],
        ["'=1+1", "", "0", "0"],
    ]
