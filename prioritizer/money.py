"""Money and exact numbers, read strictly.

Money is an ``int`` of million VND (``_mvnd``); people write billion VND with up to three decimals.
Nothing is ever read through a binary float.
"""

from __future__ import annotations

import re
from fractions import Fraction

from prioritizer.errors import Misread

MVND_PER_BN = 1_000
LARGEST_MVND = (
    10**12
)  # a million billion VND: beyond any budget, and safe in int64 sums of a million projects

FINEST_SHARE = 10**9

_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_RATIO = re.compile(r"\d+/\d+")
_GROUPED = re.compile(r"[+-]?\d[\d.,  \u00a0\u202f]*[.,  \u00a0\u202f]\d+")
_UNIT = re.compile(r"\s*(tỷ|tỉ|bn|billion)(\s+(đồng|vnd|vnđ))?\s*$", re.IGNORECASE)


def read_decimal(text: str) -> Fraction:
    """A machine decimal such as ``12253.4``, exactly. Raises :class:`Misread`."""
    if len(text) > 40:
        raise Misread("number_too_long", text=text[:40])
    if _PLAIN.fullmatch(text):
        return Fraction(text)
    if _GROUPED.fullmatch(text):
        raise Misread("number_grouped", text=text)
    raise Misread("not_a_number", text=text)


def read_ratio(text: str) -> Fraction:
    """A decimal or a ratio of whole numbers such as ``1/3``, exactly. Raises :class:`Misread`."""
    if _RATIO.fullmatch(text) and len(text) <= 40:
        numerator, denominator = text.split("/")
        if int(denominator):
            return Fraction(int(numerator), int(denominator))
        raise Misread("not_a_number", text=text)
    if text.endswith("%"):
        raise Misread("number_percent", text=text[:40])
    return read_decimal(text)


def read_share(text: str) -> Fraction:
    """A fraction of one, in [0, 1]. Raises :class:`Misread`."""
    share = read_ratio(text)
    if not 0 <= share <= 1:
        raise Misread("share_out_of_range", text=text)
    if share.denominator > FINEST_SHARE:
        raise Misread("share_too_fine", text=text)
    return share


def read_amount_mvnd(text: str) -> int:
    """Billion VND as a machine decimal, in million VND. Raises :class:`Misread`."""
    return _whole(text, 3, "amount_too_fine")


def read_points_e4(text: str) -> int:
    """Points of value with up to four decimals, in units of 1e-4 point. Raises :class:`Misread`."""
    return _whole(text, 4, "points_too_fine")


def _whole(text: str, digits: int, too_fine: str) -> int:
    """A machine decimal as a whole number of its last digit, never negative nor too large."""
    if len(text) > 40 or not _PLAIN.fullmatch(text):
        read_decimal(text)  # says what is wrong
    whole, _, decimals = text.partition(".")
    if decimals[digits:].strip("0"):
        raise Misread(too_fine, text=text)
    return _in_range(int(whole + decimals[:digits].ljust(digits, "0")), text)


def read_typed_amount_mvnd(text: str) -> int:
    """Billion VND as a person types it, in million VND, in Vietnamese or English style.

    ``12.253,4`` and ``12,253.4`` and ``12253,4`` are all 12,253.4 billion. A text that the two styles
    would read differently (``12.253``) is refused rather than guessed. Raises :class:`Misread`.
    """
    bare = _UNIT.sub("", text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-"))
    negative, bare = bare.startswith("-"), bare.lstrip("-").strip()
    digits = _ungroup(bare, text)
    return _whole_mvnd(-Fraction(digits) if negative else Fraction(digits), text)


def _ungroup(bare: str, text: str) -> str:
    if len(bare) > 40 or not re.fullmatch(r"\d[\d., ]*", bare):
        raise Misread("not_a_number", text=text[:40])
    marks = sorted({mark for mark in bare if not mark.isdigit()})
    if not marks:
        return bare
    if len(marks) == 1 and bare.count(marks[0]) == 1 and marks[0] != " ":
        whole, decimals = bare.split(marks[0])
        if len(decimals) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
            raise Misread(
                "amount_ambiguous", text=text, as_whole=whole + decimals, whole=whole, decimals=decimals
            )
        return f"{whole}.{decimals}" if decimals else _refuse(text)
    decimal = (
        "" if len(marks) == 1 else next((m for m in ".," if bare.rfind(m) == max(map(bare.rfind, marks))), "")
    )
    if len(marks) > 2 or (decimal and bare.count(decimal) > 1):
        _refuse(text)
    whole, _, decimals = bare.partition(decimal) if decimal else (bare, "", "")
    group = next(mark for mark in marks if mark != decimal)
    if not re.fullmatch(rf"\d{{1,3}}({re.escape(group)}\d{{3}})+", whole) or (
        decimal and not decimals.isdigit()
    ):
        _refuse(text)
    return whole.replace(group, "") + (f".{decimals}" if decimals else "")


def _refuse(text: str) -> str:
    raise Misread("not_a_number", text=text[:40])


def _whole_mvnd(billions: Fraction, text: str) -> int:
    amount = billions * MVND_PER_BN
    if amount.denominator != 1:
        raise Misread("amount_too_fine", text=text)
    return _in_range(int(amount), text)


def _in_range(number: int, text: str) -> int:
    if number < 0:
        raise Misread("negative_number", text=text)
    if number > LARGEST_MVND:
        raise Misread("number_too_large", text=text)
    return number


def bn(amount_mvnd: int) -> Fraction:
    """Million VND as billion VND, exactly."""
    return Fraction(amount_mvnd, MVND_PER_BN)


def decimal_text(value: Fraction) -> str:
    """A number as a machine decimal, exact and without idle zeros; one that has no end stays a ratio."""
    digits = next((at for at in range(41) if (value * 10**at).denominator == 1), None)
    if digits is None:
        return str(value)
    whole = str(abs(int(value * 10**digits))).rjust(digits + 1, "0")
    text = f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole
    return f"-{text}" if value < 0 else text
