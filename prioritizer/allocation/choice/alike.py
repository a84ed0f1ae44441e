"""Projects that no rule tells apart, and programs over their totals.

A *block* is what belongs together: one column, or columns that a row of at most two of them joins. Blocks
with equal gains and equal coefficients everywhere are *alike*: of them only totals matter. A sum of answers
yes or no is a count, a sum of amounts an amount, and a sum of "nothing, or from a to b" is a total between
a and b times the number funded; so a program over totals has exactly the same plans, without the clones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import FREE, Mask, Program, Row, restricted
from prioritizer.model import Ints

Block = tuple[int, ...]  # the columns of one block; in a pair the money first, then its answer
Amounts = dict[int, Exact]  # by column


@dataclass(frozen=True)
class Piece:
    """Some blocks alike, as one: their columns stand for their totals."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Totals:
    """A program over the totals of pieces. Column *c* is role ``role[c]`` of piece ``piece[c]``."""

    program: Program
    pieces: tuple[Piece, ...]
    piece: tuple[int, ...]
    role: tuple[int, ...]

    def column(self, at: int) -> int:
        """The column of the program below whose total column ``at`` is: that of the first block."""
        return self.pieces[self.piece[at]].blocks[0][self.role[at]]


def blocks_alike(program: Program, order: Sequence[int], marks: Sequence[Any]) -> list[tuple[Block, ...]]:
    """All blocks of a program, those alike together and in the order of the tie rule.

    ``marks`` are what else must be equal, by column; ``order`` is the rule's order of columns.
    """
    short, long = _by_length(program)
    place = {column: at for at, column in enumerate(order)}
    groups: dict[Any, list[Block]] = {}
    for columns, rows in _joined(program, short):
        block, shape = _shape(program, columns, rows)
        own = [
            (
                int(program.upper[c]),
                int(program.gain_num[c]),
                int(program.gain_den[c]),
                bool(program.whole[c]),
            )
            for c in block
        ]
        key = shape, *own, *(marks[c] for c in block), *(long[c] for c in block)
        groups.setdefault(key, []).append(block)
    last = len(place)
    return [
        tuple(sorted(each, key=lambda block: (place.get(block[0], last), block))) for each in groups.values()
    ]


def _by_length(program: Program) -> tuple[list[Row], list[tuple[tuple[int, int], ...]]]:
    """The rows of at most two columns, and by column its coefficients in the others."""
    short: list[Row] = []
    long: list[list[tuple[int, int]]] = [[] for _ in program.columns]
    for at, row in enumerate(program.rows):
        if len(row.columns) <= 2:
            short += [row] if len(row.columns) else []
            continue
        for column, coef in zip(row.columns.tolist(), row.coefs.tolist(), strict=True):
            long[column].append((at, coef))
    return short, [tuple(each) for each in long]


def _joined(program: Program, short: Sequence[Row]) -> list[tuple[list[int], list[Row]]]:
    """The components that short rows join, with those rows."""
    parent = list(range(len(program.columns)))

    def root(column: int) -> int:
        while parent[column] != column:
            parent[column] = parent[parent[column]]
            column = parent[column]
        return column

    for row in short:
        first, last = root(int(row.columns[0])), root(int(row.columns[-1]))
        parent[max(first, last)] = min(first, last)
    components: dict[int, tuple[list[int], list[Row]]] = {}
    for column in range(len(parent)):
        components.setdefault(root(column), ([], []))[0].append(column)
    for row in short:
        components[root(int(row.columns[0]))][1].append(row)
    return list(components.values())


def _shape(program: Program, columns: list[int], rows: list[Row]) -> tuple[Block, Any]:
    """The block in its standard order, and what its own rows say; blocks of any other shape than one column
    or an amount with its answer are like no other."""
    if len(columns) == 1 and not rows:
        return tuple(columns), "one"
    if len(columns) == 2 and len(rows) == 2:
        money, answer = sorted(columns, key=lambda column: bool(program.whole[column]))
        told = sorted(
            (row.table.get(money, 0), row.table.get(answer, 0), row.lower, row.upper) for row in rows
        )
        if _is_pair(program, money, answer, told):
            return (money, answer), tuple(told)
    return tuple(columns), ("other", columns[0])


