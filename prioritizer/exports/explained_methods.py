"""Our ranking beside other methods', as lines of text and as JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from prioritizer import locale
from prioritizer.analysis.methods import beyond_top
from prioritizer.explanation.methods import (
    describe_basis,
    describe_beyond,
    describe_moves,
    describe_rules,
    method_name,
)
from prioritizer.exports.explained import Explained, section
from prioritizer.exports.terminal import aligned, heading_lines
from prioritizer.results import Agreement, CrossCheck, Evaluation, Ranking

_LONGEST_NAME = 32
_SCORE_DIGITS, _CORRELATION_DIGITS = 9, 6


def explained_methods(evaluation: Evaluation, check: CrossCheck | None, lang: str) -> Explained:
    """How other methods rank the projects; ``check`` is ``None`` where values are given."""
    head = {"schema": 1, "scenario": evaluation.case.scenario.id, "status": evaluation.plan.status}
    if check is None:
        said = locale.say("explanation.methods.given", lang)
        return Explained([*heading_lines(evaluation, lang), said], {**head, "sentences": [said]})
    sections = _sections(evaluation, check, lang)
    lines = [
        *heading_lines(evaluation, lang),
        *describe_basis(evaluation.case, lang),
        *section("methods.ranks", _rank_table(evaluation, check, lang), lang, mark=""),
        *section("methods.agreement", _agreement_table(check, lang), lang, mark=""),
        *(line for name, said in sections.items() for line in section(f"methods.{name}", said, lang)),
    ]
    return Explained(lines, {**head, **_content(evaluation, check), "sentences": sections})


def _sections(evaluation: Evaluation, check: CrossCheck, lang: str) -> dict[str, list[str]]:
    case, plan = evaluation.case, evaluation.plan
    beyond = describe_beyond(case, *beyond_top(check, plan), lang) if plan.found else []
    return {
        "moves": describe_moves(case, check, lang),
        "beyond": beyond,
        "rules": describe_rules(case, check, lang),
    }


def _rank_table(evaluation: Evaluation, check: CrossCheck, lang: str) -> list[str]:
    heads = [
        *(locale.say(f"cli.head.{name}", lang) for name in ("id", "name")),
        *(locale.say(f"exports.explained.methods.head.{each.method}", lang) for each in check.rankings),
        locale.say("exports.explained.methods.head.spread", lang),
    ]
    register, spread = evaluation.case.register, check.spread()
    rows = [
        [
            register.ids[row],
            _short(register.name(row, lang)),
            *("–" if each.rank is None else str(each.rank[row]) for each in check.rankings),
            str(spread[row]) if len(spread) else "–",
        ]
        for row in evaluation.scores.in_rank_order().tolist()
    ]
    return aligned(heads, rows, right=tuple(range(2, len(heads))))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _agreement_table(check: CrossCheck, lang: str) -> list[str]:
    heads = [locale.say(f"exports.explained.methods.head.{name}", lang) for name in _PAIR]
    rows = [
        [f"{method_name(each.one, lang)} – {method_name(each.other, lang)}", *_correlations(each, lang)]
        for each in check.agreements
    ]
    return aligned(heads, rows, right=(1, 2))


_PAIR = ("pair", "kendall", "spearman")


def _correlations(agreement: Agreement, lang: str) -> list[str]:
    none = locale.say("exports.explained.methods.undefined", lang)
    return [
        none if each is None else locale.number(Fraction(each), lang, 3)
        for each in (agreement.kendall, agreement.spearman)
    ]


def _content(evaluation: Evaluation, check: CrossCheck) -> dict[str, Any]:
    ids, plan, spread = evaluation.case.register.ids, evaluation.plan, check.spread()
    count, beyond = beyond_top(check, plan) if plan.found else (None, {})
    return {
        "methods": [_method(each) for each in check.rankings],
        "projects": [
            {
                "id": ids[row],
                "ranks": {each.method: _at(each, row) for each in check.rankings},
                "scores": {each.method: _score(each, row) for each in check.rankings},
                "spread": int(spread[row]) if len(spread) else None,
            }
            for row in evaluation.scores.in_rank_order().tolist()
        ],
        "agreements": [
            {
                "methods": [each.one, each.other],
                "kendall_tau_b": _rounded(each.kendall),
                "spearman_rho": _rounded(each.spearman),
            }
            for each in check.agreements
        ],
        "funded": count,
        "funded_beyond_top": {method: [ids[row] for row in rows] for method, rows in beyond.items()},
    }


def _method(ranking: Ranking) -> dict[str, Any]:
    better = "least" if ranking.method == "vikor" else "greatest"
    return {"id": ranking.method, "best_score": better, "silent": ranking.why or None}


def _at(ranking: Ranking, row: int) -> int | None:
    return None if ranking.rank is None else int(ranking.rank[row])


def _score(ranking: Ranking, row: int) -> float | None:
    return None if ranking.score is None else round(float(ranking.score[row]), _SCORE_DIGITS)


def _rounded(correlation: float | None) -> float | None:
    return None if correlation is None else round(correlation, _CORRELATION_DIGITS)
