"""The app: ``prioritizer app``, or ``streamlit run app.py``."""

import streamlit as st

from prioritizer.ui import faults, shell
from prioritizer.ui.serving import middleware

app = st.App(
    __file__,
    routes=middleware.routes(),
    middleware=middleware.stack(),
    on_script_error=faults.on_script_error,
)

if __name__ == "__main__":
    shell.main()
