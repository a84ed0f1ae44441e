"""What a draft tries, in a few words: which kinds of choices differ from the scenario, and how many."""

from __future__ import annotations

from collections.abc import Iterable

from prioritizer import locale, pipeline
from prioritizer.pipeline import Place
from prioritizer.ui import view

# By the first step of a place, and for some the second; in the order in which they are told.
_KINDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "weights": (("weights",), ("weights_by_class",), ("elicitation",), ("exchange_rate",)),
    "funds": (("funds",),),
    "reserves": (("reserves",),),
    "basis": (("objective", "basis"),),
    "hurdle": (("objective", "hurdle"),),
    "unassessed": (("eligibility", "unassessed"),),
    "minimum": (("eligibility", "minimum_by_factor"),),
    "dossier": (("eligibility", "dossier"), ("eligibility", "dossier_by_class")),
    "limits": (("limits",),),
    "decisions": (("decisions",),),
    "dependencies": (("dependencies",),),
    "least_grant": (("least_grant_bn",),),
    "state_share": (("state_share_cap",),),
    "assessors": (("assessors",), ("consensus",)),
    "ties": (("ties",), ("tie_order",)),
    "inputs": (("register",), ("costs",), ("assessments",), ("criteria",), ("ministries",), ("products",)),
}
_COUNTED = ("limits", "decisions", "dependencies")


def words(shown: view.View) -> str:
    """Everything that is tried, as a list in a sentence; blank where the draft comes to what is saved."""
    places = list(_places(shown))
    said = list[str]()
    for kind, begins in _KINDS.items():
        own = [place for place in places if any(place[: len(begin)] == begin for begin in begins)]
        if own and (kind != "weights" or _weighs_otherwise(shown, own)):
            said.append(_word(kind, own, shown.lang))
        places = [place for place in places if place not in own]
    return "; ".join([*said, *([locale.say("saving.tried.other", shown.lang)] if places else [])])


def _places(shown: view.View) -> Iterable[Place]:
    """Where the draft makes a difference; where another has saved since, all that the draft touches."""
    if shown.overtaken and shown.draft is not None:
        return shown.draft.changes
    changes = pipeline.changes_between(shown.saved.scenario, shown.case.scenario)
    return (each for place in changes for each in _spread(place, shown))


def _spread(place: Place, shown: view.View) -> Iterable[Place]:
    """A place that stands for a whole map as the places in it."""
    if len(place) > 1 or place[0] not in ("objective", "eligibility", *_COUNTED):
        return [place]
    name = place[0]
    before, after = (getattr(each.scenario, name) for each in (shown.saved, shown.case))
    if name in _COUNTED:
        return [(name, thing.id) for thing in (*before, *after)]
    return [
        (name, field.removesuffix("_e4"))
        for field in type(after).model_fields
        if getattr(before, field) != getattr(after, field)
    ]


def _weighs_otherwise(shown: view.View, places: list[Place]) -> bool:
    """Whether weights come to something else; weights may be said outright and be the ones they were."""
    if shown.overtaken or shown.case.criteria is None or any(place[0] != "weights" for place in places):
        return True
    return pipeline.node_weights(shown.case) != pipeline.node_weights(shown.saved)


def _word(kind: str, places: list[Place], lang: str) -> str:
    word = locale.say(f"saving.tried.{kind}", lang)
    things = {place[1] for place in places if len(place) > 1}
    if kind not in _COUNTED or not things:
        return word
    return locale.say("saving.tried.counted", lang, word=word, count=len(things))
