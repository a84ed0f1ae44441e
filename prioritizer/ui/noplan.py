"""What is said where there is no plan: why not, limit by limit, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.ui import answers, texts, view


def show(shown: view.View, elsewhere: bool = True) -> None:
    """Nothing where the plan is optimal; ``elsewhere`` says that limits and envelope are on another page."""
    evaluation = answers.at_hand(shown.case)
    if evaluation is None or evaluation.plan.status == "optimal":
        return
    said = [shown.say("no_plan.status", status=shown.word(f"status.{evaluation.plan.status}"))]
    if not evaluation.plan.found:
        said += reasons(shown)
        said += ["", shown.say("no_plan.elsewhere")] if elsewhere else []
    st.error("\n".join(said), icon=":material/warning:")


def reasons(shown: view.View) -> list[str]:
    """Every limit that cannot hold by itself, with its remedy; else which rules clash, and the least changes
    that would allow a plan; where neither is known, that limits clash."""
    lang = shown.lang
    found = [
        f"{locale.fault_message(fault, lang)} {locale.fault_remedy(fault, lang)}"
        for fault in pipeline.limit_faults(shown.case)
    ]
    refusal = answers.refused(shown.evaluation, lang)
    known = refusal or pipeline.Refusal()
    parts = ((None, found or known.conflict), ("relaxations", known.relaxations))
    said = [line for title, sentences in parts for line in _part(shown, title, sentences)]
    if said or refusal is None or shown.evaluation.plan.status != "infeasible":
        return said
    return _part(shown, None, [locale.say("ui.no_plan.limits_clash", lang)])


def _part(shown: view.View, title: str | None, sentences: Sequence[str]) -> list[str]:
    heading = ["", shown.say(f"no_plan.{title}"), ""] if title and sentences else []
    return heading + [f"- {texts.plain(sentence)}" for sentence in sentences]
