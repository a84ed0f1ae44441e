"""What projects cost by milestone, year and kind: the costs table, aligned with a register."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from prioritizer.errors import Fault, Misread
from prioritizer.inputs.columns import COSTS
from prioritizer.inputs.tables import Table, by_row, one_of, positions, read_cells, read_table
from prioritizer.model import ID_PATTERN, Coded, Costs, Fund, Ints
from prioritizer.money import LARGEST_MVND, read_amount_mvnd, read_share

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CostRows:
    """The rows of a costs table before they are aligned with a register.

    ``amount_mvnd`` and ``milestone``, int64[rows], are 0 where the cell is blank or faulty; ``sound`` says
    whether the table was read without a fault, so that its sums can be relied on.
    """

    table: Table
    amount_mvnd: Ints
    milestone: Ints
    value_share: tuple[Fraction | None, ...]
    sound: bool

    @cached_property
    def _places(self) -> tuple[dict[str, int], Ints]:
        """The distinct projects, ignoring case, and each row's place among them."""
        column = self.table.column("project")
        places: dict[str, int] = {}
        of_level = [places.setdefault(level.casefold(), len(places)) for level in column.levels]
        return places, np.array(of_level or [0], dtype=np.int64)[column.codes]

    def of_projects(self, ids: Iterable[str]) -> tuple[Ints, Ints]:
        """For each id the sum of its costs in million VND (-1 where it has no row) and how many of its rows
        name a milestone: int64[ids] each."""
        places, at = self._places
        total, staged = (np.zeros(len(places) + 1, dtype=np.int64) for _ in range(2))
        total[-1] = -1
        np.add.at(total, at, self.amount_mvnd)
        # Millions of rows of the largest amount would leave int64; then any sum beyond the largest will do.
        rough = np.bincount(at, weights=self.amount_mvnd, minlength=len(total))
        total[rough > 2 * LARGEST_MVND] = LARGEST_MVND + 1
        np.add.at(staged, at, self.milestone > 0)
        chosen = np.array([places.get(name.casefold(), len(places)) for name in ids], dtype=np.int64)
        return total[chosen], staged[chosen]


def read_cost_rows(content: bytes, shown: str, faults: list[Fault]) -> CostRows:
    """The rows of the costs table in a CSV file's bytes; what is wrong with them is added to ``faults``.

    Raises :class:`~prioritizer.errors.InputFaults` where the file is no such table at all.
    """
    own: list[Fault] = []
    table = read_table(content, shown, COSTS, own)
    amount = by_row(read_cells(table, "amount_bn", read_amount_mvnd, own), table.column("amount_bn"))
    milestone = by_row(read_cells(table, "milestone", _milestone, own), table.column("milestone"))
    shares = tuple(read_cells(table, "value_share", read_share, own))
    stray = (milestone < 0) & ~table.column("value_share").among(("",))
    own += table.faults_at("value_share_without_milestone", np.flatnonzero(stray), "value_share")
    faults += own
    return CostRows(table, np.maximum(amount, 0), np.maximum(milestone, 0), shares, not own)


