"""Values as YAML in the manner of the shipped scenarios: short maps in braces, things one below the other."""

from __future__ import annotations

import re

from prioritizer.store.trees import Tree, Value

_LONGEST_FLOW = 90
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
# Words of some YAML dialect: quoted, so that every reader sees text.
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def scalar(value: Value, style: str | None = None) -> str:
    """A text, ``None`` or a boolean; ``style`` is the quotation mark (none: empty) of what stood there."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    text = str(value)
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if (style == "" and _is_plain(text)) or (
        style is None and _is_plain(text) and not _DECIMAL.fullmatch(text)
    ):
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text.casefold() not in _WORDS


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    return {"\n": "\\n", "\t": "\\t"}.get(char, f"\\U{ord(char):08x}")


def flow(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def after_key(value: Value, column: int) -> str:
    """What follows ``key:`` where the key stands at ``column``, without the last line's end."""
    if not isinstance(value, dict | list) or _is_short(value):
        return f" {flow(value)}"
    if isinstance(value, dict):
        lines = (f"{scalar(key)}:{after_key(each, column + 2)}" for key, each in value.items())
        return "".join(f"\n{' ' * (column + 2)}{line}" for line in lines)
    return "".join(f"\n{' ' * (column + 2)}- {after_dash(each, column + 4)}" for each in value)


def after_dash(value: Value, column: int, *, in_braces: bool = False) -> str:
    """What follows ``- `` where the value stands at ``column``, without the last line's end."""
    if in_braces or not isinstance(value, dict) or not value:
        return flow(value)
    lines = (f"{scalar(key)}:{after_key(each, column)}" for key, each in value.items())
    return f"\n{' ' * column}".join(lines)


def document(tree: Tree) -> str:
    """A whole file."""
    return "".join(f"{scalar(key)}:{after_key(value, 0)}\n" for key, value in tree.items())


def _is_short(value: Value) -> bool:
    """Whether a map or list goes on one line: nothing nested but short lists, nothing long."""
    parts = list(value.values()) if isinstance(value, dict) else value
    nested = (each for each in parts if isinstance(each, dict | list))
    if any(isinstance(each, dict) or isinstance(value, list) for each in nested):
        return False
    return isinstance(value, list) or len(flow(value)) <= _LONGEST_FLOW
