"""What another plan would change, as JSON."""

from __future__ import annotations

from typing import Any

from prioritizer.results import Difference, Evaluation


def difference_object(evaluation: Evaluation, found: Difference | None) -> dict[str, Any] | None:
    """What another plan would change, as JSON."""
    if found is None:
        return None
    change, ids = found.objective, evaluation.case.register.ids
    return {
        "status": found.status,
        "objective_change": None if change is None else float(change),
        "objective_change_exact": None if change is None else str(change),
        "proven": found.proven,
        "projects": [
            {"id": ids[each.project], "before_mvnd": each.before_mvnd, "after_mvnd": each.after_mvnd}
            for each in found.changes
        ],
    }
