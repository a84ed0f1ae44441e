"""Places and values of scenario files as officials say them, in both languages; what has no words stays."""

import pytest

from prioritizer import pipeline
from prioritizer.pipeline import ABSENT
from prioritizer.ui import texts, view
from prioritizer.ui.saving import places

CASE = pipeline.load(next(path for path in pipeline.scenario_paths() if path.stem == "baseline"))


def shown(lang):
    return view.View(lang, CASE, CASE)


MOIT = ("limits", "moit-ceiling", "at_most")
NAMES = [
    (("weights", "national-need"), "Trọng số “Nhu cầu quốc gia và năng lực cạnh tranh”", None),
    (MOIT, "Giới hạn đối với Bộ Công Thương: mức trần", "Limit on MOIT: ceiling"),
    (("limits", "gone", "at_least"), "Giới hạn đối với gone: mức sàn", "Limit on gone: floor"),
    (("funds", "central-2026", "amount_bn"), None, None),
    (("decisions", "P05.fund", "why", "vi"), None, None),
    ((*MOIT, "share_of_envelope"), "Giới hạn đối với Bộ Công Thương: mức trần", "Limit on MOIT: ceiling"),
    (("objective", "basis"), "Cách tính mục tiêu", "Basis of the objective"),
    (("objective", "hurdle"), "Mục tiêu: ngưỡng giá trị", "Objective: hurdle"),
    (("something", "new"), "something: new", "something: new"),
]


@pytest.mark.parametrize(("place", "vi", "en"), NAMES)
def test_a_place_is_called_by_what_it_is(place, vi, en):
    for lang, expected in (("vi", vi), ("en", en)):
        name = places.name(shown(lang), place)
        assert name == expected or expected is None
        assert place[0] == "something" or not name.startswith(place[0]), "no key of the file"


VALUES = [
    (("funds", "central-2026", "amount_bn"), "12253.4", "12.253,4 tỷ đồng", "12,253.4 bn VND"),
    (("weights", "national-need"), "1/3", "33,33%", "33.33%"),
    (("limits", "x", "at_most"), {"share_of_envelope": "0.25"}, "25% tổng nguồn vốn", None),
    (("limits", "x", "at_least"), {"count": "3"}, "3 dự án", None),
    (("limits", "x", "at_most"), {"amount_bn": "1.5"}, "1,5 tỷ đồng", None),
    (("limits", "x", "where", "ministry"), ["MOIT", "MOST"], None, "MOIT, MOST"),
    (("limits", "x", "why"), {"vi": "Vì thế", "en": "For that"}, "Vì thế", "For that"),
    (("limits", "x", "decreed"), True, "có", "yes"),
    (("objective", "hurdle"), "20.5", "20,5", "20.5"),
    (("eligibility", "unassessed"), "low", "mức thấp", None),
    (("ties",), "pro_rata", "chia cùng một tỷ lệ", "equal shares"),
    (("limits", "x"), ABSENT, "không có", "not there"),
    (("ties",), ABSENT, "theo mặc định", "by default"),
    ((*MOIT, "share_of_envelope"), "0.28", "28% tổng nguồn vốn", None),
    (("funds", "central-2026", "amount_bn"), "many", "many", "many"),
    (("something", "new"), {"a": ["1", "2"]}, "a: 1, 2", "a: 1, 2"),
]


@pytest.mark.parametrize(("place", "given", "vi", "en"), VALUES)
def test_a_value_is_said_with_its_unit(place, given, vi, en):
    for lang, expected in (("vi", vi), ("en", en)):
        assert places.value(shown(lang), place, given) == expected or expected is None


def test_a_whole_limit_of_another_is_said_as_limits_are():
    other = {"id": "theirs", "where": {"ministry": "MOIT"}, "at_most": {"share_of_envelope": "0.2"}}
    place = ("limits", "theirs")
    assert "Bộ Công Thương" in places.name(shown("vi"), place, (ABSENT, other, ABSENT))
    assert "20%" in places.value(shown("vi"), place, other)
    said = places.value(shown("vi"), ("decisions",), {"P05.fund": {"project": "P05", "fund": "nothing"}})
    assert CASE.register.name(CASE.register.row_of("P05"), "vi") in said
    assert texts.plain(places.value(shown("vi"), place, other))
