"""Values on random criteria trees and scores, against plain fractions; what adding a project may change."""

from fractions import Fraction
from itertools import count

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import scoring
from prioritizer.model import (
    Assessments,
    Case,
    CriteriaTree,
    MinistryList,
    ProductList,
    Register,
    Scenario,
)
from tests.build import coded, steady

Ends = tuple[Fraction, Fraction] | None
ENDS = (0, 4), (0, 100), (4, 0), (-1, "2.5"), ("0.1", "0.7")


@st.composite
def weights(draw, count: int) -> list[Fraction]:
    """Weights that sum to one exactly; some are zero."""
    parts = draw(st.lists(st.integers(0, 97), min_size=count, max_size=count).filter(any))
    return [Fraction(part, sum(parts)) for part in parts]


@st.composite
def trees(draw):
    names = (f"c{at}" for at in count())

    def leaf(weight):
        worst, best = draw(st.sampled_from(ENDS))
        return {
            "id": next(names),
            "name": "n",
            "weight": weight,
            "scale": {"worst": str(worst), "best": str(best)},
        }

    factors = []
    for weight in draw(weights(draw(st.integers(1, 3)))):
        children = draw(st.integers(0, 3))
        if not children:
            factors.append(leaf(weight))
        else:
            below = [leaf(own) for own in draw(weights(children))]
            factors.append({"id": next(names), "name": "n", "weight": weight, "children": below})
    return CriteriaTree.model_validate({"schema": "1", "id": "t", "title": "t", "criteria": factors})


@st.composite
def judged(draw, tree: CriteriaTree) -> list[Ends]:
    """A project's score on every leaf: one number, an interval, or none."""
    ends: list[Ends] = []
    for leaf in tree.leaves:
        bottom, top = sorted((leaf.scale.worst, leaf.scale.best))
        places = sorted(draw(st.lists(st.integers(0, 12), min_size=2, max_size=2)))
        low, high = (bottom + (top - bottom) * Fraction(place, 12) for place in places)
        ends.append(draw(st.sampled_from([None, (low, low), (low, high)])))
    return ends


def case_of(tree: CriteriaTree, projects: list[list[Ends]], unassessed: str) -> Case:
    levels = tuple(sorted({end for ends in projects for pair in ends if pair for end in pair}))
    place = {level: at for at, level in enumerate(levels)}

    def codes(leaf: int, end: int):
        return np.array([place[ends[leaf][end]] if ends[leaf] else -1 for ends in projects], dtype=np.int32)

    low, high = (np.array([codes(at, end) for at in range(len(tree.leaves))]) for end in (0, 1))
    n = len(projects)
    register = Register(
        tuple(f"P{at:02d}" for at in range(n)),
        np.ones(n, dtype=np.int64),
        None,
        {"name_vi": coded(["n"] * n), "class": coded([""] * n)},
    )
    scenario = Scenario.model_validate(
        {
            "schema": "1",
            "id": "s",
            "title": "t",
            "register": "r",
            "funds": [{"id": "f", "year": "1", "amount_bn": "1"}],
            "eligibility": {"unassessed": unassessed},
        }
    )
    bodies = MinistryList.model_validate({"schema": "1", "id": "b", "bodies": [{"id": "A", "name": "A"}]})
    goods = {"id": "T", "name": "T", "products": [{"id": "T1", "name": "T1"}]}
    products = ProductList.model_validate({"schema": "1", "id": "p", "technologies": [goods]})
    held = Assessments(("x",), levels, low[None], high[None], {})
    return Case(scenario, tree, bodies, products, register, held, ())


def by_hand(tree: CriteriaTree, ends: list[Ends], end: str) -> Fraction:
    """Points by plain recursion over the tree: weights times shares of the way from worst to best."""
    score = dict(zip([leaf.id for leaf in tree.leaves], ends, strict=True))

    def points(node) -> Fraction:
        if node.children:
            return sum((child.weight * points(child) for child in node.children), Fraction(0))
        worst, best = node.scale.worst, node.scale.best
        worths = sorted(100 * (s - worst) / (best - worst) for s in score[node.id] or (worst, best))
        return {"low": worths[0], "mid": (worths[0] + worths[1]) / 2, "high": worths[1]}[end]

    return sum((factor.weight * points(factor) for factor in tree.criteria), Fraction(0))


