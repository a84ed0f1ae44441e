"""The cells of a comparison's tables, in words and numbers: rows of facts, columns of scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from prioritizer import locale
from prioritizer.comparison.nouns import Comparison, GroupLine, Regret
from prioritizer.comparison.words import label
from prioritizer.explanation import objective_text, value_label
from prioritizer.results import Evaluation

ABSENT = "–"


def heads(comparison: Comparison, lang: str) -> list[str]:
    """What the scenarios are called, in their order."""
    return [label(at, lang) for at in range(len(comparison.evaluations))]


def summary_cells(comparison: Comparison, lang: str) -> list[list[str]]:
    """Status, money, objective, ties, what is illustrative: the fact, then what it is in every scenario."""
    found = comparison.evaluations
    plans = [each.plan for each in found]
    totals = tuple(plan.total_mvnd if plan.found else None for plan in plans)
    envelopes = tuple(each.case.envelope_mvnd for each in found)
    left = tuple(None if each is None else all_ - each for all_, each in zip(envelopes, totals, strict=True))
    ties = tuple(plan.tie_mvnd if plan.found else None for plan in plans)
    digits = digits_of([envelopes, totals, left, ties])
    words = {
        "status": [locale.say(f"compare.status.{plan.status}", lang) for plan in plans],
        "envelope": amounts(envelopes, digits, lang),
        "total": amounts(totals, digits, lang),
        "left": amounts(left, digits, lang),
        "funded": [str(int((plan.amount_mvnd > 0).sum())) if plan.found else ABSENT for plan in plans],
        "objective": [_objective(each, lang) for each in found],
        "unit": [locale.say(f"compare.unit.{plan.unit}", lang) for plan in plans],
        "unique": [_yes(plan.unique, lang) if plan.found else ABSENT for plan in plans],
        "tie": amounts(ties, digits, lang),
        "illustrative": [_yes(each.case.illustrative, lang) for each in found],
    }
    return [[locale.say(f"compare.summary.{key}", lang), *cells] for key, cells in words.items()]


def _objective(evaluation: Evaluation, lang: str) -> str:
    objective = evaluation.plan.objective
    return ABSENT if objective is None else locale.number(objective, lang, 2)


def _yes(answer: bool | None, lang: str) -> str:
    return locale.say(f"compare.summary.{ {True: 'yes', False: 'no', None: 'unknown'}[answer] }", lang)


def digits_of(rows: Sequence[Sequence[int | None]]) -> int:
    """The decimals, in billions, that every amount of a table has room in."""
    return max((locale.bn_digits(each) for own in rows for each in own if each is not None), default=1)


def amounts(own: Sequence[int | None], digits: int, lang: str) -> list[str]:
    """Million VND as billions; what is absent is a dash."""
    return [ABSENT if each is None else locale.bn(each, lang, digits) for each in own]


def group_name(comparison: Comparison, line: GroupLine, lang: str) -> str:
    """A ministry, class or technology as the first scenario that knows its id calls it."""
    if not line.id:
        return locale.say("compare.head.blank", lang)
    cases = [each.case for each in comparison.evaluations]
    named = [value_label(case, line.field, line.id, lang) for case in cases]
    return next((name for name in named if name != line.id), line.id)


def agreement_cells(comparison: Comparison, lang: str) -> list[list[str]]:
    """Kendall's tau-b of every two scenarios; blank of one with itself."""
    known = {(each.one, each.other): each.kendall for each in comparison.agreements}
    places = range(len(comparison.evaluations))
    return [
        [
            label(one, lang),
            *("" if at == one else _tau(known.get((min(one, at), max(one, at))), lang) for at in places),
        ]
        for one in places
    ]


def _tau(kendall: float | None, lang: str) -> str:
    return ABSENT if kendall is None else locale.number(Fraction(kendall), lang, 3)


def lost_text(regret: Regret, lang: str) -> str:
    """What a plan loses in a scenario, or why that cannot be said."""
    if regret.lost is not None:
        return objective_text(regret.lost, lang) if regret.lost else "0"
    return locale.say(f"compare.regret.{'broken' if regret.breaches else 'no_plan'}", lang)


def lost_share_text(comparison: Comparison, regret: Regret, lang: str) -> str:
    """That as a share of the scenario's own best plan; blank where there is nothing to divide."""
    own = comparison.evaluations[regret.under].plan.objective
    return locale.percent(regret.lost / own, lang) if regret.lost and own and own > 0 else ""