def _is_pair(program: Program, money: int, answer: int, told: list[tuple[int, int, int, int]]) -> bool:
    """Whether two rows say: nothing without a yes, and at least something with it."""
    (first, share, lower, upper), (second, least, floor_, ceiling) = sorted(told, key=lambda row: row[2])
    kinds = not program.whole[money] and bool(program.whole[answer]) and int(program.upper[answer]) == 1
    only_if = lower <= -FREE and upper == 0 and first > 0 > share
    at_least = floor_ == 0 and ceiling >= FREE and second > 0 > least
    return kinds and only_if and at_least


def span(program: Program, block: Block) -> tuple[Fraction, Fraction]:
    """The least and greatest amount of a pair whose answer is yes."""
    money, answer = block
    least, most = Fraction(0), Fraction(int(program.upper[money]))
    for row in program.rows:
        if len(row.columns) == 2 and answer in row.table and money in row.table:
            end = Fraction(-row.table[answer], row.table[money])
            least, most = (max(least, end), most) if row.lower == 0 else (least, min(most, end))
    return least, most


def over_totals(program: Program, pieces: Sequence[Piece], still: Ints) -> Totals:
    """The program over the totals of ``pieces``, the others standing ``still`` (0 at those of pieces)."""
    found = [(block, at, role) for at, p in enumerate(pieces) for role, block in enumerate(p.blocks[0])]
    found.sort()
    free = np.array([column for column, _, _ in found], dtype=np.int64)
    count = np.array([len(pieces[at].blocks) for _, at, _ in found], dtype=np.int64)
    smaller = restricted(program, free, still)
    return Totals(
        replace(smaller, upper=smaller.upper * count),
        tuple(pieces),
        tuple(at for _, at, _ in found),
        tuple(role for _, _, role in found),
    )


def spread(program: Program, totals: Totals, amounts: Sequence[Exact]) -> Amounts:
    """The amounts of all columns of pieces: each block as full as possible, one after the other."""
    by_piece: list[dict[int, Exact]] = [{} for _ in totals.pieces]
    for amount, at, role in zip(amounts, totals.piece, totals.role, strict=True):
        by_piece[at][role] = amount
    found: Amounts = {}
    for piece, held in zip(totals.pieces, by_piece, strict=True):
        if len(piece.blocks) == 1:
            found |= dict(zip(piece.blocks[0], (held[role] for role in range(len(held))), strict=True))
        elif len(piece.blocks[0]) == 1:
            found |= _filled(program, piece.blocks, held[0])
        else:
            found |= _funded(program, piece.blocks, held[0], int(held[1]))
    return found


def _filled(program: Program, blocks: Sequence[Block], total: Exact) -> Amounts:
    found: Amounts = {}
    for (column,) in blocks:
        found[column] = min(total, int(program.upper[column]))
        total -= found[column]
    return found


def _funded(program: Program, blocks: Sequence[Block], total: Exact, count: int) -> Amounts:
    """A total over the first ``count`` of some pairs, leaving the least to those that come later."""
    least, most = span(program, blocks[0])
    found: Amounts = {}
    for at, (money, answer) in enumerate(blocks):
        yes = at < count
        found[money] = plain(min(most, total - (count - at - 1) * least)) if yes else 0
        found[answer] = int(yes)
        total -= found[money]
    return found


def reach(program: Program, piece: Piece, total: Exact, count: Exact) -> tuple[Exact, Exact]:
    """The least and greatest amount that one block's first column can have while the totals stay."""
    many, first = len(piece.blocks), piece.blocks[0]
    if many == 1:
        return total, total
    if len(first) == 1:
        upper = int(program.upper[first[0]])
        return max(0, total - (many - 1) * upper), min(upper, total)
    least, most = span(program, first)
    low = max(least, total - (int(count) - 1) * most) if count == many else 0
    return plain(low), plain(min(most, total - (int(count) - 1) * least)) if count else 0


def plain(value: Exact) -> Exact:
    """A whole number as an integer: most are, and integers are far faster."""
    return value.numerator if value.denominator == 1 else value


def completing(program: Program, chosen: Mask, amounts: Mapping[int, int]) -> Program | None:
    """The program over the columns not ``chosen``, which stand at ``amounts``; ``None`` where a row over
    chosen columns alone forbids them."""
    still = np.zeros(len(program.columns), dtype=np.int64)
    for column, amount in amounts.items():
        still[column] = amount
    for row in program.rows:
        if chosen[row.columns].all() and not row.lower <= row.activity(still) <= row.upper:
            return None
    return restricted(program, np.flatnonzero(~chosen), still)
