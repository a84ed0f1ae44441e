"""Core, borderline, outside: what least and greatest money say of projects that may be funded in part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prioritizer.robustness.allowed.shares import Shares

Kind = Literal["core", "borderline", "outside"]


@dataclass(frozen=True)
class Standing:
    """``core``: gets money whatever weights and scores are allowed, its own scores at their low ends too;
    ``outside``: never gets any; else ``borderline``. Where that is not ``proven`` it is only what every plan
    looked at has shown."""

    kind: Kind
    proven: bool


def classify(found: Shares) -> tuple[Standing, ...]:
    """Where every project stands, in the order of the register."""
    return tuple(_standing(found, row) for row in range(len(found.full_mvnd)))


def _standing(found: Shares, row: int) -> Standing:
    if found.bound_greatest_mvnd[row] == 0:
        return Standing("outside", True)
    if found.bound_least_mvnd[row] > 0:
        return Standing("core", True)
    if found.seen_greatest_mvnd[row] == 0:
        return Standing("outside", False)
    if found.seen_least_mvnd[row] == 0:
        return Standing("borderline", True)
    # Never core for being funded above its low value alone.
    low = bool(found.certain[row] or found.tried_low[row])
    return Standing("core" if low else "borderline", False)
