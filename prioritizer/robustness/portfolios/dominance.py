"""Which of many rows are not outdone by another: all pairs at once, as sets of bits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from prioritizer.model import Bools, Ints

_BLOCK = 2_048  # rows that outdo others, together: their sets stay in the processor's cache
_TESTED = 1_024  # rows that are held against them at once
_PAIRS = 1 << 17

Words = npt.NDArray[np.uint64]
Confirmed = Callable[[Ints, Ints], Bools]


def undominated(columns: Ints, above: Ints, confirmed: Confirmed | None = None) -> Bools:
    """Which rows no other row outdoes, bool[k].

    Row *i* may outdo *j* only where no entry of ``columns``, int64[c, k], is less for *i* and ``above``,
    int64[k], is greater; ``confirmed``, of some such *i* and *j*, says whether it does (always, without it).
    Outdoing must be transitive.
    """
    kept, left = np.ones(len(above), dtype=bool), np.argsort(-above, kind="stable")
    while len(left):
        block, outdone = left[:_BLOCK], []
        sets = _Sets(columns[:, block], above[block])
        for start in range(0, len(left), _TESTED):
            rows = left[start : start + _TESTED]
            outdone.append(rows[_by_block(sets, block, rows, columns, above, confirmed)])
        kept[np.concatenate(outdone)] = False
        left = left[_BLOCK:]
        left = left[kept[left]]
    return kept


def _by_block(
    sets: _Sets, block: Ints, rows: Ints, columns: Ints, above: Ints, confirmed: Confirmed | None
) -> Bools:
    """Which of the rows some row of the block outdoes."""
    found = np.zeros(len(rows), dtype=bool)
    at, words = sets.over(columns[:, rows], above[rows])
    if confirmed is None or not len(at):
        found[at] = True
        return found
    tested, by = np.nonzero(np.unpackbits(words.view(np.uint8), axis=1, bitorder="little"))
    for start in range(0, len(tested), _PAIRS):
        some, others = at[tested[start : start + _PAIRS]], by[start : start + _PAIRS]
        open_ = ~found[some]
        some, others = some[open_], others[open_]
        found[some[confirmed(block[others], rows[some])]] = True
    return found


class _Sets:
    """The rows of a block as sets of bits: by column, those with the greatest entries, more and more."""

    def __init__(self, columns: Ints, above: Ints) -> None:
        self._columns = [_nested(column) for column in columns]
        self._above = _nested(above)

    def over(self, columns: Ints, above: Ints) -> tuple[Ints, Words]:
        """The places of the rows that have any row of the block over them, and the sets of these."""
        ascending, nested = self._above
        words = nested[len(ascending) - np.searchsorted(ascending, above, side="right")]
        at = np.flatnonzero(words.any(axis=1))
        words = words[at]
        for (ascending, nested), column in zip(self._columns, columns, strict=True):
            least = np.searchsorted(ascending, column[at], side="left")
            words = words & nested[len(ascending) - least]
            some = words.any(axis=1)
            at, words = at[some], words[some]
        return at, words


def _nested(column: Ints) -> tuple[Ints, Words]:
    """The entries in ascending order, and the sets of the greatest none, one, two, ... of them."""
    size = len(column)
    descending = np.argsort(-column, kind="stable")
    words = np.zeros((size + 1, -(-size // 64)), dtype="<u8")
    words[np.arange(1, size + 1), descending // 64] = np.uint64(1) << (descending % 64).astype(np.uint64)
    return column[descending[::-1]], np.bitwise_or.accumulate(words, axis=0)
