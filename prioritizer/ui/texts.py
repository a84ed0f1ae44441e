"""Sentences of the app, and imported text made harmless for places that read Markdown."""

from __future__ import annotations

import re

from prioritizer import locale

_MARKS = re.compile(r"([!#$&()*+:<=>\[\\\]^_`{|}~-])")
_NUMBERED = re.compile(r"^(\d+)\.(?=\s|$)")


def plain(text: str) -> str:
    """``text`` as Markdown that shows it literally: every mark escaped, on one line.

    Names, notes and evidence come from other people's files: they must never become a link, a picture
    or a heading.
    """
    return _NUMBERED.sub(r"\1\\.", _MARKS.sub(r"\\\1", " ".join(text.split())))


def say(key: str, lang: str, /, **params: object) -> str:
    """The app's sentence of ``key`` for a place that reads Markdown; texts in its parameters are escaped."""
    return phrase(f"ui.{key}", lang, **params)


def phrase(key: str, lang: str, /, **params: object) -> str:
    """A sentence of any file, by its whole key, for a place that reads Markdown; texts in its parameters are
    escaped."""
    return locale.say(key, lang, **{name: _safe(value) for name, value in params.items()})


def word(key: str, lang: str) -> str:
    """A word of the house's glossary."""
    return locale.say(f"terms.{key}", lang)


def _safe(value: object) -> object:
    return plain(value) if isinstance(value, str) else value
