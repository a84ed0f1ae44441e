"""Sentences about saving, times as people write them, and the buttons of questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.ui import texts, view

_LONGEST_TITLE = 120  # characters that lists and headings have room for


def say(shown: view.View, key: str, /, **params: object) -> str:
    """A sentence about saving, for a place that reads Markdown."""
    return texts.phrase(f"saving.{key}", shown.lang, **params)


def time_text(when: datetime, lang: str) -> str:
    """A moment by this machine's clock, to the minute."""
    own = when.astimezone()
    day = pipeline.day_text(f"{own:%Y-%m-%d}", lang)
    return locale.say("saving.time", lang, hour=f"{own:%H:%M}", day=day)


def title_refusal(shown: view.View, *titles: str) -> str:
    """Why a scenario cannot be called so, in Vietnamese or in another language; blank where it can."""
    if not titles[0]:
        return say(shown, "untitled")
    return say(shown, "title_long", most=_LONGEST_TITLE) if max(map(len, titles)) > _LONGEST_TITLE else ""


def decide(
    shown: view.View, label: str, key: str, act: Callable[..., None], *args: object, **looks: Any
) -> None:
    """A button of a dialog. Its click alone would draw the dialog anew and leave the page below as it was."""
    if st.button(say(shown, label), on_click=act, args=args, key=key, **looks):
        st.rerun()
