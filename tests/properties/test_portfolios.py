"""Portfolios of whole projects under incomplete weights, against every subset of the projects: the rules are
read by the judge, values and corners of the weights are computed here in plain fractions."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import lcm
from random import Random
from typing import Any

import numpy as np
import pytest

from prioritizer import scoring
from prioritizer.allocation.plan import in_unit
from prioritizer.model import Case, Consensus, CriteriaTree, Elicitation
from prioritizer.results import Scores
from prioritizer.robustness.draws.weights import Allowed
from prioritizer.robustness.portfolios.competitors import competitors, greatest_losses
from prioritizer.robustness.portfolios.listing import portfolios
from tests.build import BODIES, Cost, Project, case, coded
from tests.properties.brute import Judge

CLASSES = ("group1", "group2-push")
LEAVES = ("A", "B", "C")
ONES = [tuple(Fraction(int(at == own)) for own in range(3)) for at in range(3)]
SAID: dict[str, tuple[dict[str, Any] | None, list[tuple[Fraction, ...]]]] = {
    # what is said of the weights, and the corners that leaves
    "any": (None, ONES),
    "order": (
        {"rank": ["B", ["A", "C"]]},
        [(Fraction(0), Fraction(1), Fraction(0)), (Fraction(1, 3),) * 3],
    ),
    "strict": (
        {"rank": ["C", "A", "B"]},
        [
            (Fraction(0), Fraction(0), Fraction(1)),
            (Fraction(1, 2), Fraction(0), Fraction(1, 2)),
            (Fraction(1, 3),) * 3,
        ],
    ),
    "intervals": (
        {"intervals": {"A": ("1/5", "1/2"), "B": ("0", "1/2"), "C": ("1/4", "1")}},
        [
            (Fraction(1, 5), Fraction(0), Fraction(4, 5)),
            (Fraction(1, 2), Fraction(0), Fraction(1, 2)),
            (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)),
            (Fraction(1, 4), Fraction(1, 2), Fraction(1, 4)),
            (Fraction(1, 5), Fraction(1, 2), Fraction(3, 10)),
        ],
    ),
}


@dataclass(frozen=True)
class Drawn:
    """A case with everything the judge needs, and what is said of its weights."""

    case: Case
    scores: Scores
    allowed: Allowed
    corners: list[tuple[Fraction, ...]]


def drawn(seed: int) -> Drawn:
    chance = Random(seed)
    n = chance.randint(7, 9)
    dated = chance.random() < 0.5
    years = ("2026", "2027") if dated else ("2026",)
    projects = [_project(chance, at, years) for at in range(n)]
    funds = [{"id": f"f{year}", "year": year, "amount_bn": chance.randint(4, n + 2)} for year in years]
    made = case(
        projects,
        0,
        _limits(chance, n),
        chance.choice(["funding", "project"]),
        chance.choice([0, 0, 100_000]),
        funds=funds,
        decisions=[{"project": "P00", "fund": chance.choice(["full", "nothing"])}][: chance.random() < 0.2],
        dependencies=_dependencies(chance, n),
        exchange_rate={"group2-push": Fraction(3, 2)} if chance.random() < 0.3 else {},
    )
    made = replace(
        made,
        criteria=tree(),
        agreed=_scored(chance, n),
        register=replace(made.register, given_e4=None),
    )
    said, corners = SAID[chance.choice(sorted(SAID))]
    return Drawn(made, scoring.score(made), allowed_by(said), corners)


def _project(chance: Random, at: int, years: tuple[str, ...]) -> Project:
    costs = tuple(Cost(year, chance.randint(1, 3)) for year in chance.sample(years, len(years)))
    return Project(
        sum(cost.amount for cost in costs),
        0,
        chance.choice(BODIES[:2]),
        f"P{at:02d}",
        chance.choice(CLASSES),
        "whole",
        costs=costs if len(years) > 1 else (),
    )


def _limits(chance: Random, n: int) -> list[dict[str, Any]]:
    some = [
        {"id": "most", "where": {"ministry": "MOST"}, "at_most": {"count": chance.randint(1, 3)}},
        {"id": "one", "where": {"ministry": "MOIT"}, "at_least": {"count": 1}},
        {"id": "money", "where": {"ministry": "MOIT"}, "at_most": {"amount_bn": chance.randint(2, n)}},
        {"id": "part", "where": {"class": "group1"}, "at_least": {"share_of_allocated": "1/3"}},
        {"id": "exclude", "where": {"project": ["P01", "P02"]}, "at_most": {"count": 1}},
    ]
    return chance.sample(some, chance.choice([0, 1, 1, 2]))


def _dependencies(chance: Random, n: int) -> list[dict[str, Any]]:
    pairs = [(at, chance.randrange(at)) for at in range(1, n) if chance.random() < 0.15]
    return [{"project": f"P{one:02d}", "requires": f"P{other:02d}"} for one, other in pairs]


def _scored(chance: Random, n: int) -> Consensus:
    """Scores out of 10 in whole steps; some are intervals, some not there."""
    low = np.array([[chance.choice([-1, 0, 1, 2, 3, 5, 5, 6, 8, 9, 10]) for _ in range(n)] for _ in LEAVES])
    wide = chance.choice([(0,), (0, 0, 1, 2), (0, 1, 3)])
    more = np.array([[chance.choice(wide) for _ in range(n)] for _ in LEAVES])
    if chance.random() < 0.7:
        low = np.maximum(low, 0)
    return Consensus(Fraction(0), Fraction(1), low, np.where(low < 0, -1, np.minimum(low + more, 10)))


def tree() -> CriteriaTree:
    leaves = [{"id": leaf, "name": leaf, "scale": {"worst": 0, "best": 10}} for leaf in LEAVES]
    return CriteriaTree.model_validate({"schema": "1", "id": "tree", "title": "t", "criteria": leaves})


def allowed_by(said: dict[str, Any] | None) -> Allowed:
    if said is None:
        return Allowed()
    words = {"over": "root", "by": "Group", "at": "2026-04-20", "why": "Meeting"}
    return Allowed(further=(Elicitation.model_validate(words | said),))


# ------------------------------------------------------------------ by trying everything


def feasible(given: Drawn) -> np.ndarray:
    """All portfolios that the judge lets pass, bool[portfolios, n]."""
    judge = Judge(given.case, given.scores)
    plans = judge.plans
    kept = np.ones(plans.shape[1], dtype=bool)
    for _, keeps in judge.rules(plans):
        kept &= keeps
    return plans[:, kept].T == 1


def gains(given: Drawn) -> tuple[np.ndarray, np.ndarray, int]:
    """What funding a project adds at every corner, scores at their worst and at their best, as whole numbers
    [corners, n] over one denominator."""
    judge, held = Judge(given.case, given.scores), given.case.agreed
    assert held is not None
    rates = [
        given.case.scenario.exchange_rate.get(name, Fraction(1))
        for name in given.case.register.columns["class"].texts()
    ]

    def gain(corner, row: int, end: str) -> Fraction:
        scores = (held.low if end == "low" else held.high)[:, row].tolist()
        points = [{"low": 0, "high": 100}[end] if score < 0 else 10 * score for score in scores]
        value = rates[row] * sum(w * x for w, x in zip(corner, points, strict=True)) * 10_000
        hurdle = given.case.scenario.objective.hurdle_e4
        if given.case.scenario.objective.basis == "funding":
            return (value - hurdle) * judge.most(row)
        return value - Fraction(hurdle * judge.cost(row), 1000)

    tables = {
        end: [[gain(corner, row, end) for row in range(judge.n)] for corner in given.corners]
        for end in ("low", "high")
    }
    scale = lcm(*(one.denominator for table in tables.values() for each in table for one in each))
    low, high = (np.array([[int(one * scale) for one in each] for each in tables[end]]) for end in tables)
    return low, high, scale


def differences(plans: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """By how much each portfolio is ahead of each at least: int64[corners, portfolios, portfolios]."""
    only = plans[:, None, :] & ~plans[None, :, :]
    return np.array(
        [only @ worst - only.transpose(1, 0, 2) @ best for worst, best in zip(low, high, strict=True)]
    )


def undominated(given: Drawn) -> set[tuple[bool, ...]]:
    plans = feasible(given)
    low, high, _ = gains(given)
    least, most = differences(plans, low, high), differences(plans, high, low)
    idle = plans @ np.where(((low == 0) & (high == 0)).all(axis=0), given.case.register.ask_mvnd, 0)
    more = (most > 0).any(axis=0) | (idle[:, None] < idle[None, :])
    outdoes = (least >= 0).all(axis=0) & more
    return {tuple(plan) for plan in plans[~outdoes.any(axis=0)].tolist()}


# ------------------------------------------------------------------ properties


@pytest.mark.parametrize("seed", range(70))
def test_all_undominated_portfolios_of_a_case(seed):
    given = drawn(seed)
    found = portfolios(given.case, given.scores, given.allowed)
    listed = [tuple(plan) for plan in found.funded.tolist()]
    assert len(listed) == len(set(listed))
    assert set(listed) == undominated(given)
    if listed:
        shares = [Fraction(sum(plan[at] for plan in listed), len(listed)) for at in range(len(listed[0]))]
        assert found.core_index == tuple(shares)


def test_the_cases_are_worth_trying():
    sizes = [len(undominated(drawn(seed))) for seed in range(70)]
    assert sum(size == 0 for size in sizes) < 15 and sum(size > 3 for size in sizes) > 25


@pytest.mark.parametrize("seed", range(40))
def test_competitors_and_the_greatest_loss(seed):
    given = drawn(seed)
    plans = feasible(given)
    if not len(plans):
        assert greatest_losses(given.case, given.scores, (), given.allowed) == ()
        return
    proposed = plans[Random(seed).randrange(len(plans))]
    rows = tuple(np.flatnonzero(proposed).tolist())
    low, high, scale = gains(given)
    most = [
        [int(best[plan & ~proposed].sum() - worst[proposed & ~plan].sum()) for plan in plans]
        for worst, best in zip(low, high, strict=True)
    ]
    losses = greatest_losses(given.case, given.scores, rows, given.allowed)
    expected = [in_unit(given.case, Fraction(max(each), scale)) for each in most]
    assert sorted(loss.most for loss in losses if loss) == sorted(expected)
    found = competitors(portfolios(given.case, given.scores, given.allowed), rows)
    assert max((each.most for each in found), default=Fraction(0)) == max(expected)
    assert all(each.most > 0 and each.most >= each.least for each in found)
    beaten = tuple(proposed.tolist()) not in undominated(given)
    assert beaten == any(each.outdoes for each in found)


@pytest.mark.parametrize("seed", range(30))
def test_knowing_more_leaves_fewer_portfolios(seed):
    """A rank order leaves part of all weights, reaching inside them: core stays core, outside outside."""
    given = drawn(seed)
    wide = portfolios(given.case, given.scores)
    narrow = portfolios(given.case, given.scores, allowed_by(SAID["strict"][0]))
    assert {tuple(plan) for plan in narrow.funded.tolist()} <= {tuple(plan) for plan in wide.funded.tolist()}
    for row in range(len(given.case.register)):
        assert wide.kind(row) in (None, "borderline", narrow.kind(row))


def test_borderline_projects_have_the_scores_worth_refining():
    made = case([Project(2, 0, funding="whole") for _ in range(3)], 4)
    low, high = np.array([[9, 2, 4], [9, 5, 5], [9, 5, 5]]), np.array([[10, 6, 4], [9, 5, 5], [9, 5, 5]])
    held = Consensus(Fraction(0), Fraction(1), low, high)
    made = replace(made, criteria=tree(), agreed=held, register=replace(made.register, given_e4=None))
    found = portfolios(made, scoring.score(made))
    assert [found.kind(row) for row in range(3)] == ["core", "borderline", "borderline"]
    assert found.setting.uncertain == ((0, 0), (1, 0)) and found.worth_refining == ((1, 0),)
    certain = portfolios(made, scoring.score(made), counted=True)
    assert certain.worth_refining == () and certain.kind(1) == "outside"


def test_classes_with_weights_of_their_own_stand_at_corners_of_their_own():
    """With no weights in common, any of the first class may be better or worse than any of the second."""
    projects = [Project(1, 0, class_=class_, funding="whole") for class_ in CLASSES]
    made = case(projects, 1, weights_by_class={"group2-push": {"A": "1/2", "B": "1/4", "C": "1/4"}})
    low = np.array([[6, 5], [3, 3], [2, 2]])
    held = Consensus(Fraction(0), Fraction(1), low, low)
    register = replace(made.register, given_e4=None)
    apart = replace(made, criteria=tree(), agreed=held, register=register)
    assert len(portfolios(apart, scoring.score(apart))) == 2
    together = replace(
        apart, register=replace(register, columns={**register.columns, "class": coded(["group1"] * 2)})
    )
    assert portfolios(together, scoring.score(together)).funded.tolist() == [[True, False]]


def test_every_subset_is_judged_in_some_case():
    """The judge's ways of a whole project are nothing and all."""
    judge = Judge(drawn(0).case, drawn(0).scores)
    assert all(len(ways) == 2 for ways in judge.ways)
    assert judge.plans.shape[1] == len(list(product(*judge.ways)))
