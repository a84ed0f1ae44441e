"""YAML read as what was written: a tree of nodes that keep raw text, file and line.

Loaders turn ``08``, ``2026-04-20`` and ``no`` into something else and stop at the first duplicate key.
Here a scalar stays text (only a plain ``null``, ``true``, ``false`` is what it says), every fault is
collected, and anchors, aliases and tags are refused: a scenario is a form to fill in, not a program.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent
from ruamel.yaml.reader import ReaderError

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.remembered import SECTIONS, TREES, digest_of
from prioritizer.inputs.yamlsections import entries, sections

LARGEST_BYTES = 512 * 1024
DEEPEST = 40
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}


@dataclass(frozen=True)
class Node:
    """A value (text, ``None``, bool, map or list of nodes) and where it stands."""

    value: Any
    file: str
    line: int

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def without(self, paths: list[tuple[int | str, ...]]) -> Node:
        """The tree less what stands at ``paths``."""
        if not isinstance(self.value, dict | list) or not paths:
            return self
        gone = {path[0] for path in paths if len(path) == 1}
        kept = {
            key: node.without([path[1:] for path in paths if path[0] == key and len(path) > 1])
            for key, node in _entries(self.value)
            if key not in gone
        }
        return Node(kept if isinstance(self.value, dict) else list(kept.values()), self.file, self.line)

    def moved(self, file: str, lines: int) -> Node:
        """The tree as it is in another file, so many lines further down."""
        value = self.value
        if isinstance(value, dict):
            value = {key: node.moved(file, lines) for key, node in value.items()}
        elif isinstance(value, list):
            value = [node.moved(file, lines) for node in value]
        return Node(value, file, self.line + lines)

    def find(self, path: tuple[Any, ...]) -> Node:
        """The node at ``path``, or the nearest one above it."""
        node = self
        for step in path:
            below = dict(enumerate(node.value)) if isinstance(node.value, list) else node.value
            if isinstance(below, dict) and step in below:
                node = below[step]
        return node


def _entries(value: Any) -> list[tuple[Any, Node]]:
    return list(value.items()) if isinstance(value, dict) else list(enumerate(value))


def read_yaml(content: bytes, shown: str, faults: list[Fault]) -> Node:
    """The tree of a file's bytes, called ``shown`` in faults; what can be read past is added to ``faults``.

    The same bytes are parsed once. Raises :class:`InputFaults` where there is no tree to go on with.
    """
    return TREES.read((digest_of(content), shown), faults, lambda own: _parsed(content, shown, own))


def _parsed(content: bytes, shown: str, faults: list[Fault]) -> Node:
    text = decode(content, shown)
    if not text.strip():
        raise InputFaults([Fault("empty_file", shown)])
    return _of_sections(text, shown) or _whole(text, shown, faults)


def _of_sections(text: str, shown: str) -> Node | None:
    """The tree put together from its sections, of which those met before are not parsed again; ``None``
    where only the whole text can tell what is wrong with it."""
    found, first = dict[str, Node](), 0
    for before, section in sections(text):
        faults: list[Fault] = []
        try:
            own = SECTIONS.read((section,), faults, partial(_section, section))
        except InputFaults:
            return None
        if faults or own.value.keys() & found.keys():
            return None
        first = first or before + own.line
        found |= own.moved(shown, before).value
    return Node(found, shown, first) if found else None


def _section(text: str, faults: list[Fault]) -> Node:
    """A section as if it were a file. One of short entries, such as weights, needs no parser."""
    short = entries(text)
    if short is None:
        return _whole(text, "", faults)
    values = {
        key: Node(said if quoted else _WORDS.get(said, said), "", at)
        for at, (key, (said, quoted)) in enumerate(short.items(), 2)
    }
    return Node({text[: text.index(":")]: Node(values, "", 2)}, "", 1)


def _whole(text: str, shown: str, faults: list[Fault]) -> Node:
    try:
        return _Builder(shown, faults).build(YAML(typ="safe", pure=True).parse(text))
    except ReaderError as error:
        raise InputFaults(
            [Fault("control_character", shown, text.count("\n", 0, error.position) + 1)]
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise InputFaults(
            [Fault("yaml_syntax", shown, line, params={"problem": error.problem or ""})]
        ) from None


def read_bytes(path: Path, shown: str, largest: int = LARGEST_BYTES) -> bytes:
    """The bytes of a file of reasonable size. Raises :class:`InputFaults`."""
    try:
        with path.open("rb") as stream:
            content = stream.read(largest + 1)
    except OSError:
        raise InputFaults([Fault("file_missing", shown)]) from None
    if len(content) > largest:
        raise InputFaults([Fault("file_too_large", shown, params={"limit_kb": largest // 1024})])
    return content


def decode(content: bytes, shown: str) -> str:
    """The bytes of a text file as NFC text. Raises :class:`InputFaults` for another kind or encoding."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise InputFaults([Fault("not_a_text_file", shown)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise InputFaults([Fault("not_utf8", shown, row)]) from None
    if "\0" in text:
        raise InputFaults([Fault("not_a_text_file", shown)])
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def has_control_character(text: str) -> bool:
    """Whether a text has a character that nobody sees: control, direction, zero width, half a pair."""
    if text.isprintable():
        return False
    return any(unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in "\n\r\t" for char in text)


