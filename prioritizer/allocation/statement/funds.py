"""What the funds hold, and which of them stand together."""

from __future__ import annotations

from collections.abc import Iterable

from prioritizer.model import Case


def available_mvnd(case: Case) -> list[int]:
    """What every fund holds, less what is reserved."""
    funds = case.scenario.funds
    reserved = [(each.fund or funds[0].id, each.amount_mvnd) for each in case.scenario.reserves]
    return [
        fund.amount_mvnd - sum(amount for name, amount in reserved if name.casefold() == fund.id.casefold())
        for fund in funds
    ]


def unions(sets: Iterable[Iterable[int]]) -> list[frozenset[int]]:
    """All unions of some of the sets, the largest first."""
    made: set[frozenset[int]] = set()
    for each in sets:
        made |= {union | frozenset(each) for union in made} | {frozenset(each)}
    return sorted(made, key=lambda union: (-len(union), sorted(union)))
