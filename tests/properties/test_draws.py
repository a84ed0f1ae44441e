"""Draws of random cases: exact values, statements kept, the same numbers however they are asked for."""

from fractions import Fraction
from itertools import count
from math import ceil, floor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from prioritizer import scoring
from prioritizer.model import (
    CLASSES,
    Case,
    Consensus,
    CriteriaTree,
    Elicitation,
    MinistryList,
    ProductList,
    Register,
    Scenario,
)
from prioritizer.results import Scores
from prioritizer.robustness.draws.table import draw
from prioritizer.robustness.draws.weights import Allowed
from tests.build import coded, steady
from tests.properties.test_values import weights
from tests.properties.test_weights import intervals, orders

DRAWN, PINNED = ("independent", "joint"), ("low", "mid", "high")
STEPS = Fraction(1), Fraction(1, 4), Fraction(3, 7), Fraction(25, 1001)
FINE = Fraction(1, 7919 * 6421)  # so fine that points no longer fit into float64 with whole weights
FINEST = Fraction(1, 7919 * 6421 * 5039 * 3571)  # nor with parts of weights
SAID = {"over": "root", "by": "Group", "at": "2026-04-20", "why": "Meeting"}


@st.composite
def leaves(draw, name: str, weight: Fraction):
    """A leaf with one of the value functions, on a scale that may fall."""
    leaf = {"id": name, "name": "n", "weight": weight, "value": draw(st.sampled_from(FUNCTIONS))}
    if leaf["value"] == "categorical":
        points = draw(st.permutations([0, 100, *draw(st.lists(st.integers(0, 100), max_size=2))]))
        leaf["levels"] = [
            {"category": f"k{at}", "value": str(own), "vi": "m", "en": "l"} for at, own in enumerate(points)
        ]
        return leaf
    worst, best = draw(st.sampled_from(((0, 4), (4, 0), (-3, "2.5"), ("0.1", "5.7"))))
    leaf["scale"] = {"worst": str(worst), "best": str(best)}
    if leaf["value"] == "piecewise":
        share, own = Fraction(draw(st.integers(1, 9)), 10), draw(st.integers(0, 100))
        bend = Fraction(worst) + share * (Fraction(best) - Fraction(worst))
        ends = (Fraction(worst), 0), (bend, own), (Fraction(best), 100)
        leaf["levels"] = [
            {"score": score, "value": Fraction(each), "vi": "m", "en": "l"} for score, each in ends
        ]
    return leaf


FUNCTIONS = "linear", "linear", "piecewise", "categorical"


@st.composite
def trees(draw) -> CriteriaTree:
    names, factors = (f"c{at}" for at in count()), []
    for weight in draw(weights(draw(st.integers(1, 3)))):
        children = draw(st.sampled_from((0, 0, 2, 3)))
        if children:
            below = [draw(leaves(next(names), own)) for own in draw(weights(children))]
            factors.append({"id": next(names), "name": "n", "weight": weight, "children": below})
        else:
            factors.append(draw(leaves(next(names), weight)))
    return CriteriaTree.model_validate({"schema": "1", "id": "t", "title": "t", "criteria": factors})


@st.composite
def held(draw, tree: CriteriaTree, projects: int) -> Consensus:
    """A score, an interval, or none, of every project on every leaf."""
    base, step = (
        Fraction(draw(st.sampled_from(("-3", "-3.5", "-13/3")))),
        draw(st.sampled_from((*STEPS, FINE, FINEST))),
    )
    rows = []
    for leaf in tree.leaves:
        ends = 0, len(leaf.levels) - 1
        if leaf.scale is not None:
            bottom, top = sorted((leaf.scale.worst, leaf.scale.best))
            ends = ceil((bottom - base) / step), floor((top - base) / step)
        one = st.integers(*ends)
        pairs = [
            draw(st.one_of(st.just((-1, -1)), one.map(lambda own: (own, own)), _span(leaf, one)))
            for _ in range(projects)
        ]
        rows.append(pairs)
    low, high = (np.array([[pair[end] for pair in row] for row in rows], dtype=object) for end in (0, 1))
    fits = max(int(high.max(initial=0)), 1) < 2**62
    return Consensus(base, step, *(end.astype(np.int64) if fits else end for end in (low, high)))


def _span(leaf, one):
    points = leaf.points_of_levels
    key = (lambda own: (points[own], own)) if points else None
    return st.tuples(one, one).map(lambda pair: tuple(sorted(pair, key=key)))


@st.composite
def cases(draw) -> Case:
    tree, projects = draw(trees()), draw(st.integers(1, 4))
    classes = draw(st.lists(st.sampled_from((*CLASSES, "")), min_size=projects, max_size=projects))
    ids = tuple(f"P{at}" for at in range(projects))
    columns = {"name_vi": coded(["n"] * projects), "class": coded(classes)}
    register = Register(ids, np.ones(projects, dtype=np.int64), None, columns)
    own = draw(st.dictionaries(st.sampled_from(CLASSES), weights(len(tree.criteria)), max_size=2))
    names = [node.id for node in tree.criteria]
    rates = st.sampled_from(("0.8", "1.5", "1/3"))
    scenario = Scenario.model_validate(
        {
            "schema": "1",
            "id": "s",
            "title": "t",
            "register": "r",
            "funds": [{"id": "f", "year": "1", "amount_bn": "1"}],
            "weights_by_class": {name: dict(zip(names, each, strict=True)) for name, each in own.items()},
            "exchange_rate": draw(st.dictionaries(st.sampled_from(CLASSES), rates, max_size=2)),
        }
    )
    bodies = MinistryList.model_validate({"schema": "1", "id": "b", "bodies": [{"id": "A", "name": "A"}]})
    goods = {"id": "T", "name": "T", "products": [{"id": "T1", "name": "T1"}]}
    products = ProductList.model_validate({"schema": "1", "id": "p", "technologies": [goods]})
    agreed = draw(held(tree, projects))
    return Case(scenario, tree, bodies, products, register, None, (), agreed=agreed)


