"""The prices of a case: what limits and funds are worth at the margin, and what projects lack to get in.

Prices exist where the program is linear. A fund's price moves the limits that are shares of the envelope with
it. A project gets in once it earns more than what a million VND of it takes away from the others: the loss
from tightening all the rows that it uses, together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal

from prioritizer.allocation.exact.parametric import Direction, Side
from prioritizer.allocation.exact.prices import Price, Rate, prices, rates
from prioritizer.allocation.exact.simplex import Vertex, optimal_vertex
from prioritizer.allocation.plan import in_unit
from prioritizer.allocation.program import Formulation
from prioritizer.allocation.reasons import subject
from prioritizer.allocation.statement import formulate
from prioritizer.model import Bound, Case, Fund, Limit
from prioritizer.money import MVND_PER_BN
from prioritizer.results import LimitPrice, Plan, Prices, Scores, Slope

LimitSide = Literal["at_most", "at_least"]
_SIDES: tuple[tuple[LimitSide, Side], ...] = (("at_most", "upper"), ("at_least", "lower"))


def price_list(case: Case, scores: Scores, plan: Plan) -> Prices | None:
    """The prices at a plan; ``None`` where there is no plan, or a program that is not linear."""
    form = formulate(case, scores)
    if not plan.found or not form.program.linear:
        return None
    vertex = optimal_vertex(form.program)
    if vertex is None:
        return None
    of_limits = _of_limits(case, plan, form, prices(form.program, vertex))
    needed = _needed(case, form, vertex, plan)
    return Prices((*_of_funds(case, form, vertex), *of_limits), needed)


def _of_funds(case: Case, form: Formulation, vertex: Vertex) -> Iterator[LimitPrice]:
    funds = case.scenario.funds
    more = [_direction(case, form, fund) for fund in funds]
    less: list[Direction] = [{bound: -change for bound, change in each.items()} for each in more]
    found = rates(form.program, vertex, [*more, *less])
    for fund, up, down in zip(funds, found, found[len(funds) :], strict=False):
        relax = _slope(case, up or Rate(Fraction(0), Fraction(0)))
        yield LimitPrice(fund.id, "fund", "bn", relax, None if down is None else _slope(case, down))


def _direction(case: Case, form: Formulation, fund: Fund) -> Direction:
    """How the rows' bounds move as a fund grows by one million VND."""
    place = {row.name: at for at, row in enumerate(form.program.rows)}
    moved: dict[tuple[int, Side], Fraction | int] = {
        (at, "upper"): 1
        for name, at in place.items()
        if name.startswith("envelope[") and fund.id in subject(form.program.rows[at]).split("+")
    }
    for limit in case.scenario.limits:
        years = {year.casefold() for year in limit.where.get("year", ())}
        if years and fund.year.casefold() not in years:
            continue
        for name, side in _SIDES:
            bound: Bound | None = getattr(limit, name)
            if bound is not None and bound.share_of_envelope:
                moved[place[f"{name}[{limit.id}]"], side] = bound.share_of_envelope
    return moved


def _of_limits(case: Case, plan: Plan, form: Formulation, found: Iterable[Price]) -> Iterator[LimitPrice]:
    by_name = {(form.program.rows[each.row].name, each.side): each for each in found}
    for limit in case.scenario.limits:
        for name, side in _SIDES:
            price = by_name.get((f"{name}[{limit.id}]", side))
            if price is not None:
                yield _of_limit(case, plan, limit, name, price)


def _of_limit(case: Case, plan: Plan, limit: Limit, side: LimitSide, price: Price) -> LimitPrice:
    bound: Bound = getattr(limit, side)
    loss = price.tightening
    down = None if loss is None else Rate(-loss.per_unit, loss.length)
    if bound.share_of_allocated is None:
        return LimitPrice(
            limit.id, side, "bn", _slope(case, price.relaxing), None if down is None else _slope(case, down)
        )
    # One percentage point of s moves D·s·ΣX, the row's other side, by D·ΣX/100.
    point = Fraction(bound.share_of_allocated.denominator * _base_mvnd(limit, plan), 100)
    relax = Slope(in_unit(case, price.relaxing.per_unit * point), None)
    tighten = None if down is None else Slope(in_unit(case, down.per_unit * point), None)
    return LimitPrice(limit.id, side, "percentage_point", relax, tighten)


def _base_mvnd(limit: Limit, plan: Plan) -> int:
    """The money that a share of what is allocated is a share of."""
    years = {year.casefold() for year in limit.where.get("year", ())}
    return sum(
        each.amount_mvnd
        for each in plan.payments
        if (each.year.casefold() in years if years else each.fund is not None)
    )


def _slope(case: Case, rate: Rate) -> Slope:
    """A rate per million VND, per billion and in the objective's unit."""
    return Slope(in_unit(case, rate.per_unit * MVND_PER_BN), rate.length)


def _needed(case: Case, form: Formulation, vertex: Vertex, plan: Plan) -> dict[int, Fraction | None]:
    """For every project that is crowded out: the value that would have to be surpassed."""
    wanted = {
        int(row): column
        for column, row in enumerate(form.project_of.tolist())
        if row >= 0 and plan.reason[row] == "crowded_out" and form.mvnd_per_unit[column]
    }
    uses = _uses(form, set(wanted.values()))
    kinds = {uses[column]: _tightened(uses[column]) for column in wanted.values()}
    found = dict(zip(kinds, rates(form.program, vertex, kinds.values()), strict=True))
    return {
        row: None if (rate := found[uses[column]]) is None else _value_e4(case, form, row, -rate.per_unit)
        for row, column in wanted.items()
    }


def _uses(form: Formulation, columns: set[int]) -> dict[int, tuple[tuple[int, Fraction], ...]]:
    """The rows that a million VND of a column uses, and how much of each."""
    uses: dict[int, list[tuple[int, Fraction]]] = {column: [] for column in columns}
    for at, row in enumerate(form.program.rows):
        for column in columns & row.table.keys():
            uses[column].append((at, Fraction(row.table[column], int(form.mvnd_per_unit[column]))))
    return {column: tuple(used) for column, used in uses.items()}


def _tightened(used: tuple[tuple[int, Fraction], ...]) -> Direction:
    sides: tuple[Side, Side] = ("lower", "upper")
    return {(at, side): -coef for at, coef in used for side in sides}


def _value_e4(case: Case, form: Formulation, row: int, gain: Fraction) -> Fraction:
    """The value at which a million VND of a project gains so much."""
    hurdle, cells = case.scenario.objective.hurdle_e4, form.demand
    if case.scenario.objective.basis == "funding":
        return gain + hurdle
    own = cells.project == row
    paid, cost = int(cells.cost_mvnd[own & cells.funded].sum()), int(cells.cost_mvnd[own].sum())
    reach = cells.whole_share.get(row, Fraction(1))
    return (gain * paid + Fraction(hurdle * cost, MVND_PER_BN)) / reach
