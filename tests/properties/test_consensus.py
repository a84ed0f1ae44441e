"""The consensus of several assessors and value functions of all kinds, against plain fractions."""

from fractions import Fraction
from itertools import pairwise
from math import floor
from statistics import mean, median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import scoring, verifier
from prioritizer.exports.casefile import case_object
from prioritizer.inputs.assessments import read_assessments
from prioritizer.model import Case, Consensus, CriteriaTree, MinistryList, ProductList, Register, Scenario
from tests.build import coded, steady

RULES = ("median", "mean", "trimmed", "weighted")
SCORES = ("0", "1", "2", "3", "4", "0.5", "2.25", "3.125", "1.3")
CATEGORIES = ("gold", "silver", "lead", "tin")
TREE = CriteriaTree.model_validate(
    {
        "schema": "1",
        "id": "t",
        "title": "t",
        "criteria": [
            {"id": "rising", "name": "n", "weight": "1/3", "scale": {"worst": "0", "best": "4"}},
            {
                "id": "rest",
                "name": "n",
                "weight": "2/3",
                "children": [
                    {"id": "falling", "name": "n", "weight": "1/7", "scale": {"worst": "4", "best": "0"}},
                    {
                        "id": "bent",
                        "name": "n",
                        "weight": "2/7",
                        "value": "piecewise",
                        "scale": {"worst": "0", "best": "4"},
                        "levels": [
                            {"score": score, "value": value, "vi": "v", "en": "v"}
                            for score, value in (("4", "100"), ("0", "0"), ("1", "7.5"), ("2.5", "80"))
                        ],
                    },
                    {
                        "id": "falls-bent",
                        "name": "n",
                        "weight": "1/7",
                        "value": "piecewise",
                        "scale": {"worst": "4", "best": "0"},
                        "levels": [
                            {"score": score, "value": value, "vi": "v", "en": "v"}
                            for score, value in (("4", "0"), ("3", "50"), ("0", "100"))
                        ],
                    },
                    {
                        "id": "kind",
                        "name": "n",
                        "weight": "2/7",
                        "value": "categorical",
                        "levels": [
                            {"category": name, "value": value, "vi": "v", "en": "v"}
                            for name, value in zip(CATEGORIES, ("40", "100", "0", "40"), strict=True)
                        ],
                    },
                    {
                        "id": "class",
                        "name": "n",
                        "weight": "1/7",
                        "value": "categorical",
                        "of": "class",
                        "levels": [
                            {"category": "group1", "value": "0", "vi": "v", "en": "v"},
                            {"category": "group2-push", "value": "100", "vi": "v", "en": "v"},
                        ],
                    },
                ],
            },
        ],
    }
)
LISTED = [
    {"id": "a", "competence": "2"},
    {"id": "b", "competence": "0.5", "competence_on": {"rest": "3", "BENT": "1.25"}},
    {"id": "c"},
    {"id": "d", "competence": "0.1"},
    {"id": "e"},
]
HEAD = "project,criterion,assessor,score,low,high\n"
Judgement = tuple[str, str, str, str]  # assessor, score, low, high


@st.composite
def judgements(draw, leaf: str) -> list[Judgement]:
    """What up to five assessors say of a project on a leaf: a score, an interval, a category or nothing."""
    said: list[Judgement] = []
    for assessor in draw(st.lists(st.sampled_from("abcde"), unique=True)):
        if draw(st.integers(0, 6)) == 0:
            said.append((assessor, "abstain", "", ""))
        elif leaf == "kind":
            said.append((assessor, draw(st.sampled_from(CATEGORIES)), "", ""))
        else:
            low, high = sorted(draw(st.lists(st.sampled_from(SCORES), min_size=2, max_size=2)), key=Fraction)
            interval = draw(st.booleans())
            said.append((assessor, "", low, high) if interval else (assessor, low, "", ""))
    return said


@st.composite
def tables(draw) -> dict[tuple[str, str], list[Judgement]]:
    leaves = [leaf.id for leaf in TREE.leaves if leaf.of is None]
    projects = [f"P{at}" for at in range(draw(st.integers(1, 3)))]
    return {(project, leaf): draw(judgements(leaf)) for project in projects for leaf in leaves}


def rows_of(table: dict[tuple[str, str], list[Judgement]]) -> list[str]:
    return [",".join((*key, *own)) for key, said in table.items() for own in said]


