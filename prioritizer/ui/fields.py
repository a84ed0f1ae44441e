"""Text fields for money and points: read strictly, echoed back, refused in words; never a number widget."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from prioritizer import locale, money
from prioritizer.errors import Misread
from prioritizer.ui import faults, texts

Take = Callable[[int], None]


def money_field(label: str, now_mvnd: int, lang: str, key: str, take: Take) -> None:
    """Billion VND as text. A text that reads as money goes to ``take``; any other changes nothing."""
    _field(label, locale.bn(now_mvnd, lang), lang, key, money.read_typed_amount_mvnd, take)
    try:
        read = money.read_typed_amount_mvnd(st.session_state[key])
    except Misread as misread:
        _refused(misread, texts.say("money", lang, amount=locale.bn(now_mvnd, lang)), lang)
    else:
        full = locale.number(read * 1_000_000, lang, 0)
        st.caption(texts.say("input.read_money", lang, amount=locale.bn(read, lang), full=full))


def points_field(label: str, now_e4: int, lang: str, key: str, take: Take) -> None:
    """Points as text, with up to three decimals, read by the same rules as money."""
    _field(label, _points(now_e4, lang), lang, key, read_typed_points_e4, take)
    try:
        read = read_typed_points_e4(st.session_state[key])
    except Misread as misread:
        _refused(misread, _points(now_e4, lang), lang)
    else:
        st.caption(texts.say("input.read_points", lang, points=_points(read, lang)))


def read_typed_points_e4(text: str) -> int:
    """Points as a person types them, in 1e-4 point. Raises :class:`Misread`."""
    if any(char.isalpha() for char in text):
        raise Misread("not_a_number", text=text[:40])
    return money.read_typed_amount_mvnd(text) * 10


def _field(label: str, shown: str, lang: str, key: str, read: Callable[[str], int], take: Take) -> None:
    # The text is set through the session, not through ``value=``: a field that keeps its key keeps its text.
    if key not in st.session_state:
        st.session_state[key] = shown
    st.text_input(label, key=key, on_change=_taken, args=(key, read, take), autocomplete="off", max_chars=60)


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
