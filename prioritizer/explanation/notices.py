"""What is no fault of the files, and still good to know before values decide."""

from __future__ import annotations

from collections.abc import Iterator

from prioritizer import locale
from prioritizer.model import Case
from prioritizer.scoring.elicitation import heard
from prioritizer.scoring.pairwise import ACCEPTABLE
from prioritizer.scoring.telling import telling_nothing

Notice = dict[str, str]


def describe_notices(case: Case, lang: str) -> list[Notice]:
    """For every criterion that weighs something and does not tell the projects apart, and for every statement
    whose judgements contradict each other: ``code``, ``criterion`` (its id, or what a statement is over) and
    ``message``, a sentence."""
    silent = [
        {
            "code": silence,
            "criterion": leaf.id,
            "message": locale.say(f"explanation.notice.{silence}", lang, criterion=leaf.name.into(lang)),
        }
        for leaf, silence in telling_nothing(case)
    ]
    return [*silent, *_contradictions(case, lang)]


def _contradictions(case: Case, lang: str) -> Iterator[Notice]:
    """Pairwise statements whose consistency ratio is above Saaty's bound."""
    for each in case.scenario.elicitation:
        compared = heard(each).compared
        if compared is None or compared.acceptable:
            continue
        ratio, bound = locale.number(compared.ratio, lang, 3), locale.number(ACCEPTABLE, lang, 2)
        said = locale.say("explanation.notice.contradictory", lang, id=each.id, ratio=ratio, bound=bound)
        yield {"code": "contradictory", "criterion": each.over, "message": said}
