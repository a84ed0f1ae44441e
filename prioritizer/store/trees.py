"""Scenarios as plain trees: lists of things by their names, changes by places, differences place by place.

A value is text, ``None``, true or false, a map or a list. A place is a path of keys; in a list of things the
step is the thing's id, or the name it goes by without one (``P07.fund``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Any

Value = Any
Place = tuple[str, ...]
Tree = dict[str, Value]


class Absence(Enum):
    """Nothing at all, which is not ``None``: a scenario that extends another says ``null`` to remove."""

    ABSENT = "absent"


ABSENT = Absence.ABSENT
THINGS = ("funds", "reserves", "assessors", "elicitation", "limits", "decisions", "dependencies")


def plain(value: object) -> Value:
    """A value as files have it: numbers as text (exact decimals, else ratios such as ``1/3``)."""
    if value is None or isinstance(value, bool | Absence):
        return value
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(each) for each in value]
    if isinstance(value, float):
        raise TypeError("a float is not exact; give text, an int or a Fraction")
    return unicodedata.normalize("NFC", str(value))


def decimal_text(number: Fraction) -> str:
    """An exact decimal where there is one of up to twelve places, else the ratio."""
    for places in range(13):
        scaled = number * 10**places
        if scaled.denominator == 1:
            whole = f"{abs(scaled.numerator):0{places + 1}d}"
            text = f"{whole[:-places]}.{whole[-places:]}" if places else whole
            return f"-{text}" if number < 0 else text
    return str(number)


def name_of(kind: str, thing: Tree) -> str:
    """The id of a thing in the list ``kind``, or the name that it goes by without one."""
    if "id" in thing:
        return str(thing["id"])
    if kind == "dependencies":
        return f"{thing.get('project')}.requires.{thing.get('requires')}"
    if kind == "elicitation":
        return ".".join(str(thing[key]) for key in ("over", "class") if key in thing)
    verb = "fund" if "fund" in thing else "at_least" if "fund_at_least_bn" in thing else "locked"
    return f"{thing.get('project')}.{verb}"


def by_name(kind: str, things: Value) -> dict[str, Tree] | None:
    """A list of things as a map by their names; ``None`` where it is no such list or a name stands twice."""
    if not isinstance(things, list) or not all(isinstance(each, dict) for each in things):
        return None
    named = {name_of(kind, each): each for each in things}
    return named if len(named) == len(things) else None


def keyed(tree: Tree) -> Tree:
    """The tree with every list of things as a map by their names."""
    named = {kind: by_name(kind, tree[kind]) for kind in THINGS if kind in tree}
    return tree | {kind: things for kind, things in named.items() if things is not None}


def listed(kind: str, things: dict[str, Tree]) -> list[Tree]:
    """The things as a list again; one that goes by another name than its key gets that key as its id."""
    return [
        each if name_of(kind, each) == name else {"id": name} | each
        for name, each in things.items()
        if isinstance(each, dict)
    ]


def changed(tree: Tree, changes: Mapping[Place, object]) -> Tree:
    """A keyed tree with values put in their places, or taken away (``ABSENT``).

    Raises ``ValueError`` for a place that leads through something that is no map.
    """
    for place, value in changes.items():
        tree = _put(tree, place, plain(value))
    things = {kind: tree[kind] for kind in THINGS if isinstance(tree.get(kind), dict)}
    return keyed(tree | {kind: listed(kind, each) for kind, each in things.items()})


def _put(tree: Tree, place: Place, value: Value) -> Tree:
    step, *rest = place
    below = tree.get(step, ABSENT)
    if rest:
        if not isinstance(below, dict) and below not in (ABSENT, None, []):
            raise ValueError(f"nothing can stand below {step}: {'.'.join(place)}")
        value = _put(below if isinstance(below, dict) else {}, tuple(rest), value)
    if value is ABSENT:
        return {key: each for key, each in tree.items() if key != step}
    return tree | {step: value}


def differences(before: Tree, after: Tree, above: Place = ()) -> Iterator[Place]:
    """The places at which two keyed trees are not the same, as deep as both have maps."""
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, ABSENT), after.get(key, ABSENT)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from differences(old, new, (*above, key))
        elif old != new:
            yield (*above, key)


def at(tree: Tree, place: Place) -> Value:
    """What stands at a place of a keyed tree; ``ABSENT`` where nothing does."""
    value: Value = tree
    for step in place:
        value = value.get(step, ABSENT) if isinstance(value, dict) else ABSENT
    return value
