"""One project's scores: leaf by leaf, with the evidence they rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pandas as pd

from prioritizer import locale, pipeline
from prioritizer.model import ABSTAIN, Case, Consensus, Criterion, Level
from prioritizer.ui import names, tables

_FACTS = (
    "ministry", "product", "technology", "class", "class_basis", "ask_basis", "secrecy", "note", "source",
)  # fmt: skip


def scores(case: Case, row: int, lang: str) -> list[tuple[str, pd.DataFrame]]:
    """Factor by factor, a row per leaf: its weight, the project's score and what it means, the points it
    adds, the evidence and its source; all as text under the columns' labels."""
    weights = pipeline.leaf_weights(case, case.register.columns["class"][row])
    points = pipeline.contributions(case)[row]
    evidence, held = _written(case, row, lang), pipeline.consensus(case)
    facts: dict[str, list[tuple[str, ...]]] = {}
    for place, (factor, leaf) in enumerate(_leaves(case)):
        facts.setdefault(factor.name.into(lang), []).append(
            (
                leaf.name.into(lang),
                locale.percent(weights[leaf.id], lang),
                *_score(held, place, leaf, row, lang),
                locale.points(int(points[place]), lang),
                *evidence.get(leaf.id.casefold(), ("", "")),
            )
        )
    columns = ["criterion", "weight", "score", "level", "adds", "evidence", "source"]
    labels = [tables.label(column, lang) for column in columns]
    return [(factor, pd.DataFrame(rows, columns=labels)) for factor, rows in facts.items()]


def not_assessed(case: Case, row: int, lang: str) -> list[str]:
    """The names of the leaves on which the project has no score."""
    if case.criteria is None:
        return []
    judged = pipeline.consensus(case).low[:, row] >= 0
    return [leaf.name.into(lang) for (_, leaf), one in zip(_leaves(case), judged, strict=True) if not one]


def _leaves(case: Case) -> list[tuple[Criterion, Criterion]]:
    tree = case.criteria.criteria if case.criteria else ()
    return [(factor, leaf) for factor in tree for leaf in factor.leaves()]


def _score(held: Consensus, place: int, leaf: Criterion, row: int, lang: str) -> tuple[str, str]:
    """The score as text (one, or both ends), and the level's words where it is one of the levels."""
    ends = int(held.low[place, row]), int(held.high[place, row])
    if min(ends) < 0:
        return locale.say("ui.register.not_assessed", lang), ""
    if leaf.scale is None:
        levels = [leaf.levels[end] for end in ends]
        said = dict.fromkeys(level.category or "" for level in levels)
        return " / ".join(said), " / ".join(dict.fromkeys(_words(level, lang) for level in levels))
    scores = [held.score(end) for end in ends]
    words = {level.score: _words(level, lang) for level in leaf.levels}
    said = dict.fromkeys(number(score, lang) for score in scores)
    return "–".join(said), " – ".join(dict.fromkeys(words[score] for score in scores if score in words))


def _words(level: Level, lang: str) -> str:
    return level.en if lang == "en" else level.vi


def _written(case: Case, row: int, lang: str) -> dict[str, tuple[str, str]]:
    """Evidence and sources of a project by leaf; where there are several assessors, each one's judgement
    before it."""
    if case.assessments is None:
        return {}
    columns = case.assessments.rows
    if not {"project", "criterion", "assessor"} <= columns.keys():
        return {}
    several = len(case.assessments.assessors) > 1
    mine = columns["project"].among((case.register.ids[row],)).nonzero()[0].tolist()
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for line in mine:
        evidence, sources = found.setdefault(columns["criterion"][line].casefold(), ({}, {}))
        cells = {name: column[line] for name, column in columns.items()}
        if several:
            evidence[_judgement(case, cells, lang)] = None
        elif cells.get("evidence"):
            evidence[cells["evidence"]] = None
        if cells.get("source"):
            sources[pipeline.citation(cells["source"], lang)] = None
    return {leaf: ("; ".join(evidence), "; ".join(sources)) for leaf, (evidence, sources) in found.items()}


def _judgement(case: Case, cells: Mapping[str, str], lang: str) -> str:
    """What one assessor wrote: who, the score as it stands in the table, the evidence."""
    names = {each.id.casefold(): each.name for each in case.scenario.assessors}
    name = names.get(cells["assessor"].casefold())
    score = cells.get("score") or "–".join(filter(None, (cells.get("low"), cells.get("high"))))
    if score.casefold() == ABSTAIN:
        score = locale.say("ui.register.abstains", lang)
    who = name.into(lang) if name else cells["assessor"]
    return f"{who} ({score}): {cells['evidence']}" if cells.get("evidence") else f"{who} ({score})"


def number(value: Fraction, lang: str) -> str:
    """A score or weight without needless decimals."""
    return locale.number(value, lang, 0 if value.denominator == 1 else 2)


def level_name(level: Level, lang: str) -> str:
    """A level's score or category, with its points where they are stated."""
    name = (level.category or "") if level.score is None else number(level.score, lang)
    if level.value is None:
        return name
    return locale.say("ui.criteria.worth", lang, level=name, points=number(level.value, lang))


def project_facts(case: Case, row: int, lang: str) -> list[tuple[str, str]]:
    """What the register says of a project, as pairs of column and text, empty ones left out."""
    columns = case.register.columns
    readers: dict[str, Callable[[Case, str, str], str]] = {
        "ministry": names.ministry,
        "product": names.product,
        "technology": names.technology,
    }
    glossary = {"class": "class", "class_basis": "basis", "ask_basis": "basis", "secrecy": "secrecy"}
    facts: list[tuple[str, str]] = []
    for column in _FACTS:
        text = columns[column][row] if column in columns else ""
        if not text:
            continue
        if read := readers.get(column):
            text = read(case, text, lang)
        elif column == "source":
            text = pipeline.citation(text, lang)
        elif column in glossary:
            text = locale.say(f"terms.{glossary[column]}.{text}", lang)
        facts.append((column, text))
    return facts
