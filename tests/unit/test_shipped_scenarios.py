"""The scenarios that are shipped give plans that hold: optimal, within every limit, explained."""

from fractions import Fraction

import numpy as np
import pytest

from prioritizer import pipeline
from prioritizer.model import OF_COSTS, Limit
from prioritizer.results import Evaluation
from tests.properties.brute import Judge
from tests.properties.restated import restated

PATHS = {path.stem: path for path in pipeline.scenario_paths()}


@pytest.fixture(scope="module", params=PATHS)
def evaluation(request) -> Evaluation:
    return pipeline.assess(pipeline.load(PATHS[request.param], "networked"))


def test_the_plan_is_worth_another_solvers_optimum(evaluation):
    assert evaluation.plan.status == "optimal"
    assert float(evaluation.plan.objective) * 1000 == pytest.approx(
        restated(Judge(evaluation.case, evaluation.scores)).best() / 1e6, rel=1e-6
    )


def money_of(evaluation: Evaluation, limit: Limit) -> int:
    """What a limit counts, payment by payment: of years that no fund is of only where it names them."""
    of_costs = {field: limit.where[field] for field in OF_COSTS if field in limit.where}
    chosen = selected(evaluation, limit)
    return sum(
        paid.amount_mvnd
        for paid in evaluation.plan.payments
        if chosen[paid.project]
        and (paid.fund is not None or "year" in of_costs)
        and all(getattr(paid, field) in values for field, values in of_costs.items())
    )


def selected(evaluation: Evaluation, limit: Limit) -> np.ndarray:
    """Which projects a limit is about."""
    register = evaluation.case.register
    chosen = np.ones(len(register), dtype=bool)
    for field in limit.where.keys() - set(OF_COSTS):
        of_project = register.ids if field == "project" else register.columns[field].texts()
        chosen &= [text in limit.where[field] for text in of_project]
    return chosen


def test_the_plan_breaks_no_limit(evaluation):
    case, amounts = evaluation.case, evaluation.plan.amount_mvnd
    assert (amounts >= 0).all() and (amounts <= case.register.ask_mvnd).all()
    total = int(amounts.sum())
    assert total <= case.envelope_mvnd
    for limit, use in zip(case.scenario.limits, evaluation.plan.limits, strict=True):
        money = money_of(evaluation, limit)
        assert use.used_mvnd == money
        for sign, bound in ((1, limit.at_most), (-1, limit.at_least)):
            if bound is None:
                continue
            if bound.count is not None:
                assert use.used_count == int((amounts[selected(evaluation, limit)] > 0).sum())
                assert sign * use.used_count <= sign * bound.count
                continue
            base = total if bound.share_of_allocated is not None else case.envelope_mvnd
            share = bound.share_of_allocated or bound.share_of_envelope
            right = Fraction(bound.amount_mvnd) if share is None else share * base
            assert sign * money <= sign * right


def test_every_unspent_million_is_explained_in_words(evaluation):
    plan = evaluation.plan
    assert sum(part.amount_mvnd for part in plan.unspent) == evaluation.case.envelope_mvnd - plan.total_mvnd
    for lang in ("vi", "en"):
        assert len(pipeline.describe_unspent(evaluation, lang)) == len(plan.unspent)


def test_every_project_has_a_reason_in_words(evaluation):
    for row in range(len(evaluation.case.register)):
        for lang in ("vi", "en"):
            sentence = pipeline.describe_project(evaluation, row, lang)
            assert sentence.endswith((".", "…")) and "{" not in sentence
            assert not sentence.endswith(("do .", "vì .", "by .", "of ."))


def test_everything_shipped_says_that_it_is_illustrative(evaluation):
    assert evaluation.case.illustrative
    assert pipeline.plan_object(evaluation)["illustrative"] is True


def test_a_ministry_ceiling_binds_in_the_baseline():
    evaluation = pipeline.assess(pipeline.load(PATHS["baseline"]))
    ceilings = {
        limit.id for limit in evaluation.case.scenario.limits if limit.at_most and "ministry" in limit.where
    }
    binding = {use.id for use in evaluation.plan.limits if use.at_ceiling}
    gained = []
    for name in ceilings & binding:
        rest = tuple(limit for limit in evaluation.case.scenario.limits if limit.id != name)
        without = pipeline.assess(evaluation.case.revised(limits=rest))
        gained.append(without.plan.objective - evaluation.plan.objective)
    assert min(gained) >= 0 and max(gained) > 0


def test_the_scenarios_differ_in_what_they_fund():
    plans = {name: pipeline.assess(pipeline.load(path)).plan for name, path in PATHS.items()}
    assert len({tuple(plan.amount_mvnd.tolist()) for plan in plans.values()}) == len(plans) == 8
