"""Results in sentences: why a project has what it has, what a limit does and costs, why money is left."""

from prioritizer.explanation.citations import citation
from prioritizer.explanation.conflicts import describe_conflict, describe_relaxations, rule_name
from prioritizer.explanation.differences import (
    describe_difference,
    describe_forced,
    describe_without_decision,
    describe_without_limit,
)
from prioritizer.explanation.limits import (
    describe_every_limit,
    describe_limits,
    describe_part,
    describe_unspent,
)
from prioritizer.explanation.names import (
    decision_name,
    decision_text,
    dependency_name,
    funds_name,
    held_text,
    limit_name,
)
from prioritizer.explanation.prices import describe_price, describe_prices, price_note, priced_name
from prioritizer.explanation.projects import describe_lacks, describe_payments, describe_project
from prioritizer.explanation.sources import (
    Sources,
    describe_elsewhere,
    divided,
    divides,
    reason_text,
    sources,
)
from prioritizer.explanation.words import (
    day_text,
    field_label,
    hurdle_text,
    objective_text,
    project_name,
    selection_text,
    value_label,
)

__all__ = [
    "Sources",
    "citation",
    "day_text",
    "decision_name",
    "decision_text",
    "dependency_name",
    "describe_conflict",
    "describe_difference",
    "describe_elsewhere",
    "describe_every_limit",
    "describe_forced",
    "describe_lacks",
    "describe_limits",
    "describe_part",
    "describe_payments",
    "describe_price",
    "describe_prices",
    "describe_project",
    "describe_relaxations",
    "describe_unspent",
    "describe_without_decision",
    "describe_without_limit",
    "divided",
    "divides",
    "field_label",
    "funds_name",
    "held_text",
    "hurdle_text",
    "limit_name",
    "objective_text",
    "price_note",
    "priced_name",
    "project_name",
    "reason_text",
    "rule_name",
    "selection_text",
    "sources",
    "value_label",
]
