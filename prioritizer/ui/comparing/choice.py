"""Which scenarios are compared: picked in the page, kept in the address, the base first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.comparison import FEWEST, MOST
from prioritizer.errors import InputFaults
from prioritizer.model import Case
from prioritizer.ui import answers, texts, view

TRIED = "~"  # what is being tried on the scenario on show; no id is written so
_ADDRESS, _CHOSEN = "with", "compare-with"


@dataclass(frozen=True)
class Option:
    """Something that can be compared: a scenario as saved or as being tried; ``case`` is ``None`` where its
    file cannot be used, and ``faults`` counts why."""

    id: str
    title: str
    case: Case | None
    faults: int = 0


def pick(shown: view.View) -> tuple[Option, ...]:
    """Two controls; what they come to, the base first."""
    options = _options(shown)
    chosen = _chosen(shown, options)
    base, others = st.columns([2, 3], vertical_alignment="top")
    names = list(options)
    base_key, others_key = f"compare-base/{shown.lang}", f"compare-others/{shown.lang}"
    st.session_state[base_key] = chosen[0]
    with base:
        st.selectbox(
            texts.phrase("compare.page.base", shown.lang),
            names,
            format_func=lambda one: options[one].title,
            key=base_key,
            on_change=_take,
            args=(chosen, base_key, others_key),
        )
    st.session_state[others_key] = list(chosen[1:])
    with others:
        st.multiselect(
            texts.phrase("compare.page.others", shown.lang),
            [name for name in names if name != chosen[0]],
            format_func=lambda one: options[one].title,
            key=others_key,
            on_change=_take,
            args=(chosen, base_key, others_key),
            placeholder=texts.phrase("compare.page.pick", shown.lang),
        )
    _keep(chosen)
    return tuple(options[name] for name in chosen)


def _options(shown: view.View) -> dict[str, Option]:
    found = {path.stem: _option(path, shown.lang) for path in pipeline.scenario_paths()}
    if shown.case is not shown.saved:
        title = shown.case.scenario.title.into(shown.lang)
        found[TRIED] = Option(TRIED, tried_title(title, shown.lang), shown.case)
    return found


def tried_title(title: str, lang: str) -> str:
    """What a scenario is called while something is being tried on it."""
    return locale.say("compare.page.tried", lang, title=title)


def _option(path: Path, lang: str) -> Option:
    try:
        case = answers.loaded(path)
    except InputFaults as wrong:
        return Option(path.stem, path.stem, None, len(wrong.faults))
    return Option(path.stem, case.scenario.title.into(lang), case)


def _chosen(shown: view.View, options: dict[str, Option]) -> tuple[str, ...]:
    """What was picked, else what the address says, else the scenario on show against the baseline."""
    wanted = st.session_state.get(_CHOSEN) or st.query_params.get(_ADDRESS, "").split(",")
    known = tuple(dict.fromkeys(name for name in wanted if name in options))
    return known if known else _usual(shown, list(options))


def _usual(shown: view.View, names: Sequence[str]) -> tuple[str, ...]:
    """The baseline (the first) and what is being tried, else the scenario on show, else the next one."""
    second = TRIED if TRIED in names else shown.id if shown.id != names[0] else ""
    return tuple(filter(None, (names[0], second or next(iter(names[1:]), ""))))


def others(shown: view.View) -> dict[str, Option]:
    """What the scenario on show can be held against, by name: all that can be used but itself as it is
    shown."""
    itself = _itself(shown)
    return {name: each for name, each in _options(shown).items() if name != itself and each.case is not None}


def usual_other(shown: view.View, options: dict[str, Option]) -> str:
    """The first of those that are compared, if it is not the one on show; else the next that was picked;
    blank where none was."""
    chosen = _chosen(shown, _options(shown))
    picked = chosen if st.session_state.get(_CHOSEN) else chosen[:1]
    return next((name for name in picked if name in options), "")


def _itself(shown: view.View) -> str:
    return shown.id if shown.case is shown.saved else TRIED


def _take(before: Sequence[str], base_key: str, others_key: str) -> None:
    """Takes what was picked; a base that was among the others changes places with the base before."""
    base = st.session_state[base_key]
    others = [before[0] if name == base else name for name in st.session_state[others_key]]
    st.session_state[_CHOSEN] = (base, *others)


def _keep(chosen: Sequence[str]) -> None:
    said = ",".join(chosen)
    if st.query_params.get(_ADDRESS) != said:
        st.query_params[_ADDRESS] = said


def usable(chosen: Sequence[Option], lang: str) -> tuple[Option, ...]:
    """Those that can be compared; what cannot is said, and nothing is left where they are too few or many."""
    for each in chosen:
        if each.case is None:
            said = texts.phrase("compare.page.unusable", lang, title=each.title, count=each.faults)
            st.error(said, icon=":material/error:")
    fit = tuple(each for each in chosen if each.case is not None)
    if len(fit) < FEWEST:
        st.info(texts.phrase("compare.page.too_few", lang), icon=":material/add:")
    if len(fit) > MOST:
        st.warning(
            texts.phrase("compare.page.too_many", lang, count=len(fit) - MOST), icon=":material/block:"
        )
    return fit if FEWEST <= len(fit) <= MOST else ()
