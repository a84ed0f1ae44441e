"""What was answered so far, in words; of comparisons two by two how consistent they are."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from prioritizer import locale
from prioritizer.model import Case
from prioritizer.money import read_ratio
from prioritizer.scoring.contradictions import SoFar, Triple, so_far
from prioritizer.scoring.interview import Interview, judged, pairs, question
from prioritizer.ui import texts, view
from prioritizer.ui.questions import words


def show(shown: view.View, held: Interview) -> None:
    """Every answer, and whether comparisons contradict each other."""
    lang = shown.lang
    st.markdown(f"**{words.say('sofar.title', lang)}**")
    said = answers(shown.case, held, lang)
    if not said:
        st.caption(words.say("sofar.none", lang))
    st.markdown("\n".join(f"- {texts.plain(each)}" for each in said))
    if held.method == "pairwise":
        show_consistency(shown, held)


def answers(case: Case, held: Interview, lang: str) -> list[str]:
    """Every answer in a sentence, in the order of asking."""
    tell = {"swing": _swings, "rank": _ranks, "pairwise": _pairs, "intervals": _intervals}
    return tell[held.method](case, held, lang)


def _swings(case: Case, held: Interview, lang: str) -> list[str]:
    if not held.answers:
        return []
    (first,), *others = held.answers
    named = [first, *(name for name in held.asked if name != first)]
    worth = [Fraction(100), *(read_ratio(each) for (each,) in others)]
    return [
        locale.say(
            "questions.sofar.swing", lang, name=words.criterion(case, name, lang), worth=number(each, lang)
        )
        for name, each in zip(named, worth, strict=False)
    ]


def _ranks(case: Case, held: Interview, lang: str) -> list[str]:
    places = [*held.answers]
    if question(held) is None and (last := set(held.asked) - {name for place in places for name in place}):
        places.append(tuple(last))
    told = [" = ".join(words.criterion(case, name, lang) for name in place) for place in places]
    return [locale.say("questions.sofar.rank", lang, place=at, names=each) for at, each in enumerate(told, 1)]


def _pairs(case: Case, held: Interview, lang: str) -> list[str]:
    return [
        judgement(case, *pair, read_ratio(times), lang)
        for pair, (times,) in zip(pairs(held.asked), held.answers, strict=False)
    ]


def _intervals(case: Case, held: Interview, lang: str) -> list[str]:
    return [
        locale.say(
            "questions.sofar.interval",
            lang,
            name=words.criterion(case, name, lang),
            low=locale.percent(read_ratio(low), lang),
            high=locale.percent(read_ratio(high), lang),
        )
        for name, (low, high) in zip(held.asked, held.answers, strict=False)
    ]


def judgement(case: Case, one: str, other: str, times: Fraction, lang: str) -> str:
    """One judgement, told the way round in which it is 1 or more."""
    if times < 1:
        return judgement(case, other, one, 1 / times, lang)
    called = {"one": words.criterion(case, one, lang), "other": words.criterion(case, other, lang)}
    key = "equal" if times == 1 else "more"
    return locale.say(f"questions.sofar.{key}", lang, times=number(times, lang), **called)


def number(value: Fraction, lang: str) -> str:
    """A number with the decimals that it needs, two at most."""
    return locale.number(value, lang, locale.digits_needed(value, 2))


def show_consistency(shown: view.View, held: Interview) -> None:
    """How consistent comparisons two by two are so far, as a notice or a warning."""
    found = so_far(held.asked, judged(held))
    said = consistency(shown.case, held, found, shown.lang)
    contradictory = found.compared is not None and not found.compared.acceptable
    tell, icon = (st.warning, "warning") if contradictory else (st.info, "info")
    if said:
        tell("\n\n".join(map(texts.plain, said)), icon=f":material/{icon}:")


def consistency(case: Case, held: Interview, found: SoFar, lang: str) -> list[str]:
    """How consistent the comparisons are so far, and the three that contradict each other most."""
    said = []
    if found.compared is not None:
        state = "acceptable" if found.compared.acceptable else "contradictory"
        whole = len(found.complete) == len(held.asked)
        part = "" if whole else locale.say("questions.consistency.part", lang, count=len(found.complete))
        ratio = locale.number(found.compared.ratio, lang, 3)
        said.append(locale.say(f"questions.consistency.{state}", lang, ratio=ratio, part=part))
    if found.worst is not None:
        said.append(clash(case, found.worst, lang))
    return said


def clash(case: Case, worst: Triple, lang: str) -> str:
    """Three judgements that do not fit, in a sentence."""
    named = {name: words.criterion(case, getattr(worst, name), lang) for name in ("most", "middle", "least")}
    return locale.say(
        "questions.consistency.clash",
        lang,
        first=number(worst.first, lang),
        second=number(worst.second, lang),
        implied=number(worst.implied, lang),
        said=judgement(case, worst.most, worst.least, worst.judged, lang),
        **named,
    )
