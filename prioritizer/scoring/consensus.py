"""What the assessors hold together: one score, or interval, per project and leaf, by the scenario's rule."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np

from prioritizer.model import Assessments, Bools, Case, Codes, Consensus, Criterion, Ints
from prioritizer.scoring.means import (
    Divisor,
    Places,
    Steps,
    median_places,
    narrowest,
    ordered_sums,
    trimmed_places,
    weighted_sums,
)


def consensus(case: Case) -> Consensus:
    """The consensus of a case, or what it is stated to be."""
    if case.agreed is not None:
        return case.agreed
    assert case.criteria is not None and case.assessments is not None
    held, ladder, worths = case.assessments, _ladder(case.assessments.levels), competence(case)
    ends = [held.low] if held.high is held.low else [held.low, held.high]
    parts, together = 1, [_scores_alone(case, ladder, end[0]) for end in ends if len(end) == 1]
    if not held.assessors:  # nobody has judged yet
        together = [np.full(held.low.shape[1:], -1)]
    if not together:
        sums = [_sums(case, ladder, worths, end) for end in ends]
        parts = lcm(*(_parts(divisors) for _, divisors in sums))
        together = [_over(parts, *each, ladder) for each in sums]
    low, high = together[0], together[-1]
    for at, leaf in enumerate(case.criteria.leaves):
        if leaf.value == "categorical":
            low, high = _with_row(low, high, at, *_category(case, at, leaf, worths[at]))
    return Consensus(ladder.base, ladder.step / parts, low, high)


def decided_by(case: Case, assessors: Collection[str]) -> Case:
    """The case as it is where these assessors alone judge; what none of them judged stays at the consensus
    of all."""
    assert case.assessments is not None and case.criteria is not None
    everyone, own = consensus(case), consensus(replace(case, assessments=_only(case.assessments, assessors)))
    step = Fraction(
        gcd(everyone.step.numerator * own.step.denominator, own.step.numerator * everyone.step.denominator),
        everyone.step.denominator * own.step.denominator,
    )
    scaled = np.array([[leaf.value != "categorical"] for leaf in case.criteria.leaves])
    low, high = (
        np.where(mine >= 0, _finer(mine, own.step / step, scaled), _finer(all_, everyone.step / step, scaled))
        for mine, all_ in ((own.low, everyone.low), (own.high, everyone.high))
    )
    return replace(case, agreed=Consensus(everyone.base, step, low, high))


def competence(case: Case) -> list[list[int]]:
    """By leaf: how much every assessor's judgement counts, in whole numbers; all alike but where the rule is
    ``weighted``. What is said of the leaf comes first, then of the branches above it, nearest first."""
    assert case.criteria is not None and case.assessments is not None
    said = {each.id.casefold(): each for each in case.scenario.assessors}
    found: list[list[int]] = []
    for path in _paths(case.criteria.criteria):
        own = [Fraction(1)] * len(case.assessments.assessors)
        for at, name in enumerate(case.assessments.assessors):
            if case.scenario.consensus.rule == "weighted" and name.casefold() in said:
                assessor = said[name.casefold()]
                on = {node.casefold(): worth for node, worth in assessor.competence_on.items()}
                own[at] = next((on[node] for node in path if node in on), assessor.competence)
        unit = lcm(*(each.denominator for each in own))
        whole = [int(each * unit) for each in own]
        found.append([each // (gcd(*whole) or 1) for each in whole])
    return found


def _paths(nodes: tuple[Criterion, ...], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Of every leaf its id and those of the branches above it, nearest first."""
    paths: list[tuple[str, ...]] = []
    for node in nodes:
        own = (node.id.casefold(), *above)
        paths += _paths(node.children, own) if node.children else [own]
    return paths


@dataclass(frozen=True)
class _Ladder:
    """Scores in even steps: level *i* is ``base + step * steps[i]``; ``steps`` is ``None`` where that is *i*,
    and ends with a 0 for what is not judged. ``top`` is the greatest."""

    base: Fraction
    step: Fraction
    steps: Ints | None
    top: int


