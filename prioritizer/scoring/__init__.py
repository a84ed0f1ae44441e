"""From a case to values, exactly: weights, value functions, contributions, ranks, and who is eligible."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from prioritizer.model import Case, Ints
from prioritizer.results import Scores
from prioritizer.scoring.consensus import competence, consensus, decided_by
from prioritizer.scoring.eligibility import lacks
from prioritizer.scoring.values import contributions, factor_values, value_ends
from prioritizer.scoring.weights import leaf_weights, node_weights, value_weights, weighings


def score(case: Case) -> Scores:
    """The value of every project, exact and rounded once to 1e-4 point (half to even)."""
    if case.register.given_e4 is not None:
        given = case.register.given_e4
        none = np.zeros(len(given), dtype=np.int64)
        return Scores(given, given, given, given, _ranks(given), none, lacks(case))
    held = consensus(case)
    case = replace(case, agreed=held)  # so that it is formed once
    low, middle, high = value_ends(case)
    counted = {"low": low, "mid": middle, "high": high}[case.scenario.eligibility.unassessed]
    assessed: Ints = (held.low >= 0).sum(axis=0, dtype=np.int64)
    return Scores(counted, low, middle, high, _ranks(counted), assessed, lacks(case))


def _ranks(value_e4: Ints) -> Ints:
    """1 for the greatest value; equals share a rank (1, 1, 3)."""
    ascending = np.sort(value_e4)
    return (len(value_e4) - np.searchsorted(ascending, value_e4, side="right") + 1).astype(np.int64)


__all__ = [
    "competence",
    "consensus",
    "contributions",
    "decided_by",
    "factor_values",
    "lacks",
    "leaf_weights",
    "node_weights",
    "score",
    "value_weights",
    "weighings",
]
