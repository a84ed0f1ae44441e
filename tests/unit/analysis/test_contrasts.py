"""Why one project is worth more than another, on small cases followed by hand."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from prioritizer import pipeline, scoring
from prioritizer.analysis.contrasts import contrast
from tests.build import ASSESSED, ASSESSED_HEAD, SCORES_HEAD, assessed, steady, table


def found(path, one: int = 0, other: int = 1):
    case = pipeline.load(path)
    return contrast(case, scoring.score(case), one, other)


def test_leaf_by_leaf_by_hand(tmp_path):
    # P1 has 50 and 40 on B1 and B2, which weigh 0.31 and 0.19; P2 from 10 to 90 on B1, counted as 10
    both = found(assessed(tmp_path))
    by_leaf = {each.criterion: (each.points_e4, each.adds_e4, each.difference_e4) for each in both.leaves}
    assert both.values_e4 == (231_000, 31_000)
    assert by_leaf == {
        "B1": ((500_000, 100_000), (155_000, 31_000), 124_000),
        "B2": ((400_000, 0), (76_000, 0), 76_000),
        "B3": ((0, 0), (0, 0), 0),
        "B4": ((0, 0), (0, 0), 0),
    }
    assert [each.criterion for each in both.leaves] == ["B1", "B2", "B3", "B4"], "the greatest first"
    assert both.leaves[0].weights == (Fraction(31, 100), Fraction(31, 100))
    assert both.rounding_e4 == (0, 0)


def test_each_project_has_the_weights_and_the_rate_of_its_class(tmp_path):
    rows = ("P1,một,A,,group1,1.5", "P2,hai,B,,group2-push,2", "P3,ba,A,,group1,1")
    text = (
        ASSESSED
        + "weights_by_class: {group2-push: {B1: 1, B2: 0, B3: 0, B4: 0}}\n"
        + "exchange_rate: {group2-push: '0.5'}\n"
    )
    both = found(assessed(tmp_path, tiny_yaml=text, register_csv=table(ASSESSED_HEAD, rows)))
    first = next(each for each in both.leaves if each.criterion == "B1")
    assert first.weights == (Fraction(31, 100), Fraction(1, 2))
    assert first.points_e4 == (500_000, 100_000) and first.adds_e4 == (155_000, 50_000)
    assert both.values_e4 == (231_000, 50_000)


THIRDS = ASSESSED + "weights: {B1: 1/3, B2: 1/3, B3: 1/3, B4: 0}\n"
SCORE = st.integers(0, 100)


@given(st.lists(st.lists(SCORE, min_size=4, max_size=4), min_size=2, max_size=2))
@steady(15)
def test_what_leaves_add_and_rounding_sum_to_the_value(tmp_path_factory, scores):
    rows = [
        f"P{at},B{leaf},x,{score},," for at, row in enumerate(scores, 1) for leaf, score in enumerate(row, 1)
    ]
    files = {"tiny_yaml": THIRDS, "scores_csv": table(SCORES_HEAD, rows)}
    both = found(assessed(tmp_path_factory.mktemp("case"), **files))
    for at in range(2):
        total = sum(each.adds_e4[at] for each in both.leaves) + both.rounding_e4[at]
        assert total == both.values_e4[at] and abs(both.rounding_e4[at]) <= 2
    sizes = [abs(each.difference_e4) for each in both.leaves]
    assert sizes == sorted(sizes, reverse=True)
    for each in both.leaves:
        assert each.points_e4[0] != each.points_e4[1] or each.difference_e4 == 0


def test_a_project_against_itself_differs_nowhere(tmp_path):
    both = found(assessed(tmp_path), 0, 0)
    assert {each.difference_e4 for each in both.leaves} == {0}
