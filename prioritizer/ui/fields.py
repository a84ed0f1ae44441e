"""Text fields for money and points: read strictly, echoed back, refused in words; never a number widget."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import streamlit as st

from prioritizer import locale, money
from prioritizer.errors import Misread
from prioritizer.ui import faults, state, texts

Take = Callable[[int], object]


def money_field(label: str, now_mvnd: int, lang: str, key: str, take: Take) -> None:
    """Billion VND as text. A text that reads as money goes to ``take``; any other changes nothing."""
    read = money.read_typed_amount_mvnd
    _field(label, unmistakable(money.bn(now_mvnd), lang), now_mvnd, key, read, take)
    try:
        amount = read(st.session_state[key])
    except Misread as misread:
        _refused(misread, texts.say("money", lang, amount=locale.bn(now_mvnd, lang)), lang)
    else:
        full = locale.number(amount * 1_000_000, lang, 0)
        st.caption(texts.say("input.read_money", lang, amount=locale.bn(amount, lang), full=full))
    show_refusal(key, lang)


def points_field(label: str, now_e4: int, lang: str, key: str, take: Take) -> None:
    """Points as text, with up to three decimals, read by the same rules as money."""
    _field(label, unmistakable(Fraction(now_e4, 10_000), lang), now_e4, key, read_typed_points_e4, take)
    try:
        points = read_typed_points_e4(st.session_state[key])
    except Misread as misread:
        _refused(misread, _points(now_e4, lang), lang)
    else:
        st.caption(texts.say("input.read_points", lang, points=_points(points, lang)))
    show_refusal(key, lang)


def read_typed_points_e4(text: str) -> int:
    """Points as a person types them, in 1e-4 point. Raises :class:`Misread`."""
    if any(char.isalpha() for char in text):
        raise Misread("not_a_number", text=text[:40])
    return money.read_typed_amount_mvnd(text) * 10


def unmistakable(number: Fraction, lang: str) -> str:
    """A number of up to three decimals as a field may hold it: with one where 11,000 might be eleven, and
    four instead of three where 12,345 might be twelve thousand."""
    digits = locale.digits_needed(number, 3)
    needed = {0: int(number >= 1000), 3: 4}.get(digits, digits)
    return locale.number(number, lang, needed)


def show_refusal(key: str, lang: str) -> None:
    """Why what a widget last tried was refused, beside it."""
    for fault in state.refused_at(key):
        said = f"{locale.fault_message(fault, lang)} {locale.fault_remedy(fault, lang)}"
        st.error(texts.plain(said), icon=":material/block:")


def _field(label: str, shown: str, now: int, key: str, read: Callable[[str], int], take: Take) -> None:
    # The text is set through the session, not through ``value=``: a field that keeps its key keeps its text.
    if key not in st.session_state or _changed_elsewhere(key, now, read):
        st.session_state[key] = shown
    st.session_state[_of(key)] = now
    st.text_input(label, key=key, on_change=_taken, args=(key, read, take), autocomplete="off", max_chars=60)


def _changed_elsewhere(key: str, now: int, read: Callable[[str], int]) -> bool:
    """Whether the value is another than when the field was last drawn, and not the one typed here."""
    if st.session_state.get(_of(key), now) == now:
        return False
    try:
        return read(st.session_state[key]) != now
    except Misread:
        return True


def _of(key: str) -> str:
    return f"of/{key}"


def _taken(key: str, read: Callable[[str], int], take: Take) -> None:
    try:
        amount = read(st.session_state[key])
    except Misread:
        return  # the field says so when it is drawn
    take(amount)


def _refused(misread: Misread, kept: str, lang: str) -> None:
    st.error(
        f"{faults.refusal(misread, lang)} {texts.say('input.kept', lang, kept=kept)}", icon=":material/block:"
    )


def _points(value_e4: int, lang: str) -> str:
    return locale.points(value_e4, lang, 0 if value_e4 % 10_000 == 0 else 3)
