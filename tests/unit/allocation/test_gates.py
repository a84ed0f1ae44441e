"""Answers that only open a way are no plans of their own."""

from fractions import Fraction

import pytest

from prioritizer import allocation, scoring
from prioritizer.allocation.choice import mixed
from prioritizer.allocation.choice.alike import Amounts
from prioritizer.allocation.choice.gates import closed
from prioritizer.model import Case
from tests.build import Cost, Project, case

SHARES = (Fraction(1, 4), Fraction(3, 4))


def milestones(many: int) -> Case:
    projects = [
        Project(
            30 + at,
            500_000 + 1_000 * at,
            funding="milestones",
            costs=(Cost("2026", 20, milestone=1), Cost("2026", 10 + at, milestone=2)),
            shares=SHARES,
        )
        for at in range(many)
    ]
    return case(projects, 20 * many)


def test_projects_between_milestones_do_not_make_plans_that_differ_in_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the rule was asked step by step")

    monkeypatch.setattr(mixed, "Steps", refuse)
    case_ = milestones(60)
    plan = allocation.allocate(case_, scoring.score(case_))
    assert (plan.status, plan.unique) == ("optimal", True)


def test_an_open_gate_through_which_nothing_goes_is_closed() -> None:
    case_ = milestones(1)
    form = allocation.formulate(case_, scoring.score(case_))
    names = form.program.columns
    full: Amounts = dict(enumerate([1 if name.startswith("done") else 0 for name in names]))
    first = names.index("pay[P00,1,2026]")
    full[first] = int(form.program.upper[first])
    program, plan = closed(form.program, full, form.mvnd_per_unit)
    gate = names.index("done[P00,1]")
    assert (program.rows[-1].name, plan[gate], full[gate]) == ("gate[done[P00,1]]", 0, 1)


def test_a_gate_may_be_open_for_less_than_what_all_costs_behind_it_share() -> None:
    """Of a second milestone of 3 million over two years, 2 million are as good as of the other project."""
    costs = (Cost("2026", 2, milestone=1), Cost("2026", 3, milestone=2), Cost("2026", 3, "recurrent", 2))
    first = Project(8, 500_000, funding="milestones", costs=costs, shares=(Fraction(1, 4), Fraction(3, 4)))
    plan = allocation.allocate(case_ := case([first, Project(9, 500_000)], 6), scoring.score(case_))
    assert (plan.amount_mvnd.tolist(), plan.unique) == ([6, 0], False)


def test_a_gate_through_which_less_than_a_million_goes_is_left_alone() -> None:
    case_ = milestones(1)
    form = allocation.formulate(case_, scoring.score(case_))
    names = form.program.columns
    amounts: Amounts = dict.fromkeys(range(len(names)), Fraction(0))
    amounts[names.index("done[P00,1]")] = Fraction(1)
    amounts[names.index("pay[P00,2,2026]")] = Fraction(1, 2)
    program, plan = closed(form.program, amounts, form.mvnd_per_unit)
    assert (program.rows, plan) == (form.program.rows, amounts)


def test_what_needs_projects_in_full_is_decided_without_asking_step_by_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mixed, "Steps", None)
    projects = [Project(1_000 + at, 900_000 - 7_000 * at) for at in range(60)]
    needs = [
        {"project": f"P{at:02d}", "requires": f"P{at // 2:02d}", "in_full": at % 3 == 0}
        for at in range(1, 40)
    ]
    case_ = case(projects, 20_500, dependencies=needs)
    plan = allocation.allocate(case_, scoring.score(case_))
    assert (plan.status, plan.unique) == ("optimal", True)
