"""A page with an answer that takes three seconds and one that takes ten minutes."""

import operator
import time

import streamlit as st

from prioritizer.ui.office import progress
from prioritizer.ui.office.jobs import Task

st.session_state["lang"] = st.query_params.get("lang", "vi")
st.markdown("above")
if progress.asked(Task("ladder", "three seconds", time.sleep, (3.0,), urgent=False)) is not None:
    st.markdown("the first is there")
quick = st.checkbox("quick")
second = Task("assess", "ten minutes", operator.not_, (0,)) if quick else None
progress.needed(second or Task("assess", "ten minutes", time.sleep, (600.0,)))
st.markdown("the second is there")
