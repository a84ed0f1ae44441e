"""Register: the projects as sent, how complete their dossiers are, one project in full, files to import."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from prioritizer import charts, locale, pipeline
from prioritizer.ui import frames, parts, tables, texts, view
from prioritizer.ui.bringing import page
from prioritizer.ui.criteria import judgements
from prioritizer.ui.projects import contrast, detail, dossiers

_FIRST = ("id", "name", "lead", "class", "ask_mvnd", "ask_basis", "product")  # as many as fit on a projector


def show(shown: view.View) -> None:
    """The page."""
    draw = {"projects": _projects, "dossiers": dossiers.show, "project": _project, "import": page.show}
    title, choice = st.columns([2, 7], vertical_alignment="center")
    title.header(shown.say("register.title"), anchor=False)
    with choice:
        part = parts.choose(shown, "register", list(draw))
    draw[part](shown)


def _projects(shown: view.View) -> None:
    frame = frames.register(shown.case, shown.lang)
    chosen = _filtered(frame, shown)
    total = locale.bn(int(chosen["ask_mvnd"].sum()), shown.lang)
    st.markdown(shown.say("register.shown", count=len(chosen), whole=len(frame), total=total))
    if chosen.empty:
        st.info(shown.say("register.none_found"), icon=":material/search_off:")
    else:
        grid = chosen.drop(columns="ministry")
        first = [column for column in _FIRST if column in grid]
        grid = grid[[*first, *(column for column in grid if column not in first)]]
        tables.show(grid, shown.lang, alt=shown.say("register.alt"), rows=6, lines=3)
    with st.expander(shown.say("register.by_ministry"), icon=":material/account_balance:"):
        columns = ["ministry", "project_count", "ask_mvnd"]
        columns += ["funded_count", "amount_mvnd"] if shown.evaluation.plan.found else []
        totals = frames.ministries(shown.evaluation, shown.lang)[columns]
        tables.show(totals, shown.lang, alt=shown.say("register.by_ministry"))


def _filtered(frame: pd.DataFrame, shown: view.View) -> pd.DataFrame:
    search, lead, order = st.columns([3, 3, 4], vertical_alignment="bottom")
    query = search.text_input(
        shown.say("table.search"), key="register-search", placeholder=shown.say("table.search_hint")
    )
    leads = sorted(frame["ministry"].unique(), key=locale.sort_key)
    everyone = shown.say("register.everyone")
    who = lead.selectbox(shown.say("register.lead"), [everyone, *leads], key=f"register-lead-{shown.lang}")
    with order:
        sortable = [str(column) for column in frame if column not in ("product", "ministry")]
        column, descending = tables.picker(shown.lang, sortable, "register")
    if who != everyone:
        frame = frame[frame["ministry"] == who]
    texts_of = [c for c in ("id", "name", "ministry", "lead", "product", "technology") if c in frame]
    return tables.ordered(tables.found(frame, query, texts_of), column, descending)


def _project(shown: view.View) -> None:
    case, lang = shown.case, shown.lang
    rows = {project: row for row, project in enumerate(case.register.ids)}
    project = st.selectbox(
        shown.say("register.choose"),
        list(rows),
        format_func=lambda one: f"{one} – {case.register.name(rows[one], lang)}",
        key="register-project",
    )
    row = rows[project]
    _value(shown, row)
    st.markdown(texts.plain(pipeline.describe_project(shown.evaluation, row, lang, shown.prices)))
    payments = pipeline.describe_payments(shown.evaluation, row, lang)
    st.markdown("\n".join(f"- {texts.plain(payment)}" for payment in payments))
    _facts(shown, row)
    _dossier(shown, row)
    if shown.case.criteria is None:
        st.info(shown.say("register.value_given"))
        return
    _scores(shown, row)
    _judged(shown, row)
    st.subheader(shown.say("contrast.title"), anchor=False)
    contrast.show(shown, row)


def _dossier(shown: view.View, row: int) -> None:
    """The dossier in its own words, below how much of it is there."""
    found = dossiers.of(shown.case)
    entries = detail.dossier(shown.case, row, found, shown.lang)
    missing, needed = len(found.missing[row]), len(found.needed[row])
    title = shown.say("register.dossier", filled=needed - missing, needed=needed)
    with st.expander(title, icon=":material/folder_open:"):
        if needed and missing == needed:
            st.info(shown.say("register.dossier_blank"), icon=":material/info:")
        elif not entries:
            st.info(shown.say("register.dossier_unasked"), icon=":material/info:")
        else:
            labels = [tables.label(column, shown.lang) for column in ("entry", "stated")]
            frame = pd.DataFrame(entries, columns=labels)
            st.table(frame.map(texts.plain), hide_index=True, alt=shown.say("register.dossier_alt"))


def _facts(shown: view.View, row: int) -> None:
    pairs = detail.project_facts(shown.case, row, shown.lang)
    halves = st.columns(2)
    for place, (column, text) in enumerate(pairs):
        halves[place % 2].markdown(f"**{tables.label(column, shown.lang)}:** {texts.plain(text)}")


def _value(shown: view.View, row: int) -> None:
    lang = shown.lang
    figures = _values(shown, row)
    figures[tables.label("ask_mvnd", lang)] = locale.bn(int(shown.case.register.ask_mvnd[row]), lang)
    figures[tables.label("amount_mvnd", lang)] = _money_of(shown, row)
    for column, (label, figure) in zip(st.columns(5), figures.items(), strict=False):
        column.metric(label, figure)


def _values(shown: view.View, row: int) -> dict[str, str]:
    """The project's value at the three ends; the one value where it is given."""
    scores, lang = shown.evaluation.scores, shown.lang
    if shown.case.criteria is None:
        return {tables.label("value_e4", lang): locale.points(int(scores.value_e4[row]), lang)}
    ends = {"low": scores.low_e4, "mid": scores.mid_e4, "high": scores.high_e4}
    return {
        shown.say("register.value_at", end=shown.word(f"unassessed.{end}")): locale.points(
            int(values[row]), lang
        )
        for end, values in ends.items()
    }


