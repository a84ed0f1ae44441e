"""Sentences and texts as papers print them."""

from __future__ import annotations

import re

from prioritizer import locale
from prioritizer.exports.xmltext import xml_text

_LONGEST = 300  # letters of a name in a list
_BLANKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# What turns the direction of writing or is not seen can make a name read as another one.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def say(key: str, lang: str, /, **params: object) -> str:
    """A sentence of the papers."""
    return locale.say(f"documents.{key}", lang, **params)


def shortened(text: str) -> str:
    """A name as lists in documents print it: what is left out of a very long one is seen to be."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def visible(text: str) -> str:
    """A text on one line, in which everything that is there can be seen: what would not be is ``�``."""
    return xml_text(_UNSEEN.sub("\ufffd", _BLANKS.sub(" ", text)))
