"""The plan that a pack encloses is shown as it was, figure by figure, without solving."""

from dataclasses import replace
from pathlib import Path

import pytest

from prioritizer import pipeline
from prioritizer.exports import planfile
from prioritizer.exports.pack_opening import OpenedPack
from tests.build import Project, case

SCENARIOS = Path(__file__).resolve().parents[3] / "scenarios"


def enclosed(evaluation):
    """What a pack of an evaluation holds, as far as its plan is concerned."""
    plan, verdict = pipeline.plan_object(evaluation), pipeline.Verdict(())
    return OpenedPack("", verdict, evaluation.case, plan, (), {})


@pytest.fixture(scope="module", params=["baseline", "demonstration", "few-and-deep"])
def evaluation(request):
    return pipeline.assess(pipeline.load(SCENARIOS / f"{request.param}.yaml"))


def test_every_figure_is_the_enclosed_one(evaluation):
    found = pipeline.enclosed_evaluation(enclosed(evaluation))
    assert planfile.plan_object(found) == planfile.plan_object(evaluation)
    assert found.plan.limits == evaluation.plan.limits, "also which bound is reached"
    assert (found.plan.bound, found.plan.relaxed) == (evaluation.plan.bound, evaluation.plan.relaxed)
    for lang in ("vi", "en"):
        assert pipeline.describe_reached(found, lang) == pipeline.describe_reached(evaluation, lang)
        assert pipeline.describe_unspent(found, lang) == pipeline.describe_unspent(evaluation, lang)


def test_it_is_not_solved_anew(evaluation):
    pack = enclosed(evaluation)
    first, *others = pack.plan["projects"]
    other = {**first, "amount_mvnd": 1}
    found = pipeline.enclosed_evaluation(replace(pack, plan={**pack.plan, "projects": [other, *others]}))
    assert int(found.plan.amount_mvnd[found.case.register.row_of(first["id"])]) == 1


def test_a_pack_without_a_plan_has_none():
    floor = {"id": "all", "at_least": {"amount_bn": 20}}
    evaluation = pipeline.assess(case([Project(10, 800_000)], 10, [floor]))
    assert not evaluation.plan.found
    found = pipeline.enclosed_evaluation(enclosed(evaluation))
    assert not found.plan.found and found.plan.status == evaluation.plan.status
    assert found.plan.objective is None and found.plan.payments == ()
