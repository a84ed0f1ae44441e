"""What limits and funds are worth, in words."""

from __future__ import annotations

import streamlit as st

from prioritizer import pipeline
from prioritizer.ui import texts, view


def show(shown: view.View) -> None:
    """Every price that is not nothing; where there are no prices, why, and what to do instead."""
    st.subheader(shown.say("allocation.prices"), anchor=False)
    prices, lang = shown.prices, shown.lang
    if prices is None:
        st.info(texts.plain(pipeline.price_note(shown.case, lang, linear=False)))
        return
    said = pipeline.describe_prices(shown.case, prices, lang)
    st.markdown("\n".join(f"- {texts.plain(sentence)}" for sentence in said))
    st.caption(texts.plain(pipeline.price_note(shown.case, lang, linear=True)))
