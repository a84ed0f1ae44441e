"""One accepted change is one step of the draft; a refused one is said beside its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.errors import Fault, Misread
from prioritizer.ui import answers, names, state, texts, view
from prioritizer.ui.rules.changes import Changes

T = TypeVar("T")


def say(shown: view.View, key: str, /, **params: object) -> str:
    """A sentence about rules, for a place that reads Markdown."""
    return texts.phrase(f"rules.{key}", shown.lang, **params)


def attempt(shown: view.View, key: str, what: str, told: Changes) -> None:
    """Tries changes; where they are refused, why is remembered under ``key``."""
    accepted(shown, key, what, told)


def accepted(shown: view.View, key: str, what: str, told: Changes) -> bool:
    """As :func:`attempt`, and whether they were accepted."""
    found = state.change(shown, what, told)
    # That the draft is gone is told above the page, which is drawn without it.
    refuse(shown, key, [in_words(shown, fault) for fault in found if fault.code != "draft_gone"])
    return not found


def refuse(shown: view.View, key: str, said: Sequence[str]) -> None:
    """Remembers why something was not taken, until the case changes; nothing said: it was taken."""
    st.session_state[_place(key)] = (answers.fingerprint(shown.case), tuple(dict.fromkeys(said)))


def show_refusal(shown: view.View, key: str) -> None:
    """Why the last thing typed or picked here was not taken; the value before stays."""
    about, said = st.session_state.get(_place(key), ("", ()))
    if said and about == answers.fingerprint(shown.case):
        told = [texts.plain(sentence) for sentence in said]
        st.error("\n\n".join([*told, say(shown, "kept")]), icon=":material/block:")


def read_all(shown: view.View, key: str, fields: dict[str, Callable[[], T]]) -> dict[str, T] | None:
    """What the fields of a form say, by their names in ``rules.field``; ``None`` where one is refused, and
    then why each of them is."""
    read, refused = dict[str, T](), list[str]()
    for name, reader in fields.items():
        try:
            read[name] = reader()
        except Misread as misread:
            label = locale.say(f"rules.field.{name}", shown.lang)
            refused.append(f"{label}: {misread_in_words(misread, shown.lang)}")
    refuse(shown, key, refused)
    return None if refused else read


def nothing(shown: view.View) -> str:
    """What stands where nothing is set."""
    return locale.say("rules.nothing", shown.lang)


def needed(text: str) -> str:
    """A text that must be said. Raises ``Misread``."""
    bare = " ".join(text.split())
    if not bare:
        raise Misread("said_nothing")
    return bare


def misread_in_words(misread: Misread, lang: str) -> str:
    """Why a typed text was not taken and what to type instead."""
    own = f"rules.misread.{misread.code}"
    if own in locale.sentences(lang):
        return locale.say(own, lang, **misread.params)
    fault = Fault(misread.code, params=misread.params)
    return f"{locale.fault_message(fault, lang)} {locale.fault_remedy(fault, lang)}"


def in_words(shown: view.View, fault: Fault) -> str:
    """What is wrong and what to do, with limits and projects called as the page calls them; where the page
    has no words of its own for a fault, those for files."""
    params = _named(shown, fault)
    own = f"rules.fault.{fault.code}"
    if own in locale.sentences(shown.lang):
        return locale.say(own, shown.lang, **locale.spoken(params, shown.lang))
    called = replace(fault, params=params)
    return f"{locale.fault_message(called, shown.lang)} {locale.fault_remedy(called, shown.lang)}"


def _named(shown: view.View, fault: Fault) -> dict[str, object]:
    """The fault's parameters, with names instead of ids."""
    return {name: _called(shown, fault.code, name, value) for name, value in fault.params.items()}


def _called(shown: view.View, code: str, name: str, value: object) -> object:
    if name == "limit":
        new = locale.say("rules.limits.new_one", shown.lang)
        return _limits(shown).get(str(value), new)
    if name == "names" and code == "floors_above_envelope":
        return "; ".join(_limits(shown).get(each, each) for each in str(value).split(", "))
    if name in ("project", "requires") and value in shown.case.register.ids:
        return pipeline.project_name(shown.case, shown.case.register.row_of(str(value)), shown.lang)
    if name == "fund":
        called = {fund.id: names.given(fund.name, shown.lang) for fund in shown.case.scenario.funds}
        return called.get(str(value)) or value
    return value


def _limits(shown: view.View) -> dict[str, str]:
    limits = {limit.id: limit for limit in (*shown.saved.scenario.limits, *shown.case.scenario.limits)}
    return {name: pipeline.limit_name(shown.case, limit, shown.lang) for name, limit in limits.items()}


def _place(key: str) -> str:
    return f"refused/{key}"
