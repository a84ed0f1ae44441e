"""The families of rows, each the statement of one kind of rule over places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, gcd

import numpy as np

from prioritizer.allocation.program import FREE, Row
from prioritizer.allocation.statement.funds import available_mvnd, unions
from prioritizer.allocation.statement.places import Statement, base_cells
from prioritizer.model import Bound, Ints, Limit
from prioritizer.money import MVND_PER_BN


def _ones(name: str, cells: Ints, lower: int, upper: int) -> Row:
    return Row(name, cells, np.ones_like(cells), lower, upper)


def _terms(name: str, terms: Sequence[tuple[Ints | int, int]], lower: int, upper: int) -> Row:
    """A row from places with one coefficient each; every place stands once."""
    columns = [np.atleast_1d(np.asarray(places, dtype=np.int64)) for places, _ in terms]
    coefs = [np.full(len(part), coef) for part, (_, coef) in zip(columns, terms, strict=True)]
    together, order = np.concatenate(columns), np.argsort(np.concatenate(columns), kind="stable")
    return Row(name, together[order], np.concatenate(coefs)[order], lower, upper)


def _envelopes(s: Statement) -> Iterator[Row]:
    """What may be paid by a set of funds and by no other is at most what they hold, for every such set: by
    Gale's theorem the funds can then pay all of it."""
    funds, cells = s.scenario.funds, s.demand
    held = available_mvnd(s.case)
    for year in dict.fromkeys(fund.year for fund in funds):
        of_year = cells.funded & (np.array([label == year for label in cells.years])[cells.year])
        present = np.flatnonzero(np.bincount(cells.payers[of_year])).tolist()
        sets = [cells.payer_sets[at] for at in present if cells.payer_sets[at]]
        for union in unions(sets):
            inside = np.array([union.issuperset(payers) and payers in sets for payers in cells.payer_sets])
            own = np.flatnonzero(of_year & inside[cells.payers])
            names = "+".join(funds[at].id for at in sorted(union))
            yield _ones(f"envelope[{names}]", own, -FREE, sum(held[at] for at in union))


def _ceilings(s: Statement) -> Iterator[Row]:
    for limit in s.scenario.limits:
        if limit.at_most is not None:
            yield from _limit(s, limit, limit.at_most, "at_most")


def _floors(s: Statement) -> Iterator[Row]:
    for limit in s.scenario.limits:
        if limit.at_least is not None:
            yield from _limit(s, limit, limit.at_least, "at_least")


def _limit(s: Statement, limit: Limit, bound: Bound, side: str) -> Iterator[Row]:
    """The money of a selection, or the number of projects; or, for a share ``s`` of what is allocated,
    ``Σ_S X - s·Σ X``, times the denominator of ``s``."""
    step, most_over = 1, 0
    if bound.count is not None:
        rows = np.flatnonzero(s.case.register.selected_by(limit)).tolist()
        columns = np.array(sorted(s.yes_of(row) for row in rows), dtype=np.int64)
        coefs, size, most_over = np.ones_like(columns), bound.count, max(len(rows), bound.count)
    else:
        columns, share = s.selected[limit.id], bound.share_of_allocated
        if share is None:
            size, coefs = _size(s, limit, bound, side), np.ones(len(columns), dtype=np.int64)
        else:
            spread = np.where(base_cells(s.demand, limit), -share.numerator, 0)
            spread[columns] += share.denominator
            columns, size, step = np.flatnonzero(spread), 0, share.denominator
            coefs = spread[columns]
        if limit.penalty_e4 is not None:
            most_over = max(int(s.upper[base_cells(s.demand, limit)].sum()), size)
    if limit.penalty_e4 is not None:
        gain, way = _penalty(s, limit.penalty_e4, bound), -step if side == "at_most" else step
        over = s.place(f"broken[{limit.id},{side}]", most_over, gain, whole=bound.count is not None)
        columns, coefs = np.append(columns, over), np.append(coefs, way)
    lower, upper = (-FREE, size) if side == "at_most" else (size, FREE)
    yield Row(f"{side}[{limit.id}]", columns, coefs, lower, upper)


def _size(s: Statement, limit: Limit, bound: Bound, side: str) -> int:
    """A bound in whole million VND, within what is stated."""
    if bound.amount_mvnd is not None:
        return bound.amount_mvnd
    exact = bound.of_envelope(s.scenario.envelope_of(limit))
    assert exact is not None
    return floor(exact) if side == "at_most" else ceil(exact)


