"""The linear program of a case: labelled rows and columns with exact whole-number coefficients.

Column *j* is the money of project *j* in million VND, between 0 and its ask. Every row is a named family
with whole-number coefficients, so that a plan can be checked against it without a rounding error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from prioritizer.model import Bound, Case, Ints
from prioritizer.results import Scores

FREE = 2**200  # stands for no bound on that side: beyond any sum of money and coefficients
Mask = npt.NDArray[np.bool_]
Selections = Mapping[str, Mask]  # which projects each limit counts, bool[n], by the limit's id
SAFE = 2**62  # whole numbers below it may be added up in int64


@dataclass(frozen=True)
class Row:
    """One named constraint: ``lower <= coefs · x[columns] <= upper``, all whole numbers."""

    name: str
    columns: Ints
    coefs: Ints
    lower: int
    upper: int

    @cached_property
    def largest(self) -> int:
        """The greatest coefficient by size; what one million VND can change at most."""
        return int(np.abs(self.coefs).max(initial=0))

    @cached_property
    def table(self) -> dict[int, int]:
        """The coefficients by column."""
        return dict(zip(self.columns.tolist(), self.coefs.tolist(), strict=True))

    def activity(self, amount: Ints) -> int:
        """The left-hand side at a whole-number plan, exact."""
        chosen = amount[self.columns]
        if self.largest * int(chosen.sum()) >= SAFE:
            return int(chosen.astype(object) @ self.coefs.astype(object))
        return int(chosen @ self.coefs)


@dataclass(frozen=True)
class Program:
    """Maximise ``gain · x`` over ``0 <= x <= upper`` and the rows.

    ``gain_num / gain_den``, int64[n], is what one million VND of the column adds, in units of
    1e-4 point-million (``funding``) or 1e-4 point (``project``).
    """

    columns: tuple[str, ...]
    upper: Ints
    gain_num: Ints
    gain_den: Ints
    rows: tuple[Row, ...]


def formulate(case: Case, scores: Scores) -> Program:
    """The program of a case whose projects are worth ``scores``."""
    fund = case.scenario.funds[0].id
    num, den = _gain(case, scores)
    selections = {limit.id: case.register.selected_by(limit) for limit in case.scenario.limits}
    rows = tuple(row for family in FAMILIES for row in family(case, selections))
    return Program(
        tuple(f"pay[{name},{fund}]" for name in case.register.ids), case.register.ask_mvnd, num, den, rows
    )


def _gain(case: Case, scores: Scores) -> tuple[Ints, Ints]:
    """What one million VND adds: ``(v - h)``, or ``(v - λ·ask) / ask`` where each project counts once."""
    hurdle, ask = case.scenario.objective.hurdle_e4, case.register.ask_mvnd
    if case.scenario.objective.basis == "funding":
        return scores.value_e4 - hurdle, np.ones_like(ask)
    # λ is per billion: v - λ·ask/1000 over ask, with whole numbers above and below.
    num = scores.value_e4.astype(object) * 1_000 - hurdle * ask.astype(object)
    den = ask.astype(object) * 1_000
    divisor = np.gcd(num, den)
    return _narrow(num // divisor), _narrow(den // divisor)


def _narrow(numbers: Ints) -> Ints:
    """Python integers as int64 where they fit."""
    return (
        numbers.astype(np.int64) if max(abs(int(numbers.max())), abs(int(numbers.min()))) < SAFE else numbers
    )


def _envelopes(case: Case, _: Selections) -> Iterator[Row]:
    n = len(case.register)
    for fund in case.scenario.funds:
        yield Row(f"envelope[{fund.id}]", np.arange(n), np.ones(n, dtype=np.int64), -FREE, fund.amount_mvnd)


def _ceilings(case: Case, selections: Selections) -> Iterator[Row]:
    for limit in case.scenario.limits:
        if limit.at_most is not None:
            most = limit.ceiling_mvnd(case.envelope_mvnd)
            bounds = (-FREE, 0 if most is None else most)
            yield _row(f"at_most[{limit.id}]", limit.at_most, selections[limit.id], *bounds)


def _floors(case: Case, selections: Selections) -> Iterator[Row]:
    for limit in case.scenario.limits:
        if limit.at_least is not None:
            least = limit.floor_mvnd(case.envelope_mvnd)
            bounds = (0 if least is None else least, FREE)
            yield _row(f"at_least[{limit.id}]", limit.at_least, selections[limit.id], *bounds)


def _row(name: str, bound: Bound, chosen: Mask, lower: int, upper: int) -> Row:
    """The money of a selection; or, for a share ``s`` of what is allocated, ``Σ_S X - s·Σ X``, times the
    denominator of ``s``."""
    share = bound.share_of_allocated
    if share is None:
        columns = np.flatnonzero(chosen)
        return Row(name, columns, np.ones_like(columns), lower, upper)
    coefs = np.where(chosen, share.denominator, 0) - share.numerator
    columns = np.flatnonzero(coefs)
    return Row(name, columns, coefs[columns], lower, upper)


FAMILIES: tuple[Callable[[Case, Selections], Iterator[Row]], ...] = (_envelopes, _ceilings, _floors)
