"""The assessors held against each other: who leans which way, where they are apart, which money moves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from prioritizer import charts, locale, pipeline
from prioritizer.model import Case
from prioritizer.results import Alone, AssessorReport, Evaluation, Leaning
from prioritizer.ui import answers, names, state, tables, texts, view
from prioritizer.ui.criteria import judgements

_QUESTION = "assessors"


def show(shown: view.View) -> None:
    """Nothing is solved before somebody asks; with fewer than two assessors there is nothing to ask."""
    case = shown.case
    if not judgements.several(case):
        some = case.assessments is not None and case.assessments.assessors
        st.info(shown.say(f"assessors.{'single' if some else 'nobody'}"), icon=":material/group:")
        return
    for sentence in pipeline.describe_rule(case, shown.lang):
        st.caption(texts.plain(sentence))
    label = shown.say("assessors.compare")
    st.button(label, key=f"ask/{_QUESTION}", on_click=state.ask, args=(case, _QUESTION))
    if state.asked(case, _QUESTION) and (report := answers.assessor_report(shown.evaluation)) is not None:
        _told(shown, report)


def people(case: Case, report: AssessorReport, lang: str) -> pd.DataFrame:
    """A row per assessor: how much was judged, how it leans, and the money that it alone would move."""
    alone = {each.by: each for each in report.alone if each.kind == "assessor"}
    rows = [_person(case, each, alone[each.assessor], lang) for each in report.leanings]
    columns = ["assessor", "body", "judged", "abstained_count", "leaning", "gained_mvnd", "lost_mvnd"]
    return pd.DataFrame(rows, columns=columns).astype({"gained_mvnd": "Int64", "lost_mvnd": "Int64"})


def by_criterion(case: Case, report: AssessorReport, lang: str) -> pd.DataFrame:
    """A row per leaf: projects that two or more judged, their mean difference, and the widest range
    (blank where nobody can be compared)."""
    leaves = case.criteria.leaves if case.criteria else ()
    rows = [
        (leaf.name.into(lang), *found)
        for leaf, found in zip(leaves, report.disagreement.by_leaf(), strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["criterion", "compared_count", "mean_e4", "widest_e4"])
    return frame.astype({"mean_e4": "Int64", "widest_e4": "Int64"})


def by_project(evaluation: Evaluation, report: AssessorReport, lang: str) -> pd.DataFrame:
    """A row per project, the one whose value hangs most on who decides first: its value, and the least and
    the greatest if one assessor decided alone."""
    register, (least, greatest) = evaluation.case.register, report.value_ends()
    spread = greatest - least
    rows = np.argsort(-spread, kind="stable").tolist()
    return pd.DataFrame(
        {
            "id": [register.ids[row] for row in rows],
            "name": [register.name(row, lang) for row in rows],
            "value_e4": evaluation.scores.value_e4[rows],
            "least_e4": least[rows],
            "greatest_e4": greatest[rows],
            "spread_e4": spread[rows],
        }
    )


def apart(case: Case, report: AssessorReport, lang: str) -> pd.DataFrame:
    """A row per project and leaf on which assessors differ, those furthest apart first."""
    found, leaves = report.disagreement, case.criteria.leaves if case.criteria else ()
    rows = [
        (
            case.register.ids[row],
            case.register.name(row, lang),
            leaves[at].name.into(lang),
            int(found.judged[row, at]),
            int(found.range_e4[row, at]),
            int(found.mean_e4[row, at]),
        )
        for row, at in pipeline.most_apart(report)
    ]
    columns = ["id", "name", "criterion", "judged_count", "range_e4", "mean_e4"]
    return pd.DataFrame(rows, columns=columns)


def if_alone(case: Case, report: AssessorReport, lang: str) -> pd.DataFrame:
    """A row for each who might decide alone and then has a plan to compare; a ministry's only assessor is
    not there twice."""
    rows = [
        (pipeline.alone_name(case, each, lang), each.gained_mvnd, each.lost_mvnd)
        for each in _once(report)
        if each.difference.objective is not None
    ]
    return pd.DataFrame(rows, columns=["decides", "gained_mvnd", "lost_mvnd"])


def _once(report: AssessorReport) -> list[Alone]:
    return [each for each in report.alone if each.kind == "assessor" or len(each.people) > 1]


def _told(shown: view.View, report: AssessorReport) -> None:
    case, lang = shown.case, shown.lang
    st.subheader(shown.say("assessors.people"), anchor=False)
    st.caption(shown.say("assessors.people_help"))
    tables.show(people(case, report, lang), lang, alt=shown.say("assessors.people"))
    money = if_alone(case, report, lang)
    if not money.empty:
        tables.figure(charts.money_if_alone(money, case.illustrative, lang), lang)
    said = [pipeline.describe_alone(case, each, lang) for each in _once(report)]
    st.markdown("\n".join(f"- {texts.plain(sentence)}" for sentence in said))
    st.subheader(shown.say("assessors.projects"), anchor=False)
    tables.show(by_project(shown.evaluation, report, lang), lang, alt=shown.say("assessors.projects"), rows=6)
    st.subheader(shown.say("assessors.criteria"), anchor=False)
    tables.show(by_criterion(case, report, lang), lang, alt=shown.say("assessors.criteria"), rows=15)
    _apart(shown, report)


def _apart(shown: view.View, report: AssessorReport) -> None:
    st.subheader(shown.say("assessors.apart"), anchor=False)
    frame = apart(shown.case, report, shown.lang)
    if frame.empty:
        st.success(
            texts.plain(locale.say("explanation.assessors.agreed", shown.lang)), icon=":material/handshake:"
        )
        return
    query = st.text_input(
        shown.say("table.search"), key="apart-search", placeholder=shown.say("table.search_hint")
    )
    chosen = tables.found(frame, query, ["id", "name", "criterion"])
    st.markdown(shown.say("assessors.shown", count=len(chosen), whole=len(frame)))
    if not chosen.empty:
        tables.show(chosen, shown.lang, alt=shown.say("assessors.apart"), rows=8)


def _person(case: Case, leaning: Leaning, alone: Alone, lang: str) -> tuple[object, ...]:
    known = {each.id.casefold(): each.ministry for each in case.scenario.assessors}
    body = known.get(leaning.assessor.casefold())
    moved = alone.difference.objective is not None
    return (
        pipeline.assessor_name(case, leaning.assessor, lang),
        names.ministry(case, body, lang, short=True) if body else "",
        locale.say("ui.overview.of", lang, part=leaning.judged, whole=leaning.open),
        leaning.abstained,
        _signed(leaning, lang),
        alone.gained_mvnd if moved else None,
        alone.lost_mvnd if moved else None,
    )


def _signed(leaning: Leaning, lang: str) -> str:
    if leaning.leaning is None:
        return ""
    text = locale.number(leaning.leaning, lang, 1)
    return f"+{text}" if text[0].isdigit() and text.strip("0.,") else text