def _penalty(s: Statement, penalty_e4: int, bound: Bound) -> Fraction:
    """What one million VND, or one project, beyond a soft limit costs, in the units of the gains."""
    per_bn = penalty_e4 if s.scenario.objective.basis == "project" else penalty_e4 * MVND_PER_BN
    return -Fraction(per_bn, 1 if bound.count is not None else MVND_PER_BN)


def _least_amounts(s: Statement) -> Iterator[Row]:
    """Nothing, or at least so much: projects with a minimum of their own, all of them where the scenario
    names a least grant, and those that a rule counts."""
    minimum = s.case.register.minimum_mvnd
    wanted = np.zeros(len(s.barred), dtype=bool) if minimum is None else minimum > 0
    if s.scenario.least_grant_mvnd:
        wanted |= True
    wanted[list(s.yes)] = True
    for row in np.flatnonzero(wanted & ~s.is_whole & ~s.barred).tolist():
        paid, own = int(s.project_paid[row]), s.paid_of(row)
        least = max(1, s.scenario.least_grant_mvnd or 0, 0 if minimum is None else int(minimum[row]))
        name, yes = s.case.register.ids[row], s.yes_of(row)
        yield _terms(f"least[{name}]", ((own, 1), (yes, -min(least, paid))), 0, FREE)
        yield _terms(f"only_if[{name}]", ((own, 1), (yes, -paid)), -FREE, 0)


def _milestones(s: Statement) -> Iterator[Row]:
    """A milestone is paid only after all before it are full."""
    last: dict[int, int] = {}
    for row, milestone in s.case.costs.value_share:
        last[row] = max(last.get(row, 0), milestone)
    for row, count in last.items():
        name, done = s.case.register.ids[row], -1
        for milestone in range(1, count):
            own, following = s.cells_of(row, milestone), s.cells_of(row, milestone + 1)
            before, done, full = done, s.place(f"done[{name},{milestone}]"), int(s.upper[own].sum())
            if full or before < 0:
                yield _terms(f"done[{name},{milestone}]", ((own, 1), (done, -full)), 0, FREE)
            else:  # what asks the State for nothing is full as soon as the one before it
                yield _terms(f"done[{name},{milestone}]", ((before, 1), (done, -1)), 0, FREE)
            yield _terms(
                f"next[{name},{milestone + 1}]",
                ((following, 1), (done, -int(s.upper[following].sum()))),
                -FREE,
                0,
            )


def _dependencies(s: Statement) -> Iterator[Row]:
    """A project's share, of what it asks of the funds, is no greater than that of the one it requires."""
    for each in s.scenario.dependencies:
        row, other = (s.case.register.row_of(name) for name in (each.project, each.requires))
        own, needed = s.paid_of(row), s.paid_of(other)
        cost, price = int(s.project_paid[row]), int(s.project_paid[other])
        name = f"requires[{each.id}]"
        if s.is_whole[row] and s.is_whole[other]:
            yield _terms(name, ((s.yes_of(row), 1), (s.yes_of(other), -1)), -FREE, 0)
        elif s.barred[row] or s.barred[other]:
            yield _ones(name, own, -FREE, 0)
        elif each.in_full:
            yield from _full(s, other)
            yield _terms(name, ((own, 1), (s.full[other], -cost)), -FREE, 0)
        else:
            common = gcd(cost, price)
            yield _terms(name, ((own, price // common), (needed, -cost // common)), -FREE, 0)


def _full(s: Statement, row: int) -> Iterator[Row]:
    """The answer whether a project is funded in full, and the row that it needs."""
    if row in s.full:
        return
    if s.is_whole[row]:
        s.full[row] = s.yes_of(row)
        return
    name = s.case.register.ids[row]
    s.full[row] = s.place(f"full[{name}]")
    yield _terms(f"full[{name}]", ((s.paid_of(row), 1), (s.full[row], -int(s.project_paid[row]))), 0, FREE)


def _decisions(s: Statement) -> Iterator[Row]:
    for decision in s.scenario.decisions:
        row = s.case.register.row_of(decision.project)
        name, own = f"decision[{decision.id}]", s.paid_of(row)
        if decision.fund == "nothing":
            yield _ones(name, own, -FREE, 0)
        else:
            least = (decision.at_least_mvnd or 0) + (decision.locked_mvnd or 0)
            yield _ones(name, own, int(s.project_paid[row]) if decision.fund else least, FREE)


FAMILIES: tuple[Callable[[Statement], Iterator[Row]], ...] = (
    _envelopes,
    _ceilings,
    _floors,
    _decisions,
    _dependencies,
    _milestones,
    _least_amounts,
)
