"""A scenario on its way to a case: what the checks look at, and the money that its limits select."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from prioritizer.errors import Fault
from prioritizer.inputs.costs import Mask
from prioritizer.inputs.tables import one_of
from prioritizer.inputs.yamltree import Node
from prioritizer.model import (
    CLASSES,
    SECRECY_GRADES,
    Costs,
    CriteriaTree,
    Decision,
    Fund,
    Ints,
    Limit,
    MinistryList,
    ProductList,
    Register,
    Scenario,
)


@dataclass(frozen=True)
class Unchecked:
    """A scenario with what it refers to; ``register`` and ``costs_by_kind`` are ``None`` where it has none.

    ``sound`` says whether both were read without a fault, so that selections and sums can be relied on.
    """

    node: Node
    stem: str
    scenario: Scenario
    criteria: CriteriaTree | None
    ministries: MinistryList
    products: ProductList
    register: Register | None
    costs_by_kind: Costs | None
    sound: bool

    def fault(self, code: str, path: tuple[Any, ...], **params: object) -> Fault:
        """A fault at a key of the scenario file."""
        node = self.node.find(path)
        return Fault(code, node.file, node.line, ".".join(map(str, path)), params)

    @property
    def projects(self) -> Register:
        """The register, where it is known to be sound."""
        assert self.register is not None
        return self.register

    @property
    def values_given(self) -> bool:
        """Whether the register gives values, so that there are no criteria to weigh; a criteria file that
        could not be read is another matter."""
        given = self.register is not None and self.register.given_e4 is not None
        return given and self.scenario.assessments is None

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The projects' rows by id, ignoring case; none without a register."""
        return {name.casefold(): row for row, name in enumerate(self.register.ids if self.register else ())}

    @cached_property
    def musts(self) -> list[tuple[int, Decision]]:
        """The decisions that a project of the register gets money, with their places in the scenario."""
        return [
            (at, each)
            for at, each in enumerate(self.scenario.decisions)
            if each.fund != "nothing" and each.project.casefold() in self.row_of
        ]

    @cached_property
    def costs(self) -> Costs:
        """The costs, or the asks in the first fund's year."""
        if self.costs_by_kind is not None:
            return self.costs_by_kind
        return Costs.of_asks(self.projects, self.scenario.funds[0].year)

    @cached_property
    def year_labels(self) -> tuple[str, ...]:
        """Every year that a fund or a cost is of."""
        own = self.costs_by_kind.year.levels if self.costs_by_kind else ()
        return tuple(dict.fromkeys((*(fund.year for fund in self.scenario.funds), *own)))

    @cached_property
    def kind_labels(self) -> tuple[str, ...]:
        """Every kind that a fund pays or that a cost is of."""
        own = self.costs_by_kind.kind.levels if self.costs_by_kind else ()
        paid = (kind for fund in self.scenario.funds for kind in fund.pays)
        return tuple(dict.fromkeys(label for label in (*paid, *own) if label))

    @cached_property
    def funded_years(self) -> frozenset[str]:
        """The years that a fund is of, ignoring case."""
        return frozenset(fund.year.casefold() for fund in self.scenario.funds)

    @cached_property
    def paid_cells(self) -> Mask:
        """The costs of years that a fund is of, bool[cells]: the others are known, not paid."""
        funded = [label.casefold() in self.funded_years for label in self.costs.year.levels]
        return np.array(funded or [False])[self.costs.year.codes]

    @cached_property
    def unpayable(self) -> Mask:
        """The costs of a fund's year whose kind none of its funds may pay: bool[cells]."""
        costs, kinds = self.costs, frozenset(self.kind_labels)
        payable = [
            [
                any(fund.may_pay(year, kind, kinds) for fund in self.scenario.funds)
                for kind in costs.kind.levels
            ]
            for year in costs.year.levels
        ]
        may: Mask = np.array(payable, dtype=bool)[costs.year.codes, costs.kind.codes]
        return self.paid_cells & ~may

    @cached_property
    def selectable(self) -> dict[str, Callable[[str], str] | None]:
        """What limits may select by, each with a reader of the values that occur; ``None`` where they are
        not known. A reader raises :class:`Misread`."""
        costs_unread = self.scenario.costs is not None and self.costs_by_kind is None
        occur: dict[str, Iterable[str] | None] = {
            "ministry": [body.id for body in self.ministries.bodies],
            "technology": [tech.id for tech in self.products.technologies],
            "product": [product.id for tech in self.products.technologies for product in tech.products],
            "class": CLASSES,
            "secrecy": SECRECY_GRADES,
            "project": None,
            "year": None if costs_unread else self.year_labels,
            "kind": None if costs_unread else self.kind_labels,
        }
        if self.register is not None:
            occur["project"] = self.register.ids
            columns = self.register.columns
            occur |= {name: columns[name].levels for name in self.scenario.fields if name in columns}
        return {
            field: None if values is None else one_of(values, "unknown_selection")
            for field, values in occur.items()
        }

    def cells_of(self, limit: Limit) -> Mask:
        """The costs that a limit selects, bool[cells]: of its years, else all that a fund is of."""
        chosen = self.projects.selected_by(limit)[self.costs.project]
        chosen &= self.costs.year.among(limit.where["year"]) if "year" in limit.where else self.paid_cells
        if "kind" in limit.where:
            chosen &= self.costs.kind.among(limit.where["kind"])
        return chosen

    def most_mvnd(self, chosen: Mask) -> Ints:
        """The most that the State may have to pay of the costs chosen, int64[n] in million VND: less what
        others pay, and within the State's share cap of the project's class."""
        register = self.projects
        most = np.zeros(len(register), dtype=np.int64)
        np.add.at(most, self.costs.project[chosen], self.costs.cost_mvnd[chosen])
        num, den = self._state_share
        exact = num * most // den + (num * most % den > 0)
        return np.asarray(exact).astype(np.int64)

    @cached_property
    def _state_share(self) -> tuple[Any, Any]:
        """The State's greatest share of every project's cost, as numerators and denominators: whole numbers
        in Python's own integers, or one 1 for all where it is all of every cost."""
        register, caps = self.projects, self.scenario.state_share_cap
        if register.cofinance_mvnd is None and not caps:
            return 1, 1
        den = register.ask_mvnd.astype(object)
        num = den if register.cofinance_mvnd is None else den - register.cofinance_mvnd
        for name, cap in caps.items():
            over = register.columns["class"].among((name,)) & (num * cap.denominator > den * cap.numerator)
            num = np.where(over, cap.numerator, num)
            den = np.where(over, cap.denominator, den)
        return num, den

    def available_mvnd(self, limit: Limit | None = None) -> int:
        """What the funds of a limit's years and kinds (without a limit, all) hold, less what is reserved."""
        where = limit.where if limit else {}
        funds = [fund for fund in self.scenario.funds if _may_pay_some(fund, where)]
        return sum(max(0, fund.amount_mvnd - self.reserved_mvnd(fund)) for fund in funds)

    def reserved_mvnd(self, fund: Fund) -> int:
        """What is reserved of a fund; a reserve that names none is of the first."""
        first = self.scenario.funds[0].id
        return sum(
            reserve.amount_mvnd
            for reserve in self.scenario.reserves
            if (reserve.fund or first).casefold() == fund.id.casefold()
        )


def _may_pay_some(fund: Fund, where: dict[str, tuple[str, ...]]) -> bool:
    """Whether a fund may pay costs of one of the years and one of the kinds that a limit selects."""
    years, kinds = ({value.casefold() for value in where.get(name, ())} for name in ("year", "kind"))
    pays = {kind.casefold() for kind in fund.pays}
    return (not years or fund.year.casefold() in years) and (not kinds or not pays or bool(kinds & pays))
