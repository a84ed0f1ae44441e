"""Cases whose asks or envelope are drawn too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from prioritizer.model import Case, Fund, Ints, Register
from prioritizer.robustness.draws.quantiles import WHOLE, quantiles

Factors = tuple[Fraction, Fraction]
SAME: Factors = (Fraction(1), Fraction(1))
_STREAM = 1  # of the random numbers; scores have stream 0


@dataclass(frozen=True)
class Money:
    """By what least and greatest factor money may come out otherwise: every fund by one common factor, every
    ask by a factor of its own, evenly in between."""

    envelope: Factors = SAME
    asks: Factors = SAME

    @property
    def certain(self) -> bool:
        """Whether nothing is drawn."""
        return self.envelope == self.asks == SAME


KNOWN = Money()


def money_of(case: Case, money: Money, seed: int, row: int) -> Case:
    """The case of one draw, rounded to whole million VND.

    Costs, minimum and co-finance of a project go with its ask. A project that a decision gives an amount does
    not ask for less than it does, a fund holds at least what is reserved of it.
    """
    drawn = quantiles(seed, _STREAM, np.array([row]), 1 + len(case.register))[0]
    times = _between(money.envelope, int(drawn[0]))
    funds = tuple(_fund(case, fund, times) for fund in case.scenario.funds)
    case = case.revised(funds=funds)
    return (
        case if money.asks == SAME else _asking(case, [_between(money.asks, q) for q in drawn[1:].tolist()])
    )


def _between(ends: Factors, quantile: int) -> Fraction:
    return ends[0] + (ends[1] - ends[0]) * Fraction(quantile, WHOLE)


def _fund(case: Case, fund: Fund, times: Fraction) -> Fund:
    first = case.scenario.funds[0].id
    reserved = sum(
        reserve.amount_mvnd
        for reserve in case.scenario.reserves
        if (reserve.fund or first).casefold() == fund.id.casefold()
    )
    return fund.model_copy(update={"amount_mvnd": max(round(fund.amount_mvnd * times), reserved)})


def _asking(case: Case, times: list[Fraction]) -> Case:
    promised = {
        each.project.casefold() for each in case.scenario.decisions if each.at_least_mvnd or each.locked_mvnd
    }
    kept = [
        max(own, Fraction(1)) if name.casefold() in promised else own
        for own, name in zip(times, case.register.ids, strict=True)
    ]
    num, den = (
        np.array([getattr(each, part) for each in kept], dtype=object)
        for part in ("numerator", "denominator")
    )
    costs = case.costs_by_kind
    if costs is None:
        ask = _scaled(case.register.ask_mvnd, num, den)
    else:
        costs = replace(costs, cost_mvnd=_scaled(costs.cost_mvnd, num[costs.project], den[costs.project]))
        ask = np.zeros(len(case.register), dtype=np.int64)
        np.add.at(ask, costs.project, costs.cost_mvnd)
    return replace(case, register=_with_asks(case.register, ask), costs_by_kind=costs)


def _scaled(amount: Ints, num: Any, den: Any) -> Ints:
    """Amounts times factors, to the nearest whole million and one at least."""
    nearest = (2 * amount * num + den) // (2 * den)
    found: Ints = np.maximum(nearest, 1).astype(np.int64)
    return found


def _with_asks(register: Register, ask: Ints) -> Register:
    """What belongs to an ask keeps its part of it, rounded up so that a rule about the part still holds."""
    minimum, cofinance = (
        None if own is None else -(-own.astype(object) * ask // register.ask_mvnd)
        for own in (register.minimum_mvnd, register.cofinance_mvnd)
    )
    if cofinance is not None:
        cofinance = np.minimum(cofinance, ask - 1).astype(np.int64)
    if minimum is not None:
        minimum = minimum.astype(np.int64)
    return replace(register, ask_mvnd=ask, minimum_mvnd=minimum, cofinance_mvnd=cofinance)
