"""What other methods make of the same points: who agrees, who moves, which money they would question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from prioritizer import locale
from prioritizer.analysis.methods import MOST_PAIRWISE
from prioritizer.explanation.words import project_name
from prioritizer.model import Case
from prioritizer.results import CrossCheck, Method, Ranking

NAMED = 6  # projects by name; the rest are counted
MOVED = 5  # projects that move most, a sentence each


def describe_basis(case: Case, lang: str) -> list[str]:
    """What all methods share, and where our own value departs from that."""
    scenario = case.scenario
    own = scenario.weights_by_class or scenario.exchange_rate or any(e.class_ for e in scenario.elicitation)
    return [
        locale.say("explanation.methods.basis", lang),
        *([locale.say("explanation.methods.class_weights", lang)] if own else []),
    ]


def describe_rules(case: Case, check: CrossCheck, lang: str) -> list[str]:
    """How every method puts the points together; of one that says nothing, why."""
    factors = case.criteria.criteria if case.criteria else ()
    first = factors[0].name.into(lang) if factors else ""
    said = []
    for each in check.rankings:
        rule = locale.say(f"explanation.methods.rule.{each.method}", lang, factor=first)
        said.append(f"{rule} {silence_text(each, lang)}".strip())
    return said


def silence_text(ranking: Ranking, lang: str) -> str:
    """Why a method says nothing; blank where it ranks."""
    most = locale.number(MOST_PAIRWISE, lang, 0)
    return locale.say(f"explanation.methods.silent.{ranking.why}", lang, most=most) if ranking.why else ""


def describe_moves(case: Case, check: CrossCheck, lang: str) -> list[str]:
    """The projects whose ranks differ most between methods, a sentence each."""
    spread = check.spread()
    most = np.argsort(-spread, kind="stable")[:MOVED].tolist()
    return [_moved(case, check, row, lang) for row in most if spread[row]]


def _moved(case: Case, check: CrossCheck, row: int, lang: str) -> str:
    ranked = [(int(each.rank[row]), each.method) for each in check.rankings if each.rank is not None]
    best, worst = min(place for place, _ in ranked), max(place for place, _ in ranked)
    return locale.say(
        "explanation.methods.moved",
        lang,
        project=project_name(case, row, lang),
        best=best,
        worst=worst,
        best_by=_methods([method for place, method in ranked if place == best], lang),
        worst_by=_methods([method for place, method in ranked if place == worst], lang),
    )


def _methods(methods: Sequence[Method], lang: str) -> str:
    return ", ".join(method_name(method, lang) for method in methods)


def method_name(method: Method, lang: str) -> str:
    """What a method is called in a sentence."""
    return locale.say(f"explanation.methods.name.{method}", lang)


def describe_beyond(case: Case, count: int, beyond: Mapping[Method, tuple[int, ...]], lang: str) -> list[str]:
    """The projects with money that would not be among as many first: by our own value, and what every other
    method adds to them."""
    if not count:
        return []
    ours, said = beyond.get("value", ()), []
    for method, rows in beyond.items():
        own = method == "value"
        more = rows if own else [row for row in rows if row not in ours]
        key = f"explanation.methods.{'beyond' if more else 'within'}{'_by_value' if own else ''}"
        names = {"method": method_name(method, lang), "projects": _named(case, more, lang)}
        said.append(locale.say(key, lang, count=count, **names))
    return said


def _named(case: Case, rows: Sequence[int], lang: str) -> str:
    said = [project_name(case, row, lang) for row in rows[:NAMED]]
    if more := len(rows) - NAMED:
        said += [locale.say("explanation.several_more", lang, count=more)] if more > 0 else []
    return ", ".join(said)
