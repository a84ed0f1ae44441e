"""Pairwise judgements: Saaty's principal eigenvector, how consistent they are, and which to mend.

Arithmetic is in whole numbers of a fixed fineness, so that the same judgements give the same weights on any
machine and in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from prioritizer.model import LARGEST_JUDGEMENT

# The mean consistency index of random judgements, for 1 to 15 criteria: Saaty 2008, "Relative measurement
# and its generalization in decision making", RACSAM 102(2), the table of random indices.
RANDOM_INDEX = tuple(
    Fraction(hundredths, 100)
    for hundredths in (0, 0, 52, 89, 111, 125, 135, 140, 145, 149, 152, 154, 156, 158, 159)
)
ACCEPTABLE = Fraction(1, 10)  # Saaty's bound of the consistency ratio
MOST_MENDED = 3
_UNIT = 10**40  # one, while iterating
_SETTLED = 10**12  # a change of a weight that no longer counts, in units
_SHOWN = 10**20  # weights are known to more digits than this
_MOST_STEPS = 5_000
_CR_DIGITS = 10**9

Matrix = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class Mend:
    """A judgement far from the weights: what was said of ``more`` against ``less``, what would be consistent
    with the weights, and the consistency ratio if that alone were said instead."""

    more: str
    less: str
    judgement: Fraction
    consistent: Fraction
    ratio_then: Fraction


@dataclass(frozen=True)
class Compared:
    """Weights from pairwise judgements and how consistent these are.

    ``ratio`` is the consistency ratio, 0 where nothing contradicts; ``mends`` are the judgements farthest
    from the weights, the farthest first, none where all agree.
    """

    weights: Mapping[str, Fraction]
    largest_eigenvalue: Fraction
    index: Fraction
    random_index: Fraction
    ratio: Fraction
    mends: tuple[Mend, ...]

    @property
    def acceptable(self) -> bool:
        """Whether the ratio is within Saaty's bound."""
        return self.ratio <= ACCEPTABLE


def matrix_of(judgements: Mapping[str, Mapping[str, Fraction]]) -> tuple[tuple[str, ...], Matrix]:
    """All criteria, sorted, and how many times as important the row's is as the column's.

    ``judgements`` says it for every pair once, whichever way round.
    """
    names = tuple(sorted({*judgements, *(name for others in judgements.values() for name in others)}))
    said = {(a, b): times for a, others in judgements.items() for b, times in others.items()}
    said |= {(b, a): 1 / times for (a, b), times in said.items()}
    return names, tuple(tuple(said.get((a, b), Fraction(1)) for b in names) for a in names)


@lru_cache(maxsize=256)
def compared(names: tuple[str, ...], matrix: Matrix) -> Compared:
    """Weights and consistency of a positive matrix whose opposite entries are reciprocal."""
    weights, largest = principal(matrix)
    count = len(names)
    index = max(Fraction(0), (largest - count) / (count - 1)) if count > 1 else Fraction(0)
    random = RANDOM_INDEX[count - 1]
    ratio = _ratio(largest, count)
    mends = _mends(names, matrix, weights) if ratio else ()
    return Compared(dict(zip(names, weights, strict=True)), largest, index, random, ratio, mends)


def principal(matrix: Matrix) -> tuple[tuple[Fraction, ...], Fraction]:
    """The positive eigenvector, summing to one, and its eigenvalue, rounded to 1e-9; by power iteration."""
    held = [_UNIT // len(matrix)] * len(matrix)
    for _ in range(_MOST_STEPS):
        image = [
            sum(each.numerator * part // each.denominator for each, part in zip(row, held, strict=True))
            for row in matrix
        ]
        total = sum(image)
        stepped = [part * _UNIT // total for part in image]
        settled = max(abs(new - old) for new, old in zip(stepped, held, strict=True)) < _SETTLED
        held = stepped
        if settled:
            break
    shown = [Fraction(round(Fraction(part * _SHOWN, _UNIT)), _SHOWN) for part in held]
    whole = sum(shown, Fraction(0))
    eigenvalue = Fraction(round(Fraction(total, _UNIT) * _CR_DIGITS), _CR_DIGITS)
    return tuple(part / whole for part in shown), eigenvalue


def _ratio(largest: Fraction, count: int) -> Fraction:
    """The consistency ratio, rounded to 1e-9; two criteria cannot contradict each other."""
    if not RANDOM_INDEX[count - 1]:
        return Fraction(0)
    exact = max(Fraction(0), largest - count) / (count - 1) / RANDOM_INDEX[count - 1]
    return Fraction(round(exact * _CR_DIGITS), _CR_DIGITS)


def _mends(names: tuple[str, ...], matrix: Matrix, weights: tuple[Fraction, ...]) -> tuple[Mend, ...]:
    """The judgements farthest from the weights' own ratio, told the way round in which they are 1 or more."""
    found = []
    for i in range(len(names)):
        for j in range(len(names)):
            if i == j or matrix[i][j] < 1 or (matrix[i][j] == 1 and i > j):
                continue
            consistent = _on_scale(weights[i] / weights[j])
            off = max(matrix[i][j] / consistent, consistent / matrix[i][j])
            found.append((-off, names[i], names[j], i, j, consistent))
    worst = [each for each in sorted(found) if each[0] < -1][:MOST_MENDED]
    return tuple(
        Mend(names[i], names[j], matrix[i][j], consistent, _ratio_with(matrix, i, j, consistent))
        for _, _, _, i, j, consistent in worst
    )


def _on_scale(times: Fraction) -> Fraction:
    """A ratio in hundredths (of the greater to the less), within Saaty's scale."""
    if times < 1:
        return 1 / _on_scale(1 / times)
    return min(Fraction(LARGEST_JUDGEMENT), Fraction(round(times * 100), 100))


def _ratio_with(matrix: Matrix, i: int, j: int, times: Fraction) -> Fraction:
    rows = [list(row) for row in matrix]
    rows[i][j], rows[j][i] = times, 1 / times
    return _ratio(principal(tuple(map(tuple, rows)))[1], len(matrix))
