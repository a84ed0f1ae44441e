"""The cells of numbers and amounts, read exactly into machine decimals.

A number that Excel keeps is the shortest decimal of its fifteen digits, which are all that Excel shows and
lets people type; what a binary float holds beyond them is dust. Texts are read in Vietnamese or English
style; where both could be meant, the reader asks.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, Literal

from prioritizer.errors import Misread
from prioritizer.inputs.workbooks.folding import folded

Style = Literal["vi", "en"]
_SHOWN = Context(prec=15)
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000']+")
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\uff0b": "+"})
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*")
_RATIO = re.compile(r"[0-9]{1,9}/[0-9]{1,9}")
_WITH_UNIT = re.compile(r"([+-]?[0-9][0-9.,\s\u00a0\u202f]*?)[\s\u00a0]*([^\W\d][^0-9]*)$")
_GROUP, _DECIMAL = {"vi": ".", "en": ","}, {"vi": ",", "en": "."}
LONGEST = 40

# How many dong one of each is; the words as they are folded.
UNITS = {
    "dong": Fraction(1),
    "thousand": Fraction(1_000),
    "million": Fraction(1_000_000),
    "bn": Fraction(1_000_000_000),
    "thousand_bn": Fraction(1_000_000_000_000),
}
_WORDS = {
    "dong": ("đồng", "đ", "vnđ", "vnd", "dong"),
    "thousand": ("nghìn", "ngàn", "nghìn đồng", "ngàn đồng", "1000 đồng", "thousand vnd"),
    "million": ("triệu", "triệu đồng", "tr", "trđ", "tr đồng", "triệu vnd", "triệu vnđ", "million vnd"),
    "bn": ("tỷ", "tỷ đồng", "tỷ vnd", "tỷ vnđ", "bn", "billion", "bn vnd", "billion vnd", "bn dong"),
    "thousand_bn": ("nghìn tỷ", "ngàn tỷ", "nghìn tỷ đồng", "ngàn tỷ đồng", "trillion", "trillion vnd"),
}
_UNIT_OF = {folded(word): unit for unit, words in _WORDS.items() for word in words}


def unit_named(text: str) -> str | None:
    """The unit that a text is the name of (``tỷ đồng``: ``bn``), or ``None``."""
    return _UNIT_OF.get(folded(text))


@dataclass(frozen=True)
class Reading:
    """How a file's numbers are read: the style that somebody has confirmed, if any.

    ``relied`` collects the texts that could not have been read without that.
    """

    style: Style | None = None
    relied: set[str] = field(default_factory=set, compare=False)

    def number(self, value: Any) -> str:
        """A cell's number as a machine decimal. Raises :class:`~prioritizer.errors.Misread`."""
        if isinstance(value, str):
            return _plain(self._of_text(value))
        return _typed(value)

    def amount(self, value: Any, unit: str) -> tuple[str, bool]:
        """Billion VND as a machine decimal, and whether the cell itself says its unit.

        ``unit`` is what the heading says. Raises :class:`~prioritizer.errors.Misread`.
        """
        own = _WITH_UNIT.fullmatch(value.strip()) if isinstance(value, str) else None
        if own is None:
            return _in_billions(self.number(value), unit, value), False
        named = unit_named(own[2])
        if named is None:
            raise Misread("not_a_number", text=value[:40])
        return _in_billions(self.number(own[1]), named, value), True

    def share(self, value: Any) -> str:
        """A fraction of one: a decimal, a ratio or a percentage. Raises :class:`Misread`."""
        if not isinstance(value, str):
            return self.number(value)
        bare = _SPACES.sub("", value)
        if _RATIO.fullmatch(bare):
            return bare
        if bare.endswith("%"):
            return _plain(Decimal(self.number(bare[:-1])) / 100)
        return self.number(value)

    def _of_text(self, text: str) -> Decimal:
        bare = _SPACES.sub("", text.translate(_SIGNS)) if _spaced_well(text) else text
        if len(bare) > LONGEST:
            raise Misread("number_too_long", text=text[:LONGEST])
        if not _NUMBER.fullmatch(bare):
            raise Misread("not_a_number", text=text[:40])
        readings = {style: _in_style(bare, style) for style in ("vi", "en")}
        found = {each for each in readings.values() if each is not None}
        if self.style:
            self.relied.update([text] if len(found) > 1 else [])
            return _one(readings[self.style], "number_against_style", text=text[:40])
        if len(found) > 1:
            whole, decimals = re.split("[.,]", bare.lstrip("+-"))
            raise Misread(
                "number_ambiguous",
                text=text[:40],
                grouped=whole + decimals,
                whole=whole,
                decimals=decimals,
            )
        return _one(next(iter(found), None), "not_a_number", text=text[:40])


def _one(found: Decimal | None, code: str, **params: object) -> Decimal:
    if found is None:
        raise Misread(code, **params)
    return found


def _spaced_well(text: str) -> bool:
    """Blanks only at the ends or between groups of three digits: ``12 253,4`` but not ``1 2``."""
    inner = re.split(r"[.,](?=[0-9]*$)", _SPACES.sub(" ", text.strip().lstrip("+-\u2212\u2013 ")))[0]
    groups = inner.split(" ")
    return all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= (3 if groups[1:] else LONGEST)


def _in_style(bare: str, style: str) -> Decimal | None:
    """What the text says in one style, or ``None`` where it is not written in that style."""
    group, decimal = re.escape(_GROUP[style]), re.escape(_DECIMAL[style])
    if not re.fullmatch(rf"[+-]?([0-9]+|[1-9][0-9]{{0,2}}({group}[0-9]{{3}})+)({decimal}[0-9]+)?", bare):
        return None
    return Decimal(bare.replace(_GROUP[style], "").replace(_DECIMAL[style], "."))


def _typed(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        kind = next(iter(value.values())) if isinstance(value, dict) else value
        raise Misread("number_expected", text=str(kind)[:40])
    if isinstance(value, float) and not math.isfinite(value):
        raise Misread("not_a_number", text=str(value))
    return _plain(_SHOWN.plus(Decimal(repr(value))))


def _plain(number: Decimal) -> str:
    """Without exponent and without zeros that say nothing."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "+0") else text


def _in_billions(number: str, unit: str, shown: Any) -> str:
    billions = Fraction(number) * UNITS[unit] / UNITS["bn"]
    scaled = billions * 10**3
    if scaled.denominator != 1 and unit != "bn":
        raise Misread("amount_too_fine", text=str(shown)[:40])
    return number if unit == "bn" else _plain(Decimal(scaled.numerator) / 1000)
