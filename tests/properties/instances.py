"""Tiny cases with every rule of the scenario in some combination, drawn from a seed.

Numbers are few and round, so that ties, degenerate vertices and clashing rules abound. ``linear`` cases ask
nothing that has to be answered by yes or no.
"""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from prioritizer.model import Case
from tests.build import BODIES, Cost, Project, case

BODY = BODIES[:3]
CLASS = ("group1", "group2-push", "group2-pull")
YEARS = ("2026", "2027", "2028")
KINDS = ("recurrent", "investment")
VALUES = (0, 100_000, 200_000, 200_000, 400_000, 500_000, 900_000)
SHARES = ("0", "1/10", "1/4", "1/3", "1/2", "2/7", "2/3", "1")


def drawn(seed: int, linear: bool = False, unit: int = 1, letter: str = "P") -> Case:
    """The case of a seed; amounts are multiples of ``unit`` million VND, ids begin with ``letter``."""
    return _Draw(Random(seed), linear, unit, letter).case()


class _Draw:
    """A case in the making."""

    def __init__(self, rng: Random, linear: bool, unit: int, letter: str) -> None:
        self.rng, self.linear, self.unit, self.letter = rng, linear, unit, letter
        self.count = rng.choice([2, 3, 3, 4, 4, 5])
        self.dated = rng.random() < 0.45
        self.funds = self._funds()
        self.years = sorted({fund["year"] for fund in self.funds})

    def case(self) -> Case:
        projects = [self._project(at) for at in range(self.count)]
        envelope = sum(fund["amount_bn"] for fund in self.funds)
        limits = [self._limit(at, envelope) for at in range(self._some([0, 1, 1, 2, 3]))]
        basis = self.rng.choice(["funding", "project"])
        hurdle = self.rng.choice([0, 0, 100_000, 200_000])
        if basis == "project":
            hurdle = hurdle * 100 // self.unit
        return case(projects, 0, limits, basis, hurdle, funds=self.funds, **self._more(projects))

    def _some(self, choices: Sequence[Any]) -> Any:
        return self.rng.choice(choices)

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _funds(self) -> list[dict[str, Any]]:
        funds = []
        for at in range(self._some([1, 2, 2, 3]) if self.dated else 1):
            fund = {
                "id": f"f{at}",
                "year": self._some(YEARS[:2]),
                "amount_bn": self._money(0, 4 * self.count),
            }
            if self.dated and self._chance(0.5):
                fund["pays"] = self._some([KINDS[:1], KINDS[1:], KINDS])
            funds.append(fund)
        return funds

    def _money(self, least: int, most: int) -> int:
        return self.rng.randint(least, max(least, most)) * self.unit

    def _name(self, at: int) -> str:
        return f"{self.letter}{at:02d}"

    def _project(self, at: int) -> Project:
        more: dict[str, Any] = {"id": self._name(at)}
        rule = (
            "flexible" if self.linear else self._some(["flexible"] * 3 + ["whole", "minimum", "milestones"])
        )
        ask = self._money(1, 6)
        if rule == "milestones":
            parts = self._some([2, 2, 3])
            shares = self._some([(1,) * parts, (2, *(1,) * (parts - 1)), (*(0,) * (parts - 1), 1)])
            more["shares"] = tuple(Fraction(share, sum(shares)) for share in shares)
            more["costs"] = tuple(
                cost for number in range(1, parts + 1) for cost in self._costs(self._money(1, 3), number)
            )
            ask = sum(cost.amount for cost in more["costs"])
        elif self.dated and self._chance(0.7):
            more["costs"] = self._costs(ask, 0)
        if self._chance(0.15):
            more["cofinance"] = self._money(1, ask // self.unit)
            more["cofinance"] = min(more["cofinance"], ask)
        if rule == "minimum":
            more["minimum"] = self.rng.randint(1, ask)
        return Project(
            ask, self._some(VALUES), self._some(BODY), class_=self._some(CLASS), funding=rule, **more
        )

    def _costs(self, ask: int, milestone: int) -> tuple[Cost, ...]:
        """An amount over some years and kinds, at least a part of it in a year that a fund is of."""
        places = [(year, kind) for year in YEARS[:3] for kind in ("", *KINDS)] if self.dated else []
        chosen = self.rng.sample(places, min(len(places), self._some([0, 1, 2])))
        parts = {place: self.unit * self.rng.randint(1, 2) for place in chosen}
        rest = ask - sum(parts.values())
        if rest <= 0:
            parts, rest = {}, ask
        first = (self.funds[0]["year"], "")
        parts[first] = parts.get(first, 0) + rest
        return tuple(Cost(year, amount, kind, milestone) for (year, kind), amount in parts.items())

    def _limit(self, at: int, envelope: int) -> dict[str, Any]:
        kind = self._some(["amount_bn", "share_of_envelope", "share_of_allocated", "count"])
        if self.linear and kind == "count":
            kind = "amount_bn"
        limit: dict[str, Any] = {"id": f"l{at}", "where": self._where(kind)}
        sides = self._some([["at_most"], ["at_most"], ["at_least"], ["at_least", "at_most"]])
        for side in sides:
            limit[side] = {kind: self._size(kind, side, envelope)}
        if self._chance(0.2):
            limit["penalty"] = self._some([50_000, 300_000, 2_000_000])
            if self._some([True, False]):
                limit["penalty"] *= 100
        return limit

    def _where(self, kind: str) -> dict[str, Any]:
        where: dict[str, Any] = {}
        if self._chance(0.6):
            where["ministry"] = self.rng.sample(BODY, self._some([1, 1, 2]))
        if self._chance(0.2):
            where["class"] = self.rng.sample(CLASS, self._some([1, 2]))
        if self._chance(0.15):
            where["project"] = [self._name(at) for at in range(self.count) if self._chance(0.5)] or [
                self._name(0)
            ]
        if self.dated and kind != "count":
            if self._chance(0.25):
                own = self.years if kind.startswith("share_of_envelope") else YEARS
                where["year"] = self.rng.sample(own, 1)
            if self._chance(0.25):
                where["kind"] = [self._some(KINDS)]
        return where

    def _size(self, kind: str, side: str, envelope: int) -> Any:
        if kind == "count":
            return self._some([0, 1, 1, 2]) if side == "at_least" else self._some([1, 1, 2, 3])
        if kind == "amount_bn":
            return self._money(0, (envelope // self.unit) // (2 if side == "at_least" else 1))
        return self._some(SHARES[:5] if side == "at_least" else SHARES)

    def _more(self, projects: Sequence[Project]) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if self._chance(0.2):
            more["state_share_cap"] = {self._some(CLASS): self._some(["1/2", "2/3", "0.4", "1"])}
        if self._chance(0.15):
            fund = self._some(self.funds)
            amount = min(self._money(0, 2), fund["amount_bn"])
            more["reserves"] = [{"id": "r", "amount_bn": amount, "fund": fund["id"]}]
        if self._chance(0.2):
            more["tie_order"] = [self._name(at) for at in self.rng.sample(range(self.count), 2)]
        if not self.linear and self._chance(0.2):
            more["least_grant_bn"] = self._money(1, 3)
        more["decisions"] = self._decisions(projects)
        more["dependencies"] = self._dependencies()
        return more

    def _decisions(self, projects: Sequence[Project]) -> list[dict[str, Any]]:
        decisions = []
        for at, project in enumerate(projects):
            if self._chance(0.12):
                part = self.rng.randint(1, project.ask)
                verb = self._some(
                    [{"fund": "full"}, {"fund": "nothing"}, {"fund_at_least_bn": part}, {"locked_bn": part}]
                )
                decisions.append({"project": self._name(at), **verb})
        return decisions

    def _dependencies(self) -> list[dict[str, Any]]:
        """Later projects need earlier ones, so that none needs itself."""
        needs = []
        for at in range(1, self.count):
            if self._chance(0.12):
                other = self._name(self.rng.randrange(at))
                in_full = not self.linear and self._chance(0.5)
                needs.append({"project": self._name(at), "requires": other, "in_full": in_full})
        return needs
