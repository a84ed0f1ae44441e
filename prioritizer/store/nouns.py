"""From nouns to changes: what makes one scenario into another, as places and values of files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from prioritizer.model import Noun, Scenario
from prioritizer.store.trees import Place, Tree, Value, at, decimal_text, differences, keyed, plain

# Kept as whole 1e-4 points; whole million VND are known by the end of their key in files.
_POINTS = {"hurdle", "penalty"}
_POINTS_BELOW = {"minimum_by_factor"}


def changes_between(before: Scenario, after: Scenario) -> dict[Place, Value]:
    """What :func:`~prioritizer.store.saving.save` has to be given to make ``before`` into ``after``."""
    apart = {name for name in Scenario.model_fields if getattr(before, name) != getattr(after, name)}
    old, new = (keyed(written(each, apart)) for each in (before, after))
    return {place: at(new, place) for place in differences(old, new)}


def written(noun: Noun, only: Collection[str] | None = None) -> Tree:
    """A noun as files have it, perhaps some of its fields only, without what is as it would be unsaid."""
    fields = type(noun).model_fields
    given = noun.model_dump(include=None if only is None else set(only), exclude_defaults=True)
    return {
        fields[name].alias or name: _value(fields[name].alias or name, getattr(noun, name)) for name in given
    }


def _value(key: str, value: Any) -> Value:
    if isinstance(value, int) and not isinstance(value, bool):
        scale = 1000 if key.endswith("_bn") else 10_000 if key in _POINTS else 1
        return decimal_text(Fraction(value, scale))
    if isinstance(value, Noun):
        return written(value)
    if isinstance(value, Mapping):
        below = "hurdle" if key in _POINTS_BELOW else ""
        return {str(name): _value(below, each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_value("", each) for each in value]
    return plain(value)
