"""What a file has to say so that, laid over the scenario it extends, it comes to what is wanted.

The counterpart of ``extends`` in :mod:`prioritizer.inputs.documents`. What is not changed stays as it is
said; what is inherited anyway is not said; what is inherited and not wanted is ``null``.
"""

from __future__ import annotations

from prioritizer.store.trees import ABSENT, THINGS, Tree, Value, keyed, listed


def restated(base: Tree, own: Tree, now: Tree, wanted: Tree) -> Tree:
    """What the file has to say: ``base`` is what it inherits, ``own`` what it says, ``now`` what that comes
    to and ``wanted`` what it should come to, ``now`` and ``wanted`` keyed."""
    base_things, result = keyed(base), dict(own)
    for key in dict.fromkeys((*own, *base, *wanted)):
        if now.get(key, ABSENT) == wanted.get(key, ABSENT):
            continue
        if key in THINGS and isinstance(wanted.get(key), dict):
            inherited = _inherited(base.get(key), base_things.get(key))
            result[key] = _things(key, inherited, own.get(key, ABSENT), now.get(key), wanted[key])
            if result[key] == [] and wanted[key]:  # an empty list would empty
                del result[key]
        else:
            _say(result, key, base, own, now, wanted)
    return result


def _inherited(things: Value, named: Value) -> dict[str, Tree]:
    """The things that are inherited one by one: those of a list in which every one has an id."""
    if not isinstance(things, list) or not all(isinstance(each, dict) and "id" in each for each in things):
        return {}
    return {name: _bare(each) for name, each in (named or {}).items()}


def _bare(thing: Value) -> Value:
    return {key: each for key, each in thing.items() if key != "id"} if isinstance(thing, dict) else thing


def _things(kind: str, base: dict[str, Tree], own: Value, now: Value, wanted: dict[str, Tree]) -> Value:
    said = _said(base, own)
    if not base or said is None:
        return listed(kind, wanted)
    bare = {name: _bare(each) for name, each in wanted.items()}
    held = {name: _bare(each) for name, each in now.items()} if isinstance(now, dict) else {}
    changed = _map(base, said, held, bare)
    if changed and (isinstance(own, dict) or None in changed.values()):
        return changed
    return [{"id": name, **each} for name, each in changed.items()]


def _said(base: dict[str, Tree], own: Value) -> Tree | None:
    """What a file says about inherited things one by one; ``None`` where its list replaces them whole."""
    if own is ABSENT:
        return {}
    if own is None or own == []:
        return dict.fromkeys(base)
    if isinstance(own, dict):
        return own
    if not all(isinstance(each, dict) and "id" in each for each in own):
        return None
    return {each["id"]: _bare(each) for each in own}


def _map(base: Tree, own: Tree, now: Tree, wanted: Tree) -> Tree:
    result = dict(own)
    for key in dict.fromkeys((*own, *base, *wanted)):
        if now.get(key, ABSENT) != wanted.get(key, ABSENT):
            _say(result, key, base, own, now, wanted)
    return result


def _say(result: Tree, key: str, base: Tree, own: Tree, now: Tree, wanted: Tree) -> None:
    """Put into ``result`` what has to be said about one key."""
    goal, inherited = wanted.get(key, ABSENT), base.get(key, ABSENT)
    if goal is ABSENT or goal == inherited:
        result.pop(key, None)
        if inherited is not ABSENT and goal is ABSENT:
            result[key] = None
        return
    result[key] = goal
    if isinstance(goal, dict) and (isinstance(inherited, dict) or isinstance(now.get(key), dict)):
        below, said = _as_map(inherited), _as_map(own.get(key))
        held = now[key] if isinstance(now.get(key), dict) else below
        result[key] = _map(below, said, held, goal)


def _as_map(value: Value) -> Tree:
    return value if isinstance(value, dict) else {}
