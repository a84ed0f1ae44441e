"""How the weights became what they are, and taking over those of another time or another scenario."""

from __future__ import annotations

import streamlit as st

from prioritizer import charts, pipeline
from prioritizer.errors import InputFaults
from prioritizer.model import Case
from prioritizer.ui import answers, fields, state, tables, texts, view
from prioritizer.ui.criteria import past, weighing
from prioritizer.ui.questions import words


def show(shown: view.View) -> None:
    """Every change, the newest first, beside the chart of a set and another scenario's weights."""
    found = past.moments(shown)
    changes, beside = st.columns(2, gap="large")
    with changes:
        st.subheader(words.say("history.heading", shown.lang), anchor=False)
        if len(found) < 2:
            st.info(words.say("history.one", shown.lang), icon=":material/history:")
        for at in range(len(found) - 1, -1, -1):
            _moment(shown, found, at)
    with beside:
        _from_another(shown)
        same = [each for each in found if past.same_tree(each.case, shown.case)]
        if len(same) > 1:
            _chart(shown, same)


def _chart(shown: view.View, found: list[past.Moment]) -> None:
    assert shown.case.criteria is not None
    parent = st.selectbox(
        words.say("history.set", shown.lang),
        [parent for parent, siblings in shown.case.criteria.families() if len(siblings) > 1],
        format_func=lambda name: words.over(shown.case, name, shown.lang),
        key="history-set",
    )
    table, called = past.over_time(found, parent or "", shown.lang)
    tables.figure(charts.weights_over_time(table, called, shown.lang), shown.lang)


def _moment(shown: view.View, found: list[past.Moment], at: int) -> None:
    each, lang = found[at], shown.lang
    with st.container(border=True):
        text, take = st.columns([3, 2], vertical_alignment="center")
        said = [past.when(each, lang)]
        if at == 0:
            said.append(words.say("history.oldest", lang))
        elif not past.same_tree(each.case, found[at - 1].case):
            said.append(words.say("history.other_tree", lang))
        else:
            moves = past.changed(found[at - 1].weights, each.weights, each.case, lang)
            said += [f"- {texts.plain(move)}" for move in moves]
        text.markdown("\n\n".join([f"**{texts.plain(said[0])}**", "\n".join(said[1:])]))
        with take:
            _take(shown, each.case, f"history/{at}")


def _take(shown: view.View, other: Case, key: str) -> None:
    """A button that takes weights over, where they differ and weigh the same criteria."""
    if not past.same_tree(other, shown.case):
        return
    changes = weighing.taken_from(shown.case, other.scenario)
    if not changes:
        st.caption(words.say("history.same", shown.lang))
        return
    label = words.say("history.take", shown.lang)
    given = (shown, key, changes)
    st.button(label, key=f"take/{key}", on_click=_taken, args=given, width="stretch")
    fields.show_refusal(key, shown.lang)


def _taken(shown: view.View, key: str, changes: weighing.Changes) -> None:
    if state.attempt(shown, key, "weights", changes):
        state.start_anew()


def _from_another(shown: view.View) -> None:
    others = _others(shown)
    if not others:
        return
    st.subheader(words.say("history.another", shown.lang), anchor=False)
    chosen = st.selectbox(
        words.say("history.which", shown.lang),
        list(others),
        index=None,
        format_func=lambda name: others[name].scenario.title.into(shown.lang),
        placeholder=words.say("ask.choose", shown.lang),
        key="history-another",
    )
    if chosen is None:
        return
    frame = past.beside(shown.case, others[chosen], shown.lang)
    if len(frame):
        st.table(frame.map(texts.plain), hide_index=True, alt=words.say("history.another", shown.lang))
    _take(shown, others[chosen], f"history/{chosen}")


def _others(shown: view.View) -> dict[str, Case]:
    """The other scenarios that weigh the same criteria, by id."""
    found = dict[str, Case]()
    for path in pipeline.scenario_paths():
        try:
            case = answers.loaded(path)
        except InputFaults:
            continue
        if case.scenario.id != shown.id and past.same_tree(case, shown.case):
            found[case.scenario.id] = case
    return found
