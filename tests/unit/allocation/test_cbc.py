"""What the second solver says is taken with care."""

import pytest

from prioritizer import allocation, scoring
from prioritizer.allocation.solvers import cbc
from tests.build import Project, case


def test_its_preprocessing_does_not_make_a_program_impossible() -> None:
    """It takes the plan that gives nothing to anybody, which keeps every rule here, for none."""
    try:
        cbc.binary()
    except cbc.CbcMissing:
        pytest.skip("no CBC on this machine")
    projects = [
        Project(15_000, 554_270, funding="whole"),
        Project(1_000, 23_483, class_="group2-pull"),
        Project(14_000, 346_079, funding="minimum", minimum=10_615),
    ]
    floor = {"id": "L", "where": {"class": "group1"}, "at_least": {"share_of_allocated": "1/10"}}
    case_ = case(projects, 254_400, [floor], basis="project")
    plan = allocation.allocate(case_, scoring.score(case_), solver="cbc")
    assert (plan.status, plan.amount_mvnd.tolist()) == ("optimal", [15_000, 1_000, 14_000])
