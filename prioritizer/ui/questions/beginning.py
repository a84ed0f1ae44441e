"""Where a questioning begins: those not finished, or a new one – about what, in which way, who answers,
why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from prioritizer import pipeline
from prioritizer.model import CLASSES, MOST_COMPARED, ROOT, Criterion
from prioritizer.scoring.interview import FEWEST_ASKED, METHODS, Interview, progress, too_many
from prioritizer.store.interviews import interviews_of, name_of
from prioritizer.ui import texts, view
from prioritizer.ui.questions import keeping, words

_LONGEST = {"by": 120, "why": 400}


def show(shown: view.View) -> None:
    """What is unfinished first, then the way to begin."""
    _unfinished(shown)
    st.subheader(words.say("begin.title", shown.lang), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        _what(shown)
    with right:
        _who(shown)


def _unfinished(shown: view.View) -> None:
    for held in interviews_of(shown.path):
        done, whole = progress(held)
        said = words.headline(shown.case, held, shown.lang)
        text, resume, drop = st.columns([4, 1, 1], vertical_alignment="center")
        text.markdown(words.say("unfinished", shown.lang, said=said, by=held.by, done=done, whole=whole))
        name = name_of(held)
        if keeping.fits(held, shown.case):
            label = words.say("resume", shown.lang)
            resume.button(
                label, key=f"resume/{name}", on_click=keeping.open_one, args=(name,), width="stretch"
            )
        else:
            text.caption(words.say("unfit", shown.lang))
        label, work = words.say("drop", shown.lang), keeping.drop
        drop.button(label, key=f"drop/{name}", on_click=work, args=(shown.path, held), width="stretch")


def _what(shown: view.View) -> None:
    lang = shown.lang
    st.selectbox(
        words.say("begin.over", lang),
        [parent or ROOT for parent, siblings in _families(shown) if len(siblings) >= FEWEST_ASKED],
        format_func=lambda name: words.over(shown.case, name, lang),
        key="ask-over",
    )
    st.selectbox(
        words.say("begin.class", lang),
        ["", *CLASSES],
        format_func=lambda name: words.for_whom(name, lang),
        key="ask-class",
    )
    st.radio(
        words.say("begin.method", lang),
        METHODS,
        format_func=lambda name: texts.phrase(f"questions.method.{name}.name", lang),
        captions=[words.say(f"method.{name}.help", lang) for name in METHODS],
        key="ask-method",
    )


def _who(shown: view.View) -> None:
    lang = shown.lang
    st.text_input(words.say("begin.by", lang), key="ask-by", max_chars=_LONGEST["by"])
    st.date_input(words.say("begin.at", lang), value="today", format="DD/MM/YYYY", key="ask-at")
    st.text_area(words.say("begin.why", lang), key="ask-why", max_chars=_LONGEST["why"], height=70)
    _left_out(shown)
    told = _in_the_way(_wanted(shown), shown.path)
    st.button(
        words.say("begin.go", lang),
        type="primary",
        key="ask-go",
        on_click=_begin,
        args=(shown,),
        disabled=told is not None,
    )
    if told is not None:
        st.info(words.say(f"begin.{told}", lang, most=MOST_COMPARED), icon=":material/info:")
    for name in st.session_state.pop("ask-missing", ()):
        st.error(words.say(f"begin.missing.{name}", lang), icon=":material/block:")


def _left_out(shown: view.View) -> None:
    """Chooses the criteria that are to weigh nothing; to begin with those that do so now."""
    now = pipeline.node_weights(shown.case, st.session_state["ask-class"])
    siblings = _siblings(shown)
    st.multiselect(
        words.say("begin.leave_out", shown.lang),
        [node.id for node in siblings],
        default=[node.id for node in siblings if now[node.id] == 0],
        format_func=lambda name: words.criterion(shown.case, name, shown.lang),
        help=words.say("begin.leave_out_help", shown.lang),
        placeholder=words.say("begin.none", shown.lang),
        key=_left_out_key(shown.id),
    )


def _left_out_key(scenario_id: str) -> str:
    about = st.session_state["ask-over"], st.session_state["ask-class"]
    return f"ask-out/{scenario_id}/{'/'.join(about)}"


def _wanted(shown: view.View) -> Interview:
    """The questioning that the widgets describe as they stand, which may be newer than what was drawn."""
    held = st.session_state
    out = held.get(_left_out_key(shown.id), ())
    names = [node.id for node in _siblings(shown)]
    day = held["ask-at"]
    given = {name: " ".join((held[f"ask-{name}"] or "").split()) for name in ("by", "why")}
    return Interview(
        over=held["ask-over"],
        class_=held["ask-class"],
        method=held["ask-method"],
        by=given["by"],
        at=day.isoformat() if isinstance(day, date) else "",
        why=given["why"],
        asked=tuple(name for name in names if name not in out),
        left_out=tuple(name for name in names if name in out),
    )


def _in_the_way(held: Interview, path: Path) -> str | None:
    if name_of(held) in {name_of(each) for each in interviews_of(path)}:
        return "taken"
    if len(held.asked) < FEWEST_ASKED:
        return "too_few"
    return "too_many" if too_many(held) else None


def _begin(shown: view.View) -> None:
    held = _wanted(shown)
    missing = [name for name in ("by", "at", "why") if not getattr(held, name)]
    st.session_state["ask-missing"] = missing
    if not missing and _in_the_way(held, shown.path) is None:
        keeping.begin(shown.path, held)


def _siblings(shown: view.View) -> tuple[Criterion, ...]:
    over = st.session_state["ask-over"]
    return dict(_families(shown))["" if over == ROOT else over]


def _families(shown: view.View) -> list[tuple[str, tuple[Criterion, ...]]]:
    assert shown.case.criteria is not None
    return list(shown.case.criteria.families())
