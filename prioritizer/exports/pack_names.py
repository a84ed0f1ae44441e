"""Names inside a pack: ASCII that every system takes for the same file, and back again."""

from __future__ import annotations

from urllib.parse import quote, unquote

from prioritizer.verifier import is_part_name


def part_name(path: str) -> str:
    """A relative path as the name of a part: what is not plain ASCII is written ``%C3%A1``."""
    return "/".join(map(_step, path.split("/")))


def path_of(name: str) -> str | None:
    """The path that a part's name stands for; ``None`` where no path is written so, or where it climbs."""
    path = unquote(name, errors="replace")
    steps = path.split("/")
    odd = any(step in ("", ".", "..") or {*step} & {*"\\:"} or not step.isprintable() for step in steps)
    return None if odd or part_name(path) != name else path


def _step(step: str) -> str:
    plain = quote(step, safe="").replace("~", "%7E")
    if plain.endswith("."):
        plain = plain[:-1] + "%2E"
    return plain if is_part_name(plain) else f"%{ord(plain[0]):02X}{plain[1:]}"
