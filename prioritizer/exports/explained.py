"""A plan explained, as lines of text and as JSON: every project, every limit, what is left, one project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from prioritizer import locale
from prioritizer.explanation import (
    decision_name,
    describe_every_limit,
    describe_forced,
    describe_lacks,
    describe_part,
    describe_payments,
    describe_price,
    describe_prices,
    describe_project,
    describe_unspent,
    describe_without_decision,
    describe_without_limit,
    price_note,
    project_name,
)
from prioritizer.explanation.ladder import describe_ladder
from prioritizer.exports.prices import price_objects
from prioritizer.exports.terminal import heading_lines, totals_line
from prioritizer.model import Ints, Limit
from prioritizer.results import E4, Difference, Evaluation, Ladder, Prices
from prioritizer.scoring import contributions


@dataclass(frozen=True)
class Refusal:
    """Why there is no plan and what would make one possible, in sentences."""

    conflict: tuple[str, ...] = ()
    relaxations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Otherwise:
    """What would change for one project: funded in full, not at all (``None`` where it is so already), and
    without each decision about it."""

    full: Difference | None
    nothing: Difference | None
    decisions: Mapping[str, Difference]


@dataclass(frozen=True)
class Explained:
    """An explanation twice: as lines to read and as one JSON object."""

    lines: list[str]
    content: dict[str, Any]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


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


def explained_project(
    evaluation: Evaluation, row: int, prices: Prices | None, otherwise: Otherwise, lang: str
) -> Explained:
    """Everything about one project: value, reason, who pays, and what would change if it were otherwise."""
    arguments = evaluation, row, prices, otherwise, lang
    return Explained(_project_lines(*arguments), _project_object(*arguments))


def explained_limit(evaluation: Evaluation, limit: Limit, found: Difference, lang: str) -> Explained:
    """What one limit does, and what would change without it."""
    said = describe_every_limit(evaluation, lang).get(limit.id, [])
    said = [*said, describe_without_limit(evaluation.case, limit, None, found, lang)]
    lines = [*heading_lines(evaluation, lang), *said]
    without = difference_object(evaluation, found)
    content = {"id": limit.id, "sentences": said, "without": without}
    whole = {"schema": 1, "scenario": evaluation.case.scenario.id, "status": evaluation.plan.status}
    return Explained(lines, {**whole, "limit": content})


def explained_ladder(evaluation: Evaluation, ladder: Ladder, lang: str) -> Explained:
    """The plans at growing budgets, step by step."""
    case, ids = evaluation.case, evaluation.case.register.ids
    said = describe_ladder(case, ladder, lang)
    rungs = [
        {
            "budget_mvnd": rung.budget_mvnd,
            "status": rung.plan.status,
            "value": None if rung.value is None else float(rung.value),
            "value_exact": None if rung.value is None else str(rung.value),
            "amounts_mvnd": _by_id(ids, rung.plan.amount_mvnd if rung.plan.found else None),
            "never_taken_back_mvnd": _by_id(ids, rung.nested_mvnd),
        }
        for rung in ladder.rungs
    ]
    whole = {"schema": 1, "scenario": case.scenario.id, "status": ladder.status}
    return Explained([*heading_lines(evaluation, lang), *said], {**whole, "rungs": rungs, "sentences": said})


def _by_id(ids: Sequence[str], amounts: Ints | None) -> dict[str, int] | None:
    """The projects with money, by id."""
    if amounts is None:
        return None
    return {name: amount for name, amount in zip(ids, amounts.tolist(), strict=True) if amount}


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
        *_section("projects", projects, lang),
        *_section("decisions", [said for _, said in _decisions(evaluation, undecided, lang)], lang),
        *_section("limits", limits, lang),
        *_section("prices", [*priced, price_note(case, lang, linear=prices is not None)], lang),
        *_section("unspent", describe_unspent(evaluation, lang), lang),
    ]


def refusal_lines(refusal: Refusal, lang: str) -> list[str]:
    """Which rules clash, and what would make a plan possible."""
    return [
        *_section("conflict", refusal.conflict, lang),
        *_section("relaxations", refusal.relaxations, lang),
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
            _brief(evaluation, row, prices, lang) for row in evaluation.scores.in_rank_order().tolist()
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


def _project_lines(
    evaluation: Evaluation, row: int, prices: Prices | None, otherwise: Otherwise, lang: str
) -> list[str]:
    case, scores = evaluation.case, evaluation.scores
    certain = scores.low_e4[row] == scores.high_e4[row]
    value = locale.say(
        f"exports.explained.{'certain_value' if certain else 'value'}",
        lang,
        rank=int(scores.rank[row]),
        value=locale.points(int(scores.value_e4[row]), lang),
        low=locale.points(int(scores.low_e4[row]), lang),
        high=locale.points(int(scores.high_e4[row]), lang),
    )
    points = [
        f"{name}: {locale.points(points_e4, lang)}" for _, name, points_e4 in _points(evaluation, row, lang)
    ]
    return [
        *heading_lines(evaluation, lang),
        project_name(case, row, lang),
        value,
        describe_project(evaluation, row, lang, prices),
        *_section("contributions", points, lang),
        *_section("payments", describe_payments(evaluation, row, lang), lang),
        *_section("otherwise", otherwise_sentences(evaluation, row, otherwise, lang), lang),
    ]


def _project_object(
    evaluation: Evaluation, row: int, prices: Prices | None, otherwise: Otherwise, lang: str
) -> dict[str, Any]:
    case, scores, plan = evaluation.case, evaluation.scores, evaluation.plan
    ends = (("value", scores.value_e4), ("value_low", scores.low_e4), ("value_high", scores.high_e4))
    return {
        "schema": 1,
        "scenario": case.scenario.id,
        "status": plan.status,
        "project": {
            **_brief(evaluation, row, prices, lang),
            **{name: int(values[row]) / E4 for name, values in ends},
            "ask_mvnd": int(case.register.ask_mvnd[row]),
            "amount_mvnd": int(plan.amount_mvnd[row]) if plan.found else None,
            "lacks": describe_lacks(evaluation, row, lang),
            "contributions": [
                {"criterion": leaf, "name": name, "points": points_e4 / E4}
                for leaf, name, points_e4 in _points(evaluation, row, lang)
            ],
            "payments": describe_payments(evaluation, row, lang),
            "if_full": difference_object(evaluation, otherwise.full),
            "if_nothing": difference_object(evaluation, otherwise.nothing),
            "without_decision": {
                name: difference_object(evaluation, each) for name, each in otherwise.decisions.items()
            },
            "otherwise": otherwise_sentences(evaluation, row, otherwise, lang),
        },
    }


def difference_object(evaluation: Evaluation, found: Difference | None) -> dict[str, Any] | None:
    """What another plan would change, as JSON."""
    if found is None:
        return None
    change, ids = found.objective, evaluation.case.register.ids
    return {
        "status": found.status,
        "objective_change": None if change is None else float(change),
        "objective_change_exact": None if change is None else str(change),
        "proven": found.proven,
        "projects": [
            {"id": ids[each.project], "before_mvnd": each.before_mvnd, "after_mvnd": each.after_mvnd}
            for each in found.changes
        ],
    }


def otherwise_sentences(evaluation: Evaluation, row: int, otherwise: Otherwise, lang: str) -> list[str]:
    """What would change for one project, in sentences."""
    case = evaluation.case
    decisions = {each.id: each for each in case.scenario.decisions}
    forced: tuple[tuple[Literal["full", "nothing"], Difference | None], ...] = (
        ("full", otherwise.full),
        ("nothing", otherwise.nothing),
    )
    said = [describe_forced(case, row, fund, found, lang) for fund, found in forced if found]
    undecided = [
        describe_without_decision(case, decisions[name], each, lang)
        for name, each in otherwise.decisions.items()
    ]
    return said + undecided


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


def _brief(evaluation: Evaluation, row: int, prices: Prices | None, lang: str) -> dict[str, Any]:
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


def _points(evaluation: Evaluation, row: int, lang: str) -> list[tuple[str, str, int]]:
    """What every leaf adds to a project's value: id, name, 1e-4 points; none where values are given."""
    tree = evaluation.case.criteria
    if tree is None:
        return []
    adds = contributions(evaluation.case)[row].tolist()
    return [
        (leaf.id, leaf.name.into(lang), points_e4)
        for leaf, points_e4 in zip(tree.leaves, adds, strict=True)
    ]  # fmt: skip


def _section(name: str, lines: Sequence[str], lang: str) -> list[str]:
    if not lines:
        return []
    return ["", locale.say(f"exports.explained.{name}", lang), *(f"  - {line}" for line in lines)]
