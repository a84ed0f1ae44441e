"""Value for money: projects in the order of what a billion buys, and how a plan stands against that."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from prioritizer.money import MVND_PER_BN
from prioritizer.results import E4, Evaluation


@dataclass(frozen=True)
class ValueForMoney:
    """``order`` has the projects' rows, the most points per billion VND first, equals by id; ``sum_mvnd`` and
    ``sum_e4`` what they ask for and are worth together so far.

    ``plan_points`` is what the plan is worth if every project counts once, by the share of its ask that it
    gets; ``same_money_points`` what its money could be worth, were there no rule but this order.
    ``passed_over`` are the rows that the order would fund in full with the plan's money and the plan does not
    fund; ``beyond`` those that the plan funds and the order would not.
    """

    order: tuple[int, ...]
    sum_mvnd: tuple[int, ...]
    sum_e4: tuple[int, ...]
    plan_points: Fraction
    same_money_points: Fraction
    passed_over: tuple[int, ...]
    beyond: tuple[int, ...]


def per_bn(value_e4: int, ask_mvnd: int) -> Fraction:
    """Points per billion VND, exact."""
    return Fraction(value_e4 * MVND_PER_BN, ask_mvnd * E4)


def value_for_money(evaluation: Evaluation) -> ValueForMoney:
    """How a plan stands against the order of points per billion; the plan was found."""
    ask, value = evaluation.case.register.ask_mvnd.tolist(), evaluation.scores.value_e4.tolist()
    order = sorted(range(len(ask)), key=lambda row: (-per_bn(value[row], ask[row]), row))
    sums = tuple(accumulate(ask[row] for row in order))
    amount, total = evaluation.plan.amount_mvnd.tolist(), evaluation.plan.total_mvnd
    begins = dict(zip(order, (0, *sums), strict=False))
    return ValueForMoney(
        tuple(order),
        sums,
        tuple(accumulate(value[row] for row in order)),
        sum((_points(value[row], amount[row], ask[row]) for row in order), Fraction(0)),
        sum(
            (_points(value[row], min(ask[row], max(0, total - begins[row])), ask[row]) for row in order),
            Fraction(0),
        ),
        tuple(row for row in order if not amount[row] and begins[row] + ask[row] <= total),
        tuple(row for row in order if amount[row] and begins[row] >= total),
    )


def _points(value_e4: int, amount_mvnd: int, ask_mvnd: int) -> Fraction:
    return Fraction(value_e4 * amount_mvnd, ask_mvnd * E4)
