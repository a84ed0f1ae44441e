"""The assessments: from a table of judgements, one row each, to arrays; every fault on the way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from prioritizer.errors import Fault, Misread
from prioritizer.inputs.columns import ASSESSMENTS
from prioritizer.inputs.tables import Table, by_row, nearest, positions, read_table
from prioritizer.model import ABSTAIN, Assessments, Assessor, Bools, Coded, Codes, CriteriaTree, Ints
from prioritizer.money import decimal_text, read_decimal

_DECLINED = ("không chấm", "ko chấm", "không đánh giá", "abstained", "abstains", "abstention")
_LONGEST_LADDER = 2**15 - 1  # levels that int16 can count


@dataclass(frozen=True)
class _Judged:
    """The rows of a table, row by row: places of project, leaf and assessor (-1 where unknown), places of
    both ends of the score (-1 where there is none), and who abstained."""

    project: Ints
    leaf: Ints
    assessor: Ints
    low: Ints
    high: Ints
    abstained: Bools

    @property
    def known(self) -> Bools:
        """Which rows say who judges what."""
        known: Bools = (self.project >= 0) & (self.leaf >= 0) & (self.assessor >= 0)
        return known


def read_assessments(
    content: bytes,
    shown: str,
    tree: CriteriaTree,
    project_ids: tuple[str, ...],
    faults: list[Fault],
    listed: tuple[Assessor, ...] = (),
) -> Assessments:
    """The assessments in a CSV file's bytes, aligned with ``project_ids`` and the tree's leaves.

    ``listed`` are the scenario's assessors, whose ids alone are then known; none: any id is.
    Raises :class:`InputFaults` where the file is no such table at all.
    """
    table = read_table(content, shown, ASSESSMENTS, faults, may_be_empty=True)  # before anybody has judged
    project = positions(table, "project", project_ids, "unknown_project", faults)
    leaf = positions(table, "criterion", tuple(each.id for each in tree.leaves), "unknown_criterion", faults)
    assessors, assessor = _assessors(table, listed, faults)
    levels, ends, abstained = _scores(table, tree, leaf, faults)
    low = np.where(ends["score"] >= 0, ends["score"], ends["low"])
    high = np.where(ends["score"] >= 0, ends["score"], ends["high"])
    judged = _Judged(project, leaf, assessor, low, high, abstained)
    shape = len(assessors), len(tree.leaves), len(project_ids)
    faults += _repeats(table, judged, shape)
    return _packed(table, judged, assessors, levels, shape)


def _assessors(
    table: Table, listed: tuple[Assessor, ...], faults: list[Fault]
) -> tuple[tuple[str, ...], Ints]:
    """The ids of those who judge, in their order, and the place of every row's."""
    column = table.column("assessor")
    spelled: dict[str, str] = {}
    for text in sorted(filter(None, column.levels), reverse=True):
        spelled[text.casefold()] = text
    ids = [each.id for each in listed] or list(spelled.values())
    known = tuple(sorted((each for each in ids if each.casefold() in spelled), key=str.casefold))
    if listed:
        positions(table, "assessor", ids, "unknown_assessor", faults)
    place = {each.casefold(): at for at, each in enumerate(known)}
    return known, by_row([place.get(text.casefold()) for text in column.levels], column)


def _scores(
    table: Table, tree: CriteriaTree, leaf: Ints, faults: list[Fault]
) -> tuple[tuple[Fraction, ...], dict[str, Ints], Bools]:
    """The scores that there are, exact and ascending; per column the row's place among them, or of a
    categorical leaf among its levels, -1 where blank; and which rows abstain."""
    categorical = np.array([*(each.value == "categorical" for each in tree.leaves), False])[leaf]
    abstained = table.column("score").among((ABSTAIN,))
    numbers = {
        name: _numbers(table, name, categorical | (abstained & (name == "score")), faults)
        for name in ("score", "low", "high")
    }
    distinct = sorted({each for values in numbers.values() for each in values if each is not None})
    levels = _ladder(distinct, len(table))
    place = {value: at for at, value in enumerate(levels)}
    ends = {
        name: by_row([None if each is None else place[each] for each in values], table.column(name))
        for name, values in numbers.items()
    }
    faults += _shape_faults(table, ends, categorical) + _off_scale(table, tree, leaf, levels, ends)
    for name in ends:
        ends[name] = np.where(categorical | abstained, -1, ends[name])
    _place_categories(table, tree, leaf, ~abstained, ends["score"], faults)
    return levels, ends, abstained


def _numbers(table: Table, name: str, words: Bools, faults: list[Fault]) -> list[Fraction | None]:
    """What every distinct text of a column reads as, by code; those of rows with ``words`` need be none."""
    column = table.column(name)
    values: list[Fraction | None] = []
    for code, text in enumerate(column.levels):
        try:
            values.append(read_decimal(text) if text else None)
        except Misread as misread:
            values.append(None)
            rows = np.flatnonzero((column.codes == code) & ~words)
            faults += table.faults_at(_misread_as(misread, text), rows, name, **misread.params)
    return values


def _misread_as(misread: Misread, text: str) -> str:
    """The code of what is wrong with a score, which says what a score looks like."""
    if text.casefold() in _DECLINED:
        return "abstention_in_words"
    return "not_a_score" if misread.code in ("not_a_number", "number_grouped") else misread.code


def _ladder(distinct: list[Fraction], rows: int) -> tuple[Fraction, ...]:
    """The scores with all that lies between them in even steps, where that is short: sums are quick then."""
    unit = lcm(*(each.denominator for each in distinct))
    whole = [int(each * unit) for each in distinct]
    step = gcd(*(each - whole[0] for each in whole[1:]))
    count = (whole[-1] - whole[0]) // step + 1 if step else 0
    if len(distinct) < count <= min(rows, _LONGEST_LADDER):
        return tuple(Fraction(whole[0] + step * at, unit) for at in range(count))
    return tuple(distinct)


