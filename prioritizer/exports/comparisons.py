"""A plan and others beside it, as lines of text and as JSON: without a limit, at growing budgets."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.explanation import describe_every_limit, describe_without_limit
from prioritizer.explanation.ladder import describe_ladder
from prioritizer.exports.differences import difference_object
from prioritizer.exports.explained import Explained
from prioritizer.exports.terminal import heading_lines
from prioritizer.model import Ints, Limit
from prioritizer.results import Difference, Evaluation, Ladder


def explained_limit(evaluation: Evaluation, limit: Limit, found: Difference, lang: str) -> Explained:
    """What one limit does, and what would change without it."""
    said = describe_every_limit(evaluation, lang).get(limit.id, [])
    said = [*said, describe_without_limit(evaluation.case, limit, None, found, lang)]
    lines = [*heading_lines(evaluation, lang), *said]
    without = difference_object(evaluation, found)
    content = {"id": limit.id, "sentences": said, "without": without}
    whole = {"schema": 1, "scenario": evaluation.case.scenario.id, "status": evaluation.plan.status}
    return Explained(lines, {**whole, "limit": content})


def explained_ladder(evaluation: Evaluation, ladder: Ladder, lang: str) -> Explained:
    """The plans at growing budgets, step by step."""
    case, ids = evaluation.case, evaluation.case.register.ids
    said = describe_ladder(case, ladder, lang)
    rungs = [
        {
            "budget_mvnd": rung.budget_mvnd,
            "status": rung.plan.status,
            "value": None if rung.value is None else float(rung.value),
            "value_exact": None if rung.value is None else str(rung.value),
            "amounts_mvnd": _by_id(ids, rung.plan.amount_mvnd if rung.plan.found else None),
            "never_taken_back_mvnd": _by_id(ids, rung.nested_mvnd),
        }
        for rung in ladder.rungs
    ]
    whole = {"schema": 1, "scenario": case.scenario.id, "status": ladder.status}
    return Explained([*heading_lines(evaluation, lang), *said], {**whole, "rungs": rungs, "sentences": said})


def _by_id(ids: Sequence[str], amounts: Ints | None) -> dict[str, int] | None:
    """The projects with money, by id."""
    if amounts is None:
        return None
    return {name: amount for name, amount in zip(ids, amounts.tolist(), strict=True) if amount}
