"""The tables behind the page: a row per project, lead body, criterion, score, way of choosing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from prioritizer import locale, pipeline
from prioritizer.robustness.stress import Robustness
from prioritizer.robustness.summary.nouns import Floats, Unknown
from prioritizer.robustness.swings import swings
from prioritizer.robustness.words import leaves_text, standing_text
from prioritizer.ui import names

MONEY = ("amount", "expected", "low", "high", "least", "most")


def projects(found: Robustness, lang: str) -> pd.DataFrame:
    """A row per project, those funded most often first; ``kind`` is its standing for machines."""
    evaluation, main, joint = found.evaluation, found.main, found.ways.get("joint")
    register, exact = evaluation.case.register, found.shares
    frame = pd.DataFrame(
        {
            "rank": evaluation.scores.rank,
            "id": register.ids,
            "name": [register.name(row, lang) for row in range(len(register))],
            "amount_mvnd": _amounts(found),
            "any_share_e4": _e4(main.any_share),
        }
    )
    if joint is not None:
        frame["joint_share_e4"] = _e4(joint.any_share)
    frame["full_share_e4"] = _e4(main.full_share)
    frame["expected_mvnd"] = [_mean(each) for each in main.expected_mvnd.tolist()]
    frame["low_mvnd"], frame["high_mvnd"] = main.quantiles_mvnd[0], main.quantiles_mvnd[2]
    if exact is not None:
        frame["least_mvnd"], frame["most_mvnd"] = exact.bound_least_mvnd, exact.bound_greatest_mvnd
    frame["standing"] = [standing_text(found, row, lang) for row in range(len(register))]
    frame["kind"] = [kind_of(found, row) for row in range(len(register))]
    ordered = frame.sort_values(["any_share_e4", "rank", "id"], ascending=[False, True, True], kind="stable")
    return ordered.reset_index(drop=True)


def kind_of(found: Robustness, row: int) -> str:
    """How a project stands, ``drawn`` where nobody is told apart."""
    return "drawn" if found.standing is None else found.standing[row].kind


def bodies(found: Robustness, lang: str) -> pd.DataFrame:
    """A row per lead body in protocol order: its ask, what the plan gives, what the draws give."""
    case = found.evaluation.case
    planned = {body: amount for body, _, amount, _ in pipeline.ministry_money(found.evaluation)}
    rows = [
        (
            names.ministry(case, band.ministry, lang),
            band.ask_mvnd,
            planned.get(band.ministry),
            _mean(band.expected_mvnd),
            band.low_mvnd,
            band.middle_mvnd,
            band.high_mvnd,
        )
        for band in found.main.ministries
    ]
    columns = [
        "ministry",
        *(f"{name}_mvnd" for name in ("ask", "amount", "expected", "low", "middle", "high")),
    ]
    return pd.DataFrame(rows, columns=columns).astype({"amount_mvnd": "Int64"})


def intervals(found: Robustness, lang: str) -> pd.DataFrame:
    """A row per criterion: its weight now and the ends between which the plan stays, as shares of one."""
    rows = [
        (
            pipeline.criterion_name(found.evaluation.case, each.criterion, lang),
            float(each.now),
            None if each.low is None else float(each.low.weight),
            None if each.high is None else float(each.high.weight),
        )
        for each in found.stability or ()
    ]
    return pd.DataFrame(rows, columns=["criterion", "now", "low", "high"])


def tornado(found: Robustness, row: int, lang: str) -> pd.DataFrame:
    """A row per criterion whose weight moves a project's money."""
    case = found.evaluation.case
    rows = [
        (pipeline.criterion_name(case, each.criterion, lang), _mean(each.low_mvnd), _mean(each.high_mvnd))
        for each in swings(found, row)
    ]
    return pd.DataFrame(rows, columns=["criterion", "low_mvnd", "high_mvnd"])


def unknowns(found: Robustness, lang: str) -> pd.DataFrame:
    """A row per score that is not certain, those first that would move most money."""
    rows = [_unknown(found, each, lang) for each in found.main.unknowns]
    columns = ["id", "name", "criterion", "moved_mvnd", "noise_mvnd", "low_mvnd", "high_mvnd"]
    return pd.DataFrame(rows, columns=columns)


def _unknown(found: Robustness, each: Unknown, lang: str) -> tuple[Any, ...]:
    register, moved = found.evaluation.case.register, each.moved_mvnd
    named = register.ids[each.project], register.name(each.project, lang), leaves_text(found, each, lang)
    return *named, *(_mean(amount) for amount in (moved.value, moved.noise, each.low_mvnd, each.high_mvnd))


def core_index(found: Robustness, lang: str) -> pd.DataFrame:
    """A row per project: in how many of the ways of choosing it is."""
    listed, register = found.portfolios, found.evaluation.case.register
    shares = [] if listed is None or listed.core_index is None else listed.core_index
    frame = pd.DataFrame(
        {
            "id": register.ids[: len(shares)],
            "name": [register.name(row, lang) for row in range(len(shares))],
            "kind": [kind_of(found, row) for row in range(len(shares))],
            "any_share_e4": [round(share * 10_000) for share in shares],
            "amount_mvnd": _amounts(found)[: len(shares)],
            "standing": [standing_text(found, row, lang) for row in range(len(shares))],
        }
    )
    return frame.sort_values("any_share_e4", ascending=False, kind="stable").reset_index(drop=True)


def labels(lang: str) -> dict[str, str]:
    """What columns are called that are this page's own."""
    own = ("any_share", "joint_share", "full_share", "standing", "criterion")
    money = ("expected", "low", "middle", "high", "least", "most", "moved", "noise")
    called = {
        name: locale.say(f"robustness.column.{name.removesuffix('_share')}", lang) for name in (*own, *money)
    }
    units = {**dict.fromkeys(own[:3], "_e4"), **dict.fromkeys(money, "_mvnd")}
    return {f"{name}{units.get(name, '')}": said for name, said in called.items()}


def _amounts(found: Robustness) -> pd.Series[Any]:
    plan = found.evaluation.plan
    amounts = plan.amount_mvnd.tolist() if plan.found else [None] * len(found.evaluation.case.register)
    return pd.Series(amounts, dtype="Int64")


def _mean(amount_mvnd: float) -> int:
    """A mean in million VND as exactly as it is worth telling: to 100 million, a decimal of a billion."""
    return int(round(amount_mvnd, -2))


def _e4(shares: Floats) -> list[int]:
    """Shares in 1e-4: never nothing, or all, where it is not quite."""
    return [_not_quite(share) for share in shares.tolist()]


def _not_quite(share: float) -> int:
    nearest = round(share * 10_000)
    return nearest if share in (0.0, 1.0) else min(max(nearest, 1), 9_999)
