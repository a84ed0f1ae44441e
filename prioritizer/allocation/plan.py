"""From whole-million amounts to a plan that says for every project and every limit what holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Literal

import numpy as np

from prioritizer.allocation.program import FREE, Program, Row
from prioritizer.allocation.ties import Settled
from prioritizer.errors import Defect
from prioritizer.model import Case, Ints, Limit
from prioritizer.money import MVND_PER_BN
from prioritizer.results import E4, REASONS, LimitUse, Plan, Reason, Status, Unspent

FULL_VALUE_E4 = 100 * E4
Activities = Mapping[str, int]  # the left-hand side of every row at the plan, by name


def plan_of(case: Case, program: Program, amount: Ints, settled: Settled, status: Status) -> Plan:
    """The plan that places ``amount``, with its reasons."""
    rows = {row.name: row for row in program.rows}
    activities = {name: row.activity(amount) for name, row in rows.items()}
    _check(program, amount, activities)
    held_by = _held_by(program, amount, activities)
    floors = _floors_that_carry(program, amount, activities, held_by)
    reasons, tied = _reasons(program, amount), np.zeros(len(amount), dtype=bool)
    tied[list(settled.tied)] = True
    return Plan(
        status=status,
        amount_mvnd=amount,
        objective=_objective(case, program, amount),
        unit=_unit(case),
        unique=settled.unique,
        tie_mvnd=round(settled.moved),
        tied=tied,
        reason=tuple("forced_in" if at in floors else why for at, why in enumerate(reasons)),
        held_by=tuple(tuple(floors.get(at, names)) for at, names in enumerate(held_by)),
        limits=tuple(_use(case, rows, limit, amount, activities) for limit in case.scenario.limits),
        unspent=tuple(_unspent(case, program, amount, held_by)),
    )


def _check(program: Program, amount: Ints, activities: Activities) -> None:
    """The last look, whatever the way that led here: every bound and every row, in integers."""
    inside = bool((amount >= 0).all() and (amount <= program.upper).all())
    if not inside or any(not row.lower <= activities[row.name] <= row.upper for row in program.rows):
        raise Defect("the plan breaks a rule")


def no_plan(case: Case, status: Status) -> Plan:
    """A refusal: no amounts, and the status that says why."""
    n = len(case.register)
    zeros = np.zeros(n, dtype=np.int64)
    return Plan(status, zeros, None, _unit(case), None, 0, zeros.astype(bool), (None,) * n, ((),) * n, (), ())


def _unit(case: Case) -> Literal["bn_at_full_value", "points"]:
    return "bn_at_full_value" if case.scenario.objective.basis == "funding" else "points"


def _objective(case: Case, program: Program, amount: Ints) -> Fraction:
    """What the plan is worth, exact, in the objective's unit."""
    if case.scenario.objective.basis == "funding":
        worth = int(program.gain_num.astype(object) @ amount.astype(object))
        return Fraction(worth, FULL_VALUE_E4 * MVND_PER_BN)
    # A project funded in full adds a whole number of 1e-7 point; only the few funded in part need fractions.
    full = (amount == program.upper) & (amount > 0)
    fine = MVND_PER_BN * program.gain_num.astype(object) * program.upper.astype(object) // program.gain_den
    worth_full = Fraction(int(fine[full].sum()) if full.any() else 0, MVND_PER_BN)
    partly = np.flatnonzero((amount > 0) & ~full).tolist()
    worth_partly = sum(
        (Fraction(int(program.gain_num[j]) * int(amount[j]), int(program.gain_den[j])) for j in partly),
        Fraction(0),
    )
    return (worth_full + worth_partly) / E4


def _reasons(program: Program, amount: Ints) -> list[Reason]:
    worth, paid = program.gain_num > 0, amount > 0
    unworthy = np.where(paid, REASONS.index("forced_in"), REASONS.index("below_hurdle"))
    partly = np.where(paid, REASONS.index("marginal"), REASONS.index("crowded_out"))
    worthy = np.where(amount == program.upper, REASONS.index("funded"), partly)
    return [REASONS[code] for code in np.where(worth, worthy, unworthy).tolist()]


def _held_by(program: Program, amount: Ints, activities: Activities) -> list[list[str]]:
    """Per project: the rows that forbid one more million to a project worth it, or, to one that adds nothing
    but has money, the rows that forbid one less."""
    more = (program.gain_num > 0) & (amount < program.upper)
    less = (program.gain_num <= 0) & (amount > 0)
    held: list[list[str]] = [[] for _ in program.columns]
    for row in sorted(program.rows, key=_is_envelope):
        above, below = row.upper - activities[row.name], activities[row.name] - row.lower
        if row.largest <= min(above, below):
            continue
        stopped = more[row.columns] & ((row.coefs > above) | (-row.coefs > below))
        needed = less[row.columns] & ((-row.coefs > above) | (row.coefs > below))
        name = subject(row)
        for column in row.columns[stopped | needed].tolist():
            held[column].append(name)
    unheld = [column for column in np.flatnonzero(more | less).tolist() if not held[column]]
    if unheld:
        # Made whole: no row forbids a whole step any more, but those within a step of their bound did.
        close = [(subject(row), row.table) for row in program.rows if _touches(row, activities)]
        for column in unheld:
            held[column] = [name for name, coefs in close if column in coefs]
    return held


