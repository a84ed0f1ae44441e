"""Several assessors in words: where they are apart, and which money each alone would move."""

from __future__ import annotations

import numpy as np

from prioritizer import locale
from prioritizer.explanation.contrast import assessor_name
from prioritizer.explanation.differences import moves_text
from prioritizer.explanation.words import project_name, value_label
from prioritizer.model import Case
from prioritizer.results import Alone, AssessorReport

NAMED = 10  # pairs of project and criterion, and projects, on which assessors are apart most


def describe_rule(case: Case, lang: str) -> list[str]:
    """How judgements become one, and what holds where somebody decides alone."""
    rule = case.scenario.consensus
    trim = locale.percent(rule.trim, lang, locale.digits_needed(rule.trim * 100))
    end = locale.say(f"terms.unassessed.{case.scenario.eligibility.unassessed}", lang)
    return [
        locale.say(f"explanation.assessors.rule.{rule.rule}", lang, trim=trim),
        locale.say("explanation.assessors.interval", lang, end=end),
        locale.say("explanation.assessors.silence", lang),
    ]


def most_apart(report: AssessorReport) -> list[tuple[int, int]]:
    """The pairs of row and leaf on which assessors are apart, those furthest apart first, then by mean."""
    found = report.disagreement
    rows, leaves = np.nonzero(found.range_e4)
    order = np.lexsort((leaves, rows, -found.mean_e4[rows, leaves], -found.range_e4[rows, leaves]))
    return list(zip(rows[order].tolist(), leaves[order].tolist(), strict=True))


def describe_apart(case: Case, report: AssessorReport, lang: str) -> list[str]:
    """The judgements that are furthest apart, a sentence each."""
    assert case.criteria is not None
    leaves, apart, found = case.criteria.leaves, most_apart(report), report.disagreement
    said = [
        locale.say(
            "explanation.assessors.apart",
            lang,
            project=project_name(case, row, lang),
            criterion=leaves[at].name.into(lang),
            count=int(found.judged[row, at]),
            range=locale.points(int(found.range_e4[row, at]), lang),
            mean=locale.points(int(found.mean_e4[row, at]), lang),
        )
        for row, at in apart[:NAMED]
    ]
    if not apart:
        return [locale.say("explanation.assessors.agreed", lang)]
    if more := max(0, len(apart) - NAMED):
        said.append(locale.say("explanation.assessors.more_apart", lang, count=more))
    return said


def describe_alone(case: Case, alone: Alone, lang: str) -> str:
    """What the plan would change if some decided alone."""
    if_so = locale.say(f"explanation.assessors.if_{alone.kind}", lang, by=alone_name(case, alone, lang))
    found = alone.difference
    if found.objective is None:
        status = locale.say(f"terms.status.{found.status}", lang)
        key = "only_plan" if found.status in ("optimal", "feasible") else "no_plan"
        return locale.say(f"explanation.assessors.{key}", lang, if_so=if_so, status=status)
    if not found.changes:
        return locale.say("explanation.assessors.unmoved", lang, if_so=if_so)
    return locale.say(
        "explanation.assessors.moved",
        lang,
        if_so=if_so,
        gained=locale.bn(alone.gained_mvnd, lang),
        lost=locale.bn(alone.lost_mvnd, lang),
        moves=moves_text(case, found, lang),
    )


def alone_name(case: Case, alone: Alone, lang: str) -> str:
    """Who would decide."""
    if alone.kind == "ministry":
        return value_label(case, "ministry", alone.by, lang)
    return assessor_name(case, alone.by, lang)
