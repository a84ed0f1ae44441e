"""What is said where there is no plan: why not, limit by limit, and how to mend it."""

from __future__ import annotations

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.ui import texts, view


def show(shown: view.View, elsewhere: bool = True) -> None:
    """Nothing where the plan is optimal; ``elsewhere`` says that limits and envelope are on another page."""
    plan = shown.evaluation.plan
    if plan.status == "optimal":
        return
    said = [shown.say("no_plan.status", status=shown.word(f"status.{plan.status}"))]
    if not plan.found:
        said += [f"- {reason}" for reason in reasons(shown)]
        said += ["", shown.say("no_plan.elsewhere")] if elsewhere else []
    st.error("\n".join(said), icon=":material/warning:")


def reasons(shown: view.View) -> list[str]:
    """Every limit that cannot hold, with its remedy; where each could by itself, that they clash."""
    lang = shown.lang
    found = [
        texts.plain(f"{locale.fault_message(fault, lang)} {locale.fault_remedy(fault, lang)}")
        for fault in pipeline.limit_faults(shown.case)
    ]
    if found or shown.evaluation.plan.status != "infeasible":
        return found
    return [shown.say("no_plan.limits_clash")]
