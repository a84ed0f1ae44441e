"""``datapackage.json``: what is in a pack, as a Frictionless Data Package, written by hand.

Every part with its size and digest; tables with their columns where they are regular, all else as files.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prioritizer import locale
from prioritizer.inputs.columns import ASSESSMENTS, COSTS, REGISTER

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_KINDS = {
    ".json": ("json", "application/json"),
    ".csv": ("csv", "text/csv"),
    ".yaml": ("yaml", "application/yaml"),
    ".md": ("md", "text/markdown"),
    ".py": ("py", "text/x-python"),
    ".xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".lp": ("lp", "text/plain"),
}
_NUMBERS = {each.name for each in (*REGISTER, *COSTS, *ASSESSMENTS) if each.kind in ("amount", "number")}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Part:
    """A part by its name; ``named`` is what the scenario calls an input."""

    name: str
    role: str
    content: bytes
    named: str | None = None


def descriptor(parts: Sequence[Part], about: Mapping[str, Any], title: str, lang: str) -> bytes:
    """The bytes of ``datapackage.json``; ``about`` is what the verifier has to know of the pack."""
    listed = [_resource(part, lang) for part in sorted(parts, key=lambda part: part.name)]
    name = re.sub(r"[^a-z0-9._-]+", "-", f"{about['scenario']}-{about['kind']}".lower())
    content = {"$schema": _PROFILE, "name": name, "title": title, "pack": about, "resources": listed}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _resource(part: Part, lang: str) -> dict[str, Any]:
    format_, media = _KINDS.get(f".{part.name.rpartition('.')[2]}", ("bin", "application/octet-stream"))
    table = _table(part.content) if format_ == "csv" else None
    return {
        "name": re.sub(r"[^a-z0-9._-]+", "-", part.name.lower()),
        "path": part.name,
        "title": locale.say(f"pack.role.{part.role}", lang),
        "role": part.role,
        **({} if part.named is None else {"named": part.named}),
        "bytes": len(part.content),
        "hash": f"sha256:{hashlib.sha256(part.content).hexdigest()}",
        "format": format_,
        "mediatype": media,
        **({"type": "file"} if table is None else table),
    }


def _table(content: bytes) -> dict[str, Any] | None:
    """Encoding and columns of a table all of whose rows are as long as its heading; ``None`` of others, such
    as lists for people with lines above the heading."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    head, body = (rows[0], rows[1:]) if rows else ([], [])
    named = all(cell and cell == cell.strip() for cell in head) and len(set(head)) == len(head) > 1
    if not named or not all(len(row) == len(head) and any(row) for row in body):
        return None
    cells = zip(*body, strict=True) if body else [()] * len(head)
    fields = [_field(name, column) for name, column in zip(head, cells, strict=True)]
    encoding = "utf-8-sig" if content.startswith(_MARK) else "utf-8"
    return {"type": "table", "encoding": encoding, "schema": {"fields": fields}}


def _field(name: str, cells: Sequence[str]) -> dict[str, str]:
    numbers = name in _NUMBERS or name.endswith("_mvnd")
    numbers = numbers and all(_NUMBER.fullmatch(cell) for cell in cells if cell)
    return {"name": name, "type": "number" if numbers else "string"}
