"""Criteria that weigh something and do not tell the projects apart."""

import pytest

from prioritizer import pipeline
from prioritizer.scoring.telling import telling_nothing
from tests.build import ASSESSED, SCENARIO, SCORES, SCORES_HEAD, assessed, folder, table

SAME = tuple(f"P{at},B3,x,70,," for at in (1, 2, 3))


def told(path) -> list[tuple[str, str]]:
    return [(leaf.id, silence) for leaf, silence in telling_nothing(pipeline.load(path))]


@pytest.mark.parametrize(
    "rows, expected",
    [
        (SCORES, [("B3", "not_assessed")]),
        ((*SCORES, *SAME), [("B3", "same")]),
        ((*SCORES, *SAME[:2]), []),
        ((*SCORES, *SAME[:2], "P3,B3,x,,60,70"), []),
        ((*SCORES, "P1,B3,x,abstain,,"), [("B3", "not_assessed")]),
    ],
)
def test_it_is_said_why_a_criterion_tells_nothing(tmp_path, rows, expected):
    assert told(assessed(tmp_path, scores_csv=table(SCORES_HEAD, rows))) == expected


def test_a_criterion_without_weight_need_tell_nothing(tmp_path):
    weights = "weights: {B1: 1/3, B2: 1/3, B3: 0, B4: 1/3}\n"
    assert told(assessed(tmp_path, tiny_yaml=ASSESSED + weights)) == []


def test_given_values_have_no_criteria(tmp_path):
    assert told(folder(tmp_path, tiny_yaml=SCENARIO)) == []


@pytest.mark.parametrize("last, codes", [("1/4", []), ("4", ["contradictory"])])
def test_judgements_that_contradict_each_other_are_noticed(tmp_path, last, codes):
    pairs = f'{{B1: {{B2: 4, B3: 1, B4: 1}}, B2: {{B3: "{last}", B4: "1/4"}}, B3: {{B4: 1}}}}'
    said = f"elicitation: [{{over: root, by: g, at: 2026-04-20, why: w, pairwise: {pairs}}}]\n"
    rows = [f"P{p},B{b},x,{10 * p + b},," for p in (1, 2, 3) for b in (1, 2, 3, 4)]
    case = pipeline.load(assessed(tmp_path, tiny_yaml=ASSESSED + said, scores_csv=table(SCORES_HEAD, rows)))
    for lang in ("vi", "en"):
        notices = pipeline.describe_notices(case, lang)
        assert [(each["code"], each["criterion"]) for each in notices] == [(code, "root") for code in codes]
