"""If the budget were different: the next steps of money, and the best value for every budget, on demand."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from prioritizer import charts, locale, pipeline
from prioritizer.model import Case
from prioritizer.results import Ladder
from prioritizer.ui import answers, fields, state, tables, texts, view

STEPS = range(1, 9)


def show(shown: view.View) -> None:
    """Both questions, each with its button."""
    st.subheader(shown.say("budgets.title"), anchor=False)
    st.caption(shown.say("budgets.help"))
    _ladder(shown)
    _frontier(shown)


def moves(case: Case, found: Ladder, lang: str) -> pd.DataFrame:
    """Whose money changes from budget to budget: who comes in, gets more or less, steps out."""
    rows = [
        (
            rung.budget_mvnd,
            case.register.name(each.project, lang),
            locale.say(f"ui.budgets.{each.kind}", lang),
            each.moved_mvnd,
            each.after_mvnd,
        )
        for at, rung in enumerate(found.rungs)
        for each in (found.changes(at) if at else ())
    ]
    return pd.DataFrame(rows, columns=["budget_mvnd", "name", "move", "change_mvnd", "amount_mvnd"])


def _ladder(shown: view.View) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        label, key = shown.say("budgets.step"), f"ladder-step/{shown.lang}"
        fields.money_field(label, state.ladder_step(), shown.lang, key, state.keep_ladder_step)
    steps = right.selectbox(shown.say("budgets.steps"), STEPS, index=3, key="ladder-steps")
    step_mvnd = state.ladder_step()
    name = f"ladder/{step_mvnd}/{steps}"
    if not _asked(shown, name, "ladder", shown.say("budgets.climb"), possible=step_mvnd > 0):
        return
    found = answers.climbed(shown.evaluation, step_mvnd, steps)
    if found is None:
        return
    _sentences(pipeline.describe_ladder(shown.case, found, shown.lang))
    frame = moves(shown.case, found, shown.lang)
    if not frame.empty:
        tables.show(frame, shown.lang, alt=shown.say("budgets.alt"), rows=10)


def _frontier(shown: view.View) -> None:
    if not _asked(shown, "frontier", "frontier", shown.say("budgets.draw")):
        return
    both = answers.best_by_budget(shown.evaluation)
    if both is None:
        return
    found, distance = both
    said = pipeline.describe_frontier(shown.case, found, shown.lang)
    if distance is not None:
        said.append(pipeline.describe_distance(shown.case, distance, shown.lang))
    _sentences(said)
    if found.points:
        tables.figure(charts.value_by_budget(shown.evaluation, found, shown.lang), shown.lang)


def _asked(shown: view.View, name: str, key: str, label: str, possible: bool = True) -> bool:
    """A button, and whether it was pressed for just this question."""
    st.button(label, key=f"ask/{key}", on_click=state.ask, args=(shown.case, name), disabled=not possible)
    return possible and state.asked(shown.case, name)


def _sentences(said: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {texts.plain(sentence)}" for sentence in said))
