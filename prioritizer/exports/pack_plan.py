"""The result that a pack encloses, as it was then: read from its plan file, never solved anew."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from prioritizer import scoring
from prioritizer.exports.pack_opening import OpenedPack
from prioritizer.results import Evaluation, Lack, LimitUse, Payment, Plan, Unspent


def enclosed_evaluation(found: OpenedPack) -> Evaluation:
    """Case, values and plan of a pack that is open. Values are computed, which the verifier has done too; the
    plan is the one enclosed, whatever a solver of today would choose among equals."""
    return Evaluation(found.case, scoring.score(found.case), _plan(found))


def _plan(found: OpenedPack) -> Plan:
    stated, ids = found.plan, found.case.register.ids
    by_id = {each["id"]: each for each in stated["projects"]}
    rows = [by_id[name] for name in ids]
    objective, certificate = stated["objective"], stated["certificate"]
    return Plan(
        status=stated["status"],
        amount_mvnd=np.array([each["amount_mvnd"] or 0 for each in rows], dtype=np.int64),
        objective=None if objective["exact"] is None else Fraction(objective["exact"]),
        unit=objective["unit"],
        unique=stated["unique"],
        tie_mvnd=stated["decided_by_tie_rule_mvnd"] or 0,
        tied=np.array([each["tied"] for each in rows], dtype=np.bool_),
        reason=tuple(each["reason"] for each in rows),
        held_by=tuple(tuple(each["held_by"]) for each in rows),
        limits=tuple(map(_limit, stated["limits"])),
        unspent=tuple(
            Unspent(each["reason"], each["amount_mvnd"], tuple(each["limits"])) for each in stated["unspent"]
        ),
        payments=tuple(
            _payment(row, each) for row, project in enumerate(rows) for each in project["payments"] or ()
        ),
        lacks={row: tuple(map(_lack, each["lacks"])) for row, each in enumerate(rows) if each["lacks"]},
        bound=None if certificate is None else Fraction(certificate["bound"]),
        relaxed=certificate is not None and certificate["relaxed"],
    )


def _payment(row: int, stated: Mapping[str, Any]) -> Payment:
    return Payment(
        project=row,
        milestone=stated["milestone"] or 0,
        year=stated["year"],
        kind=stated["kind"] or "",
        fund=stated["fund"],
        amount_mvnd=stated["amount_mvnd"],
    )


def _lack(stated: Mapping[str, Any]) -> Lack:
    return Lack(stated["code"], tuple(stated["params"].items()))


def _limit(stated: Mapping[str, Any]) -> LimitUse:
    """A limit; a plan file says that a bound is reached, not which: it is the one whose number is used up."""
    money = stated["floor_mvnd"], stated["used_mvnd"], stated["ceiling_mvnd"]
    count = stated["floor_count"], stated["used_count"], stated["ceiling_count"]
    met = [
        (low is not None and used <= low, high is not None and used >= high)
        for low, used, high in (money, count)
    ]
    known = {key: each for key, each in stated.items() if key not in ("binding", "price_per_bn")}
    at_floor, at_ceiling = (stated["binding"] and any(sides) for sides in zip(*met, strict=True))
    return LimitUse(**known, at_floor=at_floor, at_ceiling=at_ceiling)
