"""One project's scores as the app shows them: the consensus, and what every assessor said behind it."""

from prioritizer import pipeline
from prioritizer.ui.criteria import judgements
from prioritizer.ui.projects import detail
from tests.build import ASSESSED, CRITERIA, SCORES_HEAD, assessed
from tests.build import table as csv_table

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
            scores_csv=csv_table(f"{SCORES_HEAD},evidence,source", ROWS),
        )
    )
    return case, [frame.iloc[0].tolist() for _, frame in detail.scores(case, 0, lang)]


def said(case, lang: str) -> list[list[str]]:
    """Every judgement of the first project: criterion, assessor, score, evidence and the source cited."""
    table = judgements.table(case, list(case.criteria.leaves), judgements.written(case, 0), lang)
    return [list(row) for row in table.to_numpy().tolist()]


def test_the_consensus_is_shown_with_every_judgement_and_its_evidence(tmp_path):
    case, rows = shown(tmp_path, "en")
    assert rows[0][2] == "30–50"
    assert rows[1][2:4] == ["gold", "good"]
    assert sorted(row[1:] for row in said(case, "en")) == [
        ["Engineer", "40", "seen in a trial", "s1"],
        ["Engineer", "gold", "", ""],
        ["fin", "20–60", "", ""],
        ["sec", "abstains", "no data", ""],
    ]


def test_what_nobody_judged_is_named(tmp_path):
    case, rows = shown(tmp_path, "vi")
    assert rows[0][5] == "20,0 điểm (2 người chấm)"
    assert ["sec", "không chấm"] in [row[1:3] for row in said(case, "vi")]
    assert detail.not_assessed(case, 0, "vi") == ["B3", "B4"]
    assert detail.not_assessed(case, 1, "vi") == ["B1", "B2", "B3", "B4"]
