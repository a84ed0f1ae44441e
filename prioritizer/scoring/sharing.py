"""Weights of one set of siblings as they are set by hand: alike, one moved, some held, some filled in.

Everything keeps the sum of one, exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from prioritizer.errors import Misread
from prioritizer.money import decimal_text


def alike(names: Collection[str]) -> dict[str, Fraction]:
    """The same weight for all."""
    return {name: Fraction(1, len(names)) for name in names}


def room(before: Mapping[str, Fraction], node: str, held: Collection[str]) -> Fraction:
    """The greatest weight that ``node`` can have while those held keep theirs; its own where nothing else can
    give way."""
    free = [name for name in before if name != node and name not in held]
    if not free or node in held:
        return before[node]
    return before[node] + sum((before[name] for name in free), Fraction(0))


def moved(
    before: Mapping[str, Fraction], node: str, percent: int, held: Collection[str] = ()
) -> dict[str, Fraction]:
    """The siblings' weights with ``node`` at ``percent`` and the others scaled in proportion.

    ``before`` sums to one; ``percent`` is 0..100. Those in ``held`` keep their weights, and ``node`` goes no
    further than that allows. The others get whole percents by largest remainder, in the order given; what
    those held leave of a percent goes to the first of them. If the others all stood at zero they share alike.
    """
    free = [name for name in before if name != node and name not in held]
    most = room(before, node, held)
    if not free or node in held:
        return dict(before)
    own = min(Fraction(percent, 100), most)
    left = (most - own) * 100
    total = sum((before[name] for name in free), Fraction(0))
    exact = {name: left * before[name] / total if total else left / len(free) for name in free}
    return {name: {**before, node: own, **_whole(exact, left)}[name] for name in before}


def _whole(exact: Mapping[str, Fraction], total: Fraction) -> dict[str, Fraction]:
    """Percents made whole by largest remainder, as shares; the broken part of the total goes to the first."""
    whole = {name: int(share) for name, share in exact.items()}
    over = int(total) - sum(whole.values())
    for name in sorted(exact, key=lambda each: whole[each] - exact[each])[:over]:
        whole[name] += 1
    first = next(iter(exact))
    broken = total - int(total)
    return {name: Fraction(share + (broken if name == first else 0)) / 100 for name, share in whole.items()}


def filled(given: Mapping[str, Fraction | None], before: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Weights as they were typed, those left blank filled in with what is left to one, in the proportion in
    which they stood ``before``.

    Raises :class:`Misread` where the typed ones come to another sum (``weights_short``, ``weights_over``).
    """
    total = sum((each for each in given.values() if each is not None), Fraction(0))
    blank = [name for name, each in given.items() if each is None]
    if total > 1:
        raise Misread("weights_over", total=decimal_text(total), by=decimal_text(total - 1))
    if not blank and total < 1:
        raise Misread("weights_short", total=decimal_text(total), by=decimal_text(1 - total))
    stood = sum((before[name] for name in blank), Fraction(0))
    rest = {
        name: (1 - total) * (before[name] / stood if stood else Fraction(1, len(blank))) for name in blank
    }
    return {name: rest[name] if each is None else each for name, each in given.items()}
