"""The scenarios that are shipped give plans that hold: optimal, within every limit, explained."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from prioritizer import pipeline
from prioritizer.results import Evaluation

PATHS = {path.stem: path for path in pipeline.scenario_paths()}


@pytest.fixture(scope="module", params=PATHS)
def evaluation(request) -> Evaluation:
    return pipeline.assess(pipeline.load(PATHS[request.param], "networked"))


def optimum_of_another_solver(evaluation: Evaluation) -> float:
    """The best objective in million VND at full value, from the scenario alone.

    Per project its money and whether it has any; per fund and kind of cost what the fund pays.
    """
    case, scenario = evaluation.case, evaluation.case.scenario
    assert scenario.objective.basis == "funding"
    n, ask = len(case.register), case.register.ask_mvnd.astype(float)
    gain = (evaluation.scores.value_e4 - scenario.objective.hurdle_e4) / 1e6
    kinds = sorted(set(case.costs.kind.texts()))
    pays = [(fund, kind) for fund in scenario.funds for kind in kinds if not kind or kind in fund.pays]
    size = 2 * n + len(pays)
    rows: list[tuple[np.ndarray, float, float]] = []

    def row(lower: float, upper: float, **parts: np.ndarray | float) -> None:
        sizes = {"x": n, "y": n, "p": len(pays)}
        whole = [np.broadcast_to(parts.get(name, 0.0), width) for name, width in sizes.items()]
        rows.append((np.concatenate(whole), lower, upper))

    for at, kind in enumerate(kinds):
        cost = np.zeros(n)
        own = [code == at for code in (kinds.index(text) for text in case.costs.kind.texts())]
        np.add.at(cost, case.costs.project[own], case.costs.cost_mvnd[own])
        row(0, 0, x=cost / ask, p=np.array([-1.0 * (of == kind) for _, of in pays]))
    for fund in scenario.funds:
        row(0, fund.amount_mvnd, p=np.array([1.0 * (payer is fund) for payer, _ in pays]))
    for limit in scenario.limits:
        chosen = np.ones(n)
        for field, values in limit.where.items():
            chosen *= [float(text in values) for text in case.register.columns[field].texts()]
        for lower, upper, bound in ((-np.inf, 0.0, limit.at_most), (0.0, np.inf, limit.at_least)):
            if bound is not None and bound.count is not None:
                row(lower + bound.count, upper + bound.count, y=chosen)
            elif bound is not None and bound.share_of_allocated is not None:
                row(lower, upper, x=chosen - float(bound.share_of_allocated))
            elif bound is not None:
                share = bound.share_of_envelope
                most = float(bound.amount_mvnd if share is None else share * case.envelope_mvnd)
                row(lower + most, upper + most, x=chosen)
    for at in range(n):
        one = np.eye(n)[at]
        row(-np.inf, 0, x=one, y=-one * ask[at])
        row(0, np.inf, x=one, y=-one * min(ask[at], float(scenario.least_grant_mvnd or 0)))
    left, lower, upper = (np.array(part) for part in zip(*rows, strict=True))
    found = milp(
        np.concatenate([-gain, np.zeros(size - n)]),
        constraints=LinearConstraint(left, lower, upper),
        bounds=Bounds(0, np.concatenate([ask, np.ones(n), np.full(len(pays), np.inf)])),
        integrality=np.concatenate([np.zeros(n), np.ones(n), np.zeros(len(pays))]),
        options={"mip_rel_gap": 0},
    )
    return -float(found.fun)


def test_the_plan_is_worth_another_solvers_optimum(evaluation):
    assert evaluation.plan.status == "optimal"
    assert float(evaluation.plan.objective) * 1000 == pytest.approx(
        optimum_of_another_solver(evaluation), rel=1e-6
    )


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
            if bound.count is not None:
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
    assert len({tuple(plan.amount_mvnd.tolist()) for plan in plans.values()}) == len(plans) == 7
