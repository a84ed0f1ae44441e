"""Prices against the case solved again with the bound moved."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from prioritizer import allocation, scoring
from prioritizer.analysis.pricelist import price_list
from prioritizer.model import Case
from prioritizer.results import LimitPrice, Prices
from tests.build import Cost, Project, case

PROJECTS = (
    Project(40_000, 900_000, "MOST"),
    Project(60_000, 800_000, "MOIT"),
    Project(50_000, 700_000, "MOST"),
    Project(80_000, 450_000, "MAE"),
    Project(70_000, 300_000, "MOIT"),
)
LIMITS = (
    {"id": "cap", "where": {"ministry": "MOST"}, "at_most": {"amount_bn": 60_000}},
    {"id": "floor", "where": {"ministry": "MAE"}, "at_least": {"share_of_envelope": "0.2"}},
    {"id": "part", "where": {"ministry": "MOIT"}, "at_most": {"share_of_allocated": "0.35"}},
)


def worth(given: Case) -> Fraction:
    """The exact best value, before anything is made whole."""
    bound = allocation.allocate(given, scoring.score(given)).bound
    assert bound is not None
    return bound


def priced(given: Case) -> Prices | None:
    scores = scoring.score(given)
    return price_list(given, scores, allocation.allocate(given, scores))


def price(found: Prices | None, name: str) -> LimitPrice:
    assert found is not None
    return next(each for each in found.limits if each.id == name)


def moved(name: str, key: str, size: object) -> list[dict[str, object]]:
    side = "at_least" if name == "floor" else "at_most"
    return [{**each, side: {key: size}} if each["id"] == name else each for each in LIMITS]


@pytest.mark.parametrize("basis", ["funding", "project"])
def test_a_limit_is_worth_what_moving_it_by_a_billion_changes(basis):
    given = case(PROJECTS, 150_000, LIMITS, basis)
    found, now = price(priced(given), "cap"), worth(given)
    up, down = (case(PROJECTS, 150_000, moved("cap", "amount_bn", size), basis) for size in (61_000, 59_000))
    assert (found.side, found.per) == ("at_most", "bn")
    assert found.relax.per_unit == worth(up) - now > 0
    assert found.tighten is not None and found.tighten.per_unit == worth(down) - now < 0


def test_a_fund_takes_the_limits_along_that_are_shares_of_it():
    given = case(PROJECTS, 150_000, LIMITS)
    found, now = price(priced(given), "fund"), worth(given)
    assert found.relax.per_unit == worth(case(PROJECTS, 151_000, LIMITS)) - now
    assert found.tighten is not None
    assert found.tighten.per_unit == worth(case(PROJECTS, 149_000, LIMITS)) - now


def test_more_money_may_cost_where_a_floor_grows_with_it():
    floor = [{"id": "floor", "where": {"ministry": "MAE"}, "at_least": {"share_of_envelope": "0.5"}}]
    found = price(priced(case([Project(900, 200_000, "MAE")], 1_000, floor, hurdle_e4=300_000)), "fund")
    assert found.relax.per_unit == Fraction(-10, 100) * Fraction(1, 2)


def test_a_share_of_what_is_allocated_is_priced_by_the_percentage_point():
    given = case(PROJECTS, 150_000, LIMITS)
    found, now = price(priced(given), "part"), worth(given)
    assert found.per == "percentage_point" and found.relax.reach_mvnd is None
    for slope, share in ((found.relax, "0.3500001"), (found.tighten, "0.3499999")):
        rate = (worth(case(PROJECTS, 150_000, moved("part", "share_of_allocated", share))) - now) * 100_000
        assert slope is not None and float(slope.per_unit) == pytest.approx(float(rate), rel=1e-4)
        assert slope.per_unit


def test_the_slope_ends_where_it_is_said_to():
    given = case(PROJECTS, 150_000, LIMITS)
    slope, now = price(priced(given), "cap").relax, worth(given)
    assert slope.reach_mvnd is not None and slope.reach_mvnd.denominator == 1
    reach = int(slope.reach_mvnd)
    at, beyond = (
        case(PROJECTS, 150_000, moved("cap", "amount_bn", 60_000 + size)) for size in (reach, reach + 1_000)
    )
    assert worth(at) - now == slope.per_unit * reach / 1_000
    assert worth(beyond) - now < slope.per_unit * (reach + 1_000) / 1_000


@pytest.mark.parametrize("basis, hurdle", [("funding", 0), ("funding", 100_000), ("project", 10)])
def test_a_project_gets_money_just_above_the_value_it_is_said_to_need(basis, hurdle):
    given = case(PROJECTS, 150_000, LIMITS[:2], basis, hurdle)
    found = priced(given)
    assert found is not None and found.needed_e4
    for row, needed in found.needed_e4.items():
        assert needed is not None
        for value, funded in ((int(needed) - 1, False), (int(needed) + 1, True)):
            values = given.register.given_e4.copy()
            values[row] = value
            other = replace(given, register=replace(given.register, given_e4=values))
            amount = allocation.allocate(other, scoring.score(other)).amount_mvnd[row]
            assert (amount > 0) == funded


def test_equal_money_must_be_displaced_not_only_the_next_million():
    """Where the envelope ends just at the end of a project, the next one must beat that project."""
    found = priced(case([Project(10, 900_000), Project(10, 800_000), Project(10, 100_000)], 20))
    assert found is not None and found.needed_e4 == {2: 800_000}


def test_a_closed_door_opens_at_no_value():
    shut = [{"id": "none", "where": {"project": "P00"}, "at_most": {"amount_bn": 0}}]
    found = priced(case([Project(10, 900_000), Project(10, 1)], 30, shut))
    assert found is not None and found.needed_e4 == {0: None}


def test_questions_of_yes_or_no_have_no_prices():
    few = [{"id": "few", "at_most": {"count": 1}}]
    assert priced(case([Project(10, 900_000), Project(10, 1)], 30, few)) is None
    clash = [{"id": "a", "at_least": {"amount_bn": 9}}, {"id": "b", "at_most": {"amount_bn": 1}}]
    assert priced(case([Project(10, 1)], 30, clash)) is None


def test_several_funds_are_priced_each_by_what_it_may_pay():
    funds = [
        {"id": "any", "year": "2026", "amount_bn": 10, "pays": ["a", "b"]},
        {"id": "only-a", "year": "2026", "amount_bn": 10, "pays": ["a"]},
    ]
    projects = [
        Project(30, 900_000, costs=(Cost("2026", 30, "a"),)),
        Project(30, 500_000, costs=(Cost("2026", 30, "b"),)),
    ]
    found = priced(case(projects, funds=funds))
    assert price(found, "any").relax.per_unit == price(found, "only-a").relax.per_unit == Fraction(9, 10)
    assert found is not None and np.isclose(float(found.needed_e4[1] or 0), 900_000)
