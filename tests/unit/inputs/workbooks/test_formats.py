"""What a cell shows is what it holds, or it is asked about."""

import pytest

from prioritizer.inputs.workbooks.lists import read_lists
from tests.books import PROJECTS, book, imported, project


@pytest.mark.parametrize(
    "code, told",
    [
        ('#,##0" triệu đồng"', True),
        ("#,##0,", True),
        ('#,##0.0,," tr"', True),
        ("0%", True),
        ("0.00%", True),
        ("#,##0 [$\u20ab-42A]", True),
        ('#,##0" tỷ đồng"', False),
        ("#,##0.0##", False),
        ("General", False),
        ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', False),
        ("[Red]#,##0;-#,##0", False),
    ],
)
def test_a_format_that_shows_another_amount_is_asked(tmp_path, code, told):
    def edit(made):
        made[PROJECTS]["F5"].number_format = code

    done = imported(tmp_path, {"a.xlsx": book(project(), edit=edit)}, read_lists(None))
    found = [(fault.code, fault.row, fault.column) for fault in done.faults]
    assert found == [("format_changes_amount", 5, "F")] * told
