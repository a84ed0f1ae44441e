"""Several assessors on a case followed by hand: where they are apart, how they lean, what they move."""

from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest

from prioritizer import locale, pipeline
from prioritizer.analysis.assessors import assessor_report
from prioritizer.results import AssessorReport, Evaluation
from tests.build import ASSESSED, ASSESSED_HEAD, SCORES_HEAD, Project, assessed, case, table

PEOPLE = """assessors:
  - {id: anna, ministry: A}
  - {id: binh, ministry: B}
  - {id: chi, ministry: B, name: {vi: "Chị Chi", en: "Ms Chi"}}
weights: {B1: 1, B2: 0, B3: 0, B4: 0}
"""
REGISTER = table(ASSESSED_HEAD, ["P1,một,A,,group1,3", "P2,hai,B,,group1,3"])
# On B1 Anna prefers P1, Binh and Chi P2; on B2 only Anna judges, and Chi abstains.
SCORES = (
    "P1,B1,anna,80,,",
    "P2,B1,anna,20,,",
    "P1,B1,binh,40,,",
    "P2,B1,binh,60,,",
    "P1,B1,chi,50,,",
    "P2,B1,chi,70,,",
    "P1,B2,anna,100,,",
    "P1,B2,chi,abstain,,",
)


def judged(place: Path, scores=SCORES, people: str = PEOPLE) -> Evaluation:
    files = {
        "register_csv": REGISTER,
        "scores_csv": table(SCORES_HEAD, scores),
        "tiny_yaml": ASSESSED + people,
    }
    return pipeline.assess(pipeline.load(assessed(place, **files)))


@pytest.fixture
def evaluation(tmp_path) -> Evaluation:
    return judged(tmp_path)


@pytest.fixture
def report(evaluation) -> AssessorReport:
    return assessor_report(evaluation)


def test_how_far_apart_by_hand(report):
    found = report.disagreement
    assert found.judged.tolist() == [[3, 1, 0, 0], [3, 0, 0, 0]]
    assert found.range_e4.tolist() == [[400_000, 0, 0, 0], [500_000, 0, 0, 0]]
    # P1: 80, 40, 50: 40, 30 and 10 apart; P2: 20, 60, 70: 40, 50 and 10
    assert found.mean_e4.tolist() == [[266_667, 0, 0, 0], [333_333, 0, 0, 0]]
    # what one alone judged, or nobody, is not agreement
    assert found.by_leaf() == [(2, 300_000, 500_000), *[(0, None, None)] * 3]


def test_how_each_leans_by_hand(report):
    # consensus: 50 and 60 on B1 (the medians), 100 on B2
    assert [(each.assessor, each.judged, each.open, each.abstained) for each in report.leanings] == [
        ("anna", 3, 8, 0),
        ("binh", 2, 8, 0),
        ("chi", 2, 8, 1),
    ]
    assert [each.leaning for each in report.leanings] == [Fraction(-10, 3), Fraction(-5), Fraction(5)]


def test_which_money_each_alone_would_move(evaluation, report):
    assert evaluation.plan.amount_mvnd.tolist() == [0, 3000], "there are 3 billion: together they prefer P2"
    moved = {(each.kind, each.by): (each.gained_mvnd, each.lost_mvnd) for each in report.alone}
    assert moved == {
        ("assessor", "anna"): (3000, 3000),
        ("assessor", "binh"): (0, 0),
        ("assessor", "chi"): (0, 0),
        ("ministry", "A"): (3000, 3000),
        ("ministry", "B"): (0, 0),
    }
    alone = {each.by: each.value_e4.tolist() for each in report.alone}
    assert alone["anna"] == [800_000, 200_000] and alone["B"] == [450_000, 650_000]
    least, greatest = report.value_ends()
    assert (least.tolist(), greatest.tolist()) == ([400_000, 200_000], [800_000, 700_000])


def test_what_somebody_did_not_judge_stays_at_the_consensus(tmp_path):
    scores = [row for row in SCORES if not row.startswith("P2,B1,anna")]
    report = assessor_report(judged(tmp_path, scores))
    anna = next(each for each in report.alone if each.by == "anna")
    assert anna.value_e4.tolist() == [800_000, 650_000]  # of P2 what Binh and Chi say together


