"""The ways to plans of many draws at once: each is taken where it can be, and says what allocation says."""

import numpy as np
import pytest

from prioritizer import allocation
from prioritizer.allocation import warm
from prioritizer.allocation.warm import bases, crossing, filling
from prioritizer.allocation.warm.gains import gains_between
from prioritizer.allocation.warm.nested import nestings
from prioritizer.allocation.warm.ranking import Keys
from prioritizer.model import Case
from tests.build import BODIES, Project, case
from tests.swept import levels

CLASSES = ("group1", "group2-push", "group2-pull")
NESTED = [
    {"id": "most", "where": {"ministry": ["MOST"]}, "at_most": {"amount_bn": 3_000}},
    {"id": "two", "where": {"ministry": ["MOST", "MOIT"]}, "at_least": {"amount_bn": 4_000}},
    {"id": "floor", "where": {"ministry": ["MAE"]}, "at_least": {"share_of_envelope": "1/7"}},
    {"id": "one", "where": {"project": ["P05"]}, "at_least": {"amount_bn": 11}},
]
ACROSS = [*NESTED, {"id": "push", "where": {"class": ["group2-push"]}, "at_most": {"amount_bn": 2_345}}]
SHARE = [
    *NESTED,
    {"id": "push", "where": {"class": CLASSES[1:2]}, "at_least": {"share_of_allocated": "0.382"}},
]
MANY = [{"id": "f", "amount_bn": 9_001, "year": "2026"}]


def many(limits, basis="funding", hurdle=0, **more) -> Case:
    rng = np.random.default_rng(3)
    asks = rng.integers(100, 1_200, 36).tolist()
    projects = [Project(ask, 0, BODIES[at % 4], class_=CLASSES[at % 3]) for at, ask in enumerate(asks)]
    return case(projects, 0, limits, basis, hurdle, funds=MANY, **more)


@pytest.fixture
def nothing_by_itself(monkeypatch):
    """No draw may be solved by itself."""

    def refuse(*_):
        raise AssertionError("solved by itself")

    monkeypatch.setattr(warm, "planned", refuse)


@pytest.mark.parametrize(
    ("limits", "basis", "hurdle"),
    [
        (NESTED, "funding", 0),
        (NESTED, "funding", 200_000),
        (NESTED, "project", 0),
        (NESTED, "project", 1_000),
        (ACROSS, "funding", 0),
        (ACROSS, "project", 0),
    ],
)
def test_nested_limits_and_limits_across_need_no_draw_solved_by_itself(
    nothing_by_itself, limits, basis, hurdle
):
    given = many(limits, basis, hurdle, tie_order=["P07", "P30"])
    values = levels(given, 60, 1).values
    found = warm.Warm(given).solve(values)
    assert not found.why and (found.status == "optimal").all()
    for row in range(0, 60, 5):
        plan = allocation.allocate(given, warm._scores(given, values[row]))
        assert plan.amount_mvnd.tolist() == found.amount_mvnd[row].tolist()


@pytest.mark.parametrize("basis", ["funding", "project"])
def test_shares_of_what_is_allocated_lead_to_parts_of_a_million_that_are_made_whole(basis, monkeypatch):
    given, real, alone = many(SHARE, basis), warm.planned, []
    values = np.random.default_rng(5).integers(1, 1_000_000, (60, 36))
    monkeypatch.setattr(warm, "planned", lambda *each: alone.append(1) or real(*each))
    found = warm.Warm(given).solve(values)
    assert len(alone) < 20
    parts = 0
    for row, own in enumerate(values):
        plan = allocation.allocate(given, warm._scores(given, own))
        assert plan.amount_mvnd.tolist() == found.amount_mvnd[row].tolist(), row
        assert plan.status == found.status[row]
        parts += plan.objective != plan.bound
    assert parts > 20  # or the case does not show what it should


@pytest.mark.parametrize("limits", [ACROSS, SHARE])
def test_one_row_that_cuts_across_needs_no_solver(limits, monkeypatch):
    given, values = many(limits), np.random.default_rng(5).integers(1, 1_000_000, (200, 36))
    model, bound = warm.Warm(given), 0
    for (nested, order), across in zip(model._nestings, model._across, strict=True):
        keys = order.keys(values)
        assert keys is not None
        plans = filling.filled(nested, keys)
        broken = ~filling.proven(nested, keys, plans)
        bound += int(broken.sum())
        for row in across:
            known, _ = crossing.crossed(row, order.gains.over_den(values), plans)
            assert not (known & ~broken).any()
            broken &= ~known
        assert not broken.any()
    assert bound > 40
    monkeypatch.setattr(warm, "climbed", lambda *_: pytest.fail("a solver was asked"))
    assert (model.solve(values).status == "optimal").all()


