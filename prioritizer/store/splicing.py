"""A scenario's text changed only where it has to change: comments, order and all other lines stay.

Patches are found by walking the parser's nodes, what the text says and what it should say side by side. What
cannot be said by a small patch is written anew: an entry, a thing, at worst a list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from prioritizer.model import Scenario
from prioritizer.store.marked import Entry, Marked, YamlNode, is_empty
from prioritizer.store.rendering import after_dash, after_key, flow, scalar
from prioritizer.store.trees import THINGS, Tree, Value, by_name

_KEYS = [field.alias or name for name, field in Scenario.model_fields.items()]
# ``extends`` stands after the id, as in the shipped scenarios.
_ORDER = {key: at for at, key in enumerate(["schema", "id", "extends", *_KEYS[2:-1]])}


@dataclass(frozen=True)
class Patch:
    """``text`` in place of what stands from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def spliced(text: str, now: Tree, wanted: Tree) -> str:
    """The text with ``wanted`` said instead of ``now``, which it says."""
    marked = Marked.of(text)
    lines = "\r\n" if "\r\n" in text else "\n"
    ending = "" if text.endswith("\n") or not text else lines
    patches = list(_map(marked, marked.root, now, wanted))
    return _applied(text + ending, [Patch(p.start, p.end, p.text.replace("\n", lines)) for p in patches])


def _applied(text: str, patches: Iterable[Patch]) -> str:
    done, pieces = 0, []
    for patch in sorted(patches, key=lambda patch: (patch.start, patch.end)):
        pieces += [text[done : patch.start], patch.text]
        done = patch.end
    return "".join([*pieces, text[done:]])


# ------------------------------------------------------------------ maps


def _map(marked: Marked, node: YamlNode, now: Tree, wanted: Tree) -> Iterator[Patch]:
    """Patches of a map of which something stays."""
    entries = {key: entry for key, entry in marked.entries(node).items() if key in now}
    for key, entry in entries.items():
        if key in wanted and now[key] != wanted[key]:
            yield from _entry(marked, key, entry, now[key], wanted[key])
    gone = [key for key in entries if key not in wanted]
    yield from _without(marked, list(entries.values()), [list(entries).index(key) for key in gone])
    yield from _with(marked, entries, wanted)


def _with(marked: Marked, entries: dict[str, Entry], wanted: Tree) -> Iterator[Patch]:
    """What a map in lines has more, each behind the entry that it follows."""
    kept = [key for key in entries if key in wanted]
    column = marked.column(entries[kept[0]].start) if kept else 0
    texts: dict[int, str] = {}
    for key in sorted(wanted.keys() - entries.keys(), key=lambda key: (_ORDER.get(key, 99), key)):
        place = marked.line_end(entries[_before(key, kept)].end)
        line = f"{' ' * column}{scalar(key)}:{after_key(wanted[key], column)}\n"
        texts[place] = texts.get(place, "") + line
    yield from (Patch(place, place, text) for place, text in texts.items())


def _before(key: str, kept: list[str]) -> str:
    """The entry behind which a new one goes: of a scenario's keys the one that comes before it, else the
    last."""
    earlier = [other for other in kept if _ORDER.get(other, 99) < _ORDER.get(key, -1)]
    return max(earlier, key=lambda other: _ORDER[other]) if earlier else kept[-1]


def _entry(marked: Marked, key: str, entry: Entry, now: Value, wanted: Value) -> Iterator[Patch]:
    """Patches of one entry of a map whose value changes."""
    node = entry.value
    if isinstance(node, MappingNode) and isinstance(wanted, dict) and _something_stays(now, wanted):
        if not node.flow_style or now.keys() == wanted.keys():
            yield from _map(marked, node, now, wanted)
        else:
            yield Patch(node.start_mark.index, entry.end, _in_braces(marked, node, now, wanted))
    elif key in THINGS and isinstance(node, SequenceNode) and not node.flow_style:
        column = marked.column(entry.start)
        yield from _list(marked, key, column, entry, now, wanted)
    else:
        yield _anew(marked, entry, wanted)


def _something_stays(now: Collection[str], wanted: Collection[str]) -> bool:
    return any(key in wanted for key in now)


def _anew(marked: Marked, entry: Entry, wanted: Value) -> Patch:
    """An entry with another value; in braces, or after a text, it stays on its line."""
    node = entry.value
    if isinstance(wanted, str) and isinstance(node, ScalarNode) and not is_empty(node):
        style = node.style if node.style in ("'", '"') else "" if node.style is None else None
        return Patch(node.start_mark.index, entry.end, scalar(wanted, style))
    if marked.is_first_on_line(entry.start) or marked.text[: entry.start].rstrip(" ").endswith("-"):
        return Patch(entry.after_key, entry.end, after_key(wanted, marked.column(entry.start)))
    return Patch(entry.after_key, entry.end, f" {flow(wanted)}")


def _in_braces(marked: Marked, node: YamlNode, now: Tree, wanted: Tree) -> str:
    """A map in braces that gains or loses entries; those that stay keep their own text."""
    entries, parts = marked.entries(node), []
    for key, value in wanted.items():
        if key in now and now[key] == value:
            parts.append(marked.text[entries[key].start : entries[key].end])
        else:
            parts.append(f"{scalar(key)}: {flow(value)}")
    return "{" + ", ".join(parts) + "}"


