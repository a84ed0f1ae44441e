"""Other methods on small cases followed by hand, and where they cannot tell projects apart."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import pipeline, scoring
from prioritizer.analysis import methods
from prioritizer.analysis.agreement import shared_ranks
from prioritizer.analysis.methods import beyond_top, cross_check, promethee, topsis, vikor
from prioritizer.model import Case
from prioritizer.results import CrossCheck
from tests.build import ASSESSED, ASSESSED_HEAD, SCORES_HEAD, Project, assessed, case, steady, table

KERNELS = (topsis, promethee, vikor)
OTHERS = ("topsis", "promethee", "vikor", "need_and_chance")
POINTS = st.integers(2, 6).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0]), min_size=4, max_size=4),
        min_size=n,
        max_size=n,
    )
)


def written(place: Path, scores: list[tuple[int | None, ...]], **files: str) -> Case:
    """Projects with so many points on B1 to B4 (``None``: not assessed), which weigh 31, 19, 29 and 21."""
    register = [f"P{at},n,A,,group1,1" for at in range(1, len(scores) + 1)]
    rows = [
        f"P{at},B{leaf},x,{points},,"
        for at, row in enumerate(scores, 1)
        for leaf, points in enumerate(row, 1)
        if points is not None
    ]
    base = {"register_csv": table(ASSESSED_HEAD, register), "scores_csv": table(SCORES_HEAD, rows)}
    return pipeline.load(assessed(place, **(base | files)))


def checked(of: Case) -> CrossCheck:
    return cross_check(of, scoring.score(of))


def ranks(check: CrossCheck) -> dict[str, list[int] | str]:
    return {each.method: each.why if each.rank is None else each.rank.tolist() for each in check.rankings}


# ------------------------------------------------------------------ the methods


def test_net_flows_count_how_often_a_project_is_better_not_by_how_much():
    # by hand: on the first leaf 1 beats both, on the second 3 beats both, 2 beats 1
    flows = promethee(np.array([[100, 0], [1, 1], [0, 100.0]]), np.array([0.6, 0.4]))
    assert flows == pytest.approx([(0.6 * 2 - 0.4 * 2) / 2, 0, (0.4 * 2 - 0.6 * 2) / 2])


@given(POINTS)
@steady(30)
def test_flows_leaf_by_leaf_are_those_of_the_library_at_once(points):
    from pymcdm.methods import PROMETHEE_II

    matrix, weights = np.array(points), np.array([0.31, 0.19, 0.29, 0.21])
    whole = PROMETHEE_II("usual")(matrix, weights, np.ones(4), validation=False)
    assert promethee(matrix, weights) == pytest.approx(whole)


def test_vikor_by_hand():
    # S: 0.5, 0.5, 0.375; R: 0.5, 0.5, 0.25; so the third alone is best in both
    score = vikor(np.array([[100, 0], [0, 100], [75, 50.0]]), np.array([0.5, 0.5]))
    assert score == pytest.approx([0, 0, 1])


def test_where_all_are_equally_far_over_all_leaves_their_worst_leaf_decides():
    # S is 0.5 for all, R is 0.5, 0.5 and 0.25: the library alone would divide by zero
    score = vikor(np.array([[100, 0], [0, 100], [50, 50.0]]), np.array([0.5, 0.5]))
    assert score == pytest.approx([0.5, 0.5, 1])


def test_where_all_are_equally_bad_on_their_worst_leaf_the_sum_decides():
    # R is 0.5 for all, S is 0.5, 0.5 and 1
    points = np.array([[100, 0], [0, 100], [0, 0.0]])
    assert vikor(points, np.array([0.5, 0.5])) == pytest.approx([1, 1, 0.5])


def test_vikor_says_nothing_where_neither_decides():
    assert set(vikor(np.array([[100, 0], [0, 100.0]]), np.array([0.5, 0.5])).tolist()) == {1.0}


@given(POINTS, st.randoms(use_true_random=False))
@steady(30)
def test_the_order_of_rows_changes_no_rank(points, random):
    matrix, weights = np.array(points), np.array([0.31, 0.19, 0.29, 0.21])
    telling = np.ptp(matrix, axis=0) > 0
    order = random.sample(range(len(points)), len(points))
    for kernel in KERNELS if telling.any() else ():
        straight = shared_ranks(kernel(matrix[:, telling], weights[telling]))
        mixed = shared_ranks(kernel(matrix[order][:, telling], weights[telling]))
        assert mixed.tolist() == straight[order].tolist()


@given(POINTS)
@steady(30)
def test_no_method_ranks_a_project_below_one_that_is_nowhere_better(points):
    matrix, weights = np.array(points), np.array([0.31, 0.19, 0.29, 0.21])
    telling = np.ptp(matrix, axis=0) > 0
    for kernel in KERNELS if telling.any() else ():
        rank = shared_ranks(kernel(matrix[:, telling], weights[telling]))
        for one, other in np.argwhere((matrix[:, None] >= matrix[None]).all(axis=2)).tolist():
            assert rank[one] <= rank[other]


# ------------------------------------------------------------------ cases


def test_need_times_chance_by_hand(tmp_path):
    check = checked(written(tmp_path, [(100, 0, 0, 0), (50, 100, 0, 0), (50, 50, 50, 50)]))
    found = check.rankings[-1]
    assert found.rank is not None and found.score is not None
    assert found.rank.tolist() == [3, 2, 1]  # 100 x 0, 50 x 100*19/69, 50 x 50
    assert found.score == pytest.approx([0, 50 * (100 * 19 / 69) / 100, 25])


def test_ours_stands_first_and_every_pair_is_compared(tmp_path):
    evaluation = pipeline.assess(written(tmp_path, [(100, 0, 0, 0), (50, 100, 0, 0), (50, 50, 50, 50)]))
    check = cross_check(evaluation.case, evaluation.scores)
    assert [each.method for each in check.rankings] == ["value", *OTHERS]
    assert ranks(check)["value"] == evaluation.scores.rank.tolist() == [3, 2, 1]
    assert len(check.agreements) == 10
    assert (
        check.spread().tolist()
        == np.ptp([each.rank for each in check.rankings if each.rank is not None], axis=0).tolist()
    )


@given(POINTS)
@steady(10)
def test_our_value_puts_the_better_on_every_leaf_first(tmp_path_factory, points):
    found = written(tmp_path_factory.mktemp("case"), [tuple(map(int, row)) for row in points])
    rank, matrix = scoring.score(found).rank, np.array(points)
    for one, other in np.argwhere((matrix[:, None] >= matrix[None]).all(axis=2)).tolist():
        assert rank[one] <= rank[other]
        assert rank[one] < rank[other] or (matrix[one] == matrix[other]).all()


NOTHING = [
    pytest.param([(50, 50, 50, 50)], id="one project"),
    pytest.param([(50, 20, 30, 40)] * 3, id="all equal"),
    pytest.param([(None,) * 4] * 2 + [(0,) * 4], id="nothing known"),
]


@pytest.mark.parametrize("scores", NOTHING)
def test_where_nothing_tells_projects_apart_every_method_says_so(tmp_path, scores):
    check = checked(written(tmp_path, scores))
    assert set(ranks(check).values()) == {"alike"}
    assert {(each.kendall, each.spearman) for each in check.agreements} == {(None, None)}
    assert check.spread().tolist() == []


def test_a_leaf_without_weight_tells_nothing_apart(tmp_path):
    weights = ASSESSED + "weights: {B1: 0, B2: 0.5, B3: 0.5, B4: 0}\n"
    check = checked(written(tmp_path, [(100, 50, 50, 0), (0, 50, 50, 100)], tiny_yaml=weights))
    assert {ranks(check)[name] for name in ("value", "topsis", "promethee", "vikor")} == {"alike"}


def test_with_all_weight_on_the_first_factor_there_is_no_chance(tmp_path):
    weights = ASSESSED + "weights: {B1: 1, B2: 0, B3: 0, B4: 0}\n"
    check = checked(written(tmp_path, [(100, 50, 50, 0), (0, 50, 50, 100)], tiny_yaml=weights))
    assert ranks(check) == {
        **{name: [1, 2] for name in ("value", *OTHERS[:3])},
        "need_and_chance": "one_factor",
    }


def test_too_many_projects_are_not_compared_two_by_two(tmp_path, monkeypatch):
    monkeypatch.setattr(methods, "MOST_PAIRWISE", 2)
    check = checked(written(tmp_path, [(100, 50, 50, 0), (0, 50, 50, 100), (1, 1, 1, 1)]))
    assert ranks(check)["promethee"] == "too_many" and ranks(check)["topsis"] != "too_many"


def test_given_values_have_no_points():
    with pytest.raises(ValueError, match="given"):
        checked(case([Project(10, 900_000)], 20))


def test_projects_with_money_beyond_as_many_first(tmp_path):
    # Ours: 1 before 2 before 3; by need times chance the first, without any chance, is the last.
    found = written(tmp_path, [(100, 0, 30, 0), (40, 40, 40, 30), (30, 30, 30, 30)])
    evaluation = pipeline.assess(
        found.revised(funds=(found.scenario.funds[0].model_copy(update={"amount_mvnd": 2000}),))
    )
    check = cross_check(evaluation.case, evaluation.scores)
    count, beyond = beyond_top(check, evaluation.plan)
    assert count == 2 and beyond["value"] == ()
    assert all(
        set(rows) <= set(np.flatnonzero(evaluation.plan.amount_mvnd).tolist()) for rows in beyond.values()
    )
    assert beyond["need_and_chance"] == (0,) or ranks(check)["need_and_chance"][0] <= 2
