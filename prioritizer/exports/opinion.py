"""What another solver makes of a case: the same plan to the byte, or where it differs."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from prioritizer import locale
from prioritizer.analysis.whatif import difference
from prioritizer.explanation import project_name
from prioritizer.explanation.words import objective_text
from prioritizer.exports.differences import difference_object
from prioritizer.exports.planfile import plan_object
from prioritizer.results import Difference, Evaluation, Plan

NAMED = 6  # projects whose money differs, by name; the rest are counted
Answer = Literal["same", "open", "different"]


@dataclass(frozen=True)
class Opinion:
    """Whether a second solver leads to the same plan file, to the byte.

    ``open``: the files differ, but one of the searches was cut off, so that nothing follows from it.
    ``different``: they differ although both were carried through, which is a defect.
    """

    answer: Answer
    difference: Difference


def opinion(evaluation: Evaluation, other: Plan) -> Opinion:
    """A plan beside the one that another solver led to, for the same case and values."""
    plans = (evaluation.plan, other)
    one, another = (_bytes(replace(evaluation, plan=plan)) for plan in plans)
    cut_off = any(_cut_off(plan) for plan in plans)
    answer: Answer = "same" if one == another else "open" if cut_off else "different"
    return Opinion(answer, difference(*plans))


def opinion_object(evaluation: Evaluation, found: Opinion) -> dict[str, Any]:
    """The second opinion as JSON."""
    return {
        "solver": "cbc",
        "answer": found.answer,
        "difference": difference_object(evaluation, found.difference),
    }


def describe_opinion(evaluation: Evaluation, found: Opinion, lang: str) -> str:
    """The second opinion in a sentence; where the plans differ, by how much and in which projects."""
    if found.answer == "same":
        return locale.say(f"explanation.opinion.{'same' if evaluation.plan.found else 'no_plan'}", lang)
    return locale.say(
        f"explanation.opinion.{found.answer}",
        lang,
        status=locale.say(f"terms.status.{found.difference.status}", lang),
        difference=_differs(evaluation, found.difference, lang),
    )


def _bytes(evaluation: Evaluation) -> bytes:
    return json.dumps(plan_object(evaluation), ensure_ascii=False).encode("utf-8")


def _cut_off(plan: Plan) -> bool:
    """Whether a search ended before it was through, for the best plan or for the one among equals."""
    return plan.status in ("feasible", "stopped") or (plan.found and plan.unique is None)


def _differs(evaluation: Evaluation, found: Difference, lang: str) -> str:
    if found.objective is None:
        return ""
    unit = locale.say(f"terms.unit.{evaluation.plan.unit}", lang)
    said = locale.say("explanation.opinion.objective", lang, amount=_amount(found, lang), unit=unit)
    if not found.changes:
        return said
    names = [project_name(evaluation.case, each.project, lang) for each in found.changes[:NAMED]]
    if len(found.changes) > NAMED:
        names.append(locale.say("explanation.several_more", lang, count=len(found.changes) - NAMED))
    return said + locale.say("explanation.opinion.projects", lang, projects=", ".join(names))


def _amount(found: Difference, lang: str) -> str:
    return objective_text(found.objective or Fraction(0), lang)
