"""From changes to a file's new bytes, held against what was meant before anybody sees them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from prioritizer.errors import Defect, Fault, InputFaults
from prioritizer.inputs.documents import merged, read_extended
from prioritizer.inputs.remembered import SAID, TEXTS, digest_of
from prioritizer.inputs.yamltree import Node, read_yaml
from prioritizer.store.extending import restated
from prioritizer.store.rendering import document
from prioritizer.store.splicing import spliced
from prioritizer.store.trees import Place, Tree, changed, keyed, plain
from prioritizer.store.upgrades import upgraded

_MARK = "\ufeff"


def said(content: bytes, shown: str) -> Tree:
    """What a file says, without what it extends; whoever gets it must not change it. Raises
    :class:`InputFaults`."""
    return SAID.read((digest_of(content), shown), [], lambda faults: _said(content, shown, faults))


def _said(content: bytes, shown: str, faults: list[Fault]) -> Tree:
    tree: Tree = read_yaml(content, shown, faults).plain()
    if faults:
        raise InputFaults(faults)
    return tree


def inherited(own: Tree, path: Path) -> Tree:
    """What the scenario at ``path`` extends, if it does. Raises :class:`InputFaults`."""
    name, faults = own.get("extends"), list[Fault]()
    if not isinstance(name, str):
        return {}
    base = path.parent / f"{name}.yaml"
    node, _ = read_extended(base, base.name, faults, (path.stem.casefold(),))
    if faults:
        raise InputFaults(faults)
    tree: Tree = node.plain()
    return tree


def meant(own: Tree, base: Tree) -> Tree:
    """What a file comes to, laid over what it extends: keyed."""
    if not base:
        return keyed(own)
    tree: Tree = merged(_node(base), _node(own)).plain()
    return keyed(tree)


def resolved(content: bytes, path: Path) -> Tree:
    """What a file at ``path`` with these bytes comes to, keyed. Raises :class:`InputFaults`."""
    own = upgraded(said(content, path.name))
    return meant(own, inherited(own, path))


def edited(content: bytes, path: Path, changes: Mapping[Place, object]) -> bytes:
    """The file's bytes with the changes said in it, worked out once for the same. Raises
    :class:`InputFaults` where it cannot be read, and ``ValueError`` for a place that cannot be."""
    own = upgraded(said(content, path.name))
    base = inherited(own, path)
    made = {place: plain(value) for place, value in changes.items()}
    key = (content, path.name, repr(base), repr(made))
    return TEXTS.read(key, [], lambda _: _edited(content, path.name, own, base, made))


def _edited(content: bytes, shown: str, own: Tree, base: Tree, changes: Mapping[Place, object]) -> bytes:
    now = meant(own, base)
    wanted = changed(now, changes)
    new = restated(base, own, now, wanted)
    if meant(new, base) != wanted:
        raise Defect("what the scenario should say cannot be laid over what it extends")
    return said_instead(content, shown, new)


def said_instead(content: bytes, shown: str, wanted: Tree) -> bytes:
    """The bytes with ``wanted`` said in them; only what has to change does.

    A text that no small patch can change rightly is written anew, without its comments. Raises
    :class:`InputFaults` for what no file may hold, such as invisible characters.
    """
    now = said(content, shown)
    if now == wanted:
        return content
    text = content.decode("utf-8")
    mark, text = text[: text.startswith(_MARK)], text.removeprefix(_MARK)
    new = f"{mark}{spliced(text, now, wanted)}".encode()
    return new if _says(new, shown, wanted) else _anew(mark, shown, wanted)


def _anew(mark: str, shown: str, wanted: Tree) -> bytes:
    new = f"{mark}{document(wanted)}".encode()
    if said(new, shown) != wanted:
        raise Defect("a scenario was written otherwise than it was meant")
    return new


def _says(content: bytes, shown: str, wanted: Tree) -> bool:
    try:
        return said(content, shown) == wanted
    except InputFaults:
        return False


def _node(value: object) -> Node:
    if isinstance(value, dict):
        return Node({key: _node(each) for key, each in value.items()}, "", 0)
    return Node([_node(each) for each in value] if isinstance(value, list) else value, "", 0)
