"""What every limit does in a plan, and why money is left over."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from prioritizer import locale
from prioritizer.allocation.plan import in_unit
from prioritizer.explanation.names import held_text, limit_name, reserve_line
from prioritizer.explanation.sources import fund_years
from prioritizer.explanation.words import hurdle_text, objective_text
from prioritizer.model import Bound, Case, Limit
from prioritizer.money import MVND_PER_BN
from prioritizer.results import Evaluation, LimitUse, Unspent

LimitSide = Literal["at_least", "at_most"]
_SIDES: tuple[LimitSide, LimitSide] = ("at_least", "at_most")


def describe_limits(evaluation: Evaluation, lang: str) -> list[str]:
    """What every limit that is reached, or broken at its penalty, does: a sentence for each side."""
    return [sentence for _, _, sentence in describe_reached(evaluation, lang)]


def describe_reached(evaluation: Evaluation, lang: str) -> list[tuple[str, LimitSide, str]]:
    """As :func:`describe_limits`, every sentence with the limit's id and the side that it is about."""
    return [
        (limit.id, side, _sentence(evaluation.case, limit, use, side, lang))
        for limit, use in _uses(evaluation)
        for side in _SIDES
        if _touched(use, side) or _broken(use, side)
    ]


def describe_every_limit(evaluation: Evaluation, lang: str) -> dict[str, list[str]]:
    """What every limit does, by id, whether it is reached or not: a sentence for each side."""
    return {
        limit.id: [
            _sentence(evaluation.case, limit, use, side, lang)
            for side in _SIDES
            if getattr(limit, side) is not None
        ]
        for limit, use in _uses(evaluation)
    }


def penalty_cost(case: Case, limit: Limit, side: LimitSide, use: LimitUse) -> Fraction:
    """What breaking one side of a soft limit takes off the objective, in its unit."""
    bound: Bound | None = getattr(limit, side)
    if limit.penalty_e4 is None or bound is None:
        return Fraction(0)
    gain = Fraction(limit.penalty_e4 * _broken(use, side))
    per_project = case.scenario.objective.basis == "project"
    if bound.count is not None:
        return in_unit(case, gain if per_project else gain * MVND_PER_BN)
    return in_unit(case, gain / MVND_PER_BN if per_project else gain)


def describe_unspent(evaluation: Evaluation, lang: str) -> list[str]:
    """Why money is left over, a sentence for every part of it."""
    return [describe_part(evaluation.case, part, lang) for part in evaluation.plan.unspent]


def describe_part(case: Case, part: Unspent, lang: str) -> str:
    """Why one part of the envelope is left over."""
    lines = [reserve_line(each, lang) for each in case.scenario.reserves if each.id in part.limits]
    return locale.say(
        f"explanation.unspent.{part.reason}",
        lang,
        amount=locale.bn(part.amount_mvnd, lang),
        held="; ".join(lines) if part.reason == "reserved" else held_text(case, part.limits, lang),
        hurdle=hurdle_text(case, lang),
    )


def _uses(evaluation: Evaluation) -> Iterator[tuple[Limit, LimitUse]]:
    limits = {limit.id: limit for limit in evaluation.case.scenario.limits}
    return ((limits[use.id], use) for use in evaluation.plan.limits)


def _touched(use: LimitUse, side: LimitSide) -> bool:
    return use.at_floor if side == "at_least" else use.at_ceiling


def _broken(use: LimitUse, side: LimitSide) -> int:
    return use.short if side == "at_least" else use.over


def _sentence(case: Case, limit: Limit, use: LimitUse, side: LimitSide, lang: str) -> str:
    name = limit_name(case, limit, lang, (side,))
    if broken := _broken(use, side):
        counts = getattr(limit, side).count is not None
        size = locale.number(broken, lang, 0) if counts else locale.bn(broken, lang)
        return locale.say(
            f"explanation.broken.{side}",
            lang,
            limit=name,
            amount=locale.say(f"explanation.size.{'count' if counts else 'amount_mvnd'}", lang, size=size),
            cost=objective_text(penalty_cost(case, limit, side, use), lang),
            unit=unit_name(case, lang),
        )
    key = "reached" if _touched(use, side) else "free"
    return locale.say(f"explanation.{key}", lang, limit=name, use=_use(case, limit, use, lang))


def _use(case: Case, limit: Limit, use: LimitUse, lang: str) -> str:
    """What a limit holds: money placed, needs of years that no fund is of, or both together."""
    years, funded = limit.where.get("year", ()), fund_years(case)
    unpaid = [year for year in years if year not in funded]
    key = "placed" if not unpaid else "needed" if len(unpaid) == len(years) else "placed_and_needed"
    used, count = locale.bn(use.used_mvnd, lang), locale.number(use.used_count, lang, 0)
    return locale.say(f"explanation.use.{key}", lang, used=used, count=count, years=", ".join(unpaid))


def unit_name(case: Case, lang: str) -> str:
    """The objective's unit in a sentence."""
    unit = "bn_at_full_value" if case.scenario.objective.basis == "funding" else "points"
    return locale.say(f"explanation.unit.{unit}", lang)