def _money_of(shown: view.View, row: int) -> str:
    plan = shown.evaluation.plan
    return locale.bn(int(plan.amount_mvnd[row]), shown.lang) if plan.found else "–"


def _scores(shown: view.View, row: int) -> None:
    st.subheader(shown.say("register.scores"), anchor=False)
    missing = detail.not_assessed(shown.case, row, shown.lang)
    if missing:
        st.warning(
            shown.say("register.missing", count=len(missing), names="; ".join(missing)),
            icon=":material/help:",
        )
    frame = detail.added(shown.evaluation, row, shown.lang)
    tables.figure(charts.contributions(frame, shown.case.illustrative, shown.lang), shown.lang)
    # Plain tables, not grids: the evidence is read, so its lines must wrap.
    for factor, scores in detail.scores(shown.case, row, shown.lang):
        st.markdown(f"**{texts.plain(factor)}**")
        st.table(scores.map(texts.plain), hide_index=True, alt=shown.say("register.scores_alt"))


def _judged(shown: view.View, row: int) -> None:
    """What each of several assessors wrote; a single one's words stand beside the scores."""
    if not judgements.several(shown.case):
        return
    with st.expander(shown.say("judgements.title"), icon=":material/groups:"):
        for sentence in pipeline.describe_rule(shown.case, shown.lang)[:2]:
            st.caption(texts.plain(sentence))
        found = detail.judged(shown.case, row, shown.lang)
        if not found:
            st.info(shown.say("judgements.nobody"), icon=":material/info:")
        for factor, frame in found:
            st.markdown(f"**{texts.plain(factor)}**")
            st.table(frame.map(texts.plain), hide_index=True, alt=shown.say("judgements.alt"))


if __name__ == "__main__":
    show(view.current())
