"""Rules that cannot all hold: a smallest set of them, by a deletion filter of our own.

One rule after the other is dropped for good if the others still clash without it; what is left is
irreducible. The order in which rules are tried decides which set is found, nothing else: a proof of
infeasibility only saves trials of rules that it does not rest on, and rules are dropped by halves only where
dropping them one by one would come to the same. So the answer rests neither on the solver nor on the order
of the register's rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from prioritizer.allocation.program import Formulation
from prioritizer.allocation.statement.places import selected_cells
from prioritizer.analysis.conflicts.feasibility import DEPTHS, Depth, feasible, most_of
from prioritizer.analysis.conflicts.rules import Rules, rules_behind, rules_of, stated
from prioritizer.model import Case, Limit
from prioritizer.results import Conflict, Rule, Scores, Shortage


@dataclass(frozen=True)
class _Verdict:
    """On a set of rules: whether they hold (``None``: not known), and rules among them that already clash."""

    holds: bool | None
    proven: bool
    core: Rules


_Judge = Callable[[Rules], _Verdict]


def clash(case: Case, scores: Scores) -> Conflict | None:
    """An irreducible set of rules that cannot all hold; ``None`` where all can, or where nobody knows."""
    order = rules_of(case, scores)
    depth = _depth(case, scores, order)
    if depth is None:
        return None
    if depth == "linear" and (alone := _alone(case, scores, order)) is not None:
        kept, irreducible, proven = frozenset([alone]), True, True
    else:
        kept, irreducible, proven = _filtered(case, scores, frozenset(order), depth)
    return Conflict(
        rules=tuple(rule for rule in order if rule in kept),
        status="no_whole_million_plan" if depth == "whole_million" else "infeasible",
        irreducible=irreducible,
        proven=proven,
        shortage=None if depth == "whole_million" else shortage(case, stated(case, scores, kept)),
    )


def _depth(case: Case, scores: Scores, rules: Sequence[Rule]) -> Depth | None:
    """The first question to which all rules together answer no."""
    form = stated(case, scores, frozenset(rules))
    for depth in DEPTHS:
        answer = feasible(form, depth)
        if not answer.holds:
            return depth if answer.holds is False else None
    return None


def _alone(case: Case, scores: Scores, order: Sequence[Rule]) -> Rule | None:
    """The first rule that asks for more than its projects can take, whatever else holds; best a negotiable
    one."""
    form = stated(case, scores, frozenset(order))
    program = form.program
    short = {row.name for row in program.rows if row.lower > most_of(row, program.upper)}
    found = [
        rule for rule in order if rule.kind in ("at_least", "decision") and f"{rule.kind}[{rule.id}]" in short
    ]
    found.sort(key=lambda rule: not negotiable(case, rule))
    return found[0] if found else None


def negotiable(case: Case, rule: Rule) -> bool:
    """Whether a rule is the group's own to relax: a limit or decision that is not decreed."""
    scenario = case.scenario
    if rule.kind in ("at_least", "at_most"):
        return not next(limit for limit in scenario.limits if limit.id == rule.id).decreed
    if rule.kind == "decision":
        return not next(each for each in scenario.decisions if each.id == rule.id).decreed
    return False


def _filtered(case: Case, scores: Scores, rules: Rules, depth: Depth) -> tuple[Rules, bool, bool]:
    """The irreducible set; whether it was shown to be one, and whether its clash is proven.

    What clashes for amounts of any size may be smaller still where answers have to be whole.
    """
    rules, irreducible, proven = _reduced(_groups(case, scores, rules), _judge(case, scores, depth))
    if depth == "linear" and not stated(case, scores, rules).program.linear:
        return _filtered(case, scores, rules, "yes_or_no")
    return rules, irreducible, proven


def _judge(case: Case, scores: Scores, depth: Depth) -> _Judge:
    def judged(rules: Rules) -> _Verdict:
        answer = feasible(stated(case, scores, rules), depth)
        core = rules if answer.core is None else rules_behind(case, answer.core, rules)
        return _Verdict(answer.holds, answer.proven, core)

    return judged


def _reduced(groups: Sequence[Sequence[Rule]], judged: _Judge) -> tuple[Rules, bool, bool]:
    """The deletion filter over rules in the order in which they are to be dropped."""
    kept = frozenset(rule for group in groups for rule in group)
    last, sure = judged(kept), True
    waiting = list(reversed(groups))
    while waiting:
        group = waiting.pop()
        if last.core.isdisjoint(group):
            kept = kept.difference(group)
            continue
        verdict = judged(kept.difference(group))
        if verdict.holds is False:
            kept, last = kept.difference(group), verdict
        elif len(group) > 1:
            half = len(group) // 2
            waiting += [group[half:], group[:half]]
        else:
            sure = sure and verdict.holds is True
    return kept, sure, last.proven


_DROPPED_FIRST = ("own", "dependency", "least_grant", "decision", "limit", "reserve", "envelope")


def _groups(case: Case, scores: Scores, rules: Rules) -> list[list[Rule]]:
    """The rules in the order in which they are dropped: what is not for negotiation first, so that the group
    sees what it can change; wide selections before narrow ones, so that few rules remain; else the last of
    the scenario first. What is seldom in the way comes in one group."""
    order = [rule for rule in rules_of(case, scores) if rule in rules]
    width = _widths(case, scores)
    place = {rule: at for at, rule in enumerate(order)}

    def key(rule: Rule) -> tuple[bool, int, int, int]:
        kind = "limit" if rule.kind in ("at_least", "at_most") else rule.kind
        return negotiable(case, rule), _DROPPED_FIRST.index(kind), -width.get(rule.id, 0), -place[rule]

    order.sort(key=key)
    seldom = [rule for rule in order if rule.kind in ("own", "dependency")]
    others = [[rule] for rule in order if rule.kind not in ("own", "dependency")]
    return [seldom, *others] if seldom else others


def _widths(case: Case, scores: Scores) -> dict[str, int]:
    """How many costs a limit is over, by its id."""
    cells = stated(case, scores, frozenset()).demand
    return {limit.id: len(selected_cells(case, cells, limit)) for limit in case.scenario.limits}


def shortage(case: Case, form: Formulation) -> Shortage | None:
    """The sum that says why the rows of a formulation clash, where one does: floors over different things
    that ask for more than those things can take, or than the one ceiling over all of them leaves."""
    rows = form.ledger.rows
    floors = [row for row in rows if row.lower > 0]
    counted = {f"at_least[{limit.id}]" for limit in case.scenario.limits if _counts(limit)}
    if not floors or len({row.name in counted for row in floors}) > 1:
        return None
    places = np.concatenate([row.columns for row in floors])
    if len(np.unique(places)) < len(places) or any((row.coefs != 1).any() for row in floors):
        return None
    needed, available = sum(row.lower for row in floors), int(form.ledger.upper[places].sum())
    over = [row.upper for row in rows if (row.coefs == 1).all() and np.isin(places, row.columns).all()]
    available = min([available, *over])
    unit: Literal["mvnd", "projects"] = "projects" if floors[0].name in counted else "mvnd"
    return Shortage(needed, available, unit) if needed > available else None


def _counts(limit: Limit) -> bool:
    return limit.at_least is not None and limit.at_least.count is not None
