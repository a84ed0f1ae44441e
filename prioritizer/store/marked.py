"""A YAML text with the marks of its parser: where each entry begins and ends, comments left alone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

YamlNode = Any  # a node of ruamel's


@dataclass(frozen=True)
class Entry:
    """An entry of a map, or a thing of a list (then ``key`` is ``None``), from ``start``, where its key or
    dash stands, to ``end``, after its last character. ``after_key`` is where its value may begin."""

    key: YamlNode
    value: YamlNode
    start: int
    after_key: int
    end: int


@dataclass(frozen=True)
class Marked:
    """A text and its root node; all places are numbers of characters from 0."""

    text: str
    root: YamlNode

    @classmethod
    def of(cls, text: str) -> Marked:
        """The text as its parser marks it, which has been read without a fault before."""
        return cls(text, _composed(text))

    def entries(self, node: YamlNode) -> dict[str, Entry]:
        """The entries of a map by their keys, in the order of the text."""
        return {unicodedata.normalize("NFC", key.value): self._entry(key, value) for key, value in node.value}

    def _entry(self, key: YamlNode, value: YamlNode) -> Entry:
        colon = self.text.index(":", key.end_mark.index) + 1
        end = colon if is_empty(value) else self.end(value)
        return Entry(key, value, key.start_mark.index, colon, end)

    def things(self, node: YamlNode) -> list[Entry]:
        """The things of a list in the order of the text; in brackets they have no dash."""
        if node.flow_style:
            starts = [each.start_mark.index for each in node.value]
        else:
            starts = [self.text.rindex("-", 0, each.start_mark.index) for each in node.value]
        return [
            Entry(None, each, start, start + 1, self.end(each))
            for start, each in zip(starts, node.value, strict=True)
        ]

    def end(self, node: YamlNode) -> int:
        """Where a node's last character has been; a block's end mark lies behind comments that follow it."""
        if isinstance(node, MappingNode) and not node.flow_style and node.value:
            return self._entry(*node.value[-1]).end
        if isinstance(node, SequenceNode) and not node.flow_style and node.value:
            return self.end(node.value[-1])
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            return start + len(self.text[start:end].rstrip())
        return end

    def line_start(self, place: int) -> int:
        """Where the line of a place begins."""
        return self.text.rfind("\n", 0, place) + 1

    def line_end(self, place: int) -> int:
        """Behind the end of the line of a place."""
        found = self.text.find("\n", place)
        return len(self.text) if found < 0 else found + 1

    def column(self, place: int) -> int:
        """How far a place is from the start of its line."""
        return place - self.line_start(place)

    def is_first_on_line(self, place: int) -> bool:
        """Whether nothing but spaces stands before a place."""
        return not self.text[self.line_start(place) : place].strip()

    def with_comments(self, place: int) -> int:
        """The start of the lines that belong to an entry: its own and the comments right above it."""
        line, column = self.line_start(place), self.column(place)
        while line:
            above = self.line_start(line - 1)
            text = self.text[above:line]
            if not text.lstrip().startswith("#") or len(text) - len(text.lstrip()) != column:
                break
            line = above
        return line


def is_empty(node: YamlNode) -> bool:
    """Whether nothing was written where the value should be."""
    return isinstance(node, ScalarNode) and node.style is None and node.value == ""


@lru_cache(maxsize=16)  # a draft is laid over the same text again with every step
def _composed(text: str) -> YamlNode:
    return YAML(typ="rt", pure=True).compose(text)
