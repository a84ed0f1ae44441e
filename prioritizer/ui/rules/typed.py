"""Sizes as people type them: shares in percent, whole numbers of projects, money. Raises ``Misread``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from prioritizer import locale, money
from prioritizer.errors import Misread
from prioritizer.model import Bound
from prioritizer.ui import fields

Measure = Literal["amount_bn", "share_of_envelope", "share_of_allocated", "count"]
MEASURES: tuple[Measure, ...] = ("amount_bn", "share_of_envelope", "share_of_allocated", "count")
_RATIO = re.compile(r"[0-9]{1,9}/[0-9]{1,9}")


@dataclass(frozen=True)
class Size:
    """How much a floor or a ceiling is: million VND, a fraction of one, or projects, as ``measure`` says."""

    measure: Measure
    value: Fraction

    @property
    def text(self) -> str:
        """The size as files have it."""
        value = money.bn(int(self.value)) if self.measure == "amount_bn" else self.value
        return money.decimal_text(value)


def read_typed_share(text: str) -> Fraction:
    """A share typed in percent, with up to three decimals (``25``, ``12,5 %``), or as a ratio (``1/3``)."""
    bare = text.strip().removesuffix("%").strip()
    if _RATIO.fullmatch(bare):
        return money.read_share(bare)
    if any(char.isalpha() for char in bare):
        raise Misread("not_a_number", text=text[:40])
    share = Fraction(money.read_typed_amount_mvnd(bare), 100_000)
    if share > 1:
        raise Misread("share_out_of_range", text=text[:40])
    return share


def read_typed_count(text: str) -> int:
    """A whole number of projects."""
    bare = text.strip()
    if not re.fullmatch(r"[0-9]{1,9}", bare):
        raise Misread("whole_number_expected", text=text[:40])
    return int(bare)


def read_price(text: str) -> int:
    """Points above zero, in 1e-4 point."""
    price = fields.read_typed_points_e4(text)
    if price == 0:
        raise Misread("not_above_zero", text=text[:40])
    return price


def read_size(measure: Measure, text: str) -> Size:
    """What was typed into the field of a measure."""
    return Size(measure, Fraction(_READERS[measure](text)))


_READERS: dict[Measure, Callable[[str], Fraction | int]] = {
    "amount_bn": money.read_typed_amount_mvnd,
    "share_of_envelope": read_typed_share,
    "share_of_allocated": read_typed_share,
    "count": read_typed_count,
}


def size_of(bound: Bound) -> Size:
    """The size that a bound states."""
    stated: dict[Measure, int | Fraction | None] = {
        "amount_bn": bound.amount_mvnd,
        "share_of_envelope": bound.share_of_envelope,
        "share_of_allocated": bound.share_of_allocated,
        "count": bound.count,
    }
    return next(Size(name, Fraction(value)) for name, value in stated.items() if value is not None)


def typed(size: Size, lang: str) -> str:
    """A size as a person would type it into its field; what it reads back to is the same."""
    if size.measure == "count":
        return locale.number(size.value, lang, 0)
    if size.measure == "amount_bn":
        return fields.unmistakable(money.bn(int(size.value)), lang)
    percent = size.value * 100
    return fields.unmistakable(percent, lang) if (percent * 1000).denominator == 1 else str(size.value)


def whole(number: int) -> Fraction:
    """A whole number as sizes hold it."""
    return Fraction(number)


def points(value_e4: int, lang: str) -> str:
    """Points as a person would type them."""
    return fields.unmistakable(Fraction(value_e4, 10_000), lang)
