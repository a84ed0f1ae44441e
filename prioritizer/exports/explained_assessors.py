"""Where assessors disagree, and the money of it, as lines of text and as JSON."""

from __future__ import annotations

from typing import Any

import numpy as np

from prioritizer import locale
from prioritizer.explanation import value_label
from prioritizer.explanation.assessors import (
    NAMED,
    alone_name,
    describe_alone,
    describe_apart,
    describe_rule,
    most_apart,
)
from prioritizer.explanation.contrast import assessor_name
from prioritizer.exports.differences import difference_object
from prioritizer.exports.explained import Explained, section
from prioritizer.exports.terminal import aligned, heading_lines
from prioritizer.model import Case
from prioritizer.results import E4, Alone, AssessorReport, Evaluation, Leaning

_LONGEST_NAME, _LONGEST_PERSON = 32, 26
_PEOPLE = ("assessor", "ministry", "coverage", "abstained", "leaning", "gained", "lost")
_CRITERIA = ("criterion", "compared", "mean", "widest")
_PROJECTS = ("value", "least", "greatest", "spread")


def explained_assessors(evaluation: Evaluation, report: AssessorReport | None, lang: str) -> Explained:
    """Everything about the assessors; ``report`` is ``None`` where values are given."""
    case = evaluation.case
    head = {"schema": 1, "scenario": case.scenario.id, "status": evaluation.plan.status}
    if report is None or len(report.leanings) < 2:
        key = "given" if report is None else "single" if report.leanings else "nobody"
        said = locale.say(f"explanation.assessors.{key}", lang)
        return Explained([*heading_lines(evaluation, lang), said], {**head, "sentences": [said]})
    rule, apart = describe_rule(case, lang), describe_apart(case, report, lang)
    lines = [
        *heading_lines(evaluation, lang),
        *rule,
        *section("assessors.people", _people(case, report, lang), lang, mark=""),
        *section("assessors.criteria", _criteria(case, report, lang), lang, mark=""),
        *section("assessors.projects", _projects(evaluation, report, lang), lang, mark=""),
        *section("assessors.apart", apart, lang),
        *section("assessors.alone", _money_lines(case, report, lang), lang),
    ]
    return Explained(lines, {**head, **_content(evaluation, report, lang), "sentences": rule})


def _money_lines(case: Case, report: AssessorReport, lang: str) -> list[str]:
    """A ministry's only assessor is not told twice."""
    told = [each for each in report.alone if each.kind == "assessor" or len(each.people) > 1]
    return [describe_alone(case, each, lang) for each in told]


# ------------------------------------------------------------------ tables


def _people(case: Case, report: AssessorReport, lang: str) -> list[str]:
    alone = {each.by: each for each in report.alone if each.kind == "assessor"}
    rows = [_person(case, each, alone[each.assessor], lang) for each in report.leanings]
    return aligned(_heads(_PEOPLE, lang), rows, right=(2, 3, 4, 5, 6))


def _person(case: Case, leaning: Leaning, alone: Alone, lang: str) -> list[str]:
    return [
        _short(assessor_name(case, leaning.assessor, lang), _LONGEST_PERSON),
        value_label(case, "ministry", _ministry_of(case, leaning.assessor), lang),
        f"{leaning.judged}/{leaning.open}",
        str(leaning.abstained),
        "–" if leaning.leaning is None else _signed(locale.number(leaning.leaning, lang, 1)),
        *(_money(alone, amount, lang) for amount in (alone.gained_mvnd, alone.lost_mvnd)),
    ]


def _signed(text: str) -> str:
    return text if not text.strip("0.,") or not text[0].isdigit() else f"+{text}"


def _money(alone: Alone, amount_mvnd: int, lang: str) -> str:
    return "–" if alone.difference.objective is None else locale.bn(amount_mvnd, lang, 1)


def _ministry_of(case: Case, assessor: str) -> str:
    known = {each.id.casefold(): each.ministry for each in case.scenario.assessors}
    return known.get(assessor.casefold()) or ""


