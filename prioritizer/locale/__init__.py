"""Everything a person reads: sentences by key, numbers, sorting and searching, in Vietnamese and English.

Sentences live in ``locale/<lang>/*.toml``; a key is ``file.section.name`` with as many sections as needed.
The language is always an argument: one process may serve people in both.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from math import floor
from pathlib import Path
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

from prioritizer.errors import Fault

LANGS = ("vi", "en")
SAMPLE = "scenarios/baseline.yaml"  # to compare a file with, where nobody knows a nearer one
_NOTHING = "–"  # where no word is near an unknown one
_NEAR = re.compile(
    r" ?\([^()]*\{near\}\)"  # in brackets
    r"|;[^.;]*\{near(?:_heading)?\}”?(?=\.)"  # the end of a sentence
    r"|(?:^|(?<=[.?] ))[^.;?(]*\{near(?:_heading)?\}”?(?:\" \([^)]*\))?\.(?: |$)"  # a sentence of its own
)
_COUNTED = re.compile(r"\{(\w+):\|([^|{}]+)\|([^|{}]+)\}")  # {count:|project is|projects are}
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng, in dictionary order


def say(key: str, lang: str, /, **params: object) -> str:
    """The sentence of ``key`` with its parameters filled in. Raises ``KeyError`` for an unknown key."""
    return filled(sentences(lang)[key], params)


def filled(sentence: str, params: Mapping[str, object]) -> str:
    """A sentence with its parameters filled in, and with the word that goes with each number: one project,
    two projects."""
    if ":|" not in sentence:
        return sentence.format_map(params)

    def chosen(found: re.Match[str]) -> str:
        name, one, several = found.groups()
        return f"{{{name}}} {one if str(params[name]) == '1' else several}"

    return _COUNTED.sub(chosen, sentence).format_map(params)


@cache
def sentences(lang: str) -> Mapping[str, str]:
    """All sentences of one language, by key."""
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / lang).glob("*.toml")):
        _flatten(path.stem, tomllib.loads(path.read_text(encoding="utf-8")), found)
    return found


def _flatten(prefix: str, table: Mapping[str, Any], found: dict[str, str]) -> None:
    for name, entry in table.items():
        if isinstance(entry, str):
            found[f"{prefix}.{name}"] = entry
        else:
            _flatten(f"{prefix}.{name}", entry, found)


def fault_message(fault: Fault, lang: str) -> str:
    """What is wrong, in a sentence."""
    return _of_fault("message", fault, lang)


def fault_remedy(fault: Fault, lang: str) -> str:
    """How to mend it, in a sentence."""
    return _of_fault("remedy", fault, lang)


def _of_fault(part: str, fault: Fault, lang: str) -> str:
    """A sentence of a fault; where nothing is near an unknown word, nothing is said of the nearest."""
    sentence = sentences(lang)[f"faults.{fault.code}.{part}"]
    if _NOTHING in (fault.params.get("near"), fault.params.get("near_heading")):
        sentence = _NEAR.sub("", sentence).strip() or sentence
    return filled(sentence, {"sample": SAMPLE, **spoken(fault.params, lang)})


def spoken(params: Mapping[str, object], lang: str) -> dict[str, object]:
    """The parameters as they are read out: amounts (``*_mvnd``) in billions."""
    return {
        name: bn(value, lang) if name.endswith("_mvnd") and isinstance(value, int) else value
        for name, value in params.items()
    }


def number(value: Fraction | int, lang: str, digits: int = 1) -> str:
    """A number with its separators and exactly ``digits`` decimals, halves rounded away from zero as
    spreadsheets do."""
    exact = Fraction(value) * 10**digits
    scaled = floor(abs(exact) + Fraction(1, 2))
    whole, part = divmod(scaled, 10**digits)
    group, decimal, minus = _signs(lang)
    text = f"{whole:,}".replace(",", group) + (f"{decimal}{part:0{digits}d}" if digits else "")
    return f"{minus}{text}" if exact < 0 and scaled else text


@cache
def _signs(lang: str) -> tuple[str, str, str]:
    """The language's group separator, decimal sign and minus. Asked once: lists hold thousands of numbers."""
    region = "vi_VN" if lang == "vi" else "en_US"
    return get_group_symbol(region), get_decimal_symbol(region), get_minus_sign_symbol(region)


def digits_needed(value: Fraction, most: int = 4) -> int:
    """The least number of decimals that shows ``value`` as it is, or ``most``."""
    return next((digits for digits in range(most) if (value * 10**digits).denominator == 1), most)


def bn(amount_mvnd: int, lang: str, digits: int | None = None) -> str:
    """Million VND as billions: one decimal, or as many (up to three) as the amount needs."""
    return number(Fraction(amount_mvnd, 1000), lang, bn_digits(amount_mvnd) if digits is None else digits)


def bn_digits(amount_mvnd: int) -> int:
    """The decimals that an amount in billions needs, one at least."""
    return 1 if amount_mvnd % 100 == 0 else 2 if amount_mvnd % 10 == 0 else 3


def points(value_e4: int, lang: str, digits: int = 1) -> str:
    """A value in 1e-4 point as points."""
    return number(Fraction(value_e4, 10_000), lang, digits)


def percent(share: Fraction, lang: str, digits: int = 1) -> str:
    """A fraction of one as a percentage with its sign."""
    return f"{number(share * 100, lang, digits)}%"


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """A key that sorts as Vietnamese dictionaries do: letters first, then tones, then capitals."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in _TONES), "")
        letter = unicodedata.normalize("NFC", parts.replace(tone, "")).casefold() if tone else char.casefold()
        place = _ALPHABET.find(letter)
        letters.append(
            place + 1000 if place >= 0 else ord(letter[0]) if ord(letter[0]) < 1000 else ord(letter[0]) + 2000
        )
        tones.append(_TONES.index(tone) + 1 if tone else 0)
    return tuple(letters), tuple(tones), text.swapcase()


def fold(text: str) -> str:
    """The text as a search compares it: without case, tones and marks, so that ``o to`` finds ``ô tô``."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d").replace("ð", "d"))
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())
