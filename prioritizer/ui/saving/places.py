"""Places and values of scenario files in the words of officials; what has no words stands as in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from prioritizer import locale, pipeline
from prioritizer.model import Case, Decision, Limit
from prioritizer.pipeline import ABSENT, Place
from prioritizer.ui import names, view

_SIDES = ("at_least", "at_most")
_MEASURES = ("amount_bn", "share_of_envelope", "share_of_allocated", "count")


def name(shown: view.View, place: Place, values: tuple[Any, ...] = ()) -> str:
    """What a place is called: the thing it is in, and what of that thing. ``values``: what versions have
    there, where the thing may be known from alone."""
    kind, *below = place
    if kind in ("weights", "weights_by_class") and below:
        key = "saving.place.weight" if kind == "weights" else "saving.place.weight_of_class"
        class_ = _class(shown, below[0]) if kind == "weights_by_class" else ""
        return locale.say(key, shown.lang, name=_criterion(shown, below[-1]), of=class_)
    thing = _thing(shown, kind, below[0], values) if below else None
    if thing is None:
        own = f"saving.of.{'.'.join(place)}"
        said = ": ".join(_key(step, shown.lang) for step in place)
        return locale.sentences(shown.lang).get(own, said)
    said = locale.say(f"saving.place.{kind}", shown.lang, name=thing)
    steps = below[1:-1] if kind == "limits" and below[-1] in _MEASURES else below[1:]
    return ": ".join([said, *(_key(step, shown.lang) for step in steps)])


def value(shown: view.View, place: Place, given: Any) -> str:
    """What stands at a place."""
    if given is ABSENT or given is None:
        thing = len(place) == 2 and f"saving.place.{place[0]}" in locale.sentences(shown.lang)
        return locale.say(f"saving.value.{'absent' if thing else 'unsaid'}", shown.lang)
    try:
        return _said(shown, place, given)
    except (ValueError, TypeError, KeyError, AttributeError, ZeroDivisionError):
        return _raw(given)


def _said(shown: view.View, place: Place, given: Any) -> str:
    lang, key = shown.lang, place[-1]
    if isinstance(given, bool):
        return locale.say(f"saving.value.{'yes' if given else 'no'}", lang)
    if isinstance(given, Mapping) and place[0] in _WHOLE and len(place) < 3:
        things = {key: given} if len(place) == 2 else given
        return "; ".join(_WHOLE[place[0]](shown.case, name, each, lang) for name, each in things.items())
    if key in _SIDES and isinstance(given, Mapping):
        return _size(given, lang)
    if key in _MEASURES and place[-2] in _SIDES:
        return _size({key: given}, lang)
    if isinstance(given, Mapping):
        return _map(shown, place, given)
    if isinstance(given, list):
        return ", ".join(value(shown, place, each) for each in given)
    return _scalar(shown, place, str(given))


def _limit_said(case: Case, limit_id: str, given: Mapping[str, Any], lang: str) -> str:
    return pipeline.limit_name(case, Limit.model_validate({**given, "id": limit_id}), lang)


def _decision_said(case: Case, decision_id: str, given: Mapping[str, Any], lang: str) -> str:
    return pipeline.decision_text(case, Decision.model_validate({**given, "id": decision_id}), lang)


_WHOLE = {"limits": _limit_said, "decisions": _decision_said}


def _scalar(shown: view.View, place: Place, text: str) -> str:
    lang, key = shown.lang, place[-1]
    if key.endswith("_bn"):
        return locale.say("ui.money", lang, amount=locale.bn(int(Fraction(text) * 1000), lang))
    if place[0] in ("weights", "weights_by_class"):
        share = Fraction(text)
        return locale.percent(share, lang, locale.digits_needed(share * 100, 2))
    if key in ("hurdle", "penalty") or "minimum_by_factor" in place:
        return locale.points(int(Fraction(text) * 10_000), lang, 1)
    if "where" in place:
        return pipeline.value_label(shown.case, key, text, lang)
    words = locale.sentences(lang)
    known = (f"saving.word.{key}.{text}", f"terms.{key}.{text}", f"ui.{place[0]}.{text}_short")
    return next((words[each] for each in known if each in words), text)


def _size(given: Mapping[str, str], lang: str) -> str:
    """A floor or ceiling as the rest of the app says it."""
    (measure, text), *others = given.items()
    if others:
        raise ValueError("a bound is one measure")
    number = Fraction(text)
    if measure == "amount_bn":
        measure, said = "amount_mvnd", locale.bn(int(number * 1000), lang)
    elif measure == "count":
        said = locale.number(number, lang, 0)
    else:
        said = locale.percent(number, lang, locale.digits_needed(number * 100))
    return locale.say(f"explanation.size.{measure}", lang, size=said)


def _map(shown: view.View, place: Place, given: Mapping[str, Any]) -> str:
    if set(given) <= {"vi", "en"}:
        return str(given.get(shown.lang) or next(iter(given.values())))
    return "; ".join(
        f"{_step(shown, (*place, key))}: {value(shown, (*place, key), each)}" for key, each in given.items()
    )


def _step(shown: view.View, place: Place) -> str:
    return _criterion(shown, place[-1]) if place[0] == "weights" else _key(place[-1], shown.lang)


def _thing(shown: view.View, kind: str, thing_id: str, values: tuple[Any, ...]) -> str | None:
    """A thing of a list, by what it is; ``None`` for a kind that has no things."""
    if f"saving.place.{kind}" not in locale.sentences(shown.lang):
        return None
    find: Mapping[str, Callable[[Case], str | None]] = {
        "limits": lambda case: _limit(case, thing_id, shown.lang),
        "decisions": lambda case: _project(case, kind, thing_id, shown.lang),
        "dependencies": lambda case: _project(case, kind, thing_id, shown.lang),
    }
    named = find.get(kind, lambda case: _named(case, kind, thing_id, shown.lang))
    found = next(filter(None, (named(case) for case in (shown.case, shown.saved))), None)
    return found or _of_values(shown, kind, values) or thing_id


def _limit(case: Case, limit_id: str, lang: str) -> str | None:
    limit = next((each for each in case.scenario.limits if each.id == limit_id), None)
    return None if limit is None else names.limit_over(case, limit, lang)


def _project(case: Case, kind: str, thing_id: str, lang: str) -> str | None:
    thing = next((each for each in getattr(case.scenario, kind) if each.id == thing_id), None)
    project = thing_id.split(".")[0] if thing is None else thing.project
    if project.casefold() not in map(str.casefold, case.register.ids):
        return None
    return pipeline.project_name(case, case.register.row_of(project), lang)


def _named(case: Case, kind: str, thing_id: str, lang: str) -> str | None:
    thing = next((each for each in getattr(case.scenario, kind, ()) if each.id == thing_id), None)
    return names.given(getattr(thing, "name", None), lang) or None


def _of_values(shown: view.View, kind: str, values: tuple[Any, ...]) -> str | None:
    """A thing that only another's version has."""
    whole = next((each for each in values if isinstance(each, Mapping)), None)
    if kind != "limits" or whole is None or "where" not in whole:
        return None
    try:
        limit = Limit.model_validate({"id": "other", **{k: v for k, v in whole.items() if k != "id"}})
    except ValidationError:
        return None
    return names.limit_over(shown.case, limit, shown.lang)


def _criterion(shown: view.View, node_id: str) -> str:
    node = next((each for each in names.nodes(shown.case) if each.id == node_id), None)
    return node.name.into(shown.lang) if node else node_id


def _class(shown: view.View, class_: str) -> str:
    return pipeline.class_label(shown.case, class_, shown.lang)


def _key(key: str, lang: str) -> str:
    """A key of the file in words, where there are some."""
    return locale.sentences(lang).get(f"saving.key.{key}", key)


def _raw(given: Any) -> str:
    if isinstance(given, Mapping):
        return "; ".join(f"{key}: {_raw(each)}" for key, each in given.items())
    return ", ".join(map(_raw, given)) if isinstance(given, list) else str(given)
