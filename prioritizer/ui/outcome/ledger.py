"""The tables of who pays, what was decided, and what would change."""

from __future__ import annotations

import pandas as pd

from prioritizer import pipeline
from prioritizer.model import Case
from prioritizer.results import Difference, Evaluation
from prioritizer.ui import names


def funds(evaluation: Evaluation, lang: str) -> pd.DataFrame:
    """Every fund: what it holds, sets aside, pays and has left."""
    scenario = evaluation.case.scenario
    rows = [
        (names.given(fund.name, lang) or fund.id, fund.year, holds, aside, paid, holds - aside - paid)
        for fund, (_, holds, aside, paid) in zip(scenario.funds, pipeline.fund_money(evaluation), strict=True)
    ]
    columns = ["fund", "year", "holds_mvnd", "aside_mvnd", "paid_mvnd", "left_mvnd"]
    return pd.DataFrame(rows, columns=columns)


def reserves(case: Case, lang: str) -> pd.DataFrame:
    """What is set aside without named projects."""
    rows = [
        (names.given(each.name, lang) or each.id, each.amount_mvnd, names.given(each.why, lang))
        for each in case.scenario.reserves
    ]
    return pd.DataFrame(rows, columns=["line", "aside_mvnd", "why"])


def decisions(case: Case, lang: str) -> pd.DataFrame:
    """What was decided about projects: by whom, when and why."""
    rows = [
        (
            _as_heading(pipeline.decision_text(case, each, lang)),
            names.given(each.by, lang),
            pipeline.day_text(each.at, lang) if each.at else "",
            names.given(each.why, lang),
        )
        for each in case.scenario.decisions
    ]
    return pd.DataFrame(rows, columns=["decision", "by", "at", "why"])


def changes(case: Case, found: Difference, lang: str) -> pd.DataFrame:
    """Whose money another plan changes, those that gain first."""
    rows = [
        (
            case.register.name(each.project, lang),
            each.before_mvnd,
            each.after_mvnd,
            each.moved_mvnd,
        )
        for each in found.changes
    ]
    return pd.DataFrame(rows, columns=["project", "now_mvnd", "otherwise_mvnd", "change_mvnd"])


def _as_heading(text: str) -> str:
    return text[:1].upper() + text[1:]
