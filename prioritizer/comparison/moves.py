"""What becomes of a project's money, seen from the base: it comes in, gets more or less, steps out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prioritizer.comparison.nouns import Comparison, ProjectLine

Way = Literal["in", "more", "less", "out", "new", "gone"]
WAYS: tuple[Way, ...] = ("in", "more", "less", "out", "new", "gone")


@dataclass(frozen=True)
class Move:
    """One project whose money is not what the base gives it, in million VND; ``None``: it is not listed.

    ``in`` and ``out``: it gets money in one of the two alone; ``new`` and ``gone``: so, and the other does
    not list it.
    """

    line: ProjectLine
    way: Way
    base_mvnd: int | None
    there_mvnd: int | None

    @property
    def moved_mvnd(self) -> int:
        """What it gains, or loses if negative."""
        return (self.there_mvnd or 0) - (self.base_mvnd or 0)


def moves_from_base(comparison: Comparison, at: int) -> tuple[Move, ...]:
    """The projects whose money in a scenario is not the base's, by way, the most money first, equals by id;
    none where one of the two has no plan."""
    if not {0, at} <= set(comparison.planned):
        return ()
    found = [move for line in comparison.projects if (move := _move(line, at)) is not None]
    return tuple(sorted(found, key=lambda each: (WAYS.index(each.way), -abs(each.moved_mvnd), each.line.id)))


def _move(line: ProjectLine, at: int) -> Move | None:
    base, there = line.amounts_mvnd[0], line.amounts_mvnd[at]
    if (base or 0) == (there or 0):
        return None
    return Move(line, _way(base, there), base, there)


def _way(base: int | None, there: int | None) -> Way:
    if not base:
        return "new" if base is None else "in"
    if not there:
        return "gone" if there is None else "out"
    return "more" if there > base else "less"
