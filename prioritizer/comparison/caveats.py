"""What has to be borne in mind when scenarios' values are held against each other."""

from __future__ import annotations

from prioritizer import locale
from prioritizer.comparison.nouns import Comparison
from prioritizer.comparison.words import label
from prioritizer.explanation import objective_text
from prioritizer.explanation.limits import unit_name

# Where one of these differs, objectives are not sums of the same values.
_OF_VALUE = (
    *("objective.basis", "objective.hurdle", "weights", "exchange_rate", "consensus"),
    *("eligibility.unassessed", "assessors", "register"),
)
_TABLES_OF_VALUE = ("register", "assessments", "criteria")


def values_differ(comparison: Comparison) -> bool:
    """Whether scenarios form values or the objective differently, so that objectives say nothing together."""
    return any(each.key in _OF_VALUE for each in comparison.inputs) or any(
        table.role in _TABLES_OF_VALUE for table in comparison.tables
    )


def describe_above_all(comparison: Comparison, lang: str) -> list[str]:
    """Why some plans lose more than all there is to lose."""
    return [
        locale.say(
            "compare.regret.above_all",
            lang,
            plan=label(each.plan, lang),
            under=label(each.under, lang),
            value=objective_text(each.value, lang),
            unit=unit_name(comparison.evaluations[each.under].case, lang),
        )
        for each in comparison.regrets
        if each.value is not None
        and each.value < 0
        and (comparison.evaluations[each.under].plan.objective or 0) > 0
    ]
