"""Scenarios side by side, as lines of text and as JSON."""

from __future__ import annotations

from typing import Any

from prioritizer import locale
from prioritizer.comparison import Breach, Comparison, GroupLine, InputDifference, ProjectLine, Regret
from prioritizer.comparison.caveats import describe_above_all, values_differ
from prioritizer.comparison.nouns import from_base
from prioritizer.comparison.takeover import describe_breach, describe_breaches, describe_regrets
from prioritizer.comparison.words import (
    describe_funded,
    describe_input,
    describe_inputs,
    describe_moves,
    describe_same,
    label,
    line_name,
)
from prioritizer.exports.compared_tables import (
    agreement_table,
    group_table,
    project_table,
    regret_table,
    summary_table,
)
from prioritizer.exports.explained import Explained
from prioritizer.model import Noun
from prioritizer.results import E4, Evaluation


def compared(comparison: Comparison, lang: str) -> Explained:
    """Everything about a comparison."""
    return Explained(_lines(comparison, lang), comparison_object(comparison, lang))


# ------------------------------------------------------------------ text


def _lines(comparison: Comparison, lang: str) -> list[str]:
    groups = {
        "ministry": comparison.ministries,
        "class": comparison.classes,
        "technology": comparison.technologies,
    }
    lines = [*_heading(comparison, lang), *_section("scenarios", summary_table(comparison, lang), lang)]
    if values_differ(comparison):
        lines.append(f"  {locale.say('compare.not_comparable', lang)}")
    lines += _section("inputs", _marked(describe_inputs(comparison, lang)), lang)
    for field, group in groups.items():
        lines += _section(field, group_table(comparison, group, lang), lang)
    projects = [*project_table(comparison, lang), describe_same(comparison, lang)]
    return [
        *lines,
        *_section("project", projects, lang),
        *_section("funded", _marked(describe_funded(comparison, lang)), lang),
        *_section("moves", _marked(describe_moves(comparison, lang)), lang),
        *_section("agreement", agreement_table(comparison, lang), lang),
        *_section("regret", regret_table(comparison, lang), lang),
        *(f"  {said}" for said in (locale.say("compare.regret.legend", lang),)),
        *(f"  {said}" for said in _marked(describe_above_all(comparison, lang))),
        *(f"  {said}" for said in _marked(describe_regrets(comparison, lang))),
        *_section("breaches", _marked(describe_breaches(comparison, lang)), lang),
    ]


def _heading(comparison: Comparison, lang: str) -> list[str]:
    """A proposal, of which scenarios; what is illustrative; how to read the tables."""
    cases = [each.case for each in comparison.evaluations]
    named = [
        locale.say(
            "compare.scenario",
            lang,
            label=label(at, lang),
            title=case.scenario.title.into(lang),
            id=case.scenario.id,
        )
        for at, case in enumerate(cases)
    ]
    said = [locale.say("exports.proposal", lang).upper(), *named]
    said += [locale.say("exports.illustrative", lang)] if any(case.illustrative for case in cases) else []
    return [*said, locale.say("compare.base", lang, base=label(0, lang))]


def _section(name: str, lines: list[str], lang: str) -> list[str]:
    if not lines:
        return []
    return ["", locale.say(f"compare.section.{name}", lang), *(f"  {line}" for line in lines)]


def _marked(lines: list[str]) -> list[str]:
    return [f"- {line}" for line in lines]


# ------------------------------------------------------------------ JSON


def comparison_object(comparison: Comparison, lang: str) -> dict[str, Any]:
    """A comparison as JSON; lists over scenarios stand in the order given, places count from 0."""
    planned = comparison.planned
    some = [line for count in range(2, len(planned)) for line in comparison.funded_in(count)]
    by_count = {
        "all": comparison.funded_in(len(planned)) if planned else (),
        "some": sorted(some, key=lambda line: line.id),
        "one": comparison.funded_in(1) if len(planned) > 1 else (),
        "none": comparison.funded_in(0) if planned else (),
    }
    return {
        "schema": 1,
        "scenarios": [_scenario(each, lang) for each in comparison.evaluations],
        "inputs": [_input(comparison, each, lang) for each in comparison.inputs],
        "tables": [
            {
                "role": each.role,
                "sha256": list(each.digests),
                "projects": list(each.projects),
                "partial": list(each.partial),
            }
            for each in comparison.tables
        ],
        "projects": [_project(comparison, line, lang) for line in comparison.projects],
        "ministries": [_group(line) for line in comparison.ministries],
        "classes": [_group(line) for line in comparison.classes],
        "technologies": [_group(line) for line in comparison.technologies],
        "funded_in": {key: [line.id for line in lines] for key, lines in by_count.items()},
        "agreements": [
            {
                "scenarios": [each.one, each.other],
                "projects": each.shared,
                "kendall_tau_b": None if each.kendall is None else round(each.kendall, 6),
            }
            for each in comparison.agreements
        ],
        "regrets": [_regret(comparison, each, lang) for each in comparison.regrets],
    }


