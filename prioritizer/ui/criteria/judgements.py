"""Who judged one project how, on what evidence, and how far the assessors are apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from prioritizer import locale, pipeline
from prioritizer.model import ABSTAIN, Case, Criterion, Ints
from prioritizer.ui import answers, tables

Written = Mapping[str, str]  # one row of the table of assessments, by column


def several(case: Case) -> bool:
    """Whether there is more than one assessor, so that judgements stand apart from the consensus."""
    return case.assessments is not None and len(case.assessments.assessors) > 1


def written(case: Case, row: int) -> dict[str, list[Written]]:
    """What assessors wrote of a project, by the folded id of the leaf, in the order of the table."""
    if case.assessments is None:
        return {}
    columns = case.assessments.rows
    if not {"project", "criterion", "assessor"} <= columns.keys():
        return {}
    found: dict[str, list[Written]] = {}
    mine = columns["project"].among((case.register.ids[row],)).nonzero()[0].tolist()
    for line in mine:
        cells = {name: column[line] for name, column in columns.items()}
        found.setdefault(cells["criterion"].casefold(), []).append(cells)
    return found


def table(
    case: Case, leaves: list[Criterion], by_leaf: Mapping[str, list[Written]], lang: str
) -> pd.DataFrame:
    """Every judgement of these leaves: criterion, assessor, score, evidence and, where any is cited, source;
    all as text."""
    rows = [
        (leaf.name.into(lang), *_judgement(case, cells, lang))
        for leaf in leaves
        for cells in by_leaf.get(leaf.id.casefold(), ())
    ]
    columns = ["criterion", "assessor", "score", "evidence", "source"]
    frame = pd.DataFrame(rows, columns=[tables.label(column, lang) for column in columns])
    cited = any(source for *_, source in rows)
    return frame if cited else frame.drop(columns=tables.label("source", lang))


def spreads(case: Case, row: int, lang: str) -> list[str]:
    """Leaf by leaf, how far the assessors of a project are apart, in points out of 100, and how many judged;
    blank where nobody did."""
    if case.assessments is None:
        return []
    points = np.array([own[row] for own in _points(case)])
    judged = case.assessments.low[:, :, row] >= 0
    return [_spread(points[judged[:, at], at].tolist(), lang) for at in range(judged.shape[1])]


def _points(case: Case) -> list[Ints]:
    return answers.remembered(case, "points-by-assessor", lambda: pipeline.points_by_assessor(case))


def _spread(points: list[int], lang: str) -> str:
    if not points:
        return ""
    if len(points) == 1:
        return locale.say("ui.judgements.one", lang)
    apart = locale.points(max(points) - min(points), lang)
    return locale.say("ui.judgements.apart", lang, count=len(points), apart=apart)


def _judgement(case: Case, cells: Written, lang: str) -> tuple[str, str, str, str]:
    source = pipeline.citation(cells["source"], lang) if cells.get("source") else ""
    who = pipeline.assessor_name(case, cells["assessor"], lang)
    return who, score_text(cells, lang), cells.get("evidence", ""), source


def score_text(cells: Written, lang: str) -> str:
    """A score as it was written: one, both ends, or that the assessor abstained."""
    score = cells.get("score", "")
    if score.casefold() == ABSTAIN:
        return locale.say("ui.register.abstains", lang)
    return score or "–".join(filter(None, (cells.get("low"), cells.get("high"))))
