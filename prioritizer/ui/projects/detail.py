"""One project: its facts, its dossier, and its scores leaf by leaf with the evidence they rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

import pandas as pd

from prioritizer import locale, pipeline
from prioritizer.model import Case, Consensus, Criterion, Ints, Level
from prioritizer.results import E4, Evaluation
from prioritizer.ui import answers, names, tables
from prioritizer.ui.criteria import judgements

_FACTS = (
    "ministry", "product", "technology", "class", "class_basis", "ask_basis", "secrecy", "note", "source",
)  # fmt: skip


def scores(case: Case, row: int, lang: str) -> list[tuple[str, pd.DataFrame]]:
    """Factor by factor, a row per leaf: its weight, the project's score and what it means, the points it
    adds, and the evidence with its source; of several assessors how far they are apart instead, since what
    each wrote stands in :func:`judged`. All as text under the columns' labels."""
    weights = pipeline.leaf_weights(case, case.register.columns["class"][row])
    points, held = _contributions(case)[row], _consensus(case)
    beside = _spread(case, row, lang) if judgements.several(case) else _evidence(case, row, lang)
    facts: dict[str, list[tuple[str, ...]]] = {}
    for place, (factor, leaf) in enumerate(_leaves(case)):
        facts.setdefault(factor.name.into(lang), []).append(
            (
                leaf.name.into(lang),
                locale.percent(weights[leaf.id], lang),
                *_score(held, place, leaf, row, lang),
                locale.points(int(points[place]), lang),
                *beside[place],
            )
        )
    columns = ["criterion", "weight", "score", "level", "adds"]
    columns += ["apart"] if judgements.several(case) else ["evidence", "source"]
    labels = [tables.label(column, lang) for column in columns]
    return [(factor, pd.DataFrame(rows, columns=labels)) for factor, rows in facts.items()]


def judged(case: Case, row: int, lang: str) -> list[tuple[str, pd.DataFrame]]:
    """Factor by factor, every assessor's judgement of the project; factors that nobody judged stay out."""
    if case.criteria is None:
        return []
    written = judgements.written(case, row)
    found = [
        (factor.name.into(lang), judgements.table(case, list(factor.leaves()), written, lang))
        for factor in case.criteria.criteria
    ]
    return [(factor, frame) for factor, frame in found if not frame.empty]


def added(evaluation: Evaluation, row: int, lang: str) -> pd.DataFrame:
    """Leaf by leaf what the project's value is made of: points out of 100, what they add, and what 100 points
    would add; its class's exchange rate is in both. The register has scores."""
    compare = partial(pipeline.contrast, evaluation, row, row)
    found = answers.remembered(evaluation.case, f"contrast/{row}/{row}", compare)
    assert found is not None
    rows = [
        (
            pipeline.criterion_name(evaluation.case, leaf.criterion, lang),
            leaf.points_e4[0],
            leaf.adds_e4[0],
            round(leaf.weights[0] * 100 * E4),
        )
        for leaf in found.leaves
    ]
    return pd.DataFrame(rows, columns=["criterion", "points_e4", "adds_e4", "most_e4"])


def dossier(case: Case, row: int, found: pipeline.Dossiers, lang: str) -> list[tuple[str, str]]:
    """What the dossier states, entry by entry; an entry that is needed and blank is said to be missing, one
    that is neither needed nor filled stays out."""
    columns, missing = case.register.columns, set(found.missing[row])
    needed = found.needed[row]
    names_ = dict.fromkeys([*(column.name for column in pipeline.DOSSIER), *needed])
    texts_ = {name: columns[name][row] if name in columns else "" for name in names_}
    absent = locale.say("ui.register.absent", lang)
    return [
        (pipeline.column_name(name, lang), absent if name in missing else text)
        for name, text in texts_.items()
        if text or name in missing
    ]


def not_assessed(case: Case, row: int, lang: str) -> list[str]:
    """The names of the leaves on which the project has no score."""
    if case.criteria is None:
        return []
    judged = _consensus(case).low[:, row] >= 0
    return [leaf.name.into(lang) for (_, leaf), one in zip(_leaves(case), judged, strict=True) if not one]


# What holds for all projects is worked out once, whichever project is looked at.
def _consensus(case: Case) -> Consensus:
    return answers.remembered(case, "consensus", lambda: pipeline.consensus(case))


def _contributions(case: Case) -> Ints:
    return answers.remembered(case, "contributions", lambda: pipeline.contributions(case))


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


def _spread(case: Case, row: int, lang: str) -> list[tuple[str, ...]]:
    return [(apart,) for apart in judgements.spreads(case, row, lang)]


def _evidence(case: Case, row: int, lang: str) -> list[tuple[str, ...]]:
    """By leaf, the evidence and the sources of a project."""
    written = judgements.written(case, row)
    return [_cited(written.get(leaf.id.casefold(), []), lang) for _, leaf in _leaves(case)]


def _cited(own: Sequence[judgements.Written], lang: str) -> tuple[str, str]:
    evidence = dict.fromkeys(cells["evidence"] for cells in own if cells.get("evidence"))
    sources = dict.fromkeys(pipeline.citation(cells["source"], lang) for cells in own if cells.get("source"))
    return "; ".join(evidence), "; ".join(sources)


def number(value: Fraction, lang: str) -> str:
    """A score or weight without needless decimals."""
    return locale.number(value, lang, locale.digits_needed(value, 2))


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
