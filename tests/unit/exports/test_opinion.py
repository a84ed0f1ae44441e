"""What is said where two solvers lead to different plans."""

from dataclasses import replace
from fractions import Fraction

import pytest

from prioritizer import locale, pipeline
from prioritizer.exports.opinion import NAMED, describe_opinion, opinion
from tests.build import Project, case

PROJECTS = [Project(10, 900_000 - at) for at in range(9)]


@pytest.fixture(scope="module")
def evaluation():
    return pipeline.assess(case(PROJECTS, 20))


def test_everything_that_is_written_is_compared(evaluation):
    plan = evaluation.plan
    for other in (
        replace(plan, unique=not plan.unique),
        replace(plan, reason=tuple(reversed(plan.reason))),
        replace(plan, objective=plan.objective + Fraction(1, 10**30)),
    ):
        assert opinion(evaluation, other).answer == "different"
    assert opinion(evaluation, replace(plan)).answer == "same"


@pytest.mark.parametrize("change", [{"status": "feasible"}, {"unique": None}], ids=["best", "among-equals"])
def test_a_search_that_was_cut_off_decides_nothing(evaluation, change):
    assert opinion(evaluation, replace(evaluation.plan, **change)).answer == "open"


@pytest.mark.parametrize("lang", locale.LANGS)
def test_how_the_plans_differ_is_said_and_many_projects_are_counted(evaluation, lang):
    plan = evaluation.plan
    other = replace(plan, amount_mvnd=plan.amount_mvnd + 1, objective=plan.objective - 1)
    said = describe_opinion(evaluation, opinion(evaluation, other), lang)
    assert said.count("(P") == NAMED
    assert locale.say("explanation.several_more", lang, count=len(PROJECTS) - NAMED) in said
    assert locale.number(-1, lang, 1) in said
    alone = describe_opinion(
        evaluation, opinion(evaluation, replace(plan, status="infeasible", objective=None)), lang
    )
    assert locale.say("terms.status.infeasible", lang) in alone and "(P" not in alone
