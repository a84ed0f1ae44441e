"""The case inside a plan file: all that a result was decided from, as plain JSON, and its digests.

Amounts are whole million VND, values whole 1e-4 points, shares, weights and scores exact texts such as
``1/3``; what does not exist is ``null``. Whoever reads the same scenario, tables and criteria again gets the
same object, and so the same digests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from prioritizer.inputs.columns import DOSSIER
from prioritizer.model import CLASSES, Assessments, Case, Criterion, Ints, Level, Noun
from prioritizer.scoring import node_weights

PARTS = ("scenario", "criteria", "weights", "register", "costs", "assessments")
# Free texts and texts of amounts stay out, unless something is decided by them.
_IDLE_COLUMNS = {
    *("note", "source", "minimum_bn", "cofinance_bn", "received_bn"),
    *(column.name for column in DOSSIER),
}


def case_object(case: Case) -> dict[str, Any]:
    """The resolved case by parts."""
    return {
        "scenario": _plain(case.scenario),
        "criteria": None if case.criteria is None else [_node(node) for node in case.criteria.criteria],
        "weights": _weights(case),
        "register": _register(case),
        "costs": _costs(case),
        "assessments": _assessments(case),
    }


def digests(case: Case) -> dict[str, str]:
    """SHA-256 of the canonical JSON of every part of a case, and of the whole under ``case``."""
    content = case_object(case)
    return {part: digest(content[part]) for part in PARTS} | {"case": digest(content)}


def digest(content: Any) -> str:
    """SHA-256 of a JSON value in its canonical form."""
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: Any) -> bytes:
    """The one text of a JSON value: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def _plain(value: Any) -> Any:
    """A noun as JSON, member by member under its name in the model; derived ids are written out."""
    if isinstance(value, Noun):
        members = {name.rstrip("_"): _plain(getattr(value, name)) for name in type(value).model_fields}
        return {**members, "id": getattr(value, "id")} if "id" in members else members  # noqa: B009
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _node(node: Criterion) -> dict[str, Any]:
    scale, by_level = node.scale, node.value != "linear"
    levels = [
        {name: None if own is None else str(own) for name, own in _of_level(level)} for level in node.levels
    ]
    return {
        "id": node.id,
        "name": _plain(node.name),
        "weight": None if node.weight is None else str(node.weight),
        "value": node.value,
        "scale": None if scale is None else {"worst": str(scale.worst), "best": str(scale.best)},
        "children": [_node(child) for child in node.children],
        **({"of": node.of, "levels": levels} if by_level else {}),
    }


def _of_level(level: Level) -> tuple[tuple[str, Fraction | str | None], ...]:
    """What a value function takes of a level."""
    return ("score", level.score), ("category", level.category), ("value", level.value)


def _weights(case: Case) -> dict[str, dict[str, str]] | None:
    """By class, and for projects without one: what every node weighs among its siblings, however stated."""
    if case.criteria is None:
        return None
    of_class = {name: node_weights(case, name) for name in CLASSES} | {"unclassed": node_weights(case)}
    return {
        class_: {node: str(weight) for node, weight in weights.items()}
        for class_, weights in of_class.items()
    }


def _register(case: Case) -> list[dict[str, Any]]:
    register, scenario = case.register, case.scenario
    leaves = case.criteria.leaves if case.criteria else ()
    decisive = {
        *scenario.eligibility.dossier,
        *(name for names in scenario.eligibility.dossier_by_class.values() for name in names),
        *(field for limit in scenario.limits for field in limit.where),
        *(leaf.of for leaf in leaves if leaf.of),
    }
    texts = {
        name: column.texts()
        for name, column in register.columns.items()
        if name in decisive or name not in _IDLE_COLUMNS
    }
    given, minimum, cofinance = (
        _numbers(each, len(register))
        for each in (register.given_e4, register.minimum_mvnd, register.cofinance_mvnd)
    )
    return [
        {
            "id": name,
            "ask_mvnd": int(register.ask_mvnd[row]),
            "given_e4": given[row],
            "minimum_mvnd": minimum[row] or None,
            "cofinance_mvnd": cofinance[row] or None,
            "columns": {column: cells[row] or None for column, cells in texts.items()},
        }
        for row, name in enumerate(register.ids)
    ]


def _numbers(column: Ints | None, size: int) -> list[int | None]:
    return [None] * size if column is None else column.tolist()


def _costs(case: Case) -> dict[str, Any] | None:
    costs, ids = case.costs_by_kind, case.register.ids
    if costs is None:
        return None
    columns = (costs.project.tolist(), costs.milestone.tolist(), costs.cost_mvnd.tolist())
    cells = zip(*columns, costs.year.texts(), costs.kind.texts(), strict=True)
    return {
        "kinds": [kind for kind in costs.kind.levels if kind],
        "cells": [
            {
                "project": ids[project],
                "milestone": milestone or None,
                "year": year,
                "kind": kind or None,
                "cost_mvnd": cost,
            }
            for project, milestone, cost, year, kind in cells
        ],
        "milestones": [
            {"project": ids[row], "milestone": milestone, "value_share": str(share)}
            for (row, milestone), share in costs.value_share.items()
        ],
    }


def _assessments(case: Case) -> dict[str, Any] | None:
    """By project and leaf: the judgement where all are of one assessor, else every assessor's by id, ``null``
    where he abstains; ``null`` where nobody judges. A judgement has both ends of the score as exact texts, or
    is the id of a category."""
    held, tree = case.assessments, case.criteria
    if held is None or tree is None:
        return None
    texts = np.array([*map(str, held.levels), None], dtype=object)
    several = len(held.assessors) != 1 or held.abstained is not None
    by_leaf = {}
    for at, leaf in enumerate(tree.leaves):
        names = np.array([*(level.category for level in leaf.levels), None], dtype=object)
        low, high = ((texts if leaf.scale else names)[end[:, at]].T.tolist() for end in (held.low, held.high))
        judged = [
            [
                each if leaf.scale is None or each is None else [each, other]
                for each, other in zip(*pair, strict=True)
            ]
            for pair in zip(low, high, strict=True)
        ]
        by_leaf[leaf.id] = _by_assessor(held, at, judged) if several else [each[0] for each in judged]
    return {
        project: {leaf: judged[row] for leaf, judged in by_leaf.items()}
        for row, project in enumerate(case.register.ids)
    }


def _by_assessor(held: Assessments, at: int, judged: list[list[Any]]) -> list[dict[str, Any] | None]:
    """The judgements of every project on a leaf, by assessor."""
    declined = [[False] * len(held.assessors)] * len(judged)
    if held.abstained is not None:
        declined = held.abstained[:, at].T.tolist()
    return [
        {
            name: each
            for name, each, declines in zip(held.assessors, own, declining, strict=True)
            if each is not None or declines
        }
        or None
        for own, declining in zip(judged, declined, strict=True)
    ]
