"""Several scenarios side by side: what differs in them, who gets what, and what each plan is worth in the
others."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.comparison.agreement import agreements
from prioritizer.comparison.inputs import input_differences
from prioritizer.comparison.money import lines_by, project_lines
from prioritizer.comparison.nouns import (
    Agreement,
    Breach,
    Comparison,
    GroupLine,
    InputDifference,
    ProjectLine,
    Regret,
    TableDifference,
)
from prioritizer.comparison.regret import regrets
from prioritizer.comparison.tables import table_differences
from prioritizer.results import Evaluation

FEWEST, MOST = 2, 6


def compare(evaluations: Sequence[Evaluation]) -> Comparison:
    """Scenarios side by side, the first being the base. Raises ``ValueError`` for fewer than two or more
    than six."""
    if not FEWEST <= len(evaluations) <= MOST:
        raise ValueError(f"{FEWEST} to {MOST} evaluations can be compared, not {len(evaluations)}")
    projects = project_lines(evaluations)
    tables, changes = table_differences(evaluations, projects)
    return Comparison(
        tuple(evaluations),
        projects,
        lines_by("ministry", evaluations),
        lines_by("class", evaluations),
        lines_by("technology", evaluations),
        (*input_differences([each.case for each in evaluations]), *changes),
        tables,
        agreements(evaluations, projects),
        regrets(evaluations),
    )


__all__ = [
    "FEWEST",
    "MOST",
    "Agreement",
    "Breach",
    "Comparison",
    "GroupLine",
    "InputDifference",
    "ProjectLine",
    "Regret",
    "TableDifference",
    "compare",
]
