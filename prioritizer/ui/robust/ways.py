"""The fifth part: ways of choosing whole projects that nothing outdoes, and what speaks against the plan."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from prioritizer import charts, locale
from prioritizer.explanation.words import objective_text
from prioritizer.robustness.portfolios.competitors import Competitor, competitors
from prioritizer.robustness.portfolios.listing import Portfolios
from prioritizer.robustness.stress import Robustness
from prioritizer.robustness.words import describe_portfolios
from prioritizer.ui import answers, tables, texts, view
from prioritizer.ui.robust import frames

LISTED = 200  # ways in the table
SPOKEN = 10  # competitors
DRAWN = 40


def show(shown: view.View, found: Robustness) -> None:
    """The ways with how often each project is among them; where they are not listed, why."""
    said = " ".join(describe_portfolios(found, shown.lang))
    if found.portfolios is None or not len(found.portfolios):
        st.info(texts.plain(said), icon=":material/info:")
        return
    st.markdown(texts.plain(said))
    _core_index(shown, found)
    _competitors(shown, found, found.portfolios)
    _listed(found, found.portfolios, shown.lang)


def _core_index(shown: view.View, found: Robustness) -> None:
    lang, frame = shown.lang, frames.core_index(found, shown.lang)
    drawn = charts.core_indices(frame[:DRAWN], shown.case.illustrative, lang)
    index = {"any_share_e4": locale.say("robustness.column.core_index", lang)}
    tables.figure(drawn, lang, table=frame.drop(columns="kind"), labels=frames.labels(lang) | index)


def _competitors(shown: view.View, found: Robustness, listed: Portfolios) -> None:
    """What may be worth more than the plan for some weights and scores."""
    plan, lang = found.evaluation.plan, shown.lang
    st.subheader(texts.phrase("robustness.page.competitors", lang), anchor=False)
    if not plan.found:
        st.info(texts.phrase("robustness.page.no_plan", lang), icon=":material/info:")
        return
    proposed = tuple(np.flatnonzero(plan.amount_mvnd > 0).tolist())
    name = f"competitors/{found.asked!r}"
    rivals = answers.remembered(found.evaluation.case, name, lambda: competitors(listed, proposed))
    if not rivals:
        st.success(texts.phrase("robustness.page.no_competitor", lang), icon=":material/check:")
        return
    count = locale.number(len(rivals), lang, 0)
    st.caption(texts.phrase("robustness.page.competitors_help", lang, count=count))
    frame = pd.DataFrame([_rival(found, each, lang) for each in rivals[:SPOKEN]])
    title = locale.say("robustness.page.competitors", lang)
    named = {str(column): locale.say(f"robustness.column.{column}", lang) for column in frame}
    st.table(frame.rename(columns=named).map(texts.plain), hide_index=True, alt=title)
    tables.download(frame, lang, [title], labels=named)


def _rival(found: Robustness, each: Competitor, lang: str) -> dict[str, str]:
    unit = locale.say(f"terms.unit.{found.evaluation.plan.unit}", lang)
    return {
        "enter": _ids(found, each.enter),
        "leave": _ids(found, each.leave),
        "gain_most": f"{objective_text(each.most, lang)} {unit}",
        "gain_least": f"{objective_text(each.least, lang)} {unit}",
    }


def _listed(found: Robustness, listed: Portfolios, lang: str) -> None:
    title = locale.say("robustness.page.listed", lang)
    st.subheader(texts.plain(title), anchor=False)
    if len(listed) > LISTED:
        st.caption(texts.phrase("robustness.page.listed_first", lang, count=LISTED))
    ask = found.evaluation.case.register.ask_mvnd
    rows = [np.flatnonzero(each).tolist() for each in listed.funded[:LISTED]]
    frame = pd.DataFrame(
        {
            "way_count": range(1, len(rows) + 1),
            "project_count": [len(own) for own in rows],
            "ask_mvnd": [int(ask[own].sum()) for own in rows],
            "sentence": [_ids(found, own) for own in rows],
        }
    )
    named = {name: locale.say(f"robustness.column.{name}", lang) for name in ("way_count", "sentence")}
    tables.show(frame, lang, alt=title, rows=10, labels=named)
    tables.download(frame, lang, [title], labels=named)


def _ids(found: Robustness, rows: list[int] | tuple[int, ...]) -> str:
    return ", ".join(found.evaluation.case.register.ids[row] for row in rows) or "–"