# ------------------------------------------------------------------ lists of things


def _list(marked: Marked, kind: str, column: int, entry: Entry, now: Value, wanted: Value) -> Iterator[Patch]:
    """Patches of a list of things in lines, each thing by its name, where their order stays."""
    things, said = marked.things(entry.value), by_name(kind, now)
    goal = wanted if isinstance(wanted, dict) else by_name(kind, wanted)
    dash = marked.column(things[0].start) if things else 0
    if not said or not goal or not _same_order(list(said), list(goal)):
        yield _anew(marked, entry, wanted)
    elif isinstance(wanted, list):
        yield from _things(marked, dict(zip(said, things, strict=True)), said, goal)
    elif dash > column and all(_begins_with_id(thing) for thing in things) and said.keys() <= goal.keys():
        yield from _as_map(marked, dict(zip(said, things, strict=True)), said, goal)
    else:
        yield _anew(marked, entry, wanted)


def _same_order(before: list[str], after: list[str]) -> bool:
    kept = [name for name in before if name in after]
    return bool(kept) and kept == [name for name in after if name in before]


def _things(
    marked: Marked, things: dict[str, Entry], said: dict[str, Tree], goal: dict[str, Tree]
) -> Iterator[Patch]:
    for name, thing in things.items():
        if name in goal and said[name] != goal[name]:
            yield from _thing(marked, thing, said[name], goal[name])
    gone = [at for at, name in enumerate(things) if name not in goal]
    yield from _without(marked, list(things.values()), gone)
    in_braces = bool(list(things.values())[-1].value.flow_style)
    column, place = marked.column(next(iter(things.values())).start), None
    texts: dict[int, str] = {}
    for name, value in goal.items():
        if name in things:
            place = marked.line_end(things[name].end)
            continue
        where = marked.line_start(next(iter(things.values())).start) if place is None else place
        line = f"{' ' * column}- {after_dash(value, column + 2, in_braces=in_braces)}\n"
        texts[where] = texts.get(where, "") + line
    yield from (Patch(where, where, text) for where, text in texts.items())


def _thing(marked: Marked, thing: Entry, now: Tree, wanted: Tree) -> Iterator[Patch]:
    node = thing.value
    if not isinstance(node, MappingNode) or not _something_stays(now, wanted):
        column = marked.column(thing.start) + 2
        yield Patch(node.start_mark.index, thing.end, after_dash(wanted, column))
    elif node.flow_style and now.keys() != wanted.keys():
        yield Patch(node.start_mark.index, thing.end, _in_braces(marked, node, now, wanted))
    else:
        yield from _map(marked, node, now, wanted)


def _begins_with_id(thing: Entry) -> bool:
    node = thing.value
    return isinstance(node, MappingNode) and bool(node.value) and node.value[0][0].value == "id"


def _as_map(
    marked: Marked, things: dict[str, Entry], said: dict[str, Tree], goal: dict[str, Value]
) -> Iterator[Patch]:
    """A list of things becomes a map of ids, which alone can say that an inherited thing is gone."""
    column = marked.column(next(iter(things.values())).start)
    for name, thing in things.items():
        now = {key: value for key, value in said[name].items() if key != "id"}
        yield from _as_entry(marked, name, thing, now, goal[name])
    place = marked.line_end(list(things.values())[-1].end)
    new = {name: value for name, value in goal.items() if name not in things}
    lines = (f"{' ' * column}{scalar(name)}:{after_key(value, column)}\n" for name, value in new.items())
    yield Patch(place, place, "".join(lines))


def _as_entry(marked: Marked, name: str, thing: Entry, now: Tree, wanted: Value) -> Iterator[Patch]:
    entries = list(marked.entries(thing.value).values())
    column, in_lines = marked.column(thing.start), not thing.value.flow_style
    if in_lines and isinstance(wanted, dict) and _something_stays(now, wanted):
        yield Patch(thing.start, entries[0].end, f"{name}:")
        yield from _map(marked, thing.value, now, wanted)
    elif now == wanted and not in_lines and len(entries) > 1:
        yield Patch(thing.start, entries[1].start, f"{name}: {{")
    else:
        yield Patch(thing.start, thing.end, f"{name}:{after_key(wanted, column)}")


# ------------------------------------------------------------------ what goes


def _without(marked: Marked, entries: list[Entry], gone: list[int]) -> Iterator[Patch]:
    """Entries or things taken away with their lines and the comments right above them; a comment above the
    first may be about all of them, and stays. Those after a dash make room for the first that stays."""
    kept = next((at for at in range(len(entries)) if at not in gone), len(entries))
    for at in gone:
        entry = entries[at]
        if not marked.is_first_on_line(entry.start):
            if at == 0 and kept < len(entries):
                yield Patch(entry.start, entries[kept].start, "")
            continue
        if at > 0 and not marked.is_first_on_line(entries[0].start) and at < kept:
            continue
        start = marked.with_comments(entry.start) if at else marked.line_start(entry.start)
        yield Patch(start, marked.line_end(entry.end), "")
