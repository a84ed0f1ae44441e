"""Moving one weight among siblings whose weights sum to one: pure arithmetic, whole percents."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction


def moved(before: Mapping[str, Fraction], node: str, percent: int) -> dict[str, Fraction]:
    """The siblings' weights with ``node`` at ``percent`` and the others scaled in proportion.

    ``before`` sums to one; ``percent`` is 0..100. Every result is a whole percent and they sum to one
    exactly: what is left of rounding goes to the largest remainders, in the order given. If the others
    all stood at zero they share alike.
    """
    others = [sibling for sibling in before if sibling != node]
    if not others:
        return {node: Fraction(1)}
    left = 100 - percent
    total = sum((before[other] for other in others), Fraction(0))
    exact = {o: left * before[o] / total if total else Fraction(left, len(others)) for o in others}
    whole = {other: int(share) for other, share in exact.items()}
    for other in sorted(others, key=lambda o: whole[o] - exact[o])[: left - sum(whole.values())]:
        whole[other] += 1
    whole[node] = percent
    return {sibling: Fraction(whole[sibling], 100) for sibling in before}
