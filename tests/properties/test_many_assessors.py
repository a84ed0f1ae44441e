"""Many assessors of different competence, gaps, categories and fine scores: the exact numbers outgrow 64 bits
and must stay those of plain fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import scoring, verifier
from prioritizer.exports.casefile import case_object
from prioritizer.model import CriteriaTree
from prioritizer.money import decimal_text
from tests.build import steady
from tests.properties.test_consensus import case_of, points, said_of

LEVELS = [{"category": f"k{at}", "value": str(20 * at), "vi": "v", "en": "v"} for at in range(6)]
SCALE = {"worst": "0", "best": "4"}
STEEP = [("0", "0"), ("1", "50"), ("3.5", "50"), ("4", "100")]
TREE = CriteriaTree.model_validate(
    {
        "schema": "1",
        "id": "t",
        "title": "t",
        "criteria": [
            {"id": "need", "name": "n", "scale": SCALE},
            {
                "id": "bent",
                "name": "n",
                "scale": {"worst": "0", "best": "4"},
                "value": "piecewise",
                "levels": [{"score": x, "value": y, "vi": "v", "en": "v"} for x, y in STEEP],
            },
            {"id": "kind", "name": "n", "value": "categorical", "levels": LEVELS},
        ],
    }
)
COARSE = ("0", "1", "2", "3", "4")
FINE = ("0", "3.999999999999999999999", "0.0000000000000000000001", "1.5")
Said = dict[tuple[str, str], dict[str, str]]


@st.composite
def panels(draw, smallest: int = 1) -> tuple[list[dict[str, str]], Said]:
    """Assessors with competences, and what those who judge say of every project and leaf."""
    people = [f"E{at:02d}" for at in range(draw(st.integers(smallest, 20)))]
    worths = draw(st.lists(st.integers(1, 300), min_size=len(people), max_size=len(people)))
    small = draw(st.sampled_from([100, 100, 10**5, 10**12]))
    listed = [
        {"id": name, "competence": decimal_text(Fraction(own, small))}
        for name, own in zip(people, worths, strict=True)
    ]
    scores = draw(st.sampled_from([COARSE, FINE, ("2",), ("1.5",)]))
    random = draw(st.randoms(use_true_random=False))
    said: Said = {}
    for project in range(draw(st.integers(1, 30))):
        for leaf in TREE.leaves:
            words = scores if leaf.scale else [level["category"] for level in LEVELS]
            own = {name: random.choice(words) for name in people if random.random() > 0.3}
            said[f"P{project:02d}", leaf.id] = own
    return listed, said


def case(listed, said: Said, rule: str):
    table = {key: [(name, word, "", "") for name, word in own.items()] for key, own in said.items()}
    return case_of(table, rule, tree=TREE, listed=listed)


def together(scores: list[tuple[Fraction, Fraction]], rule: str) -> Fraction:
    if rule == "median":
        own, many = sorted(score for score, _ in scores), len(scores)
        return (own[(many - 1) // 2] + own[many // 2]) / 2
    worths = [own if rule == "weighted" else Fraction(1) for _, own in scores]
    return sum((s * own for (s, _), own in zip(scores, worths, strict=True)), Fraction(0)) / sum(worths)


def ends(leaf, heard: dict[str, str], worths: dict[str, Fraction], rule: str) -> tuple[Fraction, Fraction]:
    if not heard:
        return Fraction(0), Fraction(100)
    if leaf.scale:
        own = points(leaf, together([(Fraction(s), worths[name]) for name, s in heard.items()], rule))
        return own, own
    votes: dict[str, Fraction] = {}
    for name, word in heard.items():
        votes[word] = votes.get(word, Fraction(0)) + (worths[name] if rule == "weighted" else 1)
    tied = [Fraction(20 * int(word[1:])) for word, own in votes.items() if own == max(votes.values())]
    return min(tied), max(tied)


@given(panels(), st.sampled_from(("median", "mean", "weighted")))
@steady(80)
def test_values_are_exact_whatever_the_competences(panel, rule):
    listed, said = panel
    found = case(listed, said, rule)
    scores = scoring.score(found)
    worths = {each["id"]: Fraction(each["competence"]) for each in listed}
    for row, project in enumerate(found.register.ids):
        low = high = Fraction(0)
        for leaf in TREE.leaves:
            one, other = ends(leaf, said[project, leaf.id], worths, rule)
            low, high = low + one / 3, high + other / 3
        assert scores.low_e4[row] == round(low * 10_000)
        assert scores.mid_e4[row] == round((low + high) / 2 * 10_000)
        assert scores.high_e4[row] == round(high * 10_000)


@given(panels(smallest=12))
@steady(15)
def test_the_verifier_follows_many_assessors(panel):
    found = case(*panel, "weighted")
    scores, restated = scoring.score(found), verifier.Scoring(case_object(found)).of_projects
    for row, project in enumerate(found.register.ids):
        own = restated[project]
        assert (own.low, own.high) == (scores.low_e4[row], scores.high_e4[row])


@given(panels(smallest=2), st.sampled_from(("mean", "weighted")))
@steady(25)
def test_one_who_decides_among_many_keeps_the_rest(panel, rule):
    listed, said = panel
    found = case(listed, said, rule)
    everyone, decided = scoring.consensus(found), scoring.consensus(scoring.decided_by(found, ["E00"]))
    for at, leaf in enumerate(TREE.leaves):
        for row, project in enumerate(found.register.ids):
            own = said[project, leaf.id].get("E00")
            if own is None:
                assert said_of(decided, leaf, at, row) == said_of(everyone, leaf, at, row)
            elif leaf.scale:
                assert decided.score(int(decided.low[at, row])) == Fraction(own)


@pytest.mark.parametrize("rule", ["median", "mean", "trimmed", "weighted"])
def test_one_assessor_may_have_more_categories_than_scores(rule):
    """Places of categories are no places in the ladder of scores."""
    said = {("P1", "need"): {"E": "4"}, ("P1", "bent"): {}, ("P1", "kind"): {"E": "k5"}}
    assert scoring.score(case([{"id": "E"}], said, rule)).low_e4.tolist() == [666_667]


def test_scores_all_alike_with_odd_competences():
    listed = [{"id": f"E{at}", "competence": f"{1 + at / 7:.2f}"} for at in range(6)]
    said = {(f"P{p}", leaf.id): {} for p in range(12) for leaf in TREE.leaves}
    for project in range(12):
        said[f"P{project}", "need"] = {f"E{at}": "4" for at in range(6) if (project >> at % 4 & 1) == 0}
    assert set(scoring.score(case(listed, said, "weighted")).low_e4.tolist()) <= {0, 333_333}
