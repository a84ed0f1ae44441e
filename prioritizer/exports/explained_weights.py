"""The weights as lines of text and as JSON: the tree, on whose word, and what classes are worth."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from prioritizer import locale
from prioritizer.explanation.weights import (
    class_label,
    classes_apart,
    describe_rates,
    describe_weighing,
    words_spoken,
)
from prioritizer.exports.explained import Explained, section
from prioritizer.exports.terminal import aligned
from prioritizer.model import ROOT, Case, Criterion
from prioritizer.scoring import node_weights
from prioritizer.scoring.pairwise import Compared
from prioritizer.scoring.weights import UNCLASSED, Weighing

_LONGEST_NAME = 44


def explained_weights(case: Case, lang: str) -> Explained:
    """What every criterion weighs, class by class where they differ, and where that comes from."""
    head = {"schema": 1, "scenario": case.scenario.id}
    lines = [
        locale.say("exports.proposal", lang).upper(),
        f"{case.scenario.title.into(lang)} ({case.scenario.id})",
    ]
    if case.criteria is None:
        said = locale.say("weights.given", lang)
        return Explained([*lines, said], {**head, "sentences": [said]})
    spoken = [(name, each, describe_weighing(case, name, each, lang)) for name, each in words_spoken(case)]
    rates = describe_rates(case, lang)
    lines += [
        *section("weights.tree", _table(case, lang), lang, mark=""),
        "",
        locale.say("weights.legend", lang),
        *_sources(spoken, lang),
        *section("weights.rates", rates, lang),
    ]
    content = {
        **head,
        "criteria": _criteria(case),
        "sources": [_source(name, each, said) for name, each, said in spoken],
        "exchange_rate": {str(name): str(rate) for name, rate in case.scenario.exchange_rate.items()},
        "sentences": rates,
    }
    return Explained(lines, content)


def _sources(spoken: list[tuple[str, Weighing, list[str]]], lang: str) -> list[str]:
    lines = ["", locale.say("exports.explained.weights.sources", lang)]
    for _, _, (first, *rest) in spoken:
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return lines


def _table(case: Case, lang: str) -> list[str]:
    """The tree, a row per node: its weight among its siblings and, in brackets, in a project's value."""
    shown = [UNCLASSED, *classes_apart(case)]
    weights = {name: _weights(case, name) for name in shown}
    heads = [locale.say("weights.criterion", lang), *(class_label(case, name, lang) for name in shown)]
    rows = [
        [_indented(node, depth, lang), *(_cell(*weights[name][node.id], lang) for name in shown)]
        for node, depth in _nodes(case)
    ]
    return aligned(heads, rows, right=tuple(range(1, len(heads))))


def _indented(node: Criterion, depth: int, lang: str) -> str:
    name = "  " * depth + node.name.into(lang)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _cell(own: Fraction, in_value: Fraction, lang: str) -> str:
    return f"{locale.percent(own, lang)} ({locale.percent(in_value, lang)})"


def _nodes(case: Case) -> list[tuple[Criterion, int]]:
    """All nodes, each before what lies below it, with their depth."""
    assert case.criteria is not None

    def below(siblings: tuple[Criterion, ...], depth: int) -> list[tuple[Criterion, int]]:
        return [each for node in siblings for each in ((node, depth), *below(node.children, depth + 1))]

    return below(case.criteria.criteria, 0)


def _weights(case: Case, class_: str) -> dict[str, tuple[Fraction, Fraction]]:
    """By node, for a class: its weight among its siblings and in a project's value."""
    assert case.criteria is not None
    own = node_weights(case, class_)
    in_value: dict[str, Fraction] = {"": Fraction(1)}
    for parent, siblings in case.criteria.families():
        in_value |= {node.id: in_value[parent] * own[node.id] for node in siblings}
    return {name: (weight, in_value[name]) for name, weight in own.items()}


def _criteria(case: Case) -> list[dict[str, Any]]:
    assert case.criteria is not None
    weights = {name: _weights(case, name) for name in (UNCLASSED, *classes_apart(case))}
    above = {node.id: parent for parent, siblings in case.criteria.families() for node in siblings}
    return [
        {
            "id": node.id,
            "parent": above[node.id] or None,
            "weights": [
                {
                    "class": name or None,
                    "among_siblings": float(own[node.id][0]),
                    "among_siblings_exact": str(own[node.id][0]),
                    "in_value": float(own[node.id][1]),
                    "in_value_exact": str(own[node.id][1]),
                }
                for name, own in weights.items()
            ],
        }
        for node, _ in _nodes(case)
    ]


def _source(class_: str, each: Weighing, said: list[str]) -> dict[str, Any]:
    """On whose word: ``origin`` and, where it is elicited, the statement and what came of it."""
    head = {"over": each.parent or ROOT, "class": class_ or None, "origin": each.origin}
    if each.heard is None:
        return {
            **head,
            "stated_outright": each.origin in ("direct", "by_class", "criteria"),
            "sentences": said,
        }
    statement, tightened = each.heard.statement, each.heard.tightened
    return {
        **head,
        "stated_outright": False,
        "statement": statement.id,
        "method": statement.method,
        "by": statement.by.model_dump(),
        "at": statement.at,
        "why": statement.why.model_dump(),
        "left_out": list(statement.leave_out),
        "pairwise": _compared(each.heard.compared),
        "tightened": None
        if tightened is None
        else {name: [float(low), float(high)] for name, (low, high) in tightened.items()},
        "sentences": said,
    }


def _compared(found: Compared | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "largest_eigenvalue": float(found.largest_eigenvalue),
        "consistency_index": float(found.index),
        "random_index": float(found.random_index),
        "consistency_ratio": float(found.ratio),
        "acceptable": found.acceptable,
        "mend": [
            {
                "more": each.more,
                "less": each.less,
                "judgement": float(each.judgement),
                "consistent": float(each.consistent),
                "consistency_ratio_then": float(each.ratio_then),
            }
            for each in found.mends
        ],
    }
