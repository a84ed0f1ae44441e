"""The plan as one JSON object: the names are part of the interface and only ever gain members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from prioritizer import allocation, locale
from prioritizer.errors import Fault
from prioritizer.exports.casefile import case_object, digests
from prioritizer.results import E4, Certificate, Evaluation, Lack, LimitUse, Payment

SCHEMA = 1
__all__ = ["case_object", "digests", "faults_object", "plan_object"]


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
        "projects": _projects(evaluation),
        "limits": [_limit(use) for use in plan.limits],
        "unspent": [
            {"reason": part.reason, "limits": list(part.limits), "amount_mvnd": part.amount_mvnd}
            for part in plan.unspent
        ],
        "inputs": [{"role": file.role, "path": file.path, "sha256": file.sha256} for file in case.inputs],
        "certificate": _certificate(allocation.certify(case, evaluation.scores) if found else None),
        "digests": digests(case),
        "case": case_object(case),
    }


def _projects(evaluation: Evaluation) -> list[dict[str, Any]]:
    payments: dict[int, list[Payment]] = {}
    for payment in evaluation.plan.payments:
        payments.setdefault(payment.project, []).append(payment)
    return [
        _project(evaluation, row, payments.get(row, [])) for row in evaluation.scores.in_rank_order().tolist()
    ]


def _project(evaluation: Evaluation, row: int, payments: list[Payment]) -> dict[str, Any]:
    case, scores, plan = evaluation.case, evaluation.scores, evaluation.plan
    lacks: Mapping[int, tuple[Lack, ...]] = plan.lacks or scores.lacks
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
        "lacks": [{"code": lack.code, "params": dict(lack.params)} for lack in lacks.get(row, ())],
        "payments": [_payment(payment) for payment in payments] if plan.found else None,
    }


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "milestone": payment.milestone or None,
        "year": payment.year,
        "kind": payment.kind or None,
        "fund": payment.fund,
        "amount_mvnd": payment.amount_mvnd,
    }


def _limit(use: LimitUse) -> dict[str, Any]:
    return {
        "id": use.id,
        "used_mvnd": use.used_mvnd,
        "used_count": use.used_count,
        "floor_mvnd": use.floor_mvnd,
        "ceiling_mvnd": use.ceiling_mvnd,
        "floor_count": use.floor_count,
        "ceiling_count": use.ceiling_count,
        "short": use.short,
        "over": use.over,
        "binding": use.binding,
        "price_per_bn": None,
    }


def _certificate(certificate: Certificate | None) -> dict[str, Any] | None:
    """The proof of the bound: a dual for every row of the program, those that are zero too."""
    if certificate is None:
        return None
    return {
        "relaxed": certificate.relaxed,
        "bound": str(certificate.bound),
        "duals": {name: str(dual) for name, dual in certificate.dual.items()},
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