class _Builder:
    """Builds the tree from the parser's events, so that depth and size are bounded before anything grows."""

    def __init__(self, shown: str, faults: list[Fault]) -> None:
        self.shown = shown
        self.faults = faults

    def build(self, events: Any) -> Node:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, AliasEvent | MappingStartEvent | SequenceStartEvent | ScalarEvent):
                documents += 1
                if documents > 1:
                    self.faults.append(Fault("several_documents", self.shown, event.start_mark.line + 1))
                    break
                root = self._node(event, events, 0)
        if root is None or not isinstance(root.value, dict):
            raise InputFaults([Fault("yaml_not_a_map", self.shown, root.line if root else None)])
        return root

    def _node(self, event: Any, events: Any, depth: int) -> Node:
        line = event.start_mark.line + 1
        if depth > DEEPEST:
            raise InputFaults([Fault("yaml_too_deep", self.shown, line)])
        if isinstance(event, AliasEvent) or event.anchor or getattr(event, "tag", None):
            self.faults.append(Fault("yaml_anchor_or_tag", self.shown, line))
        if isinstance(event, MappingStartEvent):
            return Node(self._map(events, depth), self.shown, line)
        if isinstance(event, SequenceStartEvent):
            return Node(self._list(events, depth), self.shown, line)
        text = getattr(event, "value", "")
        if has_control_character(text):
            self.faults.append(Fault("control_character", self.shown, line))
            text = ""
        plain = isinstance(event, ScalarEvent) and event.style is None
        return Node(_WORDS.get(text, text) if plain else text, self.shown, line)

    def _map(self, events: Any, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for event in events:
            if not isinstance(event, AliasEvent | MappingStartEvent | SequenceStartEvent | ScalarEvent):
                break
            line = event.start_mark.line + 1
            key = self._node(event, events, depth + 1).value
            name = event.value if isinstance(event, ScalarEvent) else ""
            value = self._node(next(events), events, depth + 1)
            if isinstance(key, dict | list) or not name:
                self.faults.append(Fault("yaml_key_not_text", self.shown, line))
            elif name in entries:
                params = {"key": name, "first": entries[name].line}
                self.faults.append(Fault("duplicate_key", self.shown, line, name, params))
            else:
                entries[name] = value
        return entries

    def _list(self, events: Any, depth: int) -> list[Node]:
        items: list[Node] = []
        for event in events:
            if not isinstance(event, AliasEvent | MappingStartEvent | SequenceStartEvent | ScalarEvent):
                break
            items.append(self._node(event, events, depth + 1))
        return items
