"""What is shown when something is wrong: faults in the input as a table, defects of ours as a number."""

from __future__ import annotations

import logging
import secrets

import pandas as pd
import streamlit as st

from prioritizer import locale
from prioritizer.errors import Fault, InputFaults, Misread
from prioritizer.ui import state, tables, texts

_log = logging.getLogger("prioritizer.ui")


def show_input_faults(faults: InputFaults, lang: str) -> None:
    """Every fault with its place, what is wrong and how to mend it."""
    st.error(texts.say("faults.title", lang, count=len(faults.faults)), icon=":material/error:")
    st.markdown(texts.say("faults.next", lang))
    show_table(faults.faults, lang)


def show_table(faults: tuple[Fault, ...], lang: str) -> None:
    """Faults as a table, whatever they are about."""
    rows = [_row(fault, lang) for fault in faults]
    frame = pd.DataFrame(rows, columns=["file", "sheet", "row", "column", "message", "remedy"])
    tables.show(frame.dropna(axis="columns", how="all"), lang, alt=texts.say("faults.alt", lang), lines=3)


def _row(fault: Fault, lang: str) -> tuple[object, ...]:
    place = (fault.file, fault.sheet, None if fault.row is None else str(fault.row), fault.column)
    return (*place, locale.fault_message(fault, lang), locale.fault_remedy(fault, lang))


def refusal(misread: Misread, lang: str) -> str:
    """Why a typed text was not taken and what to type instead, for a place that reads Markdown."""
    fault = Fault(misread.code, params=misread.params)
    typed = misread.code == "not_a_number"  # a file wants a decimal point, a person types as people write
    remedy = locale.say("ui.input.how", lang) if typed else locale.fault_remedy(fault, lang)
    return texts.plain(f"{locale.fault_message(fault, lang)} {remedy}")


def show_mishap(error: Exception) -> None:
    """An error of ours: a number to report, what happened, what to do; never a trace on the screen."""
    number = secrets.token_hex(4)
    _log.error("mishap %s", number, exc_info=error)
    lang = state.lang()
    st.error(texts.say("mishap.title", lang, number=number), icon=":material/report:")
    st.markdown(texts.say("mishap.next", lang))


def on_script_error(error: Exception) -> bool:
    """Streamlit's hook for what no page caught; true means that nothing else need be shown."""
    show_mishap(error)
    return True
