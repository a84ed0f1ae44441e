"""Tiny cases whose projects are judged by criteria, in memory: scores from 0 to 10, some of them open."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from prioritizer.model import Case, Consensus, CriteriaTree
from tests.build import BODIES, Project, case

FLAT = ("a", "b", "c")
DEEP = {"x": ("a", "b"), "y": ("c", "d")}


def leaf(name: str) -> dict[str, Any]:
    return {"id": name, "name": name, "scale": {"worst": 0, "best": 10}}


def tree(nodes: Sequence[str] | dict[str, Sequence[str]]) -> CriteriaTree:
    """Leaves, or factors with their leaves."""
    if isinstance(nodes, dict):
        criteria = [
            {"id": name, "name": name, "children": [leaf(each) for each in below]}
            for name, below in nodes.items()
        ]
    else:
        criteria = [leaf(each) for each in nodes]
    return CriteriaTree.model_validate({"schema": "1", "id": "t", "title": "t", "criteria": criteria})


def judged(
    projects: Sequence[Project],
    criteria: CriteriaTree,
    low: Sequence[Sequence[int]],
    high: Sequence[Sequence[int]] | None = None,
    **more: Any,
) -> Case:
    """A case with these scores by leaf, then by project; ``high`` where they are intervals."""
    given = case(projects, **more)
    lows, highs = (np.array(each, dtype=np.int64) for each in (low, high if high is not None else low))
    held = Consensus(Fraction(0), Fraction(1), lows, lows if high is None else highs)
    return replace(given, criteria=criteria, agreed=held, register=replace(given.register, given_e4=None))


def drawn(seed: int, uncertain: bool = True) -> Case:
    """A linear case of a seed, with a few limits, on a flat tree or on one with two factors."""
    rng = Random(seed)
    criteria = tree(rng.choice([FLAT, DEEP]))
    count = rng.randint(2, 6)
    projects = [
        Project(rng.randint(1, 9), 0, rng.choice(BODIES[:2]), class_=rng.choice(["group1", "group2-push"]))
        for _ in range(count)
    ]
    low = [[rng.randint(0, 10) for _ in projects] for _ in criteria.leaves]
    high = [[min(10, own + rng.choice([0, 0, 0, 2, 5])) for own in row] for row in low]
    asked = sum(each.ask for each in projects)
    envelope = rng.randint(1, asked)
    limits: list[dict[str, Any]] = []
    if rng.random() < 0.5:
        limits.append({"id": "c", "where": {"ministry": ["MOST"]}, "at_most": {"amount_bn": envelope // 2}})
    if rng.random() < 0.3:
        limits.append({"id": "s", "where": {"ministry": ["MOIT"]}, "at_most": {"share_of_allocated": "1/2"}})
    own = sum(each.ask for each in projects if each.ministry == "MOIT")
    if rng.random() < 0.3 and own:
        floor = rng.randint(1, max(1, min(own, envelope) // 2))
        limits.append({"id": "f", "where": {"ministry": ["MOIT"]}, "at_least": {"amount_bn": floor}})
    return judged(
        projects,
        criteria,
        low,
        high if uncertain else None,
        envelope_mvnd=envelope,
        limits=limits,
        basis=rng.choice(["funding", "project"]),
        hurdle_e4=rng.choice([0, 0, 300_000]),
    )
