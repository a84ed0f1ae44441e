"""Why one project is worth more than another, as lines of text and as JSON."""

from __future__ import annotations

from typing import Any

from prioritizer import locale
from prioritizer.explanation.contrast import (
    criterion_name,
    describe_contrast,
    describe_judgements,
    judgements,
    shown,
    shown_text,
)
from prioritizer.exports.explained import Explained, section
from prioritizer.exports.terminal import aligned, case_lines
from prioritizer.model import Case
from prioritizer.results import E4, Contrast, LeafContrast, Scores

_LONGEST_NAME = 30
_EVIDENCED = 6  # criteria whose judgements are told in text


def explained_contrast(case: Case, scores: Scores, found: Contrast | None, lang: str) -> Explained:
    """Two projects leaf by leaf, no plan being needed; ``found`` is ``None`` where values are given."""
    head = {"schema": 1, "scenario": case.scenario.id}
    if found is None:
        said = locale.say("explanation.contrast.given", lang)
        return Explained([*case_lines(case, lang), said], {**head, "sentences": [said]})
    sentences = describe_contrast(case, scores, found, lang)
    lines = [
        *case_lines(case, lang),
        *sentences,
        *section("contrast.table", _table(case, found, lang), lang, mark=""),
        *section("contrast.evidence", _evidence(case, found, lang), lang, mark=""),
    ]
    return Explained(lines, {**head, **_content(case, scores, found, lang), "sentences": sentences})


def _table(case: Case, found: Contrast, lang: str) -> list[str]:
    alike = all(each.weights[0] == each.weights[1] for each in found.leaves)
    columns = ("weight",) if alike else ("weight", "weight")
    columns = (*columns, "points", "points", "adds", "adds")
    names = [case.register.ids[row] for row in found.rows]
    heads = [_say("criterion", lang), *(_say(key, lang) for key in columns), _say("difference", lang)]
    whose = ["", *([""] if alike else names), *names, *names, ""]
    rows = [_row(case, each, alike, lang) for each in found.leaves]
    rows += _sums(found, blank=[""] * (len(columns) - 2), lang=lang)
    top, rule, below, *rest = aligned(heads, [whose, *rows], right=tuple(range(1, len(heads))))
    return [top, below, rule, *rest]


def _row(case: Case, leaf: LeafContrast, alike: bool, lang: str) -> list[str]:
    name = criterion_name(case, leaf.criterion, lang)
    return [
        name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…",
        *(locale.percent(each, lang, 2) for each in leaf.weights[: 1 if alike else 2]),
        *(locale.points(each, lang, 1) for each in leaf.points_e4),
        *_figures(shown(leaf.adds_e4[0]), shown(leaf.adds_e4[1]), lang),
    ]


def _sums(found: Contrast, blank: list[str], lang: str) -> list[list[str]]:
    """What rounding leaves, where it leaves anything, and the totals: columns add up as they are shown."""
    totals = [shown(value) for value in found.values_e4]
    left = [total - sum(shown(leaf.adds_e4[at]) for leaf in found.leaves) for at, total in enumerate(totals)]
    rows = [[_say("rounding", lang), *blank, *_figures(left[0], left[1], lang)]] if any(left) else []
    return [*rows, [_say("total", lang), *blank, *_figures(totals[0], totals[1], lang)]]


def _figures(one: int, other: int, lang: str) -> list[str]:
    return [shown_text(one, lang), shown_text(other, lang), shown_text(one - other, lang, signed=True)]


def _say(key: str, lang: str, **params: object) -> str:
    return locale.say(f"exports.explained.contrast.{key}", lang, **params)


def _evidence(case: Case, found: Contrast, lang: str) -> list[str]:
    telling = [leaf for leaf in found.leaves if leaf.difference_e4]
    lines = []
    for leaf in telling[:_EVIDENCED]:
        lines.append(f"- {criterion_name(case, leaf.criterion, lang)}")
        lines += [f"    {said}" for said in describe_judgements(case, found, leaf, lang)]
    if (more := len(telling) - _EVIDENCED) > 0:
        lines.append(locale.say("explanation.contrast.more", lang, count=more))
    return lines


def _content(case: Case, scores: Scores, found: Contrast, lang: str) -> dict[str, Any]:
    first, second = found.values_e4
    return {
        "projects": [
            {"id": case.register.ids[row], "rank": int(scores.rank[row]), "value": value / E4}
            for row, value in zip(found.rows, found.values_e4, strict=True)
        ],
        "difference": (first - second) / E4,
        "criteria": [_leaf(case, found, leaf, lang) for leaf in found.leaves],
        "rounding": [each / E4 for each in found.rounding_e4],
    }


def _leaf(case: Case, found: Contrast, leaf: LeafContrast, lang: str) -> dict[str, Any]:
    return {
        "criterion": leaf.criterion,
        "name": criterion_name(case, leaf.criterion, lang),
        "weights": [str(each) for each in leaf.weights],
        "points": [each / E4 for each in leaf.points_e4],
        "adds": [each / E4 for each in leaf.adds_e4],
        "difference": leaf.difference_e4 / E4,
        "judgements": [judgements(case, leaf.criterion, row) for row in found.rows],
    }