def _is_envelope(row: Row) -> bool:
    """Sorts limits before funds: what is particular to a project is named first."""
    return row.name.startswith("envelope[")


def _floors_that_carry(
    program: Program, amount: Ints, activities: Activities, held_by: list[list[str]]
) -> dict[int, list[str]]:
    """Projects that have money only because a floor needs it, and the floors: one million VND of theirs would
    do more good elsewhere, and nothing but the floor forbids to move it there.

    Elsewhere is a project still wanting, held back only by rows that the funded project uses as much.
    """
    tight = [row for row in program.rows if row.lower > -FREE and _touches(row, activities)]
    if not tight:
        return {}
    gain = _gains(program)
    wanting: dict[frozenset[str], tuple[Fraction | int, int]] = {}
    for column in np.flatnonzero((program.gain_num > 0) & (amount < program.upper)).tolist():
        held = frozenset(held_by[column])
        wanting[held] = max(wanting.get(held, (0, -1)), (gain[column], column))
    best = max((each for each, _ in wanting.values()), default=0)
    carried: dict[int, list[str]] = {}
    for row in tight:
        for column, coef in row.table.items():
            if coef <= 0 or not amount[column] or not 0 < gain[column] < best:
                continue
            uses = {subject(other) for other in program.rows if other.table.get(column, 0) > 0}
            better = (k for held, (g, k) in wanting.items() if g > gain[column] and held <= uses)
            if any(row.table.get(k, 0) < coef for k in better):
                carried.setdefault(column, []).append(subject(row))
    return carried


def _gains(program: Program) -> Sequence[Fraction | int]:
    if (program.gain_den == 1).all():
        whole: list[int] = program.gain_num.tolist()
        return whole
    return [Fraction(int(num), int(den)) for num, den in zip(program.gain_num, program.gain_den, strict=True)]


def subject(row: Row) -> str:
    """The fund or limit that a row speaks for."""
    return row.name[row.name.index("[") + 1 : -1]


def _use(case: Case, rows: Mapping[str, Row], limit: Limit, amount: Ints, activities: Activities) -> LimitUse:
    at_least, at_most = rows.get(f"at_least[{limit.id}]"), rows.get(f"at_most[{limit.id}]")
    lower, upper = at_least.lower if at_least else None, at_most.upper if at_most else None
    if limit.at_least and limit.at_least.share_of_allocated is not None:
        lower = ceil(limit.at_least.share_of_allocated * int(amount.sum()))
    if limit.at_most and limit.at_most.share_of_allocated is not None:
        upper = floor(limit.at_most.share_of_allocated * int(amount.sum()))
    # A row of ones is over just the limit's own projects.
    own = next((row for row in (at_least, at_most) if row is not None and (row.coefs == 1).all()), None)
    chosen = amount[own.columns] if own else amount[case.register.selected_by(limit)]
    return LimitUse(
        limit.id,
        int(chosen.sum()),
        int(np.count_nonzero(chosen)),
        lower,
        upper,
        at_least is not None and _touches(at_least, activities),
        at_most is not None and _touches(at_most, activities),
    )


def _touches(row: Row, activities: Activities) -> bool:
    """Whether not even one million VND of some project could move further towards the bound."""
    activity = activities[row.name]
    return min(row.upper - activity, activity - row.lower) < max(1, row.largest)


def _unspent(case: Case, program: Program, amount: Ints, held_by: list[list[str]]) -> list[Unspent]:
    """Every million left over, with its reason: it would go to the best projects still wanting, were it not
    for what holds each of them; what is left after them has no project worth it."""
    left = case.envelope_mvnd - int(amount.sum())
    wanting = np.flatnonzero((program.gain_num > 0) & (amount < program.upper))
    best_first = wanting[
        np.argsort(-(program.gain_num / program.gain_den)[wanting].astype(float), kind="stable")
    ]
    parts: dict[tuple[str, ...], int] = {}
    for column in best_first.tolist():
        if not left:
            break
        part = min(left, int(program.upper[column] - amount[column]))
        limits = tuple(sorted(set(held_by[column])))
        parts[limits] = parts.get(limits, 0) + part
        left -= part
    reasons = [
        Unspent("limits" if limits else "whole_million", money, limits) for limits, money in parts.items()
    ]
    return [*reasons, Unspent("no_project_above_hurdle", left)] if left else reasons
