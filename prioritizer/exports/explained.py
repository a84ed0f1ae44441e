"""A plan explained, as lines of text and as JSON: every project, decision and limit, prices, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prioritizer import locale
from prioritizer.explanation import (
    decision_name,
    describe_elsewhere,
    describe_every_limit,
    describe_part,
    describe_price,
    describe_prices,
    describe_project,
    describe_unspent,
    describe_without_decision,
    price_note,
    project_name,
)
from prioritizer.exports.differences import difference_object
from prioritizer.exports.folding import folded, screen_width
from prioritizer.exports.prices import price_objects
from prioritizer.exports.terminal import heading_lines, totals_line
from prioritizer.results import E4, Difference, Evaluation, Prices, Relaxation, Rule


@dataclass(frozen=True)
class Refusal:
    """Why there is no plan and what would make one possible, in sentences; ``rules`` are those that clash and
    ``moves`` the relaxations, one for each of their sentences."""

    conflict: tuple[str, ...] = ()
    relaxations: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    moves: tuple[Relaxation, ...] = ()


@dataclass(frozen=True)
class Explained:
    """An explanation twice: as lines to read and as one JSON object."""

    lines: list[str]
    content: dict[str, Any]

    @property
    def text(self) -> str:
        """The lines as one text; on a terminal folded to its width."""
        return "\n".join(folded(self.lines, screen_width()))


def explained_plan(
    evaluation: Evaluation,
    prices: Prices | None,
    undecided: Mapping[str, Difference],
    refusal: Refusal,
    lang: str,
) -> Explained:
    """Everything about a plan; where there is none, why not and what would make one possible.

    ``undecided`` has what would change without a decision, by its id, where that is known.
    """
    arguments = evaluation, prices, undecided, refusal, lang
    return Explained(_plan_lines(*arguments), _plan_object(*arguments))


def _plan_lines(
    evaluation: Evaluation,
    prices: Prices | None,
    undecided: Mapping[str, Difference],
    refusal: Refusal,
    lang: str,
) -> list[str]:
    case, plan = evaluation.case, evaluation.plan
    lines = heading_lines(evaluation, lang)
    if not plan.found:
        return [*lines, locale.say(f"terms.status.{plan.status}", lang), *refusal_lines(refusal, lang)]
    projects = [
        f"{evaluation.scores.rank[row]}. {project_name(case, row, lang)}: "
        f"{describe_project(evaluation, row, lang, prices)}"
        for row in evaluation.scores.in_rank_order().tolist()
    ]
    limits = [said for each in describe_every_limit(evaluation, lang).values() for said in each]
    priced = [] if prices is None else describe_prices(case, prices, lang)
    return [
        *lines,
        totals_line(evaluation, lang),
        *describe_elsewhere(evaluation, lang),
        *section("projects", projects, lang),
        *section("decisions", [said for _, said in _decisions(evaluation, undecided, lang)], lang),
        *section("limits", limits, lang),
        *section("prices", [*priced, price_note(case, lang, linear=prices is not None)], lang),
        *section("unspent", describe_unspent(evaluation, lang), lang),
    ]


def refusal_lines(refusal: Refusal, lang: str) -> list[str]:
    """Which rules clash, and what would make a plan possible."""
    return [
        *section("conflict", refusal.conflict, lang),
        *section("relaxations", refusal.relaxations, lang),
    ]


def _plan_object(
    evaluation: Evaluation,
    prices: Prices | None,
    undecided: Mapping[str, Difference],
    refusal: Refusal,
    lang: str,
) -> dict[str, Any]:
    case, plan = evaluation.case, evaluation.plan
    limits = describe_every_limit(evaluation, lang)
    return {
        "schema": 1,
        "scenario": case.scenario.id,
        "status": plan.status,
        "projects": [
            brief(evaluation, row, prices, lang) for row in evaluation.scores.in_rank_order().tolist()
        ],
        "decisions": [
            {"id": name, "sentence": said, "without": difference_object(evaluation, undecided.get(name))}
            for name, said in _decisions(evaluation, undecided, lang)
        ],
        "limits": [{"id": name, "sentences": said} for name, said in limits.items()],
        "prices": _prices(evaluation, prices, lang),
        "unspent": [
            {
                "reason": part.reason,
                "amount_mvnd": part.amount_mvnd,
                "sentence": describe_part(case, part, lang),
            }
            for part in plan.unspent
        ],
        "conflict": list(refusal.conflict),
        "relaxations": list(refusal.relaxations),
    }


def _decisions(
    evaluation: Evaluation, undecided: Mapping[str, Difference], lang: str
) -> list[tuple[str, str]]:
    """Every decision by id: what was decided by whom, and what it costs where that is known."""
    case, said = evaluation.case, []
    for each in case.scenario.decisions:
        name = decision_name(case, each, lang)
        found = undecided.get(each.id)
        costs = f" {describe_without_decision(case, each, found, lang)}" if found else ""
        said.append((each.id, f"{name[:1].upper()}{name[1:]}.{costs}"))
    return said


def brief(evaluation: Evaluation, row: int, prices: Prices | None, lang: str) -> dict[str, Any]:
    """A project's reason as JSON."""
    plan = evaluation.plan
    needed = prices.needed_e4.get(row) if prices else None
    return {
        "id": evaluation.case.register.ids[row],
        "rank": int(evaluation.scores.rank[row]),
        "reason": plan.reason[row],
        "held_by": list(plan.held_by[row]),
        "needed_value": None if needed is None else float(needed / E4),
        "sentence": describe_project(evaluation, row, lang, prices),
    }


def _prices(evaluation: Evaluation, prices: Prices | None, lang: str) -> list[dict[str, Any]] | None:
    objects = price_objects(prices)
    if prices is None or objects is None:
        return None
    said = [describe_price(evaluation.case, each, lang) for each in prices.limits]
    return [{**each, "sentence": sentence} for each, sentence in zip(objects, said, strict=True)]


def section(name: str, lines: Sequence[str], lang: str, mark: str = "- ") -> list[str]:
    """Lines under a heading, each after ``mark``; nothing where there are none."""
    if not lines:
        return []
    return ["", locale.say(f"exports.explained.{name}", lang), *(f"  {mark}{line}" for line in lines)]