def _milestone(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise Misread("bad_milestone", text=text[:40])
    return int(text)


def align_costs(rows: CostRows, ids: tuple[str, ...], funds: Sequence[Fund], faults: list[Fault]) -> Costs:
    """The costs of the projects ``ids``, in their order; what is wrong is added to ``faults``."""
    table = rows.table
    project = positions(table, "project", ids, "unknown_project", faults)
    years, year = _years(table, [fund.year for fund in funds])
    kinds, kind = _kinds(table, funds, faults)
    order = np.lexsort((kind, year, rows.milestone, project))
    known = (project >= 0) & (kind >= 0) & ~table.column("year").among(("",))
    known &= (rows.milestone > 0) | table.column("milestone").among(("",))
    keys = np.stack([project, rows.milestone, year, kind])[:, order]
    faults += _repeats(table, order, keys, known[order])
    shares = _milestones(rows, project, faults)
    cells = order[known[order] & (rows.amount_mvnd[order] > 0)]
    return Costs(
        project[cells],
        rows.milestone[cells],
        Coded(years, year[cells].astype(np.int32)),
        Coded(kinds, kind[cells].astype(np.int32)),
        rows.amount_mvnd[cells],
        shares,
    )


def _years(table: Table, funded: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """The labels of years, those of the funds first in their order, the others sorted; each row's place."""
    column = table.column("year")
    spelled = _spellings((*funded, *sorted(column.levels)))
    own = {spelled[level.casefold()] for level in column.levels}
    labels = [label for label in dict.fromkeys(spelled[each.casefold()] for each in funded) if label in own]
    labels += sorted(own - set(labels))
    place = {label: at for at, label in enumerate(labels)}
    return tuple(labels), by_row([place[spelled[level.casefold()]] for level in column.levels], column)


def _kinds(table: Table, funds: Sequence[Fund], faults: list[Fault]) -> tuple[tuple[str, ...], Ints]:
    """The kinds of costs, sorted, and each row's place (-1 where it is a fault). Where every fund says what
    it pays, only those."""
    column = table.column("kind")
    paid = [kind for fund in funds for kind in fund.pays]
    read: Callable[[str], str] = _free_kind
    if all(fund.pays for fund in funds):
        read = one_of(sorted(set(paid)), "unknown_kind")
    spelled = _spellings((*paid, *sorted(column.levels)))
    kinds = [
        spelled[kind.casefold()] if kind else None if text else ""
        for kind, text in zip(read_cells(table, "kind", read, faults), column.levels, strict=True)
    ]
    place = {label: at for at, label in enumerate(sorted({kind for kind in kinds if kind is not None}))}
    return tuple(place), by_row([None if kind is None else place[kind] for kind in kinds], column)


def _free_kind(text: str) -> str:
    if not re.fullmatch(ID_PATTERN, text):
        raise Misread("bad_id", text=text[:80])
    return text


def _spellings(labels: Iterable[str]) -> dict[str, str]:
    """One spelling for labels that differ by capitals: the first."""
    spelled: dict[str, str] = {}
    for label in labels:
        spelled.setdefault(label.casefold(), label)
    return spelled


def _repeats(table: Table, order: Ints, keys: Ints, known: Mask) -> list[Fault]:
    """Rows that give a cell again; ``keys`` are sorted by ``order``, equals in the order of the file."""
    again = np.concatenate([[False], (keys[:, 1:] == keys[:, :-1]).all(axis=0) & known[1:] & known[:-1]])
    first = np.maximum.accumulate(np.where(again, 0, np.arange(len(order))))
    faults = []
    for at in np.flatnonzero(again).tolist():
        line = int(table.lines[order[at]])
        params = {"first": int(table.lines[order[first[at]]])}
        faults.append(Fault("duplicate_cost", table.file, line, "project", params))
    return faults


@dataclass
class _Staged:
    """The milestones of one project: its first row in the file, and by milestone value share and cost."""

    first_row: int
    share: dict[int, Fraction]
    cost_mvnd: dict[int, int]


def _milestones(rows: CostRows, project: Ints, faults: list[Fault]) -> dict[tuple[int, int], Fraction]:
    """Each milestone's part of its project's value, by project and milestone; faults of their numbering."""
    staged = np.zeros(int(project.max(initial=0)) + 2, dtype=bool)
    staged[project[rows.milestone > 0]] = True
    staged[-1] = False  # where the rows of unknown projects point to
    own = np.flatnonzero(staged[project])
    faults += rows.table.faults_at("milestone_blank", own[rows.milestone[own] == 0], "milestone")
    found = _staged(rows, project, own[rows.milestone[own] > 0])
    if rows.sound:
        faults += [fault for each in found.values() for fault in _staged_faults(rows.table, each)]
    return {
        (row, milestone): found[row].share[milestone]
        for row in sorted(found)
        for milestone in sorted(found[row].share)
    }


def _staged(rows: CostRows, project: Ints, own: Ints) -> dict[int, _Staged]:
    found: dict[int, _Staged] = {}
    codes = rows.table.column("value_share").codes
    for at in own.tolist():
        each = found.setdefault(int(project[at]), _Staged(at, {}, {}))
        milestone = int(rows.milestone[at])
        share = rows.value_share[codes[at]] or Fraction(0)
        each.share[milestone] = each.share.get(milestone, Fraction(0)) + share
        each.cost_mvnd[milestone] = each.cost_mvnd.get(milestone, 0) + int(rows.amount_mvnd[at])
    return found


def _staged_faults(table: Table, staged: _Staged) -> list[Fault]:
    """Numbers left out, milestones that cost nothing, shares that do not sum to one."""
    faults: list[Fault] = []
    at, last = [staged.first_row], max(staged.share)
    if last > len(staged.share):
        missing = next(number for number in range(1, last) if number not in staged.share)
        faults += table.faults_at("milestone_left_out", at, "milestone", missing=missing, last=last)
    for milestone, cost in sorted(staged.cost_mvnd.items()):
        if not cost:
            faults += table.faults_at("milestone_without_cost", at, "milestone", milestone=milestone)
    total = sum(staged.share.values(), Fraction(0))
    if total != 1:
        faults += table.faults_at("value_shares_sum", at, "value_share", total=str(total))
    return faults
