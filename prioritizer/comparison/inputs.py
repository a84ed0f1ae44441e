"""What scenarios state differently, key by key. Free texts (names, reasons, sources) decide nothing and are
left out; weights are compared as they come out, on whosever word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prioritizer.comparison.nouns import InputDifference
from prioritizer.explanation.weights import classes_apart
from prioritizer.model import Case, Noun, Scenario
from prioritizer.scoring import node_weights

# What no plan depends on; the basis of an objective is a key of its own.
_IDLE = {"id_", "basis", "name", "why", "source", "assumption", "by", "at", "ministry"}
_THINGS = ("funds", "reserves", "limits", "decisions", "dependencies", "assessors")
_ORDER = (
    *("objective.basis", "objective.hurdle", "funds", "reserves", "state_share_cap", "least_grant_bn"),
    *("weights", "exchange_rate", "eligibility.unassessed", "eligibility.minimum_by_factor"),
    *("eligibility.dossier", "eligibility.dossier_by_class", "limits", "decisions", "dependencies"),
    *("assessors", "consensus", "ties", "tie_order", "fields"),
)
_Key = tuple[str, str, str]  # key, id, part


def input_differences(cases: Sequence[Case]) -> tuple[InputDifference, ...]:
    """Everything that is not stated alike, in the usual order of a scenario's keys, then by id."""
    weighed = all(case.criteria is not None for case in cases)
    apart = sorted({name for case in cases for name in classes_apart(case)}) if weighed else []
    stated = [dict(_stated(case, ["", *apart] if weighed else [])) for case in cases]
    keys = dict.fromkeys(key for each in stated for key in each)
    found = [
        InputDifference(*key, tuple(each.get(key) for each in stated))
        for key in keys
        if len({_sense(each.get(key)) for each in stated}) > 1
    ]
    return tuple(sorted(found, key=lambda each: (_ORDER.index(each.key), *_place(each, cases))))


def _place(found: InputDifference, cases: Sequence[Case]) -> tuple[str, int, str]:
    """Weights by class in the order of the tree, all else by id."""
    if found.key != "weights":
        return found.part, 0, found.id
    at = [list(node_weights(case)).index(found.id) for case in cases if found.id in node_weights(case)]
    return found.part, min(at), found.id


def _stated(case: Case, classes: Sequence[str]) -> Iterator[tuple[_Key, Any]]:
    scenario = case.scenario
    for key in _THINGS:
        for thing in getattr(scenario, key):
            yield (key, thing.id.casefold(), ""), thing
    yield from _single(scenario)
    yield from _by_id(scenario)
    for class_ in classes:
        for node, weight in node_weights(case, class_).items():
            # What is elicited is rounded to 1e-9, and a third is no other weight for that.
            yield ("weights", node, class_), round(weight, 9)


def _single(scenario: Scenario) -> Iterator[tuple[_Key, Any]]:
    objective, eligibility = scenario.objective, scenario.eligibility
    yield ("objective.basis", "", ""), objective.basis
    yield ("objective.hurdle", "", ""), objective
    yield ("least_grant_bn", "", ""), scenario.least_grant_mvnd
    yield ("eligibility.unassessed", "", ""), eligibility.unassessed
    yield ("eligibility.dossier", "", ""), tuple(sorted(eligibility.dossier)) or None
    yield ("consensus", "", ""), scenario.consensus
    yield ("ties", "", ""), scenario.ties
    yield ("tie_order", "", ""), scenario.tie_order or None
    yield ("fields", "", ""), tuple(sorted(scenario.fields)) or None


def _by_id(scenario: Scenario) -> Iterator[tuple[_Key, Any]]:
    eligibility = scenario.eligibility
    tables: Mapping[str, Mapping[Any, Any]] = {
        "state_share_cap": scenario.state_share_cap,
        "exchange_rate": scenario.exchange_rate,
        "eligibility.minimum_by_factor": eligibility.minimum_by_factor,
        "eligibility.dossier_by_class": {
            name: tuple(sorted(own)) for name, own in eligibility.dossier_by_class.items()
        },
    }
    for key, table in tables.items():
        for name, value in table.items():
            yield (key, name, ""), value


def _sense(value: Any) -> Any:
    """What decides something in a statement, in a form that equal ones share."""
    if isinstance(value, Noun):
        members = value.model_dump(exclude=_IDLE)
        return tuple((name, _folded(each)) for name, each in sorted(members.items()))
    return value


def _folded(value: Any) -> Any:
    """Ids, and lists of them, whatever their capitals and order."""
    if isinstance(value, Mapping):
        return tuple(sorted((name, _folded(each)) for name, each in value.items()))
    if isinstance(value, (tuple, list)):
        return tuple(sorted(str(each).casefold() for each in value))
    return value.casefold() if isinstance(value, str) else value
