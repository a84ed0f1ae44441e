"""What a grid is sent: the numbers it sorts by, and beside them the texts that a pandas Styler would make."""

import pandas as pd
import pytest
from streamlit import dataframe_util
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData
from streamlit.testing.v1 import AppTest

from prioritizer import locale
from prioritizer.ui import grids, tables

FRAME = pd.DataFrame(
    {
        "rank": [1, 2, 1_234],
        "name": ["Vệ tinh", "Chip 5G", None],
        "amount_mvnd": pd.array([12_253_400, None, 0], dtype="Int64"),
        "change_mvnd": pd.array([-500, 1_250_125, None], dtype="Int64"),
        "value_e4": [812_345, 0, 1_000_000],
        "year": [2026, 2027, 2028],
        "open": [True, False, True],
    },
    index=[7, 3, 5],
)


def reads(lang):
    units = {name: tables._unit(name) for name in FRAME}
    return {
        name: lambda value, unit=unit: tables._UNITS[unit](value, lang)
        for name, unit in units.items()
        if unit
    }


def sent(styler):
    """The table of texts that goes to the browser."""
    proto = ArrowData()
    marshall_styler(proto, styler, "one")
    return dataframe_util.convert_arrow_bytes_to_pandas_df(proto.styler.display_values)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_texts_are_those_that_a_styler_makes(lang):
    bare = {name: (lambda value, read=read: read(int(value))) for name, read in reads(lang).items()}
    expected = sent(FRAME.style.format(bare, na_rep=grids.MISSING))
    found = sent(grids.worded(FRAME, reads(lang)))
    pd.testing.assert_frame_equal(found, expected)
    assert found["amount_mvnd"].tolist()[1] == found["name"].tolist()[2] == grids.MISSING


def test_the_texts_follow_the_language():
    found = {lang: sent(grids.worded(FRAME, reads(lang)))["amount_mvnd"].tolist() for lang in locale.LANGS}
    assert found == {"vi": ["12.253,4", "–", "0,0"], "en": ["12,253.4", "–", "0.0"]}


def test_a_page_sends_numbers_beside_the_texts():
    def page():
        from prioritizer.ui import tables
        from tests.unit.ui.test_grids import FRAME

        tables.show(FRAME.rename(columns={"open": "binding"}), "vi", alt="?")

    app = AppTest.from_function(page).run()
    assert not app.exception
    grid = app.dataframe[0]
    assert grid.value["amount_mvnd"].dropna().tolist() == [12_253_400, 0]
    shown = dataframe_util.convert_arrow_bytes_to_pandas_df(grid.proto.arrow_data.styler.display_values)
    assert shown["amount_mvnd"].tolist() == ["12.253,4", "–", "0,0"]
