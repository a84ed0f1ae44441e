"""An evaluation that was worked out in another process says the same as one from here."""

from __future__ import annotations

import pickle
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from prioritizer import pipeline
from prioritizer.results import Plan

NAMES = ("baseline", "high-bar", "few-and-deep", "carried-over")
T = TypeVar("T")
SCENARIOS = {path.stem: path for path in pipeline.scenario_paths() if path.stem in NAMES}


def sent(thing: T) -> T:
    """A thing as another process would have it."""
    arrived: T = pickle.loads(pickle.dumps(thing))  # noqa: S301  our own
    return arrived


@pytest.fixture(scope="module", params=sorted(SCENARIOS))
def path(request: pytest.FixtureRequest) -> Path:
    """A scenario that is shipped."""
    return SCENARIOS[request.param]


def test_a_plan_that_was_sent_is_the_same_in_every_field(path: Path) -> None:
    arrived = sent(pipeline.assess(pipeline.load(path)).plan)
    here = pipeline.assess(pipeline.load(path)).plan
    for each in fields(Plan):
        np.testing.assert_equal(getattr(arrived, each.name), getattr(here, each.name), each.name)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_evaluation_that_was_sent_says_the_same(path: Path, lang: str) -> None:
    here = pipeline.assess(pipeline.load(path))
    arrived = sent(here)
    assert pipeline.plan_text(arrived, lang) == pipeline.plan_text(here, lang)
    assert pipeline.shortlist_csv(arrived, lang, "excel") == pipeline.shortlist_csv(here, lang, "excel")


def test_an_evaluation_that_was_sent_makes_the_same_plan_file(path: Path) -> None:
    here = pipeline.assess(pipeline.load(path))
    arrived = sent(here)
    assert pipeline.plan_object(arrived) == pipeline.plan_object(here)


def test_what_is_worked_out_on_demand_goes_as_what_it_comes_to() -> None:
    plan = pipeline.assess(pipeline.load(SCENARIOS["baseline"])).plan
    assert callable(plan.__dict__["reason"])
    assert not any(map(callable, plan.__getstate__().values()))