def case_of(
    table, rule: str, trim: str = "0.2", rows: list[str] | None = None, tree=TREE, listed=LISTED
) -> Case:
    """The case of a table of judgements; every other project is of the second class."""
    ids = tuple(sorted({project for project, _ in table}))
    scenario = Scenario.model_validate(
        {
            "schema": "1",
            "id": "s",
            "title": "t",
            "register": "r",
            "funds": [{"id": "f", "year": "1", "amount_bn": "1"}],
            "assessors": listed,
            "consensus": {"rule": rule, "trim": trim},
        }
    )
    bodies = MinistryList.model_validate({"schema": "1", "id": "b", "bodies": [{"id": "A", "name": "A"}]})
    goods = {"id": "T", "name": "T", "products": [{"id": "T1", "name": "T1"}]}
    products = ProductList.model_validate({"schema": "1", "id": "p", "technologies": [goods]})
    classes = [("group1", "group2-push", "")[at % 3] for at in range(len(ids))]
    columns = {"name_vi": coded(["n"] * len(ids)), "class": coded(classes)}
    register = Register(ids, np.ones(len(ids), dtype=np.int64), None, columns)
    faults: list = []
    content = HEAD + "\n".join(rows_of(table) if rows is None else rows) + "\n"
    held = read_assessments(content.encode(), "scores.csv", tree, ids, faults, scenario.assessors)
    assert not faults
    return Case(scenario, tree, bodies, products, register, held, ())


def by_hand(scores: list[tuple[Fraction, Fraction]], rule: str, trim: Fraction) -> Fraction:
    """One score of several with their competences, by the words of the rule."""
    ordered = sorted(score for score, _ in scores)
    if rule == "median":
        return Fraction(median(ordered))
    if rule == "trimmed":
        dropped = floor(trim * len(ordered))
        return Fraction(mean(ordered[dropped : len(ordered) - dropped]))
    weights = [competence if rule == "weighted" else Fraction(1) for _, competence in scores]
    return sum((score * own for (score, _), own in zip(scores, weights, strict=True)), Fraction(0)) / sum(
        weights
    )


def competence(assessor: str, leaf: str) -> Fraction:
    if assessor == "b" and leaf == "bent":
        return Fraction("1.25")
    if assessor == "b" and leaf != "rising":
        return Fraction(3)
    own = next(each for each in LISTED if each["id"] == assessor)
    return Fraction(str(own.get("competence", "1")))


def points(leaf, score: Fraction) -> Fraction:
    """A score's points, found by walking along the value function."""
    along = leaf.breakpoints
    for (x1, y1), (x2, y2) in pairwise(along):
        if x1 <= score <= x2:
            return y1 + (y2 - y1) * (score - x1) / (x2 - x1)
    raise AssertionError(score)


def ends_by_hand(leaf, said: list[Judgement], class_: str, rule: str, trim: Fraction):
    """The points at both ends of what is held of one project on one leaf."""
    judged = [each for each in said if each[1] != "abstain"]
    worth = {level.category: level.value for level in leaf.levels}
    if leaf.of:
        return (worth[class_],) * 2 if class_ else (Fraction(0), Fraction(100))
    if not judged:
        return Fraction(0), Fraction(100)
    if leaf.value == "categorical":
        votes: dict[str, Fraction] = {}
        for assessor, category, *_ in judged:
            own = competence(assessor, leaf.id) if rule == "weighted" else Fraction(1)
            votes[category] = votes.get(category, Fraction(0)) + own
        tied = [worth[name] for name, count in votes.items() if count == max(votes.values())]
        return min(tied), max(tied)
    ends = []
    for end in (2, 3):
        scores = [(Fraction(each[1] or each[end]), competence(each[0], leaf.id)) for each in judged]
        ends.append(points(leaf, by_hand(scores, rule, trim)))
    return min(ends), max(ends)


@given(tables(), st.sampled_from(RULES), st.sampled_from(["0", "0.2", "0.25", "1/3", "0.49"]))
@steady(120)
def test_values_are_those_of_the_words_of_the_rule(table, rule, trim):
    case = case_of(table, rule, trim)
    scores = scoring.score(case)
    weights = scoring.leaf_weights(case)
    ids = case.register.ids
    for row, project in enumerate(ids):
        low = high = Fraction(0)
        for leaf in TREE.leaves:
            class_ = case.register.columns["class"][row]
            one, other = ends_by_hand(leaf, table.get((project, leaf.id), []), class_, rule, Fraction(trim))
            low, high = low + weights[leaf.id] * one, high + weights[leaf.id] * other
        assert scores.low_e4[row] == round(low * 10_000)
        assert scores.high_e4[row] == round(high * 10_000)
        assert scores.mid_e4[row] == round((low + high) / 2 * 10_000)


