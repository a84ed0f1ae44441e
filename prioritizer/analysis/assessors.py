"""Several assessors: where they disagree, how each leans, and which money moves if some decide alone.

An assessor alone, or a ministry's assessors by the scenario's rule among themselves, decide what they judged;
what none of them judged stays at the consensus of all, so that silence neither helps nor harms a project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Literal

import numpy as np

from prioritizer import scoring
from prioritizer.allocation import Effort, allocate
from prioritizer.analysis.points import leaf_points
from prioritizer.analysis.whatif import difference
from prioritizer.model import Assessments, Bools, Case, Ints
from prioritizer.results import E4, Alone, AssessorReport, Difference, Disagreement, Evaluation, Leaning
from prioritizer.scoring.consensus import decided_by

Kind = Literal["assessor", "ministry"]
Progress = Callable[[int, int], None]  # told how many plans are solved, of how many


def assessor_report(
    evaluation: Evaluation, effort: Effort | None = None, progress: Progress | None = None
) -> AssessorReport:
    """Everything about the assessors of a case; one solve for each that decides otherwise than all together.

    Raises ``ValueError`` for a register with given values.
    """
    case = evaluation.case
    if case.criteria is None or case.assessments is None:
        raise ValueError("values are given, not judged")
    held = case.assessments
    own = np.array([leaf_points(decided_by(case, (name,))) for name in held.assessors], dtype=np.int64)
    judged = held.low.transpose(0, 2, 1) >= 0
    return AssessorReport(
        _disagreement(own, judged),
        tuple(_leanings(case, held, own, judged)),
        tuple(_alone(evaluation, effort, progress)),
    )


# ------------------------------------------------------------------ judgements


def _disagreement(own: Ints, judged: Bools) -> Disagreement:
    """From the points that each gives, [assessors, n, leaves], and whether it judged."""
    total, pairs = (np.zeros(own.shape[1:], dtype=np.int64) for _ in range(2))
    widest = np.zeros(own.shape[1:], dtype=np.int64)
    for one, other in combinations(range(len(own)), 2):
        both = judged[one] & judged[other]
        apart = np.where(both, np.abs(own[one] - own[other]), 0)
        total, pairs, widest = total + apart, pairs + both, np.maximum(widest, apart)
    return Disagreement(judged.sum(axis=0, dtype=np.int64), widest, _divided(total, pairs))


def _divided(total: Ints, by: Ints) -> Ints:
    """To the nearest whole, halves up; 0 where there is nothing to divide by."""
    whole: Ints = np.where(by > 0, (2 * total + by) // np.maximum(2 * by, 1), 0)
    return whole


def _leanings(case: Case, held: Assessments, own: Ints, judged: Bools) -> Iterator[Leaning]:
    assert case.criteria is not None
    together = leaf_points(case)
    open_ = sum(leaf.of is None for leaf in case.criteria.leaves) * len(case.register)
    for at, name in enumerate(held.assessors):
        count = int(judged[at].sum())
        above = int(np.where(judged[at], own[at] - together, 0).sum())
        declined = 0 if held.abstained is None else int(held.abstained[at].sum())
        yield Leaning(name, count, open_, declined, Fraction(above, count * E4) if count else None)


# ------------------------------------------------------------------ money


def _alone(evaluation: Evaluation, effort: Effort | None, progress: Progress | None) -> Iterator[Alone]:
    """Every assessor alone, then every ministry's together; the same people are not asked twice."""
    deciding = _deciding(evaluation.case)
    solved: dict[frozenset[str], tuple[Ints, Difference]] = {}
    everyone = frozenset().union(*(people for _, _, people in deciding))
    solved[everyone] = evaluation.scores.value_e4, difference(evaluation.plan, evaluation.plan)
    total = len({people for _, _, people in deciding} - {everyone})
    for kind, by, people in deciding:
        if people not in solved:
            solved[people] = _decided(evaluation, people, effort)
            if progress is not None:
                progress(len(solved) - 1, total)
        yield Alone(kind, by, tuple(sorted(people)), *solved[people])


def _deciding(case: Case) -> list[tuple[Kind, str, frozenset[str]]]:
    """Who decides alone: what kind, its id, and the assessors' ids."""
    assert case.assessments is not None
    names = case.assessments.assessors
    found: list[tuple[Kind, str, frozenset[str]]] = [
        ("assessor", name, frozenset({name.casefold()})) for name in names
    ]
    judging = {name.casefold() for name in names}
    by_ministry: dict[str, set[str]] = {}
    for each in case.scenario.assessors:
        if each.ministry and each.id.casefold() in judging:
            by_ministry.setdefault(each.ministry.casefold(), set()).add(each.id.casefold())
    bodies = [body.id for body in case.ministries.bodies if body.id.casefold() in by_ministry]
    return [*found, *(("ministry", body, frozenset(by_ministry[body.casefold()])) for body in bodies)]


def _decided(
    evaluation: Evaluation, people: frozenset[str], effort: Effort | None
) -> tuple[Ints, Difference]:
    case = decided_by(evaluation.case, people)
    scores = scoring.score(case)
    return scores.value_e4, difference(evaluation.plan, allocate(case, scores, effort))
