"""Decisions about single projects, what projects need each other, and the order among equals."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from prioritizer.errors import Fault, Misread
from prioritizer.inputs.dossiers import written_out
from prioritizer.inputs.tables import one_of
from prioritizer.inputs.unchecked import Unchecked
from prioritizer.model import Decision

NAMED = 12  # projects of a cycle that are named


def projects_are_known(unchecked: Unchecked) -> Iterator[Fault]:
    """Decisions, dependencies and the order among equals are about projects of the register."""
    if unchecked.register is None:
        return
    known, scenario = one_of(unchecked.register.ids, "unknown_project"), unchecked.scenario
    named = [(("decisions", at, "project"), each.project) for at, each in enumerate(scenario.decisions)]
    for at, each in enumerate(scenario.dependencies):
        named += [(("dependencies", at, "project"), each.project)]
        named += [(("dependencies", at, "requires"), each.requires)]
    paths: list[tuple[tuple[str | int, ...], str]] = [*named]
    paths += [(("tie_order", at), name) for at, name in enumerate(scenario.tie_order)]
    for path, name in paths:
        try:
            known(name)
        except Misread as misread:
            yield unchecked.fault(misread.code, path, **misread.params)


def tie_order_names_each_once(unchecked: Unchecked) -> Iterator[Fault]:
    """A project has one place in the order among equals."""
    seen: set[str] = set()
    for at, name in enumerate(unchecked.scenario.tie_order):
        if name.casefold() in seen:
            yield unchecked.fault("tie_order_repeats", ("tie_order", at), project=name)
        seen.add(name.casefold())


def verb(decision: Decision) -> str:
    """The key by which a decision says what is decided."""
    if decision.fund:
        return "fund"
    return "locked_bn" if decision.at_least_mvnd is None else "fund_at_least_bn"


def decisions_agree(unchecked: Unchecked) -> Iterator[Fault]:
    """No project gets money and nothing, nor the same kind of decision twice."""
    seen: set[tuple[str, str, str | None]] = set()
    barred = {each.project.casefold() for each in unchecked.scenario.decisions if each.fund == "nothing"}
    for at, each in enumerate(unchecked.scenario.decisions):
        what = each.project.casefold(), verb(each), each.fund
        if what in seen:
            yield unchecked.fault(
                "decision_repeated", ("decisions", at), project=each.project, verb=verb(each)
            )
        elif each.fund != "nothing" and each.project.casefold() in barred:
            yield unchecked.fault("decisions_contradict", ("decisions", at), project=each.project)
        seen.add(what)


def decisions_are_within_asks(unchecked: Unchecked) -> Iterator[Fault]:
    """What a decision gives, or what was committed, is within what the project asks of the funds."""
    if unchecked.register is None or not unchecked.sound:
        return
    asked = unchecked.most_mvnd(unchecked.paid_cells)
    for at, each in unchecked.musts:
        row = unchecked.row_of[each.project.casefold()]
        amount = each.at_least_mvnd or each.locked_mvnd or 0
        if amount > int(asked[row]):
            params = {"project": each.project, "amount_mvnd": amount, "asked_mvnd": int(asked[row])}
            yield unchecked.fault("decision_above_ask", ("decisions", at, verb(each)), **params)


def musts_are_eligible(unchecked: Unchecked) -> Iterator[Fault]:
    """What must be funded may be funded: its dossier is complete, and its costs are of kinds that are paid.

    Whether its scores suffice is known only when they are counted.
    """
    if unchecked.register is None or not unchecked.sound:
        return
    columns = unchecked.register.columns
    asked = written_out(unchecked.scenario.eligibility)
    unpaid = set(unchecked.costs.project[np.flatnonzero(unchecked.unpayable)].tolist())
    for at, each in unchecked.musts:
        row = unchecked.row_of[each.project.casefold()]
        dossier = asked.dossier_of(columns["class"][row])
        lacking = ", ".join(name for name in dossier if name in columns and not columns[name][row])
        if lacking:
            yield unchecked.fault(
                "must_lacks_dossier", ("decisions", at), project=each.project, columns=lacking
            )
        if row in unpaid:
            yield unchecked.fault("must_cannot_be_paid", ("decisions", at), project=each.project)


def musts_have_cofinance(unchecked: Unchecked) -> Iterator[Fault]:
    """What must be funded has others to pay what the State may not: something at all, for a whole project all
    of it."""
    if unchecked.register is None or not unchecked.sound:
        return
    register = unchecked.register
    caps = {str(name): cap for name, cap in unchecked.scenario.state_share_cap.items()}
    for at, each in unchecked.musts:
        row = unchecked.row_of[each.project.casefold()]
        cap = caps.get(register.columns["class"][row], Fraction(1))
        ask, offered = int(register.ask_mvnd[row]), 0
        if register.cofinance_mvnd is not None:
            offered = int(register.cofinance_mvnd[row])
        whole = register.columns["funding"][row] == "whole"
        if cap < 1 and (not offered or (whole and offered < (1 - cap) * ask)):
            params = {"cap": str(cap), "cofinance_mvnd": offered, "ask_mvnd": ask}
            yield unchecked.fault("must_lacks_cofinance", ("decisions", at), project=each.project, **params)


def dependencies_are_sound(unchecked: Unchecked) -> Iterator[Fault]:
    """No project needs itself, nor another one twice."""
    seen: set[tuple[str, str]] = set()
    for at, each in enumerate(unchecked.scenario.dependencies):
        pair = each.project.casefold(), each.requires.casefold()
        params = {"project": each.project, "requires": each.requires}
        if pair[0] == pair[1]:
            yield unchecked.fault("dependency_on_itself", ("dependencies", at), project=each.project)
        elif pair in seen:
            yield unchecked.fault("dependency_repeated", ("dependencies", at), **params)
        seen.add(pair)


def dependencies_have_no_cycle(unchecked: Unchecked) -> Iterator[Fault]:
    """Projects that need each other in a circle are one project."""
    needs = _needs(unchecked)
    done: set[str] = set()
    for start in needs:
        cycle = _cycle(start, needs, done)
        if cycle:
            at = next(
                at
                for at, each in enumerate(unchecked.scenario.dependencies)
                if [each.project.casefold(), each.requires.casefold()] == cycle[:2]
            )
            spelled = {each.project.casefold(): each.project for each in unchecked.scenario.dependencies}
            names = [spelled[name] for name in cycle]
            shown = names if len(names) <= NAMED else [*names[: NAMED - 1], "…", names[-1]]
            yield unchecked.fault("dependency_cycle", ("dependencies", at), cycle=" → ".join(shown))


def _needs(unchecked: Unchecked) -> dict[str, list[str]]:
    """What each project needs, by ids ignoring case; what needs itself is another fault."""
    needs: dict[str, list[str]] = {}
    for each in unchecked.scenario.dependencies:
        project, other = each.project.casefold(), each.requires.casefold()
        if project != other:
            needs.setdefault(project, []).append(other)
    return needs


def _cycle(start: str, needs: dict[str, list[str]], done: set[str]) -> list[str]:
    """A circle that can be reached from ``start`` past what is done, its first at both ends; else nothing."""
    path: dict[str, None] = {}
    stack = [(start, False)]
    while stack:
        name, left = stack.pop()
        if left:
            done.add(path.popitem()[0])
        elif name in path:
            done.update(path)
            names = list(path)
            return [*names[names.index(name) :], name]
        elif name not in done:
            path[name] = None
            stack.append((name, True))
            stack += [(other, False) for other in needs.get(name, ())]
    return []


def musts_need_nothing_barred(unchecked: Unchecked) -> Iterator[Fault]:
    """A project that must be funded needs, however indirectly, none that must not be."""
    needs = _needs(unchecked)
    barred = {
        each.project.casefold(): each.project
        for each in unchecked.scenario.decisions
        if each.fund == "nothing"
    }
    for at, each in unchecked.musts:
        needed, queue = set[str](), [each.project.casefold()]
        while queue:
            more = [name for name in needs.get(queue.pop(), ()) if name not in needed]
            needed.update(more)
            queue += more
        for name in sorted(needed & barred.keys()):
            params = {"project": each.project, "requires": barred[name]}
            yield unchecked.fault("must_requires_barred", ("decisions", at), **params)
