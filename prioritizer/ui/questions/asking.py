"""One question on the screen: how it is put, how it is answered, how far the questioning is."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from prioritizer import locale
from prioritizer.errors import Misread
from prioritizer.model import LARGEST_JUDGEMENT
from prioritizer.money import decimal_text, read_ratio
from prioritizer.scoring.interview import Interview, Question, progress
from prioritizer.ui import fields, names, texts, view
from prioritizer.ui.criteria.shares import read_typed_share, typed
from prioritizer.ui.questions import keeping, sofar, words

Read = Callable[[], tuple[str, ...]]
_EQUAL = ""


def show(shown: view.View, held: Interview, asked: Question) -> None:
    """The question on the left, what was answered so far on the right."""
    done, whole = progress(held)
    st.progress(done / whole, text=words.say("progress", shown.lang, done=done, whole=whole))
    left, right = st.columns([5, 4], gap="large")
    with left:
        read = _DRAWN[asked.kind](shown, held, asked)
        refused = keeping.refused(held)
        if refused is not None:
            st.error(words.refusal(refused, shown.lang), icon=":material/block:")
        _buttons(shown, held, read)
        _explained(shown, asked)
    with right:
        sofar.show(shown, held)


def _buttons(shown: view.View, held: Interview, read: Read) -> None:
    take, back, stop, drop = st.columns([3, 2, 2, 2])
    label = words.say("next", shown.lang)
    given = (shown.path, held, read)
    take.button(label, type="primary", key="ask-next", on_click=keeping.answer, args=given, width="stretch")
    buttons(shown, held, (back, stop, drop))


def buttons(shown: view.View, held: Interview, places: tuple[DeltaGenerator, ...]) -> None:
    """Back to the question before, stop for now, drop for good."""
    back, stop, drop = places
    given, lang = (shown.path, held), shown.lang
    first = not held.answers
    back.button(
        words.say("back", lang),
        key="ask-back",
        on_click=keeping.go_back,
        args=given,
        disabled=first,
        width="stretch",
    )
    helped = words.say("stop_help", lang)
    stop.button(words.say("stop", lang), key="ask-stop", on_click=keeping.stop, help=helped, width="stretch")
    drop.button(words.say("drop", lang), key="ask-drop", on_click=keeping.drop, args=given, width="stretch")


def _explained(shown: view.View, asked: Question) -> None:
    """What the worst and the best mean, below the answer, where it is not said beside the choices."""
    if asked.kind not in ("first", "pair"):
        for name in filter(None, (asked.against, *asked.about)):
            called = texts.plain(words.criterion(shown.case, name, shown.lang))
            st.caption(f"**{called}** – {_ends(shown, name)}")


def _first(shown: view.View, held: Interview, asked: Question) -> Read:
    key = f"{keeping.key(held)}/first"
    once = keeping.once(held)
    st.radio(
        words.say("ask.first", shown.lang),
        asked.about,
        index=asked.about.index(once[0]) if once and once[0] in asked.about else None,
        format_func=lambda name: texts.plain(words.criterion(shown.case, name, shown.lang)),
        captions=[_ends(shown, name) for name in asked.about],
        key=key,
    )
    return lambda: _chosen(st.session_state.get(key))


def _swing(shown: view.View, held: Interview, asked: Question) -> Read:
    (name,), key, lang = asked.about, f"{keeping.key(held)}/swing", shown.lang
    first, own = (words.criterion(shown.case, each, lang) for each in (asked.against, name))
    st.markdown(words.say("ask.swing", lang, first=first, own=own))
    start, helped = _points(keeping.once(held), lang), words.say("ask.swing_help", lang)
    _text(words.say("ask.swing_label", lang), key, start, helped)
    return lambda: (_read_points(st.session_state[key]),)


def _next(shown: view.View, held: Interview, asked: Question) -> Read:
    key, lang = f"{keeping.key(held)}/next", shown.lang
    once = keeping.once(held) or ()
    st.multiselect(
        words.say("ask.next_first" if not held.answers else "ask.next", lang),
        asked.about,
        default=[name for name in once if name in asked.about],
        format_func=lambda name: words.criterion(shown.case, name, lang),
        placeholder=words.say("ask.choose", lang),
        key=key,
    )
    st.caption(words.say("ask.next_help", lang))
    return lambda: tuple(name for name in asked.about if name in (st.session_state.get(key) or ()))


def _pair(shown: view.View, held: Interview, asked: Question) -> Read:
    key, lang = keeping.key(held), shown.lang
    one, other = asked.about
    times = read_ratio(once[0]) if (once := keeping.once(held)) else None
    options = [one, _EQUAL, other]
    st.radio(
        words.say("ask.pair", lang),
        options,
        index=None if times is None else 0 if times > 1 else 1 if times == 1 else 2,
        format_func=lambda name: _side(shown, name),
        captions=[_ends(shown, name) if name else "" for name in options],
        key=f"{key}/more",
    )
    st.select_slider(
        words.say("ask.times", lang),
        range(2, LARGEST_JUDGEMENT + 1),
        value=3 if times is None or times == 1 else round(max(times, 1 / times)),
        format_func=lambda number: words.say(f"times.{number}", lang),
        help=words.say("ask.times_help", lang),
        key=f"{key}/times",
    )
    return lambda: (_judgement(st.session_state.get(f"{key}/more"), st.session_state[f"{key}/times"], other),)


def _interval(shown: view.View, held: Interview, asked: Question) -> Read:
    (name,), key, lang = asked.about, keeping.key(held), shown.lang
    once = [typed(read_ratio(each), lang) for each in keeping.once(held) or ()] or ["", ""]
    st.markdown(words.say("ask.interval", lang, name=words.criterion(shown.case, name, lang)))
    low, high = st.columns(2)
    with low:
        _text(words.say("ask.least", lang), f"{key}/low", once[0])
    with high:
        _text(words.say("ask.most", lang), f"{key}/high", once[1])
    spans = [(read_ratio(a), read_ratio(b)) for a, b in held.answers]
    least, most = (locale.percent(sum((span[at] for span in spans), Fraction(0)), lang) for at in (0, 1))
    st.caption(words.say("ask.interval_help", lang, least=least, most=most))
    return lambda: (_share(st.session_state[f"{key}/low"]), _share(st.session_state[f"{key}/high"]))


def _text(label: str, key: str, start: str, helped: str | None = None) -> None:
    if key not in st.session_state:
        st.session_state[key] = start
    st.text_input(label, key=key, autocomplete="off", max_chars=40, help=helped)


def _chosen(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


def _judgement(more: str | None, times: int, other: str) -> str:
    if more is None:
        raise Misread("choice_missing")
    return "1" if more == _EQUAL else f"1/{times}" if more == other else str(times)


def _side(shown: view.View, name: str) -> str:
    if name == _EQUAL:
        return words.say("ask.equal", shown.lang)
    return texts.plain(words.criterion(shown.case, name, shown.lang))


def _points(once: tuple[str, ...] | None, lang: str) -> str:
    if not once:
        return ""
    worth = read_ratio(once[0])
    return locale.number(worth, lang, locale.digits_needed(worth, 3))


def _read_points(text: str) -> str:
    return decimal_text(Fraction(fields.read_typed_points_e4(text), 10_000))


def _share(text: str) -> str:
    return decimal_text(read_typed_share(text))


def _ends(shown: view.View, name: str) -> str:
    node = next(node for node in names.nodes(shown.case) if node.id == name)
    return texts.plain(words.ends(node, shown.lang))


_DRAWN = {"first": _first, "swing": _swing, "next": _next, "pair": _pair, "interval": _interval}
