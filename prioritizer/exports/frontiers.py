"""The best value for every budget, as lines of text and as JSON."""

from __future__ import annotations

from math import ceil
from typing import Any

from prioritizer.explanation.ladder import describe_distance, describe_frontier
from prioritizer.exports.explained import Explained
from prioritizer.exports.terminal import heading_lines
from prioritizer.results import Distance, Evaluation, Frontier, FrontierPoint


def explained_frontier(
    evaluation: Evaluation, found: Frontier, distance: Distance | None, lang: str
) -> Explained:
    """The frontier, and how far the plan is from it (``None``: not known)."""
    case = evaluation.case
    said = describe_frontier(case, found, lang)
    if distance is not None:
        said.append(describe_distance(case, distance, lang))
    content = {
        "schema": 1,
        "scenario": case.scenario.id,
        "status": evaluation.plan.status,
        "kind": found.kind,
        "unit": evaluation.plan.unit,
        "limits": list(found.limits),
        "points": [_point(evaluation, point) for point in found.points],
        "distance": _distance(distance),
        "sentences": said,
    }
    return Explained([*heading_lines(evaluation, lang), *said], content)


def _point(evaluation: Evaluation, point: FrontierPoint) -> dict[str, Any]:
    """A point; a budget that is not whole is rounded up, so that it still allows the value."""
    ids, funded = evaluation.case.register.ids, point.funded
    return {
        "budget_mvnd": ceil(point.budget_mvnd),
        "budget_exact": str(point.budget_mvnd),
        "value": float(point.value),
        "value_exact": str(point.value),
        "convex": point.convex,
        "gap": float(point.gap),
        "projects": None if funded is None else [ids[row] for row in funded],
    }


def _distance(found: Distance | None) -> dict[str, Any] | None:
    if found is None:
        return None
    needed = found.needed_mvnd
    return {
        "cost_mvnd": found.cost_mvnd,
        "lost": float(found.lost),
        "lost_exact": str(found.lost),
        "needed_mvnd": None if needed is None else ceil(needed),
    }
