"""Why one project is worth more than another, in words, with the judgements behind the points."""

from __future__ import annotations

from prioritizer import locale
from prioritizer.explanation.citations import citation
from prioritizer.explanation.words import project_name
from prioritizer.model import ABSTAIN, Case
from prioritizer.results import E4, Contrast, LeafContrast, Scores

DIGITS = 2  # of points here: one decimal would show small differences as none
NAMED = 3  # criteria by name in a sentence


def describe_contrast(case: Case, scores: Scores, found: Contrast, lang: str) -> list[str]:
    """Both values, what lies between them, and where each gains most on the other."""
    one, other = (project_name(case, row, lang) for row in found.rows)
    first, second = found.values_e4
    compared = locale.say(
        "explanation.contrast.compared",
        lang,
        one=one,
        other=other,
        rank=int(scores.rank[found.rows[0]]),
        other_rank=int(scores.rank[found.rows[1]]),
        value=points_text(first, lang),
        other_value=points_text(second, lang),
    )
    ids = case.register.ids[found.rows[0]], case.register.ids[found.rows[1]]
    return [compared, _verdict(*ids, first, second, lang), *_gains(case, found, lang)]


def points_text(value_e4: int, lang: str) -> str:
    """Points as they are shown here."""
    return locale.points(value_e4, lang, DIGITS)


def shown(value_e4: int) -> int:
    """A value as it is shown, in the last digit's unit, so that sums of what is shown hold."""
    unit = E4 // int(10**DIGITS)
    half_up = (2 * abs(value_e4) + unit) // (2 * unit)
    return half_up if value_e4 >= 0 else -half_up


def shown_text(units: int, lang: str, signed: bool = False) -> str:
    """A figure of :func:`shown` as text."""
    text = points_text(units * E4 // 10**DIGITS, lang)
    return f"+{text}" if signed and units > 0 else text


def _verdict(one: str, other: str, first: int, second: int, lang: str) -> str:
    if first == second:
        return locale.say("explanation.contrast.level", lang, one=one, other=other)
    above, below = (one, other) if first > second else (other, one)
    difference = shown_text(abs(shown(first) - shown(second)), lang)
    return locale.say("explanation.contrast.above", lang, one=above, other=below, difference=difference)


def _gains(case: Case, found: Contrast, lang: str) -> list[str]:
    names = [case.register.ids[row] for row in found.rows]
    said = []
    for sign, (one, other) in ((1, names), (-1, names[::-1])):
        better = [each for each in found.leaves if sign * each.difference_e4 > 0][:NAMED]
        criteria = "; ".join(_gain(case, each, sign, lang) for each in better)
        if better:
            said.append(
                locale.say("explanation.contrast.better", lang, one=one, other=other, criteria=criteria)
            )
    return said


def _gain(case: Case, leaf: LeafContrast, sign: int, lang: str) -> str:
    difference = sign * (shown(leaf.adds_e4[0]) - shown(leaf.adds_e4[1]))
    name = criterion_name(case, leaf.criterion, lang)
    said = shown_text(difference, lang, signed=True)
    return locale.say("explanation.contrast.criterion", lang, name=name, difference=said)


def criterion_name(case: Case, criterion: str, lang: str) -> str:
    """What a leaf, or a group of criteria, is called."""
    assert case.criteria is not None
    nodes = (node for siblings in case.criteria.sibling_sets() for node in siblings)
    return next(node.name.into(lang) for node in nodes if node.id == criterion)


def judgements(case: Case, criterion: str, row: int) -> list[dict[str, str]]:
    """What assessors wrote of one project on one leaf: assessor, score, low, high, evidence, source."""
    if case.assessments is None or not {"project", "criterion"} <= case.assessments.rows.keys():
        return []
    rows = case.assessments.rows
    own = rows["project"].among((case.register.ids[row],)) & rows["criterion"].among((criterion,))
    names = ("assessor", "score", "low", "high", "evidence", "source")
    return [
        {name: rows[name][line] if name in rows else "" for name in names}
        for line in own.nonzero()[0].tolist()
    ]


def describe_judgements(case: Case, found: Contrast, leaf: LeafContrast, lang: str) -> list[str]:
    """For each of the two projects its points on a leaf, and who judged so on what evidence."""
    return [
        locale.say(
            "explanation.contrast.judgements",
            lang,
            project=case.register.ids[row],
            points=locale.points(points_e4, lang),
            judgements=_judged(case, leaf.criterion, row, lang),
        )
        for row, points_e4 in zip(found.rows, leaf.points_e4, strict=True)
    ]


def _judged(case: Case, criterion: str, row: int, lang: str) -> str:
    assert case.criteria is not None
    if any(leaf.id == criterion and leaf.of for leaf in case.criteria.leaves):
        return locale.say("explanation.contrast.of_register", lang)
    said = [_judgement(case, each, lang) for each in judgements(case, criterion, row)]
    return "; ".join(said) or locale.say("explanation.contrast.unassessed", lang)


def _judgement(case: Case, written: dict[str, str], lang: str) -> str:
    who = assessor_name(case, written["assessor"], lang)
    if written["score"].casefold() == ABSTAIN:
        return locale.say("explanation.contrast.abstained", lang, assessor=who)
    cited = ", ".join(filter(None, (written["evidence"].rstrip("."), citation(written["source"], lang))))
    evidence = locale.say("explanation.contrast.evidence", lang, evidence=cited) if cited else ""
    score = written["score"] or f"{written['low']}–{written['high']}"
    return locale.say("explanation.contrast.judgement", lang, assessor=who, score=score, evidence=evidence)


def assessor_name(case: Case, assessor: str, lang: str) -> str:
    """What an assessor is called: the name that the scenario gives, else the id."""
    known = {each.id.casefold(): each.name for each in case.scenario.assessors}
    name = known.get(assessor.casefold())
    return name.into(lang) if name else assessor
