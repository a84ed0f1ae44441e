"""What the funds are asked for, and who may pay it."""

from fractions import Fraction

import pytest

from prioritizer.allocation.demand import apportioned, demand
from tests.build import Cost, Project, case


@pytest.mark.parametrize(
    ("total", "costs", "parts"),
    [
        (0, [3, 4], [0, 0]),
        (7, [3, 4], [3, 4]),
        (5, [2, 3, 5], [1, 1, 3]),
        (2, [1, 1, 1], [0, 1, 1]),
        (1, [0, 9, 0], [0, 1, 0]),
        (0, [0, 0], [0, 0]),
        (10**12 - 1, [10**12, 10**12], [(10**12 - 1) // 2, 10**12 // 2]),
    ],
)
def test_amounts_are_split_in_proportion_by_running_sums(total, costs, parts):
    assert apportioned(total, costs) == parts and sum(parts) == total


def test_without_a_table_every_ask_falls_in_the_first_funds_year():
    cells = demand(case([Project(5, 1), Project(7, 1)], 9))
    assert cells.cost_mvnd.tolist() == [5, 7] and cells.funded.all()
    assert (cells.years, cells.kinds) == (("2026",), ("",))
    assert [cells.payer_sets[at] for at in cells.payers] == [(0,), (0,)]


FUNDS = [
    {"id": "all", "year": "2026", "amount_bn": 1},
    {"id": "build", "year": "2026", "amount_bn": 1, "pays": ["investment"]},
    {"id": "both", "year": "2026", "amount_bn": 1, "pays": ["Investment", "recurrent"]},
    {"id": "next", "year": "2027", "amount_bn": 1, "pays": ["recurrent"]},
]


@pytest.mark.parametrize(
    ("cost", "payers"),
    [
        (Cost("2026", 1, "investment"), (0, 1, 2)),
        (Cost("2026", 1, "recurrent"), (0, 2)),
        (Cost("2026", 1), (0, 2)),
        (Cost("2027", 1, "recurrent"), (3,)),
        (Cost("2027", 1, "investment"), ()),
        (Cost("2027", 1), ()),
    ],
)
def test_a_fund_pays_costs_of_its_year_and_kinds(cost, payers):
    cells = demand(case([Project(1, 1, costs=(cost,))], funds=FUNDS))
    assert cells.payer_sets[cells.payers[0]] == payers and cells.funded[0]


def test_years_without_a_fund_are_known_and_not_paid():
    costs = (Cost("2026", 2, "recurrent"), Cost("2028", 3, "recurrent"))
    cells = demand(case([Project(5, 1, costs=costs)], funds=FUNDS))
    assert cells.funded.tolist() == [True, False] and cells.cost_mvnd.tolist() == [2, 3]


def state_part(cofinance: int, cap: str | None, ask: int = 10) -> tuple[int, Fraction]:
    """The State's part of an ask, and the share of the project that can be reached."""
    caps = {"state_share_cap": {"group1": cap}} if cap else {}
    cells = demand(case([Project(ask, 1, cofinance=cofinance)], 99, **caps))
    return int(cells.cost_mvnd.sum()), cells.whole_share.get(0, Fraction(1))


@pytest.mark.parametrize(
    ("cofinance", "cap", "part", "reach"),
    [
        (0, None, 10, "1"),
        (4, None, 6, "1"),
        (4, "0.7", 6, "1"),  # others offer more than the cap asks for
        (4, "0.5", 4, "4/5"),  # 4 of others and 4 of the State are 8 of 10
        (0, "0.5", 0, "0"),
        (5, "0.5", 5, "1"),
        (1, "2/3", 2, "3/10"),
    ],
)
def test_the_states_part_is_less_co_finance_and_within_the_cap(cofinance, cap, part, reach):
    assert state_part(cofinance, cap) == (part, Fraction(reach))


def test_a_cap_is_for_its_own_class():
    assert state_part(4, None) == (6, 1)
    cells = demand(case([Project(10, 1, class_="group2-push")], 99, state_share_cap={"group1": "0.1"}))
    assert cells.cost_mvnd.tolist() == [10] and not cells.whole_share


def test_what_others_pay_is_taken_off_all_costs_in_proportion():
    costs = (Cost("2026", 6, "investment"), Cost("2026", 4, "recurrent"))
    cells = demand(case([Project(10, 1, cofinance=5, costs=costs)], 99))
    assert cells.cost_mvnd.tolist() == [3, 2]
