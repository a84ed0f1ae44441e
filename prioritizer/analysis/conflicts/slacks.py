"""The program of a case in which what may be negotiated may be broken, and how little of it has to be.

Every rule that is open to negotiation gets a column that says by how much the plan breaks it, in million VND
or projects; as little as possible is broken, weighted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, lcm

import numpy as np

from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.program import FREE, SAFE, Formulation, Program, Row, restricted
from prioritizer.allocation.solvers.highs import search
from prioritizer.analysis.conflicts.clash import negotiable
from prioritizer.analysis.conflicts.feasibility import exactly, most_of, widened
from prioritizer.analysis.conflicts.rules import rules_of, stated
from prioritizer.model import Case, Ints
from prioritizer.money import MVND_PER_BN
from prioritizer.results import Rule, Scores


@dataclass(frozen=True)
class Slack:
    """By how much a rule is broken: the column, what one unit of it costs, and where the rule stands."""

    rule: Rule
    column: int
    price: Fraction


@dataclass(frozen=True)
class Stretched:
    """The program of a case with slacks, to be maximised: minus what they cost."""

    form: Formulation
    program: Program
    slacks: tuple[Slack, ...]


Amounts = list[Fraction]


def stretch(case: Case, scores: Scores) -> Stretched:
    rules = rules_of(case, scores)
    form = stated(case, scores, frozenset(rules))
    program, slacks = form.program, list[Slack]()
    rows = {row.name: at for at, row in enumerate(program.rows)}
    stretched, upper, whole = list(program.rows), program.upper.tolist(), program.whole.tolist()
    for rule in rules:
        at = rows.get(f"{rule.kind}[{rule.id}]")
        if at is None or not negotiable(case, rule):
            continue
        column, row = len(upper), stretched[at]
        step, most, price, asks = _terms(case, rule, row, program)
        if most > 0:
            stretched[at] = widened(row, column, step)
            slacks.append(Slack(rule, column, price))
            upper.append(most)
            whole.append(asks)
    names = (*program.columns, *(f"slack[{each.rule.kind},{each.rule.id}]" for each in slacks))
    gain = {each.column: -each.price for each in slacks}
    wide = Program(
        names,
        np.array(upper, dtype=np.int64),
        *_gains(gain, len(names)),
        tuple(stretched),
        np.array(whole, dtype=bool),
    )
    return Stretched(form, wide, tuple(slacks))


def _terms(case: Case, rule: Rule, row: Row, program: Program) -> tuple[int, int, Fraction, bool]:
    """A slack's coefficient in its row, its upper bound, its price per unit, and whether it is whole."""
    reach = most_of(row, program.upper)
    if rule.kind == "decision":
        decision = next(each for each in case.scenario.decisions if each.id == rule.id)
        if decision.fund == "nothing":
            return -reach, 1 if reach else 0, decision.relax_weight, True
        return 1, row.lower, decision.relax_weight / MVND_PER_BN, False
    limit = next(limit for limit in case.scenario.limits if limit.id == rule.id)
    bound = limit.at_least if rule.kind == "at_least" else limit.at_most
    assert bound is not None
    step = 1 if bound.share_of_allocated is None else bound.share_of_allocated.denominator
    unit = 1 if bound.count is not None else MVND_PER_BN
    if rule.kind == "at_least":
        below = -most_of(row, program.upper, below=True)
        most, sign = ceil(Fraction(row.lower + below, step)), 1
    else:
        most, sign = ceil(Fraction(reach - row.upper, step)), -1
    return sign * step, most, limit.relax_weight / unit, bound.count is not None


def _gains(gain: dict[int, Fraction], size: int) -> tuple[Ints, Ints]:
    num, den = np.zeros(size, dtype=object), np.ones(size, dtype=object)
    for column, each in gain.items():
        num[column], den[column] = each.numerator, each.denominator
    small = all(max(abs(each.numerator), each.denominator) < SAFE for each in gain.values())
    return (num.astype(np.int64), den.astype(np.int64)) if small else (num, den)


def least(stretched: Stretched) -> Amounts | None:
    """A plan that breaks as little as possible, exact, by column; ``None`` if there is none."""
    program, slacks = stretched.program, stretched.slacks
    amounts = _best(program)
    if amounts is None:
        return None
    cost = _cost(slacks, amounts)
    within = _held_to(program, slacks, cost)
    if not cost or within is None or not exactly(stretched.form.program):
        return amounts
    for slack in slacks:
        if amounts[slack.column]:
            other = _best(_aiming(within, {slack.column: Fraction(-1)}))
            amounts = other if other is not None and _cost(slacks, other) <= cost else amounts
        upper = within.upper.copy()
        upper[slack.column] = ceil(amounts[slack.column])
        within = replace(within, upper=upper)
    paying = {
        at: Fraction(int(each)) for at, each in enumerate(stretched.form.mvnd_per_unit.tolist()) if each
    }
    other = _best(_aiming(within, paying))  # of most money a share changes least
    return other if other is not None and _cost(slacks, other) <= cost else amounts


def _aiming(program: Program, gain: dict[int, Fraction]) -> Program:
    num, den = _gains(gain, len(program.columns))
    return replace(program, gain_num=num, gain_den=den)


def _cost(slacks: tuple[Slack, ...], amounts: Amounts) -> Fraction:
    return sum((each.price * amounts[each.column] for each in slacks), Fraction(0))


def _held_to(program: Program, slacks: tuple[Slack, ...], cost: Fraction) -> Program | None:
    """The program with no more broken than ``cost``; ``None`` where weights are too fine to state that."""
    scale = lcm(cost.denominator, *(each.price.denominator for each in slacks))
    coefs = [int(each.price * scale) for each in slacks]
    largest = max(int(upper) for upper in program.upper.tolist())
    if max([int(cost * scale), *(each * largest for each in coefs)]) * (len(coefs) + 1) >= SAFE:
        return None
    columns = np.array([each.column for each in slacks], dtype=np.int64)
    row = Row("cost", columns, np.array(coefs, dtype=np.int64), -FREE, int(cost * scale))
    return replace(program, rows=(*program.rows, row))


def _best(program: Program) -> Amounts | None:
    """An optimum by column: exact; where columns have to be whole, those as the solver finds them."""
    if program.linear:
        vertex = optimal_vertex(program)
        return None if vertex is None else [vertex.exact(at) for at in range(len(program.columns))]
    found = search(program, program.whole)
    if found.values is None:
        return None
    answers = np.where(program.whole, np.rint(found.values), 0).astype(np.int64)
    free = np.flatnonzero(~program.whole)
    rest = optimal_vertex(restricted(program, free, answers))
    if rest is None:
        return None
    amounts = [Fraction(each) for each in answers.tolist()]
    for at, column in enumerate(free.tolist()):
        amounts[column] = rest.exact(at)
    return amounts


def in_whole_millions(stretched: Stretched) -> Amounts | None:
    """A plan in whole million VND that breaks as little as possible, as the solver finds it."""
    levels = np.ones(len(stretched.program.columns))
    levels[: len(stretched.form.levels_per_unit)] = stretched.form.levels_per_unit
    every = np.ones(len(levels), dtype=bool)
    found = search(stretched.program, every, 1.0 / levels)
    if found.values is None:
        return None
    whole = np.rint(found.values * levels).astype(np.int64).tolist()
    return [Fraction(each, int(level)) for each, level in zip(whole, levels.tolist(), strict=True)]
