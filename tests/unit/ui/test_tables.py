"""How high the rows of a grid are."""

import pandas as pd
import pytest

from prioritizer.ui import tables


@pytest.mark.parametrize(
    "name, lines",
    [("Robot", 1), ("x" * 50, 2), ("x" * 120, 3), ("x" * 5_000, 4)],
    ids=["1", "2", "3", "most"],
)
def test_rows_are_as_high_as_the_longest_text_takes(name, lines):
    frame = pd.DataFrame({"id": ["P1", "P2"], "name": ["Chip", name], "ask_mvnd": [1, 10**17]})
    plain = tables._height(pd.DataFrame({"name": ["Chip"]}), None)
    assert tables._height(frame, None) == tables._height(frame, lines)
    assert (tables._height(frame, None) > plain) == (lines > 1)
