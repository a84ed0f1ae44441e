"""From what was said about weights to weights: swing, rank order, pairwise, intervals.

All are exact, and rounded once to 1e-9 so that they sum to one: what is left of rounding goes to the largest
remainders, among equals to the greater weight, then by id. Nothing depends on the order of what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from prioritizer.model import Elicitation
from prioritizer.scoring.pairwise import Compared, compared, matrix_of

FINEST = 10**9


@dataclass(frozen=True)
class Heard:
    """What a statement comes to: weights by criterion, summing to one, those left out at zero.

    ``compared`` has how consistent a pairwise comparison is; ``tightened`` the part of every interval that
    some weights summing to one can reach.
    """

    statement: Elicitation
    weights: Mapping[str, Fraction]
    compared: Compared | None = None
    tightened: Mapping[str, tuple[Fraction, Fraction]] | None = None


def heard(statement: Elicitation) -> Heard:
    """The weights that a sound statement leads to."""
    left_out = dict.fromkeys(statement.leave_out, Fraction(0))
    if statement.swing is not None:
        return Heard(statement, rounded(shares(statement.swing)) | left_out)
    if statement.rank is not None:
        return Heard(statement, rounded(centroid(statement.rank)) | left_out)
    if statement.pairwise is not None:
        found = compared(*matrix_of(statement.pairwise))
        return Heard(statement, rounded(found.weights) | left_out, found)
    tightened = tighten(statement.intervals or {})
    return Heard(statement, rounded(between(tightened)) | left_out, tightened=tightened)


def shares(swings: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Every swing as a part of all swings together."""
    total = sum(swings.values(), Fraction(0))
    return {name: swing / total for name, swing in swings.items()}


def centroid(places: Iterable[tuple[str, ...]]) -> dict[str, Fraction]:
    """Rank-order centroid weights: the mean of all weights that respect the order.

    The k-th of n criteria weighs ``(1/k + ... + 1/n) / n``; those that share places share their sum.
    """
    ranked = list(places)
    count = sum(map(len, ranked))
    tail, of_place = Fraction(0), list[Fraction]()
    for place in range(count, 0, -1):
        tail += Fraction(1, place)
        of_place.append(tail / count)
    weights: dict[str, Fraction] = {}
    for names in ranked:
        taken = [of_place.pop() for _ in names]
        weights.update(dict.fromkeys(names, sum(taken, Fraction(0)) / len(taken)))
    return weights


def tighten(
    intervals: Mapping[str, tuple[Fraction, Fraction]],
) -> dict[str, tuple[Fraction, Fraction]]:
    """The part of every interval that weights summing to one, each within its own, can reach."""
    least = sum((low for low, _ in intervals.values()), Fraction(0))
    most = sum((high for _, high in intervals.values()), Fraction(0))
    return {
        name: (max(low, 1 - (most - high)), min(high, 1 - (least - low)))
        for name, (low, high) in intervals.items()
    }


def between(intervals: Mapping[str, tuple[Fraction, Fraction]]) -> dict[str, Fraction]:
    """The weights that sum to one at the same relative position within every interval."""
    least = sum((low for low, _ in intervals.values()), Fraction(0))
    width = sum((high - low for low, high in intervals.values()), Fraction(0))
    position = (1 - least) / width if width else Fraction(0)
    return {name: low + position * (high - low) for name, (low, high) in intervals.items()}


def rounded(weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Weights summing to one in whole 1e-9, by largest remainder."""
    whole = {name: weight.numerator * FINEST // weight.denominator for name, weight in weights.items()}
    by_remainder = sorted(
        weights, key=lambda name: (whole[name] - weights[name] * FINEST, -whole[name], name)
    )
    for name in by_remainder[: FINEST - sum(whole.values())]:
        whole[name] += 1
    return {name: Fraction(part, FINEST) for name, part in whole.items()}