def test_a_plan_that_does_not_use_the_row_as_far_as_it_can_is_not_proven(monkeypatch):
    given, values = many(SHARE), np.random.default_rng(5).integers(1, 1_000_000, (60, 36))
    model, real, seen = warm.Warm(given), crossing._shown, []

    def shown(row, gain, amount, pair):
        known = real(row, gain, amount, pair)
        rows = np.arange(len(known))
        for step in (1, -1):
            other = amount.copy()
            other[rows, pair[:, 0]] += step
            other[rows, pair[:, 1]] -= step
            still = real(row, gain, other, pair)
            seen.append((int(known.sum()), int(still.sum())))
        return known

    monkeypatch.setattr(crossing, "_shown", shown)
    model.solve(values)
    assert sum(known for known, _ in seen) > 20
    assert not any(still for _, still in seen)


def test_clones_at_the_margin_are_funded_in_the_recorded_order(nothing_by_itself):
    projects = [Project(100, 0, BODIES[at % 2], class_=CLASSES[at % 3]) for at in range(12)]
    order = [f"P{at:02d}" for at in (9, 4, 11)]
    for limits in (NESTED[:1], [ACROSS[0], ACROSS[-1]]):
        limits = [{**each, "at_most": {"amount_bn": 250}} for each in limits]
        given = case(projects, 730, limits, tie_order=order)
        values = np.full((1, 12), 500_000)
        found = warm.Warm(given).solve(values)
        plan = allocation.allocate(given, warm._scores(given, values[0]))
        assert plan.tie_mvnd and not plan.unique
        assert found.amount_mvnd[0].tolist() == plan.amount_mvnd.tolist()


def test_gains_follow_from_two_programs():
    given = many(NESTED, "project", 1_000)
    forms = [allocation.formulate(given, warm._worth(given, value)) for value in (0, 1, 777)]
    gains = gains_between(*forms[:2])
    assert gains is not None
    found = gains.over_den(np.full((1, 36), 777))[0]
    assert (found * forms[2].program.gain_den == forms[2].program.gain_num * gains.den).all()


def test_limits_are_nested_or_left_out():
    for limits, left in ((NESTED, 0), (ACROSS, 1), (SHARE, 1), ([], 0)):
        given = many(limits)
        found = nestings(allocation.formulate(given, warm._worth(given, 1)))
        assert min(len(each.left.lower) for each in found) == left
    whole = case([Project(5, 1, funding="whole"), Project(6, 1)], 8)
    assert not nestings(allocation.formulate(whole, warm._worth(whole, 1)))


@pytest.mark.parametrize("limits", [ACROSS, SHARE])
def test_what_breaks_a_rule_left_out_is_not_proven(limits):
    given = many(limits)
    model = warm.Warm(given)
    values = levels(given, 200, 3).values
    kept, form = 0, model._form
    for nested, order in model._nestings:
        keys = order.keys(values)
        assert keys is not None
        plans = filling.filled(nested, keys)
        for plan, known in zip(plans, filling.proven(nested, keys, plans), strict=True):
            level = np.zeros(36, dtype=np.int64)
            level[nested.columns] = plan
            held = all(row.lower <= row.activity(level) <= row.upper for row in form.program.rows)
            assert held >= known
            kept += known
    assert 0 < kept < 200 * len(model._nestings)


def test_no_other_plan_than_the_best_is_proven():
    given = many(NESTED)
    model = warm.Warm(given)
    limits, ranking = model._nestings[0]
    keys = ranking.keys(levels(given, 20, 2).values)
    assert keys is not None
    best = filling.filled(limits, keys)
    assert filling.proven(limits, keys, best).all()
    paid, open_ = (best > 0).argmax(axis=1), (best < limits.most).argmax(axis=1)
    rows, apart = np.arange(20), paid != open_
    other = best.copy()
    other[rows, paid] -= 1
    assert not filling.proven(limits, keys, other).any()
    other[rows, open_] += 1
    assert not filling.proven(limits, keys, other)[apart].any()
    unsure = Keys(keys.of, keys.zero, keys.bits, np.zeros(20, dtype=bool))
    assert not filling.proven(limits, unsure, best).any()


def test_a_basis_is_right_only_where_its_vertex_is_the_rule_s():
    given = many(ACROSS)
    model = warm.Warm(given)
    values = np.random.default_rng(1).integers(1, 1_000_000, (8, 36))
    priced = model._priced(values)
    assert priced is not None and model._matrix is not None
    found = [model._climber.basis(gain) for gain in priced.gain]
    for draw, basis in enumerate(found):
        assert basis is not None
        own = bases.inverted(model._matrix, *basis)
        assert own is not None
        stand = bases.standing(model._matrix, own, priced)
        assert stand.right[draw]
        for other in np.flatnonzero(stand.right).tolist():
            plan = allocation.allocate(given, warm._scores(given, values[other]))
            whole = stand.amount[other].copy()
            whole[own.columns] = stand.basic[other] / own.den
            assert whole.tolist() == plan.amount_mvnd.tolist()


def test_values_beyond_what_is_exact_are_left_to_allocation():
    given = many(NESTED)
    values = np.full((2, 36), 2**52)
    found = warm.Warm(given).solve(values)
    plan = allocation.allocate(given, warm._scores(given, values[0]))
    assert found.amount_mvnd[0].tolist() == plan.amount_mvnd.tolist()
