"""Value for money in sentences: what the plan buys, what its money could buy, and where the two part."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer import locale
from prioritizer.analysis.worth import ValueForMoney
from prioritizer.explanation.words import objective_text, project_name
from prioritizer.results import Evaluation

_NAMED = 5


def describe_worth(evaluation: Evaluation, found: ValueForMoney, lang: str) -> list[str]:
    """What the plan is worth if every project counts once, what the same money could be worth, who is passed
    over and who is funded beyond it."""
    total = locale.bn(evaluation.plan.total_mvnd, lang)
    plan, best = (objective_text(each, lang) for each in (found.plan_points, found.same_money_points))
    said = [locale.say("rules.worth.plan", lang, total=total, points=plan)]
    same = found.same_money_points == found.plan_points
    said.append(locale.say(f"rules.worth.{'best' if same else 'could'}", lang, total=total, points=best))
    for key, rows in (("passed_over", found.passed_over), ("beyond", found.beyond)):
        if rows:
            named = _named(evaluation, rows, lang)
            said.append(locale.say(f"rules.worth.{key}", lang, count=len(rows), projects=named))
    return said


def _named(evaluation: Evaluation, rows: Sequence[int], lang: str) -> str:
    said = [project_name(evaluation.case, row, lang) for row in rows[:_NAMED]]
    if len(rows) > _NAMED:
        said.append(locale.say("explanation.several_more", lang, count=len(rows) - _NAMED))
    return "; ".join(said)
