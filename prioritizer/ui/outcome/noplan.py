"""What is said where there is no plan: why not and, on the page of rules, ways out that can be tried."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.ui import answers, texts, view
from prioritizer.ui.rules import negotiation


def show(shown: view.View, elsewhere: bool = True) -> None:
    """Nothing where the plan is optimal; ``elsewhere`` says that rules are changed on another page."""
    evaluation = answers.at_hand(shown.case)
    if evaluation is None or evaluation.plan.status == "optimal":
        return
    status = shown.say("no_plan.status", status=shown.word(f"status.{evaluation.plan.status}"))
    refusal = None if evaluation.plan.found else answers.refused(evaluation, shown.lang)
    if refusal is None:
        st.error(status, icon=":material/warning:")
        return
    said = [status, *reasons(shown, refusal)]
    if elsewhere:
        said += [*_part(shown, "relaxations", refusal.relaxations), "", shown.say("no_plan.elsewhere")]
    st.error("\n".join(said), icon=":material/warning:")
    if not elsewhere:
        negotiation.show(shown, refusal)


def reasons(shown: view.View, refusal: pipeline.Refusal) -> list[str]:
    """Which rules clash; where that is not known of an infeasible case, that limits do."""
    if refusal.conflict or shown.evaluation.plan.status != "infeasible":
        return _part(shown, None, refusal.conflict)
    return _part(shown, None, [locale.say("ui.no_plan.limits_clash", shown.lang)])


def _part(shown: view.View, title: str | None, sentences: Sequence[str]) -> list[str]:
    heading = ["", shown.say(f"no_plan.{title}"), ""] if title and sentences else []
    return heading + [f"- {texts.plain(sentence)}" for sentence in sentences]
