"""From a case to values, exactly: weights, value functions, contributions, ranks, and who is eligible."""

from __future__ import annotations

import numpy as np

from prioritizer.model import Case, Ints
from prioritizer.results import Scores
from prioritizer.scoring.eligibility import lacks
from prioritizer.scoring.values import contributions, exact_ends, factor_values, rounded
from prioritizer.scoring.weights import leaf_weights, node_weights, value_weights, weighings


def score(case: Case) -> Scores:
    """The value of every project, exact and rounded once to 1e-4 point (half to even)."""
    if case.register.given_e4 is not None:
        given = case.register.given_e4
        none = np.zeros(len(given), dtype=np.int64)
        return Scores(given, given, given, given, _ranks(given), none, lacks(case))
    low, high, scale = exact_ends(case, value_weights(case))
    total_low, total_high = low.sum(axis=0), high.sum(axis=0)
    values = {
        "low": rounded(total_low, scale),
        "mid": rounded(total_low + total_high, 2 * scale),
        "high": rounded(total_high, scale),
    }
    counted = values[case.scenario.eligibility.unassessed]
    assert case.assessments is not None
    assessed: Ints = (case.assessments.low >= 0).sum(axis=0, dtype=np.int64)
    ends = values["low"], values["mid"], values["high"]
    return Scores(counted, *ends, _ranks(counted), assessed, lacks(case))


def _ranks(value_e4: Ints) -> Ints:
    """1 for the greatest value; equals share a rank (1, 1, 3)."""
    ascending = np.sort(value_e4)
    return (len(value_e4) - np.searchsorted(ascending, value_e4, side="right") + 1).astype(np.int64)


__all__ = [
    "contributions",
    "factor_values",
    "lacks",
    "leaf_weights",
    "node_weights",
    "score",
    "value_weights",
    "weighings",
]
