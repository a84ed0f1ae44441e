"""What one thing costs: the case with it otherwise, solved again and compared."""

from __future__ import annotations

from typing import Literal

import numpy as np

from prioritizer.model import Case, Decision, Limit
from prioritizer.results import Change, Difference, Plan


def forced(case: Case, project: str, fund: Literal["full", "nothing"]) -> Case:
    """The case with a project funded in full, or not at all, whatever was decided about it before."""
    name = project.casefold()
    others = tuple(each for each in case.scenario.decisions if each.project.casefold() != name)
    return case.revised(decisions=(*others, Decision(id=f"{project}.what-if", project=project, fund=fund)))


def without_decision(case: Case, name: str) -> Case:
    """The case without one decision."""
    return case.revised(decisions=tuple(each for each in case.scenario.decisions if each.id != name))


def without_limit(case: Case, name: str, side: Literal["at_least", "at_most"] | None = None) -> Case:
    """The case without one limit, or without one of its sides."""
    return case.revised(
        limits=tuple(
            each if each.id != name else _without(each, side)
            for each in case.scenario.limits
            if each.id != name or _keeps(each, side)
        )
    )


def difference(before: Plan, after: Plan) -> Difference:
    """What another plan over the same projects would change."""
    if before.objective is None or after.objective is None:
        return Difference(after.status, None, (), proven=False)
    moved = np.flatnonzero(before.amount_mvnd != after.amount_mvnd).tolist()
    changes = [Change(row, int(before.amount_mvnd[row]), int(after.amount_mvnd[row])) for row in moved]
    return Difference(
        after.status,
        after.objective - before.objective,
        tuple(sorted(changes, key=lambda change: (change.moved_mvnd < 0, -abs(change.moved_mvnd)))),
        proven=before.status == after.status == "optimal",
    )


def _keeps(limit: Limit, side: str | None) -> bool:
    """Whether a limit still has a bound without this side."""
    return side is not None and None not in (limit.at_least, limit.at_most)


def _without(limit: Limit, side: str | None) -> Limit:
    return limit.model_copy(update={} if side is None else {side: None})
