"""The scenarios that are shipped give plans that hold: optimal, within every limit, explained."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

from prioritizer import pipeline
from prioritizer.results import Evaluation

PATHS = {path.stem: path for path in pipeline.scenario_paths()}


@pytest.fixture(scope="module", params=PATHS)
def evaluation(request) -> Evaluation:
    return pipeline.assess(pipeline.load(PATHS[request.param], "networked"))


def rules(evaluation: Evaluation) -> tuple[np.ndarray, np.ndarray]:
    """The scenario's limits as ``A x <= b`` in million VND, written from the scenario alone."""
    case = evaluation.case
    left, right = [np.ones(len(case.register))], [float(case.envelope_mvnd)]
    for limit in case.scenario.limits:
        chosen = np.ones(len(case.register))
        for field, values in limit.where.items():
            chosen *= [float(text in values) for text in case.register.columns[field].texts()]
        for sign, bound in ((1, limit.at_most), (-1, limit.at_least)):
            if bound is None:
                continue
            if bound.share_of_allocated is not None:
                left.append(sign * (chosen - float(bound.share_of_allocated)))
                right.append(0.0)
            else:
                left.append(sign * chosen)
                share = bound.share_of_envelope
                right.append(sign * float(bound.amount_mvnd if share is None else share * case.envelope_mvnd))
    return np.array(left), np.array(right)


def test_the_plan_is_worth_another_solvers_optimum(evaluation):
    case, left_right = evaluation.case, rules(evaluation)
    assert case.scenario.objective.basis == "funding"
    gain = (evaluation.scores.value_e4 - case.scenario.objective.hurdle_e4) / 1e6
    other = linprog(-gain, *left_right, bounds=[(0, float(ask)) for ask in case.register.ask_mvnd])
    assert evaluation.plan.status == "optimal"
    assert float(evaluation.plan.objective) * 1000 == pytest.approx(-other.fun, rel=1e-6)


def test_the_plan_breaks_no_limit(evaluation):
    case, amounts = evaluation.case, evaluation.plan.amount_mvnd
    assert (amounts >= 0).all() and (amounts <= case.register.ask_mvnd).all()
    total = int(amounts.sum())
    assert total <= case.envelope_mvnd
    for limit, use in zip(case.scenario.limits, evaluation.plan.limits, strict=True):
        chosen = np.ones(len(amounts), dtype=bool)
        for field, values in limit.where.items():
            chosen &= [text in values for text in case.register.columns[field].texts()]
        money = int(amounts[chosen].sum())
        assert (use.used_mvnd, use.used_count) == (money, int((amounts[chosen] > 0).sum()))
        for sign, bound in ((1, limit.at_most), (-1, limit.at_least)):
            if bound is None:
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
    assert len({tuple(plan.amount_mvnd.tolist()) for plan in plans.values()}) == len(plans) == 5
