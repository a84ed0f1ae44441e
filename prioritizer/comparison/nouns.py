"""The nouns of a comparison. Tuples over scenarios stand in the order given, the base first; ``None`` in them
means absent, which is not zero."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from prioritizer.results import Evaluation, Rule

Numbers = tuple[int | None, ...]
Field = Literal["ministry", "class", "technology"]
Role = Literal["register", "costs", "assessments", "criteria", "ministries", "products"]


def from_base(amounts: Numbers) -> Numbers:
    """What every number is above the first, which is the base's; ``None`` where either is absent."""
    base = amounts[0]
    return tuple(None if each is None or base is None else each - base for each in amounts)


@dataclass(frozen=True)
class ProjectLine:
    """One project in every scenario: its row in the register (``None``: not listed), value in 1e-4 point,
    rank, and million VND (``None`` also where the scenario has no plan)."""

    id: str
    rows: Numbers
    values_e4: Numbers
    ranks: Numbers
    amounts_mvnd: Numbers

    @property
    def funded_in(self) -> tuple[int, ...]:
        """The scenarios, by place, in which it gets money."""
        return tuple(at for at, amount in enumerate(self.amounts_mvnd) if amount)

    @property
    def spread_mvnd(self) -> int:
        """The most that its money differs between two scenarios that have a plan; where it is not listed it
        gets nothing."""
        pairs = zip(self.rows, self.amounts_mvnd, strict=True)
        known = [amount or 0 for row, amount in pairs if amount is not None or row is None]
        return max(known) - min(known) if known else 0


@dataclass(frozen=True)
class GroupLine:
    """The projects of one ministry, class or technology (blank: of none) in every scenario: how many are
    listed and funded, and their million VND; ``None`` where none is listed, the last two also where the
    scenario has no plan."""

    field: Field
    id: str
    listed: Numbers
    funded: Numbers
    amounts_mvnd: Numbers


@dataclass(frozen=True)
class InputDifference:
    """Something that scenarios state differently: a key of the file, which thing under it, and (``part``) for
    weights the class, for projects of the register the column. ``given`` is what each states, ``None`` where
    nothing."""

    key: str
    id: str
    part: str
    given: tuple[Any, ...]


@dataclass(frozen=True)
class TableDifference:
    """A table or list that is not the same in all scenarios: the SHA-256 of each one's file (``None``: none),
    and the projects, by id, whose rows differ between scenarios that list them. ``partial`` are projects that
    not all registers list."""

    role: Role
    digests: tuple[str | None, ...]
    projects: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """How far two scenarios, by place, agree on the order of the projects that both list, by value: Kendall's
    tau-b, ``None`` where it is not defined."""

    one: int
    other: int
    shared: int
    kendall: float | None


@dataclass(frozen=True)
class Breach:
    """A rule of a scenario that another's plan breaks, and by how much, in million VND or projects.

    ``rule``: one of the scenario's rules (of ``project``, where it is about one). ``absent``: the project is
    not in its register. ``ineligible``: the project may get nothing. ``above_need``: more than it can use.
    """

    kind: Literal["rule", "absent", "ineligible", "above_need"]
    by: Fraction
    unit: Literal["mvnd", "projects"] = "mvnd"
    rule: Rule | None = None
    project: str | None = None


@dataclass(frozen=True)
class Regret:
    """The plan of one scenario (``plan``, by place) under the rules and values of another (``under``).

    ``value`` is what it is worth there, exact, in that scenario's unit; ``None`` where there is no such plan
    or it breaks the rules of ``breaches``. ``lost`` is by how much the other's own plan is worth more, never
    negative where that is optimal; ``None`` where one of them is not there. ``unknown`` are the other's
    projects that the plan does not know, and to which it gives nothing.
    """

    plan: int
    under: int
    value: Fraction | None
    lost: Fraction | None
    breaches: tuple[Breach, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two to six evaluations side by side. Projects stand by id, bodies in protocol order, classes in their
    usual order, technologies by id; none of that depends on the order of the scenarios."""

    evaluations: tuple[Evaluation, ...]
    projects: tuple[ProjectLine, ...]
    ministries: tuple[GroupLine, ...]
    classes: tuple[GroupLine, ...]
    technologies: tuple[GroupLine, ...]
    inputs: tuple[InputDifference, ...]
    tables: tuple[TableDifference, ...]
    agreements: tuple[Agreement, ...]
    regrets: tuple[Regret, ...]

    def shared_with_base(self, at: int) -> tuple[ProjectLine, ...]:
        """The projects that both the base and a scenario list."""
        return tuple(line for line in self.projects if None not in (line.rows[0], line.rows[at]))

    @property
    def planned(self) -> tuple[int, ...]:
        """The scenarios, by place, that have a plan."""
        return tuple(at for at, each in enumerate(self.evaluations) if each.plan.found)

    def funded_in(self, scenarios: int) -> tuple[ProjectLine, ...]:
        """The projects that get money in exactly so many scenarios."""
        return tuple(line for line in self.projects if len(line.funded_in) == scenarios)

    def moves(self, at: int) -> tuple[tuple[ProjectLine, int], ...]:
        """The projects whose money in a scenario differs from the base's, and by how much: who gains first,
        the most first; equals by id."""
        found = [(line, from_base(line.amounts_mvnd)[at]) for line in self.projects]
        moved = [(line, by) for line, by in found if by]
        return tuple(sorted(moved, key=lambda each: (each[1] < 0, -abs(each[1]), each[0].id)))