def _scenario(evaluation: Evaluation, lang: str) -> dict[str, Any]:
    case, plan = evaluation.case, evaluation.plan
    total = plan.total_mvnd if plan.found else None
    return {
        "id": case.scenario.id,
        "title": case.scenario.title.into(lang),
        "status": plan.status,
        "unique": plan.unique,
        "decided_by_tie_rule_mvnd": plan.tie_mvnd if plan.found else None,
        "objective": {
            "basis": case.scenario.objective.basis,
            "value": None if plan.objective is None else float(plan.objective),
            "exact": None if plan.objective is None else str(plan.objective),
            "unit": plan.unit,
        },
        "total_mvnd": total,
        "envelope_mvnd": case.envelope_mvnd,
        "left_mvnd": None if total is None else case.envelope_mvnd - total,
        "funded": int((plan.amount_mvnd > 0).sum()) if plan.found else None,
        "illustrative": case.illustrative,
    }


def _input(comparison: Comparison, found: InputDifference, lang: str) -> dict[str, Any]:
    return {
        "key": found.key,
        "id": found.id or None,
        "part": found.part or None,
        "given": [_plain(each) for each in found.given],
        "sentence": describe_input(comparison, found, lang),
    }


def _plain(given: Any) -> Any:
    """What a scenario states, under the names of the model; exact numbers as texts."""
    if isinstance(given, Noun):
        return _plain(given.model_dump(exclude_none=True))
    if isinstance(given, dict):
        return {name: _plain(each) for name, each in given.items()}
    if isinstance(given, (tuple, list)):
        return [_plain(each) for each in given]
    return given if given is None or isinstance(given, (int, str)) else str(given)


def _project(comparison: Comparison, line: ProjectLine, lang: str) -> dict[str, Any]:
    return {
        "id": line.id,
        "name": line_name(comparison, line, lang),
        "listed": [row is not None for row in line.rows],
        "values": [None if value is None else value / E4 for value in line.values_e4],
        "ranks": list(line.ranks),
        "amounts_mvnd": list(line.amounts_mvnd),
        "from_base_mvnd": list(from_base(line.amounts_mvnd)),
    }


def _group(line: GroupLine) -> dict[str, Any]:
    return {
        "id": line.id or None,
        "listed": list(line.listed),
        "funded": list(line.funded),
        "amounts_mvnd": list(line.amounts_mvnd),
        "from_base_mvnd": list(from_base(line.amounts_mvnd)),
    }


def _regret(comparison: Comparison, regret: Regret, lang: str) -> dict[str, Any]:
    own = comparison.evaluations[regret.under].plan.objective
    share = None if regret.lost is None or not own or own < 0 else regret.lost / own
    return {
        "plan": regret.plan,
        "under": regret.under,
        "feasible": regret.value is not None if comparison.evaluations[regret.plan].plan.found else None,
        "value": None if regret.value is None else float(regret.value),
        "value_exact": None if regret.value is None else str(regret.value),
        "lost": None if regret.lost is None else float(regret.lost),
        "lost_exact": None if regret.lost is None else str(regret.lost),
        "lost_share": None if share is None else float(share),
        "breaches": [_breach(comparison, regret, each, lang) for each in regret.breaches],
        "unknown": list(regret.unknown),
    }


def _breach(comparison: Comparison, regret: Regret, breach: Breach, lang: str) -> dict[str, Any]:
    rule = breach.rule
    return {
        "kind": breach.kind if rule is None else rule.kind,
        "id": None if rule is None else rule.id or None,
        "project": breach.project,
        "by": float(breach.by),
        "by_exact": str(breach.by),
        "unit": breach.unit,
        "sentence": describe_breach(comparison, regret, breach, lang),
    }
