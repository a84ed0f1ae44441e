"""A plan from elsewhere held against the rules of a case: amounts by project, and every rule they break.

What a project gets is spread over its costs, and its milestones filled one after the other, as this case has
them; yes-or-no answers follow from the amounts, and soft limits are broken by no more than is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil

import numpy as np

from prioritizer.allocation.choice.whole import holds, in_proportion
from prioritizer.allocation.demand import apportioned
from prioritizer.allocation.program import Formulation, Row
from prioritizer.comparison.nouns import Breach
from prioritizer.errors import Defect
from prioritizer.model import Case, Ints, Limit
from prioritizer.results import Rule

_OF_PROJECT = ("least", "only_if", "done", "next", "full")


def transfer(case: Case, form: Formulation, amount_mvnd: Ints) -> tuple[Ints, tuple[Breach, ...]]:
    """The levels, int64[columns], of the plan that gives every project of the register ``amount_mvnd``, and
    every rule that it breaks; with any broken the levels mean nothing."""
    carrying = _Carrying(case, form, amount_mvnd)
    breaches = (*carrying.unfit.values(), *carrying.broken_rows())
    if not breaches and not holds(form, carrying.level):
        raise Defect("a plan breaks a rule that is not named")
    return carrying.level, breaches


class _Carrying:
    """The plan on its way into the columns and places of a case; ``unfit`` has the projects, by row, that
    cannot have the amount they are given."""

    def __init__(self, case: Case, form: Formulation, amount: Ints) -> None:
        self.case, self.form, self.amount = case, form, amount
        self.most = form.program.upper * form.levels_per_unit
        self.level = np.zeros(len(form.program.columns), dtype=np.int64)
        self.unfit: dict[int, Breach] = {}
        order = np.argsort(form.project_of, kind="stable")
        ends = np.searchsorted(form.project_of[order], np.arange(len(case.register) + 1))
        self.columns = [order[start:end] for start, end in pairwise(ends)]
        for row in np.flatnonzero(amount).tolist():
            self._fill(row)
        self._answer()
        self.places = self._places()
        self._break_soft_limits()

    # ------------------------------------------------------------------ amounts

    def _fill(self, row: int) -> None:
        """The project's money into its columns, milestone by milestone."""
        left = int(self.amount[row])
        for column in self.columns[row].tolist():
            paid = int(self.form.mvnd_per_unit[column])
            if self.form.program.whole[column]:
                taken = self.form.program.upper[column] and left >= paid
                self.level[column], left = int(taken), left - paid if taken else left
            elif not paid:  # a milestone of years without funds comes before what is paid after it
                self.level[column] = self.most[column] if left else 0
            else:
                part = min(left, int(self.most[column]))
                self.level[column], left = part, left - part
        if left:
            self.unfit[row] = self._unfit(row, left)

    def _unfit(self, row: int, left: int) -> Breach:
        name, given = self.case.register.ids[row], int(self.amount[row])
        if row in self.form.lacks:
            return Breach("ineligible", Fraction(given), project=name)
        own = self.columns[row]
        if self.form.program.whole[own].any() and left == given:
            lack = int(self.form.mvnd_per_unit[own].sum()) - given
            return Breach("rule", Fraction(lack), rule=Rule("own", name), project=name)
        return Breach("above_need", Fraction(left), project=name)

    # ------------------------------------------------------------------ answers

    def _answer(self) -> None:
        """Every answer that is yes for these amounts."""
        for column in np.flatnonzero(self.form.project_of < 0).tolist():
            family, _, inner = self.form.program.columns[column][:-1].partition("[")
            if family in ("yes", "done", "full"):
                name, _, milestone = inner.partition(",")
                row = self.case.register.row_of(name)
                yes = self._is_yes(family, row, int(milestone or 0))
                self.level[column] = int(yes and self.form.program.upper[column])

    def _is_yes(self, family: str, row: int, milestone: int) -> bool:
        own = self.columns[row]
        if family == "yes":
            return bool(self.amount[row])
        own = own[milestone - 1 : milestone] if family == "done" else own[self.form.mvnd_per_unit[own] > 0]
        return bool((self.level[own] == self.most[own]).all())

    def _places(self) -> Ints:
        """What the plan holds in every place, projects that cannot have it included."""
        places, cells = self.form.places(self.level).copy(), self.form.demand
        for row in self.unfit:
            own = np.flatnonzero((cells.project == row) & cells.funded)
            if len(own):
                places[own] = apportioned(int(self.amount[row]), cells.cost_mvnd[own].tolist())
        for at, name in enumerate(self.form.ledger.columns[len(cells.funded) :], len(cells.funded)):
            if name.startswith("yes[") and self.case.register.row_of(name[4:-1]) in self.unfit:
                places[at] = 1
        return places

    def _break_soft_limits(self) -> None:
        broken = [
            (column, name) for column, name in enumerate(self.form.program.columns) if name[:7] == "broken["
        ]
        rows = {row.name: at for at, row in enumerate(self.form.ledger.rows)}
        for column, name in broken:
            limit, side = name[7:-1].rsplit(",", 1)
            at = rows[f"{side}[{limit}]"]
            coef = abs(self.form.program.rows[at].table[column])
            needed = max(0, ceil(self._excess(at) / coef))
            self.level[column] = min(needed, int(self.most[column]))
            self.places[self.form.column_of == column] = self.level[column]

    # ------------------------------------------------------------------ rules

    def broken_rows(self) -> Iterator[Breach]:
        """Every row that the plan breaks, as the rule it states."""
        limits = {limit.id: limit for limit in self.case.scenario.limits}
        for at, row in enumerate(self.form.ledger.rows):
            excess = self._excess(at)
            family, _, inner = row.name[:-1].partition("[")
            project = inner.partition(",")[0] if family in _OF_PROJECT else None
            if excess <= 0 or (project and self.case.register.row_of(project) in self.unfit):
                continue
            if family in ("at_least", "at_most"):
                yield _of_limit(limits[inner], family, excess)
            elif family == "requires":
                yield self._of_dependency(inner, row, excess)
            elif project is not None:
                yield Breach("rule", excess, rule=self._own_rule(project), project=project)
            else:
                rule = Rule("envelope" if family == "envelope" else "decision", inner)
                yield Breach("rule", excess, rule=rule)

    def _excess(self, at: int) -> Fraction:
        """How far a row is from holding, in whole millions and, where all projects fit, in exact
        proportion; 0 or less where it holds."""
        row = self.form.ledger.rows[at]
        held = [Fraction(row.activity(self.places))]
        if not self.form.plain and not self.unfit:
            held.append(in_proportion(self.form, self.form.program.rows[at], self.level))
        return max(max(row.lower - each, each - row.upper) for each in held)

    def _of_dependency(self, name: str, row: Row, excess: Fraction) -> Breach:
        """In the money of the project that depends on another."""
        dependency = next(each for each in self.case.scenario.dependencies if each.id == name)
        answers = bool((row.columns >= len(self.form.demand.funded)).all())
        given = int(self.amount[self.case.register.row_of(dependency.project)])
        by = Fraction(given) if answers else excess / int(row.coefs.max())
        return Breach("rule", by, rule=Rule("dependency", name), project=dependency.project)

    def _own_rule(self, project: str) -> Rule:
        """A minimum is the project's own, unless the scenario's least grant asks for more."""
        minimum, least = self.case.register.minimum_mvnd, self.case.scenario.least_grant_mvnd or 0
        own = 0 if minimum is None else int(minimum[self.case.register.row_of(project)])
        return Rule("least_grant") if least > own else Rule("own", project)


def _of_limit(limit: Limit, side: str, excess: Fraction) -> Breach:
    bound = limit.at_most if side == "at_most" else limit.at_least
    assert bound is not None
    rule = Rule("at_most" if side == "at_most" else "at_least", limit.id)
    if bound.share_of_allocated is not None:
        excess /= bound.share_of_allocated.denominator
    return Breach("rule", excess, "mvnd" if bound.count is None else "projects", rule)
