"""Completeness of dossiers as lines of text and as JSON."""

from __future__ import annotations

from typing import Any

from prioritizer.analysis.dossiers import Dossiers, Gates
from prioritizer.analysis.whatif import difference
from prioritizer.explanation.dossiers import (
    describe_bodies,
    describe_demand,
    describe_gates,
    describe_missing,
    describe_shared,
)
from prioritizer.exports.differences import difference_object
from prioritizer.exports.explained import Explained, section
from prioritizer.exports.terminal import heading_lines
from prioritizer.model import Case
from prioritizer.results import Evaluation, Plan


def explained_dossiers(evaluation: Evaluation, found: Dossiers, gates: Gates, lang: str) -> Explained:
    """What every dossier lacks, by lead body and project, and the plans with and without the gate."""
    case = evaluation.case
    lacking = [row for row in range(len(case.register)) if found.missing[row]]
    lines = [
        *heading_lines(evaluation, lang),
        describe_demand(found, lang),
        *section("dossiers.bodies", describe_bodies(case, found, lang), lang),
        *section("dossiers.missing", [describe_missing(case, found, row, lang) for row in lacking], lang),
        *section("dossiers.shared", [describe_shared(case, each, lang) for each in found.shared], lang),
        *section("dossiers.plans", describe_gates(case, gates, lang), lang),
    ]
    return Explained(lines, _content(evaluation, found, gates))


def _content(evaluation: Evaluation, found: Dossiers, gates: Gates) -> dict[str, Any]:
    case = evaluation.case
    ids = case.register.ids
    moved = difference(gates.complete_only, gates.all_arrived)
    return {
        "schema": 1,
        "scenario": case.scenario.id,
        "status": evaluation.plan.status,
        "of_scenario": found.of_scenario,
        "bodies": [_body(found, body, rows) for body, rows in case.rows_by_body],
        "projects": [
            {
                "id": ids[row],
                "needed": list(found.needed[row]),
                "missing": list(found.missing[row]),
                "unassessed": list(found.unassessed[row]),
            }
            for row in range(len(ids))
        ],
        "shared_products": [
            {"product": each.product, "projects": [ids[row] for row in each.rows]} for each in found.shared
        ],
        "complete_only": _plan(case, gates.complete_only),
        "all_arrived": _plan(case, gates.all_arrived),
        "difference": difference_object(evaluation, moved),
    }


def _body(found: Dossiers, body: str, rows: Any) -> dict[str, Any]:
    filled, needed = found.columns(rows)
    counts = {"projects": len(rows), "complete": found.complete(rows)}
    return {"id": body, **counts, "filled_columns": filled, "needed_columns": needed}


def _plan(case: Case, plan: Plan) -> dict[str, Any]:
    amounts = zip(case.register.ids, plan.amount_mvnd.tolist(), strict=True) if plan.found else ()
    value = plan.objective
    return {
        "status": plan.status,
        "total_mvnd": plan.total_mvnd if plan.found else None,
        "value": None if value is None else float(value),
        "value_exact": None if value is None else str(value),
        "amounts_mvnd": {name: amount for name, amount in amounts if amount},
    }
