"""Who pays what a project costs: the funds of the plan now, later years that no fund is of, and others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

import numpy as np

from prioritizer import locale
from prioritizer.allocation.demand import apportioned
from prioritizer.model import Case
from prioritizer.results import Evaluation

_PROJECT = attrgetter("project")


@dataclass(frozen=True)
class Sources:
    """Who pays a project under a plan, in million VND.

    ``due_mvnd`` is the most that the funds can be asked to pay of it, ``paid_mvnd`` what they pay. ``later``
    has what the plan will need in every year that no fund is of; ``others_mvnd`` is co-finance, as much of it
    as goes with what the plan does of the project.
    """

    due_mvnd: int
    paid_mvnd: int
    later: tuple[tuple[str, int], ...]
    others_mvnd: int

    @property
    def later_mvnd(self) -> int:
        """What all those years will need."""
        return sum(amount for _, amount in self.later)


def divided(case: Case) -> bool:
    """Whether the funds are asked for less than the whole cost of some project."""
    offered, years = case.register.cofinance_mvnd, fund_years(case)
    return (
        (offered is not None and bool(offered.any()))
        or any(cap < 1 for cap in case.scenario.state_share_cap.values())
        or any(year not in years for year in case.costs.year.levels)
    )


def sources(evaluation: Evaluation, row: int) -> Sources:
    """Who pays project ``row`` under the plan."""
    case = evaluation.case
    due, state = asked_mvnd(case, row)
    paid = int(evaluation.plan.amount_mvnd[row])
    later = _later(evaluation, row) if state > due and paid else ()
    offered = case.register.cofinance_mvnd
    done = Fraction(paid + sum(amount for _, amount in later), state or 1)
    return Sources(due, paid, later, 0 if offered is None else round(int(offered[row]) * done))


def asked_mvnd(case: Case, row: int) -> tuple[int, int]:
    """What the funds are asked for of a project, and what the State is with the years that no fund is of."""
    costs, years = case.costs, fund_years(case)
    own = np.flatnonzero(costs.project == row)
    amounts = costs.cost_mvnd[own].tolist()
    state = _state_mvnd(case, row, sum(amounts))
    parts = zip(apportioned(state, amounts), costs.year.codes[own].tolist(), strict=True)
    return sum(part for part, code in parts if costs.year.levels[code] in years), state


def _state_mvnd(case: Case, row: int, total: int) -> int:
    """The State's part of ``total``, as far as co-finance lets it go under the State's share cap."""
    offered, classes = case.register.cofinance_mvnd, case.register.columns.get("class")
    others = 0 if offered is None else int(offered[row])
    cap = Fraction(1) if classes is None else case.scenario.state_share_cap.get(classes[row], Fraction(1))  # type: ignore[call-overload]
    if total - others <= cap * total:
        return total - others
    return int(cap * min(Fraction(total), Fraction(others) / (1 - cap)))


def fund_years(case: Case) -> tuple[str, ...]:
    """The years that there is a fund of, in the order of the funds."""
    return tuple(dict.fromkeys(fund.year for fund in case.scenario.funds))


def _later(evaluation: Evaluation, row: int) -> tuple[tuple[str, int], ...]:
    payments = evaluation.plan.payments
    first, last = (side(payments, row, key=_PROJECT) for side in (bisect_left, bisect_right))
    return _by_year(
        evaluation.case, [(each.year, each.amount_mvnd) for each in payments[first:last] if each.fund is None]
    )


def _by_year(case: Case, amounts: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Sums by year, in the order of the costs."""
    total = Counter[str]()
    for year, amount in amounts:
        total[year] += amount
    return tuple((year, total[year]) for year in case.costs.year.levels if total[year])


def describe_sources(evaluation: Evaluation, row: int, lang: str) -> str:
    """What a project costs in all, and who pays what the funds do not, in a sentence."""
    ask = locale.bn(int(evaluation.case.register.ask_mvnd[row]), lang)
    found = sources(evaluation, row)
    parts = []
    if found.later:
        parts.append(locale.say("explanation.sources.later", lang, years=_years_text(found.later, lang)))
    if found.others_mvnd:
        parts.append(
            locale.say("explanation.sources.others", lang, amount=locale.bn(found.others_mvnd, lang))
        )
    key = "project" if parts else "cost"
    return locale.say(f"explanation.sources.{key}", lang, ask=ask, parts="; ".join(parts))


def describe_elsewhere(evaluation: Evaluation, lang: str) -> list[str]:
    """What the whole plan will need of years without a fund, and what it counts on from others."""
    case, plan = evaluation.case, evaluation.plan
    if not plan.found or not divided(case):
        return []
    rows = np.flatnonzero(plan.amount_mvnd).tolist()
    found, said = [sources(evaluation, row) for row in rows], []
    if later := _by_year(case, [each for own in found for each in own.later]):
        said.append(locale.say("explanation.sources.plan_later", lang, years=_years_text(later, lang)))
    if others := sum(own.others_mvnd for own in found):
        said.append(locale.say("explanation.sources.plan_others", lang, amount=locale.bn(others, lang)))
    return said


def funds_of_years(case: Case, lang: str) -> str:
    """The funds of a plan, by their years."""
    return locale.say("explanation.sources.funds", lang, years=", ".join(fund_years(case)))


def reason_text(evaluation: Evaluation, row: int, lang: str) -> str:
    """A project's reason in a few words; nothing where there is no plan."""
    reason = evaluation.plan.reason[row]
    if reason == "funded" and divides(evaluation.case, row):
        return locale.say("terms.reason_of_part.funded", lang)
    return locale.say(f"terms.reason.{reason}", lang) if reason else ""


def divides(case: Case, row: int) -> bool:
    """Whether the funds are asked for less than the whole cost of a project."""
    return divided(case) and asked_mvnd(case, row)[0] < int(case.register.ask_mvnd[row])


def _years_text(later: tuple[tuple[str, int], ...], lang: str) -> str:
    return ", ".join(
        locale.say("explanation.sources.year", lang, amount=locale.bn(amount, lang), year=year)
        for year, amount in later
    )