@given(st.data(), st.sampled_from(["low", "mid", "high"]))
@steady(80)
def test_values_are_the_exact_ones_rounded_once(data, unassessed):
    tree = data.draw(trees())
    projects = data.draw(st.lists(judged(tree), min_size=1, max_size=5))
    scores = scoring.score(case_of(tree, projects, unassessed))
    ends = {"low": scores.low_e4, "mid": scores.mid_e4, "high": scores.high_e4}
    for end, values in ends.items():
        assert values.tolist() == [round(by_hand(tree, each, end) * 10_000) for each in projects]
    assert scores.value_e4.tolist() == ends[unassessed].tolist()
    assert scores.assessed_leaves.tolist() == [sum(pair is not None for pair in each) for each in projects]


@given(st.data())
@steady(50)
def test_adding_a_project_changes_no_others_value(data):
    tree = data.draw(trees())
    projects = data.draw(st.lists(judged(tree), min_size=2, max_size=5))
    alone = scoring.score(case_of(tree, projects[:-1], "mid"))
    joined = scoring.score(case_of(tree, projects, "mid"))
    for name in ("value_e4", "low_e4", "mid_e4", "high_e4", "assessed_leaves"):
        assert getattr(joined, name)[:-1].tolist() == getattr(alone, name).tolist()


@given(st.data())
@steady(50)
def test_values_lie_between_nothing_and_full_and_ends_in_order(data):
    tree = data.draw(trees())
    projects = data.draw(st.lists(judged(tree), min_size=1, max_size=5))
    scores = scoring.score(case_of(tree, projects, "low"))
    rows = zip(scores.low_e4.tolist(), scores.mid_e4.tolist(), scores.high_e4.tolist(), strict=True)
    assert all(0 <= low <= mid <= high <= 1_000_000 for low, mid, high in rows)
    worst = [(leaf.scale.worst,) * 2 for leaf in tree.leaves]
    best = [(leaf.scale.best,) * 2 for leaf in tree.leaves]
    ends = scoring.score(case_of(tree, [worst, best, [None] * len(worst)], "low"))
    assert ends.value_e4.tolist() == [0, 1_000_000, 0] and ends.high_e4[2] == 1_000_000


@given(st.data())
@steady(50)
def test_ranks_count_the_better_ones(data):
    tree = data.draw(trees())
    projects = data.draw(st.lists(judged(tree), min_size=1, max_size=6))
    scores = scoring.score(case_of(tree, projects, "low"))
    values = scores.value_e4.tolist()
    assert scores.rank.tolist() == [1 + sum(other > value for other in values) for value in values]
    in_order = scores.in_rank_order().tolist()
    assert in_order == sorted(range(len(values)), key=lambda row: (-values[row], row))


@given(st.data())
@steady(50)
def test_what_the_leaves_add_sums_to_the_value(data):
    tree = data.draw(trees())
    projects = data.draw(st.lists(judged(tree), min_size=1, max_size=5))
    for end in ("low", "mid", "high"):
        case = case_of(tree, projects, end)
        parts = scoring.contributions(case)
        assert parts.shape == (len(projects), len(tree.leaves))
        off = abs(parts.sum(axis=1) - scoring.score(case).value_e4)
        assert off.max() <= (len(tree.leaves) + 1) / 2


def test_weights_finer_than_int64_stay_exact():
    parts = [Fraction(1, 3**25), Fraction(1, 7**15), Fraction(1, 11**12)]
    shares = [str(part) for part in [*parts, 1 - sum(parts)]]
    scale = {"worst": "0", "best": "3"}
    leaves = [
        {"id": f"c{at}", "name": "n", "weight": Fraction(share), "scale": scale}
        for at, share in enumerate(shares)
    ]
    tree = CriteriaTree.model_validate({"schema": "1", "id": "t", "title": "t", "criteria": leaves})
    ends: list[Ends] = [
        (Fraction(1), Fraction(1)),
        None,
        (Fraction(1), Fraction(2)),
        (Fraction(2), Fraction(3)),
    ]
    scores = scoring.score(case_of(tree, [ends], "mid"))
    assert scores.value_e4.tolist() == [round(by_hand(tree, ends, "mid") * 10_000)]


def test_halves_of_the_last_digit_go_to_the_even_neighbour():
    leaf = {"id": "c", "name": "n", "scale": {"worst": "0", "best": "2000000"}}
    tree = CriteriaTree.model_validate({"schema": "1", "id": "t", "title": "t", "criteria": [leaf]})
    projects: list[list[Ends]] = [[(Fraction(score), Fraction(score))] for score in (1, 3, 5, 7, 1999999)]
    # a score of 1 is worth 0.5e-4 point
    assert scoring.score(case_of(tree, projects, "low")).value_e4.tolist() == [0, 2, 2, 4, 1_000_000]
