"""The plan as one JSON object: the names are part of the interface and only ever gain members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prioritizer import locale
from prioritizer.errors import Fault
from prioritizer.results import E4, Evaluation

SCHEMA = 1


def plan_object(evaluation: Evaluation) -> dict[str, Any]:
    """The plan file's content. Amounts are whole million VND; what does not exist is ``null``, never 0."""
    case, plan = evaluation.case, evaluation.plan
    found = plan.found
    return {
        "schema": SCHEMA,
        "scenario": case.scenario.id,
        "status": plan.status,
        "unique": plan.unique,
        "objective": {
            "basis": case.scenario.objective.basis,
            "value": None if plan.objective is None else float(plan.objective),
            "exact": None if plan.objective is None else str(plan.objective),
            "unit": plan.unit,
        },
        "unassessed": case.scenario.eligibility.unassessed,
        "total_mvnd": plan.total_mvnd if found else None,
        "envelope_mvnd": case.envelope_mvnd,
        "illustrative": case.illustrative,
        "decided_by_tie_rule_mvnd": plan.tie_mvnd if found else None,
        "projects": [_project(evaluation, row) for row in evaluation.scores.in_rank_order().tolist()],
        "limits": [_limit(use) for use in plan.limits],
        "unspent": [
            {"reason": part.reason, "limits": list(part.limits), "amount_mvnd": part.amount_mvnd}
            for part in plan.unspent
        ],
        "inputs": [{"role": file.role, "path": file.path, "sha256": file.sha256} for file in case.inputs],
    }


def _project(evaluation: Evaluation, row: int) -> dict[str, Any]:
    case, scores, plan = evaluation.case, evaluation.scores, evaluation.plan
    return {
        "id": case.register.ids[row],
        "rank": int(scores.rank[row]),
        "value": int(scores.value_e4[row]) / E4,
        "value_low": int(scores.low_e4[row]) / E4,
        "value_high": int(scores.high_e4[row]) / E4,
        "ask_mvnd": int(case.register.ask_mvnd[row]),
        "amount_mvnd": int(plan.amount_mvnd[row]) if plan.found else None,
        "reason": plan.reason[row],
        "held_by": list(plan.held_by[row]),
        "tied": bool(plan.tied[row]),
    }


def _limit(use: Any) -> dict[str, Any]:
    return {
        "id": use.id,
        "used_mvnd": use.used_mvnd,
        "used_count": use.used_count,
        "floor_mvnd": use.floor_mvnd,
        "ceiling_mvnd": use.ceiling_mvnd,
        "binding": use.binding,
        "price_per_bn": None,
    }


def faults_object(faults: Iterable[Fault], lang: str) -> dict[str, Any]:
    """What is wrong with the input, as the object that is printed instead of a plan."""
    return {
        "schema": SCHEMA,
        "status": "invalid",
        "faults": [
            {
                "file": fault.file,
                "sheet": fault.sheet,
                "row": fault.row,
                "column": fault.column,
                "code": fault.code,
                "message": locale.fault_message(fault, lang),
                "remedy": locale.fault_remedy(fault, lang),
            }
            for fault in faults
        ],
    }
