"""Pairwise judgements while they are being given: how consistent they are so far, and which three clash
most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from prioritizer.scoring.pairwise import Compared, compared, matrix_of

Judgements = Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True)
class Triple:
    """Three judgements that do not fit: ``most`` is ``first`` times ``middle`` and that is ``second`` times
    ``least``, both at least 1, so ``most`` should be ``implied`` times ``least``; ``judged`` was said."""

    most: str
    middle: str
    least: str
    first: Fraction
    second: Fraction
    judged: Fraction

    @property
    def implied(self) -> Fraction:
        """What the two others come to."""
        return self.first * self.second

    @property
    def off(self) -> Fraction:
        """By what factor they do not fit, 1 or more."""
        return max(self.implied / self.judged, self.judged / self.implied)


@dataclass(frozen=True)
class SoFar:
    """How consistent judgements are that may not be complete: ``compared`` is of the criteria ``complete``,
    the first of which all pairs are judged, and ``None`` where these are fewer than three."""

    complete: tuple[str, ...]
    compared: Compared | None
    worst: Triple | None


def so_far(names: tuple[str, ...], judgements: Judgements) -> SoFar:
    """What can be said of the judgements given so far, ``names`` being in the order of asking."""
    complete = _complete(names, judgements)
    found = compared(*matrix_of(_nested(complete, judgements))) if len(complete) > 2 else None
    return SoFar(complete, found, worst_triple(names, judgements))


def worst_triple(names: tuple[str, ...], judgements: Judgements) -> Triple | None:
    """The three judgements that contradict each other most, the earliest of equals; ``None`` where none
    do."""
    both = {**judgements} | {(b, a): 1 / times for (a, b), times in judgements.items()}
    found = [
        _told(triple, both)
        for triple in combinations(names, 3)
        if all(p in both for p in permutations(triple, 2))
    ]
    off = [each for each in found if each.off > 1]
    return max(off, key=lambda each: each.off) if off else None


def _told(triple: tuple[str, ...], both: Judgements) -> Triple:
    """The three in an order in which each is at least as important as the next."""
    a, b, c = next(
        order
        for order in permutations(triple)
        if both[order[0], order[1]] >= 1 and both[order[1], order[2]] >= 1
    )
    return Triple(a, b, c, both[a, b], both[b, c], both[a, c])


def _complete(names: tuple[str, ...], judgements: Judgements) -> tuple[str, ...]:
    known = {frozenset(pair) for pair in judgements}
    for count in range(len(names), 1, -1):
        if all(frozenset(pair) in known for pair in combinations(names[:count], 2)):
            return names[:count]
    return ()


def _nested(names: tuple[str, ...], judgements: Judgements) -> dict[str, dict[str, Fraction]]:
    said: dict[str, dict[str, Fraction]] = {}
    for (a, b), times in judgements.items():
        if a in names and b in names:
            said.setdefault(a, {})[b] = times
    return said