def _ladder(levels: tuple[Fraction, ...]) -> _Ladder:
    if not levels:
        return _Ladder(Fraction(0), Fraction(1), None, 0)
    unit = lcm(*(each.denominator for each in levels))
    whole = [each.numerator * (unit // each.denominator) for each in levels]
    apart = gcd(*(each - whole[0] for each in whole)) or 1
    steps = [(each - whole[0]) // apart for each in whole]
    kept: Ints | None = None
    if steps != list(range(len(steps))):
        kept = np.array([*steps, 0], dtype=narrowest(steps[-1]))
    return _Ladder(levels[0], Fraction(apart, unit), kept, steps[-1])


def _alone(ladder: _Ladder, codes: Codes) -> Ints:
    """What a single assessor says, in steps, whole numbers [leaves, n]."""
    alone: Any = codes if ladder.steps is None else np.where(codes >= 0, ladder.steps[codes], -1)
    steps: Ints = alone
    return steps


def _scores_alone(case: Case, ladder: _Ladder, codes: Codes) -> Ints:
    """As :func:`_alone`, of the leaves with a scale: places of categories are none in the ladder."""
    assert case.criteria is not None
    scaled = np.array([leaf.scale is not None for leaf in case.criteria.leaves])
    return _alone(ladder, codes if scaled.all() else np.where(scaled[:, None], codes, -1))


def _sums(case: Case, ladder: _Ladder, worths: list[list[int]], codes: Codes) -> tuple[Ints, list[Divisor]]:
    """Of every leaf with a scale the sum of the judgements at one end that count, in steps [leaves, n], and
    by what it is to be divided."""
    assert case.criteria is not None and case.assessments is not None
    rule, leaves = case.scenario.consensus, case.criteria.leaves
    most = (1 + ladder.top) * max([len(codes), *(sum(own) for own in worths)])
    kind, steps = narrowest(most), ladder.steps
    if kind is object:
        steps = np.array([*range(ladder.top + 1), 0], dtype=object) if steps is None else steps.astype(object)
    of = Steps(steps, case.assessments.complete)
    in_order: dict[str, Places] = {"median": median_places, "trimmed": trimmed_places(rule.trim)}
    places = in_order.get(rule.rule)
    sums: Ints = np.zeros((len(leaves), codes.shape[2]), dtype=kind)  # whole numbers even where nobody judged
    divisors: list[Divisor] = []
    for at, (leaf, out) in enumerate(zip(leaves, sums, strict=True)):
        if leaf.scale is None:
            out[:] = -1
            divisors.append(1)
        elif places is not None:
            divisors.append(ordered_sums(codes[:, at], of, places, out))
        else:
            divisors.append(weighted_sums(codes[:, at], of, worths[at], out))
    return sums, divisors


def _parts(divisors: list[Divisor]) -> int:
    """The least number into which all divisors go."""
    different: set[int] = set()
    for each in divisors:
        if isinstance(each, int):
            different.add(each)
        elif each.dtype != object and int(each.max()) < 2**16:
            different.update(np.flatnonzero(np.bincount(each)).tolist())
        else:
            different.update(np.unique(each).tolist())
    return lcm(*(different - {0}))


def _over(parts: int, sums: Ints, divisors: list[Divisor], ladder: _Ladder) -> Ints:
    """Means [leaves, n] in that part of a step; -1 where nobody judged."""
    if all(isinstance(each, int) and each == parts for each in divisors):
        return sums
    kind = narrowest((1 + ladder.top) * parts)  # with scores all alike the parts themselves must fit
    found: Ints = np.empty(sums.shape, dtype=kind)
    for row, own, by in zip(found, sums, divisors, strict=True):
        if isinstance(by, int):
            np.multiply(own, parts // by, out=row, dtype=kind, casting="unsafe")
        else:
            np.multiply(own, _times(parts, by, kind), out=row, dtype=kind, casting="unsafe")
            row[by == 0] = -1
    return found


def _times(parts: int, divisors: Ints, kind: type) -> Ints:
    """How often each divisor goes into ``parts``, [n]; 0 where it is 0."""
    if kind is object or int(divisors.max()) >= 2**16:
        different, place = np.unique(divisors, return_inverse=True)
        often: Ints = np.array([each and parts // each for each in different.tolist()], dtype=kind)[place]
        return often
    table: Ints = np.array([0, *(parts // each for each in range(1, int(divisors.max()) + 1))], dtype=kind)
    return table[divisors]


def _category(case: Case, at: int, leaf: Criterion, worths: list[int]) -> tuple[Ints, Ints]:
    """The most frequent category of every project, as its place among the levels; where several tie, the one
    with the least and the one with the most points."""
    assert case.assessments is not None
    if leaf.of is not None:
        place = {(level.category or "").casefold(): at for at, level in enumerate(leaf.levels)}
        column = case.register.columns[leaf.of]
        own = np.array([place.get(text.casefold(), -1) for text in column.levels] or [-1])[column.codes]
        return own, own
    codes, points = case.assessments.low[:, at], leaf.points_of_levels
    weights: Ints = np.array(worths, dtype=narrowest(max(2**32, sum(worths))))
    order = sorted(range(len(points)), key=lambda place: (points[place], place))
    votes = np.array([weights @ (codes == place) for place in order])
    tied: Bools = (votes == votes.max(axis=0)) & (votes > 0)
    ranked, judged = np.array(order), tied.any(axis=0)
    low = np.where(judged, ranked[tied.argmax(axis=0)], -1)
    return low, np.where(judged, ranked[len(order) - 1 - tied[::-1].argmax(axis=0)], -1)


def _with_row(low: Ints, high: Ints, at: int, low_row: Ints, high_row: Ints) -> tuple[Ints, Ints]:
    """Both ends with one leaf's row put in; still one array where they are alike."""
    apart = high is not low or not np.array_equal(low_row, high_row)
    low, high = low.copy(), (high.copy() if apart else low)
    low[at] = low_row
    if not apart:
        return low, low
    high[at] = high_row
    return low, high


def _only(held: Assessments, assessors: Collection[str]) -> Assessments:
    """The judgements of some assessors."""
    wanted = {name.casefold() for name in assessors}
    kept = [at for at, name in enumerate(held.assessors) if name.casefold() in wanted]
    low = held.low[kept]
    high = low if held.high is held.low else held.high[kept]
    return replace(
        held, assessors=tuple(held.assessors[at] for at in kept), low=low, high=high, abstained=None
    )


def _finer(steps: Ints, times: Fraction, scaled: Bools) -> Ints:
    """The same in finer steps, where rows are of leaves with a scale."""
    whole = int(times)
    dtype = narrowest(max(1, int(np.max(steps, initial=0))) * whole)
    finer: Ints = np.where(scaled & (steps >= 0), steps.astype(dtype) * whole, steps)
    return finer
