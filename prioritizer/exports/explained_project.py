"""One project explained, as lines of text and as JSON: value, reason, who pays, what would be otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from prioritizer import locale
from prioritizer.explanation import (
    describe_forced,
    describe_lacks,
    describe_payments,
    describe_project,
    describe_without_decision,
    project_name,
)
from prioritizer.exports.differences import difference_object
from prioritizer.exports.explained import Explained, brief, section
from prioritizer.exports.terminal import heading_lines
from prioritizer.results import E4, Difference, Evaluation, Prices
from prioritizer.scoring import consensus, contributions


@dataclass(frozen=True)
class Otherwise:
    """What would change for one project: funded in full, not at all (``None`` where it is so already), and
    without each decision about it."""

    full: Difference | None
    nothing: Difference | None
    decisions: Mapping[str, Difference]


def explained_project(
    evaluation: Evaluation, row: int, prices: Prices | None, otherwise: Otherwise, lang: str
) -> Explained:
    """Everything about one project: value, reason, who pays, and what would change if it were otherwise."""
    arguments = evaluation, row, prices, otherwise, lang
    return Explained(_project_lines(*arguments), _project_object(*arguments))


def _project_lines(
    evaluation: Evaluation, row: int, prices: Prices | None, otherwise: Otherwise, lang: str
) -> list[str]:
    case, scores = evaluation.case, evaluation.scores
    certain = scores.low_e4[row] == scores.high_e4[row]
    value = locale.say(
        f"exports.explained.{'certain_value' if certain else 'value'}",
        lang,
        rank=int(scores.rank[row]),
        value=locale.points(int(scores.value_e4[row]), lang),
        low=locale.points(int(scores.low_e4[row]), lang),
        high=locale.points(int(scores.high_e4[row]), lang),
    )
    points = []
    for _, name, points_e4, assessed in _points(evaluation, row, lang):
        adds = locale.points(points_e4, lang)
        absent = locale.say("exports.explained.unassessed", lang, name=name, points=adds)
        points.append(f"{name}: {adds}" if assessed else absent)
    return [
        *heading_lines(evaluation, lang),
        project_name(case, row, lang),
        value,
        describe_project(evaluation, row, lang, prices),
        *section("contributions", points, lang),
        *section("payments", describe_payments(evaluation, row, lang), lang),
        *section("otherwise", otherwise_sentences(evaluation, row, otherwise, lang), lang),
    ]


def _project_object(
    evaluation: Evaluation, row: int, prices: Prices | None, otherwise: Otherwise, lang: str
) -> dict[str, Any]:
    case, scores, plan = evaluation.case, evaluation.scores, evaluation.plan
    ends = (("value", scores.value_e4), ("value_low", scores.low_e4), ("value_high", scores.high_e4))
    return {
        "schema": 1,
        "scenario": case.scenario.id,
        "status": plan.status,
        "project": {
            **brief(evaluation, row, prices, lang),
            **{name: int(values[row]) / E4 for name, values in ends},
            "ask_mvnd": int(case.register.ask_mvnd[row]),
            "amount_mvnd": int(plan.amount_mvnd[row]) if plan.found else None,
            "lacks": describe_lacks(evaluation, row, lang),
            "contributions": [
                {"criterion": leaf, "name": name, "points": points_e4 / E4, "assessed": assessed}
                for leaf, name, points_e4, assessed in _points(evaluation, row, lang)
            ],
            "payments": describe_payments(evaluation, row, lang),
            "if_full": difference_object(evaluation, otherwise.full),
            "if_nothing": difference_object(evaluation, otherwise.nothing),
            "without_decision": {
                name: difference_object(evaluation, each) for name, each in otherwise.decisions.items()
            },
            "otherwise": otherwise_sentences(evaluation, row, otherwise, lang),
        },
    }


def otherwise_sentences(evaluation: Evaluation, row: int, otherwise: Otherwise, lang: str) -> list[str]:
    """What would change for one project, in sentences."""
    case = evaluation.case
    decisions = {each.id: each for each in case.scenario.decisions}
    forced: tuple[tuple[Literal["full", "nothing"], Difference | None], ...] = (
        ("full", otherwise.full),
        ("nothing", otherwise.nothing),
    )
    said = [describe_forced(case, row, fund, found, lang) for fund, found in forced if found]
    undecided = [
        describe_without_decision(case, decisions[name], each, lang)
        for name, each in otherwise.decisions.items()
    ]
    return said + undecided


def _points(evaluation: Evaluation, row: int, lang: str) -> list[tuple[str, str, int, bool]]:
    """What every leaf adds to a project's value: id, name, 1e-4 points, whether it is assessed; none where
    values are given."""
    tree, held = evaluation.case.criteria, evaluation.case.assessments
    if tree is None or held is None:
        return []
    adds, judged = contributions(evaluation.case)[row].tolist(), consensus(evaluation.case).low[:, row] >= 0
    return [
        (leaf.id, leaf.name.into(lang), points_e4, assessed)
        for leaf, points_e4, assessed in zip(tree.leaves, adds, judged.tolist(), strict=True)
    ]
