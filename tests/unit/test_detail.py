"""One project's scores as the app shows them: the consensus, and what every assessor said behind it."""

from prioritizer import pipeline
from prioritizer.ui import detail
from tests.build import ASSESSED, CRITERIA, SCORES_HEAD, assessed, table

ROWS = (
    *("P1,B1,tech,40,,,seen in a trial,s1", "P1,B1,fin,,20,60,,", "P1,B1,sec,abstain,,,no data,"),
    "P1,B2,tech,gold,,,,",
)
KINDS = """value: categorical, levels: [
    {category: gold, value: 100, vi: tốt, en: good}, {category: lead, value: 0, vi: kém, en: poor}]"""
NAMED = 'assessors: [{id: tech, name: {vi: "Kỹ thuật", en: "Engineer"}}, {id: fin}, {id: sec}]\n'


def shown(place, lang: str):
    scale = "weight: 0.19, scale: {worst: 0, best: 100}"
    case = pipeline.load(
        assessed(
            place,
            tiny_yaml=ASSESSED + NAMED,
            benefits_yaml=CRITERIA.replace(scale, f"weight: 0.19, {KINDS}"),
            scores_csv=table(f"{SCORES_HEAD},evidence,source", ROWS),
        )
    )
    return case, [frame.iloc[0].tolist() for _, frame in detail.scores(case, 0, lang)]


def test_the_consensus_is_shown_with_every_judgement_and_its_evidence(tmp_path):
    _, rows = shown(tmp_path, "en")
    assert rows[0][2] == "30–50"
    said = rows[0][5]
    assert "Engineer (40): seen in a trial" in said and "fin (20–60)" in said
    assert "sec (abstains): no data" in said
    assert rows[1][2:4] == ["gold", "good"]


def test_what_nobody_judged_is_named(tmp_path):
    case, rows = shown(tmp_path, "vi")
    assert "Kỹ thuật (40)" in rows[0][5] and "không chấm" in rows[0][5]
    assert detail.not_assessed(case, 0, "vi") == ["B3", "B4"]
    assert detail.not_assessed(case, 1, "vi") == ["B1", "B2", "B3", "B4"]
