"""The register's amounts: what every project asks for, the least it can use, and what others pay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from prioritizer import money
from prioritizer.errors import Fault, Misread
from prioritizer.inputs.costs import CostRows, Mask
from prioritizer.inputs.tables import Table, by_row, read_cells
from prioritizer.model import Ints


@dataclass(frozen=True)
class Amounts:
    """int64[rows] each in million VND, in the order of the table; 0 where there is none."""

    ask_mvnd: Ints
    minimum_mvnd: Ints
    cofinance_mvnd: Ints


def read_amounts(
    table: Table, costs: CostRows | None, asks_may_be_blank: bool, faults: list[Fault]
) -> Amounts:
    """The amounts of every row, checked against each other, the funding rule and the costs.

    Where there is a table of costs, an ask may be blank: it is what the project costs. ``costs`` is ``None``
    where there is no such table, or where it could not be read.
    """
    ask = _read(table, "ask_bn", _amount_above("ask_is_zero"), faults)
    minimum = _read(table, "minimum_bn", _amount_above("amount_is_zero"), faults)
    cofinance = _read(table, "cofinance_bn", money.read_amount_mvnd, faults)
    _read(table, "received_bn", money.read_amount_mvnd, faults)
    if not asks_may_be_blank:
        faults += table.faults_at("blank_cell", np.flatnonzero(_blank(table, "ask_bn")), "ask_bn")
    if costs is not None:
        ask = _priced(table, ask, costs, faults)
    faults += _minimum_faults(table, ask, minimum) + _cofinance_faults(table, ask, cofinance)
    return Amounts(np.maximum(ask, 0), np.maximum(minimum, 0), np.maximum(cofinance, 0))


def _read(table: Table, name: str, read: Callable[[str], int], faults: list[Fault]) -> Ints:
    """A column of amounts, int64[rows]; -1 where the cell is blank or faulty."""
    return by_row(read_cells(table, name, read, faults), table.column(name))


def _amount_above(code: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        amount = money.read_amount_mvnd(text)
        if amount == 0:
            raise Misread(code)
        return amount

    return read


def _blank(table: Table, name: str) -> Mask:
    return table.column(name).among(("",))


def _priced(table: Table, ask: Ints, costs: CostRows, faults: list[Fault]) -> Ints:
    """The asks, the blank ones from the costs; where both are given they must agree."""
    total, staged = costs.of_projects(table.column("id").texts())
    faults += table.faults_at("project_without_costs", np.flatnonzero(total < 0), "id")
    rule = table.column("funding").among(("milestones",))
    faults += table.faults_at(
        "milestones_missing", np.flatnonzero(rule & (total >= 0) & (staged == 0)), "funding"
    )
    faults += table.faults_at("milestones_not_stated", np.flatnonzero(~rule & (staged > 0)), "funding")
    if costs.sound:
        faults += table.faults_at("costs_are_zero", np.flatnonzero(total == 0), "id")
        for row in np.flatnonzero(total > money.LARGEST_MVND).tolist():
            text = str(money.bn(int(total[row])))
            faults += table.faults_at("number_too_large", [row], "id", text=text)
        for row in np.flatnonzero((ask > 0) & (total > 0) & (ask != total)).tolist():
            params = {"ask_mvnd": int(ask[row]), "costs_mvnd": int(total[row])}
            faults += table.faults_at("ask_differs_from_costs", [row], "ask_bn", **params)
    return np.where(_blank(table, "ask_bn"), total, ask)


def _minimum_faults(table: Table, ask: Ints, minimum: Ints) -> list[Fault]:
    """A minimum stands where the funding rule is ``minimum``, there alone, and within the ask."""
    rule, blank = table.column("funding").among(("minimum",)), _blank(table, "minimum_bn")
    faults = table.faults_at("minimum_missing", np.flatnonzero(rule & blank), "minimum_bn")
    faults += table.faults_at("minimum_without_rule", np.flatnonzero(~rule & ~blank), "minimum_bn")
    for row in np.flatnonzero((ask > 0) & (minimum > ask)).tolist():
        params = {"minimum_mvnd": int(minimum[row]), "ask_mvnd": int(ask[row])}
        faults += table.faults_at("minimum_above_ask", [row], "minimum_bn", **params)
    return faults


def _cofinance_faults(table: Table, ask: Ints, cofinance: Ints) -> list[Fault]:
    """What others pay leaves a part for the State."""
    faults: list[Fault] = []
    for row in np.flatnonzero((ask > 0) & (cofinance >= ask)).tolist():
        params = {"cofinance_mvnd": int(cofinance[row]), "ask_mvnd": int(ask[row])}
        faults += table.faults_at("cofinance_not_below_ask", [row], "cofinance_bn", **params)
    return faults