def _criteria(case: Case, report: AssessorReport, lang: str) -> list[str]:
    assert case.criteria is not None
    rows = [
        [_short(leaf.name.into(lang)), str(compared), *(_difference(each, lang) for each in found)]
        for leaf, (compared, *found) in zip(case.criteria.leaves, report.disagreement.by_leaf(), strict=True)
    ]
    return aligned(_heads(_CRITERIA, lang), rows, right=(1, 2, 3))


def _difference(points_e4: int | None, lang: str) -> str:
    """How far apart; a dash where nobody can be compared, which is not agreement."""
    return "–" if points_e4 is None else locale.points(points_e4, lang)


def _projects(evaluation: Evaluation, report: AssessorReport, lang: str) -> list[str]:
    register, (least, greatest) = evaluation.case.register, report.value_ends()
    spread = greatest - least
    most = [row for row in np.argsort(-spread, kind="stable")[:NAMED].tolist() if spread[row]]
    rows = [
        [
            register.ids[row],
            _short(register.name(row, lang)),
            *(
                locale.points(int(each[row]), lang)
                for each in (evaluation.scores.value_e4, least, greatest, spread)
            ),
        ]
        for row in most
    ]
    heads = [locale.say(f"cli.head.{name}", lang) for name in ("id", "name")]
    return aligned([*heads, *_heads(_PROJECTS, lang)], rows, right=(2, 3, 4, 5)) if rows else []


def _heads(names: tuple[str, ...], lang: str) -> list[str]:
    return [locale.say(f"exports.explained.assessors.head.{name}", lang) for name in names]


def _short(name: str, longest: int = _LONGEST_NAME) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


# ------------------------------------------------------------------ JSON


def _content(evaluation: Evaluation, report: AssessorReport, lang: str) -> dict[str, Any]:
    case = evaluation.case
    assert case.criteria is not None
    register, (least, greatest) = case.register, report.value_ends()
    return {
        "rule": case.scenario.consensus.rule,
        "assessors": [_leaning(case, each, lang) for each in report.leanings],
        "criteria": [
            {
                "criterion": leaf.id,
                "compared": compared,
                "mean_difference": None if mean is None else mean / E4,
                "widest": None if widest is None else widest / E4,
            }
            for leaf, (compared, mean, widest) in zip(
                case.criteria.leaves, report.disagreement.by_leaf(), strict=True
            )
        ],
        "projects": [
            {
                "id": register.ids[row],
                "value": int(evaluation.scores.value_e4[row]) / E4,
                "least_alone": int(least[row]) / E4,
                "greatest_alone": int(greatest[row]) / E4,
            }
            for row in evaluation.scores.in_rank_order().tolist()
        ],
        "disagreements": [_apart(case, report, row, at) for row, at in most_apart(report)],
        "alone": [_alone(evaluation, each, lang) for each in report.alone],
    }


def _leaning(case: Case, leaning: Leaning, lang: str) -> dict[str, Any]:
    return {
        "id": leaning.assessor,
        "name": assessor_name(case, leaning.assessor, lang),
        "ministry": _ministry_of(case, leaning.assessor) or None,
        "judged": leaning.judged,
        "open": leaning.open,
        "abstained": leaning.abstained,
        "leaning": None if leaning.leaning is None else round(float(leaning.leaning), 6),
    }


def _apart(case: Case, report: AssessorReport, row: int, at: int) -> dict[str, Any]:
    assert case.criteria is not None
    found = report.disagreement
    return {
        "project": case.register.ids[row],
        "criterion": case.criteria.leaves[at].id,
        "judged": int(found.judged[row, at]),
        "range": int(found.range_e4[row, at]) / E4,
        "mean_difference": int(found.mean_e4[row, at]) / E4,
    }


def _alone(evaluation: Evaluation, alone: Alone, lang: str) -> dict[str, Any]:
    moved = difference_object(evaluation, alone.difference) or {}
    return {
        "kind": alone.kind,
        "id": alone.by,
        "assessors": list(alone.people),
        "name": alone_name(evaluation.case, alone, lang),
        "status": alone.difference.status,
        "gained_mvnd": alone.gained_mvnd,
        "lost_mvnd": alone.lost_mvnd,
        "projects": moved.get("projects", []),
        "sentence": describe_alone(evaluation.case, alone, lang),
    }
