"""Decisions about projects as a log, and as changes to the scenario by place: pure."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import pandas as pd

from prioritizer import locale, pipeline
from prioritizer.model import Case, Decision
from prioritizer.money import decimal_text
from prioritizer.ui import names
from prioritizer.ui.rules.changes import ABSENT, Changes, amount, given

Kind = Literal["full", "at_least", "nothing", "locked"]
KINDS: tuple[Kind, ...] = ("full", "at_least", "nothing", "locked")
WITH_AMOUNT = ("at_least", "locked")
_KEYS: Mapping[str, tuple[str, str]] = {  # the key in files, and the end of the name it goes by
    "full": ("fund", "fund"),
    "nothing": ("fund", "fund"),
    "at_least": ("fund_at_least_bn", "at_least"),
    "locked": ("locked_bn", "locked"),
}


def kind_of(decision: Decision) -> Kind:
    """Which of the things that can be decided."""
    if decision.fund is not None:
        return decision.fund
    return "at_least" if decision.locked_mvnd is None else "locked"


def amount_of(decision: Decision) -> int | None:
    """What it gives at least or has locked, in million VND."""
    return decision.locked_mvnd if decision.at_least_mvnd is None else decision.at_least_mvnd


def log(case: Case, lang: str) -> pd.DataFrame:
    """Every decision: about which project, what, how much, by whom, when, why, and how firm."""
    rows = [_row(case, each, lang) for each in case.scenario.decisions]
    frame = pd.DataFrame(rows, columns=["id", "name", "what", "amount_mvnd", "by", "at", "why", "firm"])
    return frame.astype({"amount_mvnd": "Int64"})


def _row(case: Case, decision: Decision, lang: str) -> tuple[object, ...]:
    row = case.register.row_of(decision.project)
    return (
        case.register.ids[row],
        case.register.name(row, lang),
        locale.say(f"meeting.kind.{kind_of(decision)}", lang),
        amount_of(decision),
        names.given(decision.by, lang),
        pipeline.day_text(decision.at, lang) if decision.at else "",
        names.given(decision.why, lang),
        locale.say(f"meeting.firm.{'decreed' if decision.decreed else 'negotiable'}", lang),
    )


def labels(lang: str) -> dict[str, str]:
    """What the columns of the log are called."""
    columns = ("id", "name", "what", "amount_mvnd", "by", "at", "why", "firm")
    return {column: locale.say(f"meeting.column.{column}", lang) for column in columns}


def locked_mvnd(case: Case) -> int:
    """What earlier meetings have committed."""
    return sum(each.locked_mvnd or 0 for each in case.scenario.decisions)


def named(project: str, kind: Kind, before: Decision | None) -> str:
    """The name that a decision goes by: its own id, else what it is about."""
    return (before and before.id_) or f"{project}.{_KEYS[kind][1]}"


def told(
    before: Decision | None,
    project: str,
    kind: Kind,
    mvnd: int | None,
    by: object,
    at: str,
    why: object,
    *,
    decreed: bool,
) -> Changes:
    """A decision as it is to be, instead of the one before where there is one."""
    key, _ = _KEYS[kind]
    value: object = kind if mvnd is None else amount(mvnd)
    thing = {"project": project, key: value, "by": by, "at": at, "why": why}
    thing["decreed"] = True if decreed else ABSENT
    weight = before.relax_weight if before else Fraction(1)
    thing["relax_weight"] = ABSENT if weight == 1 else decimal_text(weight)
    name = named(project, kind, before)
    gone: Changes = {("decisions", before.id): ABSENT} if before and before.id != name else {}
    return gone | {("decisions", name): given(thing)}


def taken_away(decision: Decision) -> Changes:
    """The scenario without a decision."""
    return {("decisions", decision.id): ABSENT}
