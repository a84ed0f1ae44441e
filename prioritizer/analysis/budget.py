"""The program of a case at every budget: what moves when there is more or less money, and by how much.

The budget is what all funds hold together. It changes either in all funds, in proportion to what they hold
in the case, or in one of them while the others stand still. Limits that are shares of the envelope move with
it; here they are not rounded to whole millions, so that every bound is a straight line in the budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

import numpy as np

from prioritizer.allocation.demand import apportioned
from prioritizer.allocation.exact.parametric import Side
from prioritizer.allocation.program import FREE, Formulation, Program, Row
from prioritizer.allocation.statement import formulate
from prioritizer.allocation.statement.funds import available_mvnd
from prioritizer.model import Case, Limit
from prioritizer.results import Scores


@dataclass(frozen=True)
class Moving:
    """A case's program along its budget.

    ``program`` is the program without any money that moves, its rows multiplied so that all bounds are whole;
    ``direction`` has what every bound gains per million VND, by row and side. ``still_mvnd`` is the money of
    the funds that stand still, and ``limits`` are the limits that move along.
    """

    form: Formulation
    program: Program
    direction: dict[tuple[int, Side], int]
    still_mvnd: int
    limits: tuple[str, ...]

    @property
    def ample_mvnd(self) -> int:
        """Money, beyond what stands still, from which on no more of it could loosen anything."""
        needed = [0]
        for (at, side), move in self.direction.items():
            row = self.program.rows[at]
            if side == "upper" and move > 0:
                most = sum(
                    max(coef, 0) * upper
                    for coef, upper in zip(
                        row.coefs.tolist(), self.program.upper[row.columns].tolist(), strict=True
                    )
                )
                needed.append(-((row.upper - most) // move))
        return max(needed)

    def opened(self, most_mvnd: int) -> Program:
        """The program with the money that moves as one more column, the last, up to ``most_mvnd``."""
        program, last = self.program, len(self.program.columns)
        rows = list(program.rows)
        for (at, _), move in self.direction.items():
            row = rows[at]
            rows[at] = replace(row, columns=np.append(row.columns, last), coefs=np.append(row.coefs, -move))
        return Program(
            (*program.columns, "budget"),
            np.append(program.upper, most_mvnd),
            np.append(program.gain_num, 0),
            np.append(program.gain_den, 1),
            tuple(rows),
            np.append(program.whole, not program.linear),
        )


def case_at(case: Case, budget_mvnd: int, fund: str | None = None) -> Case:
    """The case with another budget: all funds in proportion, in whole millions, or ``fund`` alone."""
    funds = case.scenario.funds
    held = [each.amount_mvnd for each in funds]
    if fund is None:
        amounts = apportioned(budget_mvnd, held if any(held) else [1] * len(held))
    else:
        moved = _moved(case, fund)
        still = sum(amount for amount, moves in zip(held, moved, strict=True) if not moves)
        amounts = [
            budget_mvnd - still if moves else amount for amount, moves in zip(held, moved, strict=True)
        ]
    pairs = zip(funds, amounts, strict=True)
    return case.revised(
        funds=tuple(each.model_copy(update={"amount_mvnd": amount}) for each, amount in pairs)
    )


def moving(case: Case, scores: Scores, fund: str | None = None) -> Moving:
    """The program of a case along its budget, in all funds or in ``fund`` alone."""
    found = _stated(case, scores, fund)
    if all(limit.penalty_e4 is None for limit in case.scenario.limits):
        return found
    # How far a soft limit can be broken is bounded by its size, which grows with the budget.
    return _stated(case_at(case, found.still_mvnd + found.ample_mvnd, fund), scores, fund)


def _stated(case: Case, scores: Scores, fund: str | None) -> Moving:
    form, funds, moved = formulate(case, scores), case.scenario.funds, _moved(case, fund)
    held = [each.amount_mvnd for each in funds]
    total = sum(amount for amount, moves in zip(held, moved, strict=True) if moves)
    alike = total == 0 or sum(moved) == 1
    rate = [
        (Fraction(1, sum(moved)) if alike else Fraction(amount, total)) if moves else Fraction(0)
        for amount, moves in zip(held, moved, strict=True)
    ]
    still = [0 if moves else amount for amount, moves in zip(held, moved, strict=True)]
    rows, direction, limits = list(form.program.rows), dict[tuple[int, Side], int](), list[str]()
    for at, row in enumerate(rows):
        line = _line(case, row.name, rate, still)
        if line is not None and line[1]:
            side: Side = "upper" if row.upper < FREE else "lower"
            rows[at], direction[at, side] = _exact(row, side, *line)
            limits += [row.name] if not row.name.startswith("envelope[") else []
    names = tuple(dict.fromkeys(name.partition("[")[2][:-1] for name in limits))
    return Moving(form, replace(form.program, rows=tuple(rows)), direction, sum(still), names)


def _moved(case: Case, fund: str | None) -> list[bool]:
    return [fund is None or each.id.casefold() == fund.casefold() for each in case.scenario.funds]


def _line(
    case: Case, name: str, rate: Sequence[Fraction], still: Sequence[int]
) -> tuple[Fraction, Fraction] | None:
    """The bound of a row without the money that moves, and what a million VND of it adds; ``None`` if it
    has nothing to do with the funds."""
    family, _, rest = name.partition("[")
    funds = case.scenario.funds
    if family == "envelope":
        own = [at for at, fund in enumerate(funds) if fund.id in rest[:-1].split("+")]
        free = available_mvnd(case)
        reserved = sum(funds[at].amount_mvnd - free[at] for at in own)
        return Fraction(sum(still[at] for at in own) - reserved), sum((rate[at] for at in own), Fraction(0))
    limit = next((limit for limit in case.scenario.limits if limit.id == rest[:-1]), None)
    bound = None if limit is None or family not in ("at_least", "at_most") else getattr(limit, family)
    if limit is None or bound is None or bound.share_of_envelope is None:
        return None
    own = _funds_of(case, limit)
    share: Fraction = bound.share_of_envelope
    return share * sum(still[at] for at in own), share * sum((rate[at] for at in own), Fraction(0))


def _funds_of(case: Case, limit: Limit) -> list[int]:
    """The funds that a limit's share is a share of, by place."""
    years = {year.casefold() for year in limit.where.get("year", ())}
    return [at for at, fund in enumerate(case.scenario.funds) if not years or fund.year.casefold() in years]


def _exact(row: Row, side: Side, bound: Fraction, rate: Fraction) -> tuple[Row, int]:
    """The row with an unrounded bound, multiplied so that it and its change are whole, and that change."""
    times = lcm(bound.denominator, rate.denominator)
    least, most = (int(bound * times), FREE) if side == "lower" else (-FREE, int(bound * times))
    return Row(row.name, row.columns, row.coefs * times, least, most), int(rate * times)
