"""Who pays: the amounts of a plan, cell by cell, split over the funds that may pay them.

The program only asks that, for every set of funds, what no other fund may pay is within what they hold; then
a split exists (Gale). The rule picks one: project by project in the order of the tie rule, each cost from the
first fund of the scenario as far as that leaves every other cost a payer, then from the next.
"""

from __future__ import annotations

import numpy as np

from prioritizer.allocation.program import Formulation
from prioritizer.allocation.statement.funds import available_mvnd, unions
from prioritizer.errors import Defect
from prioritizer.model import Case, Ints
from prioritizer.results import Payment


def payments(case: Case, form: Formulation, places: Ints, order: Ints) -> tuple[Payment, ...]:
    """What every fund pays of every cell of a plan, and what later years will need.

    ``places``, int64, is the plan; ``order``, int64[n], the rows of the register in the tie rule's order.
    """
    cells, funds = form.demand, case.scenario.funds
    rank = np.empty(len(case.register), dtype=np.int64)
    rank[order] = np.arange(len(order))
    paid = np.flatnonzero(places[: len(cells.cost_mvnd)])
    split = _Split(form, available_mvnd(case), paid, places)
    made: list[Payment] = []
    for cell in paid[np.argsort(rank[cells.project[paid]], kind="stable")].tolist():
        labels = (
            int(cells.project[cell]),
            int(cells.milestone[cell]),
            cells.years[cells.year[cell]],
            cells.kinds[cells.kind[cell]],
        )
        if not cells.funded[cell]:
            made.append(Payment(*labels, None, int(places[cell])))
        for fund, amount in split.of(cell, int(places[cell])):
            made.append(Payment(*labels, funds[fund].id, amount))
    return tuple(sorted(made, key=lambda each: each.project))


class _Split:
    """What the funds still hold, and what the rest still needs of them."""

    def __init__(self, form: Formulation, held: list[int], paid: Ints, places: Ints) -> None:
        cells = form.demand
        self.sets, self.payers = cells.payer_sets, cells.payers
        self.held, self.funded = held, cells.funded
        self.need: dict[int, int] = {}
        for cell in paid[cells.funded[paid]].tolist():
            at = int(self.payers[cell])
            self.need[at] = self.need.get(at, 0) + int(places[cell])
        used = [self.sets[at] for at in self.need]
        self.unions = unions(used)

    def of(self, cell: int, amount: int) -> list[tuple[int, int]]:
        """The funds that pay a cell, and how much each."""
        if not self.funded[cell]:
            return []
        kind, left, parts = int(self.payers[cell]), amount, []
        for fund in self.sets[kind]:
            part = min(left, self.held[fund], self._spare(fund, kind))
            if part > 0:
                parts.append((fund, part))
                left, self.held[fund] = left - part, self.held[fund] - part
                self.need[kind] -= part
        if left:
            raise Defect("the funds cannot pay the plan")
        return parts

    def _spare(self, fund: int, kind: int) -> int:
        """What the fund can give to cells of this kind without taking from others their last payer."""
        spare = [self.held[fund]]
        for union in self.unions:
            if fund in union and not union.issuperset(self.sets[kind]):
                inside = sum(need for at, need in self.need.items() if union.issuperset(self.sets[at]))
                spare.append(sum(self.held[each] for each in union) - inside)
        return min(spare)
