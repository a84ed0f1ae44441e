"""How what is taken away is to be: its language, the scenario compared with, what is left out of it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import SECRECY_GRADES, Case
from prioritizer.ui import answers, texts, view
from prioritizer.ui.comparing import choice

GRADES = SECRECY_GRADES[:-1]  # nothing is above the last
_NOBODY = _ALL = ""


@dataclass(frozen=True)
class Settings:
    """``against``: the case compared with; ``redact``: the highest grade of secrecy that is shown."""

    lang: str
    against: Case | None = None
    redact: str | None = None

    @property
    def name(self) -> str:
        """The three, in one line."""
        return f"{self.lang}/{self.redact}/{answers.fingerprint(self.against) if self.against else ''}"


def choose(shown: view.View) -> Settings:
    """Three controls; what they come to."""
    left, middle, right = st.columns([3, 6, 5])
    with left:
        lang = _lang(shown)
    with middle:
        against = _against(shown)
    with right:
        redact = _redact(shown)
    return Settings(lang, against, redact)


def _lang(shown: view.View) -> str:
    chosen: str = st.selectbox(
        texts.phrase("meeting.papers.lang", shown.lang),
        locale.LANGS,
        index=locale.LANGS.index(shown.lang),
        format_func=lambda lang: locale.say(f"ui.app.{lang}", shown.lang),
        key=f"papers-lang/{shown.lang}",
    )
    return chosen


def _against(shown: view.View) -> Case | None:
    options = choice.others(shown)
    names = [_NOBODY, *options]
    usual = choice.usual_other(shown, options)
    nobody = locale.say("meeting.papers.alone", shown.lang)
    chosen = st.selectbox(
        texts.phrase("meeting.papers.against", shown.lang),
        names,
        index=names.index(usual),
        format_func=lambda name: options[name].title if name in options else nobody,
        key=f"papers-against/{shown.id}/{usual}",
    )
    return options[chosen].case if chosen in options else None


def _redact(shown: view.View) -> str | None:
    case, lang = shown.case, shown.lang
    chosen = st.selectbox(
        texts.phrase("meeting.papers.redact", lang),
        [_ALL, *GRADES],
        format_func=lambda grade: _redacted(case, grade, lang) if grade else _nothing_left_out(lang),
        key="papers-redact",
        persist_state="session",
    )
    return chosen or None


def _redacted(case: Case, grade: str, lang: str) -> str:
    count = len(pipeline.masked_rows(case, grade))
    named = locale.say(f"terms.secrecy.{grade}", lang)
    return locale.say("meeting.papers.above", lang, grade=named, count=count)


def _nothing_left_out(lang: str) -> str:
    return locale.say("meeting.papers.whole", lang)


def told(shown: view.View, chosen: Settings) -> None:
    """What is left out, and what is in that may not go everywhere."""
    case, lang = shown.case, shown.lang
    if chosen.redact is None:
        if held := len(pipeline.masked_rows(case, GRADES[0])):
            st.warning(texts.phrase("meeting.papers.holds", lang, count=held), icon=":material/encrypted:")
        return
    said = [_left_out(case, chosen.redact, lang)]
    if ungraded := pipeline.ungraded(case):
        said.append(texts.phrase("meeting.papers.ungraded", lang, count=ungraded))
    said.append(texts.phrase("meeting.papers.left_out_lists", lang))
    st.info(" ".join(said), icon=":material/visibility_off:")


def _left_out(case: Case, redact: str, lang: str) -> str:
    named, count = locale.say(f"terms.secrecy.{redact}", lang), len(pipeline.masked_rows(case, redact))
    return texts.phrase("meeting.papers.left_out", lang, count=count, grade=named)
