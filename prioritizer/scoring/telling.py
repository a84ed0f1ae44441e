"""Criteria that weigh something and yet do not tell the projects apart."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import numpy as np

from prioritizer.model import Bools, Case, Criterion
from prioritizer.scoring.consensus import consensus
from prioritizer.scoring.values import exact_ends
from prioritizer.scoring.weights import UNCLASSED, leaf_weights

Silence = Literal["not_assessed", "same"]


def telling_nothing(case: Case) -> list[tuple[Criterion, Silence]]:
    """The leaves with weight on which all projects are worth the same at both ends, and whether that is
    because nobody judged any; none where values are given or there is one project only."""
    if case.criteria is None or case.assessments is None or len(case.register) < 2:
        return []
    classes = case.register.columns["class"]
    present = {classes.levels[code] for code in np.unique(classes.codes).tolist()}
    weights = [leaf_weights(case, name) for name in sorted(present)]
    alike = {UNCLASSED: dict.fromkeys((leaf.id for leaf in case.criteria.leaves), Fraction(1))}
    low, high, _ = exact_ends(case, alike)
    judged = np.any(consensus(case).low >= 0, axis=1).tolist()
    same: Bools = np.logical_and(*((end == end[:, :1]).all(axis=1) for end in (low, high)))
    return [
        (leaf, "same" if judged[at] else "not_assessed")
        for at, leaf in enumerate(case.criteria.leaves)
        if same[at] and any(own[leaf.id] for own in weights)
    ]