def counted(scores: Scores, way: str):
    ends = {"low": scores.low_e4, "mid": scores.mid_e4, "high": scores.high_e4}
    return ends.get(way, scores.value_e4).tolist()


@given(cases(), st.sampled_from((*DRAWN, *PINNED)), st.integers(0, 2**40))
@steady(120)
def test_values_are_those_of_the_case_that_states_the_draw(case, way, seed):
    draws = draw(case, 5, seed, way, 2)
    values = draws.values_e4(np.arange(5))
    for row in range(5):
        assert values[row].tolist() == counted(scoring.score(draws.stated(row)), way)


@given(cases(), st.sampled_from(DRAWN), st.integers(0, 2**40))
@steady(40)
def test_draws_lie_between_all_low_and_all_high(case, way, seed):
    rows = np.arange(6)
    low, some, high = (draw(case, 6, seed, each, 2).values_e4(rows) for each in ("low", way, "high"))
    assert (low <= some).all() and (some <= high).all()
    assert draw(case, 6, seed, "mid", 2).values_e4(rows).tolist() <= high.tolist()


@given(cases(), st.sampled_from(DRAWN), st.permutations(range(9)), st.integers(1, 9))
@steady(40)
def test_any_part_in_any_order_gives_the_same_numbers(case, way, order, size):
    draws, again = (draw(case, 9, 11, way, 4) for _ in range(2))
    assert draws.table.tobytes() == again.table.tobytes()
    every, some = np.arange(9), np.array(order[:size])
    for name in ("values_e4", "weights", "unknown_points"):
        whole = getattr(draws, name)(every)
        assert getattr(again, name)(some).tobytes() == np.ascontiguousarray(whole[some]).tobytes()


@given(cases(), st.integers(0, 2**40))
@steady(40)
def test_weights_sum_to_one_and_what_weighs_nothing_stays_out(case, seed):
    draws = draw(case, 8, seed, "low", 2)
    for class_ in ("", *CLASSES):
        found = draws.weights_by_class(np.arange(8), class_)
        assert found.min() >= 0 and (found.sum(axis=1) == 10**9).all()
        stated = scoring.leaf_weights(case, class_ if class_ in draws.of_class else "")
        assert (found[:, [weight == 0 for weight in stated.values()]] == 0).all()


def flat(names: list[str]) -> Case:
    """A case with these criteria side by side and one project that nobody judged."""
    scale = {"worst": "0", "best": "1"}
    nodes = [{"id": name, "name": name, "scale": scale} for name in names]
    tree = CriteriaTree.model_validate({"schema": "1", "id": "t", "title": "t", "criteria": nodes})
    register = Register(("P0",), np.ones(1, dtype=np.int64), None, {"class": coded([""])})
    scenario = {"schema": "1", "id": "s", "title": "t", "register": "r"}
    funds = [{"id": "f", "year": "1", "amount_bn": "1"}]
    bodies = {"schema": "1", "id": "b", "bodies": [{"id": "A", "name": "A"}]}
    goods = {"id": "T", "name": "T", "products": [{"id": "T1", "name": "T1"}]}
    none = np.full((len(names), 1), -1)
    return Case(
        Scenario.model_validate({**scenario, "funds": funds}),
        tree,
        MinistryList.model_validate(bodies),
        ProductList.model_validate({"schema": "1", "id": "p", "technologies": [goods]}),
        register,
        None,
        (),
        agreed=Consensus(Fraction(0), Fraction(1), none, none),
    )


@given(orders())
@steady(30)
def test_orders_hold_in_every_draw(places):
    names = [name for place in places for name in place]
    said = Elicitation.model_validate({**SAID, "rank": [list(place) for place in places]})
    found = draw(flat(names), 32, 5, "low", 2, Allowed(further=(said,))).weights(np.arange(32))
    place = [at for at, own in enumerate(places) for _ in own]
    for one in range(len(names)):
        for other in range(one + 1, len(names)):
            off = found[:, other] - found[:, one]
            assert (abs(off).max() if place[one] == place[other] else off.max()) <= 1


@given(intervals())
@steady(40)
def test_intervals_hold_in_every_draw(ends):
    names = list(ends)
    said = Elicitation.model_validate({**SAID, "intervals": dict(ends)})
    found = draw(flat(names), 32, 5, "low", 2, Allowed(further=(said,))).weights(np.arange(32))
    for at, (low, high) in enumerate(ends.values()):
        assert int(found[:, at].min()) >= low * 10**9 - 1 and int(found[:, at].max()) <= high * 10**9 + 1
