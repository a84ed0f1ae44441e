"""Two solvers, one plan: the same bytes whoever searched, and a check that stands alone takes them."""

import json

import pytest

from prioritizer import allocation, pipeline, scoring
from prioritizer.model import Case
from prioritizer.results import Evaluation
from prioritizer.verifier import verify
from tests.properties.instances import drawn

CHUNK = 20


def written(case: Case, solver: str) -> bytes:
    """The plan file of a case, as that solver led to it."""
    scores = scoring.score(case)
    plan = allocation.allocate(case, scores, solver=solver)
    said = pipeline.plan_object(Evaluation(case, scores, plan))
    return json.dumps(said, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("first", range(5000, 5300, CHUNK))
def test_cbc_and_highs_lead_to_the_same_bytes(first):
    for seed in range(first, first + CHUNK):
        case = drawn(seed)
        found = written(case, "highs")
        assert written(case, "cbc") == found, seed
        assert not [each for each in verify(found).clauses if each.faults], seed
