"""Shares as people type them: a ratio, a percentage, or a part of one, in either language's way of
writing."""

from __future__ import annotations

import re
from fractions import Fraction

from prioritizer import locale, money
from prioritizer.errors import Misread

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_RATIO = re.compile(r"(\d+)\s*/\s*(\d+)")


def read_typed_share(text: str) -> Fraction:
    """``1/3``, ``33,3 %``, ``33.3%`` or ``0,333``, exactly. A number above 1 without a percent sign is
    refused, since it may be meant as percent or be a slip of the pen. Raises :class:`Misread`."""
    bare = re.sub(r"\s+", " ", text).strip()
    if ratio := _RATIO.fullmatch(bare):
        return money.read_share("/".join(ratio.groups()))
    number = bare.removesuffix("%").rstrip()
    if len(bare) > 40 or not _NUMBER.fullmatch(number):
        raise Misread("not_a_share", text=text[:40])
    value = Fraction(number.replace(",", "."))
    if number == bare and value > 1:
        raise Misread("share_without_percent", text=bare)
    share = value / 100 if number != bare else value
    if share > 1:
        raise Misread("share_above_whole", text=bare)
    return money.read_share(money.decimal_text(share))


def typed(share: Fraction, lang: str) -> str:
    """A share as a text that reads back as the same: a percentage where it has an end soon, else a ratio,
    else a part of one."""
    digits = locale.digits_needed(share * 100, 7)
    if (share * 100 * 10**digits).denominator == 1:
        return locale.percent(share, lang, digits)
    if share.denominator < 1000:
        return str(share)
    return money.decimal_text(share).replace(".", "," if lang == "vi" else ".")
