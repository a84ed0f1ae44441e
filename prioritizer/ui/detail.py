"""One project's scores: leaf by leaf, with the evidence they rest on."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pandas as pd

from prioritizer import locale, pipeline
from prioritizer.model import Case, Criterion
from prioritizer.ui import names, tables

_FACTS = (
    "ministry", "product", "technology", "class", "class_basis", "ask_basis", "secrecy", "note", "source",
)  # fmt: skip


def scores(case: Case, row: int, lang: str) -> list[tuple[str, pd.DataFrame]]:
    """Factor by factor, a row per leaf: its weight, the project's score and what it means, the points it
    adds, the evidence and its source; all as text under the columns' labels."""
    weights = pipeline.leaf_weights(case)
    points = pipeline.contributions(case)[row]
    evidence = _written(case, row, lang)
    facts: dict[str, list[tuple[str, ...]]] = {}
    for place, (factor, leaf) in enumerate(_leaves(case)):
        facts.setdefault(factor.name.into(lang), []).append(
            (
                leaf.name.into(lang),
                locale.percent(weights[leaf.id], lang),
                *_score(case, place, leaf, row, lang),
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
    return [
        leaf.name.into(lang)
        for place, (_, leaf) in enumerate(_leaves(case))
        if _codes(case, place, row) is None
    ]


def _leaves(case: Case) -> list[tuple[Criterion, Criterion]]:
    tree = case.criteria.criteria if case.criteria else ()
    return [(factor, leaf) for factor in tree for leaf in factor.leaves()]


def _codes(case: Case, place: int, row: int) -> tuple[tuple[Fraction, ...], int, int] | None:
    if case.assessments is None:
        return None
    low, high = int(case.assessments.low[place, row]), int(case.assessments.high[place, row])
    return None if low < 0 or high < 0 else (case.assessments.levels, low, high)


def _score(case: Case, place: int, leaf: Criterion, row: int, lang: str) -> tuple[str, str]:
    """The score as text (one, or both ends), and the level's words where it is one of the levels."""
    codes = _codes(case, place, row)
    if codes is None:
        return locale.say("ui.register.not_assessed", lang), ""
    levels, low, high = codes
    ends = [levels[low], levels[high]]
    said = dict.fromkeys(number(end, lang) for end in ends)
    words = {level.score: (level.en if lang == "en" else level.vi) for level in leaf.levels}
    return "–".join(said), " – ".join(dict.fromkeys(words[end] for end in ends if end in words))


def _written(case: Case, row: int, lang: str) -> dict[str, tuple[str, str]]:
    """Evidence and sources of a project by leaf, several assessors' joined."""
    if case.assessments is None:
        return {}
    columns = case.assessments.rows
    if not {"project", "criterion"} <= columns.keys():
        return {}
    mine = columns["project"].among((case.register.ids[row],)).nonzero()[0].tolist()
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for line in mine:
        evidence, sources = found.setdefault(columns["criterion"][line].casefold(), ({}, {}))
        if "evidence" in columns and columns["evidence"][line]:
            evidence[columns["evidence"][line]] = None
        if "source" in columns and columns["source"][line]:
            sources[pipeline.citation(columns["source"][line], lang)] = None
    return {leaf: ("; ".join(evidence), "; ".join(sources)) for leaf, (evidence, sources) in found.items()}


def number(value: Fraction, lang: str) -> str:
    """A score or weight without needless decimals."""
    return locale.number(value, lang, 0 if value.denominator == 1 else 2)


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
