"""What limits may select: fields, the values that occur, and how much of the register that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prioritizer import locale, pipeline
from prioritizer.model import OF_COSTS, Case, Limit
from prioritizer.ui.rules.typed import MEASURES, Measure

Where = Mapping[str, Sequence[str]]
_FIELDS = ("ministry", "technology", "product", "class", "secrecy", "project", "year", "kind")


def values(case: Case) -> dict[str, list[str]]:
    """The fields that limits may select by, each with the values that occur, in the order of the page."""
    found = {field: _values(case, field) for field in (*_FIELDS, *case.scenario.fields)}
    return {field: each for field, each in found.items() if each}


def _values(case: Case, field: str) -> list[str]:
    if field == "project":
        return list(case.register.ids)
    if field == "year":
        costs = () if case.costs_by_kind is None else case.costs_by_kind.year.levels
        return list(dict.fromkeys([*(fund.year for fund in case.scenario.funds), *costs]))
    if field == "kind":
        costs = () if case.costs_by_kind is None else case.costs_by_kind.kind.levels
        return [level for level in costs if level]
    column = case.register.columns.get(field)
    if column is None:
        return []
    there = set(column.texts())
    return [level for level in column.levels if level and level in there]


def field_words(case: Case, field: str, lang: str) -> str:
    """What a field is called as a heading; one of the scenario's own keeps its name."""
    said = locale.sentences(lang)
    return said.get(f"rules.by.{field}", field)


def value_words(case: Case, field: str, value: str, lang: str) -> str:
    """What a value is called."""
    return pipeline.value_label(case, field, value, lang)


def extent(case: Case, where: Where) -> tuple[int, int]:
    """How many projects are selected, and what they ask for in million VND."""
    limit = Limit.model_validate(
        {"id": "x", "where": {name: tuple(chosen) for name, chosen in where.items()}}
    )
    rows = case.register.selected_by(limit)
    return int(rows.sum()), int(case.register.ask_mvnd[rows].sum())


def measures(case: Case, where: Where) -> tuple[Measure, ...]:
    """The measures in which a limit over a selection may be stated: no shares of years that no fund is of, no
    counts of costs."""
    funded = {fund.year.casefold() for fund in case.scenario.funds}
    unpaid = {year.casefold() for year in where.get("year", ())} - funded
    left: list[Measure] = ["amount_bn"] if unpaid else list(MEASURES)
    return tuple(each for each in left if each != "count" or not any(field in where for field in OF_COSTS))
