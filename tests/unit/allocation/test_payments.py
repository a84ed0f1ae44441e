"""Who pays: the split of a plan over funds."""

from random import Random

import numpy as np
import pytest

from prioritizer import allocation, scoring
from prioritizer.allocation.payments import payments
from prioritizer.errors import Defect
from prioritizer.model import Case
from prioritizer.results import Payment
from tests.build import Cost, Project, case


def fund(name: str, amount: int, *pays: str, year: str = "2026") -> dict[str, object]:
    return {"id": name, "year": year, "amount_bn": amount, "pays": list(pays)}


def split(given: Case) -> dict[tuple[str, str], dict[str | None, int]]:
    """By project and kind: what each fund pays."""
    plan = allocation.allocate(given, scoring.score(given)).payments
    paid: dict[tuple[str, str], dict[str | None, int]] = {}
    for each in plan:
        paid.setdefault((given.register.ids[each.project], each.kind), {})[each.fund] = each.amount_mvnd
    return paid


BUILD, RUN = Cost("2026", 4, "build"), Cost("2026", 4, "run")


def test_the_first_fund_pays_as_far_as_it_may():
    given = case([Project(4, 9, costs=(BUILD,))], funds=[fund("a", 3), fund("b", 3, "build")])
    assert split(given) == {("P00", "build"): {"a": 3, "b": 1}}


def test_a_fund_is_kept_for_what_no_other_may_pay():
    projects = [Project(4, 9, costs=(BUILD,)), Project(4, 5, costs=(RUN,))]
    given = case(projects, funds=[fund("a", 5), fund("b", 9, "build")])
    # The dearer project comes first, but only one million of a is to spare.
    assert split(given) == {("P00", "build"): {"a": 1, "b": 3}, ("P01", "run"): {"a": 4}}


def test_projects_are_paid_in_the_tie_rules_order():
    projects = [Project(4, 5, costs=(BUILD,)), Project(4, 9, costs=(BUILD,))]
    given = case(projects, funds=[fund("a", 6), fund("b", 9)])
    assert split(given) == {("P00", "build"): {"a": 2, "b": 2}, ("P01", "build"): {"a": 4}}


def test_later_years_are_named_without_a_fund():
    given = case([Project(8, 9, costs=(BUILD, Cost("2027", 4, "run")))], 2)
    plan = allocation.allocate(given, scoring.score(given))
    assert plan.payments == (
        Payment(0, 0, "2026", "build", "fund", 2),
        Payment(0, 0, "2027", "run", None, 2),
    )


def test_money_that_the_funds_do_not_have_is_a_defect():
    given = case([Project(4, 9, costs=(BUILD,))], funds=[fund("a", 3, "run", "build")])
    form = allocation.formulate(given, scoring.score(given))
    with pytest.raises(Defect):
        payments(given, form, np.array([4]), np.array([0]))


@pytest.mark.parametrize("seed", range(60))
def test_whatever_keeps_the_envelopes_can_be_paid(seed):
    rng = Random(seed)
    kinds = ("a", "b", "c")
    funds = [
        fund(f"f{at}", rng.randint(0, 9), *rng.sample(kinds, rng.randint(1, 3)))
        for at in range(rng.randint(1, 4))
    ]
    funds.append(fund("spare", 99, year="2027"))
    projects = [
        Project(
            ask,
            rng.choice([1, 2, 2]),
            costs=(Cost("2026", ask, rng.choice(sorted({kind for each in funds for kind in each["pays"]}))),),
        )
        for ask in (rng.randint(1, 9) for _ in range(rng.randint(1, 7)))
    ]
    given = case(projects, funds=funds)
    plan = allocation.allocate(given, scoring.score(given))
    pays = {each["id"]: each["pays"] for each in funds}
    held = {each["id"]: each["amount_bn"] for each in funds}
    for each in plan.payments:
        assert each.kind in pays[each.fund] and each.amount_mvnd > 0
        held[each.fund] -= each.amount_mvnd
    assert min(held.values()) >= 0
    assert sum(each.amount_mvnd for each in plan.payments) == plan.total_mvnd