def test_the_same_people_are_solved_once_and_all_together_never(evaluation):
    told: list[tuple[int, int]] = []
    assessor_report(evaluation, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]  # three alone, two of B; A is Anna


def test_one_assessor_alone_is_everybody(tmp_path):
    scores = [row for row in SCORES if ",anna," in row]
    told: list[tuple[int, int]] = []
    evaluation = judged(tmp_path, scores)
    report = assessor_report(evaluation, progress=lambda *both: told.append(both))
    assert told == [] and [each.difference.changes for each in report.alone] == [(), ()]
    assert not report.disagreement.range_e4.any()


def test_nobody_has_judged(tmp_path):
    report = assessor_report(judged(tmp_path, ()))
    assert report.leanings == () == report.alone and not report.disagreement.judged.any()


def test_given_values_are_not_judged():
    with pytest.raises(ValueError, match="given"):
        assessor_report(pipeline.assess(case([Project(10, 900_000)], 20)))


def test_the_order_of_rows_and_of_assessors_changes_nothing(tmp_path, report):
    lines = PEOPLE.splitlines()
    for at, order in enumerate(list(permutations(range(3)))[1:]):
        people = "\n".join([lines[0], *(lines[1 + who] for who in order), lines[4]]) + "\n"
        other = assessor_report(
            judged(tmp_path / str(at), SCORES[::-1] if at % 2 else SCORES[3:] + SCORES[:3], people)
        )
        assert other.leanings == report.leanings
        assert [(each.kind, each.by, each.difference) for each in other.alone] == [
            (each.kind, each.by, each.difference) for each in report.alone
        ]
        assert other.disagreement.mean_e4.tolist() == report.disagreement.mean_e4.tolist()


BAR = PEOPLE + "eligibility: {minimum_by_factor: {B1: 75}}\ndecisions: [{project: P1, fund_at_least_bn: 1}]\n"


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_plan_that_only_one_assessor_would_have(tmp_path, lang):
    # By the consensus P1 has 50 points, too few for the decision to fund it; by Anna alone it has 80.
    evaluation = judged(tmp_path, people=BAR)
    told = {each["id"]: each["sentence"] for each in _alone(evaluation, lang)}
    status = locale.say("terms.status.optimal", lang)
    if_so = locale.say("explanation.assessors.if_assessor", lang, by="anna")
    assert not evaluation.plan.found
    assert told["anna"] == locale.say("explanation.assessors.only_plan", lang, if_so=if_so, status=status)
    assert status not in told["binh"]


def _alone(evaluation: Evaluation, lang: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = pipeline.explain_assessors(evaluation, lang).content["alone"]
    return found


CATEGORIES = """schema: 1
id: benefits
title: Benefits
criteria:
  - {id: B1, name: B1, weight: 0.5, scale: {worst: 0, best: 100}}
  - id: B2
    name: B2
    weight: 0.5
    value: categorical
    levels:
      - {category: weak, value: 0, vi: yếu, en: weak}
      - {category: strong, value: 100, vi: mạnh, en: strong}
  - id: B3
    name: B3
    weight: 0
    value: categorical
    of: class
    levels:
      - {category: group1, value: 100, vi: một, en: one}
      - {category: group2-push, value: 0, vi: hai, en: two}
      - {category: group2-pull, value: 50, vi: ba, en: three}
"""


def test_categories_are_compared_by_their_points_and_those_of_the_register_are_not_judged(tmp_path):
    rows = (
        "P1,B1,anna,80,,",
        "P1,B2,anna,strong,,",
        "P1,B1,binh,80,,",
        "P1,B2,binh,weak,,",
        "P1,B2,chi,weak,,",
    )
    files = {
        "register_csv": REGISTER,
        "scores_csv": table(SCORES_HEAD, rows),
        "benefits_yaml": CATEGORIES,
        "tiny_yaml": ASSESSED,
    }
    report = assessor_report(pipeline.assess(pipeline.load(assessed(tmp_path, **files))))
    assert report.disagreement.range_e4.tolist() == [[0, 1_000_000, 0], [0, 0, 0]]
    assert report.disagreement.mean_e4[0, 1] == 666_667  # one of three pairs agrees
    assert [each.open for each in report.leanings] == [4, 4, 4], "the class is not open to judgement"
    assert report.leanings[0].leaning == 50  # 0 on B1, 100 above the most frequent category on B2
