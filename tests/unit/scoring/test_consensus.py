"""Several assessors and value functions, in small cases followed by hand."""

from fractions import Fraction

import numpy as np
import pytest

from prioritizer import pipeline, scoring
from tests.build import ASSESSED, CRITERIA, SCORES_HEAD, assessed, table

FOUR = ("P1,B1,a,10,,", "P1,B1,b,20,,", "P1,B1,c,60,,", "P1,B1,d,,80,100")
ASSESSORS = 'assessors: [{id: a, competence: 3}, {id: b, competence_on: {B1: "0.5"}}, {id: c}, {id: d}]\n'


def held(place, rows, more: str = "", criteria: str = CRITERIA):
    files = {"tiny_yaml": ASSESSED + more, "benefits_yaml": criteria}
    case = pipeline.load(assessed(place, scores_csv=table(SCORES_HEAD, rows), **files))
    return case, scoring.consensus(case)


def ends(consensus, leaf: int = 0, row: int = 0) -> list[Fraction]:
    return [consensus.score(int(end[leaf, row])) for end in (consensus.low, consensus.high)]


@pytest.mark.parametrize(
    "rule, low, high",
    [
        ("{}", 40, 40),  # the middle two are 20 and 60
        ("{rule: mean}", Fraction(170, 4), Fraction(190, 4)),
        ("{rule: trimmed, trim: 0.25}", 40, 40),
        ("{rule: trimmed}", Fraction(170, 4), Fraction(190, 4)),  # a fifth of four is no whole judgement
        ("{rule: weighted}", Fraction(360, 11), Fraction(400, 11)),  # a counts 3, b 1/2, c and d 1
    ],
)
def test_four_judgements_become_one_by_the_rule(tmp_path, rule, low, high):
    _, consensus = held(tmp_path, FOUR, ASSESSORS + f"consensus: {rule}\n")
    assert ends(consensus) == [low, high]


def test_who_abstains_counts_as_not_judging_and_is_kept(tmp_path):
    case, consensus = held(tmp_path, (*FOUR[:3], "P1,B1,d,Abstain,,", "P2,B2,d,abstain,,"))
    assert ends(consensus) == [20, 20]
    assert case.assessments.assessors == ("a", "b", "c", "d")
    assert np.argwhere(case.assessments.abstained).tolist() == [[3, 0, 0], [3, 1, 1]]
    assert consensus.low[1, 1] == -1 and not case.assessments.complete
    assert scoring.score(case).assessed_leaves.tolist() == [1, 0, 0]


def test_one_assessor_is_spelled_one_way_whatever_the_order(tmp_path):
    rows = ("P1,B1,Panel,10,,", "P2,B1,panel,20,,")
    for at, order in enumerate((rows, rows[::-1])):
        assert held(tmp_path / str(at), order)[0].assessments.assessors == ("Panel",)


def test_it_is_known_when_everybody_judged_everything(tmp_path):
    rows = [f"P{p},B{b},{who},50,," for p in (1, 2, 3) for b in (1, 2, 3, 4) for who in "xy"]
    case, consensus = held(tmp_path, rows)
    assert case.assessments.complete and case.assessments.high is case.assessments.low
    assert consensus.high is consensus.low


BENT = """value: piecewise, scale: {worst: 0, best: 100}, levels: [
    {score: 0, value: 0, vi: a, en: a}, {score: 20, value: 60, vi: b, en: b},
    {score: 100, value: 100, vi: c, en: c}]"""


def test_a_piecewise_value_bends_at_its_levels(tmp_path):
    criteria = CRITERIA.replace("scale: {worst: 0, best: 100}", BENT, 1)
    rows = ("P1,B1,x,10,,", "P2,B1,x,20,,", "P3,B1,x,40,,")
    found = pipeline.contributions(held(tmp_path, rows, "", criteria)[0])[:, 0]
    assert found.tolist() == [round(Fraction("0.31") * points * 10_000) for points in (30, 60, 70)]


CATEGORIES = """value: categorical, levels: [
    {category: Gold, value: 100, vi: a, en: a}, {category: silver, value: 30, vi: b, en: b},
    {category: lead, value: 0, vi: c, en: c}]"""


@pytest.mark.parametrize(
    "votes, low, high",
    [
        (("gold", "GOLD", "lead"), 100, 100),
        (("gold", "silver"), 30, 100),
        (("gold", "silver", "lead", "abstain"), 0, 100),
        (("silver",), 30, 30),
    ],
)
def test_the_most_frequent_category_counts_and_ties_leave_an_interval(tmp_path, votes, low, high):
    criteria = CRITERIA.replace("scale: {worst: 0, best: 100}", CATEGORIES, 1)
    rows = [f"P1,B1,{who},{vote},," for who, vote in zip("abcd", votes, strict=False)]
    scores = scoring.score(held(tmp_path, rows, "weights: {B1: 1, B2: 0, B3: 0, B4: 0}\n", criteria)[0])
    assert (scores.low_e4[0], scores.high_e4[0]) == (low * 10_000, high * 10_000)


def test_a_criterion_of_the_register_takes_its_category_from_there(tmp_path):
    of = CATEGORIES.replace("categorical,", "categorical, of: class,").replace("lead", "group1")
    criteria = CRITERIA.replace("scale: {worst: 0, best: 100}", of, 1)
    case, consensus = held(tmp_path, ("P1,B2,x,50,,",), "", criteria)
    assert consensus.low[0].tolist() == [2, 2, 2]
    assert scoring.score(case).assessed_leaves.tolist() == [2, 1, 1]
