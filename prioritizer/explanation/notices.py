"""What is no fault of the files, and still good to know before values decide."""

from __future__ import annotations

from prioritizer import locale
from prioritizer.model import Case
from prioritizer.scoring.telling import telling_nothing


def describe_notices(case: Case, lang: str) -> list[dict[str, str]]:
    """For every criterion that weighs something and does not tell the projects apart: ``code``, ``criterion``
    (its id) and ``message``, a sentence."""
    return [
        {
            "code": silence,
            "criterion": leaf.id,
            "message": locale.say(f"explanation.notice.{silence}", lang, criterion=leaf.name.into(lang)),
        }
        for leaf, silence in telling_nothing(case)
    ]
