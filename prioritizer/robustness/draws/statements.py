"""What the group said about weights, as rows: order, intervals, and ratios with or without some room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from prioritizer.model import Elicitation
from prioritizer.money import decimal_text
from prioritizer.robustness.draws.polytope import Said, clash, corners
from prioritizer.scoring.contradictions import worst_triple

Terms = Mapping[str, Fraction]  # what is asked to be zero or more, by criterion


def said(statement: Elicitation, names: Sequence[str], room: Fraction) -> list[Said]:
    """What a statement says about the weights of ``names``; others weigh nothing.

    A rank order says which weighs no less, and that equals weigh the same. Swings and pairwise judgements are
    ratios: each may be off by the factor ``1 + room``.
    """
    if statement.rank is not None:
        found = _orders(statement.rank)
    elif statement.intervals is not None:
        found = _within(statement.intervals, names)
    else:
        found = (_ratio(one, other, times, room) for (one, other), times in _ratios(statement).items())
    told = [(f"{text} ({statement.id})", rows) for text, rows in found]
    return [Said(text, tuple(_row(terms, names) for terms in rows)) for text, rows in told]


def clash_of(statements: Sequence[Elicitation], names: Sequence[str], room: Fraction) -> tuple[Said, ...]:
    """Some of what the statements say that cannot all hold, though it could without any one of them."""
    for statement in statements:
        three = _worst_three(statement, names, room)
        if three and not corners(len(three), three):
            return tuple(three)
    return clash(len(names), [each for one in statements for each in said(one, names, room)])


def _worst_three(statement: Elicitation, names: Sequence[str], room: Fraction) -> list[Said]:
    """The three pairwise judgements that contradict each other most, none where none do; as rows about their
    three criteria alone, since a ratio is of what weighs something."""
    pairs = _ratios(statement) if statement.pairwise is not None else {}
    worst = worst_triple(tuple(names), pairs)
    if worst is None:
        return []
    among = worst.most, worst.middle, worst.least
    told = zip(pairs, said(statement, among, room), strict=True)
    return [each for pair, each in told if set(pair) <= set(among)]


def _orders(rank: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, list[Terms]]]:
    for place in rank:
        for one, other in pairwise(place):
            yield f"{one} = {other}", [_more(one, other), _more(other, one)]
    for above, below in pairwise(rank):
        yield f"{above[-1]} ≥ {below[0]}", [_more(above[-1], below[0])]


def _more(one: str, other: str, times: Fraction = Fraction(1)) -> Terms:
    """One weighs at least so many times as much as another."""
    return {one: Fraction(1), other: -times}


def _within(
    intervals: Mapping[str, tuple[Fraction, Fraction]], names: Sequence[str]
) -> Iterator[tuple[str, list[Terms]]]:
    """The ends that say something, as any weight is from 0 to 1; low ones first: they leave a simplex."""
    own = {name: dict.fromkeys(names, Fraction(0)) | {name: Fraction(1)} for name in intervals}
    for name, (low, _) in intervals.items():
        if low > 0:
            yield f"{name} ≥ {decimal_text(low)}", [{each: part - low for each, part in own[name].items()}]
    for name, (_, high) in intervals.items():
        if high < 1:
            yield f"{name} ≤ {decimal_text(high)}", [{each: high - part for each, part in own[name].items()}]


def _ratios(statement: Elicitation) -> dict[tuple[str, str], Fraction]:
    """How many times as much one is said to weigh as another, by pairs."""
    if statement.pairwise is not None:
        judged = {(a, b): times for a, others in statement.pairwise.items() for b, times in others.items()}
        return {
            pair: times for pair, times in judged.items() if pair[::-1] not in judged or pair[0] < pair[1]
        }
    swings = statement.swing or {}
    full = max(swings, key=lambda name: swings[name])
    return {(name, full): swing / swings[full] for name, swing in swings.items() if name != full}


def _ratio(one: str, other: str, times: Fraction, room: Fraction) -> tuple[str, list[Terms]]:
    least, most = times / (1 + room), times * (1 + room)
    rows = [_more(one, other, least), {other: most, one: Fraction(-1)}]
    if not room:
        return f"{one} = {decimal_text(times)} × {other}", rows
    return f"{decimal_text(least)} × {other} ≤ {one} ≤ {decimal_text(most)} × {other}", rows


def _row(terms: Terms, names: Sequence[str]) -> tuple[Fraction, ...]:
    return tuple(terms.get(name, Fraction(0)) for name in names)
