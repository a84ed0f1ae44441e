"""One small scenario for every family of rules: what each makes of the program is held as LP text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.build import folder, table

HEAD = "id,name_vi,ministry,product,class,ask_bn,funding,minimum_bn,cofinance_bn,value"
COSTS_HEAD = "project,year,kind,amount_bn,milestone,value_share"
BASE = """schema: 1
id: tiny
title: {vi: "Thử", en: "Trial"}
register: register.csv
ministries: bodies.yaml
products: goods.yaml
criteria: benefits.yaml
"""


def rows(*, p1: str = ",,", p2: str = ",,", p3: str = ",,") -> tuple[str, ...]:
    """The register; of each project its funding rule, minimum and co-finance."""
    return (
        f"P1,một,A,,group1,1.5,{p1},80",
        f"P2,hai,B,,group2-push,2,{p2},60",
        f"P3,ba,A,,group1,1,{p3},40",
    )


@dataclass(frozen=True)
class Family:
    """A scenario's rules: its limits, whatever else it says, and its tables."""

    limits: Sequence[str] = ()
    more: str = ""
    rows: tuple[str, ...] = field(default_factory=rows)
    costs: Sequence[str] = ()
    funds: Sequence[str] = ('{id: fund, year: 2026, amount_bn: "3"}',)

    def written(self, place: Path) -> Path:
        """The scenario's path."""
        text = BASE + _listed("funds", self.funds) + _listed("limits", self.limits) + self.more
        text += "costs: costs.csv\n" if self.costs else ""
        costs = table(COSTS_HEAD, self.costs) if self.costs else None
        return folder(place, tiny_yaml=text, register_csv=table(HEAD, self.rows), costs_csv=costs)


def _listed(key: str, entries: Sequence[str]) -> str:
    return f"{key}:\n" + "".join(f"  - {entry}\n" for entry in entries) if entries else ""


COSTS = (
    "P1,2026,recurrent,0.5,,",
    "P1,2026,investment,1,,",
    "P2,2026,investment,0.8,,",
    "P2,2027,investment,1.2,,",
    "P3,2026,recurrent,1,,",
)
STAGED = (
    "P1,2026,,0.5,1,1/5",
    "P1,2026,,0.4,2,1/5",
    "P1,2027,,0.2,2,",
    "P1,2026,,0.4,3,3/5",
    "P2,2026,,2,,",
    "P3,2026,,1,,",
)
THREE_FUNDS = (
    '{id: research, year: 2026, amount_bn: "1", pays: [recurrent]}',
    '{id: building, year: 2026, amount_bn: "0.9", pays: [recurrent, investment]}',
    '{id: next, year: 2027, amount_bn: "0.9", pays: [investment]}',
)
WHOLE = rows(p1="whole,,", p2="whole,,", p3="whole,,")

FAMILIES = {
    "envelope": Family(),
    "envelopes": Family(costs=COSTS, funds=THREE_FUNDS),
    "reserve": Family(more='reserves: [{id: secret, amount_bn: "0.4"}]\n'),
    "ceiling-amount": Family(["{id: l, where: {ministry: A}, at_most: {amount_bn: 1.25}}"]),
    "ceiling-share-of-envelope": Family(["{id: l, where: {ministry: A}, at_most: {share_of_envelope: 1/3}}"]),
    "ceiling-share-of-allocated": Family(
        ["{id: l, where: {ministry: A}, at_most: {share_of_allocated: 1/3}}"]
    ),
    "ceiling-count": Family(["{id: l, at_most: {count: 2}}"]),
    "ceiling-year-and-kind": Family(
        ["{id: l, where: {year: 2026, kind: investment}, at_most: {share_of_envelope: 1/3}}"], costs=COSTS
    ),
    "ceiling-later-year": Family(["{id: l, where: {year: 2027}, at_most: {amount_bn: 0.6}}"], costs=COSTS),
    "ceiling-soft": Family(["{id: l, where: {ministry: A}, at_most: {amount_bn: 1.25}, penalty: 30}"]),
    "floor-amount": Family(["{id: l, where: {project: [P2, P3]}, at_least: {amount_bn: 2.5}}"]),
    "floor-share-of-envelope": Family(["{id: l, where: {ministry: B}, at_least: {share_of_envelope: 0.55}}"]),
    "floor-share-of-allocated": Family(
        ["{id: l, where: {ministry: B}, at_least: {share_of_allocated: 0.65}}"]
    ),
    "floor-count": Family(["{id: l, at_least: {count: 3}}"], more="least_grant_bn: 0.2\n"),
    "floor-soft-count": Family(
        ["{id: l, where: {ministry: A}, at_least: {count: 2}, penalty: 10}"], more="least_grant_bn: 0.6\n"
    ),
    "floor-and-ceiling": Family(["{id: l, at_least: {amount_bn: 1}, at_most: {share_of_envelope: 0.5}}"]),
    "exclude": Family(["{id: l, where: {project: [P1, P2]}, at_most: {count: 1}}"]),
    "names-made-safe": Family(
        [
            "{id: a-b, at_most: {amount_bn: 2}}",
            "{id: a.b, at_least: {amount_bn: 1}}",
            "{id: A_b, at_most: {amount_bn: 1.5}}",
        ]
    ),
    "minimum": Family(rows=rows(p2="minimum,1.6,")),
    "least-grant": Family(more="least_grant_bn: 1.1\n"),
    "whole": Family(rows=WHOLE),
    "whole-and-count": Family(["{id: l, at_least: {count: 2}}"], rows=WHOLE),
    "milestones": Family(rows=rows(p1="milestones,,"), costs=STAGED),
    "milestones-project": Family(
        more="objective: {basis: project}\n", rows=rows(p1="milestones,,"), costs=STAGED
    ),
    "decision-full": Family(more="decisions: [{project: P3, fund: full}]\n"),
    "decision-nothing": Family(more="decisions: [{project: P1, fund: nothing}]\n"),
    "decision-at-least": Family(more="decisions: [{project: P3, fund_at_least_bn: 0.3}]\n"),
    "decision-locked": Family(more="decisions: [{project: P3, locked_bn: 0.3}]\n"),
    "requires": Family(more="dependencies: [{project: P1, requires: P3}]\n"),
    "requires-in-full": Family(more="dependencies: [{project: P1, requires: P3, in_full: true}]\n"),
    "requires-whole": Family(more="dependencies: [{project: P1, requires: P3}]\n", rows=WHOLE),
    "cofinance-and-cap": Family(
        more="state_share_cap: {group1: 0.5, group2-push: 0.9}\n",
        rows=rows(p1=",,0.5", p2=",,0.4", p3=",,0.8"),
    ),
    "cofinance-project": Family(
        more="state_share_cap: {group1: 0.5}\nobjective: {basis: project, hurdle: 10}\n",
        rows=rows(p1=",,0.5", p3=",,0.8"),
    ),
    "objective-funding": Family(more="objective: {basis: funding, hurdle: 50}\n"),
    "objective-project": Family(more="objective: {basis: project, hurdle: 10}\n"),
}