def _shape_faults(table: Table, ends: Mapping[str, Ints], categorical: Bools) -> list[Fault]:
    """Either a score or both ends, and the ends in order. A text that could not be read has its own fault."""
    given = {name: ~table.column(name).among(("",)) for name in ends}
    both = given["score"] & (given["low"] | given["high"])
    category = categorical & ~given["score"] & (given["low"] | given["high"])
    none = ~given["score"] & ~(given["low"] & given["high"]) & ~category
    crossed = (ends["low"] >= 0) & (ends["high"] >= 0) & (ends["low"] > ends["high"]) & ~categorical
    faults = table.faults_at("score_and_interval", np.flatnonzero(both), "score")
    faults += table.faults_at("category_has_no_interval", np.flatnonzero(category), "low")
    faults += table.faults_at("score_missing", np.flatnonzero(none), "score")
    return faults + table.faults_at("interval_crossed", np.flatnonzero(crossed), "low")


def _off_scale(
    table: Table, tree: CriteriaTree, leaf: Ints, levels: tuple[Fraction, ...], ends: Mapping[str, Ints]
) -> list[Fault]:
    faults: list[Fault] = []
    for at, each in enumerate(tree.leaves):
        if each.scale is None:
            continue
        bottom, top = sorted((each.scale.worst, each.scale.best))
        least, most = bisect_left(levels, bottom), bisect_right(levels, top)
        if least == 0 and most == len(levels):
            continue
        params = {"criterion": each.id, "bottom": decimal_text(bottom), "top": decimal_text(top)}
        for name, places in ends.items():
            off = (leaf == at) & (places >= 0) & ((places < least) | (places >= most))
            faults += table.faults_at("score_off_scale", np.flatnonzero(off), name, **params)
    return faults


def _place_categories(
    table: Table, tree: CriteriaTree, leaf: Ints, judged: Bools, places: Ints, faults: list[Fault]
) -> None:
    """Put the place of every category among its leaf's levels into ``places``."""
    column = table.column("score")
    for at, each in enumerate(tree.leaves):
        if each.value != "categorical":
            continue
        if each.of is not None:
            rows = np.flatnonzero(leaf == at)
            faults += table.faults_at("criterion_of_the_register", rows, "criterion", of=each.of)
            continue
        names = [level.category or "" for level in each.levels]
        known = {name.casefold(): place for place, name in enumerate(names)}
        mine = (leaf == at) & judged
        places[mine] = by_row([known.get(text.casefold()) for text in column.levels], column)[mine]
        for row in np.flatnonzero(mine & (places < 0) & ~column.among(("",))).tolist():
            params = {**nearest(column[row], names), "criterion": each.id}
            faults += table.faults_at("unknown_category", [row], "score", **params)


def _cells(judged: _Judged, shape: tuple[int, int, int]) -> Ints:
    """The place of every known row's judgement in an array of ``shape``."""
    known, (_, leaves, projects) = judged.known, shape
    return ((judged.assessor * leaves + judged.leaf) * projects + judged.project)[known]


def _repeats(table: Table, judged: _Judged, shape: tuple[int, int, int]) -> list[Fault]:
    """Rows in which an assessor judges a project on a criterion again."""
    cells, rows = _cells(judged, shape), np.flatnonzero(judged.known)
    if len(rows) == 0:
        return []
    first = np.zeros(int(np.prod(shape)), dtype=np.int64)
    first[cells[::-1]] = rows[::-1]  # of several, the last write stays: the first row
    again = np.flatnonzero(first[cells] != rows)
    column = table.column("assessor")
    return [
        Fault(
            "duplicate_assessment",
            table.file,
            int(table.lines[row]),
            "assessor",
            {"first": int(table.lines[first[cell]]), "assessor": column[row]},
        )
        for row, cell in zip(rows[again].tolist(), cells[again].tolist(), strict=True)
    ]


def _packed(
    table: Table,
    judged: _Judged,
    assessors: tuple[str, ...],
    levels: tuple[Fraction, ...],
    shape: tuple[int, int, int],
) -> Assessments:
    """Everything in arrays over assessors, leaves and projects; the rows by project, leaf and assessor."""
    known, cells = judged.known, _cells(judged, shape)
    kind = np.int16 if len(levels) <= _LONGEST_LADDER else np.int32
    low = _spread(judged.low[known], cells, shape, kind)
    single = bool((judged.low == judged.high)[known].all())
    high = low if single else _spread(judged.high[known], cells, shape, kind)
    declined = judged.abstained[known]
    abstained = _spread(declined, cells, shape, np.bool_, False).astype(bool) if declined.any() else None
    keys = (judged.project * shape[1] + judged.leaf) * max(1, shape[0]) + judged.assessor
    order = np.argsort(np.where(known, keys, -1), kind="stable")
    rows = {name: Coded(column.levels, column.codes[order]) for name, column in table.columns.items()}
    complete = abstained is None and len(cells) == low.size
    return Assessments(assessors, levels, low, high, rows, abstained, complete)


def _spread(
    values: Ints | Bools, cells: Ints, shape: tuple[int, int, int], kind: type, empty: int = -1
) -> Codes:
    """``values`` at ``cells`` of an array of ``shape``, ``empty`` elsewhere."""
    spread: Codes = np.full(int(np.prod(shape)), empty, dtype=kind)
    spread[cells] = values
    return spread.reshape(shape)
