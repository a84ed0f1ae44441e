"""YAML documents as nouns: ``extends``, validation, and where the files that a scenario names are found."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.yamltree import Node, read_bytes, read_yaml
from prioritizer.locale import sentences
from prioritizer.model import CriteriaTree, MinistryList, Noun, ProductList, Scenario

_SAMPLES: dict[type[Noun], str] = {
    CriteriaTree: "criteria/notice-22.yaml",
    MinistryList: "criteria/ministries.yaml",
    ProductList: "criteria/decision-1131.yaml",
}

# pydantic's own errors; ours carry their own code
_CODES = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "literal_error": "word_not_allowed",
    "string_pattern_mismatch": "bad_id",
    "too_short": "list_empty",
    "int_parsing": "whole_number_expected",
    "int_type": "whole_number_expected",
    "string_type": "text_expected",
    "tuple_type": "list_expected",
    "dict_type": "map_expected",
    "model_type": "map_expected",
    "model_attributes_type": "map_expected",
    "is_instance_of": "not_a_number",
    "bool_type": "true_or_false_expected",
    "greater_than": "not_above_zero",
}

AnyNoun = TypeVar("AnyNoun", bound=Noun)


def as_noun(
    model: type[AnyNoun], node: Node, faults: list[Fault], entries: Collection[str] = ()
) -> tuple[AnyNoun | None, Node]:
    """The node as ``model``, and the node it is; every fault is added to ``faults`` with its line.

    So that all else is still checked, unknown keys are left out, and, where ``entries`` names lists of
    things, faulty things in them and faulty keys too; ``None`` where what is left does not make a noun.
    """
    try:
        return model.model_validate(node.plain()), node
    except ValidationError as error:
        # A list whose only entry is faulty counts as empty for pydantic.
        details = [each for each in error.errors() if each["type"] != "too_short" or not each["input"]]
        faults += [_fault(each, node, model) for each in details]
    if not entries and any(each["type"] != "extra_forbidden" for each in details):
        return None, node
    kept = node.without([_left_out(each, entries) for each in details])
    try:
        return model.model_validate(kept.plain()), kept
    except ValidationError:
        return None, node


def _left_out(details: ErrorDetails, entries: Collection[str]) -> tuple[int | str, ...]:
    path = details["loc"]
    if details["type"] == "extra_forbidden":
        return path
    if path[0] == "assessors" and len(path) > 2 and path[2] != "id":
        return path[:3]  # without its faulty key it is still the one whose judgements are read
    return path[: 2 if path[0] in entries else 1]


def _fault(details: ErrorDetails, root: Node, model: type[Noun]) -> Fault:
    path = tuple(step for step in details["loc"])
    node = root.find(path)
    code = _CODES.get(details["type"], details["type"])
    if f"faults.{code}.message" not in sentences("vi"):
        code = "invalid_value"  # something pydantic says that has no words of ours
    # For a key that is none of the words allowed, pydantic adds a step of its own.
    where = ".".join(str(step) for step in path if step != "[key]") or "–"
    params: dict[str, Any] = {"key": where, "text": str(details.get("input"))[:80], **details.get("ctx", {})}
    if code == "unknown_key":
        near = difflib.get_close_matches(str(path[-1]), sorted(_keys(model)), n=1)
        params["near"] = near[0] if near else "–"
    if model in _SAMPLES:
        params["sample"] = _SAMPLES[model]
    # "'funding' or 'project'" is pydantic's English; the words alone are anybody's.
    params["expected"] = ", ".join(re.findall(r"'([^']*)'", str(params.get("expected", ""))))
    return Fault(code, node.file, node.line, where, params)


def _keys(model: type[Noun]) -> set[str]:
    """Every key that a file of this kind may hold, at any depth."""
    definitions = model.model_json_schema()
    parts = [definitions, *definitions.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", {})}


def read_extended(
    path: Path,
    shown: str,
    faults: list[Fault],
    above: tuple[str, ...] = (),
    content: bytes | None = None,
) -> tuple[Node, list[tuple[str, bytes]]]:
    """The scenario's tree with what it extends merged in, and the files read, itself first.

    ``content``: what the file is taken to hold instead of what it does.

    Maps merge key by key, lists of things with an ``id`` by that id, ``null`` removes; all else replaces, and
    so does an empty list.
    Raises :class:`InputFaults`.
    """
    content = read_bytes(path, shown) if content is None else content
    node = read_yaml(content, shown, faults)
    base = node.value.get("extends")
    if base is None or base.value is None:
        return merged(Node({}, node.file, node.line), node), [(shown, content)]
    name = str(base.value)
    if name.casefold() in (*above, path.stem.casefold()):
        raise InputFaults([Fault("extends_itself", shown, base.line, "extends", {"text": name})])
    base_path = path.parent / f"{name}.yaml"
    if not _is_path(name) or "/" in name or "\\" in name or not base_path.is_file():
        raise InputFaults([Fault("extends_unknown", shown, base.line, "extends", {"text": name[:80]})])
    base_shown = str(Path(shown).with_name(base_path.name))
    below, files = read_extended(base_path, base_shown, faults, (*above, path.stem.casefold()))
    faults += _unscoped(below, node)
    return merged(below, node), [(shown, content), *files]


def _unscoped(below: Node, above: Node) -> list[Fault]:
    """Limits that a scenario adds to inherited ones without saying over what: perhaps misspelt ids."""
    inherited = _by_id(below.find(("limits",)).value) or {}
    limits = above.value["limits"].value if "limits" in above.value else None
    stated = limits if isinstance(limits, dict) else _by_id(limits) or {}
    return [
        Fault("limit_without_where", node.file, node.line, f"limits.{name}", {"limit": name})
        for name, node in stated.items()
        if name not in inherited and isinstance(node.value, dict) and "where" not in node.value
    ]


def merged(below: Node, above: Node) -> Node:
    """``above`` laid over ``below``."""
    if isinstance(below.value, list) and above.value and _by_id(below.value) is not None:
        base = _by_id(below.value) or {}
        changes = above.value if isinstance(above.value, dict) else _by_id(above.value)
        if changes is not None:
            together = merged(Node(base, below.file, below.line), Node(changes, above.file, above.line))
            items = [_with_id(item, name) for name, item in together.value.items()]
            return Node(items, above.file, above.line)
    if isinstance(above.value, dict):
        base = below.value if isinstance(below.value, dict) else {}
        # A null that removes nothing stays, so that it is checked like any other: in ``{hurdle: 2,5}`` YAML
        # sees a key 5 with nothing after it.
        removed = {key for key, node in above.value.items() if node.value is None and key in base}
        kept = {key: node for key, node in base.items() if key not in removed}
        changed = {
            key: merged(base.get(key, Node(None, node.file, node.line)), node)
            for key, node in above.value.items()
            if key not in removed
        }
        return Node(kept | changed, above.file, above.line)
    return above


def _by_id(items: Any) -> dict[str, Node] | None:
    """A list of things with ids as a map, or ``None`` where it is not one (or repeats an id)."""
    if not isinstance(items, list) or not all(isinstance(item.value, dict) for item in items):
        return None
    named = {str(item.value["id"].value): item for item in items if "id" in item.value}
    return named if len(named) == len(items) else None


def _with_id(item: Node, name: str) -> Node:
    if not isinstance(item.value, dict) or "id" in item.value:
        return item
    return replace(item, value={"id": Node(name, item.file, item.line)} | item.value)


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, for editors that complete and check.

    Only ``schema`` and ``id`` are required: whatever else is missing may stand in the scenario extended.
    """
    schema = Scenario.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        if "required" in part:
            part["required"] = [key for key in part["required"] if key in ("schema", "id")]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def locate(name: str, scenario: Path, criteria_folders: tuple[Path, ...]) -> Path | None:
    """The YAML file that a scenario means by ``name``: an id in a criteria folder, or a path relative to it.

    ``None`` where there is no such file, or where the path leaves the folders of scenarios and criteria.
    """
    if not _is_path(name):
        return None
    if "/" not in name and "\\" not in name and not name.endswith(".yaml"):
        found = [
            folder / f"{name}.yaml" for folder in criteria_folders if (folder / f"{name}.yaml").is_file()
        ]
        return found[0] if found else None
    return inside(name, scenario, criteria_folders)


def inside(name: str, scenario: Path, criteria_folders: tuple[Path, ...]) -> Path | None:
    """The file at a path relative to the scenario, if it is inside the scenario's or a criteria folder."""
    if not _is_path(name):
        return None
    path = (scenario.parent / name.replace("\\", "/")).resolve()
    homes = (scenario.parent.resolve(), *(folder.resolve() for folder in criteria_folders))
    return path if path.is_file() and any(path.is_relative_to(home) for home in homes) else None


def _is_path(name: str) -> bool:
    """Whether a text can be a path at all: file systems refuse control characters and long names."""
    return name.isprintable() and len(name.encode()) <= 240
