"""Charts as pictures: the same bytes, the bundled typeface with every Vietnamese letter, room for names."""

import json
from pathlib import Path

import pandas as pd
import pytest
from fontpkg_be_vietnam_pro import FAMILY, ROOT
from fontTools.ttLib import TTFont

from prioritizer.charts import money_by_ministry
from prioritizer.charts.printed import TYPEFACE, printed
from prioritizer.exports import pictures
from prioritizer.exports.pictures import picture, size_of

MARKED = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(
    chr(code)
    for code in range(0x1EA0, 0x1EFA)  # the vowels with tones
)


@pytest.fixture
def figure():
    rows = [("Viện Hàn lâm Khoa học và Công nghệ Việt Nam", 5_000, 2_000, None, 3_000)]
    names = ["ministry", "ask_mvnd", "amount_mvnd", "floor_mvnd", "ceiling_mvnd"]
    table = pd.DataFrame(rows, columns=names).astype({"floor_mvnd": "Int64", "ceiling_mvnd": "Int64"})
    return money_by_ministry(table, True, "vi")


def test_the_same_chart_gives_the_same_bytes(figure):
    once = picture(figure)
    pictures._drawn.cache_clear()
    assert picture(figure) == once and once.startswith(b"\x89PNG")


def test_a_picture_is_as_wide_as_a_page_needs(figure):
    width, height = size_of(picture(figure))
    assert width >= 1_200 and 100 < height < width


def test_a_chart_carries_its_data_and_names_no_place_to_fetch_from(figure):
    drawn = {name: each for name, each in printed(figure).items() if name != "$schema"}  # only a name
    assert drawn["datasets"] and "://" not in json.dumps(drawn)


def test_a_chart_on_paper_has_the_typeface_and_room_for_names(figure):
    drawn = printed(figure)
    assert drawn["config"]["font"] == TYPEFACE == FAMILY and drawn["background"] == "#FFFFFF"
    assert "'labelLimit': 330" not in str(drawn) and "'labelLimit': 420" in str(drawn)


@pytest.mark.parametrize("cut", ["Regular", "Bold"])
def test_the_typeface_has_every_vietnamese_letter(cut):
    (path,) = (Path(ROOT) / "files").glob(f"*-{cut}.ttf")
    held = TTFont(path).getBestCmap()
    assert [letter for letter in MARKED if ord(letter) not in held] == []