@given(tables(), st.sampled_from(RULES))
@steady(60)
def test_the_verifier_comes_to_the_same_values(table, rule):
    case = case_of(table, rule)
    scores, restated = scoring.score(case), verifier.Scoring(case_object(case)).of_projects
    for row, project in enumerate(case.register.ids):
        expected = scores.low_e4[row], scores.mid_e4[row], scores.high_e4[row]
        assert (restated[project].low, restated[project].mid, restated[project].high) == expected


@given(tables(), st.sampled_from(RULES), st.randoms())
@steady(60)
def test_the_order_of_rows_and_criteria_changes_nothing(table, rule, random):
    case, rows = case_of(table, rule), rows_of(table)
    random.shuffle(rows)
    shuffled = case_of(table, rule, rows=rows)
    assert case_object(shuffled) == case_object(case)
    assert shuffled.assessments.rows["assessor"].texts() == case.assessments.rows["assessor"].texts()
    turned = TREE.model_copy(update={"criteria": TREE.criteria[::-1]})
    for other in (shuffled, case_of(table, rule, rows=rows, tree=turned)):
        for name in ("value_e4", "low_e4", "mid_e4", "high_e4", "assessed_leaves"):
            assert getattr(scoring.score(other), name).tolist() == getattr(scoring.score(case), name).tolist()


@given(tables(), st.sampled_from(RULES))
@steady(60)
def test_the_consensus_lies_between_the_least_and_the_greatest(table, rule):
    case = case_of(table, rule)
    held = scoring.consensus(case)
    for at, leaf in enumerate(TREE.leaves):
        for row, project in enumerate(case.register.ids):
            judged = [each for each in table.get((project, leaf.id), []) if each[1] != "abstain"]
            if leaf.of is None:
                assert (held.low[at, row] < 0) == (not judged)
            if leaf.scale is None or not judged:
                continue
            for end, steps in ((2, held.low), (3, held.high)):
                own = [Fraction(each[1] or each[end]) for each in judged]
                assert min(own) <= held.score(int(steps[at, row])) <= max(own)
            assert held.low[at, row] <= held.high[at, row]


@given(tables(), st.sampled_from(RULES), st.sets(st.sampled_from("abcde")))
@steady(60)
def test_where_some_decide_the_rest_stays_at_the_consensus_of_all(table, rule, some):
    case = case_of(table, rule)
    theirs = {key: [each for each in said if each[0] in some] for key, said in table.items()}
    decided = scoring.consensus(scoring.decided_by(case, some))
    own, everyone = scoring.consensus(case_of(theirs, rule)), scoring.consensus(case)
    for at, leaf in enumerate(TREE.leaves):
        for row in range(len(case.register)):
            expected = own if own.low[at, row] >= 0 else everyone
            assert said_of(decided, leaf, at, row) == said_of(expected, leaf, at, row)


def said_of(held: Consensus, leaf, at: int, row: int) -> list[object]:
    ends = [int(held.low[at, row]), int(held.high[at, row])]
    return ends if leaf.scale is None or min(ends) < 0 else [held.score(end) for end in ends]


@given(tables())
@steady(40)
def test_one_assessor_alone_is_the_consensus_by_every_rule(table):
    alone = {key: [each for each in said if each[0] == "a"] for key, said in table.items()}
    values = [scoring.score(case_of(alone, rule)).low_e4.tolist() for rule in RULES]
    assert values == [values[0]] * len(RULES)


@pytest.mark.parametrize("size", range(1, 34))
def test_every_number_of_assessors_has_its_middle(size):
    """The comparisons put any judgements in order, as far as the rule looks."""
    rng = np.random.default_rng(size)
    scores = rng.integers(-1, 5, (size, 40))
    table = {
        (f"P{row:02d}", "rising"): [
            (f"a{at}", str(score), "", "") for at, score in enumerate(own) if score >= 0
        ]
        for row, own in enumerate(scores.T.tolist())
    }
    held = scoring.consensus(case_of(table, "median", listed=[]))
    for row, own in enumerate(scores.T.tolist()):
        judged = [score for score in own if score >= 0]
        found = int(held.low[0, row])
        assert (held.score(found) == Fraction(median(judged))) if judged else found < 0
