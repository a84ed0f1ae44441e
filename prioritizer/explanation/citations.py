"""Where something stands, in words."""

from __future__ import annotations

from prioritizer import locale


def citation(text: str, lang: str) -> str:
    """A citation ("source place; source place") in words; a source not among ours stays as written."""
    return "; ".join(_cited(part.strip(), lang) for part in text.split(";")) if text else ""


def _cited(part: str, lang: str) -> str:
    words = locale.sentences(lang)
    source, _, place = part.partition(" ")
    if f"terms.source.{source}" not in words:
        return part
    kind, _, number = place.partition(" ")
    if f"terms.place.{kind.casefold()}" not in words:
        kind, number = "section", place
    said = locale.say(f"terms.place.{kind.casefold()}", lang, number=number).strip()
    return f"{words[f'terms.source.{source}']}, {said}" if place else words[f"terms.source.{source}"]
